"""The quick yes or no before a file's faults are looked for one by one: nearly every file is sound.

`jsonschema_rs` says only whether there is a fault; what it is, and where, `jsonschema` finds (see `schemas`). Both read
the same schemas, and a test holds them to the same verdict. Where the quick one is missing, or cannot tell, the other
looks at every file.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

from site_builder.check.date_words import is_date
from site_builder.check.schema_files import Schema, schema_file

_SUFFIX = ".schema.json"
_WHOLE = "x-whole"
_SPACES = r"\x1c-\x1f"  # Python takes these for spaces, and the other does not


class Gate(Protocol):
    """Tells whether data has the form of a schema."""

    def is_valid(self, instance: Any) -> bool:
        """Return whether `instance` is without a fault."""


def surely_sound(kind: str, data: object) -> bool:
    """Tell whether `data` is surely without a fault as a file of `kind`; `False` also where that is not known."""
    found = gate(kind)
    try:
        return found is not None and found.is_valid(data)
    except (ValueError, TypeError, OverflowError):  # a number or a text that it does not take
        return False


@cache
def gate(kind: str) -> Gate | None:
    """Return the quick validator of `kind`, or nothing where it is not on this computer."""
    try:
        from jsonschema_rs import Draft202012Validator, Registry
    except ImportError:
        return None
    parts = [(name + _SUFFIX, _strict(schema_file(name))) for name in (kind, "common")]
    return Draft202012Validator(
        {"$ref": kind + _SUFFIX},
        registry=Registry(parts),
        base_uri="json-schema:///",
        formats={"date": is_date},
        validate_formats=True,
        keywords={_WHOLE: _Whole},
    )


class _Whole:
    """A number that was written as a whole one: 9.0 is none, for it would be shown as 9.0."""

    def __init__(self, parent_schema: Schema, value: object, schema_path: list[str | int]) -> None:
        """Take what the validator hands over; there is nothing to set."""

    def validate(self, instance: object) -> None:
        """Raise `ValueError` for a number with a point."""
        if isinstance(instance, float):
            raise ValueError("not written as a whole number")


def _strict(node: Any) -> Any:
    """Return a schema whose whole numbers are strictly so, without what names its draft."""
    if isinstance(node, list):
        return [_strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {name: _strict(each) for name, each in node.items() if name != "$schema"}
    if isinstance(node.get("pattern"), str):
        found["pattern"] = node["pattern"].replace(r"[^\s", rf"[^\s{_SPACES}").replace(r"\S", rf"[^\s{_SPACES}]")
    return {**found, _WHOLE: True} if node.get("type") == "integer" else found
