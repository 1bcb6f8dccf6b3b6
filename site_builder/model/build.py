"""From a document that its schema accepts to the record it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from site_builder.model import records
from site_builder.model.records import Record
from site_builder.source.document import Document
from site_builder.source.layout import Kind

RECORD_CLASSES: dict[str, type[Record]] = {
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

_Convert = Callable[[Any], Any]


def build_record(document: Document, kind: Kind, id: str) -> Record:
    """Return the record that `document` holds.

    The document must have passed the schema of its `kind`; else `TypeError`, `ValueError` or `KeyError` may be raised.
    """
    cls: Any = RECORD_CLASSES[kind.name]
    values = cast("dict[str, Any]", document.data)
    known = {key: convert(values[key_in_file]) for key, key_in_file, convert in _fields(cls) if key_in_file in values}
    return cast("Record", cls(id=id, origin=document, **known))


@cache
def _fields(cls: Any) -> tuple[tuple[str, str, _Convert], ...]:
    """Return for each field its name, its key in the file (`from_` is `from`), and what makes its value."""
    hints = typing.get_type_hints(cls)
    return tuple(
        (each.name, each.name.rstrip("_"), _converter(hints[each.name]))
        for each in dataclasses.fields(cls)
        if each.name not in ("id", "origin") or not issubclass(cls, Record)
    )


def _converter(hint: Any) -> _Convert:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _union(arguments)
    if origin is tuple:
        item = _converter(arguments[0])
        return lambda values: tuple(item(value) for value in values)
    if origin is dict:
        item = _converter(arguments[1])
        return lambda values: {key: item(value) for key, value in values.items()}
    if dataclasses.is_dataclass(hint):
        return _nested(hint)
    if hint is dt.date:
        return dt.date.fromisoformat
    return float if hint is float else _same


def _union(arguments: tuple[Any, ...]) -> _Convert:
    """Tell the members of a union apart by what YAML can write: nothing, a text, a list."""
    members = [each for each in arguments if each is not types.NoneType]
    listed = next((_converter(each) for each in members if typing.get_origin(each) is tuple), None)
    single = next((_converter(each) for each in members if typing.get_origin(each) is not tuple), _same)

    def convert(value: Any) -> Any:
        if value is None:
            return None
        return listed(value) if listed is not None and isinstance(value, list) else single(value)

    return convert


def _nested(cls: Any) -> _Convert:
    return lambda values: cls(**{name: convert(values[key]) for name, key, convert in _fields(cls) if key in values})


def _same(value: Any) -> Any:
    return value
