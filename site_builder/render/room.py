"""How much room words take on paper, as far as their letters can tell: what a column asks for, how high a row is.

Elements are those of the page that `render.blocks` reads; all rooms are in letters of plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from site_builder.render.lines import BREAK, soft

_DATE, _TERM = 15, 21
"""What is no longer and holds a figure, a date above all, stands in one line in a table: "Grado 12, Primavera" too."""
_SHORT, _LINE, _LONG_LINE = 26, 44, 60
"""Letters of a line that is not parted lightly, that a column may wish for, and one that has whole sentences."""
_SQUARE = re.compile("[\u1100-\U0010ffff]")
"""From here on scripts have letters as broad as they are high."""
PICTURE_ROOM = 1400
"""A picture that has its own width of the text takes the room of so many letters at most."""
_ROWS = ("p", "li", "dt", "h2", "h3", "h4", "h5", "h6", "tr", "br")


def letters_of(element: Any) -> str:
    """Return all that an element says, without what follows it."""
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def size_of(element: Any) -> int:
    """Return about how many letters' room an element takes on paper: its letters, and the ends of its lines."""
    room = breadth_of(letters_of(element))
    for each in element.iter("img", "pre", *_ROWS):
        room += PICTURE_ROOM if each.tag == "img" else 40
        if each.tag == "pre":
            room += 40 * letters_of(each).count("\n")
    return room


def height_of(said: list[int], widths: list[int]) -> int:
    """Return about how many letters' room a row takes that is as high as the highest of its cells."""
    whole = sum(widths)
    return 30 + max(letters * whole // width for letters, width in zip(said, widths, strict=False))


def breadth_of(text: str) -> int:
    """Return how many letters' room a text takes in a line: one of a square script takes that of two."""
    return len(text) if text.isascii() else len(text) + len(_SQUARE.findall(text))


@dataclass(slots=True)
class Column:
    """How many letters a column must have room for, its longest word; how many let its texts stand in two lines; and
    how many it would like.
    """

    least: int = 2
    two: int = 2
    whole: int = 2
    number: bool = False

    def take(self, text: str, *, choice: bool, number: bool, head: bool, alone: bool = False) -> None:
        """Take in a text of the column; one that is `alone` has lines above or below it, and is not to make more."""
        longest, whole, halved, figures = _asks(text)
        if not longest:
            return
        self.least = max(self.least, longest + 2 + 2 * choice)
        self.whole = max(self.whole, whole)
        if head:
            return  # A head may stand in two lines: what stands below it is what the column is for.
        self.number |= number
        if self.least < whole <= _DATE and figures:
            self.least = whole
        if whole > self.two:
            kept = whole <= _SHORT if alone else whole <= _TERM and figures
            self.two = max(self.two, whole + 1 if kept else halved + 2)

    def asked(self) -> dict[str, Any]:
        """Return the column's `widths` as `render.blocks` describes them."""
        most = max(_LINE, min(self.whole // 3, _LONG_LINE))
        wish = self.least if self.number else max(self.least, min(self.whole, most))
        return {"least": self.least, "two": min(max(self.least, self.two), wish), "wish": wish, "number": self.number}


class _Asked(NamedTuple):
    """How many letters a text has in its longest word, in all, and in the longer of two lines; are there figures."""

    longest: int
    whole: int
    halved: int
    figures: bool


@lru_cache(maxsize=1024)
def _asks(text: str) -> _Asked:
    """Return what a cell's text asks of its column; a few texts stand in most cells of a binder, and of the next."""
    words = soft(text).replace(BREAK, " ").split()
    whole = sum(map(len, words)) + len(words) + 1
    return _Asked(max(map(len, words), default=0), whole, _halved(words), any(map(str.isdigit, text)))


def _halved(words: list[str]) -> int:
    """Return how many letters the longer of two lines has where the words stand in two as well as they can."""
    rest = sum(map(len, words)) + len(words) - 1
    first, best = -1, rest
    for word in words:
        first += len(word) + 1
        rest -= len(word) + 1
        best = min(best, max(first, rest))
    return best


def lines_of(cell: Any) -> Iterator[tuple[str, bool]]:
    """Give a cell's text, or each of its items, and apart from it what stands in lines of its own."""
    if not len(cell):
        yield cell.text or "", False
    elif cell.find(".//li") is not None:
        yield from ((letters_of(item), False) for item in cell.iter("li"))
    else:
        rest = cell.text or ""
        for part in cell:
            if "line" in (part.get("class") or "").split():
                yield letters_of(part), True
            else:
                rest += f" {' '.join(part.itertext())}"
            rest += part.tail or ""
        yield rest, False
