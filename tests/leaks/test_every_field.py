"""Every text that a schema lets people write has a canary in the generated school: a new field cannot be forgotten.

The schemas are walked, and so are the files that were written; nothing is listed twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from site_builder.base.resources import folder
from site_builder.source.layout import KINDS, locate
from tests.leaks.canary_school import Written, write_school
from tests.leaks.facts import Size
from tests.leaks.search import SHAPE, words_in
from tests.leaks.suite import Searched

ELSEWHERE = {
    "district": "stands above the schools' stores; its report is searched in test_report_words",
    "proposal": "is handed in and never part of a store",
    "common": "holds parts of the other schemas",
}
PLACES = {"school.waivers[].file"}  # the path of a file in the store
SAMPLE = "Qybcdfury"
SPELLED = (SAMPLE, f"{SAMPLE}@example.org", f"{SAMPLE}.png")
# Ids of records and people: they point at something, so no word of its own can stand there.
POINTERS = frozenset(["person", "staff-person", "entry", "people", "entries", "subject", "term"])
Schema = dict[str, Any]


def _schemas() -> dict[str, Schema]:
    found = sorted(folder("schemas").glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8")) for path in found}


SCHEMAS = _schemas()


def texts(node: Schema, own: Schema, path: str) -> Iterator[str]:
    """Give the paths (`plan.careers[].title`) at which anything may be written."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name in POINTERS:
            return
        own = SCHEMAS["common"] if node["$ref"].startswith("common") else own
        node = {**own["$defs"][name], **{key: each for key, each in node.items() if key != "$ref"}}
    for key in ("allOf", "anyOf", "oneOf"):
        for each in node.get(key, []):
            yield from texts(each, own, path)
    for name, each in node.get("properties", {}).items():
        yield from texts(each, own, f"{path}.{name}")
    if isinstance(node.get("additionalProperties"), dict):
        yield from texts(node["additionalProperties"], own, f"{path}.*")
    if isinstance(node.get("items"), dict):
        yield from texts(node["items"], own, f"{path}[]")
    fixed = "enum" in node or "const" in node or "format" in node
    if node.get("type") == "string" and not fixed and any(re.search(node.get("pattern", ""), each) for each in SPELLED):
        yield path


def written_at(content: Any, path: str) -> Iterator[tuple[str, str]]:
    """Give every text in a file with its path, keys of free mappings as `*` too."""
    if isinstance(content, dict):
        for key, each in content.items():
            yield from written_at(each, f"{path}.{key}")
            yield from written_at(each, f"{path}.*") if isinstance(each, str) else ()
    elif isinstance(content, list):
        for each in content:
            yield from written_at(each, f"{path}[]")
    elif isinstance(content, str):
        yield path, content


def _canaries_of(written: Written) -> set[str]:
    found: set[str] = set()
    for file in sorted(written.root.rglob("*")):
        location = locate(file.relative_to(written.root).as_posix())
        if location is None:
            continue
        head, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        there = [*written_at(yaml.load(head, Loader=yaml.BaseLoader), location.kind.name)]
        there += [(f"{location.kind.name} in words", body)] if location.kind.markdown else []
        found |= {path for path, text in there if SHAPE.search(text.encode())}
    return found


def test_every_text_of_every_kind_of_file_has_a_canary(small: Searched) -> None:
    there = _canaries_of(small.written)
    wanted = {
        path for kind, schema in SCHEMAS.items() if kind not in ELSEWHERE for path in texts(schema, schema, kind)
    } | {f"{each.name} in words" for each in KINDS if each.markdown}
    assert len(wanted) > 90
    assert sorted(wanted - there - PLACES) == []
    assert wanted >= PLACES


def test_no_canary_is_noted_that_stands_nowhere(small: Searched) -> None:
    written = small.written
    there: set[str] = set()
    for file in (each for each in written.root.rglob("*") if each.is_file()):
        there |= words_in(file.read_bytes()) | words_in(file.relative_to(written.root).as_posix().encode())
    assert {each.word.lower() for each in written.canaries} == there
    assert len({each.word for each in written.canaries}) == len(written.canaries)


def test_the_same_size_gives_the_same_school(tmp_path: Path) -> None:
    schools = [write_school(tmp_path / name / "records", Size(students=1, documents=2)).root for name in ("one", "two")]
    files = [
        {each.relative_to(root): each.read_bytes() for each in root.rglob("*") if each.is_file()} for root in schools
    ]
    assert files[0] == files[1]


def test_the_schemas_left_out_are_there() -> None:
    assert set(ELSEWHERE) <= set(SCHEMAS)
