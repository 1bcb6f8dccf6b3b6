"""The quick validator and the one that speaks come to the same verdict, over every case and over thousands of files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.base.resources import folder
from site_builder.check import schema_gate, schemas
from site_builder.check.schema_files import validator
from site_builder.check.schema_gate import gate, surely_sound
from site_builder.source.layout import KINDS, locate
from site_builder.source.reader import read_document
from site_builder.source.working_tree import WorkingTree
from tests.check.schema_cases import BAD, CASES, GOOD, case, shown
from tests.fuzz.mutator import wrong_record
from tests.fuzz.worker import OneFile

ROOT = Path(__file__).parents[2]
pytest.importorskip("jsonschema_rs", reason="without it every file is looked at by jsonschema alone")


def sound(kind: str, data: Any) -> bool:
    return not any(validator(kind).iter_errors(data))


@pytest.mark.parametrize("path", CASES, ids=shown)
def test_the_same_verdict_over_every_case(path: Path) -> None:
    data, kind = case(path).data, path.parent.name
    assert surely_sound(kind, data) is sound(kind, data)


def test_patterns_have_no_class_that_the_two_read_differently() -> None:
    patterns = [each for path in folder("schemas").glob("*.json") for each in _patterns(json.loads(path.read_text()))]
    assert len(patterns) > 15
    assert [each for each in patterns if re.search(r"\\[dDwWbB]|\(\?|\\p", each)] == []


def _patterns(node: Any) -> Iterator[str]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict) and isinstance(node.get("pattern"), str):
        yield node["pattern"]
    for each in inner:
        yield from _patterns(each)


def test_there_are_cases_of_both() -> None:
    verdicts = {surely_sound(path.parent.name, case(path).data) for path in (*GOOD, *BAD)}
    assert verdicts == {True, False}
    assert all(gate(kind.name) is not None for kind in KINDS)


def test_the_same_verdict_over_the_sample_school() -> None:
    tree, count = WorkingTree(ROOT / "records"), 0
    for entry in tree.entries():
        location = locate(entry.path)
        document, _ = read_document(tree, entry) if location is not None else (None, ())
        if location is not None and document is not None:
            assert surely_sound(location.kind.name, document.data) is sound(location.kind.name, document.data), entry
            count += 1
    assert count > 300


def test_the_same_verdict_over_wrong_files(long: bool) -> None:
    seen = set()
    for number in range(20_000 if long else 400):
        path, content = wrong_record(number)
        location, tree = locate(path), OneFile(path, content)
        document, _ = read_document(tree, tree.entries()[0])
        if location is not None and document is not None:
            verdict = sound(location.kind.name, document.data)
            assert surely_sound(location.kind.name, document.data) is verdict, number
            seen.add(verdict)
    assert seen == {True, False}


ODD = (
    *(9, 9.0, 9.5, -0.0, 7, 12, 13, 10**30, -(10**30), 1e308, 0.1, True, False, None, "", " ", "a", "9", "2026-02-30"),
    *("2026-02-28", "2026-2-28", "no-such", "a\n", "é", "\u00a0", "\u2003", "\u3000x", "\x1f", "\u0660\u0661", "ﬁ"),
)


@given(
    kind=st.sampled_from([each.name for each in KINDS]),
    data=st.recursive(
        st.sampled_from(ODD),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=6,
    ),
    number=st.integers(0, 10_000),
)
def test_the_same_verdict_with_an_odd_value_in_a_sound_file(kind: str, data: Any, number: int) -> None:
    """One value of a sound file is another one: where that is a fault, the quick validator sees it too."""
    path = GOOD[number % len(GOOD)]
    whole = case(path).data
    assert isinstance(whole, dict)
    name = [*whole, "no-such-field"][number % (len(whole) + 1)]
    changed = {**whole, name: data}
    assert surely_sound(path.parent.name, changed) is sound(path.parent.name, changed)
    assert surely_sound(kind, data) is sound(kind, data)


def test_without_the_quick_one_the_findings_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {each.name: each for each in KINDS}
    quick = [schemas.validate(case(path), kinds[path.parent.name]) for path in CASES]
    monkeypatch.setattr(schema_gate, "gate", lambda _: None)
    assert [schemas.validate(case(path), kinds[path.parent.name]) for path in CASES] == quick
