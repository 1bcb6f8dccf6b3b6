"""Students with a lot, a little and nothing to draw, for the tests of the charts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from site_builder.access.view import (
    Named,
    ObjectiveView,
    ReportCardView,
    StepView,
    StudentView,
    TermView,
    YearView,
)
from site_builder.model.course_plan import MappedCourse
from site_builder.model.credits import Audit, CreditLine
from site_builder.model.records import Grade


def line(title: str, required: float, earned: float = 0, in_progress: float = 0, planned: float = 0) -> CreditLine:
    subject = title.lower().replace(" ", "-")
    return CreditLine(
        subject=subject, title=title, required=required, earned=earned, in_progress=in_progress, planned=planned
    )


def course(
    grade: int, term: str, code: str, title: str, subject: str, state: str, credits: float = 0.5
) -> MappedCourse:
    return MappedCourse(grade=grade, term=term, course=code, title=title, subject=subject, credits=credits, state=state)


def card(year: int, term: str, gpa: float | None, *letters: str) -> ReportCardView:
    month, after = (12, 0) if term == "Fall" else (5, 1)
    return ReportCardView(
        term=TermView(id=term.lower(), title=term),
        issued_on=dt.date(year + after, month, 18),
        grades=tuple(
            Grade(course=f"C-{n}", title=f"Course {n}", grade=letter, credits_earned=0.5)
            for n, letter in enumerate(letters)
        ),
        gpa=gpa,
    )


def objective(statement: str, done: int, total: int, status: str = "on-track", language: str = "en") -> ObjectiveView:
    day = dt.date(2026, 10, 3)
    return ObjectiveView(
        id=f"objective-{done}-{total}",
        statement=statement,
        language=language,
        kind="academic",
        status=status,
        suggested_by=Named("Ana Rivera", "student"),
        steps=tuple(StepView(what=f"Step {n}", done_on=day if n < done else None) for n in range(total)),
    )


def student(
    *years: YearView, lines: tuple[CreditLine, ...] = (), courses: tuple[MappedCourse, ...] = ()
) -> StudentView:
    return StudentView(
        id="rivera-ana",
        name="Ana Rivera",
        preferred_name="",
        student_number="100234",
        birth_date=dt.date(2012, 3, 4),
        language="en",
        grade=10,
        homeroom="",
        occupational=False,
        years=years or (YearView(id="2026-27", grade=10, occupational=False),),
        people=(),
        contact=None,
        next_conference=None,
        asks=(),
        credits=Audit(lines=lines, courses=courses),
        steps=None,
        updated=None,
    )


MIDWAY = (
    line("Language arts", 4, 2, 1, 1),
    line("Mathematics", 3, 2, 1),
    line("Science", 3, 1, 1, 0.5),
    line("Social studies", 3, 1.5, 0.5, 1),
    line("Arts", 1.5, 1, 0, 0.5),
    line("Physical education and health", 2, 1, 0.5, 0),
    line("Career and technical education", 1, 1),
    line("Digital studies", 0.5, 0.5),
    line("Financial literacy", 0.5),
    line("Electives", 5.5, 1.5, 1, 2),
)

COURSES = (
    course(7, "fall", "ENG-07", "English 7", "language-arts", "earned", 0),
    course(9, "fall", "ENG-09", "English 9", "language-arts", "earned"),
    course(9, "spring", "ENG-09", "English 9", "language-arts", "earned"),
    course(9, "spring", "MATH-1", "Secondary Math 1", "mathematics", "not-earned", 0),
    course(10, "fall", "MATH-1", "Secondary Math 1", "mathematics", "in-progress"),
    course(11, "", "CTE-201", "Welding 1", "career-pathways", "planned", 1),
    course(12, "", "CTE-202", "Welding 2 & <inspection>", "career-pathways", "planned", 1),
)

YEARS = (
    YearView(
        id="2026-27",
        grade=10,
        occupational=True,
        objectives=(
            objective("Earn the entry-level welding certificate before graduation", 3, 5),
            objective("Leer un libro en español cada mes y contarlo en casa", 8, 16, language="es"),
            objective("Join the track team", 1, 1, status="met"),
            objective("Learn the accordion", 0, 2, status="set-aside"),
            objective("Write to a grandmother", 0, 0),
        ),
    ),
    YearView(
        id="2025-26",
        grade=9,
        occupational=False,
        report_cards=(card(2025, "Spring", 3.62), card(2025, "Fall", 3.4)),
    ),
    YearView(id="2024-25", grade=8, occupational=False, report_cards=(card(2024, "Fall", None, "A-", "B", "P", "C+"),)),
)

FULL = student(*YEARS, lines=MIDWAY, courses=COURSES)
EMPTY = student()
LONG = replace(
    FULL,
    years=tuple(
        YearView(
            id=f"{year}-{year - 1999}",
            grade=year - 2014,
            occupational=False,
            report_cards=(card(year, "Fall", 2.5 + year % 3 / 2), card(year, "Spring", 2.8 + year % 2)),
        )
        for year in range(2026, 2020, -1)
    ),
)
