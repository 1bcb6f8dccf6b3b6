"""The annual reports in a real browser: opened from disk, read by axe, and printed (policy: P34)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser
from pypdf import PdfReader

from site_builder.access.report import Reported, district_report
from site_builder.access.view import Words
from site_builder.access.view_report import Contribution
from site_builder.render.report import render_district_report, render_report
from tests.leaks.test_report_attack import EVEN, view
from tests.render.test_report import SMALL

WORDS = (
    Contribution(title="Lo que cambió", by="Una madre", words=Words("Nos *preguntaron* primero.", "es", "reports")),
)
REPORTS: dict[str, Callable[[], bytes]] = {
    "large": lambda: render_report(dataclasses.replace(view(EVEN), contributions=WORDS)),
    "small": lambda: render_report(dataclasses.replace(view(SMALL), as_of=dt.date(2026, 3, 1))),
    "spanish": lambda: render_report(dataclasses.replace(view(EVEN), language="es"), "a4"),
    "district": lambda: render_district_report(
        district_report("Basin", [Reported("North", view(EVEN)), Reported("South", view(SMALL))], ["East"])
    ),
}


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], str]:
    def save(html: bytes) -> str:
        path = tmp_path / "report.html"
        path.write_bytes(html)
        return path.as_uri()

    return save


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("name", REPORTS)
def test_screen_asks_for_nothing_and_has_no_barrier(
    browser: Browser, saved: Callable[[bytes], str], name: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    try:
        url = saved(REPORTS[name]())
        page.goto(url)
        assert (asked, said) == ([url], [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    finally:
        page.close()


@pytest.mark.parametrize("name", REPORTS)
def test_paper_is_numbered_and_says_what_it_is(browser: Browser, saved: Callable[[bytes], str], name: str) -> None:
    page = browser.new_page()
    try:
        page.goto(saved(REPORTS[name]()))
        pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))
    finally:
        page.close()
    texts = [" ".join(each.extract_text().split()) for each in pdf.pages]
    mark = {"small": "Draft: not to be handed out", "spanish": "Informe anual"}.get(
        name, "Annual report on the Student"
    )
    assert 3 <= len(texts) <= 9
    assert all(mark in each for each in texts[1:])
    assert all(len(each) > 200 for each in texts[1:])
