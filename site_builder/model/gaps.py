"""What stands between a course plan and graduation: credits without a course, by when, and courses out of order."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from site_builder.model.course_plan import TAKEN, MappedCourse
from site_builder.model.records import Course
from site_builder.model.standing import Slot, Standing
from site_builder.model.store import Store

_CLOSE = 0.001
"""Credits that are a sum of thirds may miss a whole number by less than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCourse:
    """A course that could still earn missing credits, in one of `grades`; `after` names what must be passed first."""

    code: str
    title: str
    grades: tuple[int, ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Credits of a requirement for which no course stands in the plan (policy: P3).

    `choice` is the title of the list of courses that must earn them, empty where any course of the subject does.
    `grade` and `term` say by when the first of them must begin; `grade` is none where too few
    courses of the catalogue can still be taken.
    """

    subject: str
    title: str
    credits: float
    choice: str = ""
    courses: tuple[OpenCourse, ...] = ()
    grade: int | None = None
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseProblem:
    """A course that the student may not be able to take as it stands in the plan or registration (policy: P3).

    `kind` is `prerequisite` (`needs` names what must be passed before) or `grade` (`grades` are those that may
    take it).
    """

    kind: str
    course: str
    title: str
    grade: int
    term: str
    state: str
    needs: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()


class Openings:
    """The courses that a student can still add, whole and in order, in terms that have not begun.

    `entries` are all of the student's courses with their own credits, `courses` the same with the credits that count.
    """

    def __init__(
        self, store: Store, now: Standing, entries: Collection[MappedCourse], courses: Collection[MappedCourse]
    ) -> None:
        self._now = now
        self._catalogue = {each.code: each for each in store.courses.courses}
        self._slots = now.to_begin()
        self._used: dict[str, float] = defaultdict(float)
        for each in courses:
            self._used[each.course] += each.credits
        self._done = {
            code: sum(slot <= last for slot in self._slots)
            for code, last in _last_slots(now, entries).items()
            if _complete(code, entries, self._catalogue)
        }
        self._finished: dict[tuple[str, int], int | None] = {}

    def gap(self, subject: str, title: str, credits: float, codes: Collection[str] | None, *, choice: str = "") -> Gap:
        """Return the gap of `credits` that courses of `codes` can fill; `None` stands for every course."""
        able = [
            each
            for each in self._catalogue.values()
            if (codes is None or each.code in codes) and self._left(each) > 0 and self._finish(each, 0) is not None
        ]
        begin = self._latest(credits, able)
        return Gap(
            subject=subject,
            title=title,
            credits=credits,
            choice=choice,
            courses=() if codes is None else tuple(self._opening(each) for each in able),
            grade=begin.grade if begin is not None else None,
            term=self._now.term_id(begin) if begin is not None else "",
        )

    def _latest(self, credits: float, courses: Collection[Course]) -> Slot | None:
        """Return the last slot from which these courses can still earn so many credits."""
        for start in range(len(self._slots) - 1, -1, -1):
            earned = sum(self._left(each) for each in courses if self._finish(each, start) is not None)
            if earned >= credits - _CLOSE:
                return self._slots[start]
        return None

    def _left(self, course: Course) -> float:
        return course.credits if course.repeatable else max(0.0, course.credits - self._used[course.code])

    def _finish(self, course: Course, start: int) -> int | None:
        """Return the place after the slots in which a course can be taken when nothing begins before `start`."""
        key = (course.code, start)
        if key not in self._finished:
            self._finished[key] = None  # A circle of prerequisites ends here: none of them can begin.
            self._finished[key] = self._run(course, self._after_prerequisites(course, start))
        return self._finished[key]

    def _after_prerequisites(self, course: Course, start: int) -> int | None:
        for code in course.prerequisites:
            before = self._catalogue.get(code)
            after = self._done.get(code)
            if after is None and before is not None:
                after = self._finish(before, start)
            if after is None:
                return None
            start = max(start, after)
        return start

    def _run(self, course: Course, start: int | None) -> int | None:
        """Return the place after the first terms, in one school year where that is enough, that hold the course."""
        if start is None:
            return None
        for first in range(start, len(self._slots)):
            slot = self._slots[first]
            terms = len(self._now.terms[slot.grade])
            needed = max(1, math.ceil(self._left(course) * terms / max(1.0, course.credits) - _CLOSE))
            run = self._slots[first : first + needed]
            if len(run) == needed and all(each.grade == slot.grade for each in run) and slot.grade in course.grades:
                return first + needed
        return None

    def _opening(self, course: Course) -> OpenCourse:
        grades = sorted({slot.grade for slot in self._slots if slot.grade in course.grades})
        after = tuple(_title(each, self._catalogue) for each in course.prerequisites if each not in self._done)
        return OpenCourse(code=course.code, title=course.title, grades=tuple(grades), after=after)


def _last_slots(now: Standing, entries: Iterable[MappedCourse]) -> dict[str, Slot]:
    last: dict[str, Slot] = {}
    for each in entries:
        slot = now.slot(each.grade, each.term)
        if each.state in TAKEN and (each.course not in last or last[each.course] < slot):
            last[each.course] = slot
    return last


def problems(
    store: Store, now: Standing, courses: Collection[MappedCourse], unrecorded: Collection[int] = ()
) -> Iterator[CourseProblem]:
    """Give the courses to come whose prerequisites come too late or never, or which are not for that grade.

    `courses` are all with their own credits (`courses_of`). Each course is named once a grade, where it begins. While
    the credits of `unrecorded` grades at an earlier school are not entered, nobody can say what was passed before.
    """
    catalogue = {each.code: each for each in store.courses.courses}
    named: set[tuple[str, int]] = set()
    slots = [(now.slot(each.grade, each.term), each) for each in courses]
    for start, each in slots:
        course = catalogue.get(each.course)
        if course is None or each.state not in ("in-progress", "planned") or (each.course, each.grade) in named:
            continue
        named.add((each.course, each.grade))
        before = () if unrecorded else course.prerequisites
        needs = [code for code in before if not _passed_before(code, start, slots, catalogue)]
        if needs:
            yield _problem("prerequisite", each, needs=tuple(_title(code, catalogue) for code in needs))
        if each.grade not in course.grades:
            yield _problem("grade", each, grades=course.grades)


def _problem(
    kind: str, each: MappedCourse, *, needs: tuple[str, ...] = (), grades: tuple[int, ...] = ()
) -> CourseProblem:
    return CourseProblem(
        kind=kind,
        course=each.course,
        title=each.title,
        grade=each.grade,
        term=each.term,
        state=each.state,
        needs=needs,
        grades=grades,
    )


def _passed_before(
    code: str, start: Slot, slots: Iterable[tuple[Slot, MappedCourse]], catalogue: dict[str, Course]
) -> bool:
    """Tell whether all of a course is earned, under way or planned before a slot; half of it is not enough."""
    return _complete(code, [each for slot, each in slots if each.course == code and slot < start], catalogue)


def _complete(code: str, courses: Iterable[MappedCourse], catalogue: dict[str, Course]) -> bool:
    """Tell whether all of a course is among these: half of it is not enough, but passed without credit is."""
    credits = [each.credits for each in courses if each.course == code and each.state in TAKEN]
    worth = catalogue[code].credits if code in catalogue else 0.0
    return bool(credits) and (sum(credits) >= worth - _CLOSE or not any(credits))


def _title(code: str, catalogue: dict[str, Course]) -> str:
    return catalogue[code].title if code in catalogue else code
