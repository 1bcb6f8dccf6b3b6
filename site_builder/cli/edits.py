"""Small edits in a YAML file that leave every other character of it alone: comments and order are somebody's work."""

from __future__ import annotations

import copy
import textwrap

from site_builder.base.diagnostics import Position, Span
from site_builder.base.errors import WrongUse
from site_builder.source.document import Document, Pointer, Value
from site_builder.source.yaml_reader import read_yaml


def append_item(document: Document, pointer: Pointer, item: str) -> str:
    """Return the text of `document` with `item` (YAML, beginning with `- `) after the last one of the list there.

    Raises `WrongUse`, with the item to paste, where the result would say anything else than the old file and the item:
    for instance where the list stands in square brackets and the item has several lines.
    """
    span = document.span(pointer)
    added, _ = read_yaml(document.path, item)
    if added is None or not isinstance(added.data, list):
        raise _by_hand(document, item)
    if _character(document.text, span.start) == "[":
        old = _list_at(document.data, pointer)
        text = _within_brackets(document.text, span, item.strip().removeprefix("- "), first=not old)
    elif _character(document.text, span.start) == "-":
        text = _after_block(document.text, span.start, textwrap.indent(item, " " * (span.start.column - 1)), each="-")
    else:
        raise _by_hand(document, item)
    expected = copy.deepcopy(document.data)
    _list_at(expected, pointer).extend(added.data)
    return _proved(document, text, expected, item)


def append_entry(document: Document, pointer: Pointer, key: str, value: int | str) -> str:
    """Return the text of `document` with `key: value` after the last entry of the mapping there; raises likewise.

    A `value` of words is written as it is: only what needs no quotes, such as a date, can stand there.
    """
    entry = f"{key}: {value}"
    span = document.span(pointer)
    mapping = _at(document.data, pointer)
    if not isinstance(mapping, dict) or not mapping:
        raise _by_hand(document, entry)
    if _character(document.text, span.start) == "{":
        text = _within_brackets(document.text, span, entry)
    else:
        first = document.key_span((*pointer, next(iter(mapping)))).start
        text = _after_block(document.text, first, " " * (first.column - 1) + entry)
    expected = copy.deepcopy(document.data)
    changed = _at(expected, pointer)
    if isinstance(changed, dict):
        changed[key] = value
    return _proved(document, text, expected, entry)


def add_fields(document: Document, fields: str) -> str:
    """Return the text of `document` with `fields` (YAML, whole lines of `key: value`) at its end; raises likewise."""
    added, _ = read_yaml(document.path, fields)
    old = document.data
    if added is None or not isinstance(added.data, dict) or not isinstance(old, dict) or set(old) & set(added.data):
        raise _by_hand(document, fields)
    text = document.text if document.text.endswith("\n") else document.text + "\n"
    return _proved(document, text + fields, {**copy.deepcopy(old), **added.data}, fields)


def replace_scalar(document: Document, pointer: Pointer, value: str) -> str:
    """Return the text of `document` with the scalar at `pointer` replaced by the word `value`; raises likewise."""
    span = document.span(pointer)
    text = (
        document.text[: _offset(document.text, span.start)] + value + document.text[_offset(document.text, span.end) :]
    )
    expected = copy.deepcopy(document.data)
    parent, key = _at(expected, pointer[:-1]), pointer[-1]
    match parent, key:
        case dict(), str():
            parent[key] = value
        case list(), int():
            parent[key] = value
    return _proved(document, text, expected, f"{key}: {value}" if isinstance(key, str) else value)


def replace_words(document: Document, pointer: Pointer, words: str, written: str) -> str:
    """Return the text of `document` with `words` at `pointer` in place of what stands, `written` as YAML; likewise."""
    span = document.span(pointer)
    start, end = _offset(document.text, span.start), _offset(document.text, span.end)
    # Words in a block (`>-`) end where the next line begins.
    text = document.text[:start] + written + ("\n" if span.end.column == 1 else "") + document.text[end:]
    expected = copy.deepcopy(document.data)
    parent, key = _at(expected, pointer[:-1]), pointer[-1]
    if isinstance(parent, dict) and isinstance(key, str):
        parent[key] = words
    return _proved(document, text, expected, f"{key}: {written}")


def _within_brackets(text: str, span: Span, entry: str, *, first: bool = False) -> str:
    """Put `entry` before the bracket at the end of `span`."""
    head = text[: _offset(text, span.end) - 1]
    kept = len(head.rstrip())
    return head[:kept] + ("" if first else ", ") + entry + text[kept:]


def _after_block(text: str, start: Position, block: str, each: str = "") -> str:
    """Put `block` after the block list or mapping whose first item or key stands at `start`.

    The block goes on for as long as lines are indented more, or as much and begin with `each`; comments that are
    indented as much belong to it only where more of it follows.
    """
    lines = text.rstrip("\n").split("\n")
    indent = start.column - 1
    last = start.line - 1
    for number in range(start.line, len(lines)):
        bare = lines[number].strip()
        deep = len(lines[number]) - len(lines[number].lstrip(" "))
        if bare and deep <= indent and not bare.startswith("#") and (deep < indent or not bare.startswith(each)):
            break
        if bare and deep >= indent and (deep > indent or not bare.startswith("#")):
            last = number
    return "\n".join([*lines[: last + 1], block.rstrip("\n"), *lines[last + 1 :]]) + "\n"


def _proved(document: Document, text: str, expected: Value, wanted: str) -> str:
    """Return `text` if it reads back as `expected` and nothing else."""
    again, findings = read_yaml(document.path, text)
    if again is None or findings or again.data != expected:
        raise _by_hand(document, wanted)
    return text


def _by_hand(document: Document, wanted: str) -> WrongUse:
    return WrongUse(
        f"`{document.path}` is written in a way that cannot be added to safely", f"add this to it by hand:\n{wanted}"
    )


def _at(data: Value, pointer: Pointer) -> Value:
    for step in pointer:
        match data, step:
            case dict(), str():
                data = data.get(step)
            case list(), int():
                data = data[step]
    return data


def _list_at(data: Value, pointer: Pointer) -> list[Value]:
    found = _at(data, pointer)
    return found if isinstance(found, list) else []


def _offset(text: str, position: Position) -> int:
    start = 0
    for _ in range(position.line - 1):
        start = text.index("\n", start) + 1
    return start + position.column - 1


def _character(text: str, position: Position) -> str:
    offset = _offset(text, position)
    return text[offset : offset + 1]
