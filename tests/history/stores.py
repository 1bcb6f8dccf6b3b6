"""Schools in git for tests: the small school, saved again and again by real git with real authors and days."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.stores import lay_over

PARK, REYES = "Sun Park <park@school.example>", "Ben Reyes <reyes@school.example>"


@dataclass
class School:
    """A store at `root`, in a repository at `top`."""

    top: Path
    root: Path

    def git(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", **(env or {})}
        done = subprocess.run(
            ["git", "-c", "user.name=Rae", "-c", "user.email=rae@school.example", *arguments],
            cwd=self.top, env=clean, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def date(self, day: str) -> dict[str, str]:
        return {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}

    def save(self, author: str = PARK, day: str = "2026-10-03T12:00:00-06:00", message: str = "a save") -> str:
        """Save everything as `author` on `day` and return the id of the save."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "--author", author, "-m", message, env=self.date(day))
        return self.git("rev-parse", "HEAD")


def school(folder: Path, *, below: str = "", start: str = "2026-08-20T08:00:00-06:00") -> School:
    """Return the small school, saved once; `below` is the folder of the repository that it stands in."""
    top = folder / "school"
    root = lay_over(top / below if below else folder / "laid", {})
    if not below:
        root.rename(top)
        root = top
    made = School(top, root)
    made.git("init", "-q", "-b", "main")
    made.save(day=start, message="begin")
    return made
