"""One builder at a time in one output folder."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.base.errors import SepError

LOCK = ".sep-lock"
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_FAR = 1 << 30  # Windows keeps others from reading locked bytes, so a byte that never is written is locked


class Busy(SepError):
    """Another builder is at work in the same folder."""


@contextmanager
def locked(folder: Path, now: dt.datetime) -> Iterator[None]:
    """Hold the lock of `folder` for the length of a `with`; raises `Busy`, saying since when it is held.

    The system lets go of it when a builder dies. The file stays: removing it could part two builders who wait for it.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if not _take(handle):
            since = os.read(handle, 100).decode("utf-8", "replace").strip()
            raise Busy(
                f"somebody is building into `{folder}`" + (f", busy since {since}" if since else ""),
                "wait until it has ended, then start again",
            )
        os.ftruncate(handle, 0)
        os.write(handle, f"{now:%Y-%m-%d %H:%M:%S}\n".encode())
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as fault:
            if fault.errno in _TAKEN:
                return False
            raise
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            if fault.errno in _TAKEN:
                return False
            raise
        return True
