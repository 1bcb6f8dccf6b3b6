"""How a view names people and keeps their words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A person as others' entries name them; `role` is a participant's role word or a staff member's position."""

    name: str
    role: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A person and the day on which they did it; `meaning` and `note` where the entry has them."""

    person: Named
    on: dt.date
    meaning: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Markdown as somebody wrote it; relative links start at `folder` (`2026-27/progress`) in the student's file."""

    markdown: str
    language: str
    folder: str
