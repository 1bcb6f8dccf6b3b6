"""The school itself: who manages it, and whether its own lists agree (SEP30x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import did_you_mean
from site_builder.check.rulebook import Rule
from site_builder.model.course_plan import ELECTIVES
from site_builder.model.store import Store

_SCHOOL = """\
format: 1
name: Small School
district: Small District
address: 1 Main Street, Smallville, UT 84001
phone: 435-555-0100
time_zone: America/Denver
principal: principal-stone
school_manager: {manager}
current_year: 2026-27
school_years:
  - id: 2025-26
    starts: 2025-08-20
    ends: 2026-05-29
    terms:
      - {{id: fall, title: Fall 2025, starts: 2025-08-20, ends: 2025-12-19}}
  - id: 2026-27
    starts: 2026-08-19
    ends: 2027-05-28
    terms:
      - {{id: fall, title: Fall 2026, starts: 2026-08-19, ends: 2026-12-18}}
"""
_APPOINTED = "{person: reyes, appointed_by: principal-stone, appointed_on: 2026-08-03}"

MANAGER = Code(
    code="SEP301",
    severity=Severity.ERROR,
    title="the School Manager is neither the Principal nor appointed by the Principal",
    why=(
        "The School Manager is the Principal, or a member of the faculty whom the Principal has appointed. The manager "
        "sees which documents are withheld from whom, so the appointment is on record before anybody holds that place."
    ),
    policy="P6",
    fails=(Example("school.yaml", _SCHOOL.format(manager="{person: reyes}  # <-- here")),),
    passes=(Example("school.yaml", _SCHOOL.format(manager=_APPOINTED)),),
)
STAFF_ID = Code(
    code="SEP302",
    severity=Severity.ERROR,
    title="the Principal or the School Manager is not in the staff directory",
    why="Both are named by their id in `staff.yaml`; their names stand on every page and cover.",
    policy="P6",
    fails=(
        Example(
            "school.yaml",
            _SCHOOL.format(manager=_APPOINTED).replace("principal: principal-stone", "principal: stone  # <-- here"),
        ),
    ),
    passes=(Example("school.yaml", _SCHOOL.format(manager=_APPOINTED)),),
)
SUBJECT = Code(
    code="SEP303",
    severity=Severity.WARNING,
    title="a course counts toward a subject area that the program does not have",
    why=(
        "Credits of a course count toward the subject area named in `courses.yaml`. An area that the program file "
        "(`template/program.yaml`) does not list counts as an elective, which is rarely what was meant."
    ),
    policy="P18",
    fails=(
        Example(
            "courses.yaml",
            "courses:\n  - {code: ENG-09, title: English 9, subject: language-arts, credits: 1, grades: [9]}\n"
            "  - {code: ENG-10, title: English 10, subject: language-art, credits: 1, grades: [10]}  # <-- here\n"
            "  - {code: CTE-201, title: Welding 1, subject: cte, credits: 1, grades: [11]}\n",
        ),
    ),
    passes=(
        Example(
            "courses.yaml",
            "courses:\n  - {code: ENG-09, title: English 9, subject: language-arts, credits: 1, grades: [9]}\n"
            "  - {code: ENG-10, title: English 10, subject: language-arts, credits: 1, grades: [10]}\n"
            "  - {code: CTE-201, title: Welding 1, subject: cte, credits: 1, grades: [11]}\n",
        ),
    ),
)


def _manager(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    school = store.school
    manager = school.school_manager
    appointed = manager.appointed_by == school.principal and manager.appointed_on is not None
    if manager.person != school.principal and not appointed:
        yield MANAGER.at(
            school.origin.span(("school_manager",)),
            f"`{manager.person}` is School Manager without an appointment by the Principal",
            f"add `appointed_by: {school.principal}` and `appointed_on` with the date of the appointment",
        )


def _staff_ids(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    school = store.school
    known = {each.id for each in store.staff.staff}
    for pointer, person in (
        (("principal",), school.principal),
        (("school_manager", "person"), school.school_manager.person),
    ):
        if person not in known:
            yield STAFF_ID.at(
                school.origin.span(pointer),
                f"`{person}` is not in the staff directory",
                *did_you_mean(person, known),
                "add the person to `staff.yaml`",
            )


def _subjects(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    if store.program is None:
        return
    known = {ELECTIVES, *(each.subject for each in store.program.requirements)}
    for index, course in enumerate(store.courses.courses):
        if course.subject not in known:
            yield SUBJECT.at(
                store.courses.origin.span(("courses", index, "subject")),
                f"`{course.subject}` is not a subject area of the program",
                *did_you_mean(course.subject, known),
                "the subject areas stand in `template/program.yaml`",
            )


RULES: tuple[Rule, ...] = (Rule(MANAGER, _manager), Rule(STAFF_ID, _staff_ids), Rule(SUBJECT, _subjects))
