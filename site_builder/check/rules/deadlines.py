"""Days that have passed while something was still due (SEP327-329); `model.due` says what is due and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.rulebook import Rule
from site_builder.model.due_case import Case, Due, cases, spoken
from site_builder.model.due_conferences import conferences_due
from site_builder.model.store import Store

_PAIR_ENDS = dt.timedelta(days=60)
_SCHOOL = """\
format: 1
name: Small School
district: Small District
address: 1 Main Street, Smallville, UT 84001
phone: 435-555-0100
time_zone: America/Denver
principal: principal-stone
school_manager: {person: reyes, appointed_by: principal-stone, appointed_on: 2026-08-03}
current_year: 2026-27
school_years:
  - id: 2025-26
    starts: 2025-08-20
    ends: 2026-05-29
    terms:
      - {id: fall, title: Fall 2025, starts: 2025-08-20, ends: 2025-12-19}
      - {id: spring, title: Spring 2026, starts: 2026-01-05, ends: 2026-05-29}
  - id: 2026-27
    starts: 2026-08-19
    ends: %s
    terms:
      - {id: fall, title: Fall 2026, starts: 2026-08-19, ends: 2026-12-18}
    parent_teacher_conferences: [2026-10-14]
    conference_round: {offer_by: 2026-10-02, hold_by: %s}
rules: [utah-r277-462]
"""
_CONFERENCE = "students/{}/2026-27/conferences/2026-10-14-annual.md"
_NOTE = "---\nkind: annual\ninvited: [{}]\noffered_on: 2026-09-20\n{}---\nNotes.\n"
_SAM, _IVY = "sam-lopez, rosa-lopez, park", "ivy-ward, joan-ward, park"


def _school(hold_by: str, ends: str = "2027-05-28") -> Example:
    return Example("school.yaml", _SCHOOL % (ends, hold_by))


def _annual(file: str, people: str, held: bool) -> Example:
    lines = f"held_on: 2026-10-14\nattended: [{people}]\n" if held else ""
    return Example(_CONFERENCE.format(file), _NOTE.format(people, lines))


_OFFERED = (_annual("lopez-sam", _SAM, held=False), _annual("ward-ivy", _IVY, held=False))
_HELD = (_annual("lopez-sam", _SAM, held=True), _annual("ward-ivy", _IVY, held=True))

PAIR = Code(
    code="SEP327",
    severity=Severity.ADVICE,
    title="a pair of grades ends without an individual or a group conference",
    why=(
        "Utah's rule asks for one individual and one group conference at least, with parent, counselor and student, in "
        "each of grades 7-8, 9-10 and 11-12. This is said in the last 60 days before the pair ends."
    ),
    policy="U5",
    fails=(_school("2027-04-30", ends="2026-12-18"),),
    passes=(_school("2027-04-30"),),
)
NOT_OFFERED = Code(
    code="SEP328",
    severity=Severity.WARNING,
    title="the yearly conference was not offered in time",
    why=(
        "Each student is offered one conference a year at least. The last day is that of the school's round of "
        "conferences (`conference_round` in `school.yaml`), or else the last day of parent-teacher conferences. Who "
        "comes after the year has begun is given as many days from the enrollment as everybody had from the first day."
    ),
    policy="P15",
    fails=(_school("2027-04-30"),),
    passes=(_school("2027-04-30"), *_OFFERED),
)
NOT_HELD = Code(
    code="SEP329",
    severity=Severity.ADVICE,
    title="the round of conferences is over, and a conference or the parents are missing",
    why=(
        "Parents take part in planning, and that is documented. A conference that was offered is held or declined "
        "before the round ends, and by then a parent has been at one."
    ),
    policy="U2",
    fails=(_school("2026-11-20"), *_OFFERED),
    passes=(_school("2026-11-20"), *_HELD),
)
_CODES = {
    "group-conference": PAIR,
    "individual-conference": PAIR,
    "annual-conference-offer": NOT_OFFERED,
    "annual-conference-hold": NOT_HELD,
    "family-not-reached": NOT_HELD,
}


def _pair_ends(case: Case) -> Iterator[Diagnostic]:
    for item in _late(case, PAIR, case.today + _PAIR_ENDS):
        by = item.by or case.today
        yield PAIR.at(
            case.file.student.origin.span(("grades",)),
            f"a {item.detail} is missing, and these grades end on {spoken(by)}",
            "hold it before then, and write who attended: student, parent and counselor",
        )


def _not_offered(case: Case) -> Iterator[Diagnostic]:
    for item in _late(case, NOT_OFFERED, case.today):
        by = item.by or case.today
        yield NOT_OFFERED.at(
            case.file.student.origin.span(),
            f"this student's yearly conference was to be offered by {spoken(by)}, and no offer is on record",
            "offer it, and write a file in `conferences` with `offered_on`",
        )


def _not_held(case: Case) -> Iterator[Diagnostic]:
    for item in _late(case, NOT_HELD, case.today):
        by = spoken(item.by or case.today)
        message = (
            f"no parent has been at a conference of this student by {by}"
            if item.kind == "family-not-reached"
            else f"this student's yearly conference was to be held by {by}; it is neither held nor declined"
        )
        yield NOT_HELD.at(
            case.file.student.origin.span(), message, "ask the family again, and write `held_on` or `declined_on`"
        )


def _late(case: Case, code: Code, before: dt.date) -> Iterator[Due]:
    for item in conferences_due(case):
        if _CODES.get(item.kind) is code and item.by is not None and item.by < before:
            yield item


def _per_case(code: Code, find: Callable[[Case], Iterator[Diagnostic]]) -> Rule:
    """Return a rule over the students of this year whose files could be read as a whole."""

    def find_in_all(store: Store, today: dt.date) -> Iterator[Diagnostic]:
        unread = {each.student for each in store.unread}
        for case in cases(store, today):
            if case.file.id not in unread:
                yield from find(case)

    return Rule(code, find_in_all)


RULES: tuple[Rule, ...] = (
    _per_case(PAIR, _pair_ends),
    _per_case(NOT_OFFERED, _not_offered),
    _per_case(NOT_HELD, _not_held),
)
