"""Letters and words on paper: whatever the names, no sheet holds anything of two people."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from site_builder.access.view import SchoolView
from tests.render.test_cover_letter import LONGEST, MARIA, SCHOOL, SHEETS

LONG = replace(
    SCHOOL,
    name="Escalante Valley Consolidated Junior and Senior High School of Science, Agriculture and the Arts",
    address="12345 North State Route 56, Building C, Second Floor, Escalante Valley, Utah 84756-1234",
)


def texts(browser: Browser, html: bytes) -> list[str]:
    page = browser.new_page()
    page.set_content(html.decode())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    return [each.extract_text() for each in PdfReader(io.BytesIO(printed)).pages]


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("school", [SCHOOL, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_each_person_has_front_and_back_of_one_sheet(
    browser: Browser, sheet: str, school: SchoolView, paper: str
) -> None:
    pages = texts(browser, SHEETS[sheet](school, (MARIA, LONGEST, MARIA), paper))
    assert len(pages) == 6
    names = ["Maria", "Maria", "Guadalupe", "Guadalupe", "Maria", "Maria"]
    for name, text in zip(names, pages, strict=True):
        assert name in text
        assert ({"Maria", "Guadalupe"} - {name}).pop() not in text
