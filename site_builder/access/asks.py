"""What the school needs from a viewer, and what comes next: worked out from the view alone (policy: P15, P17, P19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.access.view import Ask, ConferenceView, YearView

MOST = 3
STUDENT_PREPARES_FROM = 9
CLOSED = frozenset({"met", "set-aside"})


def asks(viewer: str, role: str, year: YearView) -> tuple[Ask, ...]:
    """Return at most three things that this participant is asked for in the year, the most pressing first."""
    if not viewer:
        return ()
    steps = sorted(_open_steps(viewer, year), key=lambda each: (each.due is None, each.due or dt.date.max, each.text))
    found = [*_conference(viewer, year), *_own_part(role, year), *steps, *_signature(viewer, role, year)]
    return tuple(found[:MOST])


def next_conference(year: YearView, on: dt.date) -> ConferenceView | None:
    """Return the conference that is planned for the nearest day from `on`."""
    planned = [
        (each.scheduled_on, each.time, each.id, each)
        for each in year.conferences
        if each.scheduled_on is not None and each.scheduled_on >= on and each.held_on is None and not each.declined_on
    ]
    return min(planned)[3] if planned else None


def _conference(viewer: str, year: YearView) -> Iterator[Ask]:
    for each in year.conferences:
        waiting = each.offered_on and not (each.scheduled_on or each.held_on or each.declined_on)
        if waiting and any(person.id == viewer for person in each.invited):
            yield Ask(kind="confirm-conference", due=None)


def _own_part(role: str, year: YearView) -> Iterator[Ask]:
    prepares = role == "student" or (
        role in ("parent", "guardian") and year.grade is not None and year.grade < STUDENT_PREPARES_FROM
    )
    if prepares and (
        year.plan is None or year.plan.prepared_on is None or (role == "student" and not year.plan.aspiration)
    ):
        yield Ask(kind="write-your-part")


def _open_steps(viewer: str, year: YearView) -> Iterator[Ask]:
    for objective in year.objectives:
        if objective.status in CLOSED:
            continue
        for step in objective.steps:
            if step.done_on is None and step.who is not None and step.who.id == viewer:
                yield Ask(kind="step", text=step.what, due=step.due)


def _signature(viewer: str, role: str, year: YearView) -> Iterator[Ask]:
    family = role in ("student", "parent", "guardian")
    if (
        family
        and year.plan is not None
        and year.plan.prepared_on is not None
        and all(each.person.id != viewer for each in year.plan.signatures)
    ):
        yield Ask(kind="take-part")
