"""Ending somebody's part: whom it is about and what to write, found file by file, also where others cannot be read."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from site_builder.access.tenure import PARENT_ROLES
from site_builder.base.diagnostics import Severity
from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.check.schemas import validate
from site_builder.cli.edits import add_fields, replace_scalar
from site_builder.cli.scaffold import scalar
from site_builder.cli.writing import Change
from site_builder.model.build import build_record
from site_builder.model.records import Disclosure, Participant, Record, School, StaffDirectory, Student
from site_builder.source.layout import locate
from site_builder.source.reader import read_document
from site_builder.source.tree import Entry, SourceTree


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in one student's plan; without an entry, a file that cannot be read."""

    student: str
    path: str
    entry: Participant | None


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends a part: `lines` to write into the file, or `note`, why nothing is written there."""

    part: Part
    lines: str = ""
    text: str = ""
    note: str = ""


class Alone:
    """Reads the files of a store one by one: each for itself, whatever is wrong with the others."""

    def __init__(self, tree: SourceTree | None) -> None:
        self._tree = tree
        self._entries = tree.entries() if tree is not None else ()

    def school(self) -> School | None:
        """Return the school, where `school.yaml` can be read."""
        found = self._one("school", "")
        return found if isinstance(found, School) else None

    def person(self, text: str, published: Collection[str]) -> tuple[str, str]:
        """Return id and name (empty: unknown) of the one person whom `text` means; `published` are ids in the output.

        Raises `WrongUse` where nobody is called so, or several people are.
        """
        staff = self._one("staff", "")
        members = {each.id: each.name for each in staff.staff} if isinstance(staff, StaffDirectory) else {}
        ids = {located.id for _, located in self._located("participant")} | set(members) | set(published)
        wanted = text.strip().casefold()
        if wanted in ids:
            parts = [each.entry for each in self.parts(wanted) if each.entry is not None]
            return wanted, parts[0].name if parts else members.get(wanted, "")
        names = dict(members)
        for entry, located in self._located("participant"):
            record = self._record(entry)
            if isinstance(record, Participant):
                names[located.id] = record.name
        found = sorted(each for each, name in names.items() if plain(name) == plain(text) and plain(text))
        if len(found) == 1:
            return found[0], names[found[0]]
        if found:
            listed = "\n".join(f"{each}  {names[each]}" for each in found)
            raise WrongUse(f"{len(found)} people are called `{text}`", f"name one by the id:\n{listed}")
        raise WrongUse(f"nobody is called `{text}`", "give the file's name in participants/, or the name of the folder")

    def student(self, text: str) -> str:
        """Return the folder of the student whom `text` means; raises `WrongUse` where there is none."""
        folders = {entry.path.split("/")[1] for entry in self._entries if entry.path.startswith("students/")}
        wanted = text.strip().casefold()
        if wanted in folders:
            return wanted
        records = [(located.student, self._record(entry)) for entry, located in self._located("student")]
        names = {folder: f"{each.preferred_name or ''} {each.name}" for folder, each in records if _is_student(each)}
        said = set(plain(text).split())
        exact = [folder for folder, each in records if _is_student(each) and plain(each.name) == plain(text)]
        found = exact or sorted(folder for folder, name in names.items() if said and said <= set(plain(name).split()))
        if len(found) != 1:
            listed = "name one by the folder:\n" + "\n".join(found) if found else "give the folder below students/"
            raise WrongUse(f"{len(found) or 'no'} students fit `{text}`", listed)
        return found[0]

    def parts(self, person: str, student: str | None = None) -> list[Part]:
        """Return the parts of `person`, in all plans or in that of `student`."""
        found = []
        for entry, located in self._located("participant"):
            if located.id == person and student in (None, located.student):
                record = self._record(entry)
                found.append(Part(located.student, entry.path, record if isinstance(record, Participant) else None))
        return found

    def disclosures(self, names: Collection[str], students: Collection[str]) -> Iterator[tuple[str, Disclosure]]:
        """Give what was given of these students' files to somebody with one of these names or ids."""
        wanted = {plain(each) for each in names if each}
        for entry, located in self._located("disclosure"):
            record = self._record(entry) if located.student in students else None
            if isinstance(record, Disclosure) and plain(record.to) in wanted:
                yield located.student, record

    def _located(self, kind: str) -> Iterator[tuple[Entry, _Located]]:
        for entry in self._entries:
            location = locate(entry.path)
            if location is not None and location.kind.name == kind:
                yield entry, _Located(location.id, location.student)

    def _one(self, kind: str, student: str) -> Record | None:
        found = next((entry for entry, located in self._located(kind) if located.student == student), None)
        return self._record(found) if found is not None else None

    def _record(self, entry: Entry) -> Record | None:
        location = locate(entry.path)
        if self._tree is None or location is None:
            return None
        document, findings = read_document(self._tree, entry)
        if document is None:
            return None
        found = [*findings, *validate(document, location.kind)]
        if any(each.severity is Severity.ERROR for each in found):
            return None
        return build_record(document, location.kind, location.id)


def _is_student(record: Record | None) -> TypeGuard[Student]:
    return isinstance(record, Student)


@dataclass(frozen=True, slots=True)
class _Located:
    id: str
    student: str


def ending(part: Part, on: dt.date, order: str | None) -> Ending:
    """Return what ends `part` so that its person sees nothing from the day `on`; `order` names a court's order.

    A part runs up to and with its last day, so that is the day before. A parent has full rights unless a court has
    taken them (34 CFR 99.4): there the order is written, and without one nothing is.
    """
    entry = part.entry
    if entry is None:
        return Ending(part, note="this file cannot be read: mend it first, `sep check` shows what is wrong")
    if entry.role == "student":
        return Ending(part, note="the student's own part ends when the student leaves: `left_on` in student.yaml")
    if entry.role in PARENT_ROLES:
        return _rights(part, entry, on, order)
    last = max(on - dt.timedelta(days=1), entry.since)
    if entry.until is not None and entry.until <= last:
        return Ending(part, note=f"ended on {entry.until} already")
    lines = f"until: {last.isoformat()}\n"
    text = (
        replace_scalar(entry.origin, ("until",), last.isoformat()) if entry.until else add_fields(entry.origin, lines)
    )
    return Ending(part, lines, text)


def _rights(part: Part, entry: Participant, on: dt.date, order: str | None) -> Ending:
    rights = entry.rights
    if rights.status == "revoked" and rights.order and (rights.from_ is None or rights.from_ <= on):
        return Ending(part, note="a court order is recorded already")
    if entry.until is not None and entry.until < on:
        return Ending(part, note=f"ended on {entry.until} already")
    named = order or "the court, the case's number and the day"
    fields = {"status": "revoked", "order": named, "from": on}
    lines = "rights:\n" + textwrap.indent("".join(f"{key}: {scalar(each)}\n" for key, each in fields.items()), "  ")
    return Ending(part, lines, add_fields(entry.origin, lines) if order else "")


def change(ending: Ending, tree: SourceTree) -> Change | None:
    """Return the change that writes the ending, or nothing where there is nothing to write."""
    entry = ending.part.entry
    return Change.of(tree, entry.origin, ending.text) if ending.text and entry is not None else None
