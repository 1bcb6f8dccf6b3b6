"""Registrations and report cards, term by term (SEP343-349): each is there, and they agree with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity, Span
from site_builder.check.rulebook import Rule, per_student
from site_builder.check.rules.term_examples import (
    CARD,
    REGISTRATION,
    STUDENT,
    card,
    registration,
    school,
    student,
)
from site_builder.model.due_plan import registered_by
from site_builder.model.records import Registration, ReportCard, Term
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.source.document import Pointer

DAYS_TO_ISSUE = 14
"""Days after a term's end within which the office has its report cards."""

NEVER_REGISTERED = Code(
    code="SEP343",
    severity=Severity.WARNING,
    title="a report card has a class for which the student never registered",
    why=(
        "Registration and report card are copies of what the school issued and should name the same classes. A class "
        "on the report card alone is a wrong course code, a change of schedule that the file does not show, or a class "
        "of another school, which says so with `from_school`."
    ),
    policy="P10",
    fails=(Example(CARD, card("ENG-09", "MATH-1  # <-- here")),),
    passes=(Example(CARD, card("ENG-09")),),
)
NOT_GRADED = Code(
    code="SEP344",
    severity=Severity.ADVICE,
    title="a report card has no line for a class that the student registered for",
    why="Without a grade the class earns nothing in the course plan. A class that was dropped leaves the registration.",
    policy="P10",
    fails=(
        Example(REGISTRATION, registration("ENG-09", "MATH-1")),
        Example(CARD, card("ENG-09").replace("grades:", "grades:  # <-- here")),
    ),
    passes=(Example(REGISTRATION, registration("ENG-09", "MATH-1")), Example(CARD, card("ENG-09", "MATH-1"))),
)
NO_CARD = Code(
    code="SEP345",
    severity=Severity.WARNING,
    title="a term has been over for more than two weeks and has no report card",
    why=(
        "The file holds each report card that the school issued. Until it is there, the term's classes count as being "
        "under way, and the family sees no grades."
    ),
    policy="P10",
    fails=(Example("school.yaml", school(fall_ends="2026-11-09")), Example(STUDENT, student("  # <-- here"))),
    passes=(Example("school.yaml", school(fall_ends="2026-11-10")), Example(STUDENT, student())),
)
NO_REGISTRATION = Code(
    code="SEP346",
    severity=Severity.WARNING,
    title="a term has begun and has no registration",
    why="The file holds a copy of the registration for each term: classes, teachers' names and telephone numbers.",
    policy="P9",
    fails=(
        Example("school.yaml", school(fall_ends="2026-11-18", winter_starts="2026-11-24")),
        Example(STUDENT, student("  # <-- here")),
    ),
    passes=(
        Example("school.yaml", school(fall_ends="2026-11-18", winter_starts="2026-11-25")),
        Example(STUDENT, student()),
    ),
)
TWICE = Code(
    code="SEP347",
    severity=Severity.WARNING,
    title="a course stands twice in a term",
    why="Each class of a term is one line. A second line of the same course is a slip, or a second file for the term.",
    policy="P9",
    fails=(Example(REGISTRATION, registration("ENG-09", "ENG-09  # <-- here")),),
    passes=(Example(REGISTRATION, registration("ENG-09")),),
)
TOO_MANY_CREDITS = Code(
    code="SEP348",
    severity=Severity.ERROR,
    title="a report card gives more credits than the course is worth",
    why=(
        "The catalogue says what the whole course earns; a term earns its share of it. A slip such as `5` for `0.5` "
        "would tell the family that the student can graduate."
    ),
    policy="P3",
    fails=(Example(CARD, card("ENG-09  # <-- here", credits=5)),),
    passes=(Example(CARD, card("ENG-09", credits=0.5)),),
)
TERM_DATES = Code(
    code="SEP349",
    severity=Severity.ERROR,
    title="a registration or report card has a date that its term contradicts",
    why=(
        "Nobody registers for a term that is over, and no report card is issued before its term begins. The date, the "
        "term or the folder of the school year is wrong."
    ),
    policy="P9",
    fails=(Example(REGISTRATION, registration("ENG-09", registered_on="2026-08-20  # <-- here")),),
    passes=(Example(REGISTRATION, registration("ENG-09", registered_on="2025-08-20")),),
)


def _terms(store: Store, year: YearSection) -> tuple[Term, ...]:
    school_year = store.school_year(year.id)
    return school_year.terms if school_year is not None else ()


def _attends(file: StudentFile, term: Term) -> bool:
    """Tell whether the student was enrolled here at the end of a term, or will be as far as is known."""
    left = file.student.left_on
    return file.student.enrolled_on <= term.ends and (left is None or left >= term.ends)


def _own_cards(year: YearSection, term: str) -> list[ReportCard]:
    return [each for each in year.report_cards if each.term == term and each.from_school is None]


def _registrations(year: YearSection, term: str) -> list[Registration]:
    return [each for each in year.registrations if each.term == term]


def _unread(store: Store, file: StudentFile, year: YearSection, kind: str) -> bool:
    return bool(store.unread_ids(kind, file.id, year.id))


def _never_registered(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for term in _terms(store, year):
            registered = {line.course for each in _registrations(year, term.id) for line in each.classes}
            if _unread(store, file, year, "registration") or not (registered or term.ends < file.student.enrolled_on):
                continue
            for found in _own_cards(year, term.id):
                yield from _unknown_classes(found, registered)


def _unknown_classes(found: ReportCard, registered: set[str]) -> Iterator[Diagnostic]:
    if not registered:
        yield NEVER_REGISTERED.at(
            found.origin.key_span(("term",)),
            "this report card is for a term before the student enrolled here",
            "if another school issued it, add `from_school: ` and the school's name",
        )
        return
    for index, line in enumerate(found.grades):
        if line.course not in registered and line.from_school is None:
            yield NEVER_REGISTERED.at(
                found.origin.span(("grades", index, "course")),
                f"the student did not register for {line.course} (`{line.title}`) in this term",
                "correct the course here, or add the class to the term's registration",
                "if another school gave the class, add `from_school` to this line",
            )


def _not_graded(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for term in _terms(store, year):
            cards = _own_cards(year, term.id)
            graded = {line.course for each in cards for line in each.grades}
            missing = {
                line.course: line.title
                for each in _registrations(year, term.id)
                for line in each.classes
                if line.course not in graded
            }
            if cards and missing:
                titles = ", ".join(f"`{title}`" for title in missing.values())
                yield NOT_GRADED.at(
                    cards[0].origin.key_span(("grades",)),
                    f"the student registered for {titles}, but the report card has no line for it",
                    "add the grade, or take a class that was dropped out of the registration",
                )


def _absent(store: Store, file: StudentFile) -> Iterator[tuple[YearSection, Term]]:
    """Give the terms for which the student's file should hold papers, and where to say that it does not."""
    for year_id in file.student.grades:
        year = file.year(year_id) or YearSection(id=year_id)
        if file.year(year_id) is None and year_id != store.school.current_year:
            continue
        for term in _terms(store, year):
            if _attends(file, term):
                yield year, term


def _grade(file: StudentFile, year: YearSection) -> Span:
    return file.student.origin.span(("grades", year.id))


def _no_card(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    for year, term in _absent(store, file):
        late = (today - term.ends).days > DAYS_TO_ISSUE
        there = any(each.term == term.id for each in year.report_cards) or _unread(store, file, year, "report-card")
        if late and not there:
            yield NO_CARD.at(
                _grade(file, year),
                f"there is no report card for {term.title}, which ended on {term.ends.isoformat()}",
                f"add `{year.id}/report-card/{term.id}.yaml`",
            )


def _no_registration(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    for year, term in _absent(store, file):
        due = registered_by(file.student, term) <= today
        if due and not _registrations(year, term.id) and not _unread(store, file, year, "registration"):
            yield NO_REGISTRATION.at(
                _grade(file, year),
                f"there is no registration for {term.title}, which began on {term.starts.isoformat()}",
                f"add `{year.id}/registration/{term.id}.yaml` with each class, its teacher and the telephone",
            )


def _twice(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        yield from _repeated([(each, "classes", [c.course for c in each.classes]) for each in year.registrations])
        cards = [each for each in year.report_cards if each.from_school is None]
        yield from _repeated([(each, "grades", [line.course for line in each.grades]) for each in cards])


def _repeated(papers: Sequence[tuple[Registration | ReportCard, str, list[str]]]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], tuple[Registration | ReportCard, Pointer]] = {}
    for paper, key, codes in papers:
        for index, code in enumerate(codes):
            here = (paper, (key, index, "course"))
            before = first.setdefault((paper.term, code), here)
            if before is not here:
                yield TWICE.at(
                    paper.origin.span(here[1]),
                    f"{code} stands twice in this term",
                    "take one of the two lines out, or correct its course code",
                    related=(Related(before[0].origin.span(before[1]), "the first one"),),
                )


def _too_many_credits(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    worth = {each.code: each.credits for each in store.courses.courses}
    for year in file.years:
        for each in year.report_cards:
            for index, line in enumerate(each.grades):
                if line.credits_earned > worth.get(line.course, line.credits_earned):
                    yield TOO_MANY_CREDITS.at(
                        each.origin.span(("grades", index, "credits_earned")),
                        f"{line.course} earns {worth[line.course]:g} in all, not {line.credits_earned:g} in one term",
                        "correct the credits here, or what the course earns in `courses.yaml`",
                        "for a class of another school, write the credits that were accepted here",
                    )


def _term_dates(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        terms = {each.id: each for each in _terms(store, year)}
        for paper in year.registrations:
            term = terms.get(paper.term)
            if term is not None and paper.registered_on > term.ends:
                message = f"registered after {term.title} had ended ({term.ends.isoformat()})"
                yield TERM_DATES.at(paper.origin.span(("registered_on",)), message, "correct the date, or the term")
        for each in year.report_cards:
            term = terms.get(each.term)
            if term is not None and each.issued_on < term.starts:
                message = f"issued before {term.title} began ({term.starts.isoformat()})"
                yield TERM_DATES.at(each.origin.span(("issued_on",)), message, "correct the date, or the term")


RULES: tuple[Rule, ...] = (
    per_student(NEVER_REGISTERED, _never_registered),
    per_student(NOT_GRADED, _not_graded),
    per_student(NO_CARD, _no_card),
    per_student(NO_REGISTRATION, _no_registration),
    per_student(TWICE, _twice),
    per_student(TOO_MANY_CREDITS, _too_many_credits),
    per_student(TERM_DATES, _term_dates),
)
