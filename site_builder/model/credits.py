"""The course-plan audit: what a school requires by subject, and what the student has earned, is taking and plans.

Policy: P3, P18.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.model.records import PlannedCourse
from site_builder.model.store import Store, StudentFile, YearSection

ELECTIVES = "electives"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """One subject area, in credits; `missing` is what no entry of the course plan covers yet."""

    subject: str
    title: str
    required: float
    earned: float
    in_progress: float
    planned: float

    @property
    def missing(self) -> float:
        """Return the credits still without a course, never below zero."""
        return max(0.0, self.required - self.earned - self.in_progress - self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCourse:
    """A course in the map of grades 7-12; `state` is `earned`, `not-earned`, `in-progress` or `planned`."""

    grade: int
    term: str
    course: str
    title: str
    subject: str
    credits: float
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The lines by subject in the school's order, and the courses by grade and term."""

    lines: tuple[CreditLine, ...] = ()
    courses: tuple[MappedCourse, ...] = ()


def audit(store: Store, file: StudentFile) -> Audit:
    """Compare the student's courses, past, present and planned, with the school's requirements."""
    subjects = {each.code: each.subject for each in store.courses.courses}
    taken = [course for year in file.years for course in _taken(year, file.student.grades.get(year.id), subjects)]
    courses = (*taken, *_still_planned(file, taken))
    return Audit(lines=_lines(store, courses), courses=tuple(sorted(courses, key=lambda each: each.grade)))


def _taken(year: YearSection, grade: int | None, subjects: dict[str, str]) -> Iterator[MappedCourse]:
    """Give the classes of a year: those of its report cards, and those registered for in a term without one."""
    if grade is None:
        return
    for card in year.report_cards:
        for line in card.grades:
            yield MappedCourse(
                grade=grade,
                term=card.term,
                course=line.course,
                title=line.title,
                subject=subjects.get(line.course, ELECTIVES),
                credits=line.credits_earned,
                state="earned" if line.credits_earned or _passed(line.grade) else "not-earned",
            )
    graded = {card.term for card in year.report_cards}
    for registration in year.registrations:
        if registration.term not in graded:
            for each in registration.classes:
                yield MappedCourse(
                    grade=grade,
                    term=registration.term,
                    course=each.course,
                    title=each.title,
                    subject=subjects.get(each.course, ELECTIVES),
                    credits=each.credits,
                    state="in-progress",
                )


def _passed(grade: str) -> bool:
    """Tell whether a class that earns no credit (grades 7 and 8) was passed."""
    return grade[:1].upper() not in ("F", "I", "N")


def _still_planned(file: StudentFile, taken: list[MappedCourse]) -> Iterator[MappedCourse]:
    """Give what the newest course plan holds beyond the credits that its courses have earned or are about to earn."""
    plans = [(year, year.plan) for year in file.years if year.plan is not None and year.plan.course_plan]
    if not plans:
        return
    year, plan = plans[-1]
    covered: dict[str, float] = defaultdict(float)
    begun = set()
    for each in taken:
        if each.state != "not-earned":
            covered[each.course] += each.credits
        begun.add((each.grade, each.course))
    now = file.student.grades.get(year.id, plan.grade)
    for entry in plan.course_plan:
        left = entry.credits - covered[entry.course]
        covered[entry.course] = max(0.0, covered[entry.course] - entry.credits)
        if left > 0 or (entry.credits == 0 and entry.grade >= now and (entry.grade, entry.course) not in begun):
            yield _planned(entry, left)


def _planned(entry: PlannedCourse, credits: float) -> MappedCourse:
    return MappedCourse(
        grade=entry.grade,
        term=entry.term or "",
        course=entry.course,
        title=entry.title,
        subject=entry.subject,
        credits=max(0.0, credits),
        state="planned",
    )


def _lines(store: Store, courses: Iterable[MappedCourse]) -> tuple[CreditLine, ...]:
    """Fill each subject with what was earned first; what is beyond its requirement counts as an elective."""
    if store.program is None:
        return ()
    sums = _sums(store, courses)
    requirements = store.program.requirements
    spill = [0.0, 0.0, 0.0]
    lines: dict[str, CreditLine] = {}
    named = {each.subject for each in requirements}
    for subject, amounts in sums.items():
        if subject not in named:
            spill = [a + b for a, b in zip(spill, amounts, strict=True)]
    for each in requirements:
        amounts = sums.get(each.subject, [0.0, 0.0, 0.0])
        if each.subject != ELECTIVES:
            kept = _fill(each.credits, amounts)
            spill = [a + b - c for a, b, c in zip(spill, amounts, kept, strict=True)]
            lines[each.subject] = _line(each.subject, each.title, each.credits, kept)
    for each in requirements:
        if each.subject == ELECTIVES:
            own = sums.get(ELECTIVES, [0.0, 0.0, 0.0])
            total = [a + b for a, b in zip(own, spill, strict=True)]
            lines[ELECTIVES] = _line(each.subject, each.title, each.credits, _fill(each.credits, total))
    return tuple(lines[each.subject] for each in requirements)


def _fill(required: float, amounts: list[float]) -> list[float]:
    kept, room = [], required
    for amount in amounts:
        kept.append(min(amount, room))
        room -= kept[-1]
    return kept


def _line(subject: str, title: str, required: float, amounts: list[float]) -> CreditLine:
    earned, in_progress, planned = (round(each, 2) for each in amounts)
    return CreditLine(
        subject=subject, title=title, required=required, earned=earned, in_progress=in_progress, planned=planned
    )


def _sums(store: Store, courses: Iterable[MappedCourse]) -> dict[str, list[float]]:
    """Add up earned, in-progress and planned credits by subject; a repeated course earns no more than it is worth."""
    worth = {each.code: each.credits for each in store.courses.courses}
    earned_by_course: dict[str, float] = defaultdict(float)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for each in courses:
        column = {"earned": 0, "in-progress": 1, "planned": 2}.get(each.state)
        if column is None:
            continue
        credits = each.credits
        if column < 2 and each.course in worth:
            credits = max(0.0, min(credits, worth[each.course] - earned_by_course[each.course]))
            earned_by_course[each.course] += credits
        sums[each.subject][column] += credits
    return sums
