"""Conferences that are due: offered, held and declined kept apart (policy: P12, P15, P17, P26, U2, U5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.model.due_case import PARENT_ROLES, Case, Due, happened, school_days_after, spoken
from site_builder.model.records import Conference
from site_builder.model.store import Store, YearSection

PAIRS = ((7, 8), (9, 10), (11, 12))
SOON = dt.timedelta(days=7)
"""A last contact is named so many days before it is too long ago."""


def conferences_due(case: Case) -> Iterator[Due]:
    """Give what is due in conferences with one student."""
    yield from _annual(case)
    if case.utah:
        yield from _pair(case)
        yield from _family(case)
    yield from _requests(case)
    yield from _contact(case)


def _annual(case: Case) -> Iterator[Due]:
    """One conference a year is offered to each student; a family may decline it (policy: P15)."""
    annual = [each for each in case.section.conferences if each.kind == "annual"]
    if any(happened(each.held_on, case.today) for each in annual):
        return
    waiting = [each for each in annual if not happened(each.declined_on, case.today)]
    offered = [each for each in waiting if happened(each.offered_on, case.today)]
    if offered:
        days = [each.scheduled_on for each in offered if each.scheduled_on is not None]
        detail = _planned(max(days), case.today) if days else "offered, no day set yet"
        yield _due(case, "annual-conference-hold", by=case.hold_by, policy="P15", detail=detail)
    elif waiting or not annual:
        detail = "a day is set, but no offer is on record" if waiting else ""
        yield _due(case, "annual-conference-offer", by=case.offer_by, policy="P15", detail=detail)


def _planned(day: dt.date, today: dt.date) -> str:
    return f"set for {spoken(day)}" if day >= today else f"was set for {spoken(day)}: held or not is not on record"


def _pair(case: Case) -> Iterator[Due]:
    """One individual and one group conference with parent, counselor and student in each pair (policy: U5)."""
    pair = next((each for each in PAIRS if case.grade in each), None)
    if pair is None:
        return
    held = list(_held_in(case, pair))
    grades = f"in grades {pair[0]}-{pair[1]}"
    ends = _end_of(case, pair)
    if not any(each.kind == "small-group" for each in held):
        detail = f"small-group conference with parent and counselor {grades}"
        yield _due(case, "group-conference", by=ends, policy="U5", detail=detail)
    if all(each.kind == "small-group" for each in held):
        detail = f"conference with parent and counselor {grades}"
        yield _due(case, "individual-conference", by=ends, policy="U5", detail=detail)


def _held_in(case: Case, pair: tuple[int, int]) -> Iterator[Conference]:
    """Give the conferences of these grades that student, counselor and (before 18) a parent attended."""
    for year in case.file.years:
        if case.file.student.grades.get(year.id) in pair:
            for each in year.conferences:
                if each.held_on is not None and each.held_on <= case.today and _complete(case, each, each.held_on):
                    yield each


def _complete(case: Case, conference: Conference, held_on: dt.date) -> bool:
    return (
        case.took_part(conference, "student")
        and case.took_part(conference, "counselor")
        and (case.took_part(conference, *PARENT_ROLES) or case.independent(held_on))
    )


def _end_of(case: Case, pair: tuple[int, int]) -> dt.date:
    """Return the last day of the pair's second grade; a year that `school.yaml` does not have yet ends as this one."""
    if case.grade == pair[1]:
        return case.year.ends
    later = sorted(each.ends for each in case.store.school.school_years if each.starts > case.year.ends)
    return later[0] if later else case.year.ends + dt.timedelta(days=364)


def _family(case: Case) -> Iterator[Due]:
    """Parents take part in planning meetings (policy: U2); before the first conference day nobody is late."""
    days = case.year.parent_teacher_conferences
    first = min((each for each in days if each >= case.file.student.enrolled_on), default=case.offer_by)
    parents = any(True for _ in case.active(*PARENT_ROLES))
    if case.today <= first or not parents or case.independent():
        return
    if not any(case.took_part(each, *PARENT_ROLES) for each in _held_this_year(case)):
        yield _due(case, "family-not-reached", by=case.hold_by, policy="U2")


def _held_this_year(case: Case) -> Iterator[Conference]:
    return (each for each in case.section.conferences if happened(each.held_on, case.today))


def _requests(case: Case) -> Iterator[Due]:
    """A parent's request for a further conference is answered (policy: P17)."""
    for conference in (each for year in case.file.years for each in year.conferences):
        by = answer_by(case.store, conference, case.today)
        if by is not None and conference.requested_on is not None:
            asked = f"asked on {spoken(conference.requested_on)}"
            yield _due(case, "parent-request-answer", by=by, policy="P17", detail=asked)


def answer_by(store: Store, conference: Conference, today: dt.date) -> dt.date | None:
    """Return by when a parent's request is to be answered; `None` where nobody asked, or it has been dealt with."""
    asked = conference.requested_on
    closed = (conference.answered_on, conference.held_on, conference.declined_on)
    if asked is None or asked > today or any(happened(each, today) for each in closed):
        return None
    return school_days_after(store, asked, store.school.reminders.answer_within)


def _contact(case: Case) -> Iterator[Due]:
    """The counselor is in touch with each student (policy: P26); the days before school begins do not count."""
    longest = dt.timedelta(days=case.store.school.reminders.contact_within)
    for counselor in case.active("counselor"):
        days = [day for year in case.file.years for day in _contacts(case, year, counselor.id) if day <= case.today]
        last = max(days, default=None)
        by = max(last or case.year.starts, case.year.starts, case.file.student.enrolled_on, counselor.since) + longest
        if by <= case.today + SOON:
            detail = f"last note or conference on {spoken(last)}" if last else "no note or conference yet"
            yield Due(
                kind="last-contact", student=case.file.id, person=counselor.id, by=by, policy="P26", detail=detail
            )


def _contacts(case: Case, year: YearSection, person: str) -> Iterator[dt.date]:
    """Give the days on which `person` wrote a note about the student or met the student at a conference."""
    yield from (each.date for each in year.progress if each.by == person)
    for conference in year.conferences:
        met = person in conference.attended and case.file.student.participant in conference.attended
        if met and conference.held_on is not None:
            yield conference.held_on


def _due(case: Case, kind: str, *, by: dt.date, policy: str, detail: str = "") -> Due:
    return Due(kind=kind, student=case.file.id, person=case.counselor, by=by, policy=policy, detail=detail)
