"""Occupations with their O*NET-SOC codes, from the table of the U.S. Department of Labor (policy: P4).

`site_builder/data/README.md` names the source, its release and its licence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from site_builder.model.likeness import best_first, mentions
from site_builder.model.tables import table

ATTRIBUTION = "O*NET 29.2 Database, U.S. Department of Labor, Employment and Training Administration, CC BY 4.0"
_CODE = re.compile(r"\d{2}-\d{4}(\.\d{2})?")
_NO_DETAIL = ".00"


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation: its code such as `51-4121.00`, its title in the plural, and a description in a sentence or two."""

    code: str
    title: str
    description: str


@cache
def occupations() -> dict[str, Occupation]:
    """Return every occupation by its code, in order of code."""
    return {row[0]: Occupation(*row) for row in table("occupations")}


def occupation(code: str) -> Occupation | None:
    """Return the occupation with this code, or `None`; `51-4121` stands for `51-4121.00`."""
    return occupations().get(code if "." in code else code + _NO_DETAIL)


def find_occupations(words: str) -> list[Occupation]:
    """Return the occupations that `words` mean, the nearest first.

    They are looked for in the titles; only where no title has them all, in the descriptions. A code finds itself and
    those that belong to the same six digits.
    """
    wanted = words.strip()
    if _CODE.fullmatch(wanted):
        return [each for each in occupations().values() if each.code.startswith(wanted.partition(".")[0])]
    all_of_them = occupations().values()
    by_title = best_first(wanted, all_of_them, lambda each: each.title, lambda each: each.code)
    return by_title or [each for each in all_of_them if mentions(wanted, each.description)]
