"""Markup read into blocks: the words in their order, with their forms, and nothing that is no word."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.render.blocks import Reader, words_in


def blocks(html: str) -> list[dict[str, Any]]:
    reader = Reader()
    return reader.blocks(reader.document(f"<!doctype html><html><body>{html}</body></html>"))


@pytest.mark.parametrize(
    ("html", "kids"),
    [
        ("<p>  one \n two  </p>", ["one two"]),
        ("<p>one<strong> two </strong> three</p>", ["one", {"is": "strong", "kids": [" two "]}, "three"]),
        ("<p>one <time datetime='2026-11-24'>Nov 24</time>, two</p>", ["one Nov 24, two"]),
        ("<p>one<br>two</p>", ["one", {"is": "break"}, "two"]),
        ("<p>one<br> </p>", ["one"]),
        ("<p>a <em></em> b</p>", ["a b"]),
        ("<p>5 &lt; 6 &amp; 7</p>", ["5 < 6 & 7"]),
        ("<p>a\u202eb\u0007c</p>", ["abc"]),
        ("<p><svg><title>no</title></svg>yes</p>", ["yes"]),
    ],
)
def test_a_line_has_single_spaces_and_its_forms(html: str, kids: list[object]) -> None:
    (block,) = blocks(html)
    assert (block["is"], block["kids"]) == ("text", kids)


def test_lines_of_their_own_are_set_apart_by_breaks() -> None:
    (block,) = blocks('<p><span class="line">one</span><span class="line">two</span></p>')
    assert [kid["is"] for kid in block["kids"]] == ["span", "break", "span"]


def test_an_image_stands_apart_from_the_text_around_it() -> None:
    found = blocks('<p>before <img src="image-1.png" alt="A bead" width="40" height="30"> after</p>')
    assert [each["is"] for each in found] == ["text", "image", "text"]
    assert (found[1]["source"], found[1]["alt"], found[1]["width"], found[1]["height"]) == (
        "image-1.png",
        "A bead",
        40,
        30,
    )


def test_headings_lose_the_level_of_the_page_itself() -> None:
    assert [each["level"] for each in blocks("<h1>a</h1><h2>b</h2><h3>c</h3><h6>d</h6>")] == [1, 1, 2, 5]


def test_language_class_and_id_come_along() -> None:
    (block,) = blocks('<div class="entry objective" id="objective-weld" lang="es"><p>Soldar</p></div>')
    assert (block["class"], block["id"], block["lang"]) == (["entry", "objective"], "objective-weld", "es")


def test_lists_keep_their_kind_and_start() -> None:
    (block,) = blocks('<ol start="4"><li>four<ul><li>inside</li></ul></li><li>five</li></ol>')
    assert (block["ordered"], block["start"], len(block["items"])) == (True, 4, 2)
    assert [each["is"] for each in block["items"][0]["blocks"]] == ["text", "list"]


def test_tables_are_even_and_know_what_their_columns_need() -> None:
    (table,) = blocks(
        "<table><caption>Classes</caption>"
        '<thead><tr><th scope="col">Class</th><th scope="col" class="num">Credits</th></tr></thead>'
        '<tbody><tr><th scope="row">Extraordinary</th><td class="num">1</td></tr><tr><td>a</td></tr></tbody></table>'
    )
    assert [len(row) for row in (table["head"], *table["rows"])] == [2, 2, 2]
    assert table["rows"][0][0]["row"]
    assert table["widths"][0]["least"] >= len("Extraordinary")
    assert table["widths"][1] == {**dict.fromkeys(("least", "two", "wish"), len("Credits") + 2), "number": True}


def test_a_chart_is_its_sentence_and_the_table_behind_it() -> None:
    (chart,) = blocks(
        '<figure class="chart" data-chart="steps"><figcaption>1 of 2 steps done.</figcaption><svg></svg>'
        "<details><summary>no</summary><table><caption>Steps</caption><tr><th>Objective</th><th>Done</th></tr><tr><th>Weld</th><td>1</td></tr>"
        "</table></details></figure>"
    )
    assert (chart["is"], chart["chart"], chart["sentence"]) == ("chart", "steps", ["1 of 2 steps done."])
    assert chart["alt"] == "Steps. 1 of 2 steps done. Objective: Weld; Done: 1"


def test_facts_are_lines() -> None:
    (facts,) = blocks('<p class="facts"><strong>held</strong>\n<span>Group: a</span> </p>')
    assert facts["items"] == [[{"is": "strong", "kids": ["held"]}], ["Group: a"]]


@pytest.mark.parametrize("word", ["x" * 200, "ana.rivera@example.org", "https://example.org/a/b?c=d&e"])
def test_a_word_too_long_for_a_line_may_break_and_keeps_its_letters(word: str) -> None:
    (block,) = blocks(f"<p>{word.replace('&', '&amp;')}</p>")
    (text,) = block["kids"]
    assert "\u200b" in text
    assert text.replace("\u200b", "") == word


def test_an_address_behind_other_words_is_shown_on_paper() -> None:
    (block,) = blocks(
        '<p><a href="https://example.org/x">the page</a> <a href="https://example.org">https://example.org</a></p>'
    )
    shown, same = (kid for kid in block["kids"] if isinstance(kid, dict))
    assert shown["shown"].replace("\u200b", "") == " (https://example.org/x)"
    assert "shown" not in same


def test_whatever_lies_deep_keeps_its_words() -> None:
    deep = "<blockquote>" * 30 + "<p>bottom</p>" + "</blockquote>" * 30 + "<ul><li>" * 30 + "end" + "</li></ul>" * 30
    assert [text for text in words_in(blocks(deep)) if text] == ["bottom", "end"]


def test_nothing_but_data_comes_out() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(each) for key, each in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or isinstance(value, str | int | bool)

    assert plain(
        blocks("<!-- said --><p>a<script>b</script></p><hr><pre>c\n  d</pre><dl><div><dt>e</dt><dd>f</dd></div></dl>")
    )
