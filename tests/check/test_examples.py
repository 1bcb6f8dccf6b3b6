"""Every code's own examples, laid over the small school: the failing one is found at its line, the other is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.base.codes import HERE, Code, Example
from site_builder.base.diagnostics import Diagnostic
from site_builder.base.resources import folder
from site_builder.check.catalog import all_codes
from tests.stores import SMALL_SCHOOL, checked, lay_over

CODES = all_codes()
WITH_TESTS_OF_THEIR_OWN = {
    "SEP330": "six students' files: tests/check/test_groups.py",
    "SEP377": "a folder without files: tests/check/test_school_life.py",
    "SEP415": "a hash, tests below",
}


def _field_names(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from _field_names(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _field_names(each)


_SYNTAX = {"&name", "*name", "<<", "!name", "%", "---", "true", "false", "school.yaml", "student.yaml", "staff.yaml"}
OURS = _SYNTAX | {
    name for path in folder("schemas").glob("*.json") for name in _field_names(json.loads(path.read_text("utf-8")))
}


def _found(folder: Path, examples: tuple[Example, ...], code: Code) -> list[Diagnostic]:
    root = lay_over(folder, {each.file: each.text for each in examples})
    return [each for each in checked(root).findings if each.code == code.code]


def _marked_lines(examples: tuple[Example, ...]) -> set[tuple[str, int]]:
    return {
        (each.file, number)
        for each in examples
        for number, line in enumerate(each.text.split("\n"), start=1)
        if HERE in line
    }


def test_the_small_school_is_sound() -> None:
    assert checked(SMALL_SCHOOL).findings == ()


@pytest.mark.parametrize("code", [each for each in CODES if each.fails], ids=lambda code: code.code)
def test_the_failing_example_is_found_at_its_line(code: Code, tmp_path: Path) -> None:
    findings = _found(tmp_path, code.fails, code)
    assert findings
    marked = _marked_lines(code.fails)
    assert not marked or marked & {(each.span.file, each.span.start.line) for each in findings}
    assert all(each.message and each.help for each in findings)
    quoted = {words for each in findings for words in re.findall(r"`([^`]*)`", each.redacted)}
    assert quoted <= OURS, "what is told to outsiders quotes our own words alone, never what stands in a file"


@pytest.mark.parametrize("code", [each for each in CODES if each.passes], ids=lambda code: code.code)
def test_the_passing_example_is_not_found(code: Code, tmp_path: Path) -> None:
    assert _found(tmp_path, code.passes, code) == []


def test_codes_are_unique_and_explained() -> None:
    assert len({each.code for each in CODES}) == len(CODES)
    assert all(each.title and each.why and not each.title.endswith(".") for each in CODES)
