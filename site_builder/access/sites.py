"""Who gets a private site on a date, and what is in it; and the copy of one file for one reader, or for everyone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeAlias

from site_builder.access.asks import asks, next_conference
from site_builder.access.changes import Telling
from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Deny, Item
from site_builder.access.desk import desk
from site_builder.access.offices import is_manager, office_holders
from site_builder.access.projection import Projection, Sees
from site_builder.access.readers import readers
from site_builder.access.template import template_view
from site_builder.access.view import (
    Copy,
    CourseChoice,
    Named,
    PersonView,
    SchoolView,
    Site,
    StudentView,
    ViewerView,
    Words,
    YearView,
)
from site_builder.access.visible import visible
from site_builder.access.withheld import withheld
from site_builder.base.changes import Revision
from site_builder.base.errors import Refused, WrongUse
from site_builder.model.credits import audit
from site_builder.model.due import Due
from site_builder.model.due import due as work_out
from site_builder.model.identity import is_family
from site_builder.model.records import GradeSteps, Participant, Phone
from site_builder.model.store import Store, StudentFile

EVERYONE = "everyone"
Past: TypeAlias = Callable[[str], Sequence[Revision]]
"""Gives the saves that changed the file of a student, the oldest first."""


def viewers(store: Store, on: dt.date) -> tuple[str, ...]:
    """Return the ids of all who get a site on the day `on`: participants with access, Principal and School Manager."""
    found = {
        participant.id
        for file in store.students
        for participant in file.participants
        if decide(store, participant.id, Item(file.id), on) is ALLOW
    }
    return tuple(sorted(found | office_holders(store, on)))


Still: TypeAlias = Callable[[str, Item], bool]
"""Tells whether a viewer may see an item by the records of today."""


def always(_viewer: str, _item: Item) -> bool:
    """Stand for records that are those of today."""
    return True


def nothing_known(_: str) -> Sequence[Revision]:
    """Stand for the history of records that have none."""
    return ()


def site_for(
    store: Store,
    viewer: str,
    on: dt.date,
    due: tuple[Due, ...] | None = None,
    past: Past = nothing_known,
    still: Still = always,
) -> Site:
    """Return everything that `viewer` may see on the day `on`; `due`, where it is known, is all that is due then.

    `past` gives the history that is told of the files, as far as the viewer may know of it. Where the records are not
    those of today, `still` tells what the viewer may see today as well: nothing else is in it.
    """
    files = tuple(
        _student_view(store, file, (viewer,), on, past, still)
        for file in store.students
        if file.years and decide(store, viewer, Item(file.id), on) is ALLOW and still(viewer, Item(file.id))
    )
    about = _viewer(store, viewer)
    staff = about.audience == "staff"
    return Site(
        viewer=about,
        on=on,
        school=school_view(store),
        files=files,
        withheld=withheld(store, on) if lists_withheld(store, viewer, on) else (),
        desk=desk(store, viewer, on, work_out(store, on) if due is None else due, files) if staff else None,
    )


def lists_withheld(store: Store, viewer: str, on: dt.date) -> bool:
    """Tell whether the viewer is told what is withheld from others: the School Manager alone (rule 9)."""
    return is_manager(store, viewer, on)


def copy_for(store: Store, student: str, viewer: str, on: dt.date, past: Past = nothing_known) -> Copy:
    """Return one student's file as `viewer` may see it; raises `Refused` where they may not, `WrongUse` for no file."""
    file = _file(store, student)
    decision = decide(store, viewer, Item(student), on)
    if isinstance(decision, Deny):
        raise Refused(
            f"{viewer} may not be given this file: {decision.reasons[0].sentence}.",
            "Without --for, the copy holds what every current participant may see.",
        )
    return Copy(
        viewer=_viewer(store, viewer),
        on=on,
        school=school_view(store),
        file=_student_view(store, file, (viewer,), on, past),
    )


def common_copy(store: Store, student: str, on: dt.date, past: Past = nothing_known) -> Copy:
    """Return one student's file with only what every current participant may see."""
    file = _file(store, student)
    everyone = ViewerView(id="", name="", language=file.student.language, audience=EVERYONE)
    return Copy(
        viewer=everyone,
        on=on,
        school=school_view(store),
        file=_student_view(store, file, readers(store, student, on), on, past),
    )


def _file(store: Store, student: str) -> StudentFile:
    file = store.student(student)
    if file is None or student in store.broken:
        raise WrongUse(
            f"The file of {student} cannot be read without errors, so nothing new is made from it.",
            "Run `sep check` to see what to mend.",
        )
    if not file.years:
        raise WrongUse(
            f"The file of {student} has no year section yet.", "Make a folder for the school year with a plan in it."
        )
    return file


def _student_view(
    store: Store, file: StudentFile, seen_by: tuple[str, ...], on: dt.date, past: Past, still: Still = always
) -> StudentView:
    sees = _sees(store, seen_by, on, still)
    whole = file
    # What is worked out below, credits and kinds of plan, is worked out from nothing that is withheld.
    file = visible(file, sees)
    reading = tuple(each for each in file.participants if each.id in seen_by)
    projection = Projection(store, file, sees, reading, on)
    telling = Telling(store, whole, sees, projection.named, _part_of_all(file, seen_by), on)
    years, people = projection.years(), projection.people()
    viewer = seen_by[0] if len(seen_by) == 1 else ""
    participant = file.participant(viewer)
    newest = years[0]
    student = file.student
    template = template_view(store, file, newest.grade)
    steps = template.steps if template is not None else ()
    return StudentView(
        id=file.id,
        name=student.name,
        preferred_name=student.preferred_name or "",
        student_number=student.student_number,
        birth_date=student.birth_date,
        language=student.language,
        grade=newest.grade,
        homeroom=student.homeroom or "",
        occupational=newest.occupational,
        years=years,
        people=people,
        contact=_contact(store, people),
        next_conference=next_conference(newest, on),
        asks=asks(viewer, participant.role if participant is not None else "", newest),
        credits=audit(store, file, on),
        steps=GradeSteps(grade=newest.grade, steps=steps) if newest.grade is not None and steps else None,
        updated=_updated(years, on),
        template=template,
        changes=telling.told(past(file.id)) if seen_by else (),
    )


def _part_of_all(file: StudentFile, seen_by: tuple[str, ...]) -> dt.date:
    """Return the day on which the part of the last of these readers began: nobody is told what was before it."""
    people = (file.participant(each) for each in seen_by)
    return max(
        (max(each.since, each.assigned_on or each.since) for each in people if each is not None), default=dt.date.max
    )


def _sees(store: Store, seen_by: tuple[str, ...], on: dt.date, still: Still) -> Sees:
    """Return what all of `seen_by` may see; where there is nobody, nothing."""

    @cache
    def sees(item: Item) -> bool:
        return bool(seen_by) and all(
            decide(store, viewer, item, on) is ALLOW and still(viewer, item) for viewer in seen_by
        )

    return sees


def _contact(store: Store, people: Iterable[PersonView]) -> PersonView | None:
    """Return whom to call for a conference: the counselor among the participants, else the School Manager."""
    counselor = next((each for each in people if each.role == "counselor"), None)
    manager = store.staff_member(store.school.school_manager.person)
    if counselor is not None or manager is None:
        return counselor
    return PersonView(
        id=manager.id,
        name=manager.name,
        role="",
        position=manager.position,
        phones=(Phone(number=manager.phone, kind="work"),),
        email=manager.email,
    )


def _updated(years: Iterable[YearView], on: dt.date) -> dt.date | None:
    days: list[dt.date | None] = []
    for year in years:
        if year.plan is not None:
            days.append(year.plan.prepared_on)
            days.extend(each.on for each in (*year.plan.signatures, *year.plan.proposals))
        if year.strengths is not None:
            days.extend((year.strengths.date, *(each.on for each in year.strengths.added)))
        for objective in year.objectives:
            days.append(objective.suggested_on)
            days.extend(each.done_on for each in objective.steps)
        days.extend(each.date for each in year.progress)
        days.extend(each.date for each in year.tests)
        days.extend(each.date for each in year.papers)
        days.extend(each.registered_on for each in year.registrations)
        days.extend(each.issued_on for each in year.report_cards)
        for conference in year.conferences:
            days.extend((conference.offered_on, conference.held_on, conference.answered_on, conference.declined_on))
        for request in year.requests:
            days.extend((request.referred_on, request.decided.on if request.decided is not None else None))
            days.extend(each.on for each in request.earlier)
    return max((each for each in days if each is not None and each <= on), default=None)


def _viewer(store: Store, viewer: str) -> ViewerView:
    entries: list[Participant] = [each for file in store.students if (each := file.participant(viewer)) is not None]
    if entries:
        audience = "family" if is_family(entries[0]) else "staff"
        return ViewerView(id=viewer, name=entries[0].name, language=entries[0].language, audience=audience)
    member = store.staff_member(viewer)
    name = member.name if member is not None else viewer
    return ViewerView(id=viewer, name=name, language=store.school.language, audience="staff")


def school_view(store: Store) -> SchoolView:
    """Return what everyone may know of the school."""
    school, program, guidelines = store.school, store.program, store.guidelines
    return SchoolView(
        name=school.name,
        district=school.district,
        address=school.address,
        phone=school.phone,
        email=school.email or "",
        principal=_staff_named(store, school.principal),
        school_manager=_staff_named(store, school.school_manager.person),
        current_year=school.current_year,
        labels=dict(school.labels),
        program_title=program.title if program is not None else "",
        program_version=program.version if program is not None else "",
        guidelines=Words(guidelines.origin.body.strip(), guidelines.language, "template") if guidelines else None,
        courses=tuple(
            CourseChoice(code=each.code, title=each.title, grades=each.grades)
            for each in sorted(store.courses.courses, key=lambda each: (each.title, each.code))
        ),
    )


def _staff_named(store: Store, person: str) -> Named:
    member = store.staff_member(person)
    return Named(member.name, member.position, member.id) if member is not None else Named(person, "", person)
