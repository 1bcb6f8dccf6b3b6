"""What git tells of all saves at once, and of many files at once: two answers in place of thousands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from site_builder.source.git import Plumbing

_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHOWN = ("--raw", "-z", "--no-renames", "--no-abbrev", "-c", "--root", "--full-history", "--topo-order", "--reverse")
_NOTHING_ELSE = ("--no-show-signature", "--no-notes", "--no-decorate", "--no-relative", "--no-follow", "--no-ext-diff")
_FORM = ("--no-textconv", "--encoding=UTF-8", "--format=tformat:%H%x09%P%x09%at%x09%aI%x09%aE%x09%aN")


def log(git: Plumbing, tip: str, without: str | None, prefix: str) -> bytes:
    """Return the saves up to `tip`, each after those it rests on, with what each did below `prefix`.

    `without` leaves out the saves up to another one. A save is a line of tabbed fields: id, parents, seconds, date,
    e-mail and name of the author (by `.mailmap`); then come its files in git's raw form, each ended by a null. A save
    that joins two lines has those files alone that are as in none of them.
    """
    _check((tip, *([without] if without else ())))
    leaving_out = (f"^{without}",) if without else ()
    below = (f":(top,literal){prefix}",) if prefix else ()
    return git.run("log", *_SHOWN, *_NOTHING_ELSE, *_FORM, tip, *leaving_out, "--", *below)


def ancestors(git: Plumbing, tip: str) -> frozenset[str]:
    """Return the ids of the save `tip` and of all before it."""
    _check((tip,))
    return frozenset(git.run("rev-list", tip).decode("ascii").split())


def blobs(git: Plumbing, object_ids: Sequence[str], largest: int) -> dict[str, bytes]:
    """Return the content of many files by its id; what is missing or has more than `largest` bytes is left out."""
    _check(object_ids)
    form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
    wanted = []
    for line in _asked(git, form, object_ids).split(b"\n"):
        fields = line.split()
        if len(fields) == 3 and fields[1] == b"blob" and int(fields[2]) <= largest:
            wanted.append(fields[0].decode("ascii"))
    answer = _asked(git, "--batch", wanted)
    found, at = {}, 0
    for each in wanted:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[2])
        found[each] = answer[end + 1 : end + 1 + size]
        at = end + size + 2
    return found


def cut(git: Plumbing, folder: Path) -> frozenset[str]:
    """Return the saves before which there are more that this copy has not (a shallow clone)."""
    try:
        content = place(git, folder, "shallow").read_text("ascii")
    except (OSError, ValueError):
        return frozenset()
    return frozenset(each for each in content.split() if _OBJECT.fullmatch(each))


def place(git: Plumbing, folder: Path, name: str) -> Path:
    """Return where the repository of `folder` keeps what is called `name` among its own files."""
    return folder / _line(git.run("rev-parse", "--git-path", name))


def top(git: Plumbing) -> Path:
    """Return the folder in which the files of the repository stand."""
    return Path(_line(git.run("rev-parse", "--show-toplevel")))


def _line(answer: bytes) -> str:
    return answer.decode("utf-8", "surrogateescape").removesuffix("\n")


def _asked(git: Plumbing, how: str, object_ids: Sequence[str]) -> bytes:
    if not object_ids:
        return b""
    return git.feed("".join(f"{each}\n" for each in object_ids).encode("ascii"), "cat-file", how, "--buffer")


def _check(object_ids: Sequence[str]) -> None:
    if not all(_OBJECT.fullmatch(each) for each in object_ids):
        raise ValueError("not the id of an object")
