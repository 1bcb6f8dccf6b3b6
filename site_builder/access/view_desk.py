"""What a staff member finds at their desk beside the plans: who is due for what, and the school's own records.

Of students in whose planning the viewer takes no part these classes hold process alone: a name, a grade, what is due
and by when. They have no field for an objective, a note, a grade or a reason, so no page can show one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.access.naming import Named, Words
from site_builder.model.records import GradeSteps, Requirement

Date = dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """Something that is due; `kind` is a kind of `model.due`, `who` the staff member who should act, or empty.

    `grades` are those (`9-10`) in which a conference is due, `term` is the title of the term whose paper is.
    """

    kind: str
    by: Date | None = None
    who: str = ""
    grades: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentDue:
    """A student by name and grade, and what is due; `open` when the viewer may open the file (policy: P1, P15, P29)."""

    student: str
    name: str
    grade: int | None
    due: tuple[DueView, ...]
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A student whose planning the viewer takes part in, as `role` (policy: P26, U6).

    `student` names one of the site's files. The dates are worked out from that file as the viewer sees it:
    `last_contact` is the viewer's own newest note or conference, `last_conference` the newest that was held.
    """

    student: str
    role: str
    due: tuple[DueView, ...]
    last_contact: Date | None = None
    last_conference: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDue:
    """A staff member of whom something is due, such as a training (policy: P27)."""

    person: Named
    by: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A staff member's part in a student's planning that ends soon (policy: P13)."""

    person: Named
    student: str
    on: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverView:
    """A finding that the School Manager lets stand, as `school.yaml` has it."""

    code: str
    file: str
    reason: str
    who: Named
    until: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRequest:
    """A request for a resource as the Principal, to whom it is addressed, needs it to decide (policy: P29).

    `outcome` is empty, or `deferred` with the day on which it was put off.
    """

    student: str
    name: str
    grade: int | None
    resource: str
    reason: str
    requested_by: Named
    referred_on: Date
    outcome: str = ""
    decided_on: Date | None = None
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerDesk:
    """The whole school as the School Manager watches it: process, never content (policy: P6, P15, P26, P29)."""

    students: tuple[StudentDue, ...] = ()
    training: tuple[PersonDue, ...] = ()
    ending: tuple[Ending, ...] = ()
    waivers: tuple[WaiverView, ...] = ()
    unsound: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipalDesk:
    """What waits for the Principal, and what the Principal answers for (policy: P15, P27, P29)."""

    requests: tuple[WaitingRequest, ...] = ()
    students: tuple[StudentDue, ...] = ()
    training: tuple[PersonDue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingView:
    """A training in the SEP process (policy: P27)."""

    title: str
    date: Date
    hours: float
    attended: tuple[Named, ...]
    topics: tuple[str, ...] = ()
    in_service: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationView:
    """Time that the Principal lets conferences and planning take from another activity (policy: P30)."""

    activity: str
    purpose: str
    date: Date
    authorized_by: Named
    authorized_on: Date
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipView:
    """A partnership with a private business (policy: P33); `contact` is for staff."""

    partner: str
    program: str
    offers: tuple[str, ...]
    since: Date
    until: Date | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPlanView:
    """A plan from the State Board's inventory (policy: P28)."""

    id: str
    title: str
    source: str
    grades: tuple[int, ...]
    kind: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationView:
    """The policy talked over with personnel, parents or a council (policy: P14)."""

    id: str
    date: Date
    with_: str
    topic: str
    words: Words
    present: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A small-group conference for a class or category of students; no student is named (policy: P16)."""

    category: str
    date: Date
    place: str
    staff: tuple[Named, ...] = ()
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDesk:
    """The school's own records, open to all its staff (policy: P14, P16, P18, P27, P28, P30, P33); the newest first.

    `groups` are those of this school year.
    """

    groups: tuple[GroupView, ...] = ()
    trainings: tuple[TrainingView, ...] = ()
    authorizations: tuple[AuthorizationView, ...] = ()
    partnerships: tuple[PartnershipView, ...] = ()
    inventory: tuple[WorkingPlanView, ...] = ()
    consultations: tuple[ConsultationView, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    steps: tuple[GradeSteps, ...] = ()
    untrained: tuple[PersonDue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a staff member's site holds beside the students' files.

    `own` is due of the viewer and of no one student. `manager` and `principal` stand for who holds that office,
    `school` for who is on the staff.
    """

    cases: tuple[Case, ...]
    school: SchoolDesk | None = None
    own: tuple[DueView, ...] = ()
    manager: ManagerDesk | None = None
    principal: PrincipalDesk | None = None
