"""How values, fields and examples of the schemas are put into words."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_PLAIN = re.compile(r"[^\W_](?:[^\n]*\S)?|[./+(_][^\n]*[^\W_]")
_MISREAD = re.compile(r": |:$| #|[^\x20-\x7e\xa1-\ud7ff\ue000-\ufefe\uff00-\ufffc]")
_IN_FLOW = re.compile(r"[,\[\]{}:]")
_NOT_TEXT = re.compile(
    r"[-+]?[0-9][0-9_]*|[-+]?[0-9]*\.[0-9]*(?:e[-+]?[0-9]+)?|[-+]?[0-9.]+e[-+]?[0-9]+|0[ox][0-9a-f]+|[-+]?\.(?:inf|nan)"
    r"|true|false|null|[.+_(]+",
    re.IGNORECASE,
)
_LONGEST = 60


def as_yaml(value: object, *, inside: bool = False) -> str:
    """Return `value` as it can be written on one line of a record, or `inside` brackets; in quotes where it must be."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {as_yaml(each, inside=True)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_yaml(each, inside=True) for each in value) + "]"
    if isinstance(value, str):
        odd = _MISREAD.search(value) or _NOT_TEXT.fullmatch(value) or (inside and _IN_FLOW.search(value))
        return value if _PLAIN.fullmatch(value) and not odd else quoted(value)
    return str(value)


def quoted(text: str) -> str:
    """Return `text` in double quotes."""
    return json.dumps(text, ensure_ascii=False)


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
