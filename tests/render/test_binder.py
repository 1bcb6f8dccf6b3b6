from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from site_builder.access.view import Copy, YearView
from site_builder.render.binder import render_binder, sections_of
from site_builder.render.i18n import Messages
from tests.render.example_site import ana, benjamin, copy_for_everyone, copy_for_parent

OUTLINES = Path(__file__).parent / "binder"


def copy_for_newcomer() -> Copy:
    return replace(copy_for_parent(), file=benjamin())


COPIES = {"parent": copy_for_parent(), "everyone": copy_for_everyone(), "newcomer": copy_for_newcomer()}


class Outline(HTMLParser):
    """Gathers what the tests ask about: headings, ids, addresses, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[tuple[str, str]] = []
        self.handlers: list[str] = []
        self.words: list[str] = []
        self._open: int | None = None
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in {"href", "src", "srcset", "action", "data", "poster", "xlink:href"}:
                self.addresses.append((tag, value or ""))
            if name.startswith("on") or name == "style":
                self.handlers.append(name)
        if re.fullmatch(r"h[1-6]", tag):
            self._open = int(tag[1])
            self.headings.append((self._open, ""))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.words.append(data)
        if self._open is not None:
            level, text = self.headings[-1]
            self.headings[-1] = (level, " ".join(f"{text}{data}".split()))


def outline(copy: Copy) -> Outline:
    return Outline(render_binder(copy).decode())


def html_of(copy: Copy) -> str:
    return render_binder(copy).decode()


@pytest.mark.parametrize("name", COPIES)
def test_outline_is_as_reviewed(name: str) -> None:
    drawn = "".join(f"{'  ' * (level - 1)}{text}\n" for level, text in outline(COPIES[name]).headings)
    kept = OUTLINES / f"{name}.txt"
    if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == kept.read_text(encoding="utf-8")


def test_order_of_an_occupation_plan() -> None:
    assert [section.heading for section in sections_of(copy_for_parent(), Messages("en"))] == [
        "How to read this binder",
        "1 This year at a glance",
        "2 Strengths and achievements",
        "3 Objectives and means",
        "4 Course plan and requirements",
        "5 Occupation plan",
        "6 Record of progress",
        "7 Registrations and teachers’ telephones",
        "8 Report cards and tests",
        "9 Conferences",
        "10 Requests and answers",
        "11 People who take part",
        "12 Documents and consents",
        "13 Earlier years",
        "Signatures",
    ]


def test_parts_that_a_plan_lacks_leave_no_gap_in_the_numbers() -> None:
    headings = [section.heading for section in sections_of(copy_for_newcomer(), Messages("en"))]
    assert "Occupation plan" not in " ".join(headings)
    assert headings[-2:] == ["11 Documents and consents", "Signatures"]


@pytest.mark.parametrize("name", COPIES)
def test_every_section_stands_once_in_the_contents_and_once_in_the_binder(name: str) -> None:
    copy = COPIES[name]
    found = outline(copy)
    sections = list(sections_of(copy, Messages("en")))
    titles = [text for level, text in found.headings if level == 2]
    assert titles == ["Contents", *(section.heading for section in sections)]
    contents = Counter(address for tag, address in found.addresses if tag == "a")
    assert all(contents[f"#{section.key}"] == 1 for section in sections)


@pytest.mark.parametrize("name", COPIES)
def test_links_inside_lead_somewhere_and_ids_are_unique(name: str) -> None:
    found = outline(COPIES[name])
    assert [each for each, count in Counter(found.ids).items() if count > 1] == []
    inside = [address[1:] for _, address in found.addresses if address.startswith("#")]
    assert inside
    assert set(inside) <= set(found.ids)


def test_an_objective_that_returns_in_a_later_year_keeps_the_ids_unique() -> None:
    file = ana()
    again = replace(file.years[1], objectives=file.years[0].objectives, progress=file.years[0].progress)
    found = outline(replace(copy_for_parent(), file=replace(file, years=(file.years[0], again))))
    assert [each for each, count in Counter(found.ids).items() if count > 1] == []
    assert f"{again.id}-objective-{file.years[0].objectives[0].id}" in found.ids


def test_words_that_look_like_an_id_stay_as_they_were_written() -> None:
    file = ana()
    sly = 'The label read <article class="x" id="7"> on the box.'
    note = replace(file.years[0].progress[0], words=replace(file.years[0].progress[0].words, markdown=sly))
    past = replace(file.years[1], progress=(note,))
    found = outline(replace(copy_for_parent(), file=replace(file, years=(file.years[0], past))))
    assert sly in found.text


def test_heading_levels_have_no_holes() -> None:
    for copy in COPIES.values():
        levels = [level for level, _ in outline(copy).headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", COPIES)
def test_nothing_is_asked_of_the_outside(name: str) -> None:
    html = html_of(COPIES[name])
    found = Outline(html)
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & set(found.tags)
    assert not found.handlers
    for tag, address in found.addresses:
        if tag == "img":
            assert re.match(r"data:image/(jpeg|png|webp);base64,[A-Za-z0-9+/=]+$", address)
        else:
            assert re.match(r"#[\w-]+$|tel:\+|mailto:|https://", address), address
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_this_stylesheet_and_nothing_else() -> None:
    html = html_of(copy_for_parent())
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith(f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;")


SLY = '"; } </style><script>alert(1)</script> & \\ {{ 7*7 }}'


def test_names_from_files_cannot_leave_their_place() -> None:
    copy = copy_for_parent()
    file = replace(
        copy.file,
        name=SLY,
        people=tuple(replace(person, name=SLY, address=SLY) for person in copy.file.people),
        years=tuple(
            replace(
                year,
                objectives=tuple(replace(each, statement=SLY) for each in year.objectives),
                papers=tuple(replace(each, title=SLY, alt=SLY, description=SLY) for each in year.papers),
            )
            for year in copy.file.years
        ),
    )
    html = html_of(replace(copy, file=file, school=replace(copy.school, name=SLY)))
    assert html.count("</style>") == 1
    assert "<script" not in html
    assert "{{ 7*7 }}" in html
    assert "{{ 7*7 }}" in Outline(html).text


def test_cover_says_for_whom_and_when() -> None:
    text = outline(copy_for_parent()).text
    cover = text[: text.index("Contents")]
    for words in ("Ana Rivera", "Grade 9", "2026-27", "School Manager", "Private", "November 24, 2026", "Maria Rivera"):
        assert words in cover


def test_a_copy_for_everyone_says_so_and_names_no_reader() -> None:
    text = outline(copy_for_everyone()).text
    assert "it holds only what every current participant may see" in text[: text.index("Contents")]


def test_images_stand_in_the_page_and_other_papers_have_a_divider() -> None:
    text, html = outline(copy_for_parent()).text, html_of(copy_for_parent())
    assert html.count("Insert the printed document here.") == 2
    assert "Award letter insert the printed document" in text, "the contents say so too"
    assert re.search(r"Award letter Letter Nov 9, 2026 1 page", text)
    assert "The file of this paper cannot be read at the moment." in text
    assert 'alt="A straight weld bead on a steel plate"' in html


def test_a_new_file_says_in_each_part_what_will_be_there() -> None:
    html = html_of(copy_for_newcomer())
    for key in (
        "strengths",
        "objectives",
        "progress",
        "registrations",
        "report-cards",
        "conferences",
        "requests",
        "papers",
    ):
        part = html[html.index(f'id="{key}"') :]
        part = part[: part.index("</section>")]
        assert '<p class="empty">' in part, key


def test_an_earlier_year_is_complete_and_names_what_it_lacks() -> None:
    html = html_of(copy_for_parent())
    past = html[html.index('id="year-2025-26"') : html.index('id="signatures"')]
    for title in ("Strengths and achievements", "Objectives and means", "Report cards and tests", "Conferences"):
        assert f"<h4>{title}</h4>" in past
    assert "Nothing was written that year for:" in past
    blank = YearView(id="2024-25", grade=7, occupational=False)
    file = replace(ana(), years=(ana().years[0], blank))
    assert "Strengths and achievements; Objectives and means" in html_of(replace(copy_for_parent(), file=file))


def test_signatures_have_a_line_for_each_participant_and_promise_nothing() -> None:
    html = html_of(copy_for_parent())
    signing = html[html.index('id="signatures"') :]
    assert signing.count('class="line-to-sign"') == 2 * len(ana().people)
    assert "not a binding agreement" in signing
    assert "I took part" in signing
    assert "I received a copy" in signing


def test_paper_and_large_print() -> None:
    assert "size: 8.5in 11in" in html_of(copy_for_parent())
    assert "size: 210mm 297mm" in render_binder(copy_for_parent(), "a4").decode()
    assert 'class="large-print"' in render_binder(copy_for_parent(), large_print=True).decode()
    assert 'class="large-print"' not in html_of(copy_for_parent())
    with pytest.raises(ValueError, match="letter, a4"):
        render_binder(copy_for_parent(), "legal")


def test_the_same_copy_gives_the_same_bytes() -> None:
    assert render_binder(copy_for_parent()) == render_binder(copy_for_parent())


def test_language_follows_the_reader() -> None:
    assert '<html lang="en">' in html_of(copy_for_parent("vi"))
    spanish = Messages("es")
    html = html_of(copy_for_parent("es"))
    assert f'<html lang="{spanish.language}">' in html
    assert f">{spanish.gettext('Contents')}</h2>" in html
