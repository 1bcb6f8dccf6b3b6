"""What taking back a save would change, and which later words stand in its way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.errors import WrongUse
from site_builder.cli.unfinished import lacking
from site_builder.history.merge import Unsure, merge
from site_builder.source.git_state import RepositoryState
from site_builder.source.layout import locate

_FORMAT = "--format=%H%x00%at%x00%an%x00%s"


@dataclass(frozen=True, slots=True)
class Save:
    """A save: its id, when and by whom it was made, and the first line of its message."""

    commit: str
    at: dt.datetime
    author: str
    title: str

    @property
    def short(self) -> str:
        """Return the beginning of the id, as people type it."""
        return self.commit[:7]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back a save does: new contents by path, with the id of the content that stands now.

    `kept` are files that stay as they are, `later` the paths in which later words stand, with the save they came by.
    A save that `changed_records` in nothing changed settings alone, or only what stands beside the store.
    """

    save: Save
    on: str
    files: Mapping[str, tuple[str | None, bytes | None]]
    kept: tuple[str, ...]
    later: Mapping[str, Save | None]
    changed_records: bool


class Past:
    """The saves of the store in `folder`; raises a `SepError` where no git repository holds it."""

    def __init__(self, folder: Path) -> None:
        self._state = RepositoryState(folder)
        self._git = self._state.git

    def saves(self, most: int) -> tuple[Save, ...]:
        """Return the newest saves that concern the store, the newest first."""
        if self._git.head() is None:
            return ()
        return tuple(self._listed(f"--max-count={most}", "HEAD", "--", self._where("")))

    def save(self, revision: str | None) -> Save:
        """Return the save that is meant, the newest where none is named; raises `WrongUse` where there is none."""
        if revision is None:
            newest = self.saves(1)
            if not newest:
                raise WrongUse("nothing has been saved here yet", "`sep save` saves what was written")
            return newest[0]
        commit = self._git.commit(revision)
        if self._git.run("rev-list", "--max-count=1", commit, "^HEAD").strip():
            raise WrongUse(f"the save `{revision}` is not among those of this store", "`sep undo --choose` lists them")
        return next(self._listed("--max-count=1", commit))

    def undoing(self, save: Save) -> Undoing:
        """Return what becomes of the store's files without `save`; raises `WrongUse` where it cannot be taken back."""
        head = self._git.commit("HEAD")
        parents = self._git.run("rev-list", "--parents", "--max-count=1", save.commit).decode("ascii").split()[1:]
        if len(parents) > 1 and save.title.startswith("receive: "):
            raise WrongUse(
                f"the save {save.short} took in a file from another school, and is not taken back",
                "`sep expunge` takes a file out that should not be here; see the handbook for managers",
            )
        if len(parents) != 1:
            raise WrongUse(
                f"the save {save.short} "
                + ("joined two people's work" if parents else "is the first one, with which the store began"),
                "take back the save of the one or the other: `sep undo --choose` lists them"
                if parents
                else "what is wrong in it is put right in the editor, and saved",
            )
        before, after, now = (self._ids(each) for each in (parents[0], save.commit, head))
        files: dict[str, tuple[str | None, bytes | None]] = {}
        kept, later = [], {}
        for path in sorted({*before, *after}):
            old, new, there = before.get(path), after.get(path), now.get(path)
            if old == new or there == old:
                continue
            location = locate(path)
            if location is not None and location.kind.name == "disclosure":
                kept.append(path)
            elif there == new:
                files[path] = (there, self._blob(old))
            else:
                merged = self._without(path, old, new, there)
                if merged is None:
                    later[path] = next(
                        self._listed("--max-count=1", head, f"^{save.commit}", "--", self._where(path)), None
                    )
                elif merged != self._blob(there):
                    files[path] = (there, merged)
        return Undoing(save, head, files, tuple(kept), later, before != after)

    def _without(self, path: str, old: str | None, new: str | None, there: str | None) -> bytes | None:
        """Return the file as it stands, without what the save did to it; `None` where both touch the same words."""
        if there is None or new is None or old is None or not path.endswith((".yaml", ".md")):
            return None
        try:
            merged = merge(path, self._content(new), self._content(there), self._content(old))
        except Unsure:
            return None
        return None if merged.conflicts else merged.content

    def _blob(self, name: str | None) -> bytes | None:
        return self._content(name) if name is not None else None

    def _content(self, name: str) -> bytes:
        try:
            return self._git.blob(name)
        except OSError as fault:
            raise lacking() from fault

    def _ids(self, commit: str) -> dict[str, str]:
        found = {}
        try:
            lines = self._git.tree(commit, self._state.prefix).split(b"\0")
        except WrongUse:  # before there was the store's folder
            return {}
        for line in lines:
            about, _, name = line.partition(b"\t")
            path = name.decode("utf-8", "surrogateescape")
            if about.startswith(b"100") and not any(part.startswith(".") for part in path.split("/")):
                found[path] = about.split()[2].decode("ascii")
        return found

    def _where(self, path: str) -> str:
        place = f"{self._state.prefix}{path}"
        return f":(top,literal){place}" if place else ":(top)"

    def _listed(self, *what: str) -> Iterator[Save]:
        lines = self._git.run("rev-list", _FORMAT, *what).decode("utf-8", "replace").split("\n")
        for line in lines:
            if not line.startswith("commit ") and line.count("\0") == 3:
                commit, at, author, title = line.split("\0")
                yield Save(commit, dt.datetime.fromtimestamp(int(at), dt.UTC), author, title)
