"""The log of disclosures: what was made available to whom, when, and from which version (34 CFR 99.32; policy: P35).

One line of JSON an entry, with ids alone. Each line holds the hash of the line before it, and a small file beside the
log says how many lines there are and which is the last: a line that was changed, taken out, moved or cut off shows.
Whoever can write both files can also write a new history: the log guards against accident and against a careless hand.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.disk import reason, write_whole
from site_builder.base.errors import MissingTool

START = "0" * 64
"""Stands in the first line for the hash of the line before it."""

_HEAD_SUFFIX = ".head"
GIVEN = ("site", "sealed", "binder", "release", "transfer")
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Something of one student that was made available (or `withdrawn`) to one viewer.

    `part` is `site`, `sealed`, `binder`, `release`, `transfer` or `withdrawn`. `version` is the commit, or `files:` and
    a hash where the files were not saved as they are; `content` is the hash of those files. `papers` are the
    confidential documents in it.
    """

    part: str
    viewer: str
    student: str
    content: str = ""
    version: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the log: what was given, when (`at`), and as of which day (`on`)."""

    at: str
    on: str
    given: Given


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: the number of the line, and what is wrong with it."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Read:
    """The log as it stands: the entries that can be read, and where the chain is broken."""

    entries: tuple[Entry, ...]
    breaks: tuple[Break, ...]


def read_log(path: Path) -> Read:
    """Return what stands in the log at `path`; a missing one is empty. Raises `MissingTool` where it cannot be read."""
    content = _content(path)
    entries: list[Entry] = []
    breaks: list[Break] = []
    before = START
    # What follows the last line break is half a line of a run that was broken off: nothing was made available by it.
    lines = content.split(b"\n")[:-1]
    for number, line in enumerate(lines, start=1):
        parsed = _parsed(line)
        if parsed is None:
            breaks.append(Break(number, "this line is not as `sep` wrote it"))
        else:
            entry, said = parsed
            if said != before:
                breaks.append(Break(number, "this line does not follow the one before it"))
            entries.append(entry)
        before = _hash(line)
    breaks.extend(_end(path, lines))
    return Read(tuple(entries), tuple(breaks))


def _end(path: Path, lines: list[bytes]) -> Iterator[Break]:
    """Hold the end of the log against the file beside it, which is written after it: it may be behind, never ahead."""
    count, last = _head(path)
    if count > len(lines):
        missing = count - len(lines)
        yield Break(len(lines) + 1, "the last line is missing" if missing == 1 else f"the last {missing} are missing")
    elif count and _hash(lines[count - 1]) != last:
        yield Break(count, "this line has been changed since it was written")
    elif not count and len(lines) > 1:
        yield Break(
            len(lines), f"`{path.name}{_HEAD_SUFFIX}` is missing or unreadable: whether this is the end is unsure"
        )


def append(path: Path, given: Iterable[Given], on: dt.date, now: dt.datetime) -> int:
    """Add to the log what is new in `given`, seen onto the disk, and return how many lines were added.

    What was given to the same viewer before, in the same content and with the same papers, is not added again. Raises
    `MissingTool` where the log cannot be written.
    """
    latest = latest_given(read_log(path).entries)
    new = [each for each in given if _is_new(each, latest)]
    if not new:
        return 0
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b") as stream:
            lines = stream.read().split(b"\n")
            # A run that was broken off while it wrote left half a line; what it was about was never made available.
            stream.seek(sum(len(each) + 1 for each in lines[:-1]))
            stream.truncate()
            before = _hash(lines[-2]) if len(lines) > 1 else START
            for each in new:
                line = _line(each, on, now, before)
                stream.write(line + b"\n")
                before = _hash(line)
            stream.flush()
            os.fsync(stream.fileno())
        _write_head(path, len(lines) - 1 + len(new), before)
    except OSError as fault:
        raise _unusable(path, fault) from fault
    return len(new)


def latest_given(entries: Iterable[Entry]) -> dict[tuple[str, str, str], Given]:
    """Return the newest entry by part, viewer and student; what was withdrawn since is not among them."""
    found: dict[tuple[str, str, str], Given] = {}
    for each in entries:
        given = each.given
        if given.part == WITHDRAWN:
            for part in GIVEN:
                found.pop((part, given.viewer, given.student), None)
        else:
            found[given.part, given.viewer, given.student] = given
    return found


def _is_new(given: Given, latest: dict[tuple[str, str, str], Given]) -> bool:
    if given.part in (WITHDRAWN, "release", "transfer"):
        return True
    last = latest.get((given.part, given.viewer, given.student))
    return last is None or (last.content, last.papers) != (given.content, given.papers)


def _line(given: Given, on: dt.date, now: dt.datetime, before: str) -> bytes:
    entry = {
        "before": before,
        "at": now.isoformat(timespec="seconds"),
        "on": on.isoformat(),
        "part": given.part,
        "viewer": given.viewer,
        "student": given.student,
        "content": given.content,
        "version": given.version,
        "papers": list(given.papers),
    }
    return json.dumps(entry, separators=(",", ":")).encode("ascii")


def _parsed(line: bytes) -> tuple[Entry, str] | None:
    """Return a line's entry and the hash in it, or nothing where it is no line of ours, byte for byte."""
    try:
        data = json.loads(line)
        at, on = dt.datetime.fromisoformat(data["at"]), dt.date.fromisoformat(data["on"])
        given = Given(
            part=data["part"],
            viewer=data["viewer"],
            student=data["student"],
            content=data["content"],
            version=data["version"],
            papers=tuple(data["papers"]),
        )
        before = str(data["before"])
        if _line(given, on, at, before) != line:
            return None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return Entry(at=data["at"], on=data["on"], given=given), before


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise MissingTool(f"`{path}` is no plain file", "move it away: the log of disclosures stands there")
            if os.name != "nt" and about.st_mode & 0o077 and about.st_uid == os.getuid():
                path.chmod(0o600)
            return stream.read()
    except FileNotFoundError:
        return b""
    except OSError as fault:
        raise _unusable(path, fault) from fault


def _head(path: Path) -> tuple[int, str]:
    """Return how many lines were written, and the hash of the last of them."""
    try:
        count, _, last = path.with_name(path.name + _HEAD_SUFFIX).read_text(encoding="ascii").partition(" ")
        return max(int(count), 0), last.strip()
    except (OSError, ValueError):
        return 0, START


def _write_head(path: Path, count: int, last: str) -> None:
    head = path.with_name(path.name + _HEAD_SUFFIX)
    write_whole(head, f"{count} {last}\n".encode("ascii"))


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _unusable(path: Path, fault: OSError) -> MissingTool:
    return MissingTool(
        f"the log of disclosures, `{path}`, cannot be used: {reason(fault)}",
        "make its folder one that you may write to: what is made available has to be written down",
    )


def of_student(entries: Iterable[Entry], student: str) -> Iterator[Entry]:
    """Give the entries about one student, the oldest first."""
    return (each for each in entries if each.given.student == student)
