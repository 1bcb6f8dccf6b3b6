"""What a store looks like from outside: the files in it, wherever they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class EntryKind(StrEnum):
    """What stands at a path; only plain files are ever read."""

    FILE = "file"
    LINK = "symbolic link"
    HARD_LINK = "hard link"
    SPECIAL = "special file"


@dataclass(frozen=True, slots=True)
class Entry:
    """One path of a store, relative to it with `/`; `size` in bytes."""

    path: str
    kind: EntryKind
    size: int


class SourceTree(Protocol):
    """A store's files: in the working tree, or as they stood at a commit."""

    @property
    def version(self) -> str:
        """Return the commit id, or an empty text for the working tree."""
        ...

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry below the store in order of path; hidden files and folders (`.git`) are left out."""
        ...

    def read(self, path: str) -> bytes:
        """Return the bytes of the file at `path`; raises `OSError` where it cannot be read."""
        ...
