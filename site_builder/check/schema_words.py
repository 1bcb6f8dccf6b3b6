"""How values, fields and examples of the schemas are put into words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

_PLAIN = re.compile(r"[A-Za-z0-9_./+(][^\n:#,\[\]{}\"']*(?:[:#][^\s,\[\]{}\"'][^\n:#,\[\]{}\"']*)*")
_OTHERWISE = re.compile(
    r"[-+]?[0-9][0-9_]*|[-+]?[0-9]*\.[0-9]*(?:[eE][-+]?[0-9]+)?|0[ox][0-9a-fA-F]+|true|false|null", re.I
)
_LONGEST = 60


def as_yaml(value: object) -> str:
    """Return `value` as it can be written in a record, on one line; text that YAML would misread is in quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {as_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_yaml(each) for each in value) + "]"
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value == value.strip() and not _OTHERWISE.fullmatch(value)
        return value if plain else quoted(value)
    return str(value)


def quoted(text: str) -> str:
    """Return `text` in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def lines_to_paste(key: str, value: object) -> str:
    """Return a field with an example value, one line or, for a list of entries or a mapping, several."""
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        return "\n".join([f"{key}:", *(line for each in value for line in _entry(each))])
    if isinstance(value, Mapping):
        return "\n".join([f"{key}:", *(f"  {name}: {as_yaml(each)}" for name, each in value.items())])
    return f"{key}: {as_yaml(value)}"


def _entry(value: Mapping[str, object]) -> list[str]:
    return [
        f"  {'-' if number == 0 else ' '} {key}: {as_yaml(each)}" for number, (key, each) in enumerate(value.items())
    ]


def shown(text: str) -> str:
    """Return `text` between back quotes on one line, its middle left out where it is long."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST - 15]} ... {line[-9:]}"
    return f"`{line}`" if line else "an empty text"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` was most likely meant to be."""
    by_form = {_form(choice): choice for choice in choices}
    found = difflib.get_close_matches(_form(word), by_form, n=1, cutoff=0.7)
    return by_form[found[0]] if found else None


def _form(word: str) -> str:
    """Return `word` without what people mix up: capitals, and the signs between words."""
    return re.sub(r"[\s_-]+", "", word).casefold()


def as_way_out(sentence: str) -> str:
    """Return a sentence of a schema as one of a finding's ways out: without capital and full stop."""
    return sentence[:1].lower() + sentence[1:].removesuffix(".")


def comma_list(words: Iterable[str]) -> str:
    """Return words with commas between them."""
    return ", ".join(words)


def about(field: Mapping[str, Any]) -> str:
    """Return what a field's schema says to those who fill it in."""
    return f"{field['title']}: {field['description']}"
