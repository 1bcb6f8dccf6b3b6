"""Holding on to the output folder: somebody may move it away, or put a link in its place, while pages are made."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.errors import Refused
from site_builder.publish import swap

_CAN_HOLD = hasattr(os, "O_DIRECTORY") and os.stat in os.supports_dir_fd and shutil.rmtree.avoids_symlink_attacks


@dataclass(frozen=True, slots=True)
class Anchor:
    """The folder that stood at `place` when it was taken hold of; `handle` is open on it where the system can."""

    place: Path
    handle: int | None
    _was: tuple[int, int]

    def check(self) -> None:
        """Raise `Refused` where `place` is another folder by now, so that nothing is written or deleted there."""
        try:
            same = not self.place.is_symlink() and _identity(self.place) == self._was
        except OSError:
            same = False
        if not same:
            raise Refused(
                f"`{self.place}` was moved or replaced while the pages were made, so nothing was published",
                "see what stands there now, then start again",
            )

    def remove(self, name: str) -> None:
        """Delete the folder `name` in it and all in that, following no link, wherever the folder stands by now."""
        if self.handle is None:
            swap.remove(self.place / name)
            return
        try:
            about = os.stat(name, dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return
        if stat.S_ISDIR(about.st_mode):
            shutil.rmtree(name, dir_fd=self.handle)
        else:
            os.unlink(name, dir_fd=self.handle)


@contextmanager
def anchored(place: Path) -> Iterator[Anchor]:
    """Hold on to the folder at `place` for the length of a `with`."""
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) if _CAN_HOLD else None
    try:
        yield Anchor(place, handle, _identity(place if handle is None else handle))
    finally:
        if handle is not None:
            os.close(handle)


def _identity(folder: Path | int) -> tuple[int, int]:
    about = os.stat(folder)  # noqa: PTH116 - also of an open folder
    return about.st_dev, about.st_ino
