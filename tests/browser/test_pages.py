"""The private pages in a real browser, opened from disk as a family opens them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from site_builder.access.view import Site
from site_builder.render.site import render_site
from tests.render import example_site as example

WIDTHS = (1280, 360)
SITES = {
    "parent-en": example.parent_site("en"),
    "parent-es": example.parent_site("es"),
    "student-en": example.student_site("en"),
    "family-en": example.family_site(),
    "manager-en": example.manager_site("en"),
    "manager-es": example.manager_site("es"),
    "principal-en": example.principal_site("en"),
    "principal-es": example.principal_site("es"),
}
AXE = Axe()
# In the dark nothing but colours differs.
LIGHT_AND_DARK: dict[Literal["light", "dark"], dict[str, object]] = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sites")
    for name, site in SITES.items():
        write(site, root / name)
    return root


def write(site: Site, folder: Path) -> None:
    for made in render_site(site):
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)


def pages_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.html")) if path.name != "binder.html")


@pytest.mark.parametrize(
    ("name", "width"),
    [
        (name, width)
        for name in SITES
        for width in WIDTHS
        if (name, width) not in {("student-en", 1280), ("family-en", 360)}
    ],
)
def test_everyone_can_use_every_page(browser: Browser, folder: Path, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in pages_of(folder / name):
        page.goto(path.as_uri())
        if width < 1000:
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.relative_to(folder)
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none", "no stylesheet"
        assert page.evaluate("[...document.images].filter(each => !each.complete || !each.naturalWidth).length") == 0
        for scheme, rules in LIGHT_AND_DARK.items():
            page.emulate_media(color_scheme=scheme)
            found = AXE.run(page, options={"preload": False, **rules})
            assert found.violations_count == 0, f"{path.relative_to(folder)} {scheme}\n{found.generate_report()}"
    context.close()
    inside = (folder / name).as_uri() + "/"
    assert [url for url in asked if not url.startswith((inside, "data:"))] == []
    assert said == []


def in_view(page: Page, text: str) -> bool:
    box = page.get_by_text(text, exact=False).first.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 640


@pytest.mark.parametrize("meeting", [True, False])
def test_a_parents_first_screen(browser: Browser, tmp_path: Path, meeting: bool) -> None:
    site = example.parent_site()
    if not meeting:
        site = replace(site, files=(replace(site.files[0], next_conference=None),))
    write(site, tmp_path)
    context = browser.new_context(viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    wanted = ["Ana Rivera", "Grade 9", "Updated Nov 18, 2026", "Next conference", "What we need from you"]
    wanted += ["Thursday, Dec 3, 4:30 pm"] if meeting else ["Call Dana Ortiz"]
    wanted += ["Sign the shop permission form", "Read the plan and sign", "First place, regional SkillsUSA"]
    wanted += ["Objectives", "On track", "2 of 4 steps done", "Needs help", "0 of 2 steps done"]
    assert [text for text in wanted if not in_view(page, text)] == []
    context.close()


def test_targets_are_large_enough_for_a_thumb(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto((folder / "parent-en" / "index.html").as_uri())
    page.locator("summary").first.click()
    sizes = page.evaluate(
        "[...document.querySelectorAll('nav a, summary')].filter(each => each.getClientRects().length)"
        ".map(each => [each.textContent.trim(), each.getBoundingClientRect().height])"
    )
    assert len(sizes) >= 9
    assert [name for name, height in sizes if height < 24] == []
    context.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "parent-en" / "rivera-ana" / "plan.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    page.close()


def test_on_a_wide_screen_the_pages_need_no_opening(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((folder / "parent-en" / "index.html").as_uri())
    page.get_by_role("link", name="Classes and grades").click()
    assert page.url.endswith("/rivera-ana/classes.html")
    page.get_by_role("link", name="2025-26").click()
    assert page.url.endswith("/rivera-ana/2025-26/classes.html")
    page.get_by_role("link", name="Overview").click()
    assert page.url.endswith("/rivera-ana/2025-26/index.html")
    page.close()


def test_paper_shows_no_buttons(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "parent-en" / "rivera-ana" / "plan.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator(".skip").is_visible()
    assert page.locator("h1").is_visible()
    page.close()


def test_a_caseload_prints_sideways_on_few_sheets(browser: Browser, tmp_path: Path) -> None:
    """Thirty students with a line or two each, their heads repeated, no card and no row torn apart (policy: P26)."""
    site = example.manager_site()
    assert site.desk is not None
    thirty = 30
    asked_nothing = replace(site.files[1], years=tuple(replace(year, requests=()) for year in site.files[1].years))
    files = tuple(
        replace(asked_nothing, id=f"student-{number}", name=f"Student Number {number}") for number in range(thirty)
    )
    cases = tuple(
        replace(site.desk.cases[1], student=file.id, due=site.desk.cases[1].due[: number % 3])
        for number, file in enumerate(files)
    )
    write(replace(site, files=files, desk=replace(site.desk, cases=cases)), tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    page.close()
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in sheets)
    assert len(sheets) <= 3
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    names = [f"Student Number {number} 9 · SEOP" for number in range(thirty)]
    assert [name for name in names if sum(text.count(name) for text in texts) != 1] == []
    assert all("What is due" in text for text in texts if "Student Number" in text)
