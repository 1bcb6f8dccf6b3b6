"""What one viewer may see on one date: the only thing that `render` is given.

A view holds plain words, dates and numbers and no record: what it does not have cannot be shown. Counts, charts,
contents and "last updated" are computed from it and from nothing else. Value classes of the model that have no
origin and no narrower audience (a class, a grade, a phone) are used as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from site_builder.access.naming import Dated as Dated
from site_builder.access.naming import Named as Named
from site_builder.access.naming import Words as Words
from site_builder.access.said import Said as Said
from site_builder.access.view_changes import ChangesView
from site_builder.access.view_desk import Desk
from site_builder.access.view_pathways import CareerView as CareerView
from site_builder.access.view_pathways import ProgramView as ProgramView
from site_builder.access.view_print import PrintChange as PrintChange
from site_builder.access.view_print import SincePrint as SincePrint
from site_builder.access.view_template import CourseChoice as CourseChoice
from site_builder.access.view_template import TemplateView as TemplateView
from site_builder.model.course_plan import PlanChanges
from site_builder.model.credits import Audit
from site_builder.model.records import (
    Achievement,
    CareerRef,
    Grade,
    GradeSteps,
    Means,
    Phone,
    PlannedCourse,
    RegisteredClass,
    Score,
)

Date = dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan of a school year (policy: P2-P5, P19, P20, P31); until it is prepared, it has no `prepared_on`.

    `sources` are the attributions of the tables that `post_secondary` and `careers` are completed from.
    """

    prepared_by: tuple[Named, ...] = ()
    prepared_on: Date | None = None
    consulted: tuple[Dated, ...] = ()
    template_version: str = ""
    aspiration: str = ""
    language: str = "en"
    course_plan: tuple[PlannedCourse, ...] = ()
    post_secondary: tuple[ProgramView, ...] = ()
    careers: tuple[CareerView, ...] = ()
    sources: tuple[str, ...] = ()
    occupational_review: Dated | None = None
    signatures: tuple[Dated, ...] = ()
    proposals: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedView:
    """Plain words on strengths that somebody added (policy: P5, P23)."""

    by: Named
    on: Date
    words: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthsView:
    """Strengths and achievements (policy: P23)."""

    by: Named
    date: Date
    words: Words
    achievements: tuple[Achievement, ...] = ()
    added: tuple[AddedView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step toward an objective; done when `done_on` stands."""

    what: str
    who: Named | None = None
    due: Date | None = None
    done_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveView:
    """An objective with its means and steps (policy: P21, P22, P31)."""

    id: str
    statement: str
    language: str
    kind: str
    status: str
    suggested_by: Named
    suggested_on: Date | None = None
    beyond_school_means: bool = False
    means: tuple[Means, ...] = ()
    steps: tuple[StepView, ...] = ()
    career: CareerRef | None = None
    carried_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """A note on progress; `objective` is the id of an objective of the same year, or empty (policy: P24)."""

    id: str
    title: str
    by: Named
    date: Date
    words: Words
    objective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term of the school year."""

    id: str
    title: str
    starts: Date | None = None
    ends: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationView:
    """What the student registered for in a term (policy: P9), and how it differs from the year's plan (policy: U4)."""

    term: TermView
    registered_on: Date
    classes: tuple[RegisteredClass, ...]
    changes: PlanChanges = field(default_factory=PlanChanges)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCardView:
    """A report card (policy: P10); `from_school` names another school that issued it (policy: P3)."""

    term: TermView
    issued_on: Date
    grades: tuple[Grade, ...]
    gpa: float | None = None
    from_school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestView:
    """Scores of a test (policy: P24)."""

    name: str
    date: Date
    scores: tuple[Score, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceView:
    """A conference; held when `held_on` stands. `category` is a small group's, never its members (policy: P12-P17)."""

    id: str
    kind: str
    invited: tuple[Named, ...]
    attended: tuple[Named, ...] = ()
    offered_on: Date | None = None
    scheduled_on: Date | None = None
    time: str = ""
    place: str = ""
    held_on: Date | None = None
    declined_on: Date | None = None
    at_parent_teacher_conference: bool = False
    category: str = ""
    requested_by: Named | None = None
    requested_on: Date | None = None
    answer: str = ""
    answered_on: Date | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request for a resource, with the Principal's answer (policy: P29); `outcome` is empty while it waits.

    `earlier` are the answers before that one, as a rule deferred ones; `meaning` is their outcome.
    """

    id: str
    resource: str
    requested_by: Named
    referred_on: Date
    objective: str = ""
    reason: str = ""
    outcome: str = ""
    decided: Dated | None = None
    earlier: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """A consent under which a document is shown (policy: P36)."""

    signer: Named
    capacity: str
    signed_on: Date
    purpose: str
    expires: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A supporting document that this viewer may see (policy: P7, P36).

    `path` is its place in the student's file (`2026-27/documents/welding.jpg`). `load` gives the bytes and raises
    `OSError` when they are no longer those that were decided on.
    """

    path: str
    title: str
    date: Date
    kind: str
    language: str
    media_type: str
    size: int
    load: Callable[[], bytes] = field(repr=False, compare=False)
    confidential: bool = False
    description: str = ""
    alt: str = ""
    consents: tuple[ConsentView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """One school year of a student's file."""

    id: str
    grade: int | None
    occupational: bool
    plan: PlanView | None = None
    strengths: StrengthsView | None = None
    objectives: tuple[ObjectiveView, ...] = ()
    progress: tuple[ProgressView, ...] = ()
    registrations: tuple[RegistrationView, ...] = ()
    report_cards: tuple[ReportCardView, ...] = ()
    tests: tuple[TestView, ...] = ()
    conferences: tuple[ConferenceView, ...] = ()
    requests: tuple[RequestView, ...] = ()
    papers: tuple[PaperView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A current participant and how to reach them (policy: P11); a protected address is absent, without a trace."""

    id: str
    name: str
    role: str
    relation: str = ""
    position: str = ""
    phones: tuple[Phone, ...] = ()
    address: str = ""
    email: str = ""
    since: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Something the school needs from this viewer.

    `kind`: `write-your-part` (the plan is the student's to prepare), `take-part` (it lacks this viewer's signature),
    `step` (an open step of theirs; `text` says which), `confirm-conference` (one was offered and has no date).
    """

    kind: str
    text: str = ""
    due: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentView:
    """One student's file as one viewer may see it on a date; `years` newest first, never empty.

    `credits` compares the course plan with today's requirements; `template` is what was asked of everyone when the plan
    was made, `steps` its steps for this grade (policy: P18). `contact` is whom to call to ask for a conference (policy:
    P17). `updated` is the day of the newest entry; `changes` are those of a year, the newest first.
    """

    id: str
    name: str
    preferred_name: str
    student_number: str
    birth_date: Date
    language: str
    grade: int | None
    homeroom: str
    occupational: bool
    years: tuple[YearView, ...]
    people: tuple[PersonView, ...]
    contact: PersonView | None
    next_conference: ConferenceView | None
    asks: tuple[Ask, ...]
    credits: Audit
    steps: GradeSteps | None
    updated: Date | None
    template: TemplateView | None = None
    changes: tuple[ChangesView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolView:
    """What everyone may know of the school; `guidelines` is the template SEP in words, `labels` its own terms."""

    name: str
    district: str
    address: str
    phone: str
    email: str
    principal: Named
    school_manager: Named
    current_year: str
    labels: dict[str, str]
    program_title: str = ""
    program_version: str = ""
    guidelines: Words | None = None
    courses: tuple[CourseChoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerView:
    """For whom the view is made; `audience`: `family`, `staff`, or `everyone`, who has no id and sees what all see."""

    id: str
    name: str
    language: str
    audience: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A document that somebody may not see, for the School Manager's list only: what would release it, in sentences.

    `along` are the kinds of the entries (`progress`, ...) that are withheld with it because they name it.
    """

    student: str
    student_name: str
    year: str
    title: str
    people: tuple[Named, ...]
    reasons: tuple[Said, ...]
    along: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything one viewer may see on one date: the input of a private site.

    `kept` are students whose files have errors just now: nothing new is made of them, and the pages published last
    stand at `<id>/index.html`. `desk` is for staff alone.
    """

    viewer: ViewerView
    on: Date
    school: SchoolView
    files: tuple[StudentView, ...]
    withheld: tuple[Withheld, ...] = ()
    kept: tuple[Named, ...] = ()
    desk: Desk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One student's file for one reader on one date: the input of a binder.

    `sections` are the keys of the binder's parts that were asked for, empty for all; `whole` tells whether any part or
    year was left out. `since` stands where a copy for the same reader was printed before.
    """

    viewer: ViewerView
    on: Date
    school: SchoolView
    file: StudentView
    sections: tuple[str, ...] = ()
    whole: bool = True
    since: SincePrint | None = None

    def holds(self, section: str) -> bool:
        """Tell whether the part with the key `section` was asked for."""
        return not self.sections or section in self.sections
