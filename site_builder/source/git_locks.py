"""Locks of git that a save has left which was killed with git itself, as when a computer loses its power.

Git's locks are files, and do not say who holds them. So a save puts a note beside them while it is at work. Where a
note stands that nobody took away, the locks that were made just after it are let go of, once they have stood still and
the computer says that no git is at work in this repository: one that waits for an editor or a hook holds its lock for
minutes. Where the computer does not say, the locks stay, and git's own refusal tells which file to delete.
"""

from __future__ import annotations

import os
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


def locks(git: Plumbing) -> tuple[Path, ...]:
    """Return the locks that stand in the repository now, whoever holds them."""
    return _standing(git_folder(git))


def _standing(folder: Path) -> tuple[Path, ...]:
    return tuple(each for pattern in _LOCKS for each in sorted(folder.glob(pattern)))


def _let_go(folder: Path, noted_at: float, wait: Callable[[float], object]) -> None:
    """Delete the locks that were made around the time `noted_at`, each only where the same one stays."""
    for lock in _standing(folder):
        held = _held(lock)
        for _ in range(_TURNS):
            if held is None or not noted_at - _BEFORE <= held[1] <= noted_at + _AFTER or _held(lock) != held:
                break
            wait(_SECONDS)
        else:
            if _held(lock) == held and not at_work(folder):
                with suppress(OSError):
                    lock.unlink()


def at_work(folder: Path, processes: Path = Path("/proc")) -> bool:
    """Tell whether a git that is none of ours is, or may be, at work in the repository that keeps its own in `folder`.

    Git goes to the top of the files it works on, or is told the repository by its environment or arguments. Without
    `processes`, where Linux lists what runs, nobody can tell.
    """
    try:
        running = [each for each in processes.iterdir() if each.name.isdecimal()]
    except OSError:
        return True
    return not running or any(_may_be_here(each, folder.resolve()) for each in running)


def _may_be_here(process: Path, folder: Path) -> bool:
    try:
        if not (process / "comm").read_text("utf-8", "replace").startswith("git"):
            return False
        words = (process / "cmdline").read_bytes()
        parent = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        if not words or parent == str(os.getpid()) or b"fsmonitor--daemon" in words:  # ended, ours, or only watching
            return False
        top, cwd = folder.parent, (process / "cwd").readlink()
        told = words + (process / "environ").read_bytes()
    except FileNotFoundError:  # it has ended
        return False
    except OSError:  # another account's
        return True
    return cwd.is_relative_to(top) or os.fsencode(folder) in told or folder.name != ".git"


def _held(lock: Path) -> tuple[int, float] | None:
    """Return what tells this lock from another one of its name: the file's number, and when it was made."""
    try:
        about = lock.stat(follow_symlinks=False)
    except OSError:
        return None
    return about.st_ino, about.st_mtime
