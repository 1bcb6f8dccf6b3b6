"""Files of which two versions stand: what each holds, whose it is, and what comes of the choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.schemas import validate
from site_builder.cli.unfinished import lacking
from site_builder.history.conflict import Choice, Chooser, Conflict
from site_builder.history.merge import Merged, Unsure, merge, merge_lines
from site_builder.source.git_state import RepositoryState, TwoVersions, Underway, Version
from site_builder.source.layout import locate
from site_builder.source.reader import read_content

_MARK = re.compile(rb"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_PLAIN_FILES = frozenset({"100644", "100755"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class How(StrEnum):
    """How a file is joined: by its fields, by its lines, or as one thing of which one version stays."""

    FIELDS = "fields"
    LINES = "lines"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Author:
    """Who made the last save of a version, and on which day; both empty where nobody can tell."""

    name: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Joining:
    """A file of which two versions stand; `None` is a version in which it does not.

    `ours` is the version of whoever sits at this computer. `conflicts` are what has to be chosen.
    """

    path: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    our_author: Author
    their_author: Author
    how: How
    conflicts: tuple[Conflict, ...]

    def made(self, choose: Chooser | None = None) -> Merged:
        """Return what comes of the choices, for a file that both versions hold."""
        if self.ours is None or self.theirs is None:
            raise ValueError("there is nothing to join with")
        if self.how is How.FIELDS:
            return merge(self.path, self.base, self.ours, self.theirs, choose)
        return merge_lines(self.base, self.ours, self.theirs, choose)

    def content(self, choices: Mapping[Conflict, Choice]) -> bytes | None:
        """Return the file with every conflict decided, or `None` where it goes."""
        if self.how is How.WHOLE:
            return self.ours if choices[self.conflicts[0]] is Choice.MINE else self.theirs
        return self.made(choices.get).content

    def choices(self, conflict: Conflict) -> tuple[Choice, ...]:
        """Return what may be kept; both only where the record is as sound with both as with one."""
        if not conflict.can_keep_both or (self.how is How.FIELDS and not self._sound_with_both(conflict)):
            return (Choice.MINE, Choice.THEIRS)
        return tuple(Choice)

    def _sound_with_both(self, conflict: Conflict) -> bool:
        one, both = (
            self.made(lambda each, kept=kept: kept if each == conflict else Choice.MINE).content  # type: ignore[misc]
            for kept in (Choice.MINE, Choice.BOTH)
        )
        return _errors(self.path, both) <= _errors(self.path, one)

    def left_by_git(self) -> set[bytes | None]:
        """Return the contents that nobody has written by hand: git and the merge leave these."""
        marked = self.made().content if self.how is not How.WHOLE else None
        return {self.base, self.ours, self.theirs, marked}

    def edited(self, content: bytes | None) -> bool:
        """Tell whether somebody has settled the file in an editor: it is none of the versions, and has no marks."""
        return content is not None and content not in self.left_by_git() and not _MARK.search(content)

    def own_words(self, content: bytes | None) -> bool:
        """Tell whether lines stand in `content` that are in none of the versions."""
        if content is None or content in self.left_by_git():
            return False
        known = {line for each in (self.base, self.ours, self.theirs) if each for line in _lines(each)}
        return any(line not in known and not _MARK.match(line) for line in _lines(content))


def _lines(content: bytes) -> Iterable[bytes]:
    return (each.rstrip(b"\r") for each in content.split(b"\n"))


def _errors(path: str, content: bytes) -> int:
    return len(errors_in(path, content))


def errors_in(path: str, content: bytes) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the form of one record, by itself."""
    location = locate(path)
    if location is None:
        return ()
    document, findings = read_content(path, content)
    found = (*findings, *(validate(document, location.kind) if document is not None else ()))
    return tuple(each for each in found if each.severity is Severity.ERROR)


def joinings(state: RepositoryState) -> tuple[Joining, ...]:
    """Return the files of the store of which two versions stand, in order of path."""
    # While saves are laid on top of newer ones, git calls the newer ones "ours".
    turned = state.underway() is Underway.REBASE
    ends = [_tip(state, "HEAD"), next(iter(state.other_line()), "") or _tip(state, "REBASE_HEAD")]
    return tuple(_joining(state, each, ends, turned=turned) for each in state.two_versions())


def _tip(state: RepositoryState, name: str) -> str:
    try:
        return state.git.commit(state.place(name).read_text("ascii").strip() if name != "HEAD" else name)
    except (OSError, UnicodeDecodeError):
        return ""


def _joining(state: RepositoryState, two: TwoVersions, ends: Sequence[str], *, turned: bool) -> Joining:
    base, ours, theirs = (_content(state, each) for each in (two.base, two.ours, two.theirs))
    authors = [_author(state, ends[0], ends[1], two.path), _author(state, ends[1], ends[0], two.path)]
    if turned:
        ours, theirs = theirs, ours
        authors.reverse()
    plain = all(each is None or each.mode in _PLAIN_FILES for each in (two.base, two.ours, two.theirs))
    how, conflicts = _conflicts(two.path, base, ours, theirs, plain=plain)
    return Joining(two.path, base, ours, theirs, authors[0], authors[1], how, conflicts)


def _content(state: RepositoryState, version: Version | None) -> bytes | None:
    try:
        return state.git.blob(version.content) if version is not None else None
    except OSError as fault:
        raise lacking() from fault


def _conflicts(
    path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None, *, plain: bool
) -> tuple[How, tuple[Conflict, ...]]:
    if ours is not None and theirs is not None and plain and path.endswith((".yaml", ".md")):
        try:
            return How.FIELDS, merge(path, base, ours, theirs).conflicts
        except Unsure:
            pass
        try:
            return How.LINES, merge_lines(base, ours, theirs).conflicts
        except Unsure:
            pass
    return How.WHOLE, (Conflict((), _shown(base), _shown(ours), _shown(theirs)),)


def _shown(content: bytes | None) -> str | None:
    if content is None:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return f"({len(content)} bytes)"


def _author(state: RepositoryState, line: str, other: str, path: str) -> Author:
    """Return who saved this file last on one line of saves and not on the other."""
    if not line or not other:
        return Author()
    words = state.git.run(
        *("rev-list", "--max-count=1", "--date=short", "--format=%an%x00%ad", line, f"^{other}", "--"),
        f":(top,literal){state.prefix}{path}",
    )
    name, _, day = words.decode("utf-8", "replace").rstrip("\n").rpartition("\n")[2].partition("\0")
    return Author(name, day if _DATE.fullmatch(day) else "")


def inside(top: Path, path: str) -> Path:
    """Return the place of a file of the repository in the working folder."""
    return top.joinpath(*path.split("/"))
