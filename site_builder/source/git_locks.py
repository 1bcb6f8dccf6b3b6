"""Locks of git that a save has left which was killed with git itself, as when a computer loses its power.

Git's locks are files, and do not say who holds them. So a save puts a note beside them while it is at work. Where a
note stands that nobody took away, the locks that were made just after it are let go of, once they have stood still.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from site_builder.source.git import Plumbing
from site_builder.source.git_apart import git_folder

_NOTE = "sep-saving"
_LOCKS = ("index.lock", "HEAD.lock", "refs/heads/**/*.lock")
_BEFORE, _AFTER = 2.0, 60.0
"""A lock is the killed save's where it was made so many seconds before or after its note: disks count roughly."""
_TURNS, _SECONDS = 20, 0.1
"""How often, and how long, a lock is waited for: git at work holds one for some thousandths of a second."""


@contextmanager
def noted(git: Plumbing, wait: Callable[[float], object] = time.sleep) -> Iterator[None]:
    """Keep a note for the length of a `with` that a save is at work; let go first of what a killed one holds."""
    folder = git_folder(git)
    note = folder / _NOTE
    with suppress(FileNotFoundError):
        _let_go(folder, note.stat().st_mtime, wait)
    with suppress(OSError):  # where nothing can be written, git says so itself
        note.touch(mode=0o600)
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def _let_go(folder: Path, noted_at: float, wait: Callable[[float], object]) -> None:
    """Delete the locks that were made around the time `noted_at`, each only where the same one stays."""
    for lock in [each for pattern in _LOCKS for each in folder.glob(pattern)]:
        held = _held(lock)
        for _ in range(_TURNS):
            if held is None or not noted_at - _BEFORE <= held[1] <= noted_at + _AFTER or _held(lock) != held:
                break
            wait(_SECONDS)
        else:
            with suppress(OSError):
                lock.unlink()


def _held(lock: Path) -> tuple[int, float] | None:
    """Return what tells this lock from another one of its name: the file's number, and when it was made."""
    try:
        about = lock.stat(follow_symlinks=False)
    except OSError:
        return None
    return about.st_ino, about.st_mtime
