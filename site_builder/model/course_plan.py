"""A student's courses of grades 7 to 12, term by term: taken, under way and planned (policy: P3, P9, P10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from site_builder.model.due_case import UTAH
from site_builder.model.records import Course, PlannedCourse, Registration
from site_builder.model.standing import Slot, Standing
from site_builder.model.store import Store, StudentFile, YearSection

ELECTIVES = "electives"
FIRST_GRADE_THAT_COUNTS = 9
HALF = 0.5
"""What a class earns that meets in one term only."""
TAKEN = ("earned", "in-progress", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCourse:
    """A course in a term; `state` is `earned`, `not-earned`, `in-progress` or `planned`.

    `credits` are those that count toward graduation. `from_school` names the other school that gave the class.
    """

    grade: int
    term: str
    course: str
    title: str
    subject: str
    credits: float
    state: str
    from_school: str = ""


def courses_of(store: Store, file: StudentFile, now: Standing) -> tuple[MappedCourse, ...]:
    """Return all courses by grade and term, each with the credits that its entry gives, whether they count or not."""
    catalogue = {each.code: each for each in store.courses.courses}
    taken = [each for year in file.years for each in _taken(year, file.student.grades.get(year.id), catalogue)]
    found = (*taken, *_still_planned(file, now, catalogue))
    return tuple(sorted(found, key=lambda each: now.slot(each.grade, each.term)))


def counted(store: Store, courses: Iterable[MappedCourse]) -> tuple[MappedCourse, ...]:
    """Return the courses with the credits that count.

    A course counts once, however often it is taken, up to what it is worth; a repeatable one counts each year. Before
    grade 9 only a course counts that says so. What is earned comes first, then what is under way, then what is planned;
    a planned course that has nothing left to earn is left out.
    """
    catalogue = {each.code: each for each in store.courses.courses}
    used: dict[tuple[str, int], float] = defaultdict(float)
    result: dict[int, MappedCourse] = {}
    listed = list(courses)
    for state in ("not-earned", *TAKEN):
        for place, each in enumerate(listed):
            if each.state != state:
                continue
            course = catalogue.get(each.course)
            key = (each.course, each.grade if course is not None and course.repeatable else 0)
            left = each.credits if course is None else min(each.credits, max(0.0, course.credits - used[key]))
            if state == "planned" and each.credits and not left:
                continue
            first = FIRST_GRADE_THAT_COUNTS if course is None else course.counts_from_grade
            credits = 0.0 if each.grade < first or state == "not-earned" else left
            used[key] += credits
            result[place] = replace(each, credits=round(credits, 4))
    return tuple(result[place] for place in sorted(result))


def passed(grade: str) -> bool:
    """Tell whether a class that earns no credit (as in grades 7 and 8) was passed."""
    return grade[:1].upper() not in ("F", "I", "N")


def _taken(year: YearSection, grade: int | None, catalogue: dict[str, Course]) -> Iterator[MappedCourse]:
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
                subject=_subject(line.course, catalogue),
                credits=line.credits_earned,
                state="earned" if line.credits_earned or passed(line.grade) else "not-earned",
                from_school=line.from_school or card.from_school or "",
            )
    graded = {card.term for card in year.report_cards if card.from_school is None}
    for registration in year.registrations:
        for each in registration.classes if registration.term not in graded else ():
            yield MappedCourse(
                grade=grade,
                term=registration.term,
                course=each.course,
                title=each.title,
                subject=_subject(each.course, catalogue),
                credits=each.credits,
                state="in-progress",
            )


def _subject(code: str, catalogue: dict[str, Course], otherwise: str = ELECTIVES) -> str:
    return catalogue[code].subject if code in catalogue else otherwise


def _still_planned(file: StudentFile, now: Standing, catalogue: dict[str, Course]) -> Iterator[MappedCourse]:
    """Give what the newest course plan holds for terms that are not over and have no registration yet.

    Where there is a registration, it says what is taken; a course that the plan has and it has not was dropped.
    """
    plans = [year.plan for year in file.years if year.plan is not None and year.plan.course_plan]
    year = file.year(now.year) or YearSection(id=now.year)
    terms = (*(each.term for each in year.registrations), *(each.term for each in year.report_cards))
    decided = {now.slot(now.grade, term) for term in terms}
    for entry in plans[-1].course_plan if plans else ():
        for slot, credits in _by_term(entry, now):
            if now.is_past(slot) or slot in decided:
                continue
            yield MappedCourse(
                grade=entry.grade,
                term=now.term_id(slot),
                course=entry.course,
                title=entry.title,
                subject=_subject(entry.course, catalogue, entry.subject),
                credits=credits,
                state="planned",
            )


def _by_term(entry: PlannedCourse, now: Standing) -> list[tuple[Slot, float]]:
    """Return the terms of an entry with their credits; one for the whole year earns the same in each of its terms."""
    terms = now.terms.get(entry.grade, ())
    if entry.term is not None:
        return [(now.slot(entry.grade, entry.term), entry.credits)] if entry.term in terms else []
    return [(Slot(entry.grade, place), entry.credits / len(terms)) for place in range(len(terms))]


# --- a registration beside the plan ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanges:
    """How a registration differs from the year's course plan, by titles (policy: U4).

    `swapped` pairs a planned course with the one taken in its place (of the same subject area); `moved` are planned for
    another term of the year.
    """

    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    swapped: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.dropped or self.added or self.swapped or self.moved)


def plan_changes(store: Store, year: YearSection, grade: int | None, registration: Registration) -> PlanChanges:
    """Compare a registration with what the plan of its year says for its grade and term (policy: U4).

    Only a school that has taken up Utah's rule compares; without a course plan for that grade there is nothing to
    compare with.
    """
    if UTAH not in store.school.rules:
        return PlanChanges()
    entries = [each for each in (year.plan.course_plan if year.plan else ()) if each.grade == grade]
    if not entries:
        return PlanChanges()
    subjects = {each.code: each.subject for each in store.courses.courses}
    taken = {each.course: each.title for each in registration.classes}
    planned = {each.course: each for each in entries if each.term in (None, registration.term)}
    elsewhere = {each.course for each in entries} - set(planned)
    dropped = {
        code: each.title
        for code, each in planned.items()
        if code not in taken and not _in_another_term(each, store, year)
    }
    added = {code: title for code, title in taken.items() if code not in planned and code not in elsewhere}
    swapped = []
    for code, title in list(dropped.items()):
        instead = next((other for other in added if subjects.get(other) == subjects.get(code)), None)
        if instead is not None:
            swapped.append((title, added.pop(instead)))
            del dropped[code]
    return PlanChanges(
        dropped=tuple(dropped.values()),
        added=tuple(added.values()),
        swapped=tuple(swapped),
        moved=tuple(title for code, title in taken.items() if code in elsewhere),
    )


def _in_another_term(entry: PlannedCourse, store: Store, year: YearSection) -> bool:
    """Tell whether a planned course is taken in another term of the year instead, or still may be."""
    if any(each.course == entry.course for other in year.registrations for each in other.classes):
        return entry.term is not None or entry.credits <= HALF
    school_year = store.school_year(year.id)
    to_come = len(school_year.terms) if school_year is not None else 0
    return entry.term is None and entry.credits <= HALF and len(year.registrations) < to_come
