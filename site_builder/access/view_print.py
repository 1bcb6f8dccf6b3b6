"""What a printed copy says of the print before it (policy: P8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintChange:
    """Something that is new or `changed` since this copy was printed last; `section` is the binder's part it stands in.

    What is gone is not told: it may be gone because this reader may not see it any more.
    """

    section: str
    title: str
    language: str
    year: str
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SincePrint:
    """When this copy was printed last, and what has come since."""

    printed_on: dt.date
    changes: tuple[PrintChange, ...] = ()
