"""What the schemas find in a file, and how it is said."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.base.codes import HERE, Code
from site_builder.base.diagnostics import Position, Span
from site_builder.check.schema_codes import CODES
from site_builder.check.schema_files import schema_file, validator
from site_builder.check.schemas import KEYWORDS, validate
from site_builder.source.document import Document, Pointer, Value
from site_builder.source.layout import KINDS, kind_named, locate
from tests.check.schema_cases import BAD, GOOD, as_text, case, read, shown

SILENT = {
    *(
        "$schema",
        "$comment",
        "$defs",
        "$ref",
        "title",
        "description",
        "examples",
        "x-policy",
        "x-audience",
        "x-because",
        "properties",
    ),
    *("items", "if", "then", "allOf", "propertyNames", "enumDescriptions", "patternErrorMessage", "defaultSnippets"),
}
"""Keywords that find nothing themselves."""

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))


@pytest.mark.parametrize("path", GOOD, ids=shown)
def test_a_good_file_has_no_finding(path: Path) -> None:
    assert validate(case(path), kind_named(path.parent.name)) == ()


@pytest.mark.parametrize("path", BAD, ids=shown)
def test_a_bad_file_has_these_findings(path: Path) -> None:
    text = as_text(validate(case(path), kind_named(path.parent.name)))
    expected = path.with_suffix(".findings")
    if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


def test_every_kind_has_good_and_bad_cases() -> None:
    names = {kind.name for kind in KINDS}
    assert {path.parent.name for path in GOOD} == names
    assert {path.parent.name for path in BAD} == names


def test_every_code_is_met_in_a_case() -> None:
    met = {each.code for path in BAD for each in validate(case(path), kind_named(path.parent.name))}
    assert met == {code.code for code in CODES}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_examples_of_a_code(code: Code) -> None:
    for example in code.fails:
        where = locate(example.file)
        assert where is not None
        findings = validate(read(example.file, example.text), where.kind)
        assert [each.code for each in findings] == [code.code]
        assert HERE in example.text.split("\n")[findings[0].span.start.line - 1]
    for example in code.passes:
        where = locate(example.file)
        assert where is not None
        assert validate(read(example.file, example.text), where.kind) == ()
    assert code.fails
    assert code.passes


def test_codes_are_in_their_range_and_said_once() -> None:
    numbers = [code.code for code in CODES]
    assert numbers == sorted(set(numbers))
    assert all("SEP120" <= number <= "SEP149" for number in numbers)


@pytest.mark.parametrize("path", BAD, ids=shown)
def test_no_value_of_a_file_is_told_to_outsiders(path: Path) -> None:
    document = case(path)
    words = {word for word in _texts(document.data) if len(word) > 4} - _own_words(path.parent.name)
    for each in validate(document, kind_named(path.parent.name)):
        told = each.public_message()
        assert [word for word in words if word in told] == []


@pytest.mark.parametrize("path", GOOD, ids=shown)
@given(data=st.data())
def test_whatever_stands_in_a_file_is_found_without_a_crash(path: Path, data: st.DataObject) -> None:
    document = case(path)
    pointer = data.draw(st.sampled_from(sorted(document.places, key=str)))
    changed = _with(document.data, pointer, data.draw(TREES))
    findings = validate(Document(document.path, changed, document.text, document.places), kind_named(path.parent.name))
    assert bool(findings) != validator(path.parent.name).is_valid(changed)


def test_a_document_without_places_is_named_as_a_whole() -> None:
    findings = validate(Document("x.yaml", {"statement": 3}, "statement: 3\n", {}), kind_named("objective"))
    assert {each.span for each in findings} == {Span("x.yaml", Position(1, 1), Position(1, 1))}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("grade", 9.0, "SEP125"), ("prepared_by", ["ana-rivera\n"], "SEP128"), ("prepared_on", "2026-02-29", "SEP127")],
)
def test_stricter_than_the_draft(field: str, value: Value, code: str) -> None:
    plan: dict[str, Value] = {"grade": 9, "prepared_by": ["ana-rivera"], "prepared_on": "2026-09-18", field: value}
    findings = validate(Document("plan.yaml", plan, "", {}), kind_named("plan"))
    assert [each.code for each in findings] == [code]


def test_every_keyword_of_the_schemas_is_explained_or_silent() -> None:
    used = {keyword for kind in (*KINDS, None) for keyword in _keywords(schema_file(kind.name if kind else "common"))}
    assert used - SILENT <= KEYWORDS
    assert used >= KEYWORDS


def _keywords(schema: Any) -> Iterator[str]:
    for key, value in schema.items():
        yield key
        if key in ("properties", "$defs"):
            for each in value.values():
                yield from _keywords(each)
        elif key in ("items", "if", "then", "propertyNames", "additionalProperties") and isinstance(value, dict):
            yield from _keywords(value)
        elif key == "allOf":
            for each in value:
                yield from _keywords(each)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    else:
        yield str(data)


def _own_words(kind: str) -> set[str]:
    """Give the words that the schema itself uses: naming them tells nothing about a student."""
    return {word for word in _texts(schema_file(kind)) if word} | {"small-group", "false"}


def _with(data: Any, pointer: Pointer, value: Any) -> Any:
    if not pointer:
        return value
    data = copy.copy(data)
    data[pointer[0]] = _with(data[pointer[0]], pointer[1:], value)
    return data
