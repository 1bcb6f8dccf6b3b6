from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.access.carry_over import Standing
from site_builder.publish import ledger
from site_builder.publish.generation import publish
from site_builder.publish.place import claim
from tests.publish.building import NOW, generation, no_exchange

DAY = dt.date(2026, 11, 24)
DECIDED: ledger.Decided = {
    ("maria", "ana"): Standing(dt.date(2026, 11, 24), ("2026-27/letter",), ("maria",)),
    ("begay", "ana"): Standing(),
}


def test_it_is_published_with_the_pages_and_read_again(tmp_path: Path) -> None:
    place = claim(tmp_path / "build", tmp_path / "records", tmp_path / "home")
    report = publish(place, "sites", generation("first"), now=NOW, ledger=lambda: ledger.written(DECIDED))
    assert ledger.read(place / "sites") == DECIDED
    assert report.removed == ()
    report = publish(place, "sites", generation("next"), now=NOW, exchange=no_exchange)
    assert ledger.read(place / "sites") == {}
    assert report.removed == ()


@pytest.mark.parametrize(
    ("viewer", "student", "on", "stands"),
    [
        ("maria", "ana", DAY, True),
        ("maria", "ana", DAY + dt.timedelta(days=1), False),
        ("begay", "ana", dt.date(2099, 1, 1), True),
        ("begay", "kai", DAY, False),
        ("jorge", "ana", DAY, False),
    ],
)
def test_pages_stand_up_to_the_day_that_was_sure(viewer: str, student: str, on: dt.date, stands: bool) -> None:
    assert ledger.stands(DECIDED, viewer, student, on) is stands


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[1]", '{"maria": 3}', '{"maria": {"ana": 3}}', '{"maria": {"ana": "soon"}}']
)
def test_what_cannot_be_read_was_decided_for_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / ledger.LEDGER).write_text(text)
    assert ledger.read(tmp_path) == {}
