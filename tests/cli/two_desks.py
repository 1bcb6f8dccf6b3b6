"""Two people with a copy of one store each, and real git between them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from site_builder.cli.setting_up import ATTRIBUTES, install
from site_builder.source.git import Plumbing
from tests.cli.small_school import NOON, School

TODAY = "2026-11-24"
OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment without what git takes from it, with the command `sep` where git looks for commands."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    commands = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": commands, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **more}


class Desk:
    """One person's copy: the store is `records` in `folder`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.records = folder / "records"
        self.name = name

    def sit_down(self) -> Desk:
        self.git("config", "user.name", self.name)
        self.git("config", "user.email", f"{self.name.split()[0].lower()}@school.example")
        install(Plumbing(self.folder), "records")
        return self

    def git(self, *arguments: str, fails: bool = False, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=clean_environment(**(env or {})),
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return (done.stdout + done.stderr).strip() if fails else done.stdout.strip()

    def sep(self, *arguments: str, keys: str | None = None, today: str = TODAY) -> Result:
        """Run a command; `keys` are what somebody types at the terminal."""
        around = Surroundings(
            now=lambda _: NOON,
            folder=self.folder,
            environ={},
            terminal=keys is not None,
            settings=self.folder.parent / "settings",
        )
        return CliRunner().invoke(sep, ["--today", today, *arguments], obj=around, input=keys, catch_exceptions=False)

    def read(self, path: str) -> str:
        return (self.records / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        target = self.records / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")

    def change(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def save(self) -> str:
        done = self.sep("save", "--yes")
        assert done.exit_code == 0, done.stderr
        return self.git("rev-parse", "HEAD")

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def state(self) -> str:
        return self.git("status", "--porcelain")


def one_desk(folder: Path, name: str = "Rae Lee") -> Desk:
    """Return a desk with the small school, saved once."""
    school = School(folder / "first")
    desk = Desk(school.folder, name)
    (desk.folder / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
    desk.git("init", "-q", "-b", "main")
    desk.sit_down()
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "begun", "--no-verify")
    return desk


def two_desks(folder: Path) -> tuple[Desk, Desk]:
    """Return two desks with the same saves; the second one's `origin` is the first's."""
    first = one_desk(folder)
    first.git("clone", "-q", str(first.folder), str(folder / "second"))
    return first, Desk(folder / "second", "Ben Reyes").sit_down()


def copied(made: Path, folder: Path) -> tuple[Desk, Desk]:
    """Return a copy in `folder` of the two desks that stand in `made`: quicker than to set them up again."""
    for each in ("first", "second"):
        shutil.copytree(made / each, folder / each)
    settings = folder / "second/.git/config"
    settings.write_text(settings.read_text("utf-8").replace(str(made / "first"), str(folder / "first")), "utf-8")
    return Desk(folder / "first", "Rae Lee"), Desk(folder / "second", "Ben Reyes")


def meet(first: Desk, second: Desk, *, conflict: bool = False) -> None:
    """Let the second one fetch and join what the first has saved, as an editor's button does."""
    second.git("pull", "-q", "--no-edit", "origin", "main", fails=conflict)
