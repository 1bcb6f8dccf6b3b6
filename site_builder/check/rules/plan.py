"""What a plan must hold, by grade and kind (SEP32x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import before_this_school
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.due_case import spoken
from site_builder.model.due_plan import plan_by
from site_builder.model.store import Store, StudentFile, YearSection

_PLAN = "students/lopez-sam/2026-27/plan.yaml"
_HEAD = "grade: {grade}\nprepared_by: [{by}]\nprepared_on: 2026-09-10\nconsulted: [{{person: reyes, on: 2026-09-10}}]\n"
_REVIEW = "occupational_review: {by: cruz, on: 2026-09-20}\n"
_GOOD_PLAN = _HEAD.format(grade=10, by="sam-lopez") + _REVIEW
_STUDENT = "students/lopez-sam/student.yaml"
_SPECIALIST = "students/lopez-sam/participants/cruz.yaml"


_COUNSELOR = (
    "name: Ben Reyes\nrole: counselor\nposition: Counselor\nsince: 2026-08-19\nuntil: 2027-05-28\n"
    "address: 1 Main Street, Smallville, UT 84001\nphones: [{kind: work, number: 435-555-0102}]\n"
    "assigned_by: principal-stone\nassigned_on: 2026-08-19\n"
)


def _specialist(role: str) -> str:
    return (
        f"name: Joy Cruz\nrole: {role}\nposition: Work-based learning\nsince: 2025-08-20\nuntil: 2027-05-28\n"
        "address: 1 Main Street, Smallville, UT 84001\nphones: [{kind: work, number: 435-555-0105}]\n"
        "assigned_by: principal-stone\nassigned_on: 2025-08-20\n"
    )


def _student_file(grades: str) -> str:
    return (
        "name: Samuel Lopez\npreferred_name: Sam\nparticipant: sam-lopez\nstudent_number: '007123'\n"
        f"birth_date: 2011-03-04\nenrolled_on: 2025-08-20\ngrades: {grades}\n"
    )


_NEWCOMER = (
    Example(
        "students/hill-noa/student.yaml",
        "name: Noa Hill\nparticipant: noa-hill\nstudent_number: '007125'\nbirth_date: 2012-10-05\n"
        "enrolled_on: 2026-08-19\ngrades: {2026-27: 8}\n",
    ),
    Example("students/hill-noa/participants/noa-hill.yaml", "name: Noa Hill\nrole: student\nsince: 2026-08-19\n"),
    Example("students/hill-noa/participants/reyes.yaml", _COUNSELOR),
)

GRADE = Code(
    code="SEP320",
    severity=Severity.ERROR,
    title="a plan's grade is not the student's grade that year",
    why="The grade decides what is asked of the student that year; `student.yaml` and the plan must agree on it.",
    policy="P8",
    fails=(Example(_PLAN, _GOOD_PLAN.replace("grade: 10\n", "grade: 11  # <-- here\n")),),
    passes=(Example(_PLAN, _GOOD_PLAN),),
)
SCHOOL_YEAR = Code(
    code="SEP321",
    severity=Severity.ERROR,
    title="a year section is for a school year in which the student has no grade",
    why=(
        "Each year section belongs to a school year of `school.yaml` in which `student.yaml` gives the student a "
        "grade; otherwise nobody can tell which terms and requirements apply."
    ),
    policy="P8",
    fails=(Example(_STUDENT, _student_file("{2026-27: 10}  # <-- here")),),
    passes=(Example(_STUDENT, _student_file("{2025-26: 9, 2026-27: 10}")),),
)
NO_PLAN = Code(
    code="SEP322",
    severity=Severity.WARNING,
    title="an enrolled student has no plan this school year, or none that has been prepared",
    why=(
        "A plan is begun at the start of grade 7, and each later year builds on it; under Utah's rule, who comes in a "
        "later grade has a year from the day of enrollment. What `sep rollover` takes over from the year before is a "
        "beginning: the plan stands once somebody has prepared it, and `prepared_by` and `prepared_on` say who and "
        "when."
    ),
    policy="P1, U1",
    fails=_NEWCOMER,
    passes=(*_NEWCOMER, Example("students/hill-noa/2026-27/plan.yaml", _HEAD.format(grade=8, by="noa-hill"))),
)
EMPTY = Code(
    code="SEP323",
    severity=Severity.ADVICE,
    title="a plan names no strengths or no objectives yet",
    why="A plan identifies the student's skills and objectives. Until it does, the pages say who will write them.",
    policy="P2, P23",
)
PREPARED = Code(
    code="SEP324",
    severity=Severity.WARNING,
    title="in grades 9 to 12 the student prepares the plan",
    why=(
        "From grade 9 the plan is the student's to prepare, in consultation with a counselor or teacher and a parent "
        "or guardian. `prepared_by` does not name the student."
    ),
    policy="P19",
    fails=(Example(_PLAN, _GOOD_PLAN.replace("prepared_by: [sam-lopez]", "prepared_by: [reyes]  # <-- here")),),
    passes=(Example(_PLAN, _GOOD_PLAN),),
)
SPECIALIST = Code(
    code="SEP325",
    severity=Severity.WARNING,
    title="a plan with an occupational objective has no occupational specialist among its participants",
    why=(
        "An occupational objective makes the plan an SEOP. A staff member who helps students prepare for occupations "
        "reviews it and joins the participants."
    ),
    policy="P31",
    fails=(Example(_SPECIALIST, _specialist("teacher")),),
    passes=(Example(_SPECIALIST, _specialist("occupational-specialist")),),
)
REVIEW = Code(
    code="SEP326",
    severity=Severity.WARNING,
    title="a plan with an occupational objective has not been reviewed by occupational staff",
    why="An SEOP should be reviewed by staff with the duty `occupational`; the plan says who did and when.",
    policy="P31",
    fails=(Example(_PLAN, _HEAD.format(grade=10, by="sam-lopez")),),
    passes=(Example(_PLAN, _GOOD_PLAN),),
)


def _grade(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        grade = file.student.grades.get(year.id)
        if year.plan is not None and grade is not None and year.plan.grade != grade:
            yield GRADE.at(
                year.plan.origin.span(("grade",)),
                f"the plan says grade {year.plan.grade}, the student is in grade {grade} in {year.id}",
                "correct the one that is wrong, here or in `student.yaml`",
            )


def _school_year(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        at_another = before_this_school(store, file, year.id) and year.id in file.student.grades
        if store.school_year(year.id) is None and at_another:
            continue
        if store.school_year(year.id) is None:
            message, way_out = f"`{year.id}` is not a school year of this school", "add it to `school.yaml`"
        elif year.id not in file.student.grades:
            message, way_out = f"there is a section for {year.id}, but no grade for that year", "add the year's grade"
        else:
            continue
        yield SCHOOL_YEAR.at(file.student.origin.span(("grades",)), message, way_out)


def _no_plan(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    year = _current_year(store, file)
    left = file.student.left_on is not None and file.student.left_on <= today
    if store.unread_ids("plan", file.id, store.school.current_year):
        return
    if not left and today >= file.student.enrolled_on and (year is None or year.plan is None):
        school_year = store.school_year(store.school.current_year)
        by = f"; it is to be begun by {spoken(plan_by(store, file.student, school_year)[0])}" if school_year else ""
        yield NO_PLAN.at(
            file.student.origin.span(),
            f"this student has no plan for {store.school.current_year}{by}",
            f"write `{store.school.current_year}/plan.yaml`; `sep rollover` makes one for everybody",
        )
    elif not left and year is not None and year.plan is not None and year.plan.prepared_on is None:
        yield NO_PLAN.at(
            year.plan.origin.span(),
            f"the plan for {year.id} has not been prepared yet",
            "when it has been, add `prepared_by` with who did it and `prepared_on` with the day",
        )


def _empty(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    year = _current_year(store, file)
    if year is None or year.plan is None:
        return
    missing = [
        word
        for word, kind, value in (
            ("strengths", "strengths", year.strengths),
            ("objectives", "objective", year.objectives),
        )
        if not value and not store.unread_ids(kind, file.id, year.id)
    ]
    if missing:
        yield EMPTY.at(
            year.plan.origin.span(),
            f"this year's plan has no {' and no '.join(missing)} yet",
            "write them together at the next conference",
        )


def _prepared(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    own = file.student.participant
    for year in file.years:
        plan = year.plan
        if plan is not None and plan.prepared_by and plan.grade >= 9 and own not in plan.prepared_by:
            yield PREPARED.at(
                plan.origin.span(("prepared_by",)),
                f"the student did not prepare this plan of grade {plan.grade}",
                "let the student write it, and name the student here",
            )


def _specialist_takes_part(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    year = _current_year(store, file)
    if year is None or not _occupational(year) or store.unread_ids("participant", file.id):
        return
    specialists = [each for each in file.participants if each.role == "occupational-specialist"]
    if not any(each.since <= today and (each.until is None or today <= each.until) for each in specialists):
        objective = next(each for each in year.objectives if each.kind == "occupational")
        yield SPECIALIST.at(
            objective.origin.span(("kind",)),
            "this objective makes the plan an SEOP, but no occupational specialist takes part",
            "add one with `sep new participant`",
        )


def _reviewed(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    year = _current_year(store, file)
    if year is not None and year.plan is not None and _occupational(year) and year.plan.occupational_review is None:
        yield REVIEW.at(
            year.plan.origin.span(),
            "this SEOP has not been reviewed by occupational staff",
            "after the review add `occupational_review: {by: ..., on: ...}`",
        )


def _occupational(year: YearSection) -> bool:
    return any(each.kind == "occupational" and each.status != "set-aside" for each in year.objectives)


def _current_year(store: Store, file: StudentFile) -> YearSection | None:
    return file.year(store.school.current_year)


RULES: tuple[Rule, ...] = (
    per_student(GRADE, _grade),
    per_student(SCHOOL_YEAR, _school_year),
    per_student(NO_PLAN, _no_plan),
    per_student(EMPTY, _empty),
    per_student(PREPARED, _prepared),
    per_student(SPECIALIST, _specialist_takes_part),
    per_student(REVIEW, _reviewed),
)
