from __future__ import annotations

import pytest

from site_builder.base.errors import WrongUse
from site_builder.cli.edits import append_entry, append_item, replace_scalar, replace_words
from site_builder.source.document import Document
from site_builder.source.yaml_reader import read_yaml

ITEM = "- id: 2027-28\n  terms:\n    - {id: fall}\n"


def document(text: str) -> Document:
    found, findings = read_yaml("school.yaml", text)
    assert found is not None, findings
    return found


LISTS = {
    "comments and blank lines stay": (
        "years:\n  # the old ones\n  - id: a\n    ends: b\n\n  - id: c\n    # about c\n\n# about d\nd: 1\n",
        "years:\n  # the old ones\n  - id: a\n    ends: b\n\n  - id: c\n    # about c\n"
        "  - id: 2027-28\n    terms:\n      - {id: fall}\n\n# about d\nd: 1\n",
    ),
    "a list that is not indented": (
        "years:\n- id: a\n- id: c\nd: 1\n",
        f"years:\n- id: a\n- id: c\n{ITEM}d: 1\n",
    ),
    "a list at the end, without a line end": ("years:\n- id: a", f"years:\n- id: a\n{ITEM}"),
    "words over several lines": (
        "years:\n- id: a\n  note: >\n    long\n\n    words\nd: 1\n",
        f"years:\n- id: a\n  note: >\n    long\n\n    words\n{ITEM}d: 1\n",
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_an_item_goes_after_the_last_one(case: str) -> None:
    before, after = LISTS[case]
    assert append_item(document(before), ("years",), ITEM) == after


@pytest.mark.parametrize("text", ["years: [{id: a}]\n", "years: []\n", "years: one\n", "years:\n", "other: 1\n"])
def test_a_list_written_in_another_way_is_left_to_its_owner(text: str) -> None:
    with pytest.raises(WrongUse) as refused:
        append_item(document(text), ("years",), ITEM)
    assert ITEM.strip() in refused.value.way_out


MAPPINGS = {
    "in lines": (
        "grades:\n  2025-26: 8 # yes\n  2026-27: 9\nx: 1\n",
        "grades:\n  2025-26: 8 # yes\n  2026-27: 9\n  2027-28: 10\nx: 1\n",
    ),
    "in braces": ("grades: {2025-26: 8, 2026-27: 9}\nx: 1\n", "grades: {2025-26: 8, 2026-27: 9, 2027-28: 10}\nx: 1\n"),
    "with a space inside": ("grades: { 2026-27: 9 } # now\n", "grades: { 2026-27: 9, 2027-28: 10 } # now\n"),
    "at the end": ("x: 1\ngrades:\n    2026-27: 9", "x: 1\ngrades:\n    2026-27: 9\n    2027-28: 10\n"),
}


@pytest.mark.parametrize("case", MAPPINGS)
def test_an_entry_goes_after_the_last_one(case: str) -> None:
    before, after = MAPPINGS[case]
    assert append_entry(document(before), ("grades",), "2027-28", 10) == after


@pytest.mark.parametrize("text", ["grades: {}\n", "grades: {2026-27: 9, # c\n  }\n", "grades: 9\n", "x: 1\n"])
def test_a_mapping_written_in_another_way_is_left_to_its_owner(text: str) -> None:
    with pytest.raises(WrongUse) as refused:
        append_entry(document(text), ("grades",), "2027-28", 10)
    assert "2027-28: 10" in refused.value.way_out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# top\nyear: 2026-27   # now\n", "# top\nyear: 2027-28   # now\n"),
        ("year: '2026-27'\n", "year: 2027-28\n"),
        ("{a: 1, year: 2026-27, b: 2}\n", "{a: 1, year: 2027-28, b: 2}\n"),
    ],
)
def test_a_word_is_replaced_where_it_stands(before: str, after: str) -> None:
    assert replace_scalar(document(before), ("year",), "2027-28") == after


BRACKETS = {
    "on one line": ("years: [{id: a}]\n", "years: [{id: a}, {id: b}]\n"),
    "empty": ("years: []  # none yet\n", "years: [{id: b}]  # none yet\n"),
    "over several lines": ("years: [\n  {id: a}\n]\nd: 1\n", "years: [\n  {id: a}, {id: b}\n]\nd: 1\n"),
}


@pytest.mark.parametrize("case", BRACKETS)
def test_a_short_item_goes_into_brackets_too(case: str) -> None:
    before, after = BRACKETS[case]
    assert append_item(document(before), ("years",), "- {id: b}\n") == after


def test_an_item_of_several_lines_does_not() -> None:
    with pytest.raises(WrongUse, match="added to safely"):
        append_item(document("years: [{id: a}]\n"), ("years",), ITEM)


WORDS = {
    "plain": ("a: old words\nb: 1\n", "a: new\nb: 1\n"),
    "in quotes, with a comment": ('a: "old"  # why\nb: 1\n', "a: new  # why\nb: 1\n"),
    "in a block": ("a: >-\n  old\n  words\nb: 1\n", "a: new\nb: 1\n"),
    "in a block at the end": ("b: 1\na: |\n  old\n\n  words\n", "b: 1\na: new\n"),
    "over two lines": ("a: old\n  words\nb: 1\n", "a: new\nb: 1\n"),
}


@pytest.mark.parametrize("case", WORDS)
def test_words_give_way_to_others(case: str) -> None:
    before, after = WORDS[case]
    assert replace_words(document(before), ("a",), "new", "new") == after
