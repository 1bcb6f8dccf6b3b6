"""What a consent covers, and which are missing before a confidential document may be shown: rule 6 (policy: P36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.access.decision import Reason, because
from site_builder.access.said import N_, AnyOf, Part, Said, said
from site_builder.access.tenure import employed, holds_parental_rights
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
    return signed(consent, on) and unexpired(consent, on) and unrevoked(consent, on)


def signed(consent: Consent, on: dt.date) -> bool:
    """Tell whether the consent has been signed by the day `on`."""
    return consent.signed_on <= on


def unexpired(consent: Consent, on: dt.date) -> bool:
    """Tell whether the consent still holds on the day `on`; its last day is included."""
    return consent.expires is None or on <= consent.expires


def unrevoked(consent: Consent, on: dt.date) -> bool:
    """Tell whether nobody has taken the consent back by the day `on`; the day of revoking is without it."""
    return consent.revoked_on is None or on < consent.revoked_on


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
    given = [each for each in about if each.answer == "consent"]
    affected = document.affects if isinstance(document.affects, tuple) else ()
    asked = _Asked(attachment.sha256, participant, on)
    reasons = [
        *objections(file, about, affected, on),
        *custodian_consent(store, given, affected, asked),
        *affected_stated(document),
    ]
    for party in affected:
        reasons.extend(party_consent(store, file, given, party, asked))
    return tuple(reasons)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a consent has to cover: these bytes, for this reader, on this day."""

    sha256: str
    reader: Participant
    on: dt.date


def affected_stated(document: SupportingDocument) -> list[Reason]:
    """Demand that the document says whom it affects; that it is nobody needs the custodian's reason."""
    if not document.affects:
        return [because(6, N_("Whom the document affects is not stated (`affects`)"))]
    if isinstance(document.affects, str) and (document.affects != "none" or not document.custodian_reason):
        return [because(6, N_("That nobody is affected needs the custodian's reason (`custodian_reason`)"))]
    return []


def signers_for(file: StudentFile, party: str, on: dt.date) -> tuple[frozenset[str], frozenset[str]]:
    """Return who may sign for an affected party and in which capacities; a minor's parents sign for the minor."""
    if party != file.student.participant:
        return frozenset({party}), frozenset({"affected-party"})
    if holds_own_rights(file.student, on):
        return frozenset({party}), OWN_CAPACITIES
    parents = frozenset(each.id for each in file.participants if holds_parental_rights(each, on))
    return parents, PARENT_CAPACITIES


def party_consent(store: Store, file: StudentFile, given: list[Consent], party: str, asked: _Asked) -> list[Reason]:
    """Demand the consent of an affected party, or of those who sign for a minor."""
    signers, capacities = signers_for(file, party, asked.on)
    own = [each for each in given if each.signer in signers and each.capacity in capacities]
    if any(not shortfalls(each, asked) for each in own):
        return []
    who = _any_of((_name(store, file, each) for each in signers), N_("a parent or guardian with full rights"))
    state = _nearest(own, asked)
    if signers == {party}:
        return [because(6, N_("The consent of %(who)s %(state)s"), who=who, state=state)]
    whom = _name(store, file, party)
    return [because(6, N_("The consent of %(who)s for %(whom)s %(state)s"), who=who, whom=whom, state=state)]


def custodian_consent(store: Store, given: list[Consent], affected: tuple[str, ...], asked: _Asked) -> list[Reason]:
    """Demand the consent of a custodian, on duty when signing and not affected."""
    signed = [each for each in given if each.capacity == "custodian"]
    own = [each for each in signed if on_duty(store, each) and not_affected(each, affected)]
    if any(not shortfalls(each, asked) for each in own):
        return []
    custodians = [each for each in store.staff.staff if "custodian" in each.duties and each.id not in affected]
    who = _any_of((each.name for each in custodians), N_("the staff directory names none who is not affected"))
    state = (said(N_("is missing: the signer is none, or affected")),) if signed and not own else _nearest(own, asked)
    return [because(6, N_("The consent of the custodian (%(who)s) %(state)s"), who=who, state=state)]


def on_duty(store: Store, consent: Consent) -> bool:
    """Tell whether the signer was a custodian on the day of signing."""
    member = store.staff_member(consent.signer)
    return member is not None and "custodian" in member.duties and employed(member, consent.signed_on)


def not_affected(consent: Consent, affected: tuple[str, ...]) -> bool:
    """Tell whether the custodian signs in a matter that is not their own."""
    return consent.signer not in affected


def objections(file: StudentFile, about: list[Consent], affected: tuple[str, ...], on: dt.date) -> list[Reason]:
    """Find objections; one stands whatever the bytes: nobody has to object again because the document was edited."""
    parties = {file.student.participant, *affected}
    may_object = frozenset().union(*(signers_for(file, party, on)[0] for party in parties))
    return [
        because(6, N_("%(who)s objects"), who=_own_name(file, each.signer))
        for each in about
        if each.answer != "consent" and in_force(each, on) and each.signer in may_object
    ]


def shortfalls(consent: Consent, asked: _Asked) -> list[Said]:
    """Say what keeps this consent from covering what is asked; nothing where it does."""
    found = []
    if consent.revoked_on is not None and not unrevoked(consent, asked.on):
        found.append(said(N_("was revoked on %(day)s"), day=consent.revoked_on))
    elif consent.expires is not None and not unexpired(consent, asked.on):
        found.append(said(N_("expired on %(day)s"), day=consent.expires))
    elif not signed(consent, asked.on):
        found.append(said(N_("holds only from %(day)s"), day=consent.signed_on))
    if not same_bytes(consent, asked.sha256):
        found.append(said(N_("was given for another version of the document")))
    if not covers(consent, asked.reader):
        found.append(said(N_("does not cover this reader")))
    return found


def same_bytes(consent: Consent, sha256: str) -> bool:
    """Tell whether the consent was given for these very bytes."""
    return consent.sha256 == sha256


def _nearest(own: list[Consent], asked: _Asked) -> tuple[Said, ...]:
    """Say what is wrong with the consent that lacks least."""
    lacking = sorted((shortfalls(each, asked) for each in own), key=len)
    return tuple(lacking[0]) if lacking else (said(N_("is missing")),)


def _any_of(names: Iterable[str], nobody: str) -> Part:
    """Return the names in order, one of whom is meant; where there are none, say so."""
    found = tuple(sorted(names))
    return AnyOf(found) if found else said(nobody)


def _name(store: Store, file: StudentFile, person: str) -> str:
    member = store.staff_member(person)
    return member.name if member is not None else _own_name(file, person)


def _own_name(file: StudentFile, person: str) -> str:
    participant = file.participant(person)
    return participant.name if participant is not None and is_family(participant) else person
