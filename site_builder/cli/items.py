"""Who and what `sep explain-access` is asked about: a viewer by id or name, an item by its parts or by its file."""

from __future__ import annotations

import difflib

from site_builder.access.decide import find_record
from site_builder.access.decision import Item
from site_builder.base.errors import WrongUse
from site_builder.check.entries import kind_name, records_of
from site_builder.cli.context import Context
from site_builder.cli.students import Chooser
from site_builder.cli.whom import find_whom
from site_builder.model.store import Store, StudentFile
from site_builder.source.layout import KINDS, attachment_owner, locate

OWN_KINDS = tuple(each for each in KINDS if each.pattern.startswith("students/"))
_FORMS = (
    "an item is `rivera-ana` (the file), `rivera-ana/2026-27/document/psych-letter`,\n"
    "`rivera-ana/participant/maria-rivera#address`, or the path of a file below students/"
)


def find_viewer(store: Store, text: str, choose: Chooser | None = None) -> tuple[str, str]:
    """Return id and name of the one person in the plans or the staff directory whom `text` means; raises `WrongUse`."""
    known = {each.id: (each.name, each.position) for each in store.staff.staff}
    for participants in (*(file.participants for file in store.students), *store.strays.values()):
        known.update((each.id, (each.name, each.position or each.relation or each.role)) for each in participants)
    person = find_whom(known, text, f"nobody is called `{text}`", choose)
    return person, known[person][0]


def find_item(context: Context, store: Store, text: str) -> Item:
    """Return the item that `text` names; raises `WrongUse` where there is none, with the nearest."""
    path, _, field = text.strip().partition("#")
    by_file = _by_file(context, store, path)
    item = by_file or _by_parts(context, store, path)
    if field:
        if not item.kind:
            raise WrongUse(f"`{text}` names a field of a whole file", _FORMS)
        item = Item(item.student, item.kind, item.year, item.id, field)
    file = store.student(item.student)
    if item.kind and file is not None and find_record(file, item) is None:
        raise _no_such(file, item)
    return item


def _by_file(context: Context, store: Store, text: str) -> Item | None:
    """Return the item that stands in the file at `text`, relative to the store or to where one is."""
    inside = text
    if not text.startswith("students/"):
        path = (context.surroundings.folder / text).resolve()
        root = context.store.resolve()
        if not path.is_file() or not path.is_relative_to(root):
            return None
        inside = path.relative_to(root).as_posix()
    parts = inside.rstrip("/").split("/")
    if len(parts) == 2 and parts[0] == "students":
        return Item(_student(context, store, parts[1]))
    location, owner = locate(inside), attachment_owner(inside)
    if owner is not None:
        student, year_id, name = owner
        file = store.student(student)
        year = file.year(year_id) if file is not None else None
        found = next((each for each in year.documents if each.file == name), None) if year is not None else None
        if found is None:
            raise WrongUse(f"no description names `{inside}`, so nobody sees it", "`sep check` shows what is missing")
        return Item(student, "document", year_id, found.id)
    if location is None or not location.student:
        raise WrongUse(f"`{inside}` is in no student's file", _FORMS)
    return Item(_student(context, store, location.student), location.kind.name, location.year, location.id)


def _by_parts(context: Context, store: Store, text: str) -> Item:
    first, *rest = text.split("/")
    student = _student(context, store, first)
    if not rest:
        return Item(student)
    year = rest.pop(0) if rest[0][:1].isdigit() else ""
    if not 1 <= len(rest) <= 2:
        raise WrongUse(f"`{text}` names no item", _FORMS)
    kind = _kind(rest[0], year, text)
    single = "{id}" not in kind
    if single == (len(rest) == 2):
        raise WrongUse(f"`{text}` names no item", _FORMS)
    name = next(each.name for each in OWN_KINDS if each.pattern == kind)
    stem = kind.rpartition("/")[2].rpartition(".")[0]
    return Item(student, name, year, stem if single else rest[1])


def _kind(word: str, year: str, text: str) -> str:
    """Return the pattern of the kind of file that `word` means: its name, or that of the folder where it stands."""
    there = [each for each in OWN_KINDS if ("{year}" in each.pattern) == bool(year)]
    for each in there:
        folder = each.pattern.split("/")[-2]
        if word in (each.name, folder if "{" not in folder else ""):
            return each.pattern
    near = difflib.get_close_matches(word, [each.name for each in there], n=1)
    hint = f"did you mean `{near[0]}`?\n" if near else ""
    known = ", ".join(each.name for each in there)
    where = "in a school year" if year else "outside the school years"
    raise WrongUse(f"`{text}`: there is no kind of entry `{word}` {where}", f"{hint}there are: {known}")


def _student(context: Context, store: Store, text: str) -> str:
    """Return the student's folder; one whose file cannot be read is found by the folder alone."""
    if text in store.broken:
        return text
    return context.student(store, text).id


def _no_such(file: StudentFile, item: Item) -> WrongUse:
    found = [record.id for year, record in records_of(file) if year == item.year and kind_name(record) == item.kind]
    near = difflib.get_close_matches(item.id, found, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(found)}" if found else "there is none"
    where = f" of {item.year}" if item.year else ""
    return WrongUse(f"there is no {item.kind} `{item.id}`{where} in the file of {file.student.name}", hint)
