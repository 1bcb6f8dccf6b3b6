"""Conferences and small groups (SEP33x)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.ages import holds_own_rights
from site_builder.model.due_case import PARENT_ROLES, spoken
from site_builder.model.due_conferences import answer_by
from site_builder.model.records import Conference
from site_builder.model.store import Store, StudentFile

MOST_STUDENTS = 5
_HOLIDAYS = dt.timedelta(days=100)
_CORRECT = "correct the date, or leave the wrong one out"
_CONFERENCE = "students/lopez-sam/2026-27/conferences/2026-10-07-group.md"


def _group_conference(number: int) -> str:
    return (
        f"---\nkind: small-group\ninvited: [sam-lopez, reyes]\noffered_on: 2026-09-{number:02}\nheld_on: 2026-10-07\n"
        "group: 2026-10-07-tenth-grade  # <-- here\n---\nNotes.\n"
    )


def _conference(dates: str) -> str:
    return f"---\nkind: annual\ninvited: [sam-lopez, rosa-lopez, reyes]\n{dates}---\nNotes.\n"


def _held(lines: str, day: str = "2026-10-07") -> str:
    return _conference(f"held_on: {day}\n{lines}").replace("reyes]", "park]", 1)


def _asked(lines: str, day: str = "2026-11-03") -> str:
    return (
        "---\nkind: parent-requested\ninvited: [sam-lopez, rosa-lopez, reyes]\nrequested_by: rosa-lopez\n"
        f"requested_on: {day}\n{lines}---\nNotes.\n"
    )


def _group(day: str) -> str:
    return (
        f"---\nkind: small-group\ninvited: [sam-lopez, reyes]\noffered_on: 2026-09-20\nheld_on: {day}\n"
        "attended: [sam-lopez, reyes]\ngroup: 2026-10-07-tenth-grade\n---\nNotes.\n"
    )


GROUP_OF_FIVE = Code(
    code="SEP330",
    severity=Severity.ERROR,
    title="more than five students are invited to one small-group conference",
    why=(
        "A small-group conference is one to which at most five students are invited. Students are counted over all "
        "files that name the group; those beyond five, in the order of invitation, need a group of their own."
    ),
    policy="P12",
)
DATES = Code(
    code="SEP331",
    severity=Severity.ERROR,
    title="a conference was held or declined before it was offered, or both held and declined",
    why="Offered, held and declined are kept apart, because each student must be offered a conference every year.",
    policy="P15",
    fails=(Example(_CONFERENCE, _conference("offered_on: 2026-10-08\nheld_on: 2026-10-07  # <-- here\n")),),
    passes=(Example(_CONFERENCE, _conference("offered_on: 2026-09-20\nheld_on: 2026-10-07\n")),),
)


ANSWER_DATES = Code(
    code="SEP332",
    severity=Severity.ERROR,
    title="a request for a conference was answered before it was made",
    why="A parent may ask for further conferences. When they asked and when the school answered are both on record.",
    policy="P17",
    fails=(Example(_CONFERENCE, _asked("answer: Gladly\nanswered_on: 2026-11-02  # <-- here\n")),),
    passes=(Example(_CONFERENCE, _asked("answer: Gladly\nanswered_on: 2026-11-04\n")),),
)
UNANSWERED = Code(
    code="SEP333",
    severity=Severity.WARNING,
    title="a parent who asked for a conference has waited too long for an answer",
    why=(
        "A parent may ask for further conferences, and is answered within the school days that `reminders` in "
        "`school.yaml` gives (`answer_within`, 10 if left out). A conference that was held or declined needs no more."
    ),
    policy="P17",
    fails=(Example(_CONFERENCE, _asked("", day="2026-11-03  # <-- here")),),
    passes=(Example(_CONFERENCE, _asked("", day="2026-11-20")),),
)
NO_DATE = Code(
    code="SEP334",
    severity=Severity.WARNING,
    title="a conference has no date at all",
    why=(
        "Each student is offered a conference every year, and whether it was offered, held or declined is told by the "
        "dates. Without any, the file counts for nothing."
    ),
    policy="P15",
    fails=(Example(_CONFERENCE, _conference("").replace("kind: annual", "kind: annual  # <-- here")),),
    passes=(Example(_CONFERENCE, _conference("offered_on: 2026-09-20\n")),),
)
NOT_INVITED = Code(
    code="SEP335",
    severity=Severity.WARNING,
    title="somebody attended a conference without being invited",
    why="Student, parents or guardians, counselors and teachers are invited; who came is one of those who were asked.",
    policy="P12",
    fails=(Example(_CONFERENCE, _held("attended: [sam-lopez, rosa-lopez, park, cruz]  # <-- here\n")),),
    passes=(Example(_CONFERENCE, _held("attended: [sam-lopez, rosa-lopez, park]\n")),),
)
ATTENDANCE = Code(
    code="SEP336",
    severity=Severity.WARNING,
    title="a conference was held without anybody, or attended without being held",
    why="Who attended tells whether parents take part and staff know the student; the day tells when it was held.",
    policy="P26",
    fails=(Example(_CONFERENCE, _conference("held_on: 2026-10-07  # <-- here\n")),),
    passes=(Example(_CONFERENCE, _held("attended: [sam-lopez, rosa-lopez, park]\n")),),
)
JOINT = Code(
    code="SEP337",
    severity=Severity.ADVICE,
    title="a yearly conference was held without the student, a parent or a teacher",
    why=(
        "The yearly conference is a joint one of teacher, parent and student. Once the student is 18, or otherwise "
        "stands for themselves, a parent is welcome but not needed."
    ),
    policy="P15",
    fails=(Example(_CONFERENCE, _held("attended: [sam-lopez, park]  # <-- here\n")),),
    passes=(Example(_CONFERENCE, _held("attended: [sam-lopez, rosa-lopez, park]\n")),),
)
GROUP_DATE = Code(
    code="SEP338",
    severity=Severity.WARNING,
    title="a small-group conference has another date than its group",
    why="A small group meets once, on the day in its file in `groups`; one of the two dates is wrong.",
    policy="P16",
    fails=(Example(_CONFERENCE, _group("2026-10-08  # <-- here")),),
    passes=(Example(_CONFERENCE, _group("2026-10-07")),),
)
OUTSIDE = Code(
    code="SEP339",
    severity=Severity.ERROR,
    title="a conference's date lies outside the school year in whose folder it stands",
    why=(
        "A student has one yearly conference for each school year, so a conference counts for the year of its folder. "
        "The holidays before and after the school year belong to it."
    ),
    policy="P15",
    fails=(Example(_CONFERENCE, _held("attended: [sam-lopez, rosa-lopez, park]\n", day="2025-10-07  # <-- here")),),
    passes=(Example(_CONFERENCE, _held("attended: [sam-lopez, rosa-lopez, park]\n")),),
)


def _group_of_five(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    members: dict[str, dict[str, Conference]] = defaultdict(dict)
    for file in store.students:
        for year in file.years:
            for conference in year.conferences:
                if conference.group is not None:
                    members[conference.group].setdefault(file.id, conference)
    for group, by_student in members.items():
        if len(by_student) <= MOST_STUDENTS:
            continue
        invited = sorted(by_student.values(), key=lambda each: (each.offered_on or dt.date.min, each.origin.path))
        for place, conference in enumerate(invited):
            message = f"{len(invited)} students are invited to the group `{group}`; at most five may be"
            finding = GROUP_OF_FIVE.at(
                conference.origin.span(("group",)),
                message,
                "make a second group in `groups` and name it in some of these files",
                related=_others(conference, invited),
            )
            # Only the files beyond five are stopped: five families should not wait for one wrong line.
            yield finding if place >= MOST_STUDENTS else replace(finding, severity=Severity.WARNING)


def _others(conference: Conference, invited: list[Conference]) -> tuple[Related, ...]:
    return tuple(Related(o.origin.span(("group",)), "also invited") for o in invited if o is not conference)


def _dates(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for each in _conferences(file):
        for field, day in (("held_on", each.held_on), ("declined_on", each.declined_on)):
            if day is not None and each.offered_on is not None and day < each.offered_on:
                word = field.removesuffix("_on")
                message = f"{word} on {day.isoformat()}, before it was offered on {each.offered_on.isoformat()}"
                yield DATES.at(each.origin.span((field,)), message, _CORRECT)
        if each.held_on is not None and each.declined_on is not None:
            message = "this conference is recorded as held and as declined"
            yield DATES.at(each.origin.span(("held_on",)), message, _CORRECT)


def _answer_dates(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for each in _conferences(file):
        asked, answered = each.requested_on, each.answered_on
        if asked is not None and answered is not None and answered < asked:
            yield ANSWER_DATES.at(
                each.origin.span(("answered_on",)),
                f"answered on {answered.isoformat()}, but asked for on {asked.isoformat()}",
                "correct the date that is wrong",
                related=(Related(each.origin.span(("requested_on",)), "asked for here"),),
            )


def _unanswered(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    for each in _conferences(file):
        by = answer_by(store, each, today)
        if by is not None and by < today:
            yield UNANSWERED.at(
                each.origin.span(("requested_on",)),
                f"this request of {spoken(each.requested_on or by)} was to be answered by {spoken(by)}",
                "write `answer` and `answered_on`: a no with its reason is an answer too",
            )


def _no_date(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for each in _conferences(file):
        days = (each.offered_on, each.scheduled_on, each.held_on, each.declined_on, each.requested_on)
        if not any(days):
            yield NO_DATE.at(
                each.origin.span(("kind",)),
                "this conference has no date: nobody can tell whether it was offered, held or declined",
                "write `offered_on`, and then `held_on` or `declined_on`",
            )


def _not_invited(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for each in _conferences(file):
        for index, person in enumerate(each.attended):
            if person not in each.invited:
                yield NOT_INVITED.at(
                    each.origin.span(("attended", index)),
                    f"`{person}` attended, but is not among the invited",
                    "add the id to `invited`, or take it out here",
                )


def _attendance(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for each in _conferences(file):
        if each.held_on is not None and not each.attended:
            message, way_out = "held, but nobody attended it", "write under `attended` who came"
            yield ATTENDANCE.at(each.origin.span(("held_on",)), message, way_out)
        elif each.held_on is None and each.attended:
            message, way_out = "people attended it, but it has no day on which it was held", "write `held_on`"
            yield ATTENDANCE.at(each.origin.span(("attended",)), message, way_out)


def _joint(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    year = file.year(store.school.current_year)
    if year is None or store.unread_ids("participant", file.id):
        return
    for each in year.conferences:
        if each.kind == "annual" and each.held_on is not None and each.attended:
            missing = _absent(file, each, each.held_on)
            if missing:
                yield JOINT.at(
                    each.origin.span(("attended",)),
                    f"this yearly conference was held without {' and without '.join(missing)}",
                    "tell whoever was absent what was agreed, and invite them again",
                )


def _absent(file: StudentFile, conference: Conference, held_on: dt.date) -> list[str]:
    """Return who of student, parent and teacher was not there; a student of age needs no parent."""
    found = {each.role for each in map(file.participant, conference.attended) if each is not None}
    parent = bool(found & PARENT_ROLES) or holds_own_rights(file.student, held_on)
    there = (("the student", "student" in found), ("a parent", parent), ("a teacher", "teacher" in found))
    return [word for word, present in there if not present]


def _group_date(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    groups = {each.id: each for each in store.groups}
    for each in _conferences(file):
        group = groups.get(each.group or "")
        if group is not None and each.held_on is not None and each.held_on != group.date:
            yield GROUP_DATE.at(
                each.origin.span(("held_on",)),
                f"held on {each.held_on.isoformat()}, but the group `{group.id}` met on {group.date.isoformat()}",
                "correct the date that is wrong, here or in the group's file",
                related=(Related(group.origin.span(("date",)), "the group's day"),),
            )


def _outside(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        first, last = _reach(store, year.id)
        for each in year.conferences:
            for field, day in (("held_on", each.held_on), ("scheduled_on", each.scheduled_on)):
                if day is not None and not first < day < last:
                    yield OUTSIDE.at(
                        each.origin.span((field,)),
                        f"{day.isoformat()} does not lie in the school year {year.id}, in whose folder this stands",
                        "correct the date, or move the file to the folder of its year",
                    )
                    break


def _reach(store: Store, year: str) -> tuple[dt.date, dt.date]:
    """Return the days between which a year's conferences lie: from the year before to the year after, holidays too."""
    known = store.school_year(year)
    if known is None:
        return dt.date.min, dt.date.max
    before = [each.ends for each in store.school.school_years if each.ends < known.starts]
    after = [each.starts for each in store.school.school_years if each.starts > known.ends]
    return max(before, default=known.starts - _HOLIDAYS), min(after, default=known.ends + _HOLIDAYS)


def _conferences(file: StudentFile) -> Iterator[Conference]:
    return (each for year in file.years for each in year.conferences)


RULES: tuple[Rule, ...] = (
    Rule(GROUP_OF_FIVE, _group_of_five),
    per_student(DATES, _dates),
    per_student(ANSWER_DATES, _answer_dates),
    per_student(UNANSWERED, _unanswered),
    per_student(NO_DATE, _no_date),
    per_student(NOT_INVITED, _not_invited),
    per_student(ATTENDANCE, _attendance),
    per_student(JOINT, _joint),
    per_student(GROUP_DATE, _group_date),
    per_student(OUTSIDE, _outside),
)
