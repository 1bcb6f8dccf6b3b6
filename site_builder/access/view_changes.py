"""What changed in a student's file, as far as a viewer may know: entries and fields that they see today, by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.access.naming import Named
from site_builder.base.changes import Change


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What one person changed on one day; `who` has no name where a staff member takes no part in the plan.

    The titles are those of today. Of values the choices are there, and dates and numbers that hold today; of words it
    says no more than that they changed.
    """

    day: dt.date
    who: Named | None
    changes: tuple[Change, ...]
