from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from site_builder.access.view import Site
from site_builder.render.site import render_site
from tests.render import example_site as example
from tests.render.html_rules import outline, target

SNAPSHOTS = Path(__file__).parent / "snapshots"
SITES: dict[str, Callable[[], Site]] = {
    "parent": example.parent_site,
    "parent-es": lambda: example.parent_site("es"),
    "student": example.student_site,
    "family": example.family_site,
    "manager": example.manager_site,
    "manager-es": lambda: example.manager_site("es"),
    "principal": example.principal_site,
    "principal-es": lambda: example.principal_site("es"),
}
KEPT = {
    "parent": ("index.html", "rivera-ana/plan.html", "rivera-ana/2025-26/classes.html"),
    "parent-es": ("rivera-ana/index.html", "rivera-ana/people.html"),
    "student": ("rivera-ana/plan.html",),
    "manager": (
        "index.html",
        "whole-school.html",
        "withheld.html",
        "our-school.html",
        "working-plan-two-roads.html",
        "kimball-benjamin/index.html",
    ),
    "manager-es": ("whole-school.html",),
    "principal": ("index.html",),
}
TABS = ("index", "plan", "classes", "strengths", "conferences", "people")


def files(site: Site) -> dict[str, bytes]:
    return {made.path: made.content for made in render_site(site)}


def text(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


@pytest.fixture(scope="module")
def sites() -> dict[str, dict[str, bytes]]:
    return {name: files(make()) for name, make in SITES.items()}


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in KEPT.items() for path in paths])
def test_pages_read_as_they_did(sites: dict[str, dict[str, bytes]], name: str, path: str) -> None:
    kept = SNAPSHOTS / name / path.replace("/", "--")
    made = sites[name][path]
    if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(made)
    assert kept.is_file(), f"{kept.name} is missing: SEP_UPDATE_SNAPSHOTS=1 writes it"
    assert made.decode() == kept.read_text("utf-8")


@pytest.mark.parametrize("name", SITES)
def test_the_same_view_gives_the_same_bytes(sites: dict[str, dict[str, bytes]], name: str) -> None:
    assert files(SITES[name]()) == sites[name]


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_sound_html(sites: dict[str, dict[str, bytes]], name: str) -> None:
    for path, content in sites[name].items():
        if not path.endswith(".html"):
            continue
        page = outline(content.decode())
        assert page.faults == [], path
        assert len(page.ids) == len(set(page.ids)), path
        assert page.tags.count("h1") == 1, path
        assert "script" not in page.tags, path
        assert not [attribute for attribute, _ in page.attributes if attribute.startswith("on")], path
        assert set(page.labels) <= set(page.ids), path


@pytest.mark.parametrize("name", SITES)
def test_every_link_leads_to_a_place_in_the_same_site(sites: dict[str, dict[str, bytes]], name: str) -> None:
    site = sites[name]
    for path, content in site.items():
        if not path.endswith(".html"):
            continue
        for link in outline(content.decode()).links:
            assert link, path
            if re.match(r"(https:|mailto:|tel:|data:image/)", link):
                continue
            file, fragment = target(path, link)
            assert file in site, f"{path}: {link}"
            if fragment:
                assert fragment in outline(site[file].decode()).ids, f"{path}: {link}"


@pytest.mark.parametrize("name", SITES)
def test_six_pages_a_year_and_a_page_for_printing(sites: dict[str, dict[str, bytes]], name: str) -> None:
    for file in SITES[name]().files:
        for year in file.years:
            folder = f"{file.id}/" if year is file.years[0] else f"{file.id}/{year.id}/"
            assert [tab for tab in TABS if f"{folder}{tab}.html" not in sites[name]] == []
        assert f"{file.id}/binder.html" in sites[name]


def test_a_family_with_one_child_starts_at_the_child(sites: dict[str, dict[str, bytes]]) -> None:
    start = text(sites["parent"]["index.html"])
    assert "Next conference" in start
    assert "Sign the shop permission form" in start
    assert "Choose a student" not in start
    assert "Benjamin Kimball" in text(sites["family"]["index.html"])


def test_nothing_of_another_student_is_on_a_students_pages(sites: dict[str, dict[str, bytes]]) -> None:
    for path, content in sites["family"].items():
        if path.startswith("rivera-ana/"):
            assert b"Benjamin" not in content, path
            assert b"kimball" not in content.lower(), path


def test_strengths_come_before_scores(sites: dict[str, dict[str, bytes]]) -> None:
    for path in ("index.html", "rivera-ana/classes.html", "rivera-ana/plan.html"):
        page = text(sites["parent"][path])
        scores = [page.find(word) for word in ("Report cards", "credits earned", "Score ") if word in page]
        assert page.index("First place, regional SkillsUSA") < min(scores), path


def test_the_plan_binds_nobody(sites: dict[str, dict[str, bytes]]) -> None:
    for path, content in sites["student"].items():
        if path.endswith(".html"):
            assert "not a binding agreement" in text(content), path


def test_the_student_is_told_to_write_and_the_parent_is_not(sites: dict[str, dict[str, bytes]]) -> None:
    assert "this plan is yours to prepare" in text(sites["student"]["rivera-ana/plan.html"])
    assert "this plan is yours to prepare" not in text(sites["parent"]["rivera-ana/plan.html"])


def test_asked_of_everyone_stands_beside_ones_own(sites: dict[str, dict[str, bytes]]) -> None:
    page = text(sites["parent"]["rivera-ana/plan.html"])
    assert page.index("Asked of everyone") < page.index("Try one career day") < page.rindex("Ana’s own")


def test_without_a_date_the_page_says_whom_to_call() -> None:
    site = example.parent_site()
    file = replace(site.files[0], next_conference=None)
    start = files(replace(site, files=(file,)))["index.html"].decode()
    assert "Call Dana Ortiz" in text(start.encode())
    assert 'href="tel:+14355550160"' in start
    nobody = files(replace(site, files=(replace(file, contact=None),)))["index.html"].decode()
    assert 'Call the school, <a class="tel" href="tel:+14355550100">' in nobody


def test_a_photo_loses_what_the_camera_wrote(sites: dict[str, dict[str, bytes]]) -> None:
    original, made = example.photo(), sites["parent"]["rivera-ana/papers/2026-27/first-bead.jpg"]
    assert b"EXIF-SECRET" in original
    assert b"COMMENT-SECRET" in original
    assert b"SECRET" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (900, 600)
        assert not image.getexif()


def test_a_pdf_is_copied_as_it_is(sites: dict[str, dict[str, bytes]]) -> None:
    assert sites["parent"]["rivera-ana/papers/2026-27/award.pdf"] == example.pdf()


def test_a_paper_that_cannot_be_read_is_said_and_not_linked(sites: dict[str, dict[str, bytes]]) -> None:
    assert "rivera-ana/papers/2026-27/transcript.pdf" not in sites["parent"]
    page = sites["parent"]["rivera-ana/people.html"]
    assert "cannot be read at the moment" in text(page)
    assert b"transcript.pdf" not in page


def test_notes_keep_their_language_and_labels_take_the_readers(sites: dict[str, dict[str, bytes]]) -> None:
    english, spanish = (sites[name]["rivera-ana/strengths.html"].decode() for name in ("parent", "parent-es"))
    assert '<html lang="en">' in english
    assert '<div class="words" lang="es">' in english
    assert '<html lang="es">' in spanish
    assert '<div class="words" lang="en">' in spanish
    assert "Fortalezas y progreso" in spanish


def test_a_language_without_a_catalogue_has_english_labels() -> None:
    page = files(example.parent_site("vi"))["index.html"].decode()
    assert '<html lang="en">' in page
    assert "Next conference" in page


def test_a_schools_own_terms_replace_ours() -> None:
    site = example.parent_site()
    labels = {"SEOP": "Plan & 100% for <college>", "Overview": "Start", "Grade %(grade)s": "%(x)s"}
    page = files(replace(site, school=replace(site.school, labels=labels)))["index.html"].decode()
    assert "Plan &amp; 100% for &lt;college&gt;" in page
    assert 'aria-current="page">Start<' in page
    assert "Grade 9" in page


def test_what_people_wrote_cannot_become_markup() -> None:
    site = example.parent_site()
    evil = '"><script>alert(1)</script>{{ 7*7 }}%(x)s'
    year = site.files[0].years[0]
    objective = replace(year.objectives[0], statement=evil, language='en"><b>')
    file = replace(
        site.files[0], name=evil, preferred_name=evil, homeroom=evil, years=(replace(year, objectives=(objective,)),)
    )
    for path, content in files(replace(site, files=(file,))).items():
        if path.endswith(".html"):
            assert b"<script" not in content, path
            assert b"49%(x)s" not in content, path
            assert b"<b>" not in content, path


def test_an_empty_section_says_what_will_be_there(sites: dict[str, dict[str, bytes]]) -> None:
    for tab in TABS[1:]:
        page = sites["manager"][f"kimball-benjamin/{tab}.html"].decode()
        assert 'class="empty"' in page, tab
        assert "will stand here" in page, tab


def test_every_page_forbids_what_it_does_not_need(sites: dict[str, dict[str, bytes]]) -> None:
    for path, content in sites["parent"].items():
        if path.endswith(".html"):
            page = content.decode()
            assert "default-src 'none'" in page, path
            assert re.search(r'<meta name="robots" content="noindex', page), path
            assert '<meta name="referrer" content="no-referrer">' in page, path
