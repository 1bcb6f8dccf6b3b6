"""Giving something of a file to a third party: whose consents stand, which are missing, what is given (policy: P35).

The student consents, and before the age of 18 also a parent or guardian with full rights; a confidential document needs
besides what it needs for anybody, with the third party among the recipients (P36). Nothing is given on anything less.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.access.audience import audience
from site_builder.access.consents import WHOLE_FILE, in_force
from site_builder.access.decide import decide_document, excerpt_shown, find_record
from site_builder.access.decision import ALLOW, Deny, Item
from site_builder.access.naming import Named
from site_builder.access.projection import Projection
from site_builder.access.sites import school_view
from site_builder.access.tenure import holds_parental_rights
from site_builder.access.view import Copy, StudentView, ViewerView, YearView
from site_builder.access.view_release import DOCUMENTS, SECTIONS, ConsentLine, ReleaseView
from site_builder.access.visible import visible
from site_builder.model.ages import holds_own_rights
from site_builder.model.course_plan import PlanChanges
from site_builder.model.credits import Audit
from site_builder.model.records import (
    Conference,
    Consent,
    Participant,
    Progress,
    Strengths,
    SupportingDocument,
    ThirdParty,
)
from site_builder.model.store import Store, StudentFile, YearSection


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be given: `years` and `sections` of the file, and `documents` by key (`2026-27/psych-letter`)."""

    years: tuple[str, ...]
    sections: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a release rests on: the consents that stand; and what is `missing`, in sentences: then nothing is given."""

    consents: tuple[Consent, ...]
    missing: tuple[str, ...]


def third_parties(file: StudentFile) -> tuple[ThirdParty, ...]:
    """Return everyone outside the plan whom a consent of this file names, each id once."""
    found: dict[str, ThirdParty] = {}
    for consent in file.consents:
        for each in consent.third_parties:
            if each.id in consent.recipients:
                found.setdefault(each.id, each)
    return tuple(found.values())


def ground(
    store: Store, file: StudentFile, party: ThirdParty, choice: Choice, on: dt.date, *, by_law: bool = False
) -> Ground:
    """Return whether the choice may be given to `party` on the day `on`, and on which consents (policy: P35, P36).

    Where a law lets the file as such go (`by_law`), student and parents are not asked; a confidential document still
    needs its custodian and those whom it affects.
    """
    used: dict[str, Consent] = {}
    missing: list[str] = []
    whole = [(WHOLE_FILE, each) for each in choice.sections] + [(key, DOCUMENTS) for key in choice.documents]
    for subject, part in () if by_law else whole:
        sha256 = document_digest(file, subject)
        about = [each for each in file.consents if each.document in (WHOLE_FILE, subject)]
        near = [each for each in about if each.answer == "consent" and _names(each, party)]
        given = [each for each in near if in_force(each, on) and _allows(each, part, sha256)]
        found, lacking = _sides(file, given, near, on)
        used.update((each.id, each) for each in found)
        words = f"`{part if subject == WHOLE_FILE else subject}`"
        missing.extend(f"for {words}: {each}" for each in (*lacking, *_objections(file, about, party, subject, on)))
    for key in choice.documents:
        reasons, consents = _document(store, file, party, key, on)
        missing.extend(f"for `{key}`: {each}" for each in reasons)
        used.update((each.id, each) for each in consents)
    return Ground(tuple(used[each] for each in sorted(used)), tuple(dict.fromkeys(missing)))


def _allows(consent: Consent, part: str, sha256: str) -> bool:
    """Tell whether a consent is for this part of the file, or for these very bytes of a document."""
    return part in consent.parts if consent.document == WHOLE_FILE else consent.sha256 == sha256


def _names(consent: Consent, party: ThirdParty) -> bool:
    return party.id in consent.recipients and any(each.id == party.id for each in consent.third_parties)


def _sides(
    file: StudentFile, given: Sequence[Consent], near: Sequence[Consent], on: dt.date
) -> tuple[list[Consent], list[str]]:
    """Return the consents of the student and, for a minor, of a parent with rights; and which of them is missing.

    `near` are consents to this third party whether they stand or not, to say what has become of one.
    """
    student = file.student.participant
    own = [each for each in given if each.signer == student]
    missing = [] if own else [f"the consent of the student, {file.student.name}{_state(near, {student}, on)}"]
    if holds_own_rights(file.student, on):
        return own, missing
    parents = [each for each in file.participants if holds_parental_rights(each, on)]
    ids = {each.id for each in parents}
    theirs = [each for each in given if each.signer in ids and each.capacity in ("parent", "affected-party")]
    if not theirs:
        who = " or ".join(each.name for each in parents) or "a parent or guardian with full rights"
        missing.append(f"the consent of {who}{_state(near, ids, on)}")
    return own + theirs, missing


def _state(near: Sequence[Consent], signers: Collection[str], on: dt.date) -> str:
    """Say why a consent of one of the signers does not stand, or nothing where there is none."""
    for each in reversed(near):
        if each.signer in signers and each.revoked_on is not None and each.revoked_on <= on:
            return f" (taken back on {each.revoked_on.isoformat()})"
        if each.signer in signers and each.expires is not None and each.expires < on:
            return f" (it ended on {each.expires.isoformat()})"
        if each.signer in signers and each.signed_on <= on:
            return " (it is for something else)" if each.document == WHOLE_FILE else " (it is for another version)"
    return ""


def _objections(
    file: StudentFile, about: Sequence[Consent], party: ThirdParty, subject: str, on: dt.date
) -> Iterator[str]:
    """Give the objections of the student's side that stand: to the document, or to this third party."""
    for each in about:
        participant = file.participant(each.signer)
        counts = participant is not None and (
            each.signer == file.student.participant
            or (holds_parental_rights(participant, on) and not holds_own_rights(file.student, on))
        )
        meant = each.document == subject != WHOLE_FILE or _names(each, party)
        if counts and participant is not None and meant and each.answer != "consent" and in_force(each, on):
            yield f"{participant.name} objects"


def _document(
    store: Store, file: StudentFile, party: ThirdParty, key: str, on: dt.date
) -> tuple[list[str], list[Consent]]:
    """Return what keeps a document from the third party, and the consents that it rests on."""
    year, document = _find(file, key)
    if year is None or document is None:
        return ["there is no such document"], []
    decision = decide_document(store, file, year, document, stand_in(file, party, on), on)
    if isinstance(decision, Deny):
        return [_small(each.sentence) for each in decision.reasons], []
    if document.level == "open":
        return [], []
    sha256 = document_digest(file, key)
    about = (each for each in file.consents if each.document == key and each.answer == "consent")
    return [], [
        each for each in about if _names(each, party) and in_force(each, on) and _allows(each, DOCUMENTS, sha256)
    ]


def stand_in(file: StudentFile, party: ThirdParty, on: dt.date) -> Participant:
    """Return the third party in the form in which consents are asked about a reader; without a role of the plan."""
    return Participant(id=party.id, origin=file.student.origin, name=party.name, role="third-party", since=on)


def _find(file: StudentFile, key: str) -> tuple[YearSection | None, SupportingDocument | None]:
    year_id, _, document_id = key.partition("/")
    year = file.year(year_id)
    found = next((each for each in year.documents if each.id == document_id), None) if year is not None else None
    return year, found


def document_digest(file: StudentFile, key: str) -> str:
    """Return the sha256 of the document `key` (`2026-27/psych-letter`) as it stands; empty where there is none."""
    year, document = _find(file, key)
    attachment = year.attachment(document.file) if year is not None and document is not None else None
    return attachment.sha256 if attachment is not None else ""


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """The rest that a release says: for what, by whom of the staff, in which language its labels are."""

    purpose: str
    by: str
    language: str


def release_view(
    store: Store, file: StudentFile, party: ThirdParty, choice: Choice, giving: Giving, on: dt.date
) -> ReleaseView:
    """Return what `party` is given; the caller has seen to it that its `ground` lacks nothing (policy: P35)."""
    reader = stand_in(file, party, on)

    def sees(item: Item) -> bool:
        return _released(store, file, reader, choice.documents, item, on)

    projection = Projection(store, visible(file, sees), sees, (reader,), on)
    years = tuple(_chosen(each, choice) for each in projection.years() if _is_wanted(each, choice))
    found = ground(store, file, party, choice, on)
    student = file.student
    view = StudentView(
        id="",
        name=student.name,
        preferred_name="",
        student_number="",
        birth_date=student.birth_date,
        language=student.language,
        grade=years[0].grade if years else None,
        homeroom="",
        occupational=any(each.occupational for each in years),
        years=years,
        people=(),
        contact=None,
        next_conference=None,
        asks=(),
        credits=Audit(),
        steps=None,
        updated=None,
    )
    viewer = ViewerView(id="", name=party.name, language=giving.language, audience="everyone")
    return ReleaseView(
        to=party.name,
        purpose=giving.purpose,
        by=projection.named(giving.by),
        sections=choice.sections,
        consents=tuple(_line(projection.named(each.signer), each) for each in found.consents),
        copy=Copy(viewer=viewer, on=on, school=school_view(store), file=view),
    )


def _released(
    store: Store, file: StudentFile, reader: Participant, documents: Collection[str], item: Item, on: dt.date
) -> bool:
    """Tell whether an entry goes along: nothing for staff alone, no address, no document that was not chosen."""
    if item.kind == "participant" or (item.field and audience(item.kind, item.field) != "participants"):
        return False
    if item.kind == "document":
        return f"{item.year}/{item.id}" in documents
    record = find_record(file, item)
    if isinstance(record, Strengths | Progress | Conference):
        return excerpt_shown(store, file, record, reader, on) is ALLOW
    return record is not None


def _is_wanted(year: YearView, choice: Choice) -> bool:
    return (bool(choice.sections) and year.id in choice.years) or any(
        key.startswith(f"{year.id}/") for key in choice.documents
    )


def _chosen(year: YearView, choice: Choice) -> YearView:
    """Return the year with the chosen sections alone."""
    chosen = frozenset(choice.sections) if year.id in choice.years else frozenset()
    return replace(
        year,
        occupational=year.occupational and bool(chosen & {"objectives", "plan"}),
        plan=year.plan if "plan" in chosen else None,
        strengths=year.strengths if "strengths" in chosen else None,
        objectives=year.objectives if "objectives" in chosen else (),
        progress=year.progress if "progress" in chosen else (),
        registrations=tuple(
            # How a registration differs from the plan would tell of the plan.
            replace(each, changes=each.changes if "plan" in chosen else PlanChanges())
            for each in year.registrations
            if "registrations" in chosen
        ),
        report_cards=year.report_cards if "report-cards" in chosen else (),
        tests=year.tests if "tests" in chosen else (),
        conferences=year.conferences if "conferences" in chosen else (),
        requests=year.requests if "requests" in chosen else (),
    )


def _line(signer: Named, consent: Consent) -> ConsentLine:
    return ConsentLine(
        signer=signer,
        capacity=consent.capacity,
        signed_on=consent.signed_on,
        purpose=consent.purpose,
        document="" if consent.document == WHOLE_FILE else consent.document,
        expires=consent.expires,
    )


def in_order(sections: Collection[str]) -> tuple[str, ...]:
    """Return the sections in the order in which they stand in a file."""
    return tuple(each for each in SECTIONS if each in sections)
