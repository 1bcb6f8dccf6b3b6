"""What an entry refers to is remembered for the records it was worked out from, and for no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.access.decide import entries_of
from site_builder.access.excerpts import References, referred_to
from site_builder.model.records import Record
from site_builder.model.store import Store, YearSection
from tests.access.test_decide import store_of

CASE = Path(__file__).parent / "cases" / "rule-8-a-note-about-a-document.yaml"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a school in which a note names a document."""
    return store_of(CASE, tmp_path)


def _entries(store: Store) -> Iterator[tuple[Record, tuple[YearSection, ...]]]:
    for file in store.students:
        for year in file.years:
            for each in entries_of(year):
                yield each, file.years


def test_what_is_remembered_is_what_is_worked_out(store: Store) -> None:
    known = References(store)
    found = [known.of(*each) for each in _entries(store)]
    assert any(found)
    assert found == [tuple(referred_to(*each)) for each in _entries(store)]
    assert found == [known.of(*each) for each in _entries(store)]


def test_other_years_and_other_records_have_their_own_answer(store: Store) -> None:
    known = References(store)
    record, years = next(each for each in _entries(store) if known.of(*each))
    without = tuple(replace(each, documents=()) for each in years)
    silent = replace(record, origin=replace(record.origin, body="", data={}))
    assert known.of(record, without) == ()
    assert known.of(silent, years) == ()
    assert known.of(record, years)
