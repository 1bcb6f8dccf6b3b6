"""What is due in a student's plan and papers (policy: P1, P3, P9, P10, P19, P29, P31, U1, U3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.model.due_case import UTAH, Case, Due, happened, school_days_after, spoken, with_duty
from site_builder.model.earlier_school import unrecorded_grades
from site_builder.model.records import SchoolYear, Student, Term
from site_builder.model.store import Store, YearSection

STUDENT_PREPARES_FROM = 9
BEGINNING = dt.timedelta(days=30)
"""So long is the beginning of a school year in which a plan is begun."""
FIRST_YEAR = dt.timedelta(days=365)
CARDS = dt.timedelta(days=14)
"""So long after a term its report cards may take."""
REGISTERS = dt.timedelta(days=30)
"""So long before a term its registrations should stand."""
CLASSES = dt.timedelta(days=7)
"""So long after the enrollment in the middle of a term a newcomer's registration may take."""
TRANSCRIPT = dt.timedelta(days=30)
"""So long after the enrollment the credits of an earlier school may take."""


def plan_due(case: Case) -> Iterator[Due]:
    """Give what is due in one student's plan, registrations, report cards and requests."""
    yield from _plan(case)
    yield from _registrations(case)
    yield from _report_cards(case)
    yield from _earlier_school(case)
    yield from _decisions(case)


def plan_by(store: Store, student: Student, year: SchoolYear) -> tuple[dt.date, str]:
    """Return by when the plan of a school year is begun, and the requirement that says so.

    At the beginning of grade 7 and of each later year (policy: P1); under Utah's rule, who comes in a later grade has
    a year from the day of enrollment (policy: U1).
    """
    begins = max(year.starts, student.enrolled_on)
    newcomer = student.enrolled_on >= year.starts - BEGINNING and student.grades.get(year.id) != 7
    if newcomer and UTAH in store.school.rules:
        return student.enrolled_on + FIRST_YEAR, "U1"
    return begins + BEGINNING, "P1"


def registered_by(student: Student, term: Term) -> dt.date:
    """Return by when a term's registration stands: its first day, or a week after who comes later has enrolled."""
    return term.starts if student.enrolled_on <= term.starts else student.enrolled_on + CLASSES


def is_occupational(year: YearSection) -> bool:
    """Tell whether any objective makes the plan an SEOP (policy: P31)."""
    return any(each.kind == "occupational" and each.status != "set-aside" for each in year.objectives)


def _plan(case: Case) -> Iterator[Due]:
    plan = case.section.plan
    if plan is None or plan.prepared_on is None:
        by, policy = plan_by(case.store, case.file.student, case.year)
        yield _due(case, "plan", case.counselor, by, policy, f"grade {case.grade}")
        return
    if is_occupational(case.section) and plan.occupational_review is None:
        specialist = next((each.id for each in case.active("occupational-specialist")), "")
        person = specialist or with_duty(case.store, "occupational", case.today)
        yield _due(case, "plan-review-occupational", person, case.year.ends, "P31")
    own = case.file.student.participant
    if plan.grade >= STUDENT_PREPARES_FROM and (own not in plan.prepared_by or not plan.aspiration):
        yield _due(case, "own-part", own, case.hold_by, "P19")


def _registrations(case: Case) -> Iterator[Due]:
    """Each term has its registration from its first day, a newcomer's soon after the enrollment (policy: P9)."""
    known = {each.term for each in case.section.registrations}
    for term in case.year.terms:
        if term.id not in known and case.today >= term.starts - REGISTERS and _there(case, term):
            yield _due(case, "registration", case.counselor, registered_by(case.file.student, term), "P9", term.title)


def _report_cards(case: Case) -> Iterator[Due]:
    """Each term that is over has its report card (policy: P10)."""
    for year in case.store.school.school_years:
        section = case.file.year(year.id) or YearSection(id=year.id)
        known = {each.term for each in section.report_cards}
        for term in year.terms:
            over = term.ends < case.today and year.id in case.file.student.grades
            if over and term.id not in known and _there(case, term):
                office = with_duty(case.store, "office", case.today)
                yield _due(case, "report-card", office, term.ends + CARDS, "P10", term.title)


def _earlier_school(case: Case) -> Iterator[Due]:
    """The credits of an earlier school stand in the file, so that the audit can count them (policy: P3, U3)."""
    grades = unrecorded_grades(case.store, case.file, case.today)
    if grades:
        said = f"grade {grades[0]}" if len(grades) == 1 else f"grades {' and '.join(map(str, grades))}"
        yield _due(case, "earlier-credits", case.counselor, case.file.student.enrolled_on + TRANSCRIPT, "P3", said)


def _there(case: Case, term: Term) -> bool:
    return case.file.student.enrolled_on <= term.ends


def _decisions(case: Case) -> Iterator[Due]:
    """The Principal decides each request for what is not at hand (policy: P29)."""
    number = case.store.school.reminders.answer_within
    for request in (each for year in case.file.years for each in year.requests):
        answer = request.answer
        if answer is not None and answer.outcome == "deferred" and happened(answer.on, case.today):
            said = f"put off on {spoken(answer.on)}"
            yield _due(case, "request-decision", case.store.school.principal, case.year.ends, "P29", said)
            continue
        decided = answer is not None and happened(answer.on, case.today)
        if not decided and request.referred_on <= case.today:
            by = school_days_after(case.store, request.referred_on, number)
            since = f"waiting since {spoken(request.referred_on)}"
            yield _due(case, "request-decision", case.store.school.principal, by, "P29", since)


def _due(case: Case, kind: str, person: str, by: dt.date, policy: str, detail: str = "") -> Due:
    return Due(kind=kind, student=case.file.id, person=person, by=by, policy=policy, detail=detail)
