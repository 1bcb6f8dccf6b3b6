"""The offline form and the worksheet: for those who write, closed to the network, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest

from site_builder.access.plan_parts import base_of
from site_builder.access.view import Site
from site_builder.base.form_token import FormKey, HandedOut
from site_builder.render.form import facts, languages, render_form
from site_builder.render.i18n import Messages
from site_builder.render.site import render_site
from site_builder.render.worksheet import render_worksheet
from tests.exchange.handed_in import KEY
from tests.render import example_site as example
from tests.render.html_rules import outline


def made(site: Site, key: FormKey | None = KEY) -> dict[str, str]:
    return {each.path: each.content.decode() for each in render_site(site, key) if each.path.endswith(".html")}


def text(html: str) -> str:
    html = re.sub(r"<(style|script)>.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("site", [example.student_site(), example.parent_site()], ids=["student", "parent"])
def test_those_who_write_are_led_to_form_and_worksheet(site: Site) -> None:
    """Policy: P5, P18, P19."""
    pages = made(site)
    assert {"rivera-ana/form.html", "rivera-ana/worksheet.html"} <= pages.keys()
    assert 'href="rivera-ana/form.html"' in pages["index.html"]
    assert 'href="form.html"' in pages["rivera-ana/plan.html"]
    assert 'href="worksheet.html"' in pages["rivera-ana/index.html"]
    assert "form.html" not in pages["rivera-ana/2025-26/plan.html"]


def test_without_a_key_there_is_the_worksheet_alone() -> None:
    pages = made(example.student_site(), None)
    assert "rivera-ana/form.html" not in pages
    assert 'href="worksheet.html"' in pages["rivera-ana/plan.html"]
    assert not [path for path, page in pages.items() if "form.html" in page]


def test_staff_write_into_the_files_and_get_no_form() -> None:
    pages = made(example.manager_site())
    assert not [path for path, page in pages.items() if "form.html" in page or "worksheet" in path + page]


def test_a_form_is_about_one_student_alone() -> None:
    pages = made(example.family_site())
    assert not [path for path in pages if path.startswith("kimball") and "form" in path]
    assert "kimball" not in (pages["rivera-ana/form.html"] + pages["rivera-ana/worksheet.html"]).lower()


def test_the_students_form_alone_asks_where_to_go() -> None:
    assert 'data-field="aspiration"' in made(example.student_site())["rivera-ana/form.html"]
    assert 'data-field="aspiration"' not in made(example.parent_site())["rivera-ana/form.html"]


def test_the_form_may_ask_for_nothing_and_run_its_one_script_alone() -> None:
    html = render_form(example.student_site(), example.student_site().files[0], KEY).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    allowed = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert allowed["default-src"] == "'none'"
    assert set(allowed) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        [content] = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert allowed[directive] == f"'sha256-{digest}'"
    page = outline(html)
    assert page.faults == []
    assert page.tags.count("script") == 1
    assert [link for link in page.links if not link.startswith(("#", "tel:", "mailto:"))] == []
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    forbidden = ("fetch(", "XMLHttpRequest", "localStorage", "sessionStorage", "indexedDB", "innerHTML", "eval(")
    assert [each for each in forbidden if each in html] == []


def test_every_field_has_a_label_and_a_place_for_what_is_wrong() -> None:
    html = render_form(example.parent_site(), example.parent_site().files[0], KEY).decode()
    page = outline(html)
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*\bid=\"([^\"]+)\"", html)
    labels = [value for name, value in page.attributes if name == "for"]
    assert len(fields) > 15
    assert sorted(fields) == sorted(labels)
    described = {each for name, value in page.attributes if name == "aria-describedby" for each in value.split()}
    assert described <= set(page.ids)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_same_view_and_key_give_the_same_bytes(language: str) -> None:
    one, other = example.student_site(language), example.student_site(language)
    assert render_form(one, one.files[0], KEY) == render_form(other, other.files[0], KEY)
    assert render_worksheet(one, one.files[0]) == render_worksheet(other, other.files[0])


def test_the_seal_is_over_the_person_the_student_the_year_and_what_stood() -> None:
    site = example.student_site()
    found = facts(site, site.files[0], KEY)
    whole = HandedOut(
        school="Cedar Flat High School",
        participant="ana-rivera",
        student="rivera-ana",
        year="2026-27",
        on=site.on,
        base=base_of(site.files[0]),
    )
    assert KEY.fits(whole, str(found["seal"]))
    assert not FormKey(b"x" * 32).fits(whole, str(found["seal"]))
    assert KEY.secret.hex() not in json.dumps(found)
    html = render_form(site, site.files[0], KEY).decode()
    assert str(found["seal"]) in html


def test_what_people_wrote_cannot_become_markup() -> None:
    site = example.student_site()
    evil = "\"><script>alert(1)</script>{{ 7*7 }}' onclick='x"
    year = site.files[0].years[0]
    step = replace(year.objectives[0].steps[2], what=evil)
    objective = replace(year.objectives[0], statement=evil, steps=(step,))
    assert year.plan is not None
    plan = replace(year.plan, aspiration=evil)
    file = replace(site.files[0], name=evil, years=(replace(year, objectives=(objective,), plan=plan),))
    school = replace(site.school, name=evil)
    for content in (
        render_form(replace(site, school=school), file, KEY),
        render_worksheet(replace(site, school=school), file),
    ):
        page = outline(content.decode())
        assert page.faults == []
        assert page.tags.count("script") <= 1
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        assert b"alert(1)</script>" not in content


def test_the_worksheet_prints_what_stands_beside_lines_to_write_on() -> None:
    site = example.parent_site("es")
    html = render_worksheet(site, site.files[0]).decode()
    page = text(html)
    assert "Hoja de trabajo" in page
    assert "Lo que hay ahora" in page
    assert "Ana is patient with her hands" in page
    assert "Sign the shop permission form" in page
    assert "Pass the shop safety test" not in page
    assert "Preguntas para la conferencia" in page
    assert "Maria Rivera" in page
    assert html.count('class="rules"') == 9
    assert outline(html).faults == []
    assert "<script" not in html


def test_words_are_said_to_be_in_the_readers_language_first() -> None:
    spanish = languages("es-MX", Messages("es").locale)
    assert spanish[:2] == [("es", "español"), ("en", "inglés")]
    assert languages("nv", Messages("nv").locale)[0][0] == "nv"
