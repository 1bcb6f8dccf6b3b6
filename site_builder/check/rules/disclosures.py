"""What was given from a student's file, to whom, and by whose consent (SEP376, SEP210, SEP418, SEP419)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import did_you_mean
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.ages import holds_own_rights
from site_builder.model.due_case import PARENT_ROLES, takes_part
from site_builder.model.identity import ROLES, folded
from site_builder.model.records import Disclosure, Participant
from site_builder.model.store import Store, StudentFile

_DISCLOSURE = "students/lopez-sam/disclosures/2026-10-02-college.yaml"


def _disclosure(to: str, rest: str = "") -> str:
    return (
        "what: Plan of 2026-27\non: 2026-10-02\nby: reyes\npurpose: Application\nbasis: They asked for it\n"
        f"to: {to}\n{rest}"
    )


CONSENT = Code(
    code="SEP210",
    severity=Severity.ERROR,
    title="something was given away on a consent that is not in the file",
    why=(
        "The record of what was given to whom names the consents that allowed it by the files in `consents`: who reads "
        "it later must find them there."
    ),
    policy="P35",
    fails=(Example(_DISCLOSURE, _disclosure("rosa-lopez", "consents: [2026-09-11-college-mother]  # <-- here\n")),),
    passes=(Example(_DISCLOSURE, _disclosure("rosa-lopez", "consents: [2026-09-11-hearing-family]\n")),),
)

GIVEN_AWAY = Code(
    code="SEP376",
    severity=Severity.WARNING,
    title="something was given to somebody who takes no part, without the consents",
    why=(
        "The file is private: it is open to those who take part in the plan, and to others only with the consents of "
        "the student and of a parent or guardian (from 18 on, of the student alone), or where a law says so. The "
        "record names the consents that stood that day, or the law."
    ),
    policy="P35",
    fails=(Example(_DISCLOSURE, _disclosure("Basin Technical College  # <-- here")),),
    passes=(Example(_DISCLOSURE, _disclosure("rosa-lopez")),),
)


_OUTSIDE = "students/lopez-sam/consents/2026-09-20-college.yaml"


def _outside(recipient: str, rest: str = "") -> str:
    return (
        f"document: file\nsigner: rosa-lopez\ncapacity: parent\npurpose: Application\nrecipients: [{recipient}]\n"
        f"signed_on: 2026-09-20\nmethod: paper\n{rest}"
    )


RECIPIENT = Code(
    code="SEP418",
    severity=Severity.WARNING,
    title="a consent is for somebody whom nobody knows",
    why=(
        "A consent covers the roles and people that it names. A name that is neither a role, nor somebody of the plan "
        "or the staff, nor a third party whom `third_parties` explains, covers nobody: a slip of the pen keeps from "
        "people what they were meant to see, and a third party without a name cannot be told from another."
    ),
    policy="P35",
    fails=(Example(_OUTSIDE, _outside("basin-college").replace("[basin-college]", "[basin-college]  # <-- here")),),
    passes=(
        Example(
            _OUTSIDE,
            _outside("basin-college", "third_parties: [{id: basin-college, name: Basin Technical College}]\n"),
        ),
    ),
)

SAME_ID = Code(
    code="SEP419",
    severity=Severity.ERROR,
    title="a third party bears the id of somebody in the plan, or of a role",
    why=(
        "What is allowed to a third party would be allowed to the person or the role of that name too. One id is one "
        "person: give the third party an id of their own."
    ),
    policy="P35",
    fails=(
        Example(
            _OUTSIDE,
            _outside("park", "third_parties: [{id: park, name: Basin Technical College}]  # <-- here\n"),
        ),
    ),
    passes=(
        Example(
            _OUTSIDE,
            _outside("basin-college", "third_parties: [{id: basin-college, name: Basin Technical College}]\n"),
        ),
    ),
)


def _recipients(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    people = _people(store, file)
    for consent in file.consents:
        known = {*ROLES, *people, *(each.id for each in consent.third_parties)}
        for index, each in enumerate(consent.recipients):
            if each not in known:
                yield RECIPIENT.at(
                    consent.origin.span(("recipients", index)),
                    f"`{each}` is no role, nobody in this plan, and no third party of this consent",
                    *did_you_mean(each, known),
                    "for somebody outside the plan, add `third_parties` with this id and the full name",
                )


def _same_id(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    taken = {*ROLES, *_people(store, file)}
    for consent in file.consents:
        for index, each in enumerate(consent.third_parties):
            if each.id in taken:
                yield SAME_ID.at(
                    consent.origin.span(("third_parties", index, "id")),
                    f"`{each.id}` is a role, or somebody in the plan or on the staff",
                    "give the third party another id, here and among the recipients",
                )


def _people(store: Store, file: StudentFile) -> frozenset[str]:
    own = {each.id for each in file.participants} | store.unread_ids("participant", file.id)
    return frozenset(own | {each.id for each in store.staff.staff})


def _consents(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    known = {each.id for each in file.consents} | store.unread_ids("consent", file.id)
    for disclosure in file.disclosures:
        for index, each in enumerate(disclosure.consents):
            if each not in known:
                yield CONSENT.at(
                    disclosure.origin.span(("consents", index)),
                    f"there is no consent `{each}` in this student's file",
                    *did_you_mean(each, known),
                    "write the name of a file in `consents` (without `.yaml`)",
                )


def _given_away(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    if store.unread_ids("consent", file.id) or store.unread_ids("participant", file.id):
        return
    for each in file.disclosures:
        message = _not_allowed(file, each)
        if message:
            yield GIVEN_AWAY.at(
                each.origin.span(("to",)),
                message,
                "name the consents that allowed it under `consents`, or the provision under `law`",
                "where it went to a participant, write the participant's id under `to`",
            )


def _not_allowed(file: StudentFile, disclosure: Disclosure) -> str:
    """Say why it may not have been given, or return an empty text."""
    if disclosure.law is not None:
        return ""
    recipient = _recipient(file, disclosure)
    if recipient is None:
        missing = _missing_consents(file, disclosure)
        return f"this record names no consent of {missing} that stood that day" if missing else ""
    if takes_part(recipient, disclosure.on) and _with_rights(recipient, disclosure.on):
        return ""
    return f"{recipient.name} had no part in this plan on {disclosure.on.isoformat()}"


def _recipient(file: StudentFile, disclosure: Disclosure) -> Participant | None:
    """Return the participant to whom it went, named by id or by the whole name."""
    to = folded(disclosure.to)
    return next((each for each in file.participants if to in (folded(each.id), folded(each.name))), None)


def _missing_consents(file: StudentFile, disclosure: Disclosure) -> str:
    """Say whose consent did not stand that day: the student's, and before the age of 18 a parent's."""
    given = [
        each.signer
        for each in file.consents
        if each.id in disclosure.consents and each.answer == "consent" and each.in_force(disclosure.on)
    ]
    missing = [] if file.student.participant in given else ["the student"]
    signers = [found for each in given if (found := file.participant(each)) is not None]
    parent = any(each.role in PARENT_ROLES and _with_rights(each, disclosure.on) for each in signers)
    if not parent and not holds_own_rights(file.student, disclosure.on):
        missing.append("a parent or guardian")
    return " or ".join(missing)


def _with_rights(participant: Participant, on: dt.date) -> bool:
    rights = participant.rights
    return rights.status == "full" or (rights.from_ is not None and on < rights.from_)


RULES: tuple[Rule, ...] = (
    per_student(CONSENT, _consents),
    per_student(GIVEN_AWAY, _given_away),
    per_student(RECIPIENT, _recipients),
    per_student(SAME_ID, _same_id),
)
