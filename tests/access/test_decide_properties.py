"""What holds of the access rules whoever asks for whatever on whichever day (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Allow, Deny, Item
from site_builder.model.build import RECORD_CLASSES
from site_builder.model.records import Consent, Rights
from site_builder.model.store import Store, StudentFile
from tests.stores import SMALL_SCHOOL, checked

_CHECKED = checked(SMALL_SCHOOL).store
assert _CHECKED is not None
STORE: Store = _CHECKED
PEOPLE = sorted({each.id for file in STORE.students for each in file.participants} | {"nurse-bell", "nobody"})
LOPEZ = "lopez-sam"
DAYS = st.dates(dt.date(2025, 8, 1), dt.date(2027, 9, 1)) | st.dates()
TEXT = st.text(max_size=12)


def _items() -> list[Item]:
    """Return every record of every file as an item, and every file as such."""
    found = []
    kinds = {cls: kind for kind, cls in RECORD_CLASSES.items()}
    for file in STORE.students:
        found.append(Item(file.id))
        found += [
            Item(file.id, "participant", "", each.id, field) for each in file.participants for field in ("", "address")
        ]
        for year in file.years:
            entries: list[Any] = [each for each in (year.plan, year.strengths) if each is not None]
            for name in ("objectives", "progress", "registrations", "tests", "conferences", "requests", "documents"):
                entries += getattr(year, name)
            found += [Item(file.id, kinds[type(each)], year.id, each.id) for each in entries]
    return found


ITEMS = _items()
KNOWN = st.sampled_from(ITEMS)
ANY_ITEM = KNOWN | st.builds(
    Item,
    student=st.sampled_from([each.id for each in STORE.students]) | TEXT,
    kind=st.sampled_from([*RECORD_CLASSES, ""]) | TEXT,
    year=st.sampled_from(["2025-26", "2026-27", ""]) | TEXT,
    id=st.sampled_from(sorted({each.id for each in ITEMS})) | TEXT,
    field=st.sampled_from(["", "address", "rights", "assigned_by", "name"]) | TEXT,
)


@given(viewer=st.sampled_from(PEOPLE) | TEXT, item=ANY_ITEM, on=DAYS)
def test_there_is_always_an_answer_and_a_denial_says_why(viewer: str, item: Item, on: dt.date) -> None:
    decision = decide(STORE, viewer, item, on)
    if isinstance(decision, Deny):
        assert decision.reasons
        assert all(0 <= each.rule <= 10 and each.sentence for each in decision.reasons)
    else:
        assert isinstance(decision, Allow)


@given(viewer=TEXT, item=ANY_ITEM, on=DAYS)
def test_whoever_is_not_known_sees_nothing(viewer: str, item: Item, on: dt.date) -> None:
    if viewer not in PEOPLE:
        assert decide(STORE, viewer, item, on) is not ALLOW


@given(viewer=st.sampled_from(PEOPLE), item=ANY_ITEM, on=DAYS)
def test_what_is_not_known_is_shown_to_nobody(viewer: str, item: Item, on: dt.date) -> None:
    plain = replace(item, field="")
    known = plain in ITEMS or item.kind in ("student", "participant", "consent", "disclosure", "report-card", "")
    if not known or (item.field and not item.field.isidentifier()):
        assert not (item.kind and decide(STORE, viewer, item, on) is ALLOW)


@given(viewer=st.sampled_from(PEOPLE), item=KNOWN, on=DAYS)
def test_whoever_sees_an_entry_has_access_to_the_file(viewer: str, item: Item, on: dt.date) -> None:
    if decide(STORE, viewer, item, on) is ALLOW:
        assert decide(STORE, viewer, Item(item.student), on) is ALLOW


# --- a restriction more never allows more -----------------------------------------------------------------------

Restriction = Callable[[Store], Store]


def _files(store: Store, change: Callable[[StudentFile], StudentFile]) -> Store:
    return replace(store, students=tuple(change(each) for each in store.students))


def _people(person: str, **fields: Any) -> Restriction:
    def change(file: StudentFile) -> StudentFile:
        people = tuple(replace(each, **fields) if each.id == person else each for each in file.participants)
        return replace(file, participants=people)

    return lambda store: _files(store, change)


def _consents(change: Callable[[Consent], Consent | None]) -> Restriction:
    def kept(file: StudentFile) -> StudentFile:
        found = (change(each) for each in file.consents)
        return replace(file, consents=tuple(each for each in found if each is not None))

    return lambda store: _files(store, kept)


def _documents(**fields: Any) -> Restriction:
    def change(file: StudentFile) -> StudentFile:
        years = (replace(y, documents=tuple(replace(each, **fields) for each in y.documents)) for y in file.years)
        return replace(file, years=tuple(years))

    return lambda store: _files(store, change)


def _other_bytes(store: Store) -> Store:
    def change(file: StudentFile) -> StudentFile:
        years = (replace(y, attachments=tuple(replace(a, sha256="0" * 64) for a in y.attachments)) for y in file.years)
        return replace(file, years=tuple(years))

    return _files(store, change)


def _objection(store: Store) -> Store:
    def change(file: StudentFile) -> StudentFile:
        more = tuple(replace(each, id=f"no-{each.id}", answer="objection") for each in file.consents)
        return replace(file, consents=file.consents + more)

    return _files(store, change)


def _known_day(draw: st.DrawFn) -> dt.date:
    return draw(st.dates(dt.date(2026, 8, 1), dt.date(2027, 6, 1)))


@st.composite
def restrictions(draw: st.DrawFn) -> Restriction:
    """Draw one thing that can only take access away."""
    person, day = draw(st.sampled_from(PEOPLE)), _known_day(draw)
    role = draw(st.sampled_from(["student", "parent", "counselor"]))
    chosen: Restriction = draw(
        st.sampled_from(
            [
                _people(person, until=min(day, dt.date(2027, 5, 28))),
                _people(person, since=max(day, dt.date(2026, 8, 19))),
                _people(person, rights=Rights(status="revoked", order="Order 1", from_=day)),
                _people(person, rights=Rights(status="revoked")),
                _people(person, role="partner"),
                _people(person, assigned_by=None),
                _people(person, assigned_on=day),
                _people("joan-ward", protected_address=True),
                _consents(lambda each: replace(each, expires=min(day, each.expires or day))),
                _consents(lambda each: replace(each, revoked_on=min(day, each.revoked_on or day))),
                _consents(lambda each: replace(each, signed_on=max(day, each.signed_on))),
                _consents(lambda each: replace(each, recipients=tuple(x for x in each.recipients if x != role))),
                _consents(lambda each: None if each.signer == person else each),
                _documents(level="confidential"),
                _documents(affects=("sam-lopez", "ivy-ward", "park")),
                _documents(affects=()),
                _other_bytes,
                lambda store: replace(store, broken=store.broken | {LOPEZ}),
                lambda store: replace(store, conflicted=store.conflicted | {person}),
                lambda store: replace(store, students=tuple(each for each in store.students if each.id != LOPEZ)),
            ]
        )
    )
    return chosen


@given(
    changes=st.lists(restrictions(), min_size=1, max_size=4),
    objected=st.booleans(),
    viewer=st.sampled_from(PEOPLE),
    item=KNOWN,
    on=DAYS,
)
def test_a_restriction_never_allows_more(
    changes: list[Restriction], objected: bool, viewer: str, item: Item, on: dt.date
) -> None:
    store = STORE
    for change in (*changes, *((_objection,) if objected else ())):
        store = change(store)
    if decide(store, viewer, item, on) is ALLOW:
        assert decide(STORE, viewer, item, on) is ALLOW


@pytest.mark.parametrize("day", [dt.date(2026, 9, 11), dt.date(2026, 11, 24)], ids=str)
def test_the_restrictions_do_restrict(day: dt.date) -> None:
    """Or the property above would hold of nothing."""

    def allowed(store: Store) -> int:
        return sum(decide(store, viewer, item, day) is ALLOW for viewer in PEOPLE for item in ITEMS)

    before = allowed(STORE)
    assert before > 100
    for change in (
        _documents(level="confidential"),
        _other_bytes,
        _objection,
        _people("park", until=day - dt.timedelta(1)),
    ):
        assert allowed(change(STORE)) < before
