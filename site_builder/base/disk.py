"""Files written whole or not at all, and why a disk did not do what was asked of it, in words for people."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from site_builder.base.errors import MissingTool, SepError, WrongUse

_NOT_ALLOWED = "this account may not do that there, or another program has it open"
_WORDS = {
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "there is no room left for this account",
    errno.EROFS: "the disk can only be read",
    errno.ENOENT: "there is nothing of that name",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the way there is no folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "a file would be larger than it may be there",
    errno.EIO: "the disk does not answer as it should",
    errno.ELOOP: "it is a link that leads to itself",
}
OF_THE_COMPUTER = frozenset(
    [errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE]
)
"""Faults that come from the computer and its disks, whatever the program does."""


def write_whole(path: Path, content: bytes) -> None:
    """Let `content` stand at `path`, for this account alone to read. Raises `OSError`; what was there then stays."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def reason(fault: OSError) -> str:
    """Return why the disk refused, such as `the disk is full`; what has no words here is told as the system does."""
    known = _WORDS.get(fault.errno) if fault.errno is not None else None
    return known or (fault.strerror or "the disk gave no reason").lower()


def unreadable(what: str, fault: OSError, way_out: str) -> SepError:
    """Return why a file that was named cannot be read: the computer's fault, or that of the name that was given."""
    kind = MissingTool if fault.errno in OF_THE_COMPUTER else WrongUse
    return kind(f"{what} cannot be read: {reason(fault)}", way_out)
