"""Dates that contradict each other: a table of which day cannot be before which (SEP38x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity
from site_builder.check.entries import kind_name, records_of, school_records, values_at
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.records import Record
from site_builder.model.store import Store, StudentFile
from site_builder.source.document import Document, Pointer

_OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"
_STUDENT = "students/lopez-sam/student.yaml"
_PLAN = "students/lopez-sam/2026-27/plan.yaml"
_TEACHER = "students/ward-ivy/participants/park.yaml"
_CONSENT = "students/lopez-sam/consents/2026-09-10-hearing-custodian.yaml"
_PARTNERSHIP = "partnerships/metal-shop.yaml"

YOUNGEST, OLDEST = 2, 10
"""A student's age as school begins, less the grade, lies between these: far beyond what is usual, and no further."""


def _teacher(dates: str) -> str:
    return (
        f"name: Sun Park\nrole: teacher\nposition: English teacher\n{dates}assigned_by: principal-stone\n"
        "address: 1 Main Street, Smallville, UT 84001\nphones: [{kind: work, number: 435-555-0103}]\n"
    )


def _student(birth_date: str, left_on: str) -> str:
    return (
        "name: Samuel Lopez\nparticipant: sam-lopez\nstudent_number: '007123'\n"
        f"birth_date: {birth_date}\nenrolled_on: 2025-08-20\nleft_on: {left_on}\ngrades: {{2025-26: 9, 2026-27: 10}}\n"
    )


def _consent(expires: str) -> str:
    return (
        "document: 2026-27/hearing-letter\nsigner: nurse-bell\ncapacity: custodian\npurpose: Seating in class\n"
        f"recipients: [parent]\nsigned_on: 2026-09-10\nmethod: paper\nexpires: {expires}\n"
    )


def _objective(done_on: str) -> str:
    return (
        "statement: Read one book a month\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
        "suggested_on: 2026-09-15\nmeans: [{what: Library pass, source: school}]\n"
        f"steps:\n  - what: Choose the first book\n    done_on: {done_on}\n"
    )


def _partnership(until: str) -> str:
    return f"partner: Metal Shop\nprogram: Welding\noffers: [Shop hours]\nsince: 2026-02-01\nuntil: {until}\n"


def _plan(signed_on: str) -> str:
    return (
        "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\n"
        "consulted: [{person: reyes, on: 2026-09-10}, {person: rosa-lopez, on: 2026-09-10}]\n"
        "occupational_review: {by: cruz, on: 2026-09-20}\n"
        f"signatures:\n  - person: sam-lopez\n    meaning: took-part\n    on: {signed_on}\n"
    )


TENURE = Code(
    code="SEP380",
    severity=Severity.ERROR,
    title="somebody's part ends before it begins",
    why=(
        "Who may see a student's file, and from when until when, follows from these days. Where they contradict each "
        "other nobody can tell what was meant, and the person would see nothing."
    ),
    policy="P13",
    fails=(Example(_TEACHER, _teacher("since: 2026-08-19\nuntil: 2026-05-28  # <-- here\nassigned_on: 2026-01-10\n")),),
    passes=(Example(_TEACHER, _teacher("since: 2026-08-19\nuntil: 2027-05-28\nassigned_on: 2026-08-19\n")),),
)
ENROLMENT = Code(
    code="SEP381",
    severity=Severity.ERROR,
    title="a student left before the day of enrollment",
    why="The file follows the student through the grades: when it is due, and when it ends, is told by these two days.",
    policy="U3",
    fails=(Example(_STUDENT, _student("2011-03-04", "2025-06-01  # <-- here")),),
    passes=(Example(_STUDENT, _student("2011-03-04", "2026-11-20")),),
)
BIRTH_DATE = Code(
    code="SEP382",
    severity=Severity.ERROR,
    title="a date of birth does not fit the student's grade",
    why=(
        "On the 18th birthday the rights in the file pass to the student, so a wrong year of birth would close the "
        "file to the parents too early, or keep it open to them too long."
    ),
    policy="P35",
    fails=(Example(_STUDENT, _student("2001-03-04  # <-- here", "2026-11-20")),),
    passes=(Example(_STUDENT, _student("2011-03-04", "2026-11-20")),),
)
CONSENT = Code(
    code="SEP383",
    severity=Severity.ERROR,
    title="a consent ends before it was signed",
    why=(
        "A confidential document is shown while the consents to it stand. A consent that ends before it begins would "
        "never show it to anybody, and a consent by mistake has to be found before somebody relies on it."
    ),
    policy="P36",
    fails=(Example(_CONSENT, _consent("2026-06-30  # <-- here")),),
    passes=(Example(_CONSENT, _consent("2027-06-30")),),
)
STEP = Code(
    code="SEP384",
    severity=Severity.WARNING,
    title="a step was done before its objective was suggested",
    why="The steps that are done are the record of progress, shown by date; what was done earlier is an achievement.",
    policy="P24",
    fails=(Example(_OBJECTIVE, _objective("2026-09-02  # <-- here")),),
    passes=(Example(_OBJECTIVE, _objective("2026-09-20")),),
)
SCHOOL = Code(
    code="SEP385",
    severity=Severity.ERROR,
    title="a partnership, an appointment or a place on the staff ends before it begins",
    why=(
        "What the school has on a day follows from its first and last day. With the two the wrong way round a "
        "partnership would never be shown, and somebody on the staff would never have been there."
    ),
    policy="P33",
    fails=(Example(_PARTNERSHIP, _partnership("2025-06-30  # <-- here")),),
    passes=(Example(_PARTNERSHIP, _partnership("2027-06-30")),),
)
SIGNATURE = Code(
    code="SEP386",
    severity=Severity.WARNING,
    title="a plan was signed before it was prepared",
    why=(
        "A signature says that somebody took part in making the plan, or received a copy of it. Neither can be said of "
        "a plan that was not there yet."
    ),
    policy="P20",
    fails=(Example(_PLAN, _plan("2026-09-01  # <-- here")),),
    passes=(Example(_PLAN, _plan("2026-10-07")),),
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """In one file, what stands at `later` is no day before what stands at `earlier`; `*` is the same list item.

    `message` takes the day at `later`, then the one at `earlier`.
    """

    earlier: str
    later: str
    message: str


_Table: TypeAlias = Mapping[str, tuple[_Pair, ...]]
"""Kind of file -> its pairs."""

_TENURES: _Table = {
    "participant": (
        _Pair("since", "until", "takes part until {}, before the first day, {}"),
        _Pair("assigned_on", "until", "takes part until {}, before the assignment on {}"),
        _Pair("rights/from", "rights/until", "the court order holds until {}, before it began on {}"),
    )
}
_ENROLMENTS: _Table = {"student": (_Pair("enrolled_on", "left_on", "left on {}, before the enrollment on {}"),)}
_CONSENTS: _Table = {
    "consent": (
        _Pair("signed_on", "expires", "expires on {}, before it was signed on {}"),
        _Pair("signed_on", "revoked_on", "revoked on {}, before it was signed on {}"),
    )
}
_STEPS: _Table = {
    "objective": (_Pair("suggested_on", "steps/*/done_on", "done on {}, before the objective was suggested on {}"),)
}
_SIGNATURES: _Table = {
    "plan": (_Pair("prepared_on", "signatures/*/on", "signed on {}, before the plan was prepared on {}"),)
}
_SCHOOL: _Table = {
    "partnership": (_Pair("since", "until", "the partnership ends on {}, before it began on {}"),),
    "staff": (_Pair("staff/*/since", "staff/*/until", "at the school until {}, before the first day, {}"),),
    "school": (
        _Pair("decides_requests/*/delegated_on", "decides_requests/*/until", "decides until {}, but only from {} on"),
    ),
}


def _contradictions(code: Code, record: Record, table: _Table) -> Iterator[Diagnostic]:
    for pair in table.get(kind_name(record), ()):
        for pointer, later in values_at(record.origin, pair.later):
            earlier_at = _beside(pointer, pair)
            earlier = _text_at(record.origin, earlier_at)
            # Dates are year-month-day (the schema sees to that), so they compare as text.
            if isinstance(later, str) and earlier and later < earlier:
                yield code.at(
                    record.origin.span(pointer),
                    pair.message.format(later, earlier),
                    "correct the day that is wrong",
                    related=(Related(record.origin.span(earlier_at), "the earlier day"),),
                )


def _beside(pointer: Pointer, pair: _Pair) -> Pointer:
    """Return where the earlier day stands, in the same list item as the later one at `pointer`."""
    numbers = iter([each for each in pointer if isinstance(each, int)])
    return tuple(next(numbers) if part == "*" else part for part in pair.earlier.split("/"))


def _text_at(document: Document, pointer: Pointer) -> str:
    found = dict(values_at(document, "/".join("*" if isinstance(each, int) else each for each in pointer)))
    value = found.get(pointer)
    return value if isinstance(value, str) else ""


def _in_files(code: Code, table: _Table) -> Rule:
    def find(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
        for _, record in records_of(file):
            yield from _contradictions(code, record, table)

    return per_student(code, find)


def _in_school(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    for record in school_records(store):
        yield from _contradictions(SCHOOL, record, _SCHOOL)


def _birth_date(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    born = file.student.birth_date
    for year, grade in file.student.grades.items():
        school_year = store.school_year(year)
        if school_year is None:
            continue
        begins = school_year.starts
        age = begins.year - born.year - ((begins.month, begins.day) < (born.month, born.day))
        if not grade + YOUNGEST <= age <= grade + OLDEST:
            how = f"{age} years old" if age >= 0 else "not yet born"
            yield BIRTH_DATE.at(
                file.student.origin.span(("birth_date",)),
                f"born on {born.isoformat()}, this student would be {how} in grade {grade} ({year})",
                "correct the date of birth, or the grade",
                related=(Related(file.student.origin.span(("grades", year)), "the grade"),),
            )
            return


_FILES: tuple[tuple[Code, _Table], ...] = (
    (TENURE, _TENURES),
    (ENROLMENT, _ENROLMENTS),
    (CONSENT, _CONSENTS),
    (STEP, _STEPS),
    (SIGNATURE, _SIGNATURES),
)
RULES: tuple[Rule, ...] = (
    *(_in_files(code, table) for code, table in _FILES),
    per_student(BIRTH_DATE, _birth_date),
    Rule(SCHOOL, _in_school),
)
