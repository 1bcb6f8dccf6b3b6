"""The schemas as they stand in `schemas/`: read once, asked for the field at a place, made into validators."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from site_builder.base.resources import folder
from site_builder.check.date_words import is_date
from site_builder.source.document import Pointer

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

Schema = dict[str, Any]
_SUFFIX = ".schema.json"


@cache
def schema_file(name: str) -> Schema:
    """Return the schema of the kind of file called `name`, or the shared parts (`common`)."""
    text = (folder("schemas") / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    schema: Schema = json.loads(text)
    return schema


def resolved(schema: Schema) -> Schema:
    """Return `schema` with the shared part that it refers to; its own words go before the shared ones."""
    target = schema.get("$ref")
    if target is None:
        return schema
    shared: Schema = schema_file("common")["$defs"][target.rpartition("/")[2]]
    return {**resolved(shared), **{key: value for key, value in schema.items() if key != "$ref"}}


def field_at(kind: str, pointer: Pointer) -> Schema:
    """Return what the schema of `kind` says about the value at `pointer`, or nothing where it knows no such value."""
    schema = schema_file(kind)
    for step in pointer:
        if isinstance(step, int):
            schema = resolved(schema.get("items", {}))
        else:
            inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
            schema = resolved(inner) if isinstance(inner, dict) else {}
    return schema


@cache
def validator(kind: str) -> Validator:
    """Return the validator of `kind`; strict about whole numbers, dates that exist, and the end of a text."""
    from jsonschema import Draft202012Validator, FormatChecker, validators
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    # A schema that names its draft would be handed over to that draft's own, less strict validator.
    parts = {name: {**schema_file(name)} for name in (kind, "common")}
    for part in parts.values():
        part.pop("$schema")
    registry: Registry[Any] = Registry().with_resources(
        (name + _SUFFIX, DRAFT202012.create_resource(part)) for name, part in parts.items()
    )
    formats = FormatChecker(formats=())
    formats.checks("date")(lambda value: not isinstance(value, str) or is_date(value))
    strict: type[Validator] = validators.extend(  # type: ignore[no-untyped-call]  # its stubs have no types
        Draft202012Validator,
        validators={"pattern": _pattern},
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole),
    )
    return strict({"$ref": kind + _SUFFIX}, registry=registry, format_checker=formats)


def _is_whole(_checker: object, value: object) -> bool:
    """Tell whether `value` was written as a whole number: 9.0 is none, for it would be shown as 9.0."""
    return isinstance(value, int) and not isinstance(value, bool)


def _pattern(_validator: Validator, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    """Hold a text against a pattern as JSON Schema means it: in Python, `$` would let a last line end pass."""
    if isinstance(value, str) and not fits(pattern, value):
        from jsonschema.exceptions import ValidationError

        yield ValidationError("does not match the pattern")


def fits(pattern: str, text: str) -> bool:
    """Tell whether `text` has the form of a schema's `pattern`."""
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("$", r"\Z"))
