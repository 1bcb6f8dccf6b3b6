"""What of a student's file goes to the next school, in every version that was ever saved (policy: P35-P38, U3).

The folder goes with its history, and nothing else of the school. Of what was saved long ago nobody has said that it may
go, so a version of an entry goes only where the entry of today could stand in its place: documents go as they stand
today and in no earlier form; what refers to a document that stays, or names another student, stays as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.base.plain import plain
from site_builder.model.records import Student
from site_builder.source.document import Value
from site_builder.source.git import Plumbing
from site_builder.source.git_versions import (
    NOBODY,
    PLAIN,
    Saved,
    Version,
    changed_at,
    listed,
    saved_below,
    without_idle,
)
from site_builder.source.layout import Location, attachment_owner, locate
from site_builder.source.names import portable
from site_builder.source.yaml_reader import LARGEST, read_yaml

MESSAGE = "A saved version of the student's file"
"""Stands for what was written when a version was saved: that can name others."""

FOLDER = "students/{}/"
NAMES_ANOTHER = "it names another student"


@dataclass(frozen=True, slots=True)
class Boundary:
    """What may go: the documents (`2026-27/book-shelf`), and the words by which others would be named.

    `people` are those whom the file itself names, by e-mail address or name as it is compared, with how they stand in
    it: their names stay at the versions they saved. `reads` gives a text as it reads on a page. `seen` are the entries
    of today of which somebody has said that they may name another student.
    """

    student: Student
    folder: str
    documents: frozenset[str]
    others: Names
    people: Mapping[str, tuple[str, str]]
    reads: Callable[[str], str]
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stays:
    """An entry of today that does not go, by its path in the student's folder, and why in a part of a sentence."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes: versions, the oldest first, the last as the file stands today; and what of today `stays`."""

    versions: tuple[Version, ...]
    stays: tuple[Stays, ...]

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the files as they stand today, by path in the student's folder."""
        return self.versions[-1].files if self.versions else {}


class Names:
    """Words by which other students are known, found in any text without regard to case, accents and punctuation."""

    def __init__(self, names: Iterable[str], not_these: Iterable[str]) -> None:
        own = {plain(each) for each in not_these}
        self._by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in {plain(each) for each in names} - own:
            words = tuple(name.split())
            if words and (len(words) > 1 or (name.isdecimal() and len(name) > 3)):
                self._by_first[words[0]].add(words)

    def within(self, text: str) -> bool:
        """Tell whether one of the names stands in `text`."""
        words = plain(text).split()
        return any(
            tuple(words[place : place + len(name)]) == name
            for place, word in enumerate(words)
            for name in self._by_first.get(word, ())
        )


def leaving(git: Plumbing, prefix: str, boundary: Boundary) -> Leaving:
    """Return what of the last saved version, and of those before it, goes to the next school.

    `prefix` is the store's place in its repository. Folders in which the same student stood before count as this one;
    a student who once had this folder's name, and is another, does not.
    """
    tree = _Versions(git, prefix, boundary)
    folders = tree.folders()
    saved = saved_below(git, [prefix + FOLDER.format(each).rstrip("/") for each in folders])
    tree.look_at_documents(saved, folders)
    number = {each.id: position for position, each in enumerate(saved)}
    versions = [
        Version(
            tuple(number[parent] for parent in each.parents if parent in number),
            tree.files(each.id, folders),
            *_who(each, boundary.people),
            at=each.at,
            message=MESSAGE,
        )
        for each in saved
    ]
    return Leaving(without_idle(versions), tuple(tree.stays("HEAD")))


def same_student(content: bytes, student: Student) -> bool:
    """Tell whether a `student.yaml` of any version is this student's: by the number, or by name and birth date."""
    data = _fields("student.yaml", content)
    by_birth = data.get("birth_date") == student.birth_date.isoformat()
    return data.get("student_number") == student.student_number or (
        by_birth and plain(str(data.get("name", ""))) == plain(student.name)
    )


@dataclass(slots=True)
class _Document:
    """A document in any version: its key, the names of its files, and its titles."""

    words: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)


class _Versions:
    """The student's folder at any version, and what of it may go."""

    def __init__(self, git: Plumbing, prefix: str, boundary: Boundary) -> None:
        self._git = git
        self._prefix = prefix
        self._boundary = boundary
        self._known: dict[tuple[str, str], str] = {}
        self._blobs: dict[str, bytes] = {}
        self._mine: dict[str, bool] = {}
        self._trees: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
        self._withheld = _Document()

    def folders(self) -> tuple[str, ...]:
        """Return the folders below `students` in which this student ever stood, that of today first."""
        found = {self._boundary.folder: None}
        for path, blob in sorted(changed_at(self._git, f"{self._prefix}students/*/student.yaml")):
            if self._is_mine(blob):
                found[path.removeprefix(f"{self._prefix}students/").partition("/")[0]] = None
        return tuple(found)

    def files(self, commit: str, folders: Sequence[str]) -> dict[str, bytes]:
        """Return the files that may go of one version, by path in the folder."""
        return {
            path: self._blob(blob) for path, blob in self._own(commit, folders).items() if not self._why(path, blob)
        }

    def stays(self, commit: str) -> Iterator[Stays]:
        """Give what does not go of a version."""
        here = self._list(commit, self._boundary.folder)
        for path, (mode, blob) in sorted(here.items()):
            if any(part.startswith(".") for part in path.split("/")):
                continue
            why = self._why(path, blob) if mode == PLAIN else "it is no plain file"
            if why:
                yield Stays(path, why)

    def look_at_documents(self, saved: Iterable[Saved], folders: Sequence[str]) -> None:
        """Learn by which words documents of any version are known that do not go."""
        for commit in ("HEAD", *(each.id for each in saved)):
            for path, blob in self._own(commit, folders).items():
                location = self._location(path)
                if location is not None and location.kind.name == "document":
                    self._learn(path, location, blob)
                elif self._attachment(path) and blob not in self._going:
                    self._withheld.words.add(self._boundary.reads(path.rpartition("/")[2]))
        self._known.clear()

    def _learn(self, path: str, location: Location, blob: str) -> None:
        key = f"{location.year}/{location.id}"
        if blob in self._going:
            return
        data = _fields(path, self._blob(blob))
        if key not in self._boundary.documents:
            self._withheld.words.add(self._boundary.reads(key))
        current = {self._boundary.reads(path.rpartition("/")[2]) for path in self._going_paths}
        name = self._boundary.reads(str(data.get("file") or ""))
        title = plain(str(data.get("title") or ""))
        if name and name not in current:
            self._withheld.words.add(name)
        if title and key not in self._boundary.documents:
            self._withheld.titles.add(title)

    @cached_property
    def _going_paths(self) -> dict[str, str]:
        """Return the documents that go: descriptions and files, each with its object as of today."""
        here = {path: blob for path, (mode, blob) in self._list("HEAD", self._boundary.folder).items() if mode == PLAIN}
        found = {}
        for key in self._boundary.documents:
            year, _, document = key.partition("/")
            path = f"{year}/documents/{document}.yaml"
            beside = f"{year}/documents/{_fields(path, self._blob(here[path])).get('file')}" if path in here else ""
            found.update({each: here[each] for each in (path, beside) if each in here})
        return found

    @cached_property
    def _going(self) -> frozenset[str]:
        return frozenset(self._going_paths.values())

    def _own(self, commit: str, folders: Sequence[str]) -> dict[str, str]:
        """Return the plain files of this student at a version: object by path in the folder."""
        for folder in folders:
            here = self._list(commit, folder)
            mine = here.get("student.yaml")
            if mine is not None and self._is_mine(mine[1]):
                return {path: blob for path, (mode, blob) in here.items() if mode == PLAIN}
        return {}

    def _why(self, path: str, blob: str) -> str:
        """Say why this file at this version stays, or nothing where it goes."""
        if (path, blob) not in self._known:
            self._known[path, blob] = self._reason(path, blob)
        return self._known[path, blob]

    def _reason(self, path: str, blob: str) -> str:
        location = self._location(path)
        if self._attachment(path) or (location is not None and location.kind.name == "document"):
            return "" if self._going_paths.get(path) == blob else "the document does not go"
        if location is None or not portable(path):
            return "no record belongs at this place"
        content = self._blob(blob)
        if len(content) > LARGEST:
            return "it is too large for a record"
        text = content.decode("utf-8", "replace")
        if location.kind.name in ("consent", "disclosure"):
            return self._paper(location, text) or self._names_another(path, blob, text)
        if self._refers(text):
            return "it refers to a document that does not go"
        return self._names_another(path, blob, text)

    def _names_another(self, path: str, blob: str, text: str) -> str:
        if path in self._boundary.seen and self._list("HEAD", self._boundary.folder).get(path, ("", ""))[1] == blob:
            return ""
        return NAMES_ANOTHER if self._boundary.others.within(f"{path}\n{text}") else ""

    def _paper(self, location: Location, text: str) -> str:
        """Say why a consent or a record of what was given stays."""
        data = _fields("paper.yaml", text.encode())
        if location.kind.name == "consent":
            about = data.get("document")
            if about != "file" and about not in self._boundary.documents:
                return "it is about a document that does not go"
        consents = data.get("consents")
        for each in consents if isinstance(consents, list) else ():
            beside = self._list("HEAD", self._boundary.folder).get(f"consents/{each}.yaml")
            if beside is not None and self._why(f"consents/{each}.yaml", beside[1]):
                return "it is about a document that does not go"
        words = plain(text)
        if self._refers(text) or any(f" {title} " in f" {words} " for title in self._withheld.titles):
            return "it is about a document that does not go"
        return ""

    def _refers(self, text: str) -> bool:
        read = self._boundary.reads(text)
        return any(word in read for word in self._withheld.words)

    def _location(self, path: str) -> Location | None:
        return locate(FOLDER.format(self._boundary.folder) + path)

    def _attachment(self, path: str) -> bool:
        return attachment_owner(FOLDER.format(self._boundary.folder) + path) is not None

    def _list(self, commit: str, folder: str) -> dict[str, tuple[str, str]]:
        if (commit, folder) not in self._trees:
            place = self._prefix + FOLDER.format(folder).rstrip("/")
            self._trees[commit, folder] = listed(self._git, commit, place)
        return self._trees[commit, folder]

    def _is_mine(self, blob: str) -> bool:
        if blob not in self._mine:
            self._mine[blob] = same_student(self._blob(blob), self._boundary.student)
        return self._mine[blob]

    def _blob(self, blob: str) -> bytes:
        if blob not in self._blobs:
            self._blobs[blob] = self._git.blob(blob)
        return self._blobs[blob]


def _who(saved: Saved, people: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    return people.get(saved.email.casefold()) or people.get(plain(saved.author)) or NOBODY


def _fields(path: str, content: bytes) -> dict[str, Value]:
    if len(content) > LARGEST:
        return {}
    document, _ = read_yaml(path, content.decode("utf-8", "replace").removeprefix("\N{BYTE ORDER MARK}"))
    return document.data if document is not None and isinstance(document.data, dict) else {}
