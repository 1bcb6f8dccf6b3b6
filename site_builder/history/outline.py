"""A YAML text as an outline of stretches: each field and item with its own characters and the comments above it.

Put together again, an outline gives the text it was made of, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from site_builder.base.diagnostics import Position
from site_builder.source.document import Document, Place, Pointer, Scalar, Value

_DASH = re.compile(r"( *)-( +)")
_NAMES = ("id", "code", "course", "subject", "what", "person", "student", "title", "name", "number", "question", "kind")
"""The fields by which the items of a list are known, the surest first."""


class Form(StrEnum):
    """How a value is written: in block form each field or item has lines of its own, in flow form brackets."""

    SCALAR = "scalar"
    MAPPING = "mapping"
    LIST = "list"
    FLOW_MAPPING = "mapping in braces"
    FLOW_LIST = "list in brackets"


BLOCKS = frozenset({Form.MAPPING, Form.LIST})
FLOWS = frozenset({Form.FLOW_MAPPING, Form.FLOW_LIST})
MAPPINGS = frozenset({Form.MAPPING, Form.FLOW_MAPPING})


@dataclass(frozen=True, slots=True)
class Part:
    """A field or an item: comments and empty lines above it, what stands before its value, the value, the rest."""

    step: str | int
    lead: str
    before: str
    node: Node
    after: str

    @property
    def text(self) -> str:
        """Return the part without what stands above it."""
        return self.before + self.node.text[self.node.room :] + self.after

    @property
    def whole(self) -> str:
        """Return the part with what stands above it."""
        return self.lead + self.text


@dataclass(frozen=True, slots=True)
class Node:
    """A value: its text, its data, and, of a list or mapping that can be taken apart, its parts.

    Where a block begins behind a dash, `room` spaces stand in the dash's place, so that all its lines are whole.
    """

    form: Form
    text: str
    data: Value
    parts: tuple[Part, ...] = ()
    opening: str = ""
    between: str = ", "
    closing: str = ""
    room: int = 0


def outline(document: Document, first: int, end: int) -> Node:
    """Return the mapping that stands in the lines from number `first` up to, not including, `end` (from 0)."""
    lines = document.text.split("\n")
    return _Reader(document, [f"{line}\n" for line in lines[:-1]] + [lines[-1]]).block((), first, end)


class _Reader:
    def __init__(self, document: Document, lines: list[str]) -> None:
        self._document = document
        self._lines = lines

    def block(self, pointer: Pointer, first: int, end: int, column: int = 0) -> Node:
        """Return the block in these lines; in the first one, what stands before `column` is none of its own."""
        lines = list(self._lines)
        if column:
            lines[first] = " " * column + lines[first][column:]
        text = "".join(lines[first:end])
        data = self._at(pointer)
        form = Form.MAPPING if isinstance(data, dict) else Form.LIST
        parts = []
        position = first
        for step in _steps(data):
            place = self._place((*pointer, step))
            start = (place.key or place.value)[0].line - 1
            if start < position:
                return Node(Form.SCALAR, text, data)  # two on one line: it is not taken apart
            stop = max(_last_line(place), start) + 1
            part = self._part((*pointer, step), "".join(lines[position:start]), lines, start, stop)
            if part is None:
                return Node(Form.SCALAR, text, data)
            parts.append(part)
            position = stop
        return Node(form, text, data, tuple(parts), closing="".join(lines[position:end]), room=column)

    def _part(self, pointer: Pointer, lead: str, lines: list[str], start: int, stop: int) -> Part | None:
        place = self._place(pointer)
        value = place.value[0]
        data = self._at(pointer)
        own = "".join(lines[start:stop])
        block = isinstance(data, dict | list) and bool(data) and self._character(value) not in "[{"
        if place.key is None:
            dash = _DASH.match(lines[start])
            column = value.column - 1
            if dash is None or value.line - 1 != start or dash.end() != column:
                return None
            if block and isinstance(data, dict):
                node = self.block(pointer, start, stop, column)
                taken_apart = node.form is Form.MAPPING
                return Part(pointer[-1], lead, lines[start][:column], node, "") if taken_apart else None
            if block:
                return None
        elif block:
            inner = start + 1
            if value.line - 1 < inner:
                return None
            return Part(pointer[-1], lead, lines[start], self.block(pointer, inner, stop), "")
        low, high = _offset(lines, start, value), _offset(lines, start, place.value[1])
        return Part(pointer[-1], lead, own[:low], self._inline(pointer, own[low:high]), own[high:])

    def _inline(self, pointer: Pointer, text: str) -> Node:
        data = self._at(pointer)
        if not isinstance(data, dict | list) or not data or "#" in text:
            return Node(Form.SCALAR, text, data)
        form = Form.FLOW_MAPPING if isinstance(data, dict) else Form.FLOW_LIST
        origin = self._place(pointer).value[0]
        lines = text.split("\n")
        starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

        def at(place: Position) -> int:
            row = place.line - origin.line
            return starts[row] + place.column - (origin.column if row == 0 else 1)

        parts: list[Part] = []
        gaps = []
        position = 0
        for step in _steps(data):
            place = self._place((*pointer, step))
            start, value, end = at((place.key or place.value)[0]), at(place.value[0]), at(place.value[1])
            gaps.append(text[position:start])
            parts.append(Part(step, "", text[start:value], self._inline((*pointer, step), text[value:end]), ""))
            position = end
        between = gaps[1] if len(gaps) > 1 else ", "
        return Node(form, text, data, tuple(parts), gaps[0], between, text[position:])

    def _place(self, pointer: Pointer) -> Place:
        return self._document.places[pointer]

    def _at(self, pointer: Pointer) -> Value:
        data = self._document.data
        for step in pointer:
            data = data[step]  # type: ignore[index]  # the pointer was made from this very data
        return data

    def _character(self, place: Position) -> str:
        return self._lines[place.line - 1][place.column - 1 : place.column]


def _steps(data: Value) -> Sequence[str | int]:
    if isinstance(data, dict):
        return list(data)
    return range(len(data)) if isinstance(data, list) else ()


def _last_line(place: Place) -> int:
    """Return the number, from 0, of the last line on which something of the value stands."""
    start, end = place.value
    return end.line - 1 if end.column > 1 or end == start else end.line - 2


def _offset(lines: list[str], start: int, place: Position) -> int:
    return sum(len(line) for line in lines[start : place.line - 1]) + place.column - 1


def named(*nodes: Node | None) -> list[dict[str, Part]] | None:
    """Return the parts of each of these lists by a name that means the same item in all; `None` where there is none.

    A list of plain words is known by the words, a list of mappings by the first of the usual fields that each item has
    and no two share. Mappings are known by their keys.
    """
    there = [each for each in nodes if each is not None]
    if all(each.form in MAPPINGS for each in there):
        return [{str(part.step): part for part in each.parts} if each else {} for each in nodes]
    items = [part.node.data for each in there for part in each.parts]
    if all(not isinstance(each, dict | list) for each in items):
        return _unique(nodes, None)
    if all(isinstance(each, dict) for each in items):
        for name in _NAMES:
            found = _unique(nodes, name)
            if found is not None:
                return found
    return None


def _unique(nodes: Sequence[Node | None], name: str | None) -> list[dict[str, Part]] | None:
    result = []
    for node in nodes:
        found: dict[str, Part] = {}
        for part in node.parts if node else ():
            value = part.node.data
            if name is not None:
                value = value.get(name) if isinstance(value, dict) else None
            if not _is_name(value) or str(value) in found:
                return None
            found[str(value)] = part
        result.append(found)
    return result


def _is_name(value: Value) -> bool:
    return isinstance(value, Scalar) and not isinstance(value, bool) and value is not None
