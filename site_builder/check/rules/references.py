"""References between files: a table of which field names what, and one rule for each kind of thing (SEP20x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import before_enrollment, did_you_mean, kind_name, records_of, values_at
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.store import Store, StudentFile, YearSection

_OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"
_PROGRESS = "students/lopez-sam/2026-27/progress/2026-10-01-first-book.md"
_REGISTRATION = "students/lopez-sam/2026-27/registration/fall.yaml"
_CONFERENCE = "students/lopez-sam/2026-27/conferences/2026-10-07-group.md"
_CONSENT = "students/lopez-sam/consents/2026-09-10-hearing-custodian.yaml"


def _objective(extra: str) -> str:
    return f"statement: Read one book a month\nkind: academic\nstatus: on-track\n{extra}\n"


def _progress(objective: str) -> str:
    return f"---\nby: park\ndate: 2026-10-01\nobjective: {objective}\n---\nSam finished a book a week early.\n"


def _registration(course: str, term: str) -> str:
    return (
        f"term: {term}\nregistered_on: 2026-08-10\nclasses:\n"
        f"  - {{title: English 10, credits: 0.5, teacher: Sun Park, phone: 435-555-0103, course: {course}}}\n"
    )


def _conference(group: str) -> str:
    return f"---\nkind: small-group\ninvited: [sam-lopez, reyes]\nheld_on: 2026-10-07\ngroup: {group}\n---\nNotes.\n"


def _consent(document: str) -> str:
    return (
        f"document: {document}\nsigner: nurse-bell\ncapacity: custodian\npurpose: Seating in class\n"
        "recipients: [parent]\nsigned_on: 2026-09-10\nmethod: paper\n"
    )


PERSON = Code(
    code="SEP201",
    severity=Severity.ERROR,
    title="a person is named who does not take part in this student's plan",
    why=(
        "People are named by their id, the name of their file in the student's `participants` folder (staff who decide "
        "or sign may stand in `staff.yaml` alone). A wrong id would give the credit, or the invitation, to nobody; and "
        "no student's file names another student."
    ),
    policy="P13",
    fails=(Example(_OBJECTIVE, _objective("suggested_by: parc  # <-- here")),),
    passes=(Example(_OBJECTIVE, _objective("suggested_by: park")),),
)
COURSE = Code(
    code="SEP202",
    severity=Severity.ERROR,
    title="a course code is not in the course catalogue",
    why=(
        "Credits are counted by course code. A code that is not in `courses.yaml` counts toward no requirement, and "
        "the family would be told that credits are missing."
    ),
    policy="P3",
    fails=(Example(_REGISTRATION, _registration("ENG-11", "fall").rstrip() + "  # <-- here\n"),),
    passes=(Example(_REGISTRATION, _registration("ENG-10", "fall")),),
)
OBJECTIVE = Code(
    code="SEP203",
    severity=Severity.ERROR,
    title="an objective is named that this school year does not have",
    why=(
        "Notes, requests, programs and careers belong to an objective by its id, the name of its file in that year's "
        "`objectives` folder. With a wrong id the note would stand alone and the objective would seem forgotten."
    ),
    policy="P24",
    fails=(Example(_PROGRESS, _progress("read-less  # <-- here")),),
    passes=(Example(_PROGRESS, _progress("read-more")),),
)
TERM = Code(
    code="SEP204",
    severity=Severity.ERROR,
    title="a term is named that the school year does not have",
    why="The terms of each school year stand in `school.yaml`; registrations and report cards belong to one of them.",
    policy="P9",
    fails=(Example(_REGISTRATION, _registration("ENG-10", "autumn  # <-- here")),),
    passes=(Example(_REGISTRATION, _registration("ENG-10", "fall")),),
)
GROUP = Code(
    code="SEP205",
    severity=Severity.ERROR,
    title="a small group is named that is not in the groups folder",
    why="A small-group conference names its group by the file in `groups`, so that its students can be counted.",
    policy="P12",
    fails=(Example(_CONFERENCE, _conference("2026-10-07-tenth-graders  # <-- here")),),
    passes=(Example(_CONFERENCE, _conference("2026-10-07-tenth-grade")),),
)
DOCUMENT = Code(
    code="SEP206",
    severity=Severity.ERROR,
    title="a consent is for a document that is not in the file",
    why=(
        "A consent names its document as school year and id, such as `2026-27/hearing-letter`; `file` stands for the "
        "whole file. A consent for nothing would release nothing, and nobody would see why."
    ),
    policy="P36",
    fails=(Example(_CONSENT, _consent("2026-27/hearing-note  # <-- here")),),
    passes=(Example(_CONSENT, _consent("2026-27/hearing-letter")),),
)
PARTNERSHIP = Code(
    code="SEP207",
    severity=Severity.ERROR,
    title="a partnership is named that is not in the partnerships folder",
    why="Community means can name the partnership they come from; it must be one that the school has.",
    policy="P33",
    fails=(
        Example(
            _OBJECTIVE,
            _objective(
                "suggested_by: park\nmeans:\n  - what: Shop hours\n    source: community\n"
                "    partnership: nobody  # <-- here"
            ),
        ),
    ),
    passes=(Example(_OBJECTIVE, _objective("suggested_by: park\nmeans: [{what: Shop hours, source: community}]")),),
)


_Table: TypeAlias = Mapping[str, tuple[str, ...]]
"""Kind of file -> places in it that name something."""

PEOPLE: _Table = {
    "student": ("participant",),
    "participant": ("assigned_by",),
    "consent": ("signer",),
    "disclosure": ("by",),
    "plan": ("prepared_by/*", "consulted/*/person", "signatures/*/person", "occupational_review/by", "proposals/*/by"),
    "strengths": ("by", "added/*/by"),
    "objective": ("suggested_by", "steps/*/who"),
    "progress": ("by",),
    "conference": ("invited/*", "attended/*", "requested_by"),
    "request": ("requested_by", "decision/by", "later_decisions/*/by"),
    "document": ("affects/*",),
}
"""Where files of a student name people by their id."""

_STAFF_ALONE = frozenset(
    {("participant", "assigned_by"), ("consent", "signer"), ("disclosure", "by"), ("request", "decision/by")}
    | {("request", "later_decisions/*/by"), ("document", "affects/*")}
)
_COURSES: _Table = {
    "registration": ("classes/*/course",),
    "report-card": ("grades/*/course",),
    "plan": ("course_plan/*/course", "post_secondary/*/courses/*", "careers/*/courses/*"),
    "objective": ("means/*/course",),
}
_OBJECTIVES: _Table = {
    "progress": ("objective",),
    "request": ("objective",),
    "plan": ("post_secondary/*/objectives/*", "careers/*/objectives/*"),
}
_TERMS: _Table = {"registration": ("term",), "report-card": ("term",), "plan": ("course_plan/*/term",)}
_GROUPS: _Table = {"conference": ("group",)}
_DOCUMENTS: _Table = {"consent": ("document",)}
_PARTNERSHIPS: _Table = {"objective": ("means/*/partnership",)}

_OF_THE_SCHOOL = (_COURSES, _TERMS, _GROUPS, _PARTNERSHIPS)
"""Tables of what belongs to a school and not to the student's file: a file from another school names that school's."""

WHOLE_FILE = "file"
"""Stands for a document in an adult student's consent to share the file as such."""

_Known: TypeAlias = Callable[[Store, StudentFile, str, tuple[str, str]], frozenset[str]]
"""Gives what may be named in a school year at a place (kind of file, pattern)."""


def _people(store: Store, file: StudentFile, _year: str, place: tuple[str, str]) -> frozenset[str]:
    own = frozenset(each.id for each in file.participants) | store.unread_ids("participant", file.id)
    return own | frozenset(each.id for each in store.staff.staff) if place in _STAFF_ALONE else own


def _courses(store: Store, _file: StudentFile, _year: str, _place: tuple[str, str]) -> frozenset[str]:
    return frozenset(each.code for each in store.courses.courses)


def _objectives(store: Store, file: StudentFile, year: str, _place: tuple[str, str]) -> frozenset[str]:
    section = file.year(year) or YearSection(id=year)
    return frozenset(each.id for each in section.objectives) | store.unread_ids("objective", file.id, year)


def _terms(store: Store, _file: StudentFile, year: str, place: tuple[str, str]) -> frozenset[str]:
    if place[0] == "plan":
        return frozenset(term.id for each in store.school.school_years for term in each.terms)
    school_year = store.school_year(year)
    return frozenset(each.id for each in school_year.terms) if school_year is not None else frozenset()


def _groups(store: Store, _file: StudentFile, _year: str, _place: tuple[str, str]) -> frozenset[str]:
    return frozenset(each.id for each in store.groups) | store.unread_ids("group")


def _documents(store: Store, file: StudentFile, _year: str, _place: tuple[str, str]) -> frozenset[str]:
    read = {f"{year.id}/{each.id}" for year in file.years for each in year.documents}
    unread = {f"{year.id}/{each}" for year in file.years for each in store.unread_ids("document", file.id, year.id)}
    return frozenset({WHOLE_FILE, *read, *unread})


def _partnerships(store: Store, _file: StudentFile, _year: str, _place: tuple[str, str]) -> frozenset[str]:
    return frozenset(each.id for each in store.partnerships) | store.unread_ids("partnership")


def _rule(code: Code, table: _Table, known: _Known, message: str, way_out: str) -> Rule:
    def find(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
        for year, record in records_of(file):
            kind = kind_name(record)
            for pattern in table.get(kind, ()):
                named = list(values_at(record.origin, pattern))
                if not named:
                    continue
                if (table in _OF_THE_SCHOOL or (kind, pattern) in _STAFF_ALONE) and (
                    before_enrollment(store, file, year, record)
                ):
                    continue  # it names what the school has that the student came from
                choices = known(store, file, year, (kind, pattern))
                for pointer, value in named:
                    if isinstance(value, str) and value not in choices:
                        place = record.origin.span(pointer)
                        ways = (*did_you_mean(value, choices), way_out.format(", ".join(sorted(choices)) or "none"))
                        yield code.at(place, message.format(value), *ways)

    return per_student(code, find)


RULES: tuple[Rule, ...] = (
    _rule(
        PERSON,
        PEOPLE,
        _people,
        "`{}` is not a participant in this student's plan",
        "add the person with `sep new participant`, or write the name of a file in `participants` (without `.yaml`)",
    ),
    _rule(COURSE, _COURSES, _courses, "`{}` is not a course of this school", "the codes stand in `courses.yaml`"),
    _rule(
        OBJECTIVE,
        _OBJECTIVES,
        _objectives,
        "`{}` is not an objective of this school year",
        "write the name of a file in this year's `objectives` folder (without `.yaml`)",
    ),
    _rule(
        TERM,
        _TERMS,
        _terms,
        "`{}` is not a term of this school year",
        "the terms are: {}; they stand in `school.yaml`",
    ),
    _rule(
        GROUP,
        _GROUPS,
        _groups,
        "there is no small group `{}`",
        "write the name of a file in `groups` (without `.yaml`), or make that file",
    ),
    _rule(
        DOCUMENT,
        _DOCUMENTS,
        _documents,
        "there is no document `{}` in this student's file",
        "write the school year and the document's id, such as `2026-27/hearing-letter`",
    ),
    _rule(
        PARTNERSHIP,
        _PARTNERSHIPS,
        _partnerships,
        "there is no partnership `{}`",
        "write the name of a file in `partnerships` (without `.yaml`), or leave it out",
    ),
)
