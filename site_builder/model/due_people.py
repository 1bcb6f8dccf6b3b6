"""What is due about people: training, coming of age, court orders, and parts that end (policy: P13, P27, P35)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from site_builder.model.ages import adult_on
from site_builder.model.due_case import PARENT_ROLES, Case, Due, cases, spoken, takes_part
from site_builder.model.identity import is_family
from site_builder.model.records import Participant
from site_builder.model.store import Store

COMES_OF_AGE = dt.timedelta(days=60)
ENDS = dt.timedelta(days=30)


def people_due(case: Case) -> Iterator[Due]:
    """Give what is due about the people in one student's file; all of it is for the School Manager."""
    manager, today = case.store.school.school_manager.person, case.today
    student = case.file.student
    birthday = adult_on(student.birth_date)
    if student.independence == "none" and today < birthday <= today + COMES_OF_AGE:
        detail = f"18 on {spoken(birthday)}"
        yield Due(kind="adult-soon", student=case.file.id, person=manager, by=birthday, policy="P35", detail=detail)
    for each in case.file.participants:
        over = each.rights.until
        if each.role in PARENT_ROLES and each.rights.status != "full" and over is not None and over < today:
            detail = f"a court order about a parent's rights ran out on {spoken(over)}"
            yield Due(
                kind="revocation-over", student=case.file.id, person=manager, by=over, policy="P35", detail=detail
            )
        until = _ends_early(case, each)
        if until is not None:
            detail = f"{each.name} takes part until {spoken(until)}"
            yield Due(
                kind="participant-ends", student=case.file.id, person=manager, by=until, policy="P13", detail=detail
            )


def _ends_early(case: Case, participant: Participant) -> dt.date | None:
    """Return the day within the next weeks, before the school year ends, on which a staff member's part ends."""
    until = participant.until
    if until is None or is_family(participant) or not takes_part(participant, case.today):
        return None
    return until if until < case.year.ends and until <= case.today + ENDS else None


def staff_due(store: Store, found: Sequence[Case], today: dt.date) -> Iterator[Due]:
    """Give what is due about staff over all files: training, and the parts that end with the school year."""
    year = store.school_year(store.school.current_year)
    if year is None:
        return
    for person in untrained(store, today):
        yield Due(kind="training", person=person, by=year.ends, policy="P27", detail="this school year or the last")
    staff = {
        each.id
        for case in found
        for each in case.file.participants
        if not is_family(each) and each.until == year.ends and takes_part(each, today)
    }
    if staff and year.ends <= today + ENDS:
        yield Due(
            kind="participant-ends",
            person=store.school.school_manager.person,
            by=year.ends,
            policy="P13",
            detail=f"the assignments of {len(staff)} staff members end with the school year",
        )


def untrained(store: Store, today: dt.date) -> tuple[str, ...]:
    """Return the ids of staff assigned to a plan today who had no training this school year or the last (policy: P27).

    Nobody is named where a training record could not be read.
    """
    if store.unread_ids("training"):
        return ()
    begun = sorted((each for each in store.school.school_years if each.starts <= today), key=lambda each: each.starts)
    # Training is often held in the days before school begins; it counts for the year that follows.
    since = begun[-3].ends if len(begun) > 2 else dt.date.min
    trained = {person for each in store.training if since < each.date <= today for person in each.attended}
    assigned = {
        each.id
        for case in cases(store, today)
        for each in case.file.participants
        if not is_family(each) and takes_part(each, today)
    }
    return tuple(sorted(assigned - trained))
