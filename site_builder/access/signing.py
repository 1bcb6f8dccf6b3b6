"""Who may sign for a document, in which capacity, and whose signature is still wanted (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.access.consents import in_force, signers_for
from site_builder.access.decision import Deny, deny
from site_builder.access.tenure import PARENT_ROLES, employed, holds_parental_rights, in_time, rights_hold
from site_builder.model.ages import holds_own_rights
from site_builder.model.records import StaffMember, SupportingDocument
from site_builder.model.store import Attachment, Store, StudentFile

CUSTODIAN = "custodian"
"""Stands for the party for whom a custodian signs: those whom the document protects."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A consent that a document needs: for which party (an id, or `custodian`), and who may give it."""

    party: str
    signers: tuple[str, ...]


def wanted(
    store: Store, file: StudentFile, document: SupportingDocument, attachment: Attachment, key: str, on: dt.date
) -> tuple[Wanted, ...]:
    """Return the consents to the confidential document `key` that nobody has given yet, as of the day `on`.

    A consent counts that is in force and for these very bytes; for whom it was given is not looked at.
    """
    affected = affected_by(document)
    given = [
        each
        for each in file.consents
        if each.document == key and each.answer == "consent" and each.sha256 == attachment.sha256 and in_force(each, on)
    ]
    custodians = tuple(each.id for each in store.staff.staff if _on_duty(each, on) and each.id not in affected)
    found = []
    if not any(each.capacity == CUSTODIAN and each.signer in custodians for each in given):
        found.append(Wanted(CUSTODIAN, custodians))
    for party in affected:
        signers, capacities = signers_for(file, party, on)
        if not any(each.signer in signers and each.capacity in capacities for each in given):
            found.append(Wanted(party, tuple(sorted(signers))))
    return tuple(found)


def affected_by(document: SupportingDocument) -> tuple[str, ...]:
    """Return the ids of those whom the document affects, none where it says `none` or nothing."""
    return document.affects if isinstance(document.affects, tuple) else ()


def capacity(
    store: Store, file: StudentFile, affected: Iterable[str], signer: str, on: dt.date, *, objects: bool = False
) -> str | Deny:
    """Return the capacity in which `signer` consents (or objects) on the day `on`, or why it would count for nothing.

    `affected` are those whom the document affects. To object is for the student's side and for them; a custodian who
    does not agree does not consent.
    """
    own = file.student.participant
    parties = {*affected, own} if objects else set(affected)
    member, participant = store.staff_member(signer), file.participant(signer)
    if signer == own:
        return _student(file, parties, on)
    if signer in parties:
        return "affected-party"
    if participant is not None and participant.role in PARENT_ROLES:
        return _parent(file, signer, parties, on)
    if member is None:
        return deny(6, "Neither of the staff, nor somebody who takes part in this plan")
    if "custodian" not in member.duties:
        return deny(6, "Of the staff, but without the duty `custodian`, and not affected by the document")
    if objects:
        return deny(6, "A custodian who does not agree gives no consent; an objection is for those it is about")
    if not _on_duty(member, on):
        return deny(6, f"A custodian, but not at the school on {on.isoformat()}")
    return CUSTODIAN


def file_signatures(file: StudentFile, on: dt.date, *, outside: bool) -> tuple[Wanted, ...]:
    """Return who signs for sharing the file as such: the student, and for a third party also a minor's parent."""
    own = file.student.participant
    if not outside or holds_own_rights(file.student, on):
        return (Wanted(own, (own,)),)
    parents = tuple(each.id for each in file.participants if holds_parental_rights(each, on))
    return (Wanted(own, (own,)), Wanted("the family", parents))


def whole_file_capacity(file: StudentFile, signer: str, on: dt.date, *, outside: bool = False) -> str | Deny:
    """Return the capacity in which `signer` shares the file as such (policy: P35).

    With a parent only an adult student may (rule 5); with a third party (`outside`) also a minor and a parent, each for
    their own side.
    """
    own = file.student.participant
    if outside and not holds_own_rights(file.student, on):
        return "affected-party" if signer == own else _parent(file, signer, {own}, on)
    if signer != file.student.participant:
        return deny(5, "Only the student can share the file as such")
    return _student(file, {signer}, on)


def _student(file: StudentFile, parties: set[str], on: dt.date) -> str | Deny:
    if file.student.participant not in parties:
        return deny(6, "The document does not affect the student")
    if holds_own_rights(file.student, on):
        return "adult-student"
    return deny(5, "The student is a minor: a parent or guardian with full rights signs")


def _parent(file: StudentFile, signer: str, parties: set[str], on: dt.date) -> str | Deny:
    participant = file.participant(signer)
    if file.student.participant not in parties or participant is None:
        return deny(6, "The document affects neither this parent nor the student")
    for decision in (in_time(participant, on), rights_hold(participant, on)):
        if isinstance(decision, Deny):
            return decision
    if holds_own_rights(file.student, on):
        return deny(5, "The student is an adult or independent, and signs alone")
    return "parent"


def _on_duty(member: StaffMember, on: dt.date) -> bool:
    return "custodian" in member.duties and employed(member, on)
