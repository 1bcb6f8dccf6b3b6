from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.base.diagnostics import Position
from site_builder.source.front_matter import read_markdown


def test_places_in_the_fields_are_those_of_the_file() -> None:
    document, findings = read_markdown("x.md", "---\r\nby: park\r\nwith:\r\n  - cruz\r\n---\r\nWords.\r\n")
    assert findings == ()
    assert document is not None
    assert document.span(("with", 0)).start == Position(4, 5)
    assert document.key_span(("with",)).start == Position(3, 1)
    assert (document.body, document.body_line) == ("Words.\n", 6)
    assert document.text.split("\n")[document.body_line - 1] == "Words."


def test_a_fault_in_the_words_leaves_the_fields_readable() -> None:
    document, findings = read_markdown("x.md", "---\nby: park\n---\n\nSam \u202e read.\n")
    assert document is not None
    assert [(finding.code, finding.span.start) for finding in findings] == [("SEP110", Position(5, 5))]


def test_line_and_paragraph_separators_may_stand_in_words() -> None:
    document, findings = read_markdown("x.md", "---\nby: park\n---\nOne\u2028two\u2029three\n")
    assert document is not None
    assert findings == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<!---->" * 20_000 + "x", id="comments without end"),
        pytest.param("<!--" * 50_000, id="comments that only open"),
        pytest.param("\n" * 200_000 + "x", id="empty lines"),
        pytest.param("---\na: 'b' c" + " " * 200_000 + "d\n---\n", id="a long gap after a fault"),
        pytest.param("---\n" + "---x\n" * 50_000, id="almost an end, many times"),
        pytest.param("---\n" + "- " * 20 + "a: b: " + "c: " * 60_000 + "\n---\n", id="colons"),
    ],
)
def test_long_and_wrong_files_end_in_a_finding(text: str) -> None:
    document, findings = read_markdown("x.md", text)
    assert document is None
    assert findings


_near_markdown = st.text(st.sampled_from("-a: \n#<!>=\t\ufeff\r"), max_size=40)


@given(_near_markdown.map(lambda text: "---\n" + text) | _near_markdown | st.text())
def test_any_text_gives_a_document_or_findings(text: str) -> None:
    document, findings = read_markdown("x.md", text)
    assert document is not None or findings
    if document is not None:
        assert document.text.endswith(document.body)
        assert "\n".join(document.text.split("\n")[document.body_line - 1 :]) == document.body
