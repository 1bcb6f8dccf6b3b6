"""What a staff member's site holds beside the students' files: decided here, and worked out from nothing withheld.

For students in whose planning the viewer takes part, what is due is worked out from the file as the viewer sees it.
For all others there is process alone: name, grade, what is due and when; and only for the two who answer for the whole
school, the School Manager and the Principal. A request for a resource is the one exception: the Principal is its
addressee and decides on it, so its words go to the Principal and to nobody else outside the plan (policy: P29, P35).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW
from site_builder.access.excerpts import names_a_document
from site_builder.access.offices import is_manager, is_principal, on_staff
from site_builder.access.school_desk import people_due, school_desk, staff_named
from site_builder.access.view import ConferenceView, Named, StudentView
from site_builder.access.view_desk import (
    Case,
    Desk,
    DueView,
    Ending,
    ManagerDesk,
    PrincipalDesk,
    StudentDue,
    WaitingRequest,
    WaiverView,
)
from site_builder.access.visible import visible
from site_builder.model.due import Due
from site_builder.model.due import due as work_out
from site_builder.model.due_conferences import PAIRS
from site_builder.model.identity import is_family
from site_builder.model.records import Decision, ResourceRequest
from site_builder.model.store import Store, StudentFile

CONFERENCES = frozenset(
    {
        "annual-conference-offer",
        "annual-conference-hold",
        "group-conference",
        "individual-conference",
        "parent-request-answer",
        "family-not-reached",
    }
)
_FOR_THE_PRINCIPAL = CONFERENCES | {"plan"}
_BY_GRADES = frozenset({"group-conference", "individual-conference"})
_BY_TERM = frozenset({"registration", "report-card"})
_FOR_THE_MANAGER = frozenset({"revocation-over", "participant-ends"})
"""Kinds that tell of a court order or of a colleague's leaving: for the School Manager alone."""
_FOR_THE_PERSON = frozenset({"last-contact"})
"""Kinds that are one person's own to do: to colleagues on the same plan they say nothing."""


def desk(store: Store, viewer: str, on: dt.date, due: tuple[Due, ...], files: tuple[StudentView, ...]) -> Desk:
    """Return the desk of a staff member on the day `on` (policy: P6, P26-P30, P33, U6).

    `due` is all that is due in the school on that day, `files` are the files that the viewer may see.
    """
    mine = frozenset(each.id for each in files)
    by_student = _by_student(due)
    return Desk(
        cases=tuple(_case(store, viewer, on, by_student, each) for each in files),
        school=school_desk(store, due) if on_staff(store, viewer, on) else None,
        own=tuple(_due_view(store, each, None) for each in due if each.person == viewer and not each.student),
        manager=_manager(store, due, mine) if is_manager(store, viewer, on) else None,
        principal=_principal(store, due, mine, on) if is_principal(store, viewer, on) else None,
    )


def _case(store: Store, viewer: str, on: dt.date, due: Mapping[str, list[Due]], view: StudentView) -> Case:
    file = store.student(view.id)
    participant = file.participant(viewer) if file is not None else None
    if file is None or participant is None:
        raise LookupError(f"no part of {viewer} in the file of {view.id}")
    grade = file.student.grades.get(store.school.current_year)
    return Case(
        student=view.id,
        role=participant.role,
        due=tuple(
            _due_view(store, each, grade)
            for each in _seen_due(store, file, viewer, on, due)
            if each.kind not in _FOR_THE_MANAGER and (each.kind not in _FOR_THE_PERSON or each.person == viewer)
        ),
        last_contact=_last_contact(view, viewer, on),
        last_conference=_last_conference(view, on),
    )


def _seen_due(store: Store, file: StudentFile, viewer: str, on: dt.date, due: Mapping[str, list[Due]]) -> Iterable[Due]:
    """Return what is due by what the viewer sees of the file: a withheld note is no contact that they know of."""
    seen = visible(file, lambda item: decide(store, viewer, item, on) is ALLOW)
    if seen is file:
        return due.get(file.id, ())
    return (each for each in work_out(replace(store, students=(seen,)), on) if each.student == file.id)


def _last_contact(view: StudentView, viewer: str, on: dt.date) -> dt.date | None:
    days = [
        day
        for year in view.years
        for day in (
            *(each.date for each in year.progress if each.by.id == viewer),
            *(each.held_on for each in year.conferences if _met(each, viewer)),
        )
    ]
    return max((each for each in days if each is not None and each <= on), default=None)


def _met(conference: ConferenceView, viewer: str) -> bool:
    """Tell whether viewer and student were both there."""
    there = {each.id for each in conference.attended} | {each.role for each in conference.attended}
    return {viewer, "student"} <= there


def _last_conference(view: StudentView, on: dt.date) -> dt.date | None:
    days = [each.held_on for year in view.years for each in year.conferences]
    return max((each for each in days if each is not None and each <= on), default=None)


def _manager(store: Store, due: tuple[Due, ...], mine: frozenset[str]) -> ManagerDesk:
    school = store.school
    unsound = [(store.student(each), each) for each in sorted(store.broken)]
    return ManagerDesk(
        students=_students(store, due, mine),
        training=people_due(store, due, "training"),
        ending=_ending(store, due),
        waivers=tuple(
            WaiverView(
                code=each.code,
                file=each.file,
                reason=each.reason,
                who=staff_named(store, each.who),
                until=each.until,
            )
            for each in sorted(school.waivers, key=lambda each: (each.until, each.code, each.file))
        ),
        unsound=tuple(Named(file.student.name if file else each, "student", each) for file, each in unsound),
    )


def _principal(store: Store, due: tuple[Due, ...], mine: frozenset[str], on: dt.date) -> PrincipalDesk:
    waiting = (
        _waiting(store, file, each, mine, on)
        for file in store.students
        if file.id not in store.broken and not (file.student.left_on and file.student.left_on <= on)
        for year in file.years
        for each in year.requests
        if each.referred_on <= on and _is_open(each, on)
    )
    return PrincipalDesk(
        requests=tuple(sorted(waiting, key=lambda each: (bool(each.outcome), each.referred_on, each.name))),
        students=_students(store, (each for each in due if each.kind in _FOR_THE_PRINCIPAL), mine),
        training=people_due(store, due, "training"),
    )


def _is_open(request: ResourceRequest, on: dt.date) -> bool:
    """Tell whether the request still waits: no decision yet, or one that puts it off."""
    decision = _decision(request, on)
    return decision is None or decision.outcome == "deferred"


def _decision(request: ResourceRequest, on: dt.date) -> Decision | None:
    """Return the decision that holds on the day `on`: the last one by then."""
    made = (request.decision, *request.later_decisions)
    return next((each for each in reversed(made) if each is not None and each.on <= on), None)


def _waiting(
    store: Store, file: StudentFile, request: ResourceRequest, mine: frozenset[str], on: dt.date
) -> WaitingRequest:
    asker = file.participant(request.requested_by)
    deferred = _decision(request, on)
    return WaitingRequest(
        student=file.id,
        name=file.student.name,
        grade=file.student.grades.get(store.school.current_year),
        resource=_shown_words(file, request.resource),
        reason=_shown_words(file, request.reason or ""),
        requested_by=(
            Named(asker.name, asker.role, asker.id) if asker is not None else staff_named(store, request.requested_by)
        ),
        referred_on=request.referred_on,
        outcome=deferred.outcome if deferred else "",
        decided_on=deferred.on if deferred else None,
        open=file.id in mine,
    )


def _shown_words(file: StudentFile, words: str) -> str:
    """Return what a request says; who takes no part in the plan reads nothing that names a paper in it (rule 8)."""
    return "…" if names_a_document(words, file.years) else words


def _students(store: Store, due: Iterable[Due], mine: frozenset[str]) -> tuple[StudentDue, ...]:
    """Return who has something due, the first due first."""
    by_student = _by_student(due)
    found = []
    for file in store.students:
        own = by_student.get(file.id)
        if not own or file.id in store.broken:
            continue
        grade = file.student.grades.get(store.school.current_year)
        found.append(
            StudentDue(
                student=file.id,
                name=file.student.name,
                grade=grade,
                due=tuple(_due_view(store, each, grade) for each in own),
                open=file.id in mine,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.due[0].by or dt.date.max, each.student)))


def _by_student(due: Iterable[Due]) -> Mapping[str, list[Due]]:
    found: dict[str, list[Due]] = defaultdict(list)
    for each in due:
        if each.student:
            found[each.student].append(each)
    return found


def _due_view(store: Store, each: Due, grade: int | None) -> DueView:
    """Keep of a thing that is due what every kind of it may say: no `detail` but the title of a term."""
    pair = next((pair for pair in PAIRS if grade in pair), None) if each.kind in _BY_GRADES else None
    member = store.staff_member(each.person)
    return DueView(
        kind=each.kind,
        by=each.by,
        who=member.name if member is not None else "",
        grades=f"{pair[0]}-{pair[1]}" if pair else "",
        term=each.detail if each.kind in _BY_TERM else "",
    )


def _ending(store: Store, due: Iterable[Due]) -> tuple[Ending, ...]:
    """Name the staff whose parts end on the days that are due."""
    days = {(each.student, each.by) for each in due if each.kind == "participant-ends"}
    found = [
        Ending(person=staff_named(store, each.id), student=file.student.name, on=each.until)
        for file in store.students
        for each in file.participants
        if each.until is not None and not is_family(each) and (file.id, each.until) in days
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.person.name, each.student)))
