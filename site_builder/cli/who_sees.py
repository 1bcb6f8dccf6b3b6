"""What `sep access` prints of a student's file: who sees it and why, and what each confidential document needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from site_builder.access.decide import decide
from site_builder.access.decision import Deny, Item, Reason
from site_builder.access.signing import CUSTODIAN, Wanted, wanted
from site_builder.access.trail import FAILED, trail
from site_builder.base.diagnostics import Span
from site_builder.cli.consents import Paper, papers, still_missing
from site_builder.cli.console import visible, width
from site_builder.model.records import Participant
from site_builder.model.store import Store, StudentFile


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether a person in the plan sees the file that day; `reasons` and `place` say why not.

    `assigned_by` is the name of who assigned them, empty where nobody needs to have done so.
    """

    person: Participant
    assigned_by: str = ""
    reasons: tuple[Reason, ...] = ()
    place: Span | None = None

    @property
    def why(self) -> str:
        """Return what the person's access rests on."""
        since, until = self.person.since, self.person.until
        span = f"since {since}" + (f" until {until}" if until is not None else "")
        assigned = f", assigned by {self.assigned_by}" if self.assigned_by else ""
        return f"{span}{assigned}"


def sights(store: Store, file: StudentFile, on: dt.date) -> tuple[Sight, ...]:
    """Return for everybody in the plan, family first, whether they see the file on the day `on` (policy: P13, P35)."""
    return tuple(_sight(store, file, each, on) for each in sorted(file.participants, key=_rank))


def _sight(store: Store, file: StudentFile, person: Participant, on: dt.date) -> Sight:
    decision = decide(store, person.id, Item(file.id), on)
    assigned_by = _name(store, file, person.assigned_by) if person.assigned_by else ""
    if not isinstance(decision, Deny):
        return Sight(person, assigned_by)
    steps = trail(store, person.id, Item(file.id), on).steps
    failed = next((each for each in steps if each.outcome == FAILED), None)
    places = [each.span for each in failed.facts if each.span is not None] if failed is not None else []
    return Sight(person, assigned_by, decision.reasons, places[-1] if places else None)


def _rank(person: Participant) -> tuple[int, str]:
    return {"student": 0, "parent": 1, "guardian": 1}.get(person.role, 2), person.id


def as_text(store: Store, file: StudentFile, on: dt.date) -> Iterator[str]:
    """Give the lines for people."""
    found = sights(store, file, on)
    yield click.style(f"{visible(file.student.name)} ({file.id}) on {on}", bold=True)
    seeing = [each for each in found if not each.reasons]
    yield f"\nSee the file: {len(seeing)}"
    yield from _rows([(each.person.name, each.person.role, each.why) for each in seeing])
    others = [each for each in found if each.reasons]
    if others:
        yield f"\nIn the plan, and do not see it: {len(others)}"
        yield from _rows([(each.person.name, each.person.role, _denied(each)) for each in others])
    yield ""
    documents = papers(file)
    yield "Confidential documents" if documents else "The file holds no confidential document."
    for each in documents:
        yield ""
        yield from still_missing(store, file, each, on)
        for line in _wanted(store, file, each, on):
            yield f"  {line}"


def as_data(store: Store, file: StudentFile, on: dt.date) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "format_version": 1,
        "student": file.id,
        "name": file.student.name,
        "on": on.isoformat(),
        "people": [_person(each) for each in sights(store, file, on)],
        "documents": [_document(store, file, each, on) for each in papers(file)],
    }


def _person(sight: Sight) -> dict[str, Any]:
    person, place = sight.person, sight.place
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "sees": not sight.reasons,
        "since": person.since.isoformat(),
        "until": person.until.isoformat() if person.until is not None else None,
        "assigned_by": person.assigned_by,
        "reasons": [{"rule": each.rule, "sentence": each.sentence} for each in sight.reasons],
        "file": place.file if place is not None else None,
        "line": place.start.line if place is not None else None,
    }


def _document(store: Store, file: StudentFile, paper: Paper, on: dt.date) -> dict[str, Any]:
    decisions = {
        each.id: decide(store, each.id, Item(file.id, "document", paper.year, paper.document.id), on)
        for each in file.participants
        if not isinstance(decide(store, each.id, Item(file.id), on), Deny)
    }
    return {
        "document": paper.key,
        "title": paper.document.title,
        "seen_by": [person for person, each in decisions.items() if not isinstance(each, Deny)],
        "not_seen_by": [
            {"id": person, "reasons": [reason.sentence for reason in each.reasons]}
            for person, each in decisions.items()
            if isinstance(each, Deny)
        ],
        "signatures_wanted": [
            {"for": each.party, "signers": list(each.signers)} for each in _signatures(store, file, paper, on)
        ],
    }


def _signatures(store: Store, file: StudentFile, paper: Paper, on: dt.date) -> tuple[Wanted, ...]:
    if paper.attachment is None:
        return ()
    return wanted(store, file, paper.document, paper.attachment, paper.key, on)


def _wanted(store: Store, file: StudentFile, paper: Paper, on: dt.date) -> Iterator[str]:
    """Say whose signatures are wanted still, and how they are recorded."""
    found = _signatures(store, file, paper, on)
    if not found:
        return
    yield "signatures that are still wanted:"
    for each in found:
        party = "the custodian" if each.party == CUSTODIAN else f"for {_name(store, file, each.party)}"
        who = " or ".join(_name(store, file, signer) for signer in each.signers) or "nobody can give it now"
        yield f"  {visible(party)}: {visible(who)}"
    yield f"  (`sep consent {file.id} {paper.key}` records them)"


def _name(store: Store, file: StudentFile, person: str) -> str:
    participant, member = file.participant(person), store.staff_member(person)
    return participant.name if participant is not None else member.name if member is not None else person


def _denied(sight: Sight) -> str:
    sentence = "; ".join(f"{each.sentence} (rule {each.rule})" for each in sight.reasons)
    return f"{sentence}  {sight.place.file}:{sight.place.start.line}" if sight.place is not None else sentence


def _rows(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    names = max((width(visible(name)) for name, _, _ in rows), default=0)
    roles = max((len(role) for _, role, _ in rows), default=0)
    for name, role, why in rows:
        shown = visible(name)
        yield f"  {shown}{' ' * (names - width(shown))}  {role:<{roles}}  {visible(why)}".rstrip()
