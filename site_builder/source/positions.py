"""Offsets in a text turned into places of its file."""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

from site_builder.base.diagnostics import Position, Span


class Ruler:
    """Measures one text, which begins at line `first_line` of the file `path`; offsets are in characters from 0."""

    def __init__(self, path: str, text: str, first_line: int = 1) -> None:
        self.path = path
        self.text = text
        self._first_line = first_line
        self._starts: list[int] = []

    def position(self, offset: int) -> Position:
        """Return the line and column of `offset`, both from 1."""
        offset = min(offset, len(self.text))
        index = self._line_index(offset)
        return Position(index + self._first_line, offset - self._starts[index] + 1)

    def span(self, start: int, end: int) -> Span:
        """Return the place from `start` up to, not including, `end`."""
        return Span(self.path, self.position(start), self.position(max(start, end)))

    def line_of(self, offset: int) -> str:
        """Return the text of the line that holds `offset`, without its line end."""
        start = self.start_of_line(offset)
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def start_of_line(self, offset: int) -> int:
        """Return the offset at which the line that holds `offset` begins."""
        index = self._line_index(offset)
        return self._starts[index]

    def _line_index(self, offset: int) -> int:
        if not self._starts:
            self._starts = [0]
            found = self.text.find("\n")
            while found >= 0:
                self._starts.append(found + 1)
                found = self.text.find("\n", found + 1)
        return bisect_right(self._starts, offset) - 1


def shown(text: str, most: int = 60) -> str:
    """Return `text` for a message: in back-quotes, on one line, shortened to `most` characters."""
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[: most + 1])
    return f"`{line if len(line) <= most else line[: most - 1] + '…'}`"


def in_quotes(text: str) -> str:
    """Return `text` as it would stand in a record in quotes, shortened to 120 characters.

    The quotes are double ones, unless it would need a backslash there.
    """
    if len(text) > 120:
        text = text[:119] + "…"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


class _Mark(Protocol):
    index: int


def offset(mark: _Mark | None) -> int:
    """Return where the parser's `mark` stands in its text, in characters from 0."""
    return 0 if mark is None else mark.index
