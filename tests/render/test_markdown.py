from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.access.view import Words
from site_builder.render.markdown import Markdown
from site_builder.render.papers import PaperCopy

COPIES = {
    "2026-27/documents/bead.jpg": PaperCopy(
        href="papers/2026-27/bead.jpg", image="papers/2026-27/bead.jpg", alt="A bead", width=90, height=60
    ),
    "2026-27/documents/award.pdf": PaperCopy(href="papers/2026-27/award.pdf"),
    "2026-27/documents/shown.png": PaperCopy(href="#paper-1", image="data:image/png;base64,AAAA", alt="Shown"),
}


def html(markdown: str, level: int = 4, base: str = "") -> str:
    return str(Markdown(COPIES.get, base).render(Words(markdown, "en", "2026-27/progress"), level)).strip()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[a](https://example.org/x)", '<a href="https://example.org/x" rel="noopener noreferrer">a</a>'),
        ("[a](mailto:a@example.org)", '<a href="mailto:a@example.org" rel="noopener noreferrer">a</a>'),
        ("[a](tel:+14355550100)", '<a href="tel:+14355550100" rel="noopener noreferrer">a</a>'),
        ("[a](../documents/award.pdf)", '<a href="../papers/2026-27/award.pdf">a</a>'),
        ("[a](<../documents/award.pdf#page=2>)", '<a href="../papers/2026-27/award.pdf">a</a>'),
        ("[a](../documents/award%2Epdf)", '<a href="../papers/2026-27/award.pdf">a</a>'),
        ("[a](../documents/shown.png)", '<a href="#paper-1">a</a>'),
        ("[a](../documents/hidden.pdf)", "a"),
        ("[a](../../../other-student/2026-27/documents/award.pdf)", "a"),
        ("[a](/2026-27/documents/award.pdf)", "a"),
        ("[a](//example.org/x)", "a"),
        ("[a](http://example.org/)", "a"),
        ("[a](javascript:alert(1))", "a"),
        ("[a](JavaScript:alert(1))", "a"),
        ("[a](data:text/html,x)", "a"),
        ("[a](file:///etc/passwd)", "a"),
        ("[a](blob:x) [b](intent:x)", "a b"),
        ("[a](https:/\\example.org)", "a"),
        ("[**a**](//example.org) b", "<strong>a</strong> b"),
        ("<javascript:alert>", "javascript:alert"),
        ("![](https://example.org/x.png)", ""),
        ("![A cat](https://example.org/x.png)", "A cat"),
        ("![A cat](../documents/hidden.jpg)", "A cat"),
        ("![A cat](../documents/award.pdf)", "A cat"),
        ("![A cat](data:image/png;base64,AAAA)", "A cat"),
        ("![The](../documents/bead.jpg)", '<img src="../papers/2026-27/bead.jpg" alt="The" width="90" height="60">'),
        ("![](../documents/bead.jpg)", '<img src="../papers/2026-27/bead.jpg" alt="A bead" width="90" height="60">'),
        ("![](../documents/shown.png)", '<img src="data:image/png;base64,AAAA" alt="Shown">'),
        ("<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more"),
    ],
)
def test_where_words_may_lead(written: str, shown: str) -> None:
    assert html(written, base="../") == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("# A\n\n## B\n\n# C", ["h4", "h5", "h4"]),
        ("### A\n\n# B\n\n### C", ["h4", "h4", "h5"]),
        ("###### A\n\nB\n=", ["h4", "h4"]),
        ("# A\n\n## B\n\n### C\n\n#### D", ["h4", "h5", "h6", "h6"]),
    ],
)
def test_headings_go_below_the_page_without_holes(written: str, levels: list[str]) -> None:
    assert re.findall(r"<(h\d)>", html(written)) == levels
    assert re.findall(r"</(h\d)>", html(written)) == levels


def test_tables_have_scopes_and_no_styles() -> None:
    shown = html("| A | B |\n|:-:|--:|\n| 1 | 2 |")
    assert '<th scope="col">A</th>' in shown
    assert "style" not in shown


def test_words_are_rendered_once() -> None:
    markdown = Markdown(COPIES.get)
    words = Words("*a*", "en", "2026-27")
    assert markdown.render(words, 4) is markdown.render(words, 4)
    assert markdown.render(Words("# a", "en", "x"), 3) != markdown.render(Words("# a", "en", "x"), 4)


@pytest.mark.parametrize(
    ("written", "opening"),
    [
        ("Ana is **kind**. She listens.", "Ana is kind."),
        ("# Strengths\n\nAna sings", "Strengths"),
        ("- one\n- two", "one"),
        ("", ""),
        ("a " * 200, "a " * 68 + "a …"),
    ],
)
def test_the_opening_of_words(written: str, opening: str) -> None:
    assert Markdown(COPIES.get).opening(Words(written, "en", "x")) == opening


PIECES = st.sampled_from(
    [
        "[a](",
        "![a](",
        "<",
        ">",
        ")",
        "javascript:",
        "JaVa\tScript:",
        "&#106;avascript:",
        "data:text/html,",
        "//evil.example",
        "\\",
        "onerror=",
        "<img src=x onerror=alert(1)>",
        "<script>",
        "</script>",
        "<svg/onload=x>",
        "`",
        "```\n",
        "\n\n",
        "# ",
        "| a |\n|---|\n| b |\n",
        "[x]: javascript:alert(1)\n",
        "[x]",
        "http://evil.example/x.png",
        "https://example.org/",
        '"',
        "'",
        "\x00",
        "\u202e",
        "../documents/bead.jpg",
        "../documents/award.pdf",
        "../../x/",
        "*",
        "_",
        "- ",
        "> ",
        "%0a",
        "vbscript:",
    ]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join))
def test_no_words_run_or_fetch_anything(written: str) -> None:
    shown = html(written)
    for tag in re.findall(r"<[^>]*>", shown):
        assert re.match(
            r"</?(p|br|em|strong|s|[uo]l|li|blockquote|code|pre|hr|h[2-6]|a|img|table|thead|tbody|t[rhd])\b", tag
        )
        assert not re.search(r"\s(on\w+|style|srcset|id|class)=", tag)
        for name, value in re.findall(r'(href|src)="([^"]*)"', tag):
            if name == "src":
                assert value == "papers/2026-27/bead.jpg"
            else:
                assert re.match(r"https://[^/\\]|mailto:|tel:|papers/2026-27/(bead\.jpg|award\.pdf)$", value)
