"""What is due, and one student's case on a day: the year, the section, and who looks after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.model.ages import holds_own_rights
from site_builder.model.records import Conference, Participant, SchoolYear
from site_builder.model.store import Store, StudentFile, YearSection

UTAH = "utah-r277-462"
PARENT_ROLES = frozenset({"parent", "guardian"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that somebody has still to do.

    `student` is the folder of the student it is for, or empty; `person` the id of who should act, or empty. `by` is the
    last day for it, `None` where there is none. `detail` says more in plain words, and nothing of what a plan holds.
    """

    kind: str
    student: str = ""
    person: str = ""
    by: dt.date | None = None
    policy: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A student who is at the school on the day `today`; `section` is this school year's part of the file."""

    store: Store
    file: StudentFile
    year: SchoolYear
    section: YearSection
    grade: int
    today: dt.date

    @property
    def counselor(self) -> str:
        """Return who looks after the plan: the counselor who takes part, else the School Manager (policy: U6)."""
        return next((each.id for each in self.active("counselor")), self.store.school.school_manager.person)

    @property
    def utah(self) -> bool:
        """Tell whether the school also follows Utah's rule R277-462."""
        return UTAH in self.store.school.rules

    @property
    def hold_by(self) -> dt.date:
        """Return the last day for this year's conference: as the school's round says, else the end of the year."""
        round_ = self.year.conference_round
        return self._from_enrollment(round_.hold_by) if round_ is not None else self.year.ends

    @property
    def offer_by(self) -> dt.date:
        """Return the last day to offer it: as the round says, else the last day of parent-teacher conferences."""
        round_ = self.year.conference_round
        if round_ is not None:
            return self._from_enrollment(round_.offer_by)
        return self._from_enrollment(max(self.year.parent_teacher_conferences, default=self.year.ends))

    @property
    def newcomer(self) -> bool:
        """Tell whether the student came after the school year had begun."""
        return self.file.student.enrolled_on > self.year.starts

    def _from_enrollment(self, day: dt.date) -> dt.date:
        """Return the school's last `day` as it is for this student: a newcomer has as long as everybody had."""
        if not self.newcomer:
            return day
        return min(day + (self.file.student.enrolled_on - self.year.starts), max(day, self.year.ends))

    def active(self, *roles: str) -> Iterator[Participant]:
        """Give the participants in one of `roles` whose part runs today."""
        for each in self.file.participants:
            if each.role in roles and takes_part(each, self.today):
                yield each

    def took_part(self, conference: Conference, *roles: str) -> bool:
        """Tell whether anybody in one of `roles` attended."""
        attended = (self.file.participant(person) for person in conference.attended)
        return any(each is not None and each.role in roles for each in attended)

    def independent(self, on: dt.date | None = None) -> bool:
        """Tell whether the student stands for themselves, today or on the day `on` (policy: P35)."""
        return holds_own_rights(self.file.student, on or self.today)


def cases(store: Store, today: dt.date) -> Iterator[Case]:
    """Give the students of this school year who are enrolled today and whose files have no errors.

    A file with errors is left out: nobody can say what is missing from what could not be read.
    """
    year = store.school_year(store.school.current_year)
    if year is None:
        return
    for file in store.students:
        student = file.student
        grade = student.grades.get(year.id)
        left = student.left_on is not None and student.left_on <= today
        if grade is None or left or today < student.enrolled_on or file.id in store.broken:
            continue
        section = file.year(year.id) or YearSection(id=year.id)
        yield Case(store=store, file=file, year=year, section=section, grade=grade, today=today)


def takes_part(participant: Participant, on: dt.date) -> bool:
    """Tell whether the participant's part runs on the day `on`, both its days included."""
    return participant.since <= on and (participant.until is None or on <= participant.until)


def happened(day: dt.date | None, today: dt.date) -> bool:
    """Tell whether a day stands in the record and has come."""
    return day is not None and day <= today


def with_duty(store: Store, duty: str, today: dt.date) -> str:
    """Return the first staff member with the duty who is at the school today, else the School Manager."""
    found = (
        each.id
        for each in store.staff.staff
        if duty in each.duties
        and (each.since is None or each.since <= today)
        and (each.until is None or today <= each.until)
    )
    return next(found, store.school.school_manager.person)


def school_days_after(store: Store, day: dt.date, number: int) -> dt.date:
    """Return the school day that comes `number` school days after `day`: a weekday within a term.

    Where the terms of `school.yaml` do not reach so far, weekdays count.
    """
    terms = [(each.starts, each.ends) for year in store.school.school_years for each in year.terms]
    last = max((ends for _, ends in terms), default=day)
    left = number
    while left > 0:
        day += dt.timedelta(days=1)
        at_school = day > last or _within(day, terms)
        left -= int(day.weekday() < 5 and at_school)
    return day


def _within(day: dt.date, stretches: Iterable[tuple[dt.date, dt.date]]) -> bool:
    return any(starts <= day <= ends for starts, ends in stretches)


def spoken(day: dt.date) -> str:
    """Return a date as people write it: `3 December 2026`."""
    return f"{day.day} {day:%B %Y}"
