"""The schemas and the record classes name the same fields, and the same ones are required."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
import types
import typing
from typing import Any

import pytest

from site_builder.check.schema_files import Schema, resolved, schema_file
from site_builder.model import records
from site_builder.source.layout import KINDS

CLASSES: dict[str, type] = {
    "school": records.School,
    "staff": records.StaffDirectory,
    "courses": records.CourseCatalog,
    "program": records.Program,
    "guidelines": records.Guidelines,
    "group": records.Group,
    "training": records.Training,
    "partnership": records.Partnership,
    "working-plan": records.WorkingPlan,
    "consultation": records.Consultation,
    "authorization": records.Authorization,
    "contribution": records.Contribution,
    "district": records.District,
    "student": records.Student,
    "participant": records.Participant,
    "consent": records.Consent,
    "disclosure": records.Disclosure,
    "plan": records.Plan,
    "strengths": records.Strengths,
    "objective": records.Objective,
    "progress": records.Progress,
    "registration": records.Registration,
    "report-card": records.ReportCard,
    "test-result": records.TestResult,
    "conference": records.Conference,
    "request": records.ResourceRequest,
    "document": records.SupportingDocument,
}
NAMELESS = {field.name for field in dc.fields(records.Record)}
"""What a record has from its file's name and place, not from its words."""

SHAPES: dict[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def test_every_kind_has_its_class() -> None:
    assert set(CLASSES) == {kind.name for kind in KINDS}
    kept = {each.__name__ for each in records.Record.__subclasses__()}  # by name: slots make every class twice
    assert {each.__name__ for each in CLASSES.values()} == kept


@pytest.mark.parametrize("kind", CLASSES)
def test_schema_and_class_agree(kind: str) -> None:
    assert differences(schema_file(kind), CLASSES[kind], kind) == []


def test_a_difference_is_found() -> None:
    schema: Schema = {"properties": {"what": {"type": "string"}, "due": {"type": "integer"}}, "required": ["due"]}
    assert differences(schema, records.Step, "step") == [
        "step: only the class has done_on, who",
        "step: required in only one of the two: due, what",
        "step.due: integer in the schema, date in the class",
    ]


def differences(schema: Schema, cls: type, path: str) -> list[str]:
    """Say where a schema and a record class differ, nested entries included."""
    fields = {field.name.rstrip("_"): field for field in dc.fields(cls) if not _from_file(cls, field.name)}
    hints = {name.rstrip("_"): hint for name, hint in typing.get_type_hints(cls).items()}
    required = {name for name, field in fields.items() if field.default is field.default_factory is dc.MISSING}
    found = []
    properties, needed = set(schema["properties"]), set(schema["required"])
    if only := properties - set(fields):
        found.append(f"{path}: only the schema has {', '.join(sorted(only))}")
    if only := set(fields) - properties:
        found.append(f"{path}: only the class has {', '.join(sorted(only))}")
    if odd := needed ^ required:
        found.append(f"{path}: required in only one of the two: {', '.join(sorted(odd))}")
    for name in schema["properties"]:
        if name in fields:
            found += _value(resolved(schema["properties"][name]), hints[name], f"{path}.{name}")
    return found


def _from_file(cls: type, name: str) -> bool:
    return issubclass(cls, records.Record) and name in NAMELESS


def _value(schema: Schema, hint: Any, path: str) -> list[str]:
    if isinstance(hint, types.UnionType):
        kinds = [each for each in typing.get_args(hint) if each is not types.NoneType]
        if len(kinds) > 1:  # a list of ids or one word
            return [] if schema["type"] == ["array", "string"] else [f"{path}: two kinds in the class"]
        hint = kinds[0]
    origin = typing.get_origin(hint)
    if origin is tuple:
        if schema.get("type") != "array":
            return [f"{path}: {schema.get('type')} in the schema, a list in the class"]
        return _value(resolved(schema["items"]), typing.get_args(hint)[0], f"{path}[]")
    if origin is dict:
        inner = resolved(schema["additionalProperties"])
        return _value(inner, typing.get_args(hint)[1], f"{path}.*")
    if dc.is_dataclass(hint) and isinstance(hint, type):
        return differences(schema, hint, path)
    shape = schema.get("format") or schema["type"]
    wanted = "date" if hint is dt.date else SHAPES[hint]
    return [] if shape == wanted else [f"{path}: {shape} in the schema, {wanted} in the class"]
