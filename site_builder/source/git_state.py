"""What a repository is in the middle of: files of which two versions stand, a joining that was begun, a lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from site_builder.source.git import Plumbing

_BASE, _OURS, _THEIRS = 1, 2, 3


class Underway(StrEnum):
    """What was begun in a repository and is not finished; the values are the words for people."""

    NOTHING = ""
    MERGE = "two lines of saves are being joined"
    REBASE = "saves are being laid on top of newer ones"
    PICK = "a save of another line is being taken over"
    REVERT = "a save is being taken back"
    PATCHES = "saves that came as files are being taken in"


_SIGNS: tuple[tuple[str, Underway], ...] = (
    ("rebase-merge", Underway.REBASE),
    ("rebase-apply/applying", Underway.PATCHES),
    ("rebase-apply", Underway.REBASE),
    ("MERGE_HEAD", Underway.MERGE),
    ("CHERRY_PICK_HEAD", Underway.PICK),
    ("REVERT_HEAD", Underway.REVERT),
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file in the repository: its mode (`100644`) and the id of its content."""

    mode: str
    content: str


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """A file that two people changed: its path in the store, and what both began with, ours and theirs."""

    path: str
    base: Version | None
    ours: Version | None
    theirs: Version | None


class RepositoryState:
    """What stands between two saves in the repository that holds `folder`; raises a `SepError` where none does."""

    def __init__(self, folder: Path) -> None:
        self.git = Plumbing(folder)
        self.prefix = self.git.prefix()

    def place(self, name: str) -> Path:
        """Return where git keeps the file or folder of this name for itself."""
        folder = self.git.run("rev-parse", "--absolute-git-dir").decode("utf-8", "surrogateescape").removesuffix("\n")
        return Path(folder) / name

    def underway(self) -> Underway:
        """Return what was begun and not finished."""
        return next((what for name, what in _SIGNS if self.place(name).exists()), Underway.NOTHING)

    def other_line(self) -> tuple[str, ...]:
        """Return the ids of the saves that are being joined to ours."""
        try:
            lines = self.place("MERGE_HEAD").read_text("ascii").split()
        except (OSError, UnicodeDecodeError):
            return ()
        return tuple(self.git.commit(each) for each in lines)

    def two_versions(self) -> tuple[TwoVersions, ...]:
        """Return the files of the store of which two versions stand, in order of path."""
        return tuple(each for each in self._unmerged() if not each.path.startswith("/"))

    def outside(self) -> bool:
        """Tell whether two versions stand of a file of the repository outside the store."""
        return any(each.path.startswith("/") for each in self._unmerged())

    def _unmerged(self) -> list[TwoVersions]:
        """Return what is unmerged; the path of a file outside the store begins with `/`."""
        found: dict[str, dict[int, Version]] = defaultdict(dict)
        for line in self.git.run("ls-files", "--unmerged", "--full-name", "-z", ":/").split(b"\0"):
            about, _, name = line.partition(b"\t")
            if len(about.split()) == 3:
                mode, content, stage = about.decode("ascii").split()
                path = name.decode("utf-8", "surrogateescape")
                inside = path.startswith(self.prefix)
                found[path.removeprefix(self.prefix) if inside else f"/{path}"][int(stage)] = Version(mode, content)
        return [
            TwoVersions(path, stages.get(_BASE), stages.get(_OURS), stages.get(_THEIRS))
            for path, stages in sorted(found.items())
        ]

    def staged(self) -> Mapping[str, Version]:
        """Return what the next save of git would hold of the whole repository, by path from its top."""
        found = {}
        for line in self.git.run("ls-files", "--stage", "--full-name", "-z", ":/").split(b"\0"):
            about, _, name = line.partition(b"\t")
            mode, content, stage = about.decode("ascii").split() if about else ("", "", "")
            if stage == "0":
                found[name.decode("utf-8", "surrogateescape")] = Version(mode, content)
        return found
