"""The course-plan audit: what a school requires by subject, and what the student has earned, is taking and plans.

Policy: P3, P18.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from site_builder.model.course_plan import ELECTIVES, TAKEN, MappedCourse, counted, courses_of
from site_builder.model.earlier_school import unrecorded_grades
from site_builder.model.gaps import CourseProblem, Gap, Openings, problems
from site_builder.model.placing import UNIT, Load, place
from site_builder.model.records import Choice, Requirement
from site_builder.model.standing import standing
from site_builder.model.store import Store, StudentFile


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """One subject area, or one choice in it, in credits; `missing` is what no entry of the course plan covers yet.

    The amounts of a subject's `choices` are part of its own.
    """

    subject: str
    title: str
    required: float
    earned: float
    in_progress: float
    planned: float
    choices: tuple[CreditLine, ...] = ()

    @property
    def missing(self) -> float:
        """Return the credits still without a course, never below zero."""
        return max(0.0, round(self.required - self.earned - self.in_progress - self.planned, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The lines by subject in the school's order, the courses by grade and term, and what is still to be done.

    `terms` are the ids of the terms that the courses stand in, in order; `gaps` are in the order in which they must
    begin. `transferred` is how many of the credits that count were earned at other schools, and `unrecorded` names the
    grades spent at another school of which nothing has been entered: until then more seems to be missing than is.
    """

    lines: tuple[CreditLine, ...] = ()
    courses: tuple[MappedCourse, ...] = ()
    terms: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    problems: tuple[CourseProblem, ...] = ()
    transferred: float = 0.0
    unrecorded: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Room:
    """A place for credits: a choice of a requirement, or (no choice) the rest of it."""

    requirement: Requirement
    choice: Choice | None
    size: int


def audit(store: Store, file: StudentFile, on: dt.date) -> Audit:
    """Compare the student's courses, past, present and planned, with the school's requirements on the day `on`."""
    now = standing(store, file, on)
    entries = courses_of(store, file, now)
    courses = counted(store, entries)
    requirements = store.program.requirements if store.program is not None else ()
    rooms = tuple(each for requirement in requirements for each in _rooms(requirement))
    amounts = _amounts(courses, rooms)
    terms = tuple(dict.fromkeys(term for grade in now.terms for term in now.terms[grade]))
    gaps = _gaps(store, rooms, amounts, Openings(store, now, entries, courses))
    unrecorded = unrecorded_grades(store, file, on)
    return Audit(
        lines=tuple(_line(each, rooms, amounts, store) for each in requirements),
        courses=courses,
        terms=terms,
        gaps=tuple(sorted(gaps, key=lambda each: (each.grade or 0, terms.index(each.term) if each.term else 0))),
        problems=tuple(problems(store, now, entries, unrecorded)),
        transferred=round(sum(each.credits for each in courses if each.from_school), 2),
        unrecorded=unrecorded,
    )


def _rooms(requirement: Requirement) -> Iterator[_Room]:
    for choice in requirement.choices:
        yield _Room(requirement, choice, round(choice.credits * UNIT))
    rest = requirement.credits - sum(each.credits for each in requirement.choices)
    yield _Room(requirement, None, max(0, round(rest * UNIT)))


def _amounts(courses: Collection[MappedCourse], rooms: Sequence[_Room]) -> list[list[float]]:
    """Return the credits earned, in progress and planned that each room holds.

    What finds no place in its own subject or in a choice counts as an elective. What is earned keeps its right to a
    place before what is planned.
    """
    in_order = [each for state in TAKEN for each in courses if each.state == state]
    loads = [Load(round(each.credits * UNIT), _places(each, rooms)) for each in in_order]
    sums = [[0, 0, 0] for _ in rooms]
    electives = [n for n, each in enumerate(rooms) if each.requirement.subject == ELECTIVES and each.choice is None]
    room = sum(rooms[n].size for n in electives)
    for course, load, held in zip(in_order, loads, place(loads, [each.size for each in rooms]), strict=True):
        spill = min(room, load.amount - sum(held.values()))
        room -= spill
        for target, amount in (*held.items(), *((n, spill) for n in electives[:1])):
            sums[target][TAKEN.index(course.state)] += amount
    return [[round(amount / UNIT, 2) for amount in each] for each in sums]


def _places(course: MappedCourse, rooms: Sequence[_Room]) -> tuple[int, ...]:
    """Return the rooms of a course: choices of its own subject, the rest of it, then choices of other subjects.

    The rest of the electives is no room of its own: whatever is left over may go there.
    """
    chosen = [n for n, each in enumerate(rooms) if each.choice is not None and course.course in each.choice.one_of]
    own = [n for n in chosen if rooms[n].requirement.subject == course.subject]
    rest = [n for n, each in enumerate(rooms) if each.choice is None and each.requirement.subject == course.subject]
    rest = rest if course.subject != ELECTIVES else []
    return (*own, *rest, *(n for n in chosen if n not in own))


def _line(
    requirement: Requirement, rooms: Sequence[_Room], amounts: Sequence[Sequence[float]], store: Store
) -> CreditLine:
    own = [(room, amount) for room, amount in zip(rooms, amounts, strict=True) if room.requirement is requirement]
    choices = tuple(
        _credit_line(requirement.subject, choice_title(room.choice, store), room.choice.credits, amount)
        for room, amount in own
        if room.choice is not None
    )
    totals = [round(sum(values), 2) for values in zip(*(amount for _, amount in own), strict=True)]
    return _credit_line(requirement.subject, requirement.title, requirement.credits, totals, choices)


def _credit_line(
    subject: str, title: str, required: float, amounts: Sequence[float], choices: tuple[CreditLine, ...] = ()
) -> CreditLine:
    return CreditLine(
        subject=subject,
        title=title,
        required=required,
        earned=amounts[0],
        in_progress=amounts[1],
        planned=amounts[2],
        choices=choices,
    )


def choice_title(choice: Choice, store: Store) -> str:
    """Return the title of a choice, or else the titles of its courses."""
    titles = {each.code: each.title for each in store.courses.courses}
    return choice.title or " / ".join(titles.get(code, code) for code in choice.one_of)


def _gaps(
    store: Store, rooms: Sequence[_Room], amounts: Sequence[Sequence[float]], openings: Openings
) -> Iterator[Gap]:
    for room, amount in zip(rooms, amounts, strict=True):
        missing = round(room.size / UNIT - sum(amount), 2)
        if missing <= 0:
            continue
        subject, title = room.requirement.subject, room.requirement.title
        if room.choice is not None:
            named = choice_title(room.choice, store)
            yield openings.gap(subject, title, missing, room.choice.one_of, choice=named)
        elif subject == ELECTIVES:
            yield openings.gap(subject, title, missing, None)
        else:
            own = {each.code for each in store.courses.courses if each.subject == subject}
            yield openings.gap(subject, title, missing, own)
