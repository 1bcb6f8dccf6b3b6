"""One id is one person, and rights follow the person (SEP40x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.ages import adult_on
from site_builder.model.identity import conflicts
from site_builder.model.store import Store, StudentFile

NOTICE_DAYS = 60
_JOAN_IN_SAMS_FILE = "students/lopez-sam/participants/joan-ward.yaml"


def _joan(phone: str) -> str:
    return f"name: Joan Ward\nrole: guardian\nsince: 2026-08-19\nphones: [{{kind: home, number: {phone}}}]\n"


def _parent(rights: str) -> str:
    return (
        "name: Joan Ward\nrole: parent\nsince: 2026-08-19\naddress: 9 Oak Lane, Smallville, UT 84001\n"
        f"phones: [{{kind: home, number: 435-555-0120}}]\n{rights}"
    )


def _student(birth_date: str) -> str:
    return (
        "name: Samuel Lopez\nparticipant: sam-lopez\nstudent_number: '007123'\n"
        f"birth_date: {birth_date}\nenrolled_on: 2025-08-20\ngrades: {{2025-26: 9, 2026-27: 10}}\n"
    )


SAME_ID = Code(
    code="SEP401",
    severity=Severity.ERROR,
    title="one id stands for different people",
    why=(
        "A person's id is the name of their file in `participants`, and the same id in several students' files is the "
        "same person, who gets one page with all of them. Where name, e-mail, telephone and address do not show that, "
        "one family could be shown another's file; so nobody gets a page under that id until it is mended."
    ),
    policy="P35",
    fails=(
        Example(
            _JOAN_IN_SAMS_FILE, _joan("435-555-0177").replace("name: Joan Ward\n", "name: Joan Ward  # <-- here\n")
        ),
    ),
    passes=(Example(_JOAN_IN_SAMS_FILE, _joan("435-555-0120")),),
)
REVOCATION_OVER = Code(
    code="SEP402",
    severity=Severity.WARNING,
    title="a court order about a parent's rights has run out",
    why=(
        "When the date in a court order passes, the parent's access stays closed until the School Manager has asked "
        "whether a new order exists. Then the entry gets the new order, or its `rights` are taken out."
    ),
    policy="P35",
    fails=(
        Example(
            "students/ward-ivy/participants/joan-ward.yaml",
            _parent("rights: {status: revoked, order: Case 12-345, from: 2026-08-19, until: 2026-09-30}  # <-- here\n"),
        ),
    ),
    passes=(
        Example(
            "students/ward-ivy/participants/joan-ward.yaml",
            _parent("rights: {status: revoked, order: Case 12-345, from: 2026-08-19, until: 2027-09-30}\n"),
        ),
    ),
)
COMING_OF_AGE = Code(
    code="SEP403",
    severity=Severity.ADVICE,
    title="a student comes of age within 60 days",
    why=(
        "On the 18th birthday the rights in the file pass to the student. Whether parents keep their pages then "
        "follows the school's setting, tax dependency, or a consent of the student: better asked before the day."
    ),
    policy="P35",
    fails=(Example("students/lopez-sam/student.yaml", _student("2009-01-03  # <-- here")),),
    passes=(Example("students/lopez-sam/student.yaml", _student("2011-03-04")),),
)


def _same_id(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    for conflict in conflicts(store):
        for entry in conflict.entries:
            others = tuple(
                Related(each.origin.span(("name",)), "the other entry")
                for each in conflict.entries
                if each is not entry
            )
            yield SAME_ID.at(
                entry.origin.span(("name",)),
                f"the id `{conflict.person}` {conflict.reason}",
                "if it is one person, make name and e-mail, telephone or address agree in all files",
                "if these are two people, give one of them another id: rename the file, such as `joan-ward-2.yaml`",
                related=others,
            )


def _revocation_over(_store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    for each in file.participants:
        if each.rights.status == "revoked" and each.rights.until is not None and each.rights.until < today:
            yield REVOCATION_OVER.at(
                each.origin.span(("rights",)),
                f"the order ran until {each.rights.until.isoformat()}; access stays closed until this is confirmed",
                "write the new order here, or take `rights` out when the parent has full rights again",
            )


def _coming_of_age(_store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    day = adult_on(file.student.birth_date)
    if dt.timedelta(0) < day - today <= dt.timedelta(days=NOTICE_DAYS):
        yield COMING_OF_AGE.at(
            file.student.origin.span(("birth_date",)),
            f"the rights in this file pass to the student on {day.isoformat()}",
            "talk with the student and the parents about who may see the file from then on",
        )


RULES: tuple[Rule, ...] = (
    Rule(SAME_ID, _same_id),
    per_student(REVOCATION_OVER, _revocation_over),
    per_student(COMING_OF_AGE, _coming_of_age),
)
