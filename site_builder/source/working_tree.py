"""A store in the working tree: the files as they stand on this computer now."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from site_builder.base.errors import WrongUse
from site_builder.source.layout import locate
from site_builder.source.tree import Entry, EntryKind
from site_builder.source.yaml_reader import LARGEST

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_STEP_BY_STEP = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
_MOUNT_POINT = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


class WorkingTree:
    """The files below the folder `root`; links are named and never followed, hidden files and folders left out."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def version(self) -> str:
        """Return an empty text: these files are not those of a commit."""
        return ""

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order of path; raises `WrongUse` where there is no such folder.

        A folder that may not be opened, and a name that is not UTF-8, is an entry of kind `SPECIAL`.
        """
        if not self._root.is_dir():
            raise WrongUse(f"there is no folder {self._root}", "Name the folder that holds `school.yaml` with -C")
        return tuple(sorted(_below(os.fspath(self._root), ""), key=lambda entry: entry.path))

    def read(self, path: str) -> bytes:
        """Return the bytes of the file at `path`; raises `OSError` where it is no plain file below the root.

        Of a record, no more is read than shows that it is too large.
        """
        return self._read(path, LARGEST + 1 if locate(path) else -1)

    def whole(self, path: str) -> bytes:
        """Return all bytes of the file at `path`, however many they are; raises `OSError` likewise."""
        return self._read(path, -1)

    def _read(self, path: str, most: int) -> bytes:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or "\\" in path or "\0" in path or {"..", "."} & set(path.split("/")):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
        with os.fdopen(_opened(self._root, parts), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "not a plain file", path)
            return file.read(most)


def _opened(root: Path, parts: tuple[str, ...]) -> int:
    """Open a file folder by folder, so that a folder which became a link meanwhile leads nowhere."""
    if not _STEP_BY_STEP:
        return os.open(root.joinpath(*parts), _FLAGS)
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FLAGS | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], _FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def _below(folder: str, prefix: str) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as found:
            listed = list(found)
    except OSError:
        yield Entry(prefix.rstrip("/"), EntryKind.SPECIAL, 0)
        return
    for each in listed:
        if each.name.startswith("."):
            continue
        path = prefix + each.name
        if not _is_unicode(each.name):
            yield Entry(prefix + os.fsencode(each.name).decode("utf-8", "replace"), EntryKind.SPECIAL, 0)
            continue
        try:
            about = each.stat(follow_symlinks=False)
        except FileNotFoundError:  # it went away between listing and looking
            continue
        except OSError:
            yield Entry(path, EntryKind.SPECIAL, 0)
            continue
        if _is_link(about):
            yield Entry(path, EntryKind.LINK, 0)
        elif stat.S_ISDIR(about.st_mode):
            yield from _below(each.path, path + "/")
        elif stat.S_ISREG(about.st_mode):
            yield Entry(path, EntryKind.HARD_LINK if about.st_nlink > 1 else EntryKind.FILE, about.st_size)
        else:
            yield Entry(path, EntryKind.SPECIAL, 0)


def _is_link(about: os.stat_result) -> bool:
    junction = _MOUNT_POINT is not None and getattr(about, "st_reparse_tag", 0) == _MOUNT_POINT
    return junction or stat.S_ISLNK(about.st_mode)


def _is_unicode(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
