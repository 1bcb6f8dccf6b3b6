from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.paper import SIZES, RunningHead, page_rules, string


def read(css: str) -> str:
    """Read a CSS string back as a browser does."""
    return re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), css[1:-1])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_string_reads_back_and_cannot_be_left(text: str) -> None:
    css = string(text)
    assert read(css) == text
    assert not re.search(r'["<>\n;{}]', css[1:-1])


@pytest.mark.parametrize("paper", SIZES)
def test_margins_are_mirrored_and_page_numbers_counted(paper: str) -> None:
    rules = page_rules(paper, "Ana", "Private", "Page {page} of {pages}", [RunningHead("people", "11 People")])
    assert f"size: {SIZES[paper]}" in rules
    assert "@page :right { margin-left: 1in; margin-right: 0.65in; }" in rules
    assert "@page :left { margin-left: 0.65in; margin-right: 1in; }" in rules
    assert '"Page " counter(page) " of " counter(pages) ""' in rules
    assert '@page people { @top-right { content: "11 People";' in rules


def test_a_paper_that_is_not_sold_here_is_named() -> None:
    with pytest.raises(ValueError, match="'legal'"):
        page_rules("legal", "Ana", "Private", "{page}", [])
