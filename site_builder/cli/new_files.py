"""The files that a new student, participant or school year begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.base.errors import WrongUse
from site_builder.cli.people import role_of
from site_builder.cli.scaffold import Remark, Verbatim, scaffold
from site_builder.cli.writing import Change
from site_builder.model.records import Phone, StaffMember
from site_builder.model.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStudent:
    """What must be known of a student to begin a file; `folder` and `participant` are ids that nobody has yet."""

    folder: str
    participant: str
    name: str
    number: str
    birth_date: dt.date
    grade: int
    enrolled_on: dt.date
    language: str
    preferred_name: str | None = None
    homeroom: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A participant as the file will say; staff need `until`, `assigned_by` and `assigned_on` (policy: P13)."""

    id: str
    name: str
    role: str
    since: dt.date
    language: str = "en"
    until: dt.date | None = None
    relation: str | None = None
    position: str | None = None
    address: str | None = None
    phones: Sequence[Phone] = ()
    email: str | None = None
    assigned_by: str | None = None
    assigned_on: dt.date | None = None
    protected_address: bool = False


def student_files(store: Store, new: NewStudent, today: dt.date) -> list[Change]:
    """Return student.yaml and the section of the school's current year, with a plan and strengths to fill in."""
    year = store.school.current_year
    text = scaffold(
        "student.yaml",
        name=new.name,
        participant=new.participant,
        student_number=new.number,
        birth_date=new.birth_date,
        enrolled_on=new.enrolled_on,
        year=year,
        grade=new.grade,
        preferred_name=new.preferred_name,
        language=new.language,
        homeroom=new.homeroom,
    )
    strengths = scaffold("strengths.md", participant=new.participant, today=today)
    return [
        Change(f"students/{new.folder}/student.yaml", text),
        plan_file(store, new.folder, new.participant, year, new.grade, today),
        Change(f"students/{new.folder}/{year}/strengths.md", strengths),
    ]


def plan_file(
    store: Store,
    folder: str,
    participant: str,
    year: str,
    grade: int,
    today: dt.date,
    carried: str = "",
    before: str = "",
) -> Change:
    """Return the plan of a school year, not prepared yet: nobody and no day is made up (policy: P1, P8, P18, P19).

    `carried` are whole fields in YAML, taken over from the plan of the school year `before`.
    """
    somebody = next((each.id for each in store.staff.staff if "counseling" in each.duties), "the-counselor")
    course = next((each for each in store.courses.courses if grade in each.grades), None)
    text = scaffold(
        "plan.yaml",
        year=year,
        grade=grade,
        participant=participant,
        today=today,
        template_version=store.program.version if store.program else None,
        steps=_steps(store, grade),
        carried=Verbatim(carried),
        before=before,
        somebody=somebody,
        course=course,
    )
    return Change(f"students/{folder}/{year}/plan.yaml", text)


def _steps(store: Store, grade: int) -> tuple[Remark, ...]:
    """Return what the template asks of everyone in a grade, as remarks (policy: P18)."""
    steps = store.program.steps if store.program else ()
    return tuple(Remark(step) for each in steps if each.grade == grade for step in each.steps)


def person_file(folder: str, person: NewPerson) -> Change:
    """Return the file of a participant of the student whose folder is `folder`."""
    text = scaffold(
        "participant.yaml",
        name=person.name,
        role=person.role,
        since=person.since,
        until=person.until,
        relation=person.relation,
        position=person.position,
        address=person.address,
        phones=person.phones,
        email=person.email,
        language=person.language,
        assigned_by=person.assigned_by,
        assigned_on=person.assigned_on,
        protected_address=person.protected_address,
    )
    return Change(f"students/{folder}/participants/{person.id}.yaml", text)


def staff_person(
    store: Store,
    member: StaffMember,
    today: dt.date,
    *,
    role: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    assigned_by: str | None = None,
    assigned_on: dt.date | None = None,
) -> NewPerson:
    """Return a staff member as a participant, at the longest until the end of the current school year (policy: P13).

    Raises `WrongUse` where `until` lies beyond that end, or the year has ended.
    """
    year = store.school_year(store.school.current_year)
    begins = since or today
    if year is None or year.ends < begins:
        raise WrongUse(
            "staff are assigned until the end of the school year, and the current one has ended by then",
            "`sep new school-year` starts the next one",
        )
    if until is not None and until > year.ends:
        raise WrongUse(
            f"staff are assigned at most until the end of the school year, {year.ends}", "give an earlier day"
        )
    return NewPerson(
        id=member.id,
        name=member.name,
        role=role or role_of(member),
        since=begins,
        until=until or year.ends,
        position=member.position,
        address=store.school.address,
        phones=(Phone(number=member.phone, kind="work"),),
        email=member.email,
        assigned_by=assigned_by or store.school.principal,
        assigned_on=assigned_on or today,
    )
