"""Saving, taking back, joining and giving up in a repository that is full of traps: no program of its own runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from tests.cli.small_school import NOON
from tests.source.test_hostile_repository import TRAPS, VARIABLES, Place, place

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")
__all__ = ["place"]

PROMISED = "what another repository has promised"
ALONE = ("alternates", "a file for a folder", PROMISED)
"""Traps that take the repository apart, so that they are set one at a time."""
RECORD = "template/guidelines.md"
COMMANDS = (
    ("save", "--draft", "--yes", "--all"),
    ("check", "--staged"),
    ("undo", "--yes"),
    ("undo", "--choose"),
    ("doctor", "--fix"),
)


def run(place: Place, *arguments: str, allowed: tuple[int, ...] = (0,)) -> str:
    around = Surroundings(
        now=lambda _: NOON, folder=place.root, environ=os.environ, terminal=False, settings=place.root.parent / "own"
    )
    done = CliRunner().invoke(sep, ["--today", "2026-11-24", *arguments], obj=around, catch_exceptions=False)
    assert done.exit_code in allowed, done.stdout + done.stderr
    return done.stdout + done.stderr


def words(place: Place, text: str) -> None:
    (place.store / "template").mkdir(exist_ok=True)
    (place.store / RECORD).write_text(f"---\ntitle: Words\n---\n{text}\n", encoding="utf-8", newline="\n")


def two_versions(place: Place) -> None:
    """Let two lines of saves meet in one paragraph, before any trap is set."""
    words(place, "Begun.")
    commands = (("add", "-A"), ("commit", "-qm", "begun"), ("branch", "other"))
    for command in commands:
        assert place.git(*command) == 0
    words(place, "Ours.")
    assert place.git("commit", "-qam", "ours") == 0
    assert place.git("checkout", "-q", "other") == 0
    words(place, "Theirs.")
    assert place.git("commit", "-qam", "theirs") == 0
    assert place.git("checkout", "-q", "main") == 0
    assert place.git("merge", "-q", "other") != 0


def set_traps(place: Place, name: str) -> None:
    for each in TRAPS if name == "all" else (name,):
        if each not in ALONE or each == name:
            TRAPS[each][0](place)
    in_the_same_moment(place)
    if name == "all":
        place.git("update-index", "--force-write-index")
        assert place.mark.exists(), "the trap is none"
        in_the_same_moment(place)
    place.mark.unlink(missing_ok=True)


def in_the_same_moment(place: Place) -> None:
    """Let git take every file for one that was changed when its list was written: then it compares the content."""
    for each in (place.root / ".git/index", place.root.parent / "elsewhere/index"):
        if each.is_file():
            os.utime(each, (1, 1))


@pytest.mark.parametrize("name", ["all", *ALONE])
def test_saving_and_taking_back_run_nothing(place: Place, name: str) -> None:
    """policy: P35."""
    words(place, "Begun.")
    set_traps(place, name)
    for command in COMMANDS:
        in_the_same_moment(place)
        run(place, *command, allowed=(0, 2, 4))
        words(place, f"{command[0]} and more.")
    assert run(place, "save", "--draft", "--yes").count("saved ") == 1
    assert not place.mark.exists()


@pytest.mark.parametrize("name", [each for each in ("all", *ALONE) if each != PROMISED])
@pytest.mark.parametrize("command", [("resolve", "--keep", "both"), ("resolve", "--abort")])
def test_joining_and_giving_up_run_nothing(place: Place, name: str, command: tuple[str, ...]) -> None:
    two_versions(place)
    set_traps(place, name)
    run(place, *command)
    assert not place.mark.exists()
    text = (place.store / RECORD).read_text("utf-8")
    assert text.endswith("Ours.\n\nTheirs.\n" if "both" in command else "\nOurs.\n")


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_variables_of_git_run_nothing(place: Place, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words(place, "Begun.")
    for each, value in VARIABLES[name][0](place).items():
        monkeypatch.setenv(each, value)
    run(place, "save", "--draft", "--yes")
    assert not place.mark.exists()


def test_a_list_of_files_elsewhere_is_not_looked_at(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's hook is told which list of files is to be saved; one outside the repository is nobody's save."""
    elsewhere = place.root.parent / "list"
    words(place, "Begun.")
    (place.store / RECORD).write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert place.git("add", "-A", env={"GIT_INDEX_FILE": str(elsewhere)}) == 0
    monkeypatch.setenv("GIT_INDEX_FILE", str(elsewhere))
    assert "error" not in run(place, "check", "--staged")
    inside = Path(place.root, ".git/next")
    inside.write_bytes(elsewhere.read_bytes())
    monkeypatch.setenv("GIT_INDEX_FILE", str(inside))
    assert "error" in run(place, "check", "--staged", allowed=(1,))
