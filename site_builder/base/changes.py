"""What became of the entries of a store from one version of it to another, as plain data without any sentence.

`history` finds it, `access` takes out what a reader may not see, and `render` says it in words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

BODY = "(words)"
"""Stands in `Part.field` for the words below the fields of a Markdown file; no field of a record is called so."""

WHOLE_FILE = "file"
"""The kind of a change about a student's file as such: it was begun, taken out, or its folder has another name."""
SCHOOL_YEAR = "school-year"
"""The kind of a change about a year section as such; its parts name the kind and id of each entry that came with it."""
ATTACHMENT = "attachment"
"""The kind of a change of a supporting document itself, beside its description."""
OTHER = "other"
"""The kind of a change of a file that is no record, such as a `README`."""


class How(StrEnum):
    """What became of an entry, a field or an item of a list."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One change within an entry.

    `field` holds the keys from the top (`("decision", "outcome")`), without the places in lists. `item` is what people
    call the item of a list that it is about (see `label`); empty for a field of its own and for lists of plain values.
    `old` and `new` are the values; `MOVED` says that a list has another order. A part of `BODY` is one paragraph.
    """

    field: tuple[str, ...]
    how: How
    item: str = ""
    old: Plain = None
    new: Plain = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one entry.

    `kind`, `student`, `year` and `id` are those of its place (`source.layout`), or `kind` is one of those above; of a
    file as such, `id` names the content of its `student.yaml`: one that comes back as it went has the same.
    `title` is what people call it: words, or a day as `2026-10-14`; `language` is theirs, where it is known.
    `was` is the earlier id of one that is `MOVED` (of a file as such: the earlier folder; of an entry that came from
    another year: `2025-26/<id>`). `unread` says that one of the two versions could not be read as a record;
    `older_form`, that one has not the form of today.
    """

    kind: str
    how: How
    id: str = ""
    student: str = ""
    year: str = ""
    title: str = ""
    language: str = ""
    parts: tuple[Part, ...] = ()
    was: str = ""
    unread: bool = False
    older_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A save, and what changed in it; `author` and `email` as they stand in it (or in `.mailmap`).

    `order` counts the saves from the first one; a save comes after all that it rests on. `cut` says that what was
    before it is not on this computer, so that nobody knows what changed in it.
    """

    commit: str
    order: int
    at: dt.datetime
    author: str
    email: str
    changes: tuple[Change, ...] = ()
    cut: bool = False

    @property
    def day(self) -> dt.date:
        """Return the day of the save, where its author was."""
        return self.at.date()


_LABELS = ("title", "what", "name", "person", "program", "institution", "part", "number", "by", "outcome", "id", "code")
_MORE_LABELS = ("subject", "grade", "path", "words", "course", "on")


def label(item: Plain) -> str:
    """Return what people call an item of a list: its title, what it says, or the person; empty for a plain value."""
    if isinstance(item, dict):
        for key in (*_LABELS, *_MORE_LABELS):
            value = item.get(key)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
                return str(value)
    return ""


_TITLES = {
    "student": ("name",),
    "participant": ("name",),
    "consent": ("document",),
    "disclosure": ("what",),
    "objective": ("statement",),
    "progress": ("title", "date"),
    "registration": ("term",),
    "report-card": ("term",),
    "test-result": ("name",),
    "conference": ("held_on", "scheduled_on", "declined_on", "offered_on", "requested_on"),
    "request": ("resource",),
    "document": ("title",),
    "school": ("name",),
    "program": ("version",),
    "group": ("category",),
    "training": ("title",),
    "partnership": ("partner",),
    "working-plan": ("title",),
    "consultation": ("topic",),
    "authorization": ("activity",),
    "contribution": ("title",),
}


def title(kind: str, data: Plain, id: str) -> str:
    """Return what people call an entry of `kind` with these fields; its id where it has nothing better."""
    for key in _TITLES.get(kind, ()):
        value = data.get(key) if isinstance(data, dict) else None
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return id
