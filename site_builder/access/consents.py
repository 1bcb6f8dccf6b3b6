"""What a consent covers, and which are missing before a confidential document may be shown: rule 6 (policy: P36)."""

from __future__ import annotations

import datetime as dt

from site_builder.access.decision import Reason
from site_builder.access.tenure import holds_parental_rights
from site_builder.model.ages import holds_own_rights
from site_builder.model.identity import is_family
from site_builder.model.records import Consent, Participant, SupportingDocument
from site_builder.model.store import Attachment, Store, StudentFile

WHOLE_FILE = "file"
"""Stands for a document's id in an adult student's consent to share the file as such."""

PARENT_CAPACITIES = frozenset({"parent", "affected-party"})
OWN_CAPACITIES = frozenset({"adult-student", "affected-party"})


def file_consent(file: StudentFile, participant: Participant, on: dt.date) -> bool:
    """Tell whether the adult student has consented to share the file with this participant (rule 5)."""
    return any(
        each.document == WHOLE_FILE
        and each.signer == file.student.participant
        and each.capacity == "adult-student"
        and each.answer == "consent"
        and in_force(each, on)
        and covers(each, participant)
        for each in file.consents
    )


def in_force(consent: Consent, on: dt.date) -> bool:
    """Tell whether the consent has been signed, has not expired and has not been revoked on the day `on`."""
    return consent.in_force(on)


def covers(consent: Consent, participant: Participant) -> bool:
    """Tell whether the consent names this participant, by id or by role, among its recipients."""
    return participant.id in consent.recipients or participant.role in consent.recipients


def missing(
    store: Store,
    file: StudentFile,
    document: SupportingDocument,
    attachment: Attachment,
    key: str,
    participant: Participant,
    on: dt.date,
) -> tuple[Reason, ...]:
    """Return what keeps the confidential document `key` (`2026-27/psych-letter`) from `participant`; empty: nothing."""
    about = [each for each in file.consents if each.document == key]
    usable = [
        each
        for each in about
        if each.answer == "consent" and each.sha256 == attachment.sha256 and covers(each, participant)
    ]
    affected = document.affects if isinstance(document.affects, tuple) else ()
    reasons = [*_objections(file, about, affected, on), *_custodian(store, about, usable, affected, on)]
    if document.affects is None or document.affects == ():
        reasons.append(Reason(6, "Whom the document affects is not stated (`affects`)"))
    elif isinstance(document.affects, str) and (document.affects != "none" or not document.custodian_reason):
        reasons.append(Reason(6, "That nobody is affected needs the custodian's reason (`custodian_reason`)"))
    for party in affected:
        reasons.extend(_party(store, file, about, usable, party, on))
    return tuple(reasons)


def signers_for(file: StudentFile, party: str, on: dt.date) -> tuple[frozenset[str], frozenset[str]]:
    """Return who may sign for an affected party and in which capacities; a minor's parents sign for the minor."""
    if party != file.student.participant:
        return frozenset({party}), frozenset({"affected-party"})
    if holds_own_rights(file.student, on):
        return frozenset({party}), OWN_CAPACITIES
    parents = frozenset(each.id for each in file.participants if holds_parental_rights(each, on))
    return parents, PARENT_CAPACITIES


def _party(
    store: Store, file: StudentFile, about: list[Consent], usable: list[Consent], party: str, on: dt.date
) -> list[Reason]:
    signers, capacities = signers_for(file, party, on)
    given = [each for each in usable if each.signer in signers and each.capacity in capacities]
    if any(in_force(each, on) for each in given):
        return []
    own = [each for each in about if each.signer in signers and each.capacity in capacities]
    who = " or ".join(sorted(_name(store, file, each) for each in signers)) or "a parent or guardian with full rights"
    return [Reason(6, f"Consent of {who} for {_name(store, file, party)}: {_state(own, given, on)}")]


def _custodian(
    store: Store, about: list[Consent], usable: list[Consent], affected: tuple[str, ...], on: dt.date
) -> list[Reason]:
    given = [each for each in usable if each.capacity == "custodian" and _may_sign(store, each, affected)]
    if any(in_force(each, on) for each in given):
        return []
    custodians = sorted(
        each.name for each in store.staff.staff if "custodian" in each.duties and each.id not in affected
    )
    own = [each for each in about if each.capacity == "custodian"]
    who = " or ".join(custodians) or "a custodian (the staff directory names none who is not affected)"
    return [Reason(6, f"Consent of the custodian, {who}: {_state(own, given, on)}")]


def _may_sign(store: Store, consent: Consent, affected: tuple[str, ...]) -> bool:
    """A custodian signs while on duty, and never in a matter of their own."""
    member = store.staff_member(consent.signer)
    return (
        member is not None
        and "custodian" in member.duties
        and consent.signer not in affected
        and (member.since is None or member.since <= consent.signed_on)
        and (member.until is None or consent.signed_on <= member.until)
    )


def _objections(file: StudentFile, about: list[Consent], affected: tuple[str, ...], on: dt.date) -> list[Reason]:
    """An objection stands whatever the bytes: nobody has to object again because the document was edited."""
    parties = {file.student.participant, *affected}
    may_object = frozenset().union(*(signers_for(file, party, on)[0] for party in parties))
    return [
        Reason(6, f"{_own_name(file, each.signer)} objects")
        for each in about
        if each.answer != "consent" and in_force(each, on) and each.signer in may_object
    ]


def _state(own: list[Consent], given: list[Consent], on: dt.date) -> str:
    """Say what is wrong with the nearest thing to the consent that is missing."""
    for each in given:
        if each.revoked_on is not None and on >= each.revoked_on:
            return f"revoked on {each.revoked_on.isoformat()}"
        if each.expires is not None and on > each.expires:
            return f"expired on {each.expires.isoformat()}"
        if on < each.signed_on:
            return f"holds only from {each.signed_on.isoformat()}"
    if any(each.answer == "consent" for each in own):
        return "signed for another version of the document, for other recipients, or by somebody who may not sign"
    return "missing"


def _name(store: Store, file: StudentFile, person: str) -> str:
    member = store.staff_member(person)
    return member.name if member is not None else _own_name(file, person)


def _own_name(file: StudentFile, person: str) -> str:
    participant = file.participant(person)
    return participant.name if participant is not None and is_family(participant) else person
