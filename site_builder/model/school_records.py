"""The records of the school itself, one class a kind of file: `school.yaml`, staff, courses, template, reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from site_builder.model.record import Record

Date = dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of a school year, such as `fall`."""

    id: str
    title: str
    starts: Date
    ends: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRound:
    """By when the yearly conference has been offered to everyone, and held (policy: P15)."""

    offer_by: Date
    hold_by: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear:
    """A school year, such as `2026-27`, with its terms in order."""

    id: str
    starts: Date
    ends: Date
    terms: tuple[Term, ...]
    parent_teacher_conferences: tuple[Date, ...] = ()
    conference_round: ConferenceRound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolManager:
    """Who the School Manager is, and the Principal's appointment when it is somebody else (policy: P6)."""

    person: str
    appointed_by: str | None = None
    appointed_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Somebody whom the Principal lets decide on requests in their place (policy: P29)."""

    person: str
    delegated_by: str
    delegated_on: Date
    until: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """The school's own settings; none of them widens access beyond the policy (policy: P38).

    Numbers about groups smaller than `smallest_group` stay out of the annual report (policy: P34).
    """

    adult_parent_access: str = "dependent-or-consent"
    archives: tuple[str, ...] = ()
    smallest_group: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """When something counts as late: `answer_within` in school days, `contact_within` in days (policy: P17, P26)."""

    answer_within: int = 10
    contact_within: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that the School Manager lets stand until a date, and why."""

    code: str
    file: str
    reason: str
    who: str
    until: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class School(Record):
    """`school.yaml`."""

    format: int
    name: str
    district: str
    address: str
    phone: str
    time_zone: str
    principal: str
    school_manager: SchoolManager
    current_year: str
    school_years: tuple[SchoolYear, ...]
    email: str | None = None
    state: str | None = None
    language: str = "en"
    privacy: Privacy = Privacy()
    labels: dict[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    reminders: Reminders = Reminders()
    waivers: tuple[Waiver, ...] = ()
    decides_requests: tuple[Delegation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """An entry of `staff.yaml`; `duties` such as `custodian`, `occupational`."""

    id: str
    name: str
    position: str
    phone: str
    email: str
    duties: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDirectory(Record):
    """`staff.yaml`."""

    staff: tuple[StaffMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An entry of `courses.yaml`; `credits` is what the whole course earns.

    Credits count toward graduation from the grade `counts_from_grade` on. A `repeatable` course (a choir, a band)
    earns its credits each year that it is taken, any other one once.
    """

    code: str
    title: str
    subject: str
    credits: float
    grades: tuple[int, ...]
    prerequisites: tuple[str, ...] = ()
    counts_from_grade: int = 9
    repeatable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCatalog(Record):
    """`courses.yaml`."""

    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Credits of a requirement that only one list of courses earns, whatever their subject area (policy: P3)."""

    one_of: tuple[str, ...]
    credits: float
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Credits that the minimum standard program asks of everyone in one subject area; `choices` are among them."""

    subject: str
    title: str
    credits: float
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSteps:
    """What the template expects of everyone in a grade."""

    grade: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program(Record):
    """`template/program.yaml`: the minimum standard program (policy: P18)."""

    version: str
    title: str
    requirements: tuple[Requirement, ...]
    steps: tuple[GradeSteps, ...] = ()
    adopted_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidelines(Record):
    """`template/guidelines.md`: what the school asks of everyone, in words (policy: P18)."""

    version: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """`groups/*.yaml`: a small-group conference, without any student's name (policy: P12, P16)."""

    category: str
    date: Date
    place: str
    time: str | None = None
    staff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record):
    """`training/*.yaml` (policy: P27)."""

    title: str
    date: Date
    hours: float
    attended: tuple[str, ...]
    topics: tuple[str, ...] = ()
    in_service: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(Record):
    """`partnerships/*.yaml` (policy: P33)."""

    partner: str
    program: str
    offers: tuple[str, ...]
    since: Date
    until: Date | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPlan(Record):
    """`inventory/*.md`: a sample plan from the State Board's inventory (policy: P28)."""

    title: str
    source: str
    grades: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation(Record):
    """`consultations/*.md`: the policy discussed with personnel, parents or a council (policy: P14)."""

    date: Date
    with_: str
    topic: str
    present: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization(Record):
    """`authorizations/*.yaml`: time taken from another activity (policy: P30)."""

    activity: str
    purpose: str
    date: Date
    authorized_by: str
    authorized_on: Date
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Record):
    """`reports/*.md`: words of teachers, parents or the community for the annual report (policy: P34)."""

    school_year: str
    by: str
    title: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictStore:
    """A school of a district: its store's folder, relative to the folder that holds `district.yaml`."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class District(Record):
    """`district.yaml`, in a folder of its own above the schools' stores (policy: P34)."""

    name: str
    stores: tuple[DistrictStore, ...]
    language: str = "en"
