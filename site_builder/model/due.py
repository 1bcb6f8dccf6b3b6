"""Who is due for what, on a day: the one list behind `sep todo` and the staff's pages (policy: P15, P26, U6).

It knows the process only: no word of an objective, a note, a grade or a reason stands in it.
"""

from __future__ import annotations

import datetime as dt

from site_builder.model.due_case import Due, cases
from site_builder.model.due_conferences import conferences_due
from site_builder.model.due_people import people_due, staff_due
from site_builder.model.due_plan import plan_due
from site_builder.model.store import Store

__all__ = ["KINDS", "Due", "due"]

KINDS = (
    "annual-conference-offer",
    "annual-conference-hold",
    "group-conference",
    "individual-conference",
    "parent-request-answer",
    "family-not-reached",
    "last-contact",
    "plan",
    "own-part",
    "plan-review-occupational",
    "registration",
    "report-card",
    "earlier-credits",
    "request-decision",
    "training",
    "adult-soon",
    "revocation-over",
    "participant-ends",
)
"""Every kind of thing that can be due, as in `Due.kind`."""


def due(store: Store, today: dt.date) -> tuple[Due, ...]:
    """Return all that is due in the school on the day `today`, by date (none last), student and kind.

    Students whose files have errors (`store.broken`) are left out.
    """
    found = tuple(cases(store, today))
    everything = [each for case in found for part in (conferences_due, plan_due, people_due) for each in part(case)]
    everything += staff_due(store, found, today)
    return tuple(sorted(everything, key=_order))


def _order(each: Due) -> tuple[dt.date, str, str, str, str]:
    return (each.by or dt.date.max, each.student, each.kind, each.person, each.detail)
