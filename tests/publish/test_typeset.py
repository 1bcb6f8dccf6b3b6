"""The binder as PDF: the page's words, a structure that can be heard, the same bytes from the same data."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from site_builder.access.sites import common_copy, copy_for
from site_builder.access.view import Copy, Words
from site_builder.publish.typeset import Laid, Paper, Typeset, Typesetter
from site_builder.render.binder import documents_of, page_of
from site_builder.render.binder_data import BinderData, binder_data
from site_builder.render.blocks import words_in
from site_builder.render.letters import MissingLetters
from tests.publish.pdf_reading import Element, opened, pages, structure, words
from tests.render.example_site import ana, benjamin, copy_for_everyone, copy_for_parent
from tests.render.test_binder import Outline
from tests.sample import ANA, MOTHER, sample
from tests.stores import TODAY

STUDENTS = sorted(each.id for each in sample().students)
FULL, THIN = "benally-kai", "smith-tyler"


@cache
def typesetter() -> Typesetter:
    return Typesetter()


@cache
def data_of(student: str, reader: str = "") -> BinderData:
    copy = copy_of(student, reader)
    return binder_data(copy, all_laid(copy))


def copy_of(student: str, reader: str) -> Copy:
    return copy_for(sample(), student, reader, TODAY) if reader else common_copy(sample(), student, TODAY)


def all_laid(copy: Copy) -> dict[str, int]:
    found = (paper for year in copy.file.years for paper in year.papers)
    return {paper.path: 2 for paper in found if paper.media_type == "application/pdf"}


@cache
def typeset(student: str, reader: str = "", paper: Paper | None = None) -> Typeset:
    return typesetter().typeset(data_of(student, reader), paper or Paper())


def set_words(copy: Copy, markdown: str) -> tuple[BinderData, Typeset]:
    """Typeset the record of progress with somebody's words as its one note."""
    year = copy.file.years[0]
    note = replace(year.progress[0], words=Words(markdown, "en", year.progress[0].words.folder))
    file = replace(copy.file, years=(replace(year, progress=(note,)), *copy.file.years[1:]))
    data = binder_data(replace(copy, file=file, sections=("progress",), whole=False))
    return data, typesetter().typeset(data)


# --- the words ----------------------------------------------------------------------------------------------------


def page_words(copy: Copy) -> Outline:
    """Read the page that prints from a browser, without the numbers behind a drawing and the contents."""
    copies, sheets = documents_of(copy.file, all_laid(copy))
    page = page_of(copy, copies, sheets)
    for gone in (r"<details.*?</details>", r"<svg.*?</svg>", r"<nav.*?</nav>", r"<head>.*?</head>"):
        page = re.sub(gone, "", page, flags=re.S)
    return Outline(page)


@pytest.mark.parametrize("student", STUDENTS)
def test_page_and_pdf_say_the_same_words(student: str) -> None:
    wanted = words(page_words(copy_of(student, "")).text)
    data = data_of(student)
    assert words(" ".join(words_in([data.content["cover"], data.content["parts"]]))) == wanted
    assert wanted - words("\n".join(pages(typeset(student).pdf))) == {}


def test_the_words_of_a_copy_in_spanish_and_large_print_are_all_there() -> None:
    wanted = words(page_words(copy_of(ANA, MOTHER)).text)
    printed = "\n".join(pages(typeset(ANA, MOTHER, Paper(large_print=True)).pdf))
    assert "Página 3 de" in printed
    # A row becomes a list under its own name, so the name of that column is not needed.
    assert set(wanted - words(printed)) <= {"Clase", "Curso", "Nombre", "Título"}


def test_contents_lead_to_the_pages_where_the_parts_begin() -> None:
    text = pages(typeset(FULL).pdf)
    listed = re.findall(r"^(\d+ )?(\D.*?)[ .]{3,}(\d+)$", text[1], re.M)
    assert len(listed) > 14
    for number, title, page in listed:
        assert f"{number}{title}".split(" ·")[0] in " ".join(text[int(page) - 1].split())


# --- what a program for blind readers hears -----------------------------------------------------------------------


@pytest.fixture(scope="module", params=[(FULL, ""), (THIN, ""), (ANA, MOTHER)], ids=["full", "thin", "spanish"])
def tree(request: pytest.FixtureRequest) -> Element:
    return structure(typeset(*request.param).pdf)


def test_every_table_has_a_caption_and_heads_with_a_scope(tree: Element) -> None:
    tables = [each for each in tree.walk() if each.role == "Table"]
    assert tables
    for table in tables:
        heads = [each for each in table.walk() if each.role == "TH"]
        assert heads
        assert all(each.scope == "Column" for each in heads)
        rows = [each for each in table.walk() if each.role == "TR"]
        assert len({len(row.inside) for row in rows}) == 1
    captions = [each for each in tree.walk() if each.role == "Caption"]
    assert len(captions) == len(tables)


def test_headings_go_down_one_level_at_a_time(tree: Element) -> None:
    levels = [int(each.role[1]) for each in tree.walk() if re.fullmatch(r"H[1-6]", each.role)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [each.role for each in tree.walk()].count("Title") == 1


def test_figures_say_in_words_what_they_show(tree: Element) -> None:
    figures = [each for each in tree.walk() if each.role == "Figure"]
    assert figures
    assert all(len(each.alt) > 10 for each in figures)


def test_lists_are_lists(tree: Element) -> None:
    for each in (each for each in tree.walk() if each.role == "L"):
        assert {item.role for item in each.inside} <= {"LI", "Caption"}


def test_a_chart_is_told_with_its_numbers() -> None:
    told = [each.alt for each in structure(typeset(FULL).pdf).walk() if each.role == "Figure"]
    assert any("Language arts; Required: 4" in alt for alt in told)


def test_language_and_title_are_the_documents_own() -> None:
    read = opened(typeset(ANA, MOTHER).pdf)
    root: Any = read.trailer["/Root"]
    assert root["/Lang"].startswith("es")
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own kind of truth
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert str(read.metadata and read.metadata.title).startswith("Ana Lucía Rivera · 2026-27")


# --- the sheet ----------------------------------------------------------------------------------------------------


def test_the_same_data_give_the_same_bytes() -> None:
    data = binder_data(copy_for_parent())
    first = typesetter().typeset(data).pdf
    assert Typesetter().typeset(binder_data(copy_for_parent())).pdf == first


def test_every_page_but_the_cover_names_student_part_and_page() -> None:
    made = typeset(FULL)
    text = pages(made.pdf)
    assert len(text) == made.pages
    for number, page in enumerate(text[1:], 2):
        assert "Kai Benally · 2026-27" in page
        assert "Private · copy of November 24, 2026" in page
        assert f"Page {number} of {made.pages}" in page


def test_parts_begin_on_right_hand_pages_when_both_sides_are_printed() -> None:
    starts = list(starts_in(typeset(FULL, "", Paper(duplex=True)).pdf).values())
    assert len(starts) > 12
    assert all(page % 2 == 0 for page in starts[1:])  # counted from 0


@pytest.mark.parametrize(("size", "points"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_papers(size: str, points: tuple[int, int]) -> None:
    box = opened(typeset(THIN, "", Paper(size=size)).pdf).pages[0].mediabox
    assert (round(box.width), round(box.height)) == points


def test_an_archive_copy_says_that_it_is_one() -> None:
    pdf = typeset(THIN, "", Paper(archive=True)).pdf
    root: Any = opened(pdf).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_pages_of_documents_are_left_free_behind_their_dividers() -> None:
    papers = [paper.path for paper in ana().years[0].papers if paper.media_type == "application/pdf"]
    assert papers
    made = typesetter().typeset(binder_data(copy_for_parent(), {papers[0]: 3}))
    laid = made.laid[0]
    assert made.laid == (Laid(papers[0], laid.first, 3),)
    assert made.pages == typesetter().typeset(binder_data(copy_for_parent())).pages + 3
    text = pages(made.pdf)
    for page in range(laid.first, laid.first + 3):
        assert f"Page {page} of {made.pages}" in text[page - 1]
    assert "The document follows on the next 3 pages." in text[laid.first - 2]


@pytest.mark.parametrize("student", STUDENTS)
def test_no_objective_is_split(student: str) -> None:
    text = [squeezed(page) for page in pages(typeset(student).pdf)]
    for entry in copy_of(student, "").file.years[0].objectives:
        ends = squeezed(entry.steps[-1].what) if entry.steps else ""
        begun = [page for page in text if squeezed(entry.statement) in page and "Fromtheschool" in page]
        assert any(ends in page for page in begun), entry.id


def test_a_short_part_shares_a_sheet_but_not_where_both_sides_are_printed() -> None:
    rooms = {part["key"]: part["room"] for part in data_of(FULL).content["parts"]}
    assert rooms["strengths"] < 1200
    assert rooms["earlier"] is None
    once, both = (starts_in(typeset(FULL, "", Paper(duplex=duplex)).pdf) for duplex in (False, True))
    at = list(once).index("2 Strengths and achievements")
    assert list(once.values())[at] == list(once.values())[at - 1]
    assert list(both.values())[at] == list(both.values())[at - 1] + 2


def test_the_head_names_each_part_on_the_page_and_the_one_that_goes_on_above() -> None:
    made = typeset(FULL)
    heads = [page.partition("\n")[0].replace("\u00a0", " ") for page in pages(made.pdf)]
    starts = starts_in(made.pdf)
    joined = [title for title, page in starts.items() if list(starts.values()).count(page) > 1 and title[0].isdigit()]
    assert len(joined) > 3
    for title in joined:
        assert title in heads[starts[title]]


def starts_in(pdf: bytes) -> dict[str, int]:
    """Return the page of each part by its title, counted from 0; -1 where the bookmark leads nowhere."""
    made = opened(pdf)
    pages_of = {
        str(each.title): made.get_destination_page_number(each) for each in made.outline if not isinstance(each, list)
    }
    return {title: -1 if page is None else page for title, page in pages_of.items()}


def test_a_picture_is_neither_cut_nor_pressed() -> None:
    copy = copy_of(ANA, "")
    shapes = {each.width / each.height for each in documents_of(copy.file)[0].values() if each.image}
    drawn = [box[2] / box[3] for page in pikepdf.open(io.BytesIO(typeset(ANA).pdf)).pages for box in pictures_on(page)]
    assert shapes
    for shape in shapes:
        assert any(abs(each - shape) < 0.01 for each in drawn), (shape, drawn)


def pictures_on(stream: object, outer: pikepdf.Matrix | None = None) -> Iterator[tuple[float, float, float, float]]:
    """Give left, bottom, width and height of each picture that is drawn, in points, also within drawings."""
    now, kept = outer or pikepdf.Matrix(), []
    for step in pikepdf.parse_content_stream(stream):  # type: ignore[arg-type]
        operands: Any = step.operands
        match str(step.operator):
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = pikepdf.Matrix(*map(float, operands)) @ now
            case "Do":
                found = stream.Resources.XObject[operands[0]]  # type: ignore[attr-defined]
                if found.Subtype == "/Image":
                    yield now.e, now.f, abs(now.a), abs(now.d)
                else:
                    yield from pictures_on(
                        found, pikepdf.Matrix(*map(float, found.get("/Matrix", [1, 0, 0, 1, 0, 0]))) @ now
                    )


def test_tables_of_two_terms_stand_in_line() -> None:
    earlier = next(part for part in data_of(FULL).content["parts"] if part["key"] == "earlier")
    for year in earlier["blocks"]:
        by_head: dict[str, list[object]] = {}
        for table in tables_in(year):
            by_head.setdefault(" ".join(words_in(table["head"])), []).append(table["widths"])
        assert by_head
        assert all(each == alike[0] for alike in by_head.values() for each in alike)


def tables_in(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in block["blocks"]:
        if each["is"] == "table":
            yield each
        elif each["is"] == "group":
            yield from tables_in(each)


def test_words_in_another_language_are_marked_as_such() -> None:
    spoken = Counter(each.language for each in structure(typeset(ANA).pdf).walk() if each.language)
    assert set(spoken) == {"es-US"}
    assert spoken["es-US"] > 5


def test_an_unknown_paper_is_said() -> None:
    with pytest.raises(ValueError, match="no paper is called 'legal'"):
        typesetter().typeset(binder_data(copy_for_parent()), Paper(size="legal"))


def test_nothing_is_written_and_no_font_but_ours_is_used() -> None:
    used = {font for page in opened(typeset(FULL).pdf).pages for font in fonts_of(page)}
    assert used
    assert all("Noto" in font for font in used)


def fonts_of(page: object) -> set[str]:
    resources = page["/Resources"]  # type: ignore[index]
    return {str(font["/BaseFont"]) for font in resources.get("/Font", {}).values()}


@pytest.mark.parametrize("copy", [copy_for_everyone(), replace(copy_for_parent(), file=benjamin())], ids=["all", "new"])
def test_a_copy_for_everybody_and_an_empty_file_are_typeset(copy: Copy) -> None:
    assert typesetter().typeset(binder_data(copy)).pages > 6


# --- anybody's words ----------------------------------------------------------------------------------------------

HOSTILE = {
    "typst code": '#panic[gone] #read("/etc/passwd") $x^2$ <label> ~ `#eval` \\u{41} // no comment',
    "underlined": "snake_case_name and *two* **stars** and __init__ and 1. not a list",
    "one long word": "x" * 5000,
    "an address": "https://example.org/" + "a/very/long/path/" * 40,
    "ten thousand letters": "A sentence of a long paragraph without end. " * 230,
    "right to left": "اسمه محمد and שלום עולם and back",
    "turned order": "abc \u202egnp.exe\u202c def \u2066inner\u2069",
    "navajo": "Shił hózhǫ́ǫgo naashá; ąąʼ, ʼáádóó łįįʼ",
    "vietnamese": "Nguyễn Thị Ánh học rất giỏi, đường phố Điện Biên Phủ",
    "hawaiian": "ʻOkina, kahakō: Kākou ʻāina Hawaiʻi",
    "signs": "½ ¾ € → ← ≤ ≥ © ® ™ … – — • ☐ ☑ ★",
    "emoji": "Well done 👍 🎉 👩‍🏫 ❤️",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_words_are_printed_as_words(name: str) -> None:
    data, made = set_words(copy_for_everyone(), HOSTILE[name])
    wanted = words(" ".join(words_in([part for part in data.content["parts"] if part["key"] == "progress"])))
    printed = squeezed("".join(page.partition("\n")[2].partition("\nPrivate · ")[0] for page in pages(made.pdf)))
    right_to_left = re.compile("[\u0590-\u06ff]")  # given back in the order in which they are seen
    assert {word for word in wanted if not right_to_left.search(word) and squeezed(word) not in printed} == set()
    assert not data.missing


def squeezed(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub("[-\\s\u200b\u00ad\ufffe]", "", text))


MARKED = """\
# A heading

Text with *stress*, **weight**, ~~taken back~~, `code` and [a link](https://example.org/page).

> Somebody said
> > what somebody else said

1. first
2. second
   - inside

| Left | Right |
|------|------:|
| a    |     1 |

```
def keep():  return "  spaces"
```

---

![The first bead](../documents/welding.jpg) in the middle of a line
"""


def test_markdown_keeps_its_forms() -> None:
    _, made = set_words(copy_for_parent(), MARKED)
    roles = [each.role for each in structure(made.pdf).walk()]
    for role in ("Em", "Strong", "BlockQuote", "Code", "Figure", "Table"):
        assert role in roles, role
    text = squeezed("".join(pages(made.pdf)))
    for said in ("A heading", "taken back", "example.org/page", "what somebody else said", "inside", "spaces"):
        assert squeezed(said) in text


ODD = {
    "headings without words": "#\n## a\n###### \n###### b\n# \u200d\nc",
    "a heading of an image": "# ![](../documents/welding.jpg)\n\n## ![x](../documents/welding.jpg) y",
    "lines through lines": "~~a ~~b~~ [c](https://example.org) c~~ ~~[d](https://example.org)~~",
    "empty cells and lists": "|a|\n|-|\n||\n\n- \n- \n\n1. \n",
    "an empty link": "[](https://example.org) [![](../documents/welding.jpg)](https://example.org)",
    "a number too large": "9999999999. a\n\n999999999. b",
    "nothing": "\u200d \u0301 &nbsp; <b> &#0;",
    "quotes of code": "> ```\n> a\n\n> \n> > ---",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_markdown_is_typeset_without_a_warning(name: str) -> None:
    _, made = set_words(copy_for_parent(), ODD[name])
    levels = [int(each.role[1]) for each in structure(made.pdf).walk() if re.fullmatch(r"H[1-6]", each.role)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("words", [MARKED, *ODD.values()], ids=["every form", *ODD])
def test_markdown_is_typeset_in_large_print_too(words: str) -> None:
    data, _ = set_words(copy_for_parent(), words)
    assert typesetter().typeset(data, Paper(large_print=True)).pages


def test_deep_nesting_is_no_trouble() -> None:
    _, made = set_words(
        copy_for_everyone(), "> " * 60 + "the bottom\n\n" + "".join(f"{'  ' * n}- {n}\n" for n in range(60))
    )
    text = " ".join(" ".join(pages(made.pdf)).split())
    assert "the bottom" in text
    assert "59" in text


def test_a_letter_that_no_font_has_leaves_its_mark_and_is_reported() -> None:
    copy = copy_for_everyone()
    data, made = set_words(copy, "Her name is ანა.")
    year = copy.file.years[0]
    assert data.missing == (MissingLetters(f"{year.id}/progress/{year.progress[0].id}.md", "ან"),)
    text = "".join(" ".join(pages(made.pdf)).split())
    assert "HernameisU+10D0U+10DCU+10D0." in text
