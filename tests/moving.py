"""Schools that keep their records in git, and what they hand to each other."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from click.testing import CliRunner, Result

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from tests.cli.small_school import NOON, School


class Kept(School):
    """The small school with its records in git: `records` below the top of the repository."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Ben Reyes")
        self.git("config", "user.email", "reyes@school.example")
        (folder / ".gitignore").write_text("/build\n/box\n", "utf-8")

    def copy(self, folder: Path) -> Kept:
        """Return the same school once more, in another folder."""
        made = Kept.__new__(Kept)
        made.folder, made.records = folder, folder / "records"
        shutil.copytree(self.folder, folder, symlinks=True)
        return made

    @property
    def settings(self) -> Path:
        """The folder of the person's settings: beside the repository, as it is on everybody's computer."""
        return self.folder.with_name(f"{self.folder.name}-settings")

    def sep(
        self, *arguments: str, today: str = "2026-11-24", folder: Path | None = None, answers: str | None = None
    ) -> Result:
        """Run a command; with `answers` at a terminal where somebody types them."""
        around = Surroundings(
            now=lambda _: NOON,
            folder=folder or self.folder,
            environ={},
            terminal=answers is not None,
            settings=self.settings,
        )
        return CliRunner().invoke(sep, ["--today", today, *arguments], obj=around, input=answers)

    def git(self, *arguments: str, folder: Path | None = None, **environment: str) -> str:
        """Run git as anybody would, and return what it says."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder or self.folder,
            env={**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **environment},
            capture_output=True,
            text=True,
            errors="replace",
            check=True,
        )
        return done.stdout.strip()

    def save(self, message: str, *, by: str = "Ben Reyes <reyes@school.example>", on: str = "2026-10-05") -> str:
        """Save all as it stands, as `by` on the day `on`, and return the version."""
        self.git("add", "-A")
        self.git(
            "commit", "-q", "--allow-empty", f"--author={by}", f"--date={on}T09:00:00 -0600", "-m", message,
            GIT_COMMITTER_DATE=f"{on}T09:00:00 -0600",
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")

    def write(self, path: str, text: str) -> None:
        target = self.records / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def everything(self) -> dict[str, bytes]:
        """Return every file of the store and of git's own folder, but for what git writes down about the files."""
        found = (each for each in sorted(self.folder.rglob("*")) if each.is_file())
        named = {each.relative_to(self.folder).as_posix(): each for each in found}
        return {name: each.read_bytes() for name, each in named.items() if name != ".git/.sep-lock"}


def unzipped(package: Path, into: Path) -> Path:
    """Unpack a package and return its one folder."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(into)
    (top,) = into.iterdir()
    return top


def zipped(folder: Path) -> bytes:
    """Pack a folder again, whatever is in it by now."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                archive.write(each, each.relative_to(folder.parent).as_posix())
    return out.getvalue()


def objects(repository: Path) -> dict[str, tuple[str, bytes]]:
    """Return every object of a repository, reachable or not: its kind and its bytes."""
    said = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=repository, capture_output=True, check=True
    ).stdout
    found, at = {}, 0
    while at < len(said):
        end = said.index(b"\n", at)
        name, kind, size = said[at:end].decode().split()
        found[name] = (kind, said[end + 1 : end + 1 + int(size)])
        at = end + 2 + int(size)
    return found
