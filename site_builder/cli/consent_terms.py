"""What a consent says besides who signs, as the options say or as answered (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import click

from site_builder.access.consents import WHOLE_FILE
from site_builder.access.view_release import PARTS
from site_builder.base.errors import WrongUse
from site_builder.cli.answers import needed, words
from site_builder.cli.consents import Paper
from site_builder.cli.context import Context
from site_builder.cli.days import day
from site_builder.cli.participants import find_participant
from site_builder.cli.people import free_id, id_of
from site_builder.cli.scaffold import scaffold
from site_builder.cli.signers import Signer
from site_builder.model.build import build_record
from site_builder.model.identity import ROLES, folded
from site_builder.model.records import Consent, ThirdParty
from site_builder.model.store import StudentFile
from site_builder.source.layout import kind_named
from site_builder.source.yaml_reader import read_yaml

_LONGEST_ID = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the options say; `None` and empty where they say nothing."""

    signers: tuple[str, ...]
    objection: bool
    affects: tuple[str, ...]
    nobody_because: str | None
    purpose: str | None
    recipients: tuple[str, ...]
    third_parties: tuple[str, ...]
    parts: tuple[str, ...]
    signed_on: dt.date | None
    method: str | None
    expires: dt.date | None
    revoked_on: dt.date | None
    yes: bool
    dry_run: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a consent says besides who signs."""

    purpose: str
    recipients: tuple[str, ...]
    third_parties: tuple[ThirdParty, ...]
    parts: tuple[str, ...]
    signed_on: dt.date
    method: str
    expires: dt.date | None


def terms(context: Context, file: StudentFile, paper: Paper | None, given: Given, on: dt.date) -> Terms:
    """Return purpose, recipients, method and end; what another consent to the same document says is proposed."""
    key = paper.key if paper is not None else WHOLE_FILE
    other = next((each for each in reversed(file.consents) if each.document == key and each.in_force(on)), None)
    purpose = given.purpose or _asked(context, "What it may be used for", "--purpose", other.purpose if other else None)
    recipients, outside = given.recipients, tuple(third_party(file, each) for each in given.third_parties)
    if not recipients and not outside:
        proposed = ", ".join(other.recipients) if other else None
        text = _asked(context, "For whom: roles or people, with commas", "--recipient", proposed)
        recipients = tuple(each.strip() for each in text.split(",") if each.strip())
    expires = given.expires
    if expires is None and context.asks and not given.objection:
        expires = click.prompt(
            "Last day on which it holds (Enter: it names none)",
            default="", show_default=False, value_proc=lambda text: day(text) if text else None, err=True,
        )  # fmt: skip
    if expires is not None and expires < on:
        raise WrongUse(f"it would end on {expires}, before it was signed on {on}", "correct one of the days")
    return Terms(
        purpose=purpose,
        recipients=tuple(dict.fromkeys([*(_recipient(file, each) for each in recipients), *(it.id for it in outside)])),
        third_parties=outside,
        parts=_parts(context, given) if outside and paper is None else (),
        signed_on=on,
        method=needed(context, given.method, "How it was given, and where the paper is", "--method", words),
        expires=expires,
    )


def _parts(context: Context, given: Given) -> tuple[str, ...]:
    """Return what of the file a third party may be given: a consent says it (34 CFR 99.30)."""
    text = ",".join(given.parts) or needed(context, None, "What of the file, with commas", "--part", words)
    found = list(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    for each in found:
        if each not in PARTS:
            raise WrongUse(f"there is no part `{each}`", f"there are: {', '.join(PARTS)}")
    return tuple(found)


def third_party(file: StudentFile, name: str) -> ThirdParty:
    """Return the third party called `name`, under the id that it has in this file already; raises `WrongUse`."""
    known = [each for consent in file.consents for each in consent.third_parties]
    for each in known:
        if folded(name) in (folded(each.name), folded(each.id)):
            return each
    if any(folded(name) in (folded(each.id), folded(each.name)) for each in file.participants) or name in ROLES:
        raise WrongUse(f"`{name}` takes part in this plan", "name participants with `--recipient`")
    taken = {each.id for each in known} | {each.id for each in file.participants} | set(ROLES)
    return ThirdParty(id=free_id(id_of(name), taken), name=name)


def _asked(context: Context, question: str, flag: str, proposed: str | None) -> str:
    if proposed is None or not context.asks:
        return needed(context, None, question, flag, words)
    answer: str = click.prompt(question, default=proposed, value_proc=words, err=True)
    return answer


def _recipient(file: StudentFile, text: str) -> str:
    """Return a role, or the id of a participant, that `text` means."""
    role = text.strip().casefold().replace(" ", "-")
    if role in ROLES:
        return role
    try:
        return find_participant(file, text).id
    except WrongUse as fault:
        raise WrongUse(
            f"`{text}` is no role, and nobody in this plan", f"{fault.way_out}\nroles: {', '.join(ROLES)}"
        ) from None


def consents(
    file: StudentFile, paper: Paper | None, people: Iterable[Signer], agreed: Terms, *, objects: bool
) -> tuple[Consent, ...]:
    """Return a new consent (or objection) of each signer; what stands in the file already is left out."""
    taken = {each.id for each in file.consents}
    found = []
    for person in people:
        new = _consent(file, paper, person, agreed, taken, objects=objects)
        if not any(_same(each, new) for each in file.consents):
            taken.add(new.id)
            found.append(new)
    return tuple(found)


def _consent(
    file: StudentFile, paper: Paper | None, person: Signer, agreed: Terms, taken: set[str], *, objects: bool
) -> Consent:
    what = paper.document.id if paper is not None else WHOLE_FILE
    who = person.capacity if person.capacity == "custodian" else person.id
    room = _LONGEST_ID - len(f"{agreed.signed_on}--{who}")
    id = free_id(f"{agreed.signed_on}-{what[: max(room, 4)].rstrip('-')}-{who}"[:_LONGEST_ID].rstrip("-"), taken)
    text = scaffold(
        "consent.yaml",
        document=paper.key if paper is not None else WHOLE_FILE,
        signer=person.id,
        capacity=person.capacity,
        objects=objects,
        purpose=agreed.purpose,
        recipients=agreed.recipients,
        third_parties=agreed.third_parties,
        parts=agreed.parts,
        signed_on=agreed.signed_on,
        method=agreed.method,
        sha256=paper.attachment.sha256 if paper is not None and paper.attachment is not None else None,
        expires=agreed.expires,
    )
    return read_consent(f"students/{file.id}/consents/{id}.yaml", id, text)


def read_consent(path: str, id: str, text: str) -> Consent:
    """Return the consent that a file with `text` would hold."""
    document, _ = read_yaml(path, text)
    record = build_record(document, kind_named("consent"), id) if document is not None else None
    if not isinstance(record, Consent):
        raise AssertionError("what was written here is read back")
    return record


def _same(standing: Consent, new: Consent) -> bool:
    """Tell whether a consent says the same, and has not been taken back."""
    return standing.revoked_on is None and replace(standing, id=new.id) == new
