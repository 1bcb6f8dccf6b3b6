"""Why a disk did not do what was asked of it, in words for people."""

from __future__ import annotations

import errno

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


def reason(fault: OSError) -> str:
    """Return why the disk refused, such as `the disk is full`; what has no words here is told as the system does."""
    known = _WORDS.get(fault.errno) if fault.errno is not None else None
    return known or (fault.strerror or "the disk gave no reason").lower()


def unreadable(what: str, fault: OSError, way_out: str) -> SepError:
    """Return why a file that was named cannot be read: the computer's fault, or that of the name that was given."""
    kind = MissingTool if fault.errno in OF_THE_COMPUTER else WrongUse
    return kind(f"{what} cannot be read: {reason(fault)}", way_out)
