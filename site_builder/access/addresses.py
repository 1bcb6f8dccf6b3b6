"""Protected addresses: never shown to other participants, also where another entry repeats them (rule 4)."""

from __future__ import annotations

import re
import unicodedata

from site_builder.access.decision import ALLOW, Decision, deny
from site_builder.model.identity import folded
from site_builder.model.records import Participant
from site_builder.model.store import Store

_WORD = re.compile(r"#|\w+")
_UNITS = frozenset(
    (*("#", "apt", "apartment", "apto", "unit", "suite", "ste", "space", "spc", "lot"),
     *("trlr", "room", "rm", "fl", "floor", "bldg", "depto", "no"))
)  # fmt: skip
_DIRECTIONS = frozenset(
    (*("n", "s", "e", "w", "ne", "nw", "se", "sw"),
     *("north", "south", "east", "west", "norte", "sur", "este", "oeste"))
)  # fmt: skip


def address_shown(store: Store, viewer: Participant, owner: Participant) -> Decision:
    """Keep a protected address from all but those who live there, also where a child's entry repeats it."""
    if owner.address is None or viewer.id == owner.id:
        return ALLOW
    protected = store.once(_protected)
    holders = {holder for key in _places(owner.address) for holder in protected.get(key, ())}
    if not holders or viewer.id in holders:
        return ALLOW
    return deny(4, "A protected address, never shown to other participants")


def same_place(one: str, other: str) -> bool:
    """Tell whether two addresses may be one place: people write `St` and `Street`, with the town and without.

    Sure of it is not asked for: the same number in a street that begins with the same word is enough.
    """
    return not _places(one).isdisjoint(_places(other))


def _protected(store: Store) -> dict[str | tuple[str, str], set[str]]:
    """Return the ids of those whose addresses are protected, by what two addresses of one place have in common."""
    unread = {each.id for each in store.unread if each.kind.name == "participant"}  # there it may say `protected`
    found: dict[str | tuple[str, str], set[str]] = {}
    for participants in (*(file.participants for file in store.students), *store.strays.values()):
        for each in participants:
            if each.address and (each.protected_address or each.id in unread):
                for key in _places(each.address):
                    found.setdefault(key, set()).add(each.id)
    return found


def _places(address: str) -> frozenset[str | tuple[str, str]]:
    return frozenset((folded(address), *_houses(address)))


def _houses(address: str) -> frozenset[tuple[str, str]]:
    """Return each number with the word that follows it, but for numbers of flats and what says north or south."""
    plain = "".join(
        each for each in unicodedata.normalize("NFKD", address.casefold()) if not unicodedata.combining(each)
    )
    words = _WORD.findall(plain)
    found = set()
    for at, word in enumerate(words):
        if not word[0].isdigit() or (at and words[at - 1] in _UNITS):
            continue
        street = next((each for each in words[at + 1 :] if each not in _DIRECTIONS), "")
        if street:
            found.add((word, street))
    return frozenset(found)
