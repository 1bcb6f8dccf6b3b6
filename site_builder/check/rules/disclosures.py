"""What was given from a student's file, to whom, and by whose consent (SEP376, SEP210)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import did_you_mean
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.ages import holds_own_rights
from site_builder.model.due_case import PARENT_ROLES, takes_part
from site_builder.model.identity import folded
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


RULES: tuple[Rule, ...] = (per_student(CONSENT, _consents), per_student(GIVEN_AWAY, _given_away))
