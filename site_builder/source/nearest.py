"""The place that was probably meant for a file that stands where no record does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from site_builder.source.ids import ID, good_name
from site_builder.source.layout import KINDS, YEAR

_YEAR = re.compile(YEAR)
_LONG_YEAR = re.compile(r"(\d{4})[-_ –](?:\d{2})?(\d{2})")
_NEAR = 0.8


class Nearest:
    """Knows the year sections that the students of a store have."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._years: dict[str, set[str]] = {}
        for path in paths:
            parts = path.split("/")
            if len(parts) > 3 and parts[0] == "students" and _YEAR.fullmatch(parts[2]):
                self._years.setdefault(parts[1], set()).add(parts[2])

    def to(self, path: str) -> str:
        """Return the nearest path at which a record may stand, or an empty text where none is near."""
        ratio, best = _NEAR, ""
        matcher = SequenceMatcher(b=path, autojunk=False)
        for made in sorted(self._candidates(path)):
            matcher.set_seq1(made)
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < ratio or made == path:
                continue
            if (found := matcher.ratio()) > ratio:
                ratio, best = found, made
        return best

    def _candidates(self, path: str) -> set[str]:
        parts = path.split("/")
        stem = parts[-1].rpartition(".")[0] or parts[-1]
        stem = stem if ID.fullmatch(stem) else good_name(stem) or stem
        student = parts[1] if len(parts) > 2 else ""
        made = set()
        for kind in KINDS:
            if "{student}" in kind.pattern and not student:
                continue
            for year in self._years_for(student, parts) if "{year}" in kind.pattern else {""}:
                made.add(kind.pattern.replace("{student}", student).replace("{year}", year).replace("{id}", stem))
        if len(parts) > 3:
            made |= {f"students/{student}/{year}/documents/{parts[-1]}" for year in self._years_for(student, parts)}
        return made

    def _years_for(self, student: str, parts: list[str]) -> set[str]:
        written = {f"{match[1]}-{match[2]}" for part in parts if (match := _LONG_YEAR.fullmatch(part))}
        return written or set(sorted(self._years.get(student, ()))[-1:])
