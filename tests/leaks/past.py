"""Schools with a past, in real git: words that stood once, and twins that differ in the history of withheld content.

What stood in an earlier version, in a message or an author's name is a word of no school of today: found anywhere, it
is a leak. And for all from whom content is withheld, its history is to be no history.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from site_builder.access.sites import Past, common_copy, site_for, viewers
from site_builder.access.view import Site
from site_builder.history.history import History
from site_builder.render.binder import render_binder
from tests.leaks.canary_school import Written
from tests.leaks.suite import Fault, Searched, compared, words_of
from tests.leaks.twins import TODAY, TWINS, Twin, pair

_WORD = re.compile(r"([Qq])y([b-z]{3})[b-z](ury)")
_STATUS = re.compile(r"^status: (\S+)$", re.MULTILINE)
_OUTSIDER = "Qyzzzyury Qyzzyyury <qyzyyyury@elsewhere.example>"
_MESSAGE = "Qyyyyyury about alpha"


@dataclass(frozen=True)
class Repository:
    """A repository at `folder` in which the files of any folder can be saved."""

    folder: Path

    def git(self, *arguments: str, **environment: str) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **environment}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=clean, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def save(self, files: Path, day: str, *parents: str, author: str = _OUTSIDER) -> str:
        """Save all `files` on top of `parents` and return the id of the save."""
        index = {"GIT_INDEX_FILE": str(self.folder / ".git/index-of-files"), "GIT_WORK_TREE": str(files)}
        index["GIT_DIR"] = str(self.folder / ".git")
        self.git("add", "-A", ".", **index)
        tree = self.git("write-tree", **index)
        name, _, email = author.removesuffix(">").partition(" <")
        who = {
            f"GIT_{each}_{what}": value
            for each in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", email))
        }
        when = {f"GIT_{each}_DATE": f"{day}T12:00:00-07:00" for each in ("AUTHOR", "COMMITTER")}
        lines = [argument for each in parents for argument in ("-p", each)]
        return self.git("commit-tree", tree, *lines, "-m", _MESSAGE, **who, **when)

    def past(self, save: str) -> Past:
        return History(self.folder, save, keeps=False).of


def repository(folder: Path) -> Repository:
    folder.mkdir(parents=True)
    made = Repository(folder)
    made.git("init", "-q", "-b", "main")
    return made


def _other_words(text: str) -> str:
    """Return the text with other words in place of all canaries, and another status."""
    other = _WORD.sub(r"\1y\2y\3", text)
    return _STATUS.sub(lambda found: "status: met" if found[1] != "met" else "status: on-track", other)


def _copy(root: Path, target: Path, change: Callable[[str], str]) -> Path:
    shutil.copytree(root, target)
    for path in target.rglob("*"):
        if path.suffix in (".yaml", ".md"):
            path.write_text(change(path.read_text("utf-8")), "utf-8", newline="\n")
    return target


def _statuses(text: str) -> str:
    return _STATUS.sub(lambda found: "status: met" if found[1] != "met" else "status: on-track", text)


@dataclass
class SchoolWithPast:
    """The generated school, all of whose words were others once; `past` tells of it."""

    searched: Searched
    folder: Path

    @cached_property
    def past(self) -> Past:
        """Return the history: other words in every file and entries that are gone, then the school as it stands."""
        root = self.searched.written.root
        before = _copy(root, self.folder / "before", _other_words)
        for path in (*before.glob("students/*/*/objectives/*.yaml"), *before.glob("students/*/*/progress/*.md")):
            shutil.copy(path, path.with_stem(f"qyyyzyury-{path.stem}"))
        made = repository(self.folder / "repository")
        first = made.save(before, "2026-08-10")
        cora = next(x.word for x in self.searched.written.canaries if (x.entry, x.field) == ("cora", "email"))
        return made.past(made.save(root, "2026-11-10", first, author=f"Qyzyzyury <{cora}@school.example>"))

    def faults(self, on: dt.date = TODAY) -> list[Fault]:
        """Search all that each viewer is given, with the history."""
        return list(self._faults(on))

    def _faults(self, on: dt.date) -> Iterator[Fault]:
        store, facts = self.searched.store, self.searched.facts
        told = 0
        for viewer in viewers(store, on):
            site = site_for(store, viewer, on, past=self.past)
            shown = self.searched.shown(site) | words_of(repr(site).encode())
            yield from (each for each in compared(self.searched.written, viewer, shown, on) if each.kind == "leak")
            for file in site.files:
                person = facts.person(viewer, file.id)
                begun = max(each for each in (person.since, person.assigned) if each) if person else on
                told += len(file.changes)
                if any(not begun <= each.day <= on for each in file.changes):
                    yield Fault("leak", f"a change of {file.id} from before the part of {viewer} began, or to come")
                if any(not each.changes for each in file.changes):
                    yield Fault("leak", f"a day without a change in {file.id} for {viewer}")
        if not told:
            yield Fault("missing", f"anything of the history, for anybody, on {on}")
        for pupil in (each.id for each in facts.pupils.values() if each.sound):
            copy = common_copy(store, pupil, on, self.past)
            shown = words_of(render_binder(copy)) | words_of(repr(copy).encode())
            unknown = shown - {each.word.lower() for each in self.searched.written.canaries}
            yield from (Fault("leak", f"{each} in everybody's copy of {pupil}") for each in sorted(unknown))


def _spoke_of_it(written: Written, root: Path) -> None:
    """Let every note of alpha speak for a time of a paper that is withheld."""
    paper = next(
        x.word.lower() for x in written.canaries if (x.kind, x.entry, x.field) == ("document", "no-custodian", "id")
    )
    file = next(root.glob(f"students/alpha/2026-27/documents/{paper}.yaml")).read_text("utf-8")
    name = re.search(r"^file: (\S+)$", file, re.MULTILINE)
    assert name is not None
    for path in root.glob("students/alpha/2026-27/progress/*.md"):
        path.write_text(path.read_text("utf-8") + f"\nAs ({name[1]}) says.\n", "utf-8", newline="\n")


def _told(site: Site) -> list[tuple[str, object]]:
    return [(each.id, each.changes) for each in site.files]


PASSING = Twin("notes that spoke of a withheld document for a while", _spoke_of_it, frozenset({"mana"}))


@dataclass
class TwinsWithPast:
    """One school, and what its history would be if withheld content had a history too."""

    written: Written
    folder: Path

    def __post_init__(self) -> None:
        self._made = repository(self.folder / "repository")
        self._before = _copy(self.written.root, self.folder / "before", _statuses)
        self._first = self._made.save(self._before, "2026-10-20")
        self._plain = self._made.past(self._made.save(self.written.root, "2026-11-15", self._first))

    def faults(self, twin: Twin, folder: Path) -> list[Fault]:
        """Hold against each other what those are told from whom it is withheld, of the two histories."""
        between = self.folder / f"between-{len(list(self.folder.iterdir()))}"
        shutil.copytree(self._before, between)
        twin.change(replace(self.written, root=between), between)
        second = self._made.save(between, "2026-11-05", self._first)
        if twin is PASSING:
            made = pair(TWINS[0], folder, self.written)
            return self._unlike(
                made.one, made.one, twin, made.watchers(), self._made.save(self.written.root, "2026-11-15", second)
            )
        made = pair(twin, folder, self.written)
        last = self._made.save(folder / str(TWINS.index(twin)) / "records", "2026-11-15", second)
        back = self._made.save(self.written.root, "2026-11-15", second)
        return [
            *self._unlike(made.one, made.other, twin, made.watchers(), last),
            *self._unlike(made.one, made.one, twin, made.watchers(), back),
        ]

    def _unlike(self, one: object, other: object, twin: Twin, watchers: list[str], save: str) -> list[Fault]:
        past, found, told = self._made.past(save), [], 0
        for viewer in watchers:
            first = site_for(one, viewer, twin.on, past=self._plain)  # type: ignore[arg-type]
            second = site_for(other, viewer, twin.on, past=past)  # type: ignore[arg-type]
            told += sum(len(each.changes) for each in first.files)
            if _told(first) != _told(second):
                found.append(Fault("twin", f"the history of {twin.name}: {viewer} is told of it"))
        if not told and any(site_for(one, each, twin.on).files for each in watchers):  # type: ignore[arg-type]
            found.append(Fault("missing", f"anything of the history beside {twin.name}"))
        return found
