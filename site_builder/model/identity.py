"""One id is one person in the whole store: where files disagree about that, nobody may be given either file.

Policy: P13, P35. Two parents can share a name; merging them would show one family's file to the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from site_builder.model.records import Participant
from site_builder.model.store import Store

_NO_LETTERS = re.compile(r"[\W_]+")
_SMALL = bytes(range(256)).lower()
_ASCII_SIGNS = bytes(each for each in range(128) if not chr(each).isalnum())
FAMILY_ROLES = frozenset({"student", "parent", "guardian"})
ROLES = (
    "student",
    "parent",
    "guardian",
    "teacher",
    "counselor",
    "administrator",
    "occupational-specialist",
    "other-staff",
)
"""What somebody can be in a student's plan."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An id under which files describe different people, and the entries that do; `reason` is a part of a sentence."""

    person: str
    reason: str
    entries: tuple[Participant, ...]


def is_family(participant: Participant) -> bool:
    """Tell whether the participant is the student, a parent or a guardian; everyone else is staff."""
    return participant.role in FAMILY_ROLES


def folded(text: str) -> str:
    """Return `text` without what does not tell two people apart: case, accents, punctuation and spacing."""
    if text.isascii():  # the same, far quicker
        return text.encode().translate(_SMALL, _ASCII_SIGNS).decode()
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def conflicts(store: Store) -> tuple[Conflict, ...]:
    """Return every id that stands for more than one person, in order of id."""
    found = []
    for person, entries in sorted(_entries_by_person(store).items()):
        reason = _conflict(store, person, entries)
        if reason:
            found.append(Conflict(person, reason, tuple(entries)))
    return tuple(found)


def _entries_by_person(store: Store) -> dict[str, list[Participant]]:
    entries: dict[str, list[Participant]] = defaultdict(list)
    for participants in (*(file.participants for file in store.students), *store.strays.values()):
        for participant in participants:
            entries[participant.id].append(participant)
    return entries


def _conflict(store: Store, person: str, entries: list[Participant]) -> str:
    family = [each for each in entries if is_family(each)]
    staff_entries = [each for each in entries if not is_family(each)]
    member = store.staff_member(person)
    if family and member is not None:
        # A teacher may be a parent here too, but under a second id: rights must not flow from one to the other.
        return "is the id of somebody in the staff directory and of a family member"
    if family and staff_entries:
        return "is a family member in one file and staff in another"
    if member is not None and any(folded(each.name) != folded(member.name) for each in staff_entries):
        return "has another name here than in the staff directory"
    if sum(each.role == "student" for each in family) > 1:
        return "is the student of two files"
    return _family_conflict(family)


def _family_conflict(family: list[Participant]) -> str:
    for position, first in enumerate(family):
        for second in family[position + 1 :]:
            reason = _pair_conflict(first, second)
            if reason:
                return reason
    return ""


def _pair_conflict(first: Participant, second: Participant) -> str:
    """Say why two entries are not surely one person: another name, nothing in common, or a contradiction."""
    if folded(first.name) != folded(second.name):
        return "has different names in different files"
    pairs = [
        (_one(first.email), _one(second.email)),
        (frozenset(_digits(each.number) for each in first.phones), frozenset(_digits(p.number) for p in second.phones)),
        (_one(first.address), _one(second.address)),
    ]
    stated = [(a, b) for a, b in pairs if a and b]
    if any(not a & b for a, b in stated):
        return "has a different e-mail, telephone or address in different files"
    if not stated:
        return "has nothing in common between the files but the name"
    return ""


def _one(text: str | None) -> frozenset[str]:
    return frozenset({folded(text)}) if text else frozenset()


def _digits(number: str) -> str:
    return "".join(each for each in number if each.isdigit())
