"""The message of a save: what changed, by ids and names of fields alone, for a message is read by more than one reader.

The sentences that people read on pages and in commands, with titles and values, are made in `render.change_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.base.changes import ATTACHMENT, BODY, OTHER, SCHOOL_YEAR, WHOLE_FILE, Change, How

_FIRST_LINE = 72
_DONE = {How.ADDED: "added", How.REMOVED: "taken out", How.CHANGED: "changed", How.MOVED: "renamed"}
_SINGLE = frozenset({"student", "plan", "strengths", "school", "staff", "courses", "guidelines", "district"})
"""Kinds of which there is one in its place: the id says nothing that the kind does not."""


def message(changes: Sequence[Change]) -> str:
    """Return the message of a save with these changes: a first line of at most 72 letters, then a line an entry.

    It holds ids of students and entries and the names of fields, and no word or value that stands in a record.
    """
    if not changes:
        return "nothing changed"
    lines = list(_lines(changes))
    if len(lines) == 1 and len(lines[0]) <= _FIRST_LINE:
        return lines[0]
    return "\n".join([_first(changes), "", *lines])


def _first(changes: Sequence[Change]) -> str:
    students = sorted({each.student for each in changes if each.student})
    about = ", ".join(students) or "school"
    entries = f"{len(changes)} entries" if len(changes) > 1 else "1 entry"
    if len(f"{about}: {entries}") <= _FIRST_LINE:
        return f"{about}: {entries}"
    return f"{len(students)} students: {entries}"


def _lines(changes: Iterable[Change]) -> Iterator[str]:
    for each in changes:
        about = f"{each.student}: " if each.student else ""
        yield f"{about}{_said(each)}"


def _said(change: Change) -> str:
    if change.kind == WHOLE_FILE:
        return f"file {_done(change)}"
    if change.kind == SCHOOL_YEAR:
        return f"school year {change.year} {_done(change)} ({len(change.parts)} entries)"
    kind = {ATTACHMENT: "file", OTHER: "file"}.get(change.kind, change.kind)
    where = f"{change.year}/" if change.year else ""
    name = f"{kind} {where}{change.id}" if change.kind not in _SINGLE else f"{where}{kind}"
    fields = dict.fromkeys("words" if each.field == (BODY,) else each.field[0] for each in change.parts if each.field)
    return f"{name} {_done(change)}" + (f" ({', '.join(fields)})" if fields else "")


def _done(change: Change) -> str:
    return "begun" if change.kind in (WHOLE_FILE, SCHOOL_YEAR) and change.how is How.ADDED else _DONE[change.how]
