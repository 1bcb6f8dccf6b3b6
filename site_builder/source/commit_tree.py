"""A store as it stood at a commit."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from site_builder.source.git import Plumbing
from site_builder.source.tree import Entry, EntryKind

_PLAIN_FILES = (b"100644", b"100755", b"100664")
_LINK = b"120000"


class CommitTree:
    """The files below `store_prefix` (with `/` at the end, empty for the top) of a repository at `revision`.

    Raises a `SepError` where there is no such repository, version or folder in it. Bytes are those that were saved:
    git's settings for line ends do not touch them.
    """

    def __init__(self, repo_root: Path, store_prefix: str, revision: str) -> None:
        self._git = Plumbing(repo_root)
        self._prefix = store_prefix
        self._commit = self._git.commit(revision)

    @property
    def version(self) -> str:
        """Return the id of the commit."""
        return self._commit

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order of path; hidden files and folders are left out."""
        return tuple(entry for entry, _ in self._listed.values())

    def read(self, path: str) -> bytes:
        """Return the bytes of the file at `path`; raises `OSError` where it was no plain file at that commit."""
        entry, object_id = self._listed.get(path, (None, ""))
        if entry is None or entry.kind is not EntryKind.FILE:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self._git.blob(object_id)

    def ids(self) -> Mapping[str, str]:
        """Return the id of each plain file's content, by path: the same for the same bytes."""
        return {path: object_id for path, (entry, object_id) in self._listed.items() if entry.kind is EntryKind.FILE}

    @cached_property
    def _listed(self) -> dict[str, tuple[Entry, str]]:
        lines = self._git.tree(self._commit, self._prefix).split(b"\0")
        found = [_entry(line) for line in lines if line]
        shown = [each for each in found if not any(part.startswith(".") for part in each[0].path.split("/"))]
        return {each[0].path: each for each in sorted(shown, key=lambda each: each[0].path)}


def open_commit(store_folder: Path, revision: str) -> CommitTree:
    """Return the store in `store_folder` as it stood at `revision` of the repository that holds it."""
    return CommitTree(store_folder, Plumbing(store_folder).prefix(), revision)


def _entry(line: bytes) -> tuple[Entry, str]:
    about, _, name = line.partition(b"\t")
    mode, _, object_id, size = about.split()
    try:
        path = name.decode("utf-8")
    except UnicodeDecodeError:
        return Entry(name.decode("utf-8", "replace"), EntryKind.SPECIAL, 0), ""
    if mode in _PLAIN_FILES:
        # git says BAD where the content is missing: the file is listed, and reading it fails
        return Entry(path, EntryKind.FILE, int(size) if size.isdigit() else 0), object_id.decode("ascii")
    return Entry(path, EntryKind.LINK if mode == _LINK else EntryKind.SPECIAL, 0), ""
