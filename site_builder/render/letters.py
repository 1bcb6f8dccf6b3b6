"""Which characters the fonts have, and what stands on paper where one is missing.

The bundled fonts cover Latin with all its marks, Greek, Cyrillic, Arabic, Hebrew, symbols and emoji in black and white;
`more_letters` knows those of the extra `letters`. For another character the paper shows its number in a box, so that
nothing is lost without a trace, and it is reported with the file that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from site_builder.access.view import Copy, YearView
from site_builder.base.resources import folder
from site_builder.render import more_letters

# They show nothing by themselves: joiners, soft hyphens and places to break, marks that choose a form of what precedes.
_NO_SHAPE = "\u00ad\u034f\u061c\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\U000e0000-\U000e0fff\\s"
_UNITS = {"progress": ".md", "conferences": ".md", "objectives": ".yaml", "requests": ".yaml"}


@dataclass(frozen=True, slots=True)
class MissingLetters:
    """Characters that no font has, in one file; `path` within the student's folder, or `school.yaml`."""

    path: str
    characters: str


def fonts() -> Path:
    """Return the folder of the bundled fonts."""
    return folder("data") / "fonts"


@cache
def _spans() -> tuple[list[int], list[int]]:
    lines = (fonts() / "coverage.csv").read_text(encoding="ascii").splitlines()[1:]
    pairs = [line.split(",") for line in lines]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]


def has(character: str) -> bool:
    """Tell whether a font has the character, or it needs none."""
    return bundled(character) or more_letters.has(character)


def rare(text: str) -> set[str]:
    """Return the characters of `text` that no bundled font has."""
    return set(_unbundled().findall(text))


@cache
def _unbundled() -> re.Pattern[str]:
    """Return the pattern of one character that no bundled font has: a long text is looked through in one go."""
    spans = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in zip(*_spans(), strict=True))
    return re.compile(f"[^{spans}{_NO_SHAPE}]")


@cache
def bundled(character: str) -> bool:
    """Tell whether a bundled font has the character, or it needs none."""
    return _unbundled().match(character) is None


def respell(text: str) -> list[str | dict[str, Any]]:
    """Return the text in pieces; a character without a letter is `{"is": "missing", "code": "U+4E2D"}`."""
    if text.isascii() or not _unbundled().search(text):
        return [text] if text else []
    found: list[str | dict[str, Any]] = []
    piece = ""
    for character in text:
        if has(character):
            piece += character
            continue
        if piece:
            found.append(piece)
        found.append({"is": "missing", "code": f"U+{ord(character):04X}"})
        piece = ""
    return [*found, piece] if piece else found


def missing_letters(copy: Copy) -> tuple[MissingLetters, ...]:
    """Return the characters of this copy that no font has, by file."""
    found: dict[str, dict[str, None]] = {}
    for path, part in _parts(copy):
        texts: list[str] = []
        _gather(part, texts)
        for text in texts:
            lacking = [character for character in text if not has(character)]
            if lacking:
                found.setdefault(path, {}).update(dict.fromkeys(lacking))
    return tuple(MissingLetters(path, "".join(characters)) for path, characters in found.items())


def _parts(copy: Copy) -> Iterator[tuple[str, Any]]:
    file, school = copy.file, copy.school
    yield "school.yaml", (school.name, school.district, school.address, school.school_manager, school.guidelines)
    yield "school.yaml", (file.steps, file.credits)
    yield "student.yaml", (file.name, file.preferred_name, file.student_number, file.homeroom)
    for person in file.people:
        yield f"participants/{person.id}.yaml", person
    for year in file.years:
        yield from _parts_of_year(year)


def _parts_of_year(year: YearView) -> Iterator[tuple[str, Any]]:
    yield f"{year.id}/plan.yaml", year.plan
    yield f"{year.id}/strengths.md", year.strengths
    for kind, suffix in _UNITS.items():
        for entry in getattr(year, kind):
            yield f"{year.id}/{kind}/{entry.id}{suffix}", entry
    for entry in year.registrations:
        yield f"{year.id}/registration/{entry.term.id}.yaml", entry
    for card in year.report_cards:
        yield f"{year.id}/report-card/{card.term.id}.yaml", card
    for test in year.tests:
        yield f"{year.id}/tests/{test.date.isoformat()}", test
    for paper in year.papers:
        yield f"{paper.path.rsplit('.', 1)[0]}.yaml", (paper.title, paper.description, paper.alt, paper.consents)


def _gather(part: Any, texts: list[str]) -> None:
    """Add to `texts` those in `part` that are not ASCII, which every font has."""
    if isinstance(part, str):
        if not part.isascii():
            texts.append(part)
    elif isinstance(part, tuple | list):
        for each in part:
            _gather(each, texts)
    else:
        for name in getattr(part, "__dataclass_fields__", ()):
            _gather(getattr(part, name), texts)
