"""What was read of the history, kept for the next time: nobody reads a save twice.

It lies in the repository's own folder (`.git/sep-history`), where the saves themselves lie, and is open to nobody who
cannot read those: the folder is 0700 and the files 0600. It holds students' data. Each student has a file, under a name
that says nothing. A student who is expunged takes all of it along (`forget`); the next command reads anew.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from site_builder.base.changes import Change, How, Part, Revision

FOLDER = "sep-history"
_STATE = "state.json"
_MOST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class State:
    """Up to which save (`tip`) the history was read, by which program and names (`key`), and how many saves it is.

    `entries` says how many saves stand in each student's file.
    """

    key: str
    tip: str
    count: int
    entries: Mapping[str, int] = field(default_factory=dict)


class Kept:
    """What is kept in `folder`; whatever cannot be read or written there is as if it had never been kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def state(self) -> State | None:
        """Return what was read, or nothing where that is not known."""
        data = self._load(_STATE)
        try:
            entries = {str(name): int(number) for name, number in data["entries"].items()}
            return State(str(data["key"]), str(data["tip"]), int(data["count"]), entries)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def of(self, student: str, state: State) -> tuple[Revision, ...] | None:
        """Return the saves of `state` as far as they changed this student; nothing where they cannot be told."""
        expected = state.entries.get(_name(student), 0)
        if not expected:
            return ()
        try:
            revisions = tuple(_revision(each) for each in self._load(_name(student)))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
            return None
        found = tuple(each for each in revisions if each.order < state.count)
        return found if len(found) == expected else None

    def keep(self, found: Mapping[str, Sequence[Revision]], before: State | None, now: State) -> State | None:
        """Add the saves that were `found` to those of `before`, by student; returns the state, or nothing if it failed.

        Where it is broken off, the state says what it said: what stands in a file beyond it is not looked at.
        """
        entries = dict(before.entries) if before is not None else {}
        try:
            if before is None:
                _remove(self._folder)
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._folder.is_symlink():
                return None
            for student, revisions in found.items():
                old = self.of(student, before) if before is not None else ()
                if old is None:
                    return None
                self._save(_name(student), [_plain(each) for each in (*old, *revisions)])
                entries[_name(student)] = len(old) + len(revisions)
            self._save(_STATE, {"key": now.key, "tip": now.tip, "count": now.count, "entries": entries})
        except OSError:
            return None
        return replace(now, entries=entries)

    def _load(self, name: str) -> Any:
        try:
            if self._folder.is_symlink():
                return None
            handle = os.open(self._folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(handle, "rb") as stream:
                content = stream.read(_MOST)
            return json.loads(content)
        except (OSError, ValueError, RecursionError):
            return None

    def _save(self, name: str, data: object) -> None:
        handle, beside = tempfile.mkstemp(dir=self._folder)  # 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
            Path(beside).replace(self._folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
            raise


def forget(folder: Path) -> bool:
    """Delete all that is kept in `folder`; returns whether there was anything. Raises `OSError` where that fails."""
    there = folder.is_symlink() or folder.exists()
    _remove(folder)
    return there


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _name(student: str) -> str:
    return hashlib.sha256(student.encode("utf-8", "surrogateescape")).hexdigest()[:32] + ".json"


def _plain(revision: Revision) -> list[object]:
    return [
        revision.commit,
        revision.order,
        revision.at.isoformat(),
        revision.author,
        revision.email,
        int(revision.cut),
        [_plain_change(each) for each in revision.changes],
    ]


def _plain_change(change: Change) -> list[object]:
    return [
        change.kind,
        change.how.value,
        change.id,
        change.student,
        change.year,
        change.title,
        change.language,
        change.was,
        int(change.unread),
        int(change.older_form),
        [[list(each.field), each.how.value, each.item, each.old, each.new] for each in change.parts],
    ]


def _revision(data: Any) -> Revision:
    commit, order, at, author, email, cut, changes = data
    return Revision(
        commit=_text(commit),
        order=int(order),
        at=dt.datetime.fromisoformat(at),
        author=_text(author),
        email=_text(email),
        cut=bool(cut),
        changes=tuple(map(_change, changes)),
    )


def _change(data: Any) -> Change:
    kind, how, id, student, year, title, language, was, unread, older_form, parts = data
    return Change(
        kind=_text(kind),
        how=How(how),
        id=_text(id),
        student=_text(student),
        year=_text(year),
        title=_text(title),
        language=_text(language),
        was=_text(was),
        unread=bool(unread),
        older_form=bool(older_form),
        parts=tuple(
            Part(field=_texts(field), how=How(how), item=_text(item), old=old, new=new)
            for field, how, item, old, new in parts
        ),
    )


def _texts(data: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(_text, data))


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise TypeError("a text was expected")
    return data
