"""The folder in which a generation is made ready before anybody sees it."""

from __future__ import annotations

import ctypes
import filecmp
import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from site_builder.base.artifact import Artifact, Streamed
from site_builder.publish.paths import BadPath, checked, folded, is_plain


@dataclass(slots=True)
class Staging:
    """A generation in the making at `folder`, beside the published one at `live`; folders are 0700, files 0600."""

    folder: Path
    live: Path
    written: int = 0
    unchanged: int = 0
    _taken: set[str] = field(default_factory=set)

    def write(self, artifact: Artifact | Streamed) -> None:
        """Write one file; one that was published with the same bytes keeps its date. Raises `BadPath`."""
        path = checked(artifact.path)
        if folded(path) in self._taken:
            raise BadPath(f"two files at one place: {path!r}")
        self._taken.add(folded(path))
        target = self._make_room(path)
        with _private(target) as stream:
            if isinstance(artifact, Artifact):
                stream.write(artifact.content)
            else:
                artifact.write(stream)
        self.written += 1
        before = self.live / path
        if _same_bytes(before, artifact.content if isinstance(artifact, Artifact) else target):
            stamp = before.stat().st_mtime_ns
            os.utime(target, ns=(stamp, stamp))
            self.unchanged += 1

    def note(self, name: str, content: bytes) -> None:
        """Write a file of our own that is no page; its name hides."""
        _write_private(self.folder / name, content)

    def carry_over(self, path: str) -> None:
        """Copy the published file or folder at `path`, as it stands; what was written anew is left alone."""
        source = self.live / checked(path)
        if any(each.is_symlink() for each in (source, *source.parents) if each.is_relative_to(self.live)):
            return
        if source.is_dir():
            for each in sorted(source.iterdir()):
                if is_plain(each.name):  # we write no other names; what somebody else put here does not stay
                    self.carry_over(f"{path}/{each.name}")
        elif source.is_file() and folded(path) not in self._taken:
            self._taken.add(folded(path))
            target = self._make_room(path)
            _write_private(target, source.read_bytes())
            stamp = source.stat().st_mtime_ns
            os.utime(target, ns=(stamp, stamp))

    def _make_room(self, path: str) -> Path:
        folder = self.folder
        for part in path.split("/")[:-1]:
            folder = folder / part
            folder.mkdir(mode=0o700, exist_ok=True)
        return self.folder / path


def settle(folder: Path) -> None:
    """See to it that all in `folder` has reached the disk, so that a power cut loses nothing."""
    if _sync_disk_of(folder):
        return
    for here, _, files in os.walk(folder):
        for name in files:
            _sync(Path(here, name))
        _sync(Path(here))


def _private(path: Path) -> BinaryIO:
    """Open a new file that nobody else may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb")


def _write_private(path: Path, content: bytes) -> None:
    with _private(path) as stream:
        stream.write(content)


def _same_bytes(path: Path, other: bytes | Path) -> bool:
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode):
            return False
        if isinstance(other, Path):
            return filecmp.cmp(path, other, shallow=False)
        return about.st_size == len(other) and path.read_bytes() == other
    except OSError:
        return False


def _sync_disk_of(folder: Path) -> bool:
    # One call for the whole disk takes a fraction of the time that thousands of single ones take.
    if sys.platform != "linux":
        return False
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        return bool(syncfs(handle) == 0)
    finally:
        os.close(handle)


def _sync(path: Path) -> None:
    if path.is_dir() and sys.platform == "win32":
        return  # Windows has no handle on a folder that could be synced
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
