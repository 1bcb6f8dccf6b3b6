"""New people: ids that nobody has, namesakes, and staff as the directory knows them."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.cli.console import ascii_text
from site_builder.cli.students import Chooser
from site_builder.model.identity import folded, is_family
from site_builder.model.records import Participant, StaffMember
from site_builder.model.store import Store, StudentFile
from site_builder.source.layout import locate
from site_builder.source.tree import SourceTree

_LONGEST = 60
_MOST_WORDS = 4
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"])
ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}", re.ASCII)
_ROLES = (
    ("counseling", "counselor"),
    ("occupational", "occupational-specialist"),
    ("administration", "administrator"),
    ("teaching", "teacher"),
)
"""A duty and the role that goes with it, the more telling first."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """A family member of that name who is in the store already, with the files that name them."""

    person: str
    entry: Participant
    files: tuple[StudentFile, ...]

    def described(self) -> str:
        """Return one line that tells this person from another of the same name."""
        entry = self.entry
        children = ", ".join(f"{entry.relation or entry.role} of {each.student.name}" for each in self.files)
        phone = entry.phones[0].number if entry.phones and not entry.protected_address else ""
        return " - ".join(part for part in (entry.name, children, phone, self.person) if part)


def namesakes(store: Store, name: str) -> tuple[Namesake, ...]:
    """Return the parents and guardians anywhere in the store called `name`, but for case, accents and spaces.

    A student of that name is somebody else (a father and his son), and is left out.
    """
    found: dict[str, list[tuple[Participant, StudentFile]]] = defaultdict(list)
    for file in store.students:
        for entry in file.participants:
            if is_family(entry) and entry.role != "student" and folded(entry.name) == folded(name):
                found[entry.id].append((entry, file))
    return tuple(
        Namesake(person, pairs[-1][0], tuple(file for _, file in pairs)) for person, pairs in sorted(found.items())
    )


def taken_ids(tree: SourceTree, store: Store) -> frozenset[str]:
    """Return every id that stands for somebody: in the directory, and in students' files readable or not."""
    located = (locate(entry.path) for entry in tree.entries())
    people = {each.id for each in located if each is not None and each.kind.name == "participant"}
    return frozenset(people | {each.id for each in store.staff.staff})


def id_of(name: str, *, family_name_first: bool = False) -> str:
    """Return the id that goes with a name, such as `ana-rivera`, or `rivera-ana` for a student's folder."""
    spoken = re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]", "", name).split()
    if family_name_first:
        spoken = [*spoken[-1:], *spoken[:-1]]
    words = re.findall(r"[a-z0-9]+", ascii_text(" ".join(spoken)).lower())
    made = "-".join(words)[:_LONGEST].rstrip("-")
    if not ID.fullmatch(made):
        raise WrongUse(f"no id can be made of the name `{name}`", "`--id` gives one: small letters, digits and hyphens")
    return made


def dated_id(on: dt.date, text: str, taken: Collection[str]) -> str:
    """Return a free id of a day and the first words of `text`, such as `2026-11-02-welding-hood`."""
    return worded_id(text, taken, before=on.isoformat())


def worded_id(text: str, taken: Collection[str], before: str = "") -> str:
    """Return a free id of the first words of `text` that say something, with `before` in front of them."""
    words = re.findall(r"[a-z0-9]+", ascii_text(re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]", "", text)).lower())
    kept = [each for each in words if each not in _SMALL_WORDS][:_MOST_WORDS]
    made = "-".join([each for each in (before, *kept) if each])[:_LONGEST].rstrip("-")
    return free_id(made if ID.fullmatch(made) else "entry", taken)


def edition_id(version: str) -> str:
    """Return the id under which an edition of the template is kept: `2026-08`, or `edition-3` for `3`."""
    made = "-".join(re.findall(r"[a-z0-9]+", ascii_text(version).lower()))[:_LONGEST].rstrip("-")
    return made if ID.fullmatch(made) else f"edition-{made}".rstrip("-")


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, with a number behind it where somebody has that id: one id is one person."""
    number = 1
    made = wanted
    while made in taken:
        number += 1
        made = f"{wanted}-{number}"
    return made


def find_staff(store: Store, text: str, choose: Chooser | None = None) -> StaffMember:
    """Return the entry of the staff directory whose id or name is `text`; raises `WrongUse` where there is none."""
    wanted = plain(text)
    staff = store.staff.staff
    found = [each for each in staff if each.id == text.strip()] or [
        each for each in staff if plain(each.name) == wanted
    ]
    found = found or [each for each in staff if wanted and set(wanted.split()) <= set(plain(each.name).split())]
    if len(found) == 1:
        return found[0]
    lines = [f"{each.name} - {each.position} - {each.id}" for each in found]
    if found and choose is not None:
        return found[choose("Who is it", lines)]
    if found:
        raise WrongUse(f"{len(found)} people of the staff fit `{text}`", "\n".join(["name one by the id:", *lines]))
    forms = {form: each.id for each in staff for form in (each.id, plain(each.name))}
    near = difflib.get_close_matches(wanted, forms, n=1)
    hint = f"did you mean `{forms[near[0]]}`?\n" if near else ""
    raise WrongUse(f"`{text}` is not in the staff directory", f"{hint}new staff is entered in staff.yaml first")


def role_of(member: StaffMember) -> str:
    """Return the role that goes with a staff member's duties."""
    return next((role for duty, role in _ROLES if duty in member.duties), "other-staff")
