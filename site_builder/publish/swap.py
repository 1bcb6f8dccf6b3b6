"""Putting a finished folder in the place of the published one."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

Exchange = Callable[[Path, Path], bool]
Pause = Callable[[str], None]


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; returns False where this system or this disk cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(other))


def put_in_place(new: Path, live: Path, exchange: Exchange, pause: Pause) -> None:
    """Make `live` what `new` is; afterwards `new` holds the old generation, or nothing of worth.

    In one step where the system can. Elsewhere file by file, deletions first: what somebody may no longer see goes
    before anything new comes, and each file is the old one or the new one, whole. Raises `OSError` where `live` became
    a link or `new` went away meanwhile: nothing is deleted then.
    """
    if live.is_symlink() or not new.is_dir():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(live))
    if not live.exists():
        new.rename(live)
    elif not exchange(new, live):
        _delete_what_is_gone(new, live, pause)
        _move_what_is_new(new, live, pause)


def remove(folder: Path) -> None:
    """Delete `folder` and all in it, following no link; a missing one is fine."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _delete_what_is_gone(new: Path, live: Path, pause: Pause) -> None:
    for here in sorted(live.iterdir()):
        there = new / here.name
        if _is_folder(here) and _is_folder(there):
            _delete_what_is_gone(there, here, pause)
        elif _is_folder(here):
            pause("deleting")
            remove(here)
        elif here.is_symlink() or not there.is_file():
            pause("deleting")
            here.unlink()


def _move_what_is_new(new: Path, live: Path, pause: Pause) -> None:
    for here in sorted(new.iterdir()):
        there = live / here.name
        if here.is_dir():
            there.mkdir(mode=0o700, exist_ok=True)
            _move_what_is_new(here, there, pause)
        else:
            pause("replacing")
            here.replace(there)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
