"""A save that is killed at any moment, git and all, loses no word, and the next `sep save` works (policy: P35)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.killed_with_git import killed, moments
from tests.cli.two_desks import OBJECTIVE, Desk, one_desk
from tests.conftest import Figures

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux says whether a git is at work, which a lock that is let go of asks for"
)
NOTE = "students/lopez-sam/2026-27/progress/2026-11-20-second-book.md"
WORDS = "---\nby: park\ndate: 2026-11-20\nobjective: read-more\n---\nHe likes Quetzalword best.\n"
DELAYS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
"""Milliseconds: what git does here takes one to five of them."""


def written(folder: Path) -> Desk:
    """Return a desk at which a note is new and an objective was changed."""
    desk = Desk(folder, "Rae Lee")
    desk.write(NOTE, WORDS)
    desk.change(OBJECTIVE, "status: on-track", "status: needs-help")
    return desk


def test_killed_at_every_moment(tmp_path: Path, long: bool, figures: Figures) -> None:
    begun = one_desk(tmp_path / "begun").folder
    temporary = tmp_path / "temporary"

    def start(name: str) -> tuple[Desk, tuple[str, ...]]:
        shutil.copytree(begun, tmp_path / name)
        desk = written(tmp_path / name)
        return desk, ("-C", str(desk.records), "--today", "2026-11-24", "save", "--yes")

    desk, command = start("counted")
    count = moments(temporary, *command)
    assert desk.state() == ""
    assert count > 10
    every = [(number, delay) for number in range(count) for delay in DELAYS]
    deaths = 0
    for number, delay in every if long else every[5 :: len(every) // 6]:
        desk, command = start(f"{number}-{delay}")
        before, objective = desk.head(), desk.read(OBJECTIVE)
        died = killed(number, delay, temporary, *command)
        assert (desk.read(NOTE), desk.read(OBJECTIVE)) == (WORDS, objective)
        assert died or desk.head() != before
        if desk.head() != before:
            assert desk.git("rev-parse", "HEAD~1") == before
            assert desk.git("show", f"HEAD:records/{NOTE}") == WORDS.strip()
        again = desk.sep("save", "--yes")
        assert again.exit_code == 0, (number, delay, again.stderr)
        assert desk.git("show", f"HEAD:records/{NOTE}") == WORDS.strip()
        assert desk.git("show", f"HEAD:records/{OBJECTIVE}") == objective.strip()
        assert desk.state() == ""
        assert "Nothing to save" in desk.sep("save", "--yes").stderr
        assert desk.git("fsck", "--no-dangling") == ""
        # Python itself leaves four letters where it was trying out the folder.
        assert {each.read_bytes() for each in temporary.rglob("*") if each.is_file()} <= {b"", b"blat"}
        assert not list(temporary.glob("sep-*"))
        deaths += died
        figures.kills += died
        figures.survived += died
        shutil.rmtree(desk.folder)
    assert deaths > (100 if long else 3)
