"""A file that was read: its plain data, and the place of every key and value in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from site_builder.base.diagnostics import Position, Span

Scalar = str | int | float | bool | None
Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"
Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its value and, inside a mapping, its key; `end` is just past the last character."""

    value: tuple[Position, Position]
    key: tuple[Position, Position] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file, or one Markdown file with its front matter.

    `path` is relative to the store, with `/`. `data` is the tree of plain values, `text` the whole file as decoded
    (no BOM, line ends as `\\n`), `body` the Markdown below the front matter, which begins at line `body_line`.
    """

    path: str
    data: Value
    text: str = field(repr=False)
    places: Mapping[Pointer, Place] = field(repr=False)
    body: str = field(default="", repr=False)
    body_line: int = 1

    def span(self, pointer: Pointer = ()) -> Span:
        """Return the place of the value at `pointer`, or of its nearest ancestor that stands in the file."""
        place = self._nearest(pointer)
        return Span(self.path, *place.value) if place else Span.whole_file(self.path)

    def key_span(self, pointer: Pointer) -> Span:
        """Return the place of the key at `pointer`; where it has none (a list item), the place of its value."""
        place = self._nearest(pointer)
        return Span(self.path, *(place.key or place.value)) if place else Span.whole_file(self.path)

    def _nearest(self, pointer: Pointer) -> Place | None:
        for length in range(len(pointer), -1, -1):
            place = self.places.get(pointer[:length])
            if place is not None:
                return place
        return None
