"""Conferences and small groups (SEP33x)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.records import Conference
from site_builder.model.store import Store, StudentFile

MOST_STUDENTS = 5
_CONFERENCE = "students/lopez-sam/2026-27/conferences/2026-10-07-group.md"


def _group_conference(number: int) -> str:
    return (
        f"---\nkind: small-group\ninvited: [sam-lopez, reyes]\noffered_on: 2026-09-{number:02}\nheld_on: 2026-10-07\n"
        "group: 2026-10-07-tenth-grade  # <-- here\n---\nNotes.\n"
    )


def _conference(dates: str) -> str:
    return f"---\nkind: annual\ninvited: [sam-lopez, rosa-lopez, reyes]\n{dates}---\nNotes.\n"


GROUP_OF_FIVE = Code(
    code="SEP330",
    severity=Severity.ERROR,
    title="more than five students are invited to one small-group conference",
    why=(
        "A small-group conference is one to which at most five students are invited. Students are counted over all "
        "files that name the group; those beyond five, in the order of invitation, need a group of their own."
    ),
    policy="P12",
)
DATES = Code(
    code="SEP331",
    severity=Severity.ERROR,
    title="a conference was held before it was offered, or both held and declined",
    why="Offered, held and declined are kept apart, because each student must be offered a conference every year.",
    policy="P15",
    fails=(Example(_CONFERENCE, _conference("offered_on: 2026-10-08\nheld_on: 2026-10-07  # <-- here\n")),),
    passes=(Example(_CONFERENCE, _conference("offered_on: 2026-09-20\nheld_on: 2026-10-07\n")),),
)


def _group_of_five(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    members: dict[str, dict[str, Conference]] = defaultdict(dict)
    for file in store.students:
        for year in file.years:
            for conference in year.conferences:
                if conference.group is not None:
                    members[conference.group].setdefault(file.id, conference)
    for group, by_student in members.items():
        if len(by_student) <= MOST_STUDENTS:
            continue
        invited = sorted(by_student.values(), key=lambda each: (each.offered_on or dt.date.min, each.origin.path))
        for place, conference in enumerate(invited):
            message = f"{len(invited)} students are invited to the group `{group}`; at most five may be"
            finding = GROUP_OF_FIVE.at(
                conference.origin.span(("group",)),
                message,
                "make a second group in `groups` and name it in some of these files",
                related=_others(conference, invited),
            )
            # Only the files beyond five are stopped: five families should not wait for one wrong line.
            yield finding if place >= MOST_STUDENTS else replace(finding, severity=Severity.WARNING)


def _others(conference: Conference, invited: list[Conference]) -> tuple[Related, ...]:
    return tuple(Related(o.origin.span(("group",)), "also invited") for o in invited if o is not conference)


def _dates(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for each in year.conferences:
            if each.held_on is None:
                continue
            if each.offered_on is not None and each.held_on < each.offered_on:
                message = f"held on {each.held_on.isoformat()}, before it was offered on {each.offered_on.isoformat()}"
            elif each.declined_on is not None:
                message = "this conference is recorded as held and as declined"
            else:
                continue
            yield DATES.at(each.origin.span(("held_on",)), message, "correct the date, or leave the wrong one out")


RULES: tuple[Rule, ...] = (Rule(GROUP_OF_FIVE, _group_of_five), per_student(DATES, _dates))
