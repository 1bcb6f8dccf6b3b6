"""How values and fields are put into words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.check.schema_words import as_yaml, lines_to_paste, nearest, shown
from site_builder.source.document import Value
from tests.check.schema_cases import read

TEXTS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0xD7FF), max_size=30)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-100, 100, allow_nan=False).map(lambda each: round(each, 2))
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXTS | NUMBERS | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner),
    max_leaves=6,
)
LISTS = st.lists(
    st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), VALUES, min_size=1), min_size=1, max_size=3
)


@given(VALUES)
@example("007")
@example("1e5")
@example("null")
@example("a: b")
@example("a #b")
@example("- a")
@example("Yes, Tuesday, if she can")
@example(["a, b", "c: d", "[e]"])
@example({"time": "15:30", "on": "2026-11-24", "cip": "48.05"})
def test_what_is_written_reads_back(value: Value) -> None:
    assert read("x.yaml", f"key: {as_yaml(value)}\n").data == {"key": value}


@given(LISTS | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), VALUES, min_size=1))
def test_lines_to_paste_read_back(value: Value) -> None:
    assert read("x.yaml", lines_to_paste("key", value) + "\n").data == {"key": value}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("418 Juniper St, Cedar Flat, UT 84000", "418 Juniper St, Cedar Flat, UT 84000"),
        (["418 Juniper St, Cedar Flat"], '["418 Juniper St, Cedar Flat"]'),
        ("2026-11-24", "2026-11-24"),
        ("15:30", "15:30"),
        ("93", '"93"'),
        ("", '""'),
        (True, "true"),
        (0.5, "0.5"),
    ],
)
def test_quotes_only_where_they_are_needed(value: Value, text: str) -> None:
    assert as_yaml(value) == text


@pytest.mark.parametrize(
    ("word", "choice"),
    [("ontrack", "on-track"), ("On Track", "on-track"), ("ON_TRACK", "on-track"), ("mett", "met"), ("father", None)],
)
def test_the_nearest_choice(word: str, choice: str | None) -> None:
    assert nearest(word, ["on-track", "met", "teacher"]) == choice


def test_a_long_text_is_cut_in_the_middle_and_kept_on_one_line() -> None:
    assert shown("begin\n" + "x" * 100 + " the end") == "`begin " + "x" * 39 + " ... x the end`"
    assert shown("short") == "`short`"
    assert shown(" ") == "an empty text"
