"""The school's calendar: school years, their terms (SEP307) and their days of conferences (SEP309)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import HERE, Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.rulebook import Rule
from site_builder.check.rules.term_examples import school
from site_builder.model.records import SchoolYear
from site_builder.model.store import Store
from site_builder.source.document import Pointer


def _with_round(offer_by: str, hold_by: str) -> str:
    text = school(fall_ends="2026-12-10", winter_starts="2026-12-11")
    begins = "  - id: 2026-27\n"
    return text.replace(begins, f"{begins}    conference_round: {{offer_by: {offer_by}, hold_by: {hold_by}\n")


CALENDAR = Code(
    code="SEP307",
    severity=Severity.ERROR,
    title="the dates of school years or terms contradict each other",
    why=(
        "Which term is under way, which is over and which comes next follows from these dates. A school year ends "
        "before the next one starts; its terms lie within it, one after the other, each with an id of its own."
    ),
    policy="P8",
    fails=(Example("school.yaml", school(fall_ends="2026-12-18", winter_starts="2026-12-11", mark=HERE)),),
    passes=(Example("school.yaml", school(fall_ends="2026-12-10", winter_starts="2026-12-11")),),
)
ROUND = Code(
    code="SEP309",
    severity=Severity.ERROR,
    title="days of conferences lie outside their school year, or the round ends before it begins",
    why=(
        "Which student is still due for the yearly conference is counted from the days of parent-teacher conferences "
        "and from the school's round. They lie in their school year, and the round offers before it holds."
    ),
    policy="P15",
    fails=(Example("school.yaml", _with_round("2026-10-02", f"2026-09-02}}  {HERE}")),),
    passes=(Example("school.yaml", _with_round("2026-10-02", "2026-12-10}")),),
)


def _calendar(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    before: SchoolYear | None = None
    for index, year in enumerate(store.school.school_years):
        place: Pointer = ("school_years", index)
        if year.ends <= year.starts:
            yield _at(store, (*place, "ends"), f"the school year {year.id} ends before it starts")
        if before is not None and year.id == before.id:
            yield _at(store, (*place, "id"), f"the school year {year.id} stands here twice")
        elif before is not None and year.starts <= before.ends:
            message = (
                f"{year.id} starts on {year.starts.isoformat()}, before {before.id} ends ({before.ends.isoformat()})"
            )
            yield _at(store, (*place, "starts"), message)
        yield from _terms(store, year, place)
        before = year


def _terms(store: Store, year: SchoolYear, place: Pointer) -> Iterator[Diagnostic]:
    ids: set[str] = set()
    end: dt.date | None = None
    for index, term in enumerate(year.terms):
        own: Pointer = (*place, "terms", index)
        if term.id in ids:
            yield _at(store, (*own, "id"), f"`{term.id}` is the id of two terms of {year.id}")
        if term.ends <= term.starts:
            yield _at(store, (*own, "ends"), f"{term.title} ends before it starts")
        elif term.starts < year.starts or term.ends > year.ends:
            outside = "starts" if term.starts < year.starts else "ends"
            message = f"{term.title} {outside} outside the school year {year.id}"
            yield _at(store, (*own, outside), f"{message} ({year.starts.isoformat()} to {year.ends.isoformat()})")
        elif end is not None and term.starts <= end:
            yield _at(store, (*own, "starts"), f"{term.title} starts before the term above it ends ({end.isoformat()})")
        ids.add(term.id)
        end = term.ends


def _round(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    for index, year in enumerate(store.school.school_years):
        place: Pointer = ("school_years", index)
        days = [
            ((*place, "parent_teacher_conferences", number), day)
            for number, day in enumerate(year.parent_teacher_conferences)
        ]
        round_ = year.conference_round
        if round_ is not None:
            own: Pointer = (*place, "conference_round")
            days += [((*own, "offer_by"), round_.offer_by), ((*own, "hold_by"), round_.hold_by)]
            if round_.hold_by < round_.offer_by:
                message = f"the round ends on {round_.hold_by.isoformat()}, before {round_.offer_by.isoformat()}"
                yield ROUND.at(store.school.origin.span((*own, "hold_by")), message, "correct one of the two days")
        for pointer, day in days:
            if not year.starts <= day <= year.ends:
                message = f"{day.isoformat()} does not lie in the school year {year.id}"
                yield ROUND.at(store.school.origin.span(pointer), message, "correct the day")


def _at(store: Store, pointer: Pointer, message: str) -> Diagnostic:
    return CALENDAR.at(store.school.origin.span(pointer), message, "correct the date, or the order: the oldest first")


RULES: tuple[Rule, ...] = (Rule(CALENDAR, _calendar), Rule(ROUND, _round))
