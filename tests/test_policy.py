"""Every requirement of the policy has a record, a rule, a page or command, and a test that says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.base.policy import REQUIREMENTS, cited
from site_builder.check.policy_table import Row, named_in, policy_page, rows

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "policy.md"
ROWS = rows(ROOT)


def test_the_page_is_up_to_date() -> None:
    if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
        PAGE.write_text(policy_page(ROOT), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == policy_page(ROOT)


def test_there_is_a_row_for_every_requirement() -> None:
    assert [each.id for each in ROWS] == [*(f"P{number}" for number in range(1, 39)), *(f"U{n}" for n in range(1, 7))]
    assert [each.id for each in ROWS] == list(REQUIREMENTS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_no_cell_is_empty(row: Row) -> None:
    assert row.asks.endswith(".")
    assert row.records, f"no schema has `x-policy: {row.id}`"
    assert row.rules, f"no code has `policy={row.id}`"
    assert row.places, f"no page, template or command says `policy: {row.id}`"
    assert row.tests, f"no test says `policy: {row.id}` in its docstring"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_sample_school_shows_it(row: Row) -> None:
    """What the sample shows is looked for in two files of tests, a requirement at a time."""
    assert {"`tests/test_sample_files.py`", "`tests/test_sample_school.py`"} & set(row.tests)


def test_a_cell_holds_one_line_of_a_table() -> None:
    lines = [each for each in policy_page(ROOT).split("\n") if each.startswith(("| P", "| U"))]
    assert [each.split(" | ")[0] for each in lines] == [f"| {each.id}" for each in ROWS]
    assert {each.count(" | ") for each in lines} == {5}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Its pages (policy: P9).", ("P9",)),
        ("(policy: P2-P5, P19, U3)", ("P2", "P3", "P4", "P5", "P19", "U3")),
        ("Policy: P13, P35. Two parents", ("P13", "P35")),
        ("the policy asks for P9 things", ()),
        ("one (policy: P1) and another (policy: P2)", ("P1", "P2")),
    ],
)
def test_requirements_are_read_from_words(text: str, ids: tuple[str, ...]) -> None:
    assert named_in(text) == ids


def test_an_annotation_cites_one_or_more() -> None:
    assert cited("") == ()
    assert cited("P13") == ("P13",)
    assert cited("P13, U6") == ("P13", "U6")
