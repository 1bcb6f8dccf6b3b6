"""Pages of an older version of the records never take the place of newer ones by accident (policy: P35)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.base.errors import Refused
from site_builder.publish.generation import MADE_FROM, MadeFrom, publish
from site_builder.publish.place import claim
from tests.publish.building import NOW, generation, words

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
TUESDAY = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)
OLD, NEW = "a" * 40, "b" * 40


def make(folder: Path, word: str, made_from: MadeFrom | None, *, force_older: bool = False) -> set[str]:
    place = claim(folder / "build", folder / "records", folder / "home")
    publish(place, "sites", generation(word), now=NOW, made_from=made_from, force_older=force_older)
    return words(place / "sites") & {"first", "second"}


def test_a_newer_version_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    make(tmp_path, "first", MadeFrom(OLD, MONDAY))
    assert make(tmp_path, "second", MadeFrom(NEW, TUESDAY)) == {"second"}
    assert make(tmp_path, "first", MadeFrom(NEW, TUESDAY)) == {"first"}


def test_an_older_one_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    make(tmp_path, "first", MadeFrom(NEW, TUESDAY))
    before = {path: path.read_bytes() for path in (tmp_path / "build").rglob("*") if path.is_file()}
    with pytest.raises(Refused) as caught:
        make(tmp_path, "second", MadeFrom(OLD, MONDAY))
    assert "newer version of the records, saved on 2026-11-24 at 08:00 UTC" in caught.value.sentence
    assert "--force-older" in caught.value.way_out
    after = {path: path.read_bytes() for path in (tmp_path / "build").rglob("*") if path.is_file()}
    assert {path for path in after if ".sep-lock" not in path.name} >= set(before) - {tmp_path / "build/.sep-lock"}
    assert {each: after[each] for each in before if each.name != ".sep-lock"} == {
        each: content for each, content in before.items() if each.name != ".sep-lock"
    }


def test_an_older_one_that_is_meant_is_taken_and_remembered(tmp_path: Path) -> None:
    make(tmp_path, "first", MadeFrom(NEW, TUESDAY))
    assert make(tmp_path, "second", MadeFrom(OLD, MONDAY), force_older=True) == {"second"}
    assert make(tmp_path, "first", MadeFrom(OLD, MONDAY)) == {"first"}


def test_a_clock_that_goes_wrong_does_not_make_a_descendant_older(tmp_path: Path) -> None:
    make(tmp_path, "first", MadeFrom(OLD, TUESDAY))
    assert make(tmp_path, "second", MadeFrom(NEW, MONDAY, lambda commit: commit == OLD)) == {"second"}


def test_records_without_a_version_do_not_replace_those_with_one(tmp_path: Path) -> None:
    assert make(tmp_path, "first", MadeFrom()) == {"first"}
    assert make(tmp_path, "second", MadeFrom()) == {"second"}
    assert make(tmp_path, "first", MadeFrom(NEW, TUESDAY)) == {"first"}
    with pytest.raises(Refused):
        make(tmp_path, "second", MadeFrom())


def test_taking_away_alone_keeps_the_note(tmp_path: Path) -> None:
    make(tmp_path, "first", MadeFrom(NEW, TUESDAY))
    publish(tmp_path / "build", "sites", {}, ["ana"], now=NOW)
    assert NEW in (tmp_path / "build/sites" / MADE_FROM).read_text("ascii")
    with pytest.raises(Refused):
        make(tmp_path, "second", MadeFrom(OLD, MONDAY))


@pytest.mark.parametrize(
    "note", [b"", b"[]", b"{}", b"null", b'{"commit": 1, "at": "x"}', b"\xff", b'{"commit": "a", "at": "2026-12-01"}']
)
def test_a_spoilt_note_stops_nobody(tmp_path: Path, note: bytes) -> None:
    make(tmp_path, "first", MadeFrom(NEW, TUESDAY))
    (tmp_path / "build/sites" / MADE_FROM).write_bytes(note)
    assert make(tmp_path, "second", MadeFrom(OLD, MONDAY)) == {"second"}
