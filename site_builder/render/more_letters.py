"""Fonts of further scripts, where the extra `letters` is installed: they stand behind the bundled ones.

They are looked for and read only for a character that no bundled font has, so a binder without one is made of the same
bytes with and without them. The packs are found by their folders; nothing in them is run.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SCRIPTS = "Chinese, Japanese, Korean, Khmer, Thai, Lao, Burmese, Devanagari, Bengali, Tamil, Telugu, Ethiopic"
INSTALL = "pip install 'sepfile[letters]'"

# In this order one after another is asked; a text that says that it is Japanese or Korean has its own font first.
_PACKS = {
    "justmytype_intl_cjk": ("Noto Sans SC", "Noto Sans TC", "Noto Sans JP", "Noto Sans KR"),
    "justmytype_intl_sea": ("Noto Sans Khmer", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Myanmar"),
    "justmytype_intl_south_asia": (
        "Noto Sans Devanagari",
        "Noto Sans Bengali",
        "Noto Sans Tamil",
        "Noto Sans Telugu",
    ),
    "justmytype_intl_africa": ("Noto Sans Ethiopic",),
}


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the extra: its family, its file, and the version of the pack that it came in."""

    family: str
    path: Path
    version: str


@cache
def installed() -> tuple[Font, ...]:
    """Return the fonts of the extra that are here, in the order in which they are asked; without the extra, none."""
    return tuple(_found()) if find_spec("fontTools") is not None else ()


def _found() -> Iterable[Font]:
    for pack, families in _PACKS.items():
        spec = find_spec(pack)
        for place in (spec.submodule_search_locations or ()) if spec is not None else ():
            files = {path.stem.partition("[")[0]: path for path in sorted(Path(place).rglob("*.ttf"))}
            try:
                version = importlib.metadata.version(pack.replace("_", "-"))
            except importlib.metadata.PackageNotFoundError:
                continue  # a folder that was left behind
            for family in families:
                path = files.get(family.replace(" ", ""))
                if path is not None:
                    yield Font(family, path, version)


def complete() -> bool:
    """Tell whether every font of the extra is here."""
    return len(installed()) == sum(map(len, _PACKS.values()))


def has(character: str) -> bool:
    """Tell whether a font of the extra has the character."""
    return any(ord(character) in _codes(font) for font in installed())


def fonts_with(characters: Iterable[str]) -> tuple[Font, ...]:
    """Return the fonts of the extra that have at least one of the characters, in their order."""
    codes = set(map(ord, characters))
    return tuple(font for font in installed() if not codes.isdisjoint(_codes(font)))


@cache
def _codes(font: Font) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font.path, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
