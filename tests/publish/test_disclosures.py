"""The log of what was made available: nothing twice, nothing lost unseen (34 CFR 99.32; policy: P35)."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest

from site_builder.base.errors import MissingTool
from site_builder.publish.disclosures import WITHDRAWN, Given, append, of_student, read_log

ON = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 12, 0, 5, tzinfo=dt.UTC)


def given(
    viewer: str = "maria", student: str = "ana", content: str = "a1", part: str = "site", **rest: object
) -> Given:
    return Given(part=part, viewer=viewer, student=student, content=content, version="c0ffee", **rest)  # type: ignore[arg-type]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "disclosures" / "school.jsonl"
    assert append(path, [given(), given("jorge"), given("maria", "mateo")], ON, NOW) == 3
    return path


def breaks(path: Path) -> list[int]:
    return [each.line for each in read_log(path).breaks]


def test_what_was_given_is_read_back(log: Path) -> None:
    found = read_log(log)
    assert found.breaks == ()
    assert [each.given for each in found.entries] == [given(), given("jorge"), given("maria", "mateo")]
    assert {(each.on, each.at) for each in found.entries} == {("2026-11-24", "2026-11-24T12:00:05+00:00")}
    assert [each.given.viewer for each in of_student(found.entries, "ana")] == ["maria", "jorge"]


def test_the_same_again_adds_nothing_and_a_change_adds_itself(log: Path) -> None:
    before = log.read_bytes()
    assert append(log, [given(), given("jorge")], ON, NOW) == 0
    assert log.read_bytes() == before
    assert append(log, [given(content="b2"), given("jorge"), given("jorge", papers=("2026-27/letter",))], ON, NOW) == 2
    assert append(log, [given(part="sealed", content="b2")], ON, NOW) == 1
    assert breaks(log) == []


def test_what_comes_back_after_it_was_taken_away_is_new(log: Path) -> None:
    append(log, [given(part=WITHDRAWN, content="")], ON, NOW)
    assert append(log, [given(), given("jorge")], ON, NOW) == 1
    assert breaks(log) == []


def test_every_release_is_an_entry_of_its_own(log: Path) -> None:
    assert append(log, [given(part="release")], ON, NOW) == 1
    assert append(log, [given(part="release")], ON, NOW) == 1


def test_only_the_owner_may_read_it(log: Path) -> None:
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    log.chmod(0o644)
    read_log(log)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_missing_log_is_empty(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none.jsonl").entries == ()
    assert breaks(tmp_path / "none.jsonl") == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_changed_line_breaks_the_chain(log: Path, number: int) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    lines[number] = lines[number].replace(b'"a1"', b'"b2"')
    log.write_bytes(b"".join(lines))
    assert breaks(log) == [min(number + 2, 3)]  # the last line is told by the file beside the log


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_line_that_is_taken_out_shows(log: Path, number: int) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    del lines[number]
    log.write_bytes(b"".join(lines))
    assert breaks(log)


def test_lines_that_change_places_or_come_in_between_show(log: Path) -> None:
    first, second, third = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(first + third + second)
    assert breaks(log)
    log.write_bytes(first + second + second + third)
    assert breaks(log)
    log.write_bytes(first + b"{}\n" + second + third)
    assert 2 in breaks(log)


def test_an_end_that_is_cut_off_and_an_emptied_log_show(log: Path) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole[:-20])
    assert breaks(log) == [3]
    log.write_bytes(b"")
    assert breaks(log) == [1]
    log.unlink()
    assert breaks(log) == [1]


def test_without_the_file_beside_it_the_end_is_unsure(log: Path) -> None:
    log.with_name(log.name + ".head").unlink()
    assert breaks(log) == [3]


def test_a_run_that_was_broken_off_leaves_a_log_that_goes_on(log: Path) -> None:
    with log.open("ab") as stream:
        stream.write(b'{"before":"12')  # half a line: what it was about was never made available
    assert breaks(log) == []
    assert append(log, [given(content="c3")], ON, NOW) == 1
    assert breaks(log) == []
    assert len(read_log(log).entries) == 4


def test_lines_written_before_the_file_beside_it_are_no_break(log: Path) -> None:
    head = log.with_name(log.name + ".head")
    before = head.read_bytes()
    append(log, [given(content="c3")], ON, NOW)
    head.write_bytes(before)
    assert breaks(log) == []
    append(log, [given(content="d4")], ON, NOW)
    assert breaks(log) == []


def test_a_break_stays_visible_when_the_log_goes_on(log: Path) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[0] + lines[1].replace(b"jorge", b"marta") + lines[2])
    append(log, [given(content="c3")], ON, NOW)
    assert breaks(log) == [3]


def test_a_log_that_cannot_be_written_stops_what_would_be_given(tmp_path: Path) -> None:
    (tmp_path / "disclosures").write_text("a file where the folder should be")
    with pytest.raises(MissingTool):
        append(tmp_path / "disclosures" / "school.jsonl", [given()], ON, NOW)
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(MissingTool):
        append(tmp_path / "folder.jsonl", [given()], ON, NOW)
