"""Which saved version a store's files stand on, and what each student's files are."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.errors import SepError
from site_builder.source.git import Plumbing, blob_id
from site_builder.source.layout import student_of
from site_builder.source.tree import EntryKind, SourceTree


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """The last saved version of a store: the commit's id, and when it was saved."""

    commit: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class StudentFiles:
    """One student's files: the hash of their paths and bytes, and whether the last saved version holds the same."""

    content: str
    saved: bool


def saved_version(folder: Path) -> SavedVersion | None:
    """Return the version on which the files in `folder` stand, or nothing where none was ever saved."""
    try:
        git = Plumbing(folder)
        commit = git.head()
        if commit is None:
            return None
        lines = git.run("rev-list", "--max-count=1", "--timestamp", commit).split()
        return SavedVersion(commit, dt.datetime.fromtimestamp(int(lines[0]), dt.UTC))
    except (SepError, ValueError, IndexError):
        return None


def descends_from(folder: Path, commit: str, earlier: str) -> bool:
    """Tell whether `earlier` is `commit` or came before it; `False` also where the repository does not know it."""
    try:
        git = Plumbing(folder)
        older, newer = git.commit(earlier), git.commit(commit)
        return not git.run("rev-list", "--max-count=1", older, f"^{newer}").strip()
    except SepError:
        return False


def student_files(
    tree: SourceTree, folder: Path, commit: str | None, students: Collection[str] | None = None
) -> Mapping[str, StudentFiles]:
    """Return each student's files as they stand in `tree`, held against those of `commit` of the store in `folder`.

    With `students` only theirs are read.
    """
    if students is not None and not students:
        return {}
    saved = _saved(folder, commit) if commit is not None else {}
    length = len(next(iter(saved.values()), ""))
    there: dict[str, dict[str, bytes]] = defaultdict(dict)
    same: dict[str, bool] = defaultdict(lambda: bool(saved))
    for entry in tree.entries():
        student = student_of(entry.path)
        if not student or entry.kind is not EntryKind.FILE or (students is not None and student not in students):
            continue
        try:
            content = tree.read(entry.path)
        except OSError:
            content = b""
        there[student][entry.path] = hashlib.sha256(content).digest()
        same[student] = same[student] and saved.get(entry.path) == blob_id(content, length)
    counts: dict[str, int] = defaultdict(int)
    for path in saved:
        counts[student_of(path)] += 1
    return {
        student: StudentFiles(_digest(files), same[student] and counts[student] == len(files))
        for student, files in there.items()
    }


def _digest(files: Mapping[str, bytes]) -> str:
    found = hashlib.sha256()
    for path, digest in sorted(files.items()):
        found.update(path.encode("utf-8", "surrogateescape") + b"\0" + digest)
    return found.hexdigest()


def _saved(folder: Path, commit: str) -> dict[str, str]:
    """Return the ids of the students' files at `commit`, by path in the store."""
    try:
        git = Plumbing(folder)
        lines = git.tree(commit, git.prefix()).split(b"\0")
    except SepError:
        return {}
    found = {}
    for line in lines:
        about, _, name = line.partition(b"\t")
        path = name.decode("utf-8", "surrogateescape")
        if student_of(path) and not any(part.startswith(".") for part in path.split("/")):
            found[path] = about.split()[2].decode("ascii")
    return found
