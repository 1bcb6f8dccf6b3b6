"""What a save left locked that was killed with git goes; what somebody else holds stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.base.errors import WrongUse
from site_builder.source.git import Plumbing
from site_builder.source.git_locks import at_work, noted
from site_builder.source.git_save import Saving
from tests.cli.two_desks import OBJECTIVE, Desk, clean_environment, one_desk

LOCKS = (".git/index.lock", ".git/HEAD.lock", ".git/refs/heads/main.lock")
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists in a folder what runs")
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


@ON_LINUX
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


@ON_LINUX
def test_the_lock_of_a_git_that_waits_for_its_editor_stays(desk: Desk, tmp_path: Path) -> None:
    """It was begun just after a save was killed, and holds its lock for as long as somebody thinks about words."""
    note, editor, open_now = desk.folder / ".git/sep-saving", tmp_path / "editor", tmp_path / "open"
    editor.write_text(f'#!/bin/sh\ntouch "{open_now}"\nwhile [ -e "{open_now}" ]; do sleep 0.05; done\n', "utf-8")
    editor.chmod(0o700)
    note.touch()
    desk.change(OBJECTIVE, "status: on-track", "status: needs-help")
    command = f'(git commit -a --cleanup=verbatim; rm -f "{open_now}") & exit 0'  # so that it is nobody's of ours
    environment = clean_environment(GIT_EDITOR=str(editor))
    subprocess.run(
        ["sh", "-c", command], cwd=desk.folder, env=environment, check=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(1000):
        if open_now.exists():
            break
        time.sleep(0.01)
    lock = desk.folder / LOCKS[0]
    try:
        assert lock.exists()
        assert sum(let_go(desk)) > 1
        assert lock.exists()
    finally:
        open_now.unlink(missing_ok=True)
    for _ in range(1000):
        if not at_work(desk.folder / ".git"):
            break
        time.sleep(0.01)
    assert not lock.exists()
    assert not at_work(desk.folder / ".git")


def test_where_nobody_can_tell_what_runs_a_git_may_be_at_work(desk: Desk, tmp_path: Path) -> None:
    assert at_work(desk.folder / ".git", tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    assert at_work(desk.folder / ".git", tmp_path / "empty")


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
