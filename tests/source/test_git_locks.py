"""What a save left locked that was killed with git goes; what somebody else holds stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.base.errors import WrongUse
from site_builder.source.git import Plumbing
from site_builder.source.git_locks import noted
from site_builder.source.git_save import Saving
from tests.cli.two_desks import Desk, one_desk

LOCKS = (".git/index.lock", ".git/HEAD.lock", ".git/refs/heads/main.lock")
FILES = {"staff.yaml": b"staff: []\n"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return one_desk(tmp_path / "school")


def held(desk: Desk, *, noted_at: float | None, locked_at: float = 5000.0) -> list[Path]:
    """Leave the locks as a killed git does, and the note of a save that was at work."""
    locks = [desk.folder / each for each in LOCKS]
    for each in locks:
        each.touch()
        os.utime(each, (locked_at, locked_at))
    if noted_at is not None:
        note = desk.folder / ".git/sep-saving"
        note.touch()
        os.utime(note, (noted_at, noted_at))
    return locks


def let_go(desk: Desk) -> list[float]:
    """Begin a save, and return how long it waited."""
    waited: list[float] = []
    with noted(Plumbing(desk.records), waited.append):
        assert (desk.folder / ".git/sep-saving").is_file()
    assert not (desk.folder / ".git/sep-saving").exists()
    return waited


def test_what_a_killed_save_held_is_let_go_of_and_the_next_one_saves(desk: Desk) -> None:
    locks = held(desk, noted_at=4999.0)
    assert sum(let_go(desk)) > 5
    assert not any(each.exists() for each in locks)
    before = desk.head()
    Saving(desk.records).save(FILES, "x")
    assert desk.git("rev-parse", "HEAD~1") == before


@pytest.mark.parametrize(("noted_at", "locked_at"), [(None, 5000.0), (4900.0, 5000.0), (5003.0, 5000.0)])
def test_another_programs_lock_stays(desk: Desk, noted_at: float | None, locked_at: float) -> None:
    locks = held(desk, noted_at=noted_at, locked_at=locked_at)
    assert let_go(desk) == []
    assert all(each.exists() for each in locks)


def test_a_lock_that_another_program_takes_meanwhile_stays(desk: Desk) -> None:
    locks = held(desk, noted_at=4999.0)

    def quicker(_seconds: float) -> None:
        for each in locks:
            each.unlink()
            each.write_text("another one")

    with noted(Plumbing(desk.records), quicker):
        assert all(each.exists() for each in locks)


@pytest.mark.parametrize("lock", [*LOCKS[:2], LOCKS[2]])
def test_the_lock_that_is_in_the_way_is_named(desk: Desk, lock: str) -> None:
    (desk.folder / lock).touch()
    before = desk.head()
    with pytest.raises(WrongUse, match="another program is saving") as stopped:
        Saving(desk.records).save(FILES, "x")
    assert f"delete `{lock}`" in stopped.value.way_out
    assert desk.head() == before
    (desk.folder / lock).unlink()
    Saving(desk.records).save(FILES, "x")
