"""The records of a year section of a student's file: plan, objectives, progress, classes, conferences, documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.model.record import Record

Date = dt.date


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
