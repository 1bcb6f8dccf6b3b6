"""The answer to "may this viewer see this item": yes, or no with the rules that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from site_builder.access.said import Part, Said, said


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item is withheld: the access rule's number (0-10), and a sentence that names what would release it."""

    rule: int
    said: Said

    @property
    def sentence(self) -> str:
        """Return the sentence in English."""
        return str(self.said)


@dataclass(frozen=True, slots=True)
class Allow:
    """The viewer may see the item."""


@dataclass(frozen=True, slots=True)
class Deny:
    """The viewer may not see the item; `reasons` is never empty."""

    reasons: tuple[Reason, ...]


Decision: TypeAlias = Allow | Deny
ALLOW = Allow()


def deny(rule: int, text: str, **parts: Part) -> Deny:
    """Return a denial with one reason; `parts` fill the gaps of `text`."""
    return Deny((because(rule, text, **parts),))


def because(rule: int, text: str, **parts: Part) -> Reason:
    """Return a reason; `parts` fill the gaps of `text`."""
    return Reason(rule, said(text, **parts))


@dataclass(frozen=True, slots=True)
class Item:
    """Something in a student's file that can be asked for.

    `kind` is a kind of file (`progress`, `document`, ...) with its `year` and `id`, and `field` a key in it; without a
    kind, the file as such.
    """

    student: str
    kind: str = ""
    year: str = ""
    id: str = ""
    field: str = ""
