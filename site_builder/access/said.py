"""A sentence that can be said in any language: English words with gaps, and what fills them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this where it is shown"
    """Return `message` as it is; it marks a message that is translated later."""
    return message


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Names of people of whom one is meant: `Ana Rivera or Lee Chen`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or a part of one; `text` has gaps like `%(day)s` where there are `parts`. As text, it is English."""

    text: str
    parts: tuple[tuple[str, Part], ...] = ()

    def __str__(self) -> str:
        return self.text % {name: _english(part) for name, part in self.parts} if self.parts else self.text


Part: TypeAlias = str | dt.date | AnyOf | Said | tuple[Said, ...]
"""What fills a gap: somebody's words as they are, a day, names of whom one is meant, or something that is said."""


def said(text: str, **parts: Part) -> Said:
    """Return the sentence `text` with its gaps filled."""
    return Said(text, tuple(parts.items()))


def _english(part: Part) -> str:
    if isinstance(part, dt.date):
        return f"{part:%B} {part.day}, {part.year}"
    if isinstance(part, AnyOf):
        *first, last = part.names
        return f"{', '.join(first)} or {last}" if first else last
    if isinstance(part, tuple):
        return ", and ".join(str(each) for each in part)
    return str(part)
