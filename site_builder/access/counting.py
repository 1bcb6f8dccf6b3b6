"""The true numbers of a school year. They stay on this floor: a report is given what `suppression` leaves of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_builder.access.suppression import Count, alone, lone_pair, pair_table, partition, sizes
from site_builder.access.view_report import OUTCOMES, SOURCES, STATUSES, Figures
from site_builder.model.due_case import PARENT_ROLES, happened
from site_builder.model.due_plan import is_occupational
from site_builder.model.records import Conference, ResourceRequest, SchoolYear, Training
from site_builder.model.store import Store, StudentFile, YearSection

GRADES = range(7, 13)
"""The grades of a plan; a school that teaches only some of them shows those of its course catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What is so in a school year; `students`, `held` and `occupational` by grade, the rest for all students together.

    `items` counts objectives by status, means by source and requests by outcome, each with the students behind it.
    """

    grades: tuple[int, ...]
    students: tuple[int, ...]
    held: tuple[int, ...]
    occupational: tuple[int, ...]
    planned: int
    family: int
    small_group: int
    declined: int
    offered_open: int
    objectives: tuple[Count, ...]
    means: tuple[Count, ...]
    requests: tuple[Count, ...]
    with_objectives: int
    with_means: int
    with_requests: int
    groups: int
    staff: int
    trained: int


@dataclass(frozen=True, slots=True)
class _Student:
    """A student of the year: the file, the grade, and the year's section, empty where there is none yet."""

    file: StudentFile
    grade: int
    section: YearSection


def figures(counts: Counts, smallest: int) -> Figures:
    """Return what may be published of `counts`, when groups of fewer than `smallest` stay unknown."""
    size = sum(counts.students)
    shown = sizes(counts.students, smallest)
    held = pair_table(counts.students, counts.held, shown, smallest)
    not_held = size - sum(counts.held)
    without = (counts.declined, counts.offered_open, not_held - counts.declined - counts.offered_open)
    small_group = lone_pair(size, counts.small_group, smallest)
    return Figures(
        grades=counts.grades,
        sizes=shown,
        held=held,
        occupational=pair_table(counts.students, counts.occupational, shown, smallest),
        planned=lone_pair(size, counts.planned, smallest),
        family=lone_pair(size, counts.family, smallest),
        small_group=small_group,
        not_held=partition([Count(each, each) for each in without], smallest, not_held)
        if held.whole.no.value is not None
        else None,
        objectives=partition(counts.objectives, smallest, counts.with_objectives),
        means=partition(counts.means, smallest, counts.with_means),
        requests=partition(counts.requests, smallest, counts.with_requests),
        staff=alone(counts.staff, smallest),
        trained=lone_pair(counts.staff, counts.trained, smallest),
        groups=counts.groups if small_group.yes.value is not None else None,
    )


def count_year(store: Store, year: SchoolYear, until: dt.date) -> Counts:
    """Return the true numbers of a school year as they stand on the day `until`."""
    students = list(_students(store, year))
    sections = [each.section for each in students]
    annual = [_annual(each, until) for each in students]
    grades = _grades(store, students)
    staff = {each.id for each in store.staff.staff if _overlaps(each.since, each.until, year.starts, until)}
    trained = {person for each in trainings(store, year, until) for person in each.attended}
    return Counts(
        grades=grades,
        students=_by_grade(grades, students),
        held=_by_grade(grades, [each for each, state in zip(students, annual, strict=True) if state == "held"]),
        occupational=_by_grade(grades, [each for each in students if is_occupational(each.section)]),
        planned=sum(each.plan is not None and each.plan.prepared_on is not None for each in sections),
        family=sum(_family_came(each, until) for each in students),
        small_group=sum(any(_held(c, until, "small-group") for c in each.conferences) for each in sections),
        declined=annual.count("declined"),
        offered_open=annual.count("offered"),
        objectives=_items(STATUSES, [[o.status for o in each.objectives] for each in sections]),
        means=_items(SOURCES, [[m.source for o in each.objectives for m in o.means] for each in sections]),
        requests=_items(OUTCOMES, [[_outcome(r, until) for r in each.requests] for each in sections]),
        with_objectives=sum(bool(each.objectives) for each in sections),
        with_means=sum(any(o.means for o in each.objectives) for each in sections),
        with_requests=sum(bool(each.requests) for each in sections),
        groups=sum(year.starts <= each.date <= until for each in store.groups),
        staff=len(staff),
        trained=len(staff & trained),
    )


def trainings(store: Store, year: SchoolYear, until: dt.date) -> tuple[Training, ...]:
    """Return the trainings of a school year in order; those of the summer before it are for it (policy: P27)."""
    ends = [each.ends for each in store.school.school_years if each.ends < year.starts]
    after = max(ends, default=year.starts - dt.timedelta(days=92))
    return tuple(sorted((each for each in store.training if after < each.date <= until), key=lambda each: each.date))


def _students(store: Store, year: SchoolYear) -> Iterator[_Student]:
    for file in store.students:
        student = file.student
        grade = student.grades.get(year.id)
        if grade is not None and _overlaps(student.enrolled_on, student.left_on, year.starts, year.ends):
            yield _Student(file, grade, file.year(year.id) or YearSection(id=year.id))


def _overlaps(since: dt.date | None, until: dt.date | None, starts: dt.date, ends: dt.date) -> bool:
    return (since is None or since <= ends) and (until is None or until >= starts)


def _grades(store: Store, students: Iterable[_Student]) -> tuple[int, ...]:
    """Return the grades that the school teaches: a grade without a student is shown like any other."""
    taught = {grade for course in store.courses.courses for grade in course.grades if grade in GRADES}
    return tuple(sorted((taught or set(GRADES)) | {each.grade for each in students}))


def _by_grade(grades: Iterable[int], students: Sequence[_Student]) -> tuple[int, ...]:
    return tuple(sum(each.grade == grade for each in students) for grade in grades)


def _held(conference: Conference, until: dt.date, kind: str) -> bool:
    return conference.kind == kind and happened(conference.held_on, until)


def _annual(student: _Student, until: dt.date) -> str:
    """Return how far the yearly conference is: `held`, `declined`, `offered`, or nothing (policy: P15)."""
    own = [each for each in student.section.conferences if each.kind == "annual"]
    if any(_held(each, until, "annual") for each in own):
        return "held"
    if any(happened(each.declined_on, until) for each in own):
        return "declined"
    return "offered" if any(happened(each.offered_on, until) for each in own) else ""


def _family_came(student: _Student, until: dt.date) -> bool:
    """Tell whether a parent or guardian took part in the yearly conference (policy: U2)."""
    family = {each.id for each in student.file.participants if each.role in PARENT_ROLES}
    return any(_held(each, until, "annual") and family & set(each.attended) for each in student.section.conferences)


def _outcome(request: ResourceRequest, until: dt.date) -> str:
    decisions = (request.decision, *request.later_decisions)
    made = [each.outcome for each in decisions if each is not None and each.on <= until]
    return made[-1] if made else ""


def _items(choices: Sequence[str], by_student: Sequence[Sequence[str]]) -> tuple[Count, ...]:
    return tuple(
        Count(sum(own.count(choice) for own in by_student), sum(choice in own for own in by_student))
        for choice in choices
    )
