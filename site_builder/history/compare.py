"""Two versions of a store held against each other, entry by entry: what was added, taken out, changed and renamed.

Sentences are made of it in `render.change_words`; the message of a save in `history.sentences`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from site_builder.base.changes import ATTACHMENT, OTHER, SCHOOL_YEAR, WHOLE_FILE, Change, How, Part, Plain, title
from site_builder.history.fields import changed_fields, changed_words, same
from site_builder.history.forms import fits
from site_builder.source.commit_tree import CommitTree
from site_builder.source.document import Document
from site_builder.source.git import blob_id
from site_builder.source.layout import Location, attachment_owner, locate, student_of
from site_builder.source.reader import read_content
from site_builder.source.tree import EntryKind, SourceTree

_MOST_RENAMED = 200
"""So many entries that came and went in one step are held against each other; of more, none is taken for renamed."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A file that differs: its path, and what names its content before and after (`None`: it was not there)."""

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it stood: its document, or nothing where it could not be read as one."""

    document: Document | None

    @property
    def data(self) -> Plain:
        """Return its fields."""
        return self.document.data if self.document is not None else None

    @property
    def body(self) -> str:
        """Return the words below its fields."""
        return self.document.body if self.document is not None else ""


Read: TypeAlias = Callable[[str, str], Version]
"""Gives the version of the record at a path by what names its content."""


def version_of(path: str, content: bytes) -> Version:
    """Return what the bytes of a record say, read as the files of today are; never raises for what stands in them."""
    return Version(read_content(path, content)[0])


def compare_trees(old: SourceTree, new: SourceTree, within: str = "") -> tuple[Change, ...]:
    """Return what changed from one tree to the other, below the path `within` where one is given.

    Raises `OSError` where a file that differs cannot be read.
    """
    length = _length(old) or _length(new) or 40
    before, after = (_contents(each, within, length) for each in (old, new))
    deltas = [
        Delta(path, before.get(path), after.get(path))
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    ]
    # The same content is read once, wherever it stands: a folder of another name has its files at other paths.
    places = {content: (old, path) for path, content in before.items()}
    places |= {content: (new, path) for path, content in after.items()}

    def read(path: str, content: str) -> Version:
        tree, place = places[content]
        return version_of(path, tree.read(place))

    return changes_of(deltas, read)


def _length(tree: SourceTree) -> int:
    ids = tree.ids() if isinstance(tree, CommitTree) else {}
    return len(next(iter(ids.values()), ""))


def _contents(tree: SourceTree, within: str, length: int) -> Mapping[str, str]:
    """Return what names the content of each file, the same for the same bytes."""
    if isinstance(tree, CommitTree):
        return {path: content for path, content in tree.ids().items() if path.startswith(within)}
    files = (each.path for each in tree.entries() if each.kind is EntryKind.FILE and each.path.startswith(within))
    return {path: blob_id(tree.read(path), length) for path in files}


def changes_of(deltas: Iterable[Delta], read: Read) -> tuple[Change, ...]:
    """Return the changes that these differing files are, in order of their place.

    A student's file or school year that begins is one change, whatever is in it. A folder that was renamed is followed
    where it is the same student's; an entry, where its content is the same or nearly so.
    """
    by_student: dict[str, list[Delta]] = defaultdict(list)
    for each in deltas:
        by_student[student_of(each.path)].append(each)
    renamed = dict(_renamed(by_student, read))
    for new, old in renamed.items():
        by_student[new] = _along(by_student.pop(old), by_student[new], old, new)
    found: list[Change] = []
    for student in sorted(by_student):
        if student in renamed:
            found.append(Change(kind=WHOLE_FILE, how=How.MOVED, student=student, was=renamed[student]))
        found.extend(_of_student(student, by_student[student], read))
    return tuple(found)


def needed(deltas: Iterable[Delta]) -> Iterator[str]:
    """Give what names the content of all versions that `changes_of` reads for these files, and perhaps some more."""
    by_student: dict[str, list[Delta]] = defaultdict(list)
    for each in deltas:
        by_student[student_of(each.path)].append(each)
    gone = [own for student, each in by_student.items() if (own := _entry_of(student, each, How.REMOVED))]
    come = [own for student, each in by_student.items() if (own := _entry_of(student, each, How.ADDED))]
    whole = {student_of(each.path) for each in (*gone, *come)}
    if gone and come:
        yield from (each.old or each.new or "" for each in (*gone, *come))
    for student, each_delta in by_student.items():
        if student in whole:
            continue
        begun = _begun(student, each_delta)
        for each in each_delta:
            if locate(each.path) is not None and (each.old is not None or not each.path.startswith(begun)):
                yield from (content for content in (each.old, each.new) if content is not None)


def _begun(student: str, deltas: Sequence[Delta]) -> tuple[str, ...]:
    """Return the folders of the school years that begin with these files: those whose plan is new, and not alone."""
    come = [location for each in deltas if each.old is None and (location := locate(each.path)) is not None]
    entries = Counter(each.year for each in come)
    years = {each.year for each in come if each.kind.name == "plan" and entries[each.year] > 1}
    return tuple(sorted(f"students/{student}/{year}/" for year in years))


def _renamed(by_student: Mapping[str, Sequence[Delta]], read: Read) -> Iterator[tuple[str, str]]:
    """Give the student folders that have another name now, new and old: those with the same student number."""
    gone = {student: own for student, deltas in by_student.items() if (own := _entry_of(student, deltas, How.REMOVED))}
    come = {student: own for student, deltas in by_student.items() if (own := _entry_of(student, deltas, How.ADDED))}
    if not gone or not come or len(gone) * len(come) > _MOST_RENAMED**2:
        return
    was: dict[str, list[str]] = defaultdict(list)
    for student, each in gone.items():
        was[_number(read(each.path, each.old or ""))].append(student)
    for student, each in come.items():
        number = _number(read(each.path, each.new or ""))
        if number and len(was[number]) == 1:
            yield student, was[number].pop()


def _entry_of(student: str, deltas: Sequence[Delta], how: How) -> Delta | None:
    """Return the change of `student.yaml` where the whole folder came, or went, in one step."""
    came = how is How.ADDED
    if not student or any((each.old is None) != came or (each.new is None) == came for each in deltas):
        return None
    return next((each for each in deltas if each.path == f"students/{student}/student.yaml"), None)


def _number(version: Version) -> str:
    number = version.data.get("student_number") if isinstance(version.data, dict) else None
    return str(number) if isinstance(number, str | int) else ""


def _along(gone: Sequence[Delta], come: Sequence[Delta], old: str, new: str) -> list[Delta]:
    """Return what differs between the folder of the old name and that of the new one, by paths in the new one."""
    before = {each.path.replace(f"students/{old}/", f"students/{new}/", 1): each.old for each in gone}
    after = {each.path: each.new for each in come}
    paths = sorted({*before, *after})
    return [Delta(each, before.get(each), after.get(each)) for each in paths if before.get(each) != after.get(each)]


def _of_student(student: str, deltas: list[Delta], read: Read) -> Iterator[Change]:
    for how in (How.ADDED, How.REMOVED):
        own = _entry_of(student, deltas, how)
        if own is not None:
            yield Change(kind=WHOLE_FILE, how=how, student=student, id=own.old or own.new or "")
            return
    begun = _begun(student, deltas)
    for folder in begun:
        year = folder.split("/")[-2]
        new = (locate(each.path) for each in deltas if each.old is None and each.path.startswith(folder))
        come = tuple(Part(field=(each.kind.name, each.id), how=How.ADDED) for each in new if each is not None)
        yield Change(kind=SCHOOL_YEAR, how=How.ADDED, student=student, year=year, id=year, parts=come)
    rest = [each for each in deltas if each.old is not None or not each.path.startswith(begun)]
    moved = list(_moved(rest, read))
    taken = {path for old, new, _ in moved for path in (old.path, new.path)}
    changes = [change for _, _, change in moved]
    changes.extend(change for each in rest if each.path not in taken and (change := change_of(each, read)) is not None)
    yield from sorted(changes, key=lambda each: (each.year, each.kind, each.id))


def change_of(delta: Delta, read: Read) -> Change | None:
    """Return the change that one differing file is, or nothing where only the ends of its lines are others."""
    how = How.ADDED if delta.old is None else How.REMOVED if delta.new is None else How.CHANGED
    location, owner = locate(delta.path), attachment_owner(delta.path)
    if owner is not None:
        return Change(kind=ATTACHMENT, how=how, student=owner[0], year=owner[1], id=owner[2], title=owner[2])
    if location is None:
        return Change(kind=OTHER, how=how, student=student_of(delta.path), id=delta.path, title=delta.path)
    old = read(delta.path, delta.old) if delta.old is not None else None
    new = read(delta.path, delta.new) if delta.new is not None else None
    if old is not None and new is not None and old.document and new.document and old.document.text == new.document.text:
        return None
    return compared(location, old, new)


def compared(location: Location, old: Version | None, new: Version | None) -> Change:
    """Return what became of the record at `location` from one version to the other; one of them may be missing."""
    kind = location.kind.name
    versions = [each for each in (old, new) if each is not None]
    latest = versions[-1]
    both = old is not None and new is not None
    unread = any(each.document is None for each in versions)
    parts = (
        (*changed_fields(kind, old.data, new.data), *changed_words(old.body, new.body))
        if old is not None and new is not None and not unread
        else ()
    )
    return Change(
        kind=kind,
        how=How.CHANGED if both else How.ADDED if new is not None else How.REMOVED,
        id=location.id,
        student=location.student,
        year=location.year,
        title=title(kind, latest.data, location.id),
        language=_language(latest.data),
        parts=parts,
        unread=unread,
        older_form=not unread and not all(fits(kind, each.data) for each in versions),
    )


def _language(data: Plain) -> str:
    language = data.get("language") if isinstance(data, dict) else None
    return language if isinstance(language, str) else ""


def _moved(deltas: Sequence[Delta], read: Read) -> Iterator[tuple[Delta, Delta, Change]]:
    """Give the entries of one student that have another id or year now, old and new, with what else changed in them."""
    gone = [each for each in deltas if each.new is None and locate(each.path)]
    come = [each for each in deltas if each.old is None and locate(each.path)]
    if not gone or not come or len(gone) * len(come) > _MOST_RENAMED**2:
        return
    for same_content in (True, False):
        for new in tuple(come):
            old = next((each for each in gone if _is_same(each, new, read, same_content=same_content)), None)
            if old is not None:
                gone.remove(old)
                come.remove(new)
                yield old, new, _move(old, new, read)


def _is_same(old: Delta, new: Delta, read: Read, *, same_content: bool) -> bool:
    before, after = locate(old.path), locate(new.path)
    if before is None or after is None or before.kind is not after.kind:
        return False
    if same_content:
        return old.old == new.new
    one, other = read(old.path, old.old or ""), read(new.path, new.new or "")
    return before.year == after.year and _nearly(one, other)


def _nearly(one: Version, other: Version) -> bool:
    """Tell whether two versions have most fields and, where they have any, most words in common."""
    if not isinstance(one.data, dict) or not isinstance(other.data, dict):
        return False
    keys = {*one.data, *other.data}
    alike = sum(same(one.data.get(key), other.data.get(key)) for key in keys)
    return alike >= 2 and alike * 4 >= len(keys) * 3 and (one.body == other.body or not one.body.strip())


def _move(old: Delta, new: Delta, read: Read) -> Change:
    before, after = locate(old.path), locate(new.path)
    if before is None or after is None:
        raise ValueError("only records are taken for renamed")
    change = compared(after, read(old.path, old.old or ""), read(new.path, new.new or ""))
    was = before.id if before.year == after.year else f"{before.year}/{before.id}"
    return replace(change, how=How.MOVED, was=was)
