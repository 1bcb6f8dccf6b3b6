"""Whether a version of long ago still has the form of today: its fields, and the choices in them.

A whole validation would cost more than reading the history does; this looks at what a change of the schemas changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from site_builder.base.field_titles import schema_of
from site_builder.source.document import Value


@dataclass(frozen=True, slots=True)
class Form:
    """What a mapping may hold: its fields with the choices of each (empty: no fixed ones), and what must be there."""

    fields: Mapping[str, frozenset[str]]
    required: frozenset[str]
    within: Mapping[str, Form] = field(default_factory=dict)

    def fits(self, value: Value) -> bool:
        """Tell whether a mapping has these fields and no others, the needed ones among them, and known choices."""
        if not isinstance(value, dict) or not self.required <= value.keys():
            return False
        for key, each in value.items():
            choices = self.fields.get(key)
            if choices is None or (choices and (not isinstance(each, str) or each not in choices)):
                return False
            inner = self.within.get(key)
            items = each if isinstance(each, list) else [each]
            if inner is not None and not all(inner.fits(item) for item in items):
                return False
        return True


def fits(kind: str, value: Value) -> bool:
    """Tell whether the fields of a record of `kind` have the form of today; a kind without a schema has any form."""
    known = form(kind)
    return known is None or known.fits(value)


@cache
def form(kind: str) -> Form | None:
    """Return the form of a kind of file, or nothing where there is no schema for it."""
    schema = schema_of(kind)
    return _form(schema) if schema else None


def _form(schema: Mapping[str, Any]) -> Form:
    properties: Mapping[str, Any] = schema.get("properties", {})
    within = {}
    for key, each in properties.items():
        inner = each.get("items", each)
        if "properties" in inner:
            within[key] = _form(inner)
    return Form(
        fields={key: frozenset(_choices(each)) for key, each in properties.items()},
        required=frozenset(schema.get("required", ())),
        within=within,
    )


def _choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(schema.get("enum", ())) if schema.get("type") == "string" else ()
