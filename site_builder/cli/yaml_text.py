"""Plain data as YAML the way people write it: short entries on one line, long ones below each other."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.cli.scaffold import scalar
from site_builder.source.document import Value
from site_builder.source.yaml_reader import read_yaml

_WIDEST = 114


def yaml_text(fields: Mapping[str, Value]) -> str:
    """Return `fields` as the lines of a YAML file; they read back as the same data."""
    text = "".join(f"{line}\n" for key, value in fields.items() for line in _entry(key, value))
    again, _ = read_yaml("text.yaml", text)
    if again is None or again.data != dict(fields):
        raise AssertionError("what is written reads back as what was meant")
    return text


def _entry(key: str, value: Value) -> list[str]:
    name = scalar(key)
    if isinstance(value, dict) and value:
        return [f"{name}:", *(f"  {line}" for each, inner in value.items() for line in _entry(each, inner))]
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        return [f"{name}:", *(f"  {line}" for each in value for line in _item(each))]
    return [f"{name}: {_flow(value)}"]


def _item(value: Value) -> list[str]:
    """Return an item of a list: on one line where it fits and is all short, else a line for each of its fields."""
    flow = _flow(value)
    if not isinstance(value, dict) or not value or (len(flow) <= _WIDEST and not _nested(value)):
        return [f"- {flow}"]
    first, *rest = [line for key, inner in value.items() for line in _entry(key, inner)]
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _nested(value: dict[str, Value]) -> bool:
    return any(isinstance(each, dict | list) for each in value.values())


def _flow(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return "null" if value is None else scalar(value)
