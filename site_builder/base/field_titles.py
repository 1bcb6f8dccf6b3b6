"""What a field is called: the title that the schema of its kind gives it, the one place where that is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from site_builder.base.resources import folder


def field_title(kind: str, field: tuple[str, ...]) -> str:
    """Return the title of the field with these keys in a file of `kind`; empty for one that no schema has today."""
    return str(_field(kind, field).get("title", "")) if field else ""


def is_list(kind: str, field: tuple[str, ...]) -> bool:
    """Tell whether the field holds a list."""
    return _field(kind, field).get("type") == "array"


def choices(kind: str, field: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of which one stands in the field; none where anything may."""
    found = _field(kind, field)
    return tuple(found.get("enum", ())) if found.get("type") == "string" else ()


def _field(kind: str, field: tuple[str, ...]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = schema_of(kind)
    for key in field:
        schema = schema.get("items", schema).get("properties", {}).get(key, {})
    return schema


@cache
def schema_of(kind: str) -> Mapping[str, Any]:
    """Return the schema of a kind of file as it stands in its file; an empty one for a kind that has none."""
    path = folder("schemas") / f"{kind}.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found
