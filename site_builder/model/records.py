"""The records of a school, one class a kind of file, complete at birth and never changed.

A field is named as its key in the file. `origin` is the document the record was read from, for findings that name a
place; nothing beyond `access` ever sees these classes. What may stand in a file is said by `schemas/`; a test holds
the two together.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from site_builder.source.document import Document

Date = dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: its id (the file's name without suffix) and the document it came from."""

    id: str
    origin: Document = field(repr=False, compare=False)


# --- the school -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A telephone number and what it is (mobile, home, work)."""

    number: str
    kind: str = ""


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


# --- one student's file: what does not belong to a year --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Student(Record):
    """`students/<id>/student.yaml`; `participant` is the student's own id among the participants."""

    name: str
    participant: str
    student_number: str
    birth_date: Date
    enrolled_on: Date
    grades: dict[str, int]
    preferred_name: str | None = None
    language: str = "en"
    homeroom: str | None = None
    independence: str = "none"
    dependent_for_tax: bool = False
    left_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """A parent's rights where a court has changed them (34 CFR 99.4)."""

    status: str = "full"
    order: str | None = None
    from_: Date | None = None
    until: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Record):
    """`participants/*.yaml`: a person who takes part in this student's plan (policy: P11, P13)."""

    name: str
    role: str
    since: Date
    until: Date | None = None
    relation: str | None = None
    position: str | None = None
    address: str | None = None
    phones: tuple[Phone, ...] = ()
    email: str | None = None
    language: str = "en"
    assigned_by: str | None = None
    assigned_on: Date | None = None
    rights: Rights = Rights()
    protected_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """Somebody who takes no part in the plan and may be given something of it: the person, the organisation."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Record):
    """`consents/*.yaml`: who allowed (or objected to) what, for which bytes, to whom (policy: P35, P36).

    `third_parties` says who those of the `recipients` are that are neither roles nor people of the plan, and `parts`
    what of the file they may be given.
    """

    document: str
    signer: str
    capacity: str
    purpose: str
    recipients: tuple[str, ...]
    signed_on: Date
    method: str
    answer: str = "consent"
    sha256: str | None = None
    expires: Date | None = None
    revoked_on: Date | None = None
    third_parties: tuple[ThirdParty, ...] = ()
    parts: tuple[str, ...] = ()

    def in_force(self, on: Date) -> bool:
        """Tell whether it has been signed, has not expired and has not been revoked on the day `on`."""
        return (
            self.signed_on <= on
            and (self.expires is None or on <= self.expires)
            and (self.revoked_on is None or on < self.revoked_on)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure(Record):
    """`disclosures/*.yaml`: what was given to whom, by which consents or which `law` (34 CFR 99.32; policy: P35)."""

    what: str
    to: str
    on: Date
    by: str
    purpose: str
    basis: str
    consents: tuple[str, ...] = ()
    law: str | None = None


# --- a year section -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """Somebody who was asked for advice on the plan, and when (policy: P5)."""

    person: str
    on: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCourse:
    """A course in the course plan; `credits` is what it will earn in that entry (policy: P3)."""

    grade: int
    course: str
    title: str
    subject: str
    credits: float
    term: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSecondary:
    """A program after graduation that the student looks at (policy: P4)."""

    institution: str
    program: str
    cip: str | None = None
    credential: str | None = None
    objectives: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """A career that the student looks at; `soc` is its O*NET-SOC code, `cip` that of a way into it (policy: P4)."""

    title: str
    soc: str | None = None
    cip: str | None = None
    objectives: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """`took-part` or `received-copy`; never an agreement (policy: P20)."""

    person: str
    on: Date
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationalReview:
    """The review of an SEOP by occupational staff (policy: P31)."""

    by: str
    on: Date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenProposal:
    """What somebody wrote at home and the school took into this year's file; `parts` are its keys (policy: P5, P19)."""

    by: str
    proposed_on: Date
    taken_on: Date
    parts: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """`<year>/plan.yaml`; until it has been prepared, nobody and no day stands there (policy: P1, P5)."""

    grade: int
    prepared_by: tuple[str, ...] = ()
    prepared_on: Date | None = None
    consulted: tuple[Consulted, ...] = ()
    template_version: str | None = None
    aspiration: str | None = None
    language: str = "en"
    course_plan: tuple[PlannedCourse, ...] = ()
    post_secondary: tuple[PostSecondary, ...] = ()
    careers: tuple[Career, ...] = ()
    occupational_review: OccupationalReview | None = None
    signatures: tuple[Signature, ...] = ()
    proposals: tuple[TakenProposal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """Something the student has achieved (policy: P23)."""

    what: str
    date: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedWords:
    """Plain words on strengths that another participant added to what stands there (policy: P5, P23)."""

    by: str
    proposed_on: Date
    words: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths(Record):
    """`<year>/strengths.md`: strengths in words, with achievements (policy: P2, P23)."""

    by: str
    date: Date
    language: str = "en"
    achievements: tuple[Achievement, ...] = ()
    added: tuple[AddedWords, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """A way to reach an objective and where it comes from: school, family, student, community (policy: P22, P32)."""

    what: str
    source: str
    course: str | None = None
    partnership: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step toward an objective; it is done when `done_on` stands."""

    what: str
    who: str | None = None
    due: Date | None = None
    done_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerRef:
    """The career that an occupational objective aims at."""

    title: str
    soc: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Record):
    """`<year>/objectives/*.yaml` (policy: P2, P21, P22, P31)."""

    statement: str
    kind: str
    status: str
    suggested_by: str
    suggested_on: Date | None = None
    beyond_school_means: bool = False
    language: str = "en"
    means: tuple[Means, ...] = ()
    steps: tuple[Step, ...] = ()
    career: CareerRef | None = None
    carried_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Record):
    """`<year>/progress/*.md`: a note on progress, its words in the body (policy: P24)."""

    by: str
    date: Date
    title: str | None = None
    objective: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredClass:
    """A class for which the student has registered (policy: P9)."""

    course: str
    title: str
    credits: float
    teacher: str
    phone: str
    period: int | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Record):
    """`<year>/registration/<term>.yaml` (policy: P9)."""

    term: str
    registered_on: Date
    classes: tuple[RegisteredClass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A line of a report card; `from_school` where another school gave the class, and its credit was accepted here."""

    course: str
    title: str
    grade: str
    credits_earned: float
    comment: str | None = None
    from_school: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard(Record):
    """`<year>/report-card/<term>.yaml` (policy: P10); `from_school` where another school issued it (policy: P3)."""

    term: str
    issued_on: Date
    grades: tuple[Grade, ...]
    gpa: float | None = None
    from_school: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One score of a test; `scale` such as `1-36`."""

    part: str
    score: float
    scale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult(Record):
    """`<year>/tests/*.yaml` (policy: P24)."""

    name: str
    date: Date
    scores: tuple[Score, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference(Record):
    """`<year>/conferences/*.md`; held when `held_on` stands, its notes in the body (policy: P12, P15, P17)."""

    kind: str
    invited: tuple[str, ...]
    offered_on: Date | None = None
    scheduled_on: Date | None = None
    time: str | None = None
    place: str | None = None
    held_on: Date | None = None
    declined_on: Date | None = None
    attended: tuple[str, ...] = ()
    at_parent_teacher_conference: bool = False
    group: str | None = None
    requested_by: str | None = None
    requested_on: Date | None = None
    answer: str | None = None
    answered_on: Date | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The Principal's answer to a request: granted, declined or deferred (policy: P29)."""

    outcome: str
    by: str
    on: Date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRequest(Record):
    """`<year>/requests/*.yaml`; `later_decisions` follow one that was deferred, in order (policy: P29)."""

    resource: str
    requested_by: str
    referred_on: Date
    objective: str | None = None
    reason: str | None = None
    decision: Decision | None = None
    later_decisions: tuple[Decision, ...] = ()

    @property
    def answer(self) -> Decision | None:
        """Return the decision that holds, the last one; `None` while the request waits for the first."""
        return self.later_decisions[-1] if self.later_decisions else self.decision

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be decided: nothing has been said yet, or it was deferred."""
        return self.answer is None or self.answer.outcome == "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportingDocument(Record):
    """`<year>/documents/*.yaml`, the description beside the file; no `level` means confidential (policy: P7, P36)."""

    file: str
    title: str
    date: Date
    level: str = "confidential"
    kind: str | None = None
    description: str | None = None
    alt: str | None = None
    language: str = "en"
    affects: tuple[str, ...] | str | None = None
    custodian_reason: str | None = None
