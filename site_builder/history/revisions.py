"""The saves of a store, read at once for all its students: each with what changed in it.

A save that joins two lines of work holds what is as in none of them; all else was told by the saves on both lines.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from site_builder.base.changes import Change, How, Part, Revision
from site_builder.history.compare import Delta, Version, changes_of, needed, version_of
from site_builder.source.git import Plumbing
from site_builder.source.git_log import blobs, log
from site_builder.source.yaml_reader import LARGEST

_PLAIN_FILES = frozenset((b"100644", b"100755", b"100664"))
_AT_ONCE = 200
"""So many saves have their files fetched together."""
_KEPT = 4096
"""So many versions are kept in mind: the newer one of a save is the older one of a later save."""
_UNKNOWN = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Save:
    """A save as git tells it; `deltas` has one list for each save that it rests on (or one, where it rests on none)."""

    commit: str
    parents: tuple[str, ...]
    at: dt.datetime
    author: str
    email: str
    deltas: tuple[tuple[Delta, ...], ...]


class Reader:
    """Reads what changed in the saves of the store at `prefix` of a repository.

    What is before the saves in `cut` is not known.
    """

    def __init__(self, git: Plumbing, prefix: str, cut: frozenset[str] = frozenset()) -> None:
        self._git = git
        self._prefix = prefix
        self._cut = cut
        self._versions: OrderedDict[str, Version] = OrderedDict()
        self._fetched: dict[str, bytes] = {}

    def revisions(self, tip: str, without: str | None = None, first: int = 0) -> Iterator[Revision]:
        """Give the saves up to the one called `tip`, each after those it rests on, counted from `first`.

        `without` leaves out the saves up to another one. Raises a `SepError` where the repository cannot be read.
        """
        saves = self._saves(log(self._git, tip, without, self._prefix))
        number = first
        while batch := list(islice(saves, _AT_ONCE)):
            self._fetch(batch)
            for each in batch:
                yield self._revision(each, number)
                number += 1

    def _revision(self, save: Save, order: int) -> Revision:
        cut = save.commit in self._cut
        sides = [] if cut else [changes_of(each, self._read) for each in save.deltas]
        changes = sides[0] if len(sides) == 1 else tuple(own_changes(sides)) if sides else ()
        return Revision(
            commit=save.commit,
            order=order,
            at=save.at,
            author=save.author,
            email=save.email,
            changes=changes,
            cut=cut,
        )

    def _fetch(self, saves: Iterable[Save]) -> None:
        """Bring the content of all versions that these saves need."""
        wanted = dict.fromkeys(
            content
            for save in saves
            if save.commit not in self._cut
            for side in save.deltas
            for content in needed(side)
            if content not in self._versions
        )
        self._fetched = blobs(self._git, tuple(wanted), LARGEST)

    def _read(self, path: str, content: str) -> Version:
        known = self._versions.get(content)
        if known is None:
            found = self._fetched.get(content)
            if found is None:
                found = blobs(self._git, (content,), LARGEST).get(content)
            known = version_of(path, found) if found is not None else Version(None)
            self._versions[content] = known
            if len(self._versions) > _KEPT:
                self._versions.popitem(last=False)
        return known

    def _saves(self, answer: bytes) -> Iterator[Save]:
        """Give the saves of git's answer."""
        head: bytes | None = None
        files: list[tuple[bytes, bytes]] = []
        tokens = iter(answer.split(b"\0"))
        for token in tokens:
            token = token.lstrip(b"\n")
            if token.startswith(b":"):
                files.append((token, next(tokens, b"")))
            elif token:
                if head is not None:
                    yield self._save(head, files)
                head, files = token, []
        if head is not None:
            yield self._save(head, files)

    def _save(self, head: bytes, files: Sequence[tuple[bytes, bytes]]) -> Save:
        fields = head.decode("utf-8", "replace").split("\t", 5)
        commit, parents, seconds, date, email, author = (*fields, *[""] * (6 - len(fields)))
        sides: list[list[Delta]] = [[] for _ in range(max(1, len(parents.split())))]
        for about, name in files:
            path = self._path(name)
            if path is not None:
                for at, delta in enumerate(_deltas(about, path)):
                    if delta is not None:
                        sides[at].append(delta)
        return Save(
            commit=commit,
            parents=tuple(parents.split()),
            at=_moment(date, seconds),
            author=author,
            email=email,
            deltas=tuple(map(tuple, sides)),
        )

    def _path(self, name: bytes) -> str | None:
        """Return the path in the store, or nothing for what hides or stands elsewhere."""
        try:
            path = name.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if not path.startswith(self._prefix):
            return None
        path = path.removeprefix(self._prefix)
        return None if any(part.startswith(".") for part in path.split("/")) else path


def _deltas(about: bytes, path: str) -> Iterator[Delta | None]:
    """Give what a line of git's raw form says for each save that this one rests on: `:mode mode id id letter`."""
    sides = len(about) - len(about.lstrip(b":"))
    fields = about.lstrip(b":").split(b" ")
    modes, ids = fields[: sides + 1], fields[sides + 1 : 2 * sides + 2]
    content = [
        each.decode("ascii") if mode in _PLAIN_FILES and each.strip(b"0") else None
        for mode, each in zip(modes, ids, strict=True)
    ]
    for old in content[:-1]:
        yield Delta(path, old, content[-1]) if old != content[-1] else None


def _moment(date: str, seconds: str) -> dt.datetime:
    """Return when it was, where its author was; a date that no calendar has counts as the oldest one."""
    try:
        return dt.datetime.fromisoformat(date)
    except ValueError:
        pass
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return _UNKNOWN


def own_changes(sides: Sequence[Sequence[Change]]) -> Iterator[Change]:
    """Give what a save that joins several lines changed by itself: what is as in none of them."""
    found = [{(each.kind, each.student, each.year, each.id): each for each in side} for side in sides]
    for key, first in found[0].items():
        all_sides = [side[key] for side in found if key in side]
        if len(all_sides) < len(found):
            continue
        if len({each.how for each in all_sides}) == 1 and first.how is not How.CHANGED:
            yield first
            continue
        changed = [each for each in all_sides if each.how is How.CHANGED]
        if not changed:
            continue
        common = set.intersection(*({_result(part) for part in each.parts} for each in changed))
        parts = tuple(part for part in changed[0].parts if _result(part) in common)
        if parts:
            yield replace(changed[0], parts=parts)


def _result(part: Part) -> tuple[object, ...]:
    """Return what a part says of the newer version alone."""
    gone = part.how is How.REMOVED
    return (part.field, gone, part.how is How.MOVED, part.item, repr(part.old if gone else part.new))
