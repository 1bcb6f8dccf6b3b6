"""Who takes part in a plan, and whether they can be reached (SEP31x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import before_enrollment
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.identity import folded, is_family
from site_builder.model.records import Participant
from site_builder.model.store import Store, StudentFile

_FOLDER = "students/ward-ivy/participants"
_PARENT = "name: Joan Ward\nrole: {role}\nrelation: mother\nsince: 2026-08-19\n{reach}"
_REACH = "address: 9 Oak Lane, Smallville, UT 84001\nphones: [{kind: home, number: 435-555-0120}]\n"
_STAFF = (
    "name: {name}\nrole: {role}\nsince: 2026-08-19\nuntil: 2027-05-28\naddress: 1 Main Street, Smallville, UT 84001\n"
    "phones: [{{kind: work, number: 435-555-0102}}]\nassigned_by: principal-stone\nassigned_on: 2026-08-19\n"
)

STUDENT = Code(
    code="SEP310",
    severity=Severity.ERROR,
    title="the student's own entry among the participants is missing or is not the student's",
    why=(
        "`participant` in `student.yaml` names the student's own file in `participants`, with the role `student`. "
        "Without it the student would have no page, and a plan is the student's first of all."
    ),
    policy="P13",
    fails=(
        Example(
            "students/ward-ivy/student.yaml",
            "name: Ivy Ward\nparticipant: joan-ward  # <-- here\nstudent_number: '007124'\nbirth_date: 2014-01-20\n"
            "enrolled_on: 2026-08-19\ngrades: {2026-27: 7}\n",
        ),
    ),
    passes=(
        Example(
            "students/ward-ivy/student.yaml",
            "name: Ivy Ward\nparticipant: ivy-ward\nstudent_number: '007124'\nbirth_date: 2014-01-20\n"
            "enrolled_on: 2026-08-19\ngrades: {2026-27: 7}\n",
        ),
    ),
)
FAMILY = Code(
    code="SEP311",
    severity=Severity.WARNING,
    title="no parent or guardian takes part",
    why="A plan is made by the student together with a parent or guardian; somebody at home should be able to see it.",
    policy="P5",
    fails=(Example(f"{_FOLDER}/joan-ward.yaml", _STAFF.format(name="Joan Ward", role="other-staff")),),
    passes=(Example(f"{_FOLDER}/joan-ward.yaml", _PARENT.format(role="guardian", reach=_REACH)),),
)
COUNSELOR = Code(
    code="SEP312",
    severity=Severity.WARNING,
    title="no counselor takes part today",
    why="The family's page says whom to call to ask for a conference: the counselor among the participants.",
    policy="P13, U6",
    fails=(Example(f"{_FOLDER}/reyes.yaml", _STAFF.format(name="Ben Reyes", role="teacher")),),
    passes=(Example(f"{_FOLDER}/reyes.yaml", _STAFF.format(name="Ben Reyes", role="counselor")),),
)
REACH = Code(
    code="SEP313",
    severity=Severity.WARNING,
    title="a participant has no telephone number or no address",
    why="The file holds names, addresses and telephone numbers of all who take part: each can reach the others.",
    policy="P11",
    fails=(Example(f"{_FOLDER}/joan-ward.yaml", _PARENT.format(role="parent", reach="email: joan@example.org\n")),),
    passes=(Example(f"{_FOLDER}/joan-ward.yaml", _PARENT.format(role="parent", reach=_REACH)),),
)
STAFF = Code(
    code="SEP314",
    severity=Severity.ERROR,
    title="a staff participant is not in the staff directory",
    why=(
        "Staff are known to the school by their id in `staff.yaml`. Somebody who is not there is nobody whom the "
        "Principal could have assigned, and gets no access."
    ),
    policy="P13",
    fails=(Example(f"{_FOLDER}/parc.yaml", _STAFF.format(name="Sun Park", role="teacher")),),
    passes=(Example(f"{_FOLDER}/park.yaml", _STAFF.format(name="Sun Park", role="teacher")),),
)
TEACHER_PHONE = Code(
    code="SEP315",
    severity=Severity.WARNING,
    title="a class lists a telephone number that is not its teacher's",
    why=(
        "Each registration gives the number at which participants reach the teacher of each class. The staff directory "
        "has another number for this teacher: one of the two is out of date."
    ),
    policy="P9",
    fails=(
        Example(
            "students/lopez-sam/2026-27/registration/fall.yaml",
            "term: fall\nregistered_on: 2026-08-10\nclasses:\n  - course: ENG-10\n    title: English 10\n"
            "    credits: 0.5\n    teacher: Sun Park\n    phone: 435-555-0199  # <-- here\n",
        ),
    ),
    passes=(
        Example(
            "students/lopez-sam/2026-27/registration/fall.yaml",
            "term: fall\nregistered_on: 2026-08-10\nclasses:\n  - course: ENG-10\n    title: English 10\n"
            "    credits: 0.5\n    teacher: Sun Park\n    phone: 435-555-0103\n",
        ),
    ),
)

TOO_LONG = Code(
    code="SEP316",
    severity=Severity.WARNING,
    title="a staff member takes part beyond the end of the school year",
    why=(
        "Staff take part in a plan while they are assigned to it. Assignments end with the school year at the latest, "
        "so that each year somebody decides anew who sees the file."
    ),
    policy="P13",
    fails=(
        Example(
            f"{_FOLDER}/park.yaml",
            _STAFF.format(name="Sun Park", role="teacher").replace("2027-05-28", "2031-05-30  # <-- here"),
        ),
    ),
    passes=(Example(f"{_FOLDER}/park.yaml", _STAFF.format(name="Sun Park", role="teacher")),),
)


def _student(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    own = file.participant(file.student.participant)
    if own is not None and own.role != "student":
        yield STUDENT.at(
            file.student.origin.span(("participant",)),
            f"`{own.id}` is the {own.role}, not the student",
            "write the id of the participant whose role is `student`",
        )


def _family(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    if not store.unread_ids("participant", file.id) and not any(
        each.role in ("parent", "guardian") for each in file.participants
    ):
        yield FAMILY.at(
            file.student.origin.span(),
            "no parent or guardian takes part in this plan",
            "add one with `sep new participant`",
        )


def _counselor(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    if file.student.left_on is not None or store.unread_ids("participant", file.id):
        return
    if not any(each.role == "counselor" and _current(each, today) for each in file.participants):
        yield COUNSELOR.at(
            file.student.origin.span(),
            "no counselor takes part in this plan today",
            "add one with `sep new participant`, or set `until` to the end of this school year",
        )


def _reach(_store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    for each in file.participants:
        missing = [word for word, value in (("telephone number", each.phones), ("address", each.address)) if not value]
        if missing and _current(each, today):
            yield REACH.at(
                each.origin.span(),
                f"this participant has no {' and no '.join(missing)}",
                "ask for it at the next conference; for a protected address write it with `protected_address: true`",
            )


def _staff(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for each in file.participants:
        here = not before_enrollment(store, file, "", each)  # the staff of another school have ended their part
        if here and not is_family(each) and store.staff_member(each.id) is None:
            yield STAFF.at(
                each.origin.key_span(("name",)),
                f"`{each.id}` takes part as {each.role} but is not in the staff directory",
                "add the person to `staff.yaml`, or name the file by the id that stands there",
            )


def _too_long(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    # The year that comes next may stand there already: `sep rollover` extends parts into it before it begins.
    year = max(store.school.school_years, key=lambda each: each.ends, default=None)
    for each in file.participants:
        if year is not None and each.until is not None and not is_family(each) and each.until > year.ends:
            yield TOO_LONG.at(
                each.origin.span(("until",)),
                f"takes part until {each.until.isoformat()}; {year.id} ends on {year.ends.isoformat()}",
                f"write `until: {year.ends.isoformat()}`, and let it go on with the next school year",
            )


def _teacher_phone(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    phones = {folded(each.name): each.phone for each in store.staff.staff}
    current = store.school.current_year
    year = file.year(current)
    for registration in year.registrations if year is not None else ():
        for index, each in enumerate(registration.classes):
            known = phones.get(folded(each.teacher))
            if known is not None and _digits(known) != _digits(each.phone):
                yield TEACHER_PHONE.at(
                    registration.origin.span(("classes", index, "phone")),
                    f"the staff directory has {known} for {each.teacher}",
                    "correct the number here, or in `staff.yaml`",
                )


def _current(participant: Participant, today: dt.date) -> bool:
    return participant.since <= today and (participant.until is None or today <= participant.until)


def _digits(number: str) -> str:
    return "".join(each for each in number if each.isdigit())


RULES: tuple[Rule, ...] = (
    per_student(STUDENT, _student),
    per_student(FAMILY, _family),
    per_student(COUNSELOR, _counselor),
    per_student(REACH, _reach),
    per_student(STAFF, _staff),
    per_student(TEACHER_PHONE, _teacher_phone),
    per_student(TOO_LONG, _too_long),
)
