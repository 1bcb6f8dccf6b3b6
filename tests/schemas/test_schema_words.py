"""Every field of every schema speaks to those who fill it in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from site_builder.base.resources import folder
from site_builder.check.schema_files import Schema, resolved, schema_file, validator
from site_builder.source.layout import KINDS

NAMES = [*(kind.name for kind in KINDS), "common", "proposal"]
AUDIENCES = {"participants", "staff", "manager"}
REQUIREMENT = re.compile(r"[PU][1-9][0-9]?(, [PU][1-9][0-9]?)*")


def fields(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Give every field of a schema with its path, those of nested entries too."""
    for name, field in schema.get("properties", {}).items():
        yield f"{path}{name}", field
        yield from fields(field, f"{path}{name}.")
        yield from fields(field.get("items", {}), f"{path}{name}[].")


FIELDS = [
    pytest.param(kind, path, field, id=f"{kind}:{path}") for kind in NAMES for path, field in fields(schema_file(kind))
]


def test_there_is_one_schema_a_kind() -> None:
    assert {path.name for path in folder("schemas").iterdir()} == {f"{name}.schema.json" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema_file(name))
    assert schema_file(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS)
def test_a_field_is_explained(kind: str, path: str, field: Schema) -> None:
    del kind
    assert field["title"][0].isupper()
    assert field["description"].endswith(".")
    assert field["x-audience"] in AUDIENCES
    assert REQUIREMENT.fullmatch(field.get("x-policy", "P1"))
    assert field["examples"]
    assert path.islower()


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS)
def test_an_example_is_sound(kind: str, path: str, field: Schema) -> None:
    del path
    strict = validator(kind)
    for example in field["examples"]:
        assert [each.message for each in strict.evolve(schema=_whole(field)).iter_errors(example)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_mapping_takes_unknown_fields(name: str) -> None:
    for node in _nodes(schema_file(name)):
        if "properties" in node and "type" in node:
            assert node["type"] == "object"
            assert node["additionalProperties"] is False
            assert node["title"]
            assert set(node["required"]) <= set(node["properties"])


@pytest.mark.parametrize("name", NAMES)
def test_choices_explain_themselves(name: str) -> None:
    for node in _nodes(schema_file(name)):
        if "enum" in node and "type" in node:
            assert len(node["enum"]) == len(node["enumDescriptions"]) == len(set(node["enumDescriptions"]))
            assert all(words.endswith(".") for words in node["enumDescriptions"])


@pytest.mark.parametrize("name", NAMES)
def test_patterns_are_anchored_ascii_and_explained(name: str) -> None:
    for node in _nodes(schema_file(name)):
        if "pattern" in node and "type" in node:
            pattern = node["pattern"]
            assert pattern == r"\S" or (pattern.startswith("^") and pattern.endswith("$"))
            assert not re.search(r"\\[dwb]", pattern)
            assert node["patternErrorMessage"].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_texts_have_bounds(name: str) -> None:
    for node in _nodes(schema_file(name)):
        if node.get("type") == "string" and "enum" not in node and "format" not in node:
            assert node["minLength"] == 1
            assert node["maxLength"] <= 2000


@pytest.mark.parametrize("name", NAMES)
def test_conditions_give_their_reason(name: str) -> None:
    for node in _nodes(schema_file(name)):
        if "then" in node:
            assert node["then"]["description"].endswith(".")
            assert [node["then"]["x-because"]] == node["if"]["required"]


def test_shared_parts_leave_the_words_to_the_fields() -> None:
    """An editor shows the words of a shared part in place of the field's own, so a shared part has none."""
    for part in schema_file("common")["$defs"].values():
        assert {"title", "description", "examples"} & set(part) == set()


def test_references_stay_among_the_shared_parts() -> None:
    shared = schema_file("common")["$defs"]
    for name in NAMES:
        for target in re.findall(r'"\$ref": "([^"]+)"', json.dumps(schema_file(name))):
            file, _, part = target.partition("#/$defs/")
            assert file == ("" if name == "common" else "common.schema.json")
            assert part in shared


@pytest.mark.parametrize(
    ("kind", "path", "audience"),
    [
        ("consent", ("sha256",), "manager"),
        ("consent", ("method",), "manager"),
        ("participant", ("rights", "order"), "manager"),
        ("participant", ("protected_address",), "manager"),
        ("participant", ("assigned_by",), "staff"),
        ("participant", ("address",), "participants"),
        ("school", ("waivers",), "manager"),
        ("student", ("independence",), "manager"),
        ("student", ("dependent_for_tax",), "manager"),
        ("document", ("custodian_reason",), "staff"),
        ("objective", ("statement",), "participants"),
    ],
)
def test_the_widest_audience_of_delicate_fields(kind: str, path: tuple[str, ...], audience: str) -> None:
    schema = schema_file(kind)
    for name in path:
        schema = schema["properties"][name]
    assert schema["x-audience"] == audience


def test_no_field_inside_is_wider_than_the_one_around_it() -> None:
    order = ["manager", "staff", "participants"]
    for name in NAMES:
        found = dict(fields(schema_file(name)))
        for path, field in found.items():
            around = path.rpartition(".")[0].removesuffix("[]")
            if around:
                assert order.index(field["x-audience"]) <= order.index(found[around]["x-audience"])


def _whole(schema: Any) -> Any:
    """Give a schema with every shared part put in place, for it is tried outside its file."""
    if isinstance(schema, list):
        return [_whole(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _whole(value) for key, value in resolved(schema).items()}


def _nodes(schema: Any) -> Iterator[Schema]:
    if isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key not in ("examples", "defaultSnippets"):
                yield from _nodes(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from _nodes(each)
