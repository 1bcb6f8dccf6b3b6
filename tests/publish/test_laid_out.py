"""Each page of the sample's binders as it lies before a reader: no words over others, no heading or page left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import lxml.html
import pypdfium2
import pytest
from PIL import Image

from site_builder.publish.typeset import Paper
from site_builder.render.binder_data import room_of
from site_builder.render.blocks import Reader, words_in
from site_builder.render.letters import respell
from tests.publish.test_typeset import STUDENTS, data_of, squeezed, typeset, typesetter
from tests.render.test_papers import saved

LARGE = Paper(large_print=True)
COPIES = [(student, "", Paper()) for student in STUDENTS] + [
    ("aguilar-tomas", "", LARGE),
    ("benally-kai", "", LARGE),
    ("vargas-diego", "luz-vargas", LARGE),
    ("rivera-ana", "maria-rivera", Paper(size="a4", duplex=True)),
]
NAMES = [f"{student}-{reader}-{paper.size}-{paper.large_print}" for student, reader, paper in COPIES]
EDGE, FOOT, HEAD = 36.0, 0.85 * 72, 0.95 * 72

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its height and the boxes of its pieces of text: left, bottom, right, top, in points from below."""

    number: int
    height: float
    boxes: list[Box]
    first: str
    last: str
    """The first and the last line of what stands between the head and the foot."""
    lines: int


@cache
def pages_of(student: str, reader: str, paper: Paper) -> list[Page]:
    with pypdfium2.PdfDocument(typeset(student, reader, paper).pdf) as read:
        return [page_of(number, page.get_height(), page.get_textpage()) for number, page in enumerate(read, 1)]


def page_of(number: int, height: float, text: pypdfium2.PdfTextPage) -> Page:
    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    inside = sorted(within(boxes, height), key=lambda box: -box[1])
    rows: list[list[Box]] = []
    for box in inside:
        if rows and rows[-1][0][1] - box[1] < 5:
            rows[-1].append(box)
        else:
            rows.append([box])
    first, last = (
        " ".join(text.get_text_bounded(*box) for box in sorted(row)) for row in (rows[:1] + rows[-1:] or [[], []])
    )
    return Page(number, height, boxes, first, last, len(rows))


def within(boxes: list[Box], height: float) -> list[Box]:
    """Return what stands between the head and the foot, thumb marks left out."""
    return [box for box in boxes if box[1] > FOOT - 2 and box[3] < height - HEAD + 6 and EDGE < box[0] < 612 - EDGE]


@pytest.mark.parametrize(("student", "reader", "paper"), COPIES, ids=NAMES)
def test_no_words_lie_on_others(student: str, reader: str, paper: Paper) -> None:
    for page in pages_of(student, reader, paper):
        from_top = sorted(page.boxes, key=lambda box: -box[3])
        for place, one in enumerate(from_top):
            for other in from_top[place + 1 : place + 13]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert not (across > 8 and down > 1.5), f"page {page.number}: {one} on {other}"


@pytest.mark.parametrize(("student", "reader", "paper"), COPIES, ids=NAMES)
def test_no_heading_stands_last_on_its_page(student: str, reader: str, paper: Paper) -> None:
    headings = {squeezed(text) for text in headings_of(student, reader)}
    assert len(headings) > 8
    for page in pages_of(student, reader, paper)[2:]:  # behind the cover and the contents
        assert squeezed(page.last) not in headings, f"page {page.number}: {page.last!r}"


@pytest.mark.parametrize(("student", "reader", "paper"), COPIES, ids=NAMES)
def test_no_page_is_without_words(student: str, reader: str, paper: Paper) -> None:
    free = {
        page for each in typeset(student, reader, paper).laid for page in range(each.first, each.first + each.pages)
    }
    for page in pages_of(student, reader, paper):
        left = paper.duplex and page.number % 2 == 0
        assert page.number in free or left or page.last, f"page {page.number}"


FILLED = [copy for copy in COPIES if not copy[2].duplex]


@pytest.mark.parametrize(("student", "reader", "paper"), FILLED, ids=[name for name in NAMES if "a4" not in name])
def test_no_page_is_left_to_a_few_lines(student: str, reader: str, paper: Paper) -> None:
    documents = {squeezed(title) for title in sheets_of(data_of(student, reader).content["parts"])}
    laid = typeset(student, reader, paper).laid
    free = {page for each in laid for page in range(each.first, each.first + each.pages)}
    for page in pages_of(student, reader, paper)[1:-1]:  # the last one may say what changed in a line
        title = squeezed(page.first)  # in large print it may take two lines
        if page.number not in free and not any(each.startswith(title) for each in documents):
            assert page.lines > (4 if paper.large_print else 6), f"page {page.number}: {page.first!r}"


@pytest.mark.parametrize("paper", [Paper(), LARGE], ids=["plain", "large"])
def test_what_changed_may_be_a_sentence_without_days(paper: Paper) -> None:
    data = data_of("smith-tyler")
    changes = {"is": "group", "class": ["changes"], "blocks": [{"is": "text", "kids": ["A word was changed"]}]}
    first, *parts = data.content["parts"]
    said = replace(data, content={**data.content, "parts": [{**first, "blocks": [*first["blocks"], changes]}, *parts]})
    with pypdfium2.PdfDocument(typesetter().typeset(said, paper).pdf) as read:
        assert any("A word was changed" in page.get_textpage().get_text_range() for page in read)


def sheets_of(blocks: list[Any]) -> Iterator[str]:
    """Give the titles of the documents, which have pages of their own."""
    for block in blocks:
        if "document" in block.get("class", ()):
            yield next(titles(block))
        else:
            yield from sheets_of(block.get("blocks", []))


def headings_of(student: str, reader: str) -> set[str]:
    return {text for part in data_of(student, reader).content["parts"] for text in titles(part)}


def titles(part: Any) -> Iterator[str]:
    """Give the headings in blocks, their items and rows."""
    if isinstance(part, list):
        for each in part:
            yield from titles(each)
    elif isinstance(part, dict):
        if part.get("is") == "heading":
            yield "".join(words_in(part))
        for name in ("blocks", "items", "rows"):
            yield from titles(part.get(name, []))


def many(pattern: str, number: int) -> str:
    return "".join(pattern.format(place) for place in range(number))


LONG = {
    "one long cell beside seven": "<table><thead><tr>" + many("<th scope='col'>Head {}</th>", 8) + "</tr></thead>"
    "<tbody><tr><td>" + many("word{} ", 220) + "</td>" + many("<td>a short text {}</td>", 7) + "</tr></tbody></table>",
    "a long cell in each row": "<table><thead><tr><th scope='col'>One</th><th scope='col'>Two</th></tr></thead><tbody>"
    + many("<tr><td>" + "much to say " * 150 + "</td><td>{}</td></tr>", 3)
    + "</tbody></table>",
    "an address of many lines": "<div class='panel'>" + many("line {}<br>", 150) + "</div>",
    "short paragraphs": "<div class='entry'>" + many("<p>said {}</p>", 45) + "</div>",
    "a long list": "<div class='panel'><ul>" + many("<li>item {}</li>", 60) + "</ul></div>",
    "long terms": "<dl class='pairs'>"
    + many("<div><dt>" + "a long term " * 30 + "{}</dt><dd>x</dd></div>", 5)
    + "</dl>",
    "a long answer": "<dl class='pairs'><div><dt>Why</dt><dd>" + many("reason {} ", 700) + "</dd></div></dl>",
    "a list as it was typed": "<div class='panel'><pre>" + many("line {}\n", 150) + "</pre></div>",
    "many pictures": "<div class='entry'>"
    + many("<p>before {}</p><img src='image-1.png' alt='a field' width='900' height='900'>", 6)
    + "<p>after</p></div>",
    "a box as high as a sheet": "<div class='everyone'><dl class='reading'>"
    + many("<div><dt>Term {}</dt><dd>" + "much to say to all of you " * 48 + "</dd></div>", 3)
    + "</dl></div>",
    "addresses in narrow columns": "<table><thead><tr>"
    + many("<th scope='col'>{}</th>", 8)
    + "</tr></thead><tbody><tr>"
    + many("<td>maria.rivera.longname@example-district.org</td>", 8)
    + "</tr></tbody></table>",
    "in square letters": "<div class='panel'><p>" + "学生の計画について話し合いました。" * 100 + "</p></div>",
}
"""What somebody could write that is longer than a sheet, in each form that keeps together what is short."""

PICTURE = saved(Image.new("RGB", (9, 9)), "PNG")


@pytest.mark.parametrize("shape", LONG)
@pytest.mark.parametrize("paper", [Paper(), LARGE], ids=["letter", "large"])
def test_whatever_is_long_goes_on_overleaf(shape: str, paper: Paper) -> None:
    data = data_of("rivera-ana", "")
    written = Reader(respell).blocks(lxml.html.fragment_fromstring(LONG[shape], create_parent="section"))
    room = room_of(written)
    parts = [
        {**each, "blocks": written, "room": room if each["room"] is not None else None}
        if each["key"] in {"this-year", "strengths"}  # one begins on a sheet of its own, one goes on below it
        else each
        for each in data.content["parts"]
    ]
    data = replace(data, content={**data.content, "parts": parts}, images={**data.images, "image-1.png": PICTURE})
    made = typesetter().typeset(data, paper)
    with pypdfium2.PdfDocument(made.pdf) as read:
        texts = [page.get_textpage() for page in read]
        boxes = [text.get_rect(place) for text in texts for place in range(text.count_rects())]
        edge = read[0].get_width() - EDGE
    assert min(bottom for _, bottom, _, _ in boxes) > 30
    assert max(right for left, _, right, _ in boxes if left < edge) < edge
