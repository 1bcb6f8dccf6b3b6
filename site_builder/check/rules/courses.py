"""The course plan beside the catalogue and the registrations: what may be taken when, and what is (SEP308, 340-342)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import HERE, Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity, Span
from site_builder.check.rulebook import Rule, per_student
from site_builder.check.rules.term_examples import school
from site_builder.model.course_plan import PlanChanges, courses_of, plan_changes
from site_builder.model.due_case import UTAH
from site_builder.model.earlier_school import unrecorded_grades
from site_builder.model.gaps import CourseProblem, problems
from site_builder.model.standing import standing
from site_builder.model.store import Store, StudentFile

_PLAN = "students/lopez-sam/2026-27/plan.yaml"
_REGISTRATION = "students/lopez-sam/2026-27/registration/fall.yaml"
_CARD = "students/lopez-sam/2025-26/report-card/spring.yaml"


def _plan(course: str, mark: str = "") -> str:
    return (
        "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\n"
        "consulted: [{person: reyes, on: 2026-09-10}]\noccupational_review: {by: cruz, on: 2026-09-20}\n"
        f"course_plan:\n  - {{{course}}}{mark}\n"
    )


def _english(grade: int = 10, subject: str = "language-arts") -> str:
    return f"grade: {grade}, course: ENG-10, title: English 10, subject: {subject}, credits: 1"


def _registration(course: str, title: str, mark: str = "", head_mark: str = "") -> str:
    return (
        f"term: fall\nregistered_on: 2026-08-10\nclasses:{head_mark}\n"
        f"  - {{title: {title}, credits: 0.5, teacher: Sun Park, phone: 435-555-0103, course: {course}}}{mark}\n"
    )


def _card(grade: str, credits: float) -> str:
    return (
        "term: spring\nissued_on: 2026-05-29\n"
        f"grades: [{{course: ENG-09, title: English 9, grade: {grade}, credits_earned: {credits}}}]\n"
    )


_MARK = f"  {HERE}"
_UTAH_SCHOOL = Example("school.yaml", school(fall_ends="2026-12-18", winter_starts="2027-01-04", rules=UTAH))

PREREQUISITE = Code(
    code="SEP340",
    severity=Severity.WARNING,
    title="a course comes before the courses that it builds on",
    why=(
        "`courses.yaml` names what must be passed before a course. Here that is neither earned, nor under way, nor "
        "planned in an earlier term; half of a course, or a failed one, is not enough. The student may be turned away "
        "on the first day, and what builds on this course moves too."
    ),
    policy="P3",
    fails=(
        Example(_CARD, _card("F", 0)),
        Example(_REGISTRATION, _registration("ENG-10", "English 10", _MARK)),
    ),
    passes=(Example(_CARD, _card("C", 0.5)), Example(_REGISTRATION, _registration("ENG-10", "English 10"))),
)
OUTSIDE_GRADES = Code(
    code="SEP341",
    severity=Severity.WARNING,
    title="a course is planned or registered in a grade that may not take it",
    why="`courses.yaml` says which grades may take a course. In another grade the registration will not be accepted.",
    policy="P3",
    fails=(Example(_PLAN, _plan(_english(grade=11), _MARK)),),
    passes=(Example(_PLAN, _plan(_english())),),
)
CHANGES = Code(
    code="SEP342",
    severity=Severity.ADVICE,
    title="a registration differs from the year's course plan",
    why=(
        "Utah's rule asks that the registration and the schedule agree with the plan. A change may be wise; then the "
        "plan should say so too, and the family should know of it. One finding names all that was dropped, added or "
        "exchanged. A school that has not taken up the rule (`rules` in `school.yaml`) gets none."
    ),
    policy="U4",
    fails=(
        _UTAH_SCHOOL,
        Example(_PLAN, _plan(_english())),
        Example(_REGISTRATION, _registration("MATH-1", "Secondary Math 1", head_mark=_MARK)),
    ),
    passes=(
        _UTAH_SCHOOL,
        Example(_PLAN, _plan(_english())),
        Example(_REGISTRATION, _registration("ENG-10", "English 10")),
    ),
)
CONTRADICTS = Code(
    code="SEP308",
    severity=Severity.WARNING,
    title="the course plan says something else of a course than the catalogue",
    why=(
        "The catalogue (`courses.yaml`) says what a course is called, for which subject area it counts and what it "
        "earns. The credits are counted as the catalogue has it, so the family would read one thing and see another."
    ),
    policy="P3",
    fails=(Example(_PLAN, _plan(_english(subject="electives"), _MARK)),),
    passes=(Example(_PLAN, _plan(_english())),),
)


def _problems(kind: str, code: Code) -> Rule:
    def find(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
        now = standing(store, file, today)
        for each in problems(store, now, courses_of(store, file, now), unrecorded_grades(store, file, today)):
            place = _place(file, each, now.year) if each.kind == kind else None
            if place is not None:
                yield _PHRASED[kind](place, each)

    return per_student(code, find)


def _too_early(place: Span, each: CourseProblem) -> Diagnostic:
    needs = " and ".join(f"`{title}`" for title in each.needs)
    return PREREQUISITE.at(
        place,
        f"`{each.title}` in grade {each.grade} ({each.term}) builds on {needs}, which is not passed or planned before",
        "plan it for an earlier term, or this course for a later one",
        "if another school gave it, add that school's report card with `from_school`",
    )


def _wrong_grade(place: Span, each: CourseProblem) -> Diagnostic:
    grades = ", ".join(str(grade) for grade in each.grades)
    return OUTSIDE_GRADES.at(
        place,
        f"`{each.title}` is not for grade {each.grade}; it is for: {grades}",
        "choose another course or another grade, or correct the course's grades in `courses.yaml`",
    )


_PHRASED = {"prerequisite": _too_early, "grade": _wrong_grade}


def _place(file: StudentFile, each: CourseProblem, year: str) -> Span | None:
    """Return where a course to come is written down: in this year's registration, else in the newest plan."""
    section = file.year(year)
    if each.state == "in-progress":
        for registration in section.registrations if section is not None else ():
            for index, line in enumerate(registration.classes):
                if registration.term == each.term and line.course == each.course:
                    return registration.origin.span(("classes", index, "course"))
        return None
    plan = next((y.plan for y in reversed(file.years) if y.plan is not None and y.plan.course_plan), None)
    for index, entry in enumerate(plan.course_plan if plan is not None else ()):
        if plan is not None and (entry.course, entry.grade) == (each.course, each.grade):
            return plan.origin.span(("course_plan", index, "course"))
    return None


def _changes(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for registration in year.registrations:
            changes = plan_changes(store, year, file.student.grades.get(year.id), registration)
            if changes:
                yield CHANGES.at(
                    registration.origin.key_span(("classes",)),
                    f"this registration differs from the year's course plan: {_told(changes)}",
                    "talk it over with the student and the family, then change the plan or the registration",
                )


def _told(changes: PlanChanges) -> str:
    parts = [f"`{new}` in place of `{old}`" for old, new in changes.swapped]
    for word, titles in (("dropped", changes.dropped), ("added", changes.added), ("another term", changes.moved)):
        if titles:
            parts.append(f"{word}: " + ", ".join(f"`{title}`" for title in titles))
    return "; ".join(parts)


def _contradicts(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    catalogue = {each.code: each for each in store.courses.courses}
    plans = [year.plan for year in file.years if year.plan is not None and year.plan.course_plan]
    # Earlier plans stay as they were written: the catalogue may have changed since.
    for index, entry in enumerate(plans[-1].course_plan if plans else ()):
        course = catalogue.get(entry.course)
        if course is None:
            continue
        for key, said, known in (
            ("title", entry.title, course.title),
            ("subject", entry.subject, course.subject),
            ("credits", entry.credits, min(entry.credits, course.credits)),
        ):
            if said != known:
                yield CONTRADICTS.at(
                    plans[-1].origin.span(("course_plan", index, key)),
                    f"the {_WORDS[key]} of {entry.course} is `{said}` here and `{known}` in the catalogue",
                    f"write `{known}`, or correct `courses.yaml`",
                )


_WORDS = {"title": "title", "subject": "subject area", "credits": "number of credits"}

RULES: tuple[Rule, ...] = (
    _problems("prerequisite", PREREQUISITE),
    _problems("grade", OUTSIDE_GRADES),
    per_student(CHANGES, _changes),
    per_student(CONTRADICTS, _contradicts),
)
