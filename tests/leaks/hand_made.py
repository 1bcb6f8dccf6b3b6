"""Records that no check lets through, put into a store by hand: the access rules deny them by themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Item
from site_builder.model.records import Participant, Rights
from site_builder.model.store import Store, StudentFile
from tests.leaks.suite import Fault

ON = dt.date(2026, 11, 24)
_OVER = Rights(status="revoked", order="Order 1", from_=dt.date(2026, 9, 1), until=dt.date(2026, 10, 1))
CHANGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("a partner", "cora", {"role": "partner"}),
    ("an employer without a last day", "cora", {"role": "employer", "until": None}),
    ("staff without a last day", "cora", {"until": None}),
    ("staff whom nobody assigned", "cora", {"assigned_by": None}),
    ("staff without a day of assignment", "cora", {"assigned_on": None}),
    ("staff who are not in the directory", "cora", {"id": "unknown-person"}),
    ("rights taken without a day", "ma-alpha", {"rights": Rights(status="revoked", order="Order 1")}),
    ("an order that has run out", "ma-alpha", {"rights": _OVER}),
    ("a word for rights that nobody knows", "ma-alpha", {"rights": Rights(status="some")}),
)


def faults(store: Store) -> list[Fault]:
    """Return which of the hand-made participants the rules let in, and which levels they take for open."""
    found = []
    for name, person, fields in CHANGES:
        changed = _with_participant(store, person, fields)
        viewer = str(fields.get("id", person))
        if decide(changed, viewer, Item("alpha"), ON) is ALLOW:
            found.append(Fault("leak", f"{name} is let in"))
    for level in ("", "Open", "public", "secret", "confidential"):
        changed = _with_level(store, level)
        file = changed.student("alpha")
        assert file is not None
        for document in file.years[-1].documents:
            if decide(changed, "tess", Item("alpha", "document", file.years[-1].id, document.id), ON) is ALLOW:
                found.append(Fault("leak", f"level {level!r} is taken for open"))
    return found


def _with_participant(store: Store, person: str, fields: dict[str, Any]) -> Store:
    file = _alpha(store)
    people: tuple[Participant, ...] = tuple(
        replace(each, **fields) if each.id == person else each for each in file.participants
    )
    return _with(store, replace(file, participants=people))


def _with_level(store: Store, level: str) -> Store:
    """Let no consent stand and give every document the level."""
    file = _alpha(store)
    last = file.years[-1]
    year = replace(last, documents=tuple(replace(each, level=level) for each in last.documents))
    return _with(store, replace(file, years=(*file.years[:-1], year), consents=()))


def _with(store: Store, file: StudentFile) -> Store:
    return replace(store, students=tuple(file if each.id == file.id else each for each in store.students))


def _alpha(store: Store) -> StudentFile:
    file = store.student("alpha")
    assert file is not None
    return file
