"""What `sep receive` makes of a file from another school: whose it is, what changes, and what it finds here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from site_builder.base.diagnostics import Diagnostic
from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.check.checker import Checked, check_store
from site_builder.cli.edits import append_entry, replace_scalar
from site_builder.cli.newcomers import named_people, with_new_ids
from site_builder.cli.output import counted
from site_builder.cli.people import free_id
from site_builder.cli.writing import Overlay
from site_builder.exchange.receive import Arrival
from site_builder.model.identity import FAMILY_ROLES, conflicts, is_family
from site_builder.model.records import Student
from site_builder.model.store import Store, StudentFile
from site_builder.source.document import Document
from site_builder.source.git_versions import Version
from site_builder.source.ids import good_name
from site_builder.source.layout import student_of
from site_builder.source.tree import SourceTree
from site_builder.source.yaml_reader import read_yaml

_LEFT = re.compile(r"^left_on:[^\n]*\n?", re.MULTILINE)
_BY_HAND = "ask the school that sent it to put it right there, and to make a new package"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it would stand here: its folder, its versions, the ids that change, and what a check says of it."""

    student: str
    versions: tuple[Version, ...]
    new_ids: Mapping[str, str]
    file: StudentFile
    findings: tuple[Diagnostic, ...]

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the files as they would stand, by path in the student's folder."""
        return self.versions[-1].files


def incoming(tree: SourceTree, arrival: Arrival, student: str, on: dt.date, last: Version) -> Incoming:
    """Return the file as it would stand here from the day `on`; `last` says who takes it in, and when.

    The parts of the other school's staff have ended the day before, and ids that mean somebody else here are changed.
    Raises `WrongUse` where the student is here already, or the file would take another student's pages away.
    """
    before = check_store(tree, on)
    if before.store is None:
        raise WrongUse("the school's own files have errors, so no file can be taken in", "`sep check` shows them")
    if arrival.about.store != before.store.school.format:
        raise WrongUse(
            f"the file has another form of records ({arrival.about.store}, here it is {before.store.school.format})",
            "bring `sep` up to date at both schools, and ask for a new package",
        )
    new_ids: dict[str, str] = {}
    people = named_people(student, arrival.versions)
    taken = {each.id for each in before.store.staff.staff} | people
    taken |= {each.id for file in before.store.students if file.id != student for each in file.participants}
    for person in sorted(people & {each.id for each in before.store.staff.staff}):
        new_ids[person] = free_id(f"{person[:40]}-{_short(arrival.about.school)}", taken)
        taken.add(new_ids[person])
    while True:
        versions = _arrived(with_new_ids(student, arrival.versions, new_ids), on, last)
        after = _checked(tree, student, versions[-1].files, on)
        file = after.store.student(student) if after.store is not None else None
        if after.store is None or file is None:
            raise WrongUse("the file that came cannot be read as it stands", _BY_HAND)
        others = {each.person for each in conflicts(after.store)} & {each.id for each in file.participants}
        added = {each: free_id(each, taken) for each in sorted(others) if each not in new_ids.values()}
        if not added:
            break
        new_ids.update(added)
        taken.update(added.values())
    _make_sure_new(before.store, student, file.student)
    _make_sure_others_stand(before, after, student)
    findings = tuple(each for each in after.findings if student_of(each.span.file) == student)
    return Incoming(student, versions, new_ids, file, findings)


def _short(school: str) -> str:
    return "-".join(good_name(school).split("-")[:2])[:20].strip("-") or "elsewhere"


def _checked(tree: SourceTree, student: str, files: Mapping[str, bytes], on: dt.date) -> Checked:
    return check_store(Overlay(tree, {f"students/{student}/{path}": each for path, each in files.items()}), on)


def _make_sure_new(store: Store, folder: str, student: Student) -> None:
    for each in store.students:
        own = each.student
        same_birth = own.birth_date == student.birth_date and plain(own.name) == plain(student.name)
        if each.id != folder and (same_birth or own.student_number == student.student_number):
            what = "this student is" if same_birth else f"a student with the number {student.student_number} is"
            raise WrongUse(
                f"{what} here already: students/{each.id}",
                "nothing was taken in; put what is new in the package into that folder by hand, or, where it is "
                "somebody else,\ncorrect the number or the birth date that is wrong",
            )


def _make_sure_others_stand(before: Checked, after: Checked, student: str) -> None:
    if before.store is None or after.store is None:
        return
    harmed = after.store.broken - before.store.broken - {student}
    if harmed:
        raise WrongUse(
            f"with this file, {counted(len(harmed), 'file')} of other students would have errors",
            "\n".join(
                ["nothing was taken in; look at who is who in:", *(f"students/{each}" for each in sorted(harmed))]
            ),
        )


def _arrived(versions: tuple[Version, ...], on: dt.date, last: Version) -> tuple[Version, ...]:
    """Return the versions with one more, in which the student has come here and the others' staff has not."""
    files = dict(versions[-1].files)
    files["student.yaml"] = _edited("student.yaml", files["student.yaml"], lambda found: _enrolled(found, on))
    for path, content in versions[-1].files.items():
        if path.startswith("participants/"):
            files[path] = _edited(path, content, lambda found: _ended(found, on - dt.timedelta(days=1)))
    return (*versions, replace(last, parents=(len(versions) - 1,), files=files))


def _edited(path: str, content: bytes, edit: Callable[[Document], str]) -> bytes:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        raise WrongUse(f"`{path}` of the file that came cannot be read", _BY_HAND) from fault
    document, _ = read_yaml(path, text)
    if document is None or not isinstance(document.data, dict):
        raise WrongUse(f"`{path}` of the file that came cannot be read", _BY_HAND)
    made = edit(document)
    return content if made == text else made.encode()


def _enrolled(document: Document, on: dt.date) -> str:
    text = replace_scalar(document, ("enrolled_on",), on.isoformat())
    return _LEFT.sub("", text)


def _ended(document: Document, last: dt.date) -> str:
    """Return the entry of somebody of the other school's staff with its end; whoever is family goes on."""
    data = document.data if isinstance(document.data, dict) else {}
    role, until = data.get("role"), data.get("until")
    if role in FAMILY_ROLES or (isinstance(until, str) and until <= last.isoformat()):
        return document.text
    if until is None:
        return append_entry(document, (), "until", last.isoformat())
    return replace_scalar(document, ("until",), last.isoformat())


def same_people(store: Store, found: Incoming) -> tuple[str, ...]:
    """Return the names of those of the family who are taken for somebody known here already, each once."""
    here = {each.id for file in store.students if file.id != found.student for each in file.participants}
    return tuple(each.name for each in found.file.participants if is_family(each) and each.id in here)
