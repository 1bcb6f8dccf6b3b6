"""The history of a store: what changed in each save, by student, read once and kept (see `keeping`)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from site_builder.base.changes import WHOLE_FILE, Change, How, Revision
from site_builder.base.errors import SepError
from site_builder.base.resources import folder as resource_folder
from site_builder.history import keeping
from site_builder.history.keeping import FOLDER, Kept, State
from site_builder.history.revisions import Reader
from site_builder.source.git import Plumbing
from site_builder.source.git_log import ancestors, cut, place, top

_FORMAT = b"sep history 1\n"


class History:
    """The saves of the store in `folder` up to `revision` (the last one); raises a `SepError` where there are none.

    With `keeps` false nothing is read from former runs and nothing is kept.
    """

    def __init__(self, folder: Path, revision: str = "HEAD", *, keeps: bool = True) -> None:
        self._folder = folder
        self._git = Plumbing(folder)
        self._prefix = self._git.prefix()
        self.tip = self._git.commit(revision)
        self._cut = cut(self._git, folder)
        self._kept = Kept(place(self._git, folder, FOLDER)) if keeps else None
        self._memory: dict[str, list[Revision]] | None = None
        self._state: State | None = None
        self._known: frozenset[str] | None = None
        self.read = 0
        """How many saves this run has read."""

    @property
    def is_cut(self) -> bool:
        """Tell whether this copy lacks the older saves (a shallow clone)."""
        return bool(self._cut)

    def of(self, student: str) -> tuple[Revision, ...]:
        """Return the saves that changed this student's file, the oldest first, since it was begun.

        A folder that had another name is followed. What an earlier file of the same name held is another student's.
        """
        self._prepare()
        return tuple(_this_life(self._followed(student, None)))

    def all(self) -> tuple[Revision, ...]:
        """Return all saves with all that changed in them, the oldest first, without asking what was kept."""
        return tuple(Reader(self._git, self._prefix, self._cut).revisions(self.tip))

    def _followed(self, student: str, before: int | None) -> list[Revision]:
        own = [each for each in self._own(student) if before is None or each.order < before]
        for at in range(len(own) - 1, -1, -1):
            renamed = next(
                (each for each in own[at].changes if each.kind == WHOLE_FILE and each.how is How.MOVED and each.was),
                None,
            )
            if renamed is not None:
                earlier = self._followed(renamed.was, own[at].order)
                return [*(_renamed(each, student) for each in _this_life(earlier)), *own[at:]]
        return own

    def _own(self, student: str) -> tuple[Revision, ...]:
        if self._memory is not None:
            found = tuple(self._memory.get(student, ()))
        else:
            kept = self._kept.of(student, self._state) if self._kept is not None and self._state else None
            if kept is None:
                self._read_all()
                return self._own(student)
            found = kept
        return found if self._known is None else tuple(each for each in found if each.commit in self._known)

    def _prepare(self) -> None:
        """See to it that all saves up to the tip were read, in this run or in a former one."""
        if self._memory is not None or self._state is not None:
            return
        before = self._kept.state() if self._kept is not None else None
        if before is None or before.key != self._key or self._kept is None:
            self._read_all()
        elif before.tip == self.tip:
            self._state = before
        elif self._is_before(before.tip, self.tip):
            self._read_on(self._kept, before)
        elif self._is_before(self.tip, before.tip):
            self._state = before
            self._known = ancestors(self._git, self.tip)
        else:
            self._read_all()

    def _read_all(self) -> None:
        self._memory, count = self._read(None, 0)
        self._known = None
        if self._kept is not None and self.tip == self._git.head():
            self._state = self._kept.keep(self._memory, None, State(self._key, self.tip, count))

    def _read_on(self, kept: Kept, before: State) -> None:
        found, count = self._read(before.tip, before.count)
        self._state = kept.keep(found, before, State(self._key, self.tip, count))
        if self._state is None:
            self._read_all()

    def _read(self, without: str | None, first: int) -> tuple[dict[str, list[Revision]], int]:
        found: dict[str, list[Revision]] = defaultdict(list)
        count = first
        for revision in Reader(self._git, self._prefix, self._cut).revisions(self.tip, without, first):
            count = revision.order + 1
            for student, own in _by_student(revision):
                found[student].append(own)
        self.read += count - first
        return dict(found), count

    def _is_before(self, earlier: str, later: str) -> bool:
        try:
            return not self._git.run("rev-list", "--max-count=1", self._git.commit(earlier), f"^{later}").strip()
        except SepError:
            return False

    @cached_property
    def _key(self) -> str:
        """Return what a kept history depends on beside the saves: the program, the forms of today, names of authors."""
        made = hashlib.sha256(_FORMAT + self._prefix.encode("utf-8", "surrogateescape") + b"\n")
        sources = sorted(Path(__file__).parent.glob("*.py"))
        for each in (*sources, *sorted(resource_folder("schemas").glob("*.schema.json"))):
            made.update(hashlib.sha256(each.read_bytes()).digest())
        try:
            made.update((top(self._git) / ".mailmap").read_bytes())
        except (OSError, SepError):
            made.update(b"no names")
        made.update("\n".join(sorted(self._cut)).encode("ascii"))
        return made.hexdigest()


def forget(folder: Path) -> bool:
    """Delete what is kept of the history of the store in `folder`; returns whether there was anything.

    It is made anew when it is next needed. Raises `OSError` where it cannot be deleted, and a `SepError` where there is
    no repository.
    """
    return keeping.forget(place(Plumbing(folder), folder, FOLDER))


def _by_student(revision: Revision) -> Iterator[tuple[str, Revision]]:
    own: dict[str, list[Change]] = defaultdict(list)
    for each in revision.changes:
        if each.student:
            own[each.student].append(each)
    for student, changes in own.items():
        yield student, replace(revision, changes=tuple(changes))


def _renamed(revision: Revision, student: str) -> Revision:
    return replace(revision, changes=tuple(replace(each, student=student) for each in revision.changes))


def _this_life(revisions: list[Revision]) -> list[Revision]:
    """Return the saves since the file was begun, past a time in which it was away and came back as it had gone."""
    start, gone = 0, ""
    for at, revision in enumerate(revisions):
        for each in revision.changes:
            if each.kind == WHOLE_FILE and each.how is How.REMOVED:
                gone = each.id
            elif each.kind == WHOLE_FILE and each.how is How.ADDED:
                if not gone or each.id != gone:
                    start = at
                gone = ""
    return revisions[start:]
