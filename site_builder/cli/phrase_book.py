"""The phrases that open the sealed files: on this person's computer, never in the store nor beside the files."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.disk import reason
from site_builder.base.errors import MissingTool, Refused, WrongUse
from site_builder.base.plain import plain
from site_builder.cli.console import ascii_text
from site_builder.publish.passphrase import is_phrase

_HEAD = (
    "# The words that open the sealed files which `sep deliver` makes: one person a line, the last line of a person\n"
    "# counts. Whoever has this file and a sealed file can read it. Keep it to yourself; keep a copy in a safe place.\n"
)
_LINE = re.compile(r"(?P<person>[a-z0-9][a-z0-9-]{1,62}) = (?P<phrase>[a-z ]+)", re.ASCII)
_NOTE = re.compile(r"(?P<person>[a-z0-9][a-z0-9-]{1,62}) printed", re.ASCII)
_MOST = 8_000_000


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The file at `path`, and what it says: the phrase of each person, and whose was made ready to print."""

    path: Path
    phrases: Mapping[str, str]
    printed: frozenset[str] = frozenset()


def usual_path(settings: Path, school: str, district: str) -> Path:
    """Return where the phrases of a school stand: by its name, so that a store that was moved still finds them."""
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text(plain(school)))[:40].strip("-")
    mark = hashlib.sha256(f"{school}\n{district}".encode()).hexdigest()[:8]
    return settings / "phrases" / f"{words}-{mark}.txt"


def check_place(path: Path, store: Path, place: Path) -> None:
    """Raise `Refused` where a file of phrases would lie in the records, in the output or in a git folder."""
    real = path.resolve()
    way_out = "keep it in a folder of yours that nobody else opens, or leave out `--phrases`"
    if real.is_relative_to(store.resolve()):
        raise Refused("the phrases are not kept in the records: who can read those could open every file", way_out)
    if real.is_relative_to(place.resolve()):
        raise Refused("the phrases are not kept beside the files that they open", way_out)
    if ".git" in real.parts or any((each / ".git").exists() for each in real.parents):
        raise Refused("the phrases are not kept in a folder with a history, which goes where the folder goes", way_out)


def read_book(path: Path, *, given: bool) -> PhraseBook:
    """Return what stands in the file at `path`; one that was `given` by name must be there.

    Raises `WrongUse` where it is missing or holds something else, `MissingTool` where it cannot be read. No message
    repeats what stands in it.
    """
    try:
        with path.open("rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise WrongUse(f"`{path}` is no plain file", "name the file with the phrases")
            if os.name != "nt" and about.st_mode & 0o077 and about.st_uid == os.getuid():
                path.chmod(0o600)
            text = stream.read(_MOST).decode("ascii", "replace")
    except FileNotFoundError:
        if given:
            raise WrongUse(
                f"there is no file `{path}`",
                "name the file with the phrases, or leave out `--phrases`; for a new one, make an empty file there",
            ) from None
        return PhraseBook(path, {})
    except OSError as fault:
        raise _unusable(path, fault) from fault
    return _parsed(text, path)


def add_phrases(book: PhraseBook, phrases: Mapping[str, str]) -> None:
    """Add `phrases` to the book's file, seen onto the disk; raises `MissingTool` where that cannot be done.

    Lines are only added: a run that is broken off loses no phrase that opens a file somebody has.
    """
    _append(book.path, (f"{person} = {phrase}\n" for person, phrase in sorted(phrases.items())))


def note_printed(book: PhraseBook, people: Iterable[str]) -> None:
    """Write down whose words were made ready to print, so that a run that was broken off makes the rest."""
    _append(book.path, (f"{person} printed\n" for person in people if person not in book.printed))


def _append(path: Path, lines: Iterable[str]) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="ascii", newline="\n") as stream:
            stream.write(("" if os.fstat(handle).st_size else _HEAD) + "".join(lines))
            stream.flush()
            os.fsync(handle)
    except OSError as fault:
        raise _unusable(path, fault) from fault


def _parsed(text: str, path: Path) -> PhraseBook:
    phrases: dict[str, str] = {}
    printed: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match, note = _LINE.fullmatch(line.rstrip()), _NOTE.fullmatch(line.rstrip())
        if note is not None:
            printed.add(note["person"])
        elif match is not None and is_phrase(match["phrase"]):
            phrases[match["person"]] = match["phrase"]
            printed.discard(match["person"])
        else:
            raise WrongUse(
                f"line {number} of `{path}` is not as `sep` writes it: an id, an equals sign, six words of the list",
                "bring back a copy of the file; phrases are drawn by `sep`, never chosen",
            )
    return PhraseBook(path, phrases, frozenset(printed))


def _unusable(path: Path, fault: OSError) -> MissingTool:
    return MissingTool(
        f"the file with the phrases, `{path}`, cannot be used: {reason(fault)}",
        "make its folder one that you may write to, or name another file with `--phrases`",
    )
