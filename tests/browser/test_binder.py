"""The binder in a real browser: opened from disk, read by axe, and printed."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Request
from pypdf import PdfReader

from site_builder.access.view import Copy, StepView
from site_builder.model.records import RegisteredClass
from site_builder.render.binder import render_binder, sections_of
from site_builder.render.i18n import Messages
from tests.render.example_site import benjamin, copy_for_everyone, copy_for_parent


def long_copy() -> Copy:
    """Return a file of six full years, with more objectives, notes and classes than a page holds."""
    copy = copy_for_parent()
    this, past = copy.file.years
    pattern, note = this.objectives[0], this.progress[-1]
    objectives = tuple(
        replace(
            pattern,
            id=f"objective-{n}",
            statement=f"Objective number {n} begins here",
            steps=(
                *(StepView(what=f"step {step}") for step in range(1, 2 + n % 7)),
                StepView(what=f"Objective number {n} ends here", done_on=dt.date(2026, 10, 3)),
            ),
        )
        for n in range(100, 122)
    )
    notes = tuple(
        replace(
            note,
            id=f"note-{n}",
            title=f"Note {n} begins here",
            words=replace(note.words, markdown="She kept at it. " * (n - 195) + f"Note {n} ends here"),
        )
        for n in range(200, 225)
    )
    classes = tuple(
        RegisteredClass(
            period=n, course=f"C-{n}", title=f"Class {n}", credits=0.5, teacher="Dana Ortiz", phone="435-555-0161"
        )
        for n in range(1, 61)
    )
    full = replace(
        this,
        objectives=objectives,
        progress=notes,
        registrations=(replace(this.registrations[0], classes=classes),),
    )
    earlier = tuple(replace(past, id=f"{2025 - n}-{26 - n}", grade=8 - n % 2) for n in range(5))
    return replace(copy, file=replace(copy.file, years=(full, *earlier)))


COPIES: dict[str, Callable[[], Copy]] = {
    "parent": copy_for_parent,
    "everyone": copy_for_everyone,
    "newcomer": lambda: replace(copy_for_parent(), file=benjamin()),
    "long": long_copy,
}


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], str]:
    def save(html: bytes) -> str:
        path = tmp_path / "binder.html"
        path.write_bytes(html)
        return path.as_uri()

    return save


@pytest.fixture
def print_out(browser: Browser, saved: Callable[[bytes], str]) -> Callable[[bytes], PdfReader]:
    def print_it(html: bytes) -> PdfReader:
        page = browser.new_page()
        try:
            page.goto(saved(html))
            return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))
        finally:
            page.close()

    return print_it


@dataclass(frozen=True)
class Printed:
    """A printed page as its text reads: the running head after the student's name, the foot, and the rest."""

    head: str | None
    foot: str
    lines: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def pages_of(pdf: PdfReader, copy: Copy) -> list[Printed]:
    name = f"{copy.file.name} · {copy.file.years[0].id}"
    pages = []
    for page in pdf.pages:
        text = unicodedata.normalize("NFKC", page.extract_text())
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        heads = [line for line in lines if line.startswith(name)]
        feet = [line for line in lines if re.match(r"Page \d+ of \d+", line) or line.startswith("Private ·")]
        rest = [line for line in lines if line not in heads and line not in feet]
        pages.append(Printed(heads[0][len(name) :].strip() if heads else None, " ".join(feet), rest))
    return pages


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", COPIES)
def test_screen_asks_for_nothing_and_has_no_barrier(
    browser: Browser, saved: Callable[[bytes], str], name: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    asked: list[str] = []
    said: list[str] = []

    def log(request: Request) -> None:
        if not request.url.startswith("data:"):
            asked.append(request.url)

    page.on("request", log)
    page.on("console", lambda message: said.append(message.text))
    try:
        url = saved(render_binder(COPIES[name]()))
        page.goto(url)
        assert asked == [url]
        assert said == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    finally:
        page.close()


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("name", COPIES)
def test_no_screen_is_too_narrow(browser: Browser, saved: Callable[[bytes], str], name: str, large_print: bool) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        page.goto(saved(render_binder(COPIES[name](), large_print=large_print)))
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        for width in (1280, 1024, 800, 704, 414, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    finally:
        page.close()


@pytest.mark.parametrize(("paper", "width", "height"), [("letter", 612, 792), ("a4", 595, 842)])
def test_paper_has_its_size(print_out: Callable[[bytes], PdfReader], paper: str, width: float, height: float) -> None:
    for page in print_out(render_binder(copy_for_parent(), paper)).pages:
        assert abs(float(page.mediabox.width) - width) < 1
        assert abs(float(page.mediabox.height) - height) < 1


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("name", COPIES)
def test_every_page_but_the_cover_has_head_foot_and_something_between(
    print_out: Callable[[bytes], PdfReader], name: str, large_print: bool
) -> None:
    copy = COPIES[name]()
    pages = pages_of(print_out(render_binder(copy, large_print=large_print)), copy)
    assert pages[0].head is None
    assert pages[0].foot == ""
    assert copy.school.phone in pages[0].text, "the cover is one page, down to its last line"
    for number, page in enumerate(pages[1:], 2):
        assert page.head
        assert f"Page {number} of {len(pages)}" in page.foot
        assert "Private · copy of November 24, 2026" in page.foot
        assert page.lines, f"page {number} is blank"


@pytest.mark.parametrize("name", COPIES)
def test_sections_start_a_page_and_name_it_in_the_running_head(
    print_out: Callable[[bytes], PdfReader], name: str
) -> None:
    copy = COPIES[name]()
    pages = pages_of(print_out(render_binder(copy)), copy)
    sections = list(sections_of(copy, Messages("en")))
    own = [section for section in sections if section.sheet == section.key]
    starts = [number for section in own for number, page in enumerate(pages) if page.lines[0] == section.heading]
    assert len(starts) == len(own)
    assert starts == sorted(starts)
    for section, first, last in zip(own, starts, [*starts[1:], len(pages)], strict=True):
        for page in pages[first:last]:
            assert page.head
            assert page.head.split(":")[0] == section.heading
    heads = {section.key: section.heading for section in own} | {"contents": "Contents"}
    for section in sections:
        found = [page for page in pages if section.heading in page.lines and page.head]
        assert heads[section.sheet] in {str(page.head).split(":")[0] for page in found}, section.heading
    contents = " ".join(page.text for page in pages if page.head == "Contents")
    assert all(contents.count(each.title) == 1 + (each.sheet == "contents") for each in sections)


def test_a_small_file_is_not_a_thick_binder(print_out: Callable[[bytes], PdfReader]) -> None:
    assert len(print_out(render_binder(copy_for_parent())).pages) <= 28
    assert len(print_out(render_binder(COPIES["newcomer"]())).pages) <= 8, "empty parts share a sheet"


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_an_objective_and_a_note_stay_on_one_page(print_out: Callable[[bytes], PdfReader], paper: str) -> None:
    copy = long_copy()
    pages = [page.text for page in pages_of(print_out(render_binder(copy, paper)), copy)]
    whole = [f"Objective number {n}" for n in range(100, 122)] + [f"Note {n}" for n in range(200, 225)]
    for each in whole:
        ends = [number for number, page in enumerate(pages) if f"{each} ends here" in page]
        starts = [number for number, page in enumerate(pages) if f"{each} begins here" in page]
        assert set(ends) <= set(starts), f"{each} runs on from page {starts[-1] + 1}"


def test_a_table_longer_than_a_page_repeats_its_head(print_out: Callable[[bytes], PdfReader]) -> None:
    copy = long_copy()
    long = [
        page.text
        for page in pages_of(print_out(render_binder(copy)), copy)
        if "Class 3" in page.text or "Class 60" in page.text
    ]
    assert len(long) >= 2
    assert all("Telephone" in page for page in long)


@pytest.mark.parametrize("large_print", [False, True])
def test_no_heading_is_left_at_the_foot_of_a_page(print_out: Callable[[bytes], PdfReader], large_print: bool) -> None:
    copy = long_copy()
    pages = pages_of(print_out(render_binder(copy, large_print=large_print)), copy)
    titles = {
        *(f"Objective number {n} begins here" for n in range(100, 122)),
        *(f"Note {n} begins here" for n in range(200, 225)),
        *(text for each in sections_of(copy, Messages("en")) for text in (each.title, each.heading)),
        *("Asked of everyone", "After graduation", "Careers to look at", "Tests"),
    }
    for number, page in enumerate(pages, 1):
        if page.head in (None, "Contents"):
            continue
        assert page.lines[-1] not in titles, f"page {number} ends with the heading {page.lines[-1]}"


def test_margins_leave_room_for_holes_on_both_sides_of_a_sheet(print_out: Callable[[bytes], PdfReader]) -> None:
    edges = []
    for page in print_out(render_binder(copy_for_parent())).pages[2:8]:
        found: list[float] = []

        def note(text: str, cm: list[float], tm: list[float], *_: object, found: list[float] = found) -> None:
            if text.strip():
                found.append(cm[4] + tm[4] * cm[0])

        page.extract_text(visitor_text=note)
        edges.append(round(min(found)))
    assert [abs(edge - wanted) <= 1 for edge, wanted in zip(edges, (72, 47) * 3, strict=True)] == [True] * 6, edges
