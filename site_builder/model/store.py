"""A school's records as one value: the school, and one file a student."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from site_builder.model.records import (
    Authorization,
    Conference,
    Consent,
    Consultation,
    Contribution,
    CourseCatalog,
    Disclosure,
    Group,
    Guidelines,
    Objective,
    Participant,
    Partnership,
    Plan,
    Program,
    Progress,
    Registration,
    ReportCard,
    ResourceRequest,
    School,
    SchoolYear,
    StaffDirectory,
    StaffMember,
    Strengths,
    Student,
    SupportingDocument,
    TestResult,
    Training,
    WorkingPlan,
)
from site_builder.source.layout import Location

_Worked = TypeVar("_Worked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The bytes beside a document's description.

    `path` is relative to the store, `name` the file's name, `media_type` what its first bytes say (empty: not a kind
    that may be kept), `active` what a PDF holds beside pages, in plain words, `sha256` the content's hash as
    hexadecimal. `load` gives the bytes and raises `OSError` when
    they no longer are those that were hashed.
    """

    path: str
    name: str
    media_type: str
    size: int
    sha256: str
    active: tuple[str, ...] = ()
    load: Callable[[], bytes] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSection:
    """One school year of a student's file; entries are in order of their ids."""

    id: str
    plan: Plan | None = None
    strengths: Strengths | None = None
    objectives: tuple[Objective, ...] = ()
    progress: tuple[Progress, ...] = ()
    registrations: tuple[Registration, ...] = ()
    report_cards: tuple[ReportCard, ...] = ()
    tests: tuple[TestResult, ...] = ()
    conferences: tuple[Conference, ...] = ()
    requests: tuple[ResourceRequest, ...] = ()
    documents: tuple[SupportingDocument, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def attachment(self, name: str) -> Attachment | None:
        """Return the attachment called `name`."""
        return next((each for each in self.attachments if each.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentFile:
    """One student's SEP file; `years` in order, the oldest first."""

    id: str
    student: Student
    participants: tuple[Participant, ...] = ()
    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    years: tuple[YearSection, ...] = ()

    def participant(self, person: str) -> Participant | None:
        """Return the participant whose id is `person`."""
        return next((each for each in self.participants if each.id == person), None)

    def year(self, year: str) -> YearSection | None:
        """Return the section of the school year `year`."""
        return next((each for each in self.years if each.id == year), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A school's records.

    `program` is the edition of the template that holds today, `earlier_programs` those before it, in order of file.
    `students` holds the files that could be read; `broken` names those that could not, or that have errors: nothing
    new of theirs may be published. `conflicted` names the ids under which files describe different people. `strays` are
    the participants of files whose `student.yaml` could not be read. `unread` says where files stand that could not
    be read: nobody should be told that they are missing.
    """

    school: School
    staff: StaffDirectory
    courses: CourseCatalog
    program: Program | None = None
    earlier_programs: tuple[Program, ...] = ()
    guidelines: Guidelines | None = None
    groups: tuple[Group, ...] = ()
    training: tuple[Training, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    inventory: tuple[WorkingPlan, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    students: tuple[StudentFile, ...] = ()
    broken: frozenset[str] = frozenset()
    conflicted: frozenset[str] = frozenset()
    strays: dict[str, tuple[Participant, ...]] = field(default_factory=dict)
    unread: tuple[Location, ...] = ()
    _worked_out: dict[Callable[[Store], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, work: Callable[[Store], _Worked]) -> _Worked:
        """Return what `work`, a function of a module, makes of these records: done once, for they do not change."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: _Worked = self._worked_out[work]
        return found

    def student(self, student: str) -> StudentFile | None:
        """Return the file of the student whose folder is `student`."""
        return self.once(_students).get(student)

    def staff_member(self, person: str) -> StaffMember | None:
        """Return the entry of the staff directory with the id `person`."""
        return next((each for each in self.staff.staff if each.id == person), None)

    def unread_ids(self, kind: str, student: str = "", year: str = "") -> frozenset[str]:
        """Return the ids of files of a kind that stand there but could not be read."""
        return frozenset(
            each.id for each in self.unread if (each.kind.name, each.student, each.year) == (kind, student, year)
        )

    def school_year(self, year: str) -> SchoolYear | None:
        """Return the dates and terms of the school year `year`."""
        return next((each for each in self.school.school_years if each.id == year), None)


def _students(store: Store) -> dict[str, StudentFile]:
    return {each.id: each for each in reversed(store.students)}
