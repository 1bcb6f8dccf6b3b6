"""A repository apart: in the git folder of the store's own, holding what is on its way alone, and gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.base.errors import WrongUse
from site_builder.source.git import Plumbing

BRANCH = "refs/heads/file"
"""The one name in a bundle: the last version of the student's file."""

BEGINNING = "sep-moving-"
"""So begin the names of folders for what is on its way."""
_HEADER = b"# v2 git bundle\n"
_LARGEST_HEADER = 1024


def git_folder(git: Plumbing) -> Path:
    """Return the folder in which the repository keeps what it knows."""
    return Path(git.run("rev-parse", "--absolute-git-dir").decode("utf-8", "surrogateescape").removesuffix("\n"))


@contextmanager
def apart(git: Plumbing) -> Iterator[Plumbing]:
    """Give an empty repository for the length of a `with`; what a run that was killed has left goes first.

    The caller sees to it that no two runs of one repository are at it.
    """
    place = git_folder(git)
    for left in place.glob(f"{BEGINNING}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=BEGINNING, dir=place) as folder:  # nobody else can open it
        made = Plumbing(Path(folder))
        made.run("init", "--quiet", "--template=", "--object-format=sha1", ".")
        made.run("config", "pack.threads", "1")  # the same versions give the same bytes
        made.run("symbolic-ref", "HEAD", BRANCH)
        yield made


def bundled(git: Plumbing) -> bytes:
    """Return the versions that `BRANCH` names, with all that they hold and nothing else, as a bundle."""
    return git.run("bundle", "create", "--quiet", "-", BRANCH)


def unbundled(git: Plumbing, bundle: bytes, largest: int) -> str:
    """Take a bundle's versions into the repository apart and return the id of the last; each object is verified.

    Raises `WrongUse` where the bundle is damaged, names anything but the one branch, needs what it does not hold, or
    holds objects that are no part of it or come to more than `largest` bytes.
    """
    head, gap, pack = bundle.partition(b"\n\n")
    lines = head.split(b"\n")
    tip, _, name = lines[-1].decode("ascii", "replace").partition(" ")
    if not gap or len(head) > _LARGEST_HEADER or lines[0] + b"\n" != _HEADER or len(lines) != 2 or name != BRANCH:
        raise _damaged()
    try:
        git.feed(pack, "index-pack", "--stdin", "--strict", f"--max-input-size={largest}")
        if git.commit(tip) != tip:
            raise _damaged()
        git.run("update-ref", BRANCH, tip)
        there = [line.split() for line in _lines(git, "cat-file", "--batch-all-objects", "--batch-check")]
        used = {line.split()[0] for line in _lines(git, "rev-list", "--objects", BRANCH)}
    except WrongUse as fault:
        raise _damaged() from fault
    if {each[0] for each in there} != used or sum(int(each[2]) for each in there) > largest:
        raise _damaged()
    return tip


def _lines(git: Plumbing, command: str, *arguments: str) -> list[str]:
    return git.run(command, *arguments).decode("utf-8", "replace").splitlines()


def _damaged() -> WrongUse:
    return WrongUse("the history in the package is damaged, or is none", "ask the school that made it for a new one")
