"""The access rules as tables: one case file a rule, each line a viewer, an item, a day and the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from site_builder.access.decide import decide
from site_builder.access.decision import Deny, Item
from site_builder.model.store import Store
from tests.stores import overlaid_store

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def _item(text: str) -> Item:
    path, _, field = text.partition("#")
    student, *rest = path.split("/")
    if len(rest) == 3:
        return Item(student, kind=rest[1], year=rest[0], id=rest[2], field=field)
    return Item(student, kind=rest[0], id=rest[1], field=field) if rest else Item(student)


def _answer(store: Store, viewer: str, item: str, on: str) -> str:
    decision = decide(store, viewer, _item(item), dt.date.fromisoformat(on))
    return f"deny {decision.reasons[0].rule}" if isinstance(decision, Deny) else "allow"


def store_of(case: Path, folder: Path) -> Store:
    """Return the store of a case: the small school with the case's files laid over it."""
    content = cast("dict[str, Any]", yaml.load(case.read_text("utf-8"), Loader=yaml.BaseLoader))
    return overlaid_store(folder, content.get("files", {}))


def rows_of(case: Path) -> tuple[list[list[str]], Callable[[Store], list[list[str]]]]:
    """Return the rows of a case's table, and what gives them as a store answers them."""
    content = cast("dict[str, Any]", yaml.load(case.read_text("utf-8"), Loader=yaml.BaseLoader))
    rows = [line.split() for line in content["decisions"].strip().split("\n")[1:]]
    return rows, lambda store: [
        [viewer, item, on, *_answer(store, viewer, item, on).split()] for viewer, item, on, *_ in rows
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_table_of_the_case(case: Path, tmp_path: Path) -> None:
    rows, answers = rows_of(case)
    assert rows
    assert answers(store_of(case, tmp_path)) == rows


def test_every_rule_that_denies_has_a_case() -> None:
    denied = {line.split()[-1] for case in CASES for line in case.read_text("utf-8").splitlines() if "  deny " in line}
    assert denied == {"0", "1", "2", "3", "4", "5", "6", "7", "8"}
