"""The offline form in a real browser: filled in from disk, saved, and taken into a copy of the small school."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

from site_builder.access.sites import site_for
from site_builder.render.form import render_form
from site_builder.render.worksheet import render_worksheet
from tests.browser.test_pages import LIGHT_AND_DARK
from tests.cli.small_school import School
from tests.exchange.handed_in import KEY, keep_key
from tests.stores import TODAY, checked

AXE = Axe()
WIDTHS = (1280, 360)


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = School(tmp_path)
    keep_key(tmp_path / "settings")
    return made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    made.clock.set_fixed_time(dt.datetime.combine(TODAY, dt.time(15, 0)))
    yield made
    made.close()


def write_form(school: School, person: str, name: str = "form.html") -> Path:
    """Write the form that the build makes for this person into a folder of its own, as it would lie on a phone."""
    store = checked(school.records).store
    assert store is not None
    site = site_for(store, person, TODAY)
    folder = school.folder / "at home"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(render_form(site, site.files[0], KEY))
    (folder / "worksheet.html").write_bytes(render_worksheet(site, site.files[0]))
    return path


def opened(context: BrowserContext, path: Path) -> tuple[Page, list[str]]:
    """Open a file from disk; return the page and whatever it complains about or asks the network for."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "blob:")) else said.append(asked.url))
    page.goto(path.as_uri())
    return page, said


def saved(page: Page, folder: Path, button: str = "Save my part") -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_filled_in_saved_handed_in_and_taken(context: BrowserContext, school: School) -> None:
    """Policy: P5, P18, P19."""
    school.change(
        "students/lopez-sam/2026-27/objectives/read-more.yaml",
        "steps:\n",
        "steps:\n  - {what: Join the reading club, who: sam-lopez, due: 2026-12-01}\n",
    )
    page, said = opened(context, write_form(school, "sam-lopez"))
    assert "A trade that lets me work outdoors." in page.inner_text("main")
    page.get_by_label("In your own words").fill("I want to build houses.\nWarm ones: always.")
    page.get_by_label("What are you good at").fill("I explain things\u202e calmly.\u0007")
    page.get_by_label("Join the reading club").check()
    assert page.get_by_label("Done on").input_value() == "2026-11-24"
    page.get_by_label("Done on").fill("2026-11-20")
    page.get_by_role("button", name="Add an objective").click()
    page.get_by_label("What is to be reached").fill("Get a driver’s license")
    page.get_by_label("It is about").select_option("personal")
    page.get_by_role("button", name="Add something that helps").click()
    page.get_by_label("What helps").fill("Uncle’s truck")
    page.get_by_label("It comes from").select_option("family")
    page.get_by_role("group", name="New objective").get_by_role("button", name="Add a step").click()
    page.get_by_label("A step", exact=True).fill("Read the handbook")
    page.get_by_label("To be done by").fill("2027-01-15")
    page.get_by_role("button", name="Add a career").click()
    page.get_by_label("The job or career").fill("Carpenters")
    page.get_by_role("button", name="Add a college").click()
    page.get_by_label("College, technical college").fill("Basin Technical College")
    page.get_by_label("Program there").fill("Carpentry")
    page.get_by_role("button", name="Add a class").click()
    page.get_by_label("Class", exact=True).select_option("CTE-201")
    page.get_by_label("In grade").select_option("12")
    page.get_by_label("What has gone well").fill("I read two books.\n\n* one\n* two")
    page.get_by_label("About the objective").select_option("read-more")
    path = saved(page, school.folder)
    assert path.name == "proposal-lopez-sam-sam-lopez-2026-11-24.json"
    assert path.name in page.inner_text("#said")
    assert page.locator("#text").input_value() == path.read_text("utf-8")
    assert said == []
    done = school.sep("propose", str(path), "--all")
    assert done.exit_code == 0, done.output
    checked_again = json.loads(school.sep("check", "--format", "json").stdout)["findings"]
    assert [each for each in checked_again if each["severity"] == "error"] == []
    year = school.records / "students/lopez-sam/2026-27"
    assert "done_on: 2026-11-20" in (year / "objectives/read-more.yaml").read_text("utf-8")
    assert "words: I explain things calmly." in (year / "strengths.md").read_text("utf-8")
    assert "Read the handbook" in (year / "objectives/get-a-drivers-license.yaml").read_text("utf-8")
    assert "Nothing new" in school.sep("propose", str(path), "--all").stderr


def test_what_is_missing_is_told_and_can_be_reached(context: BrowserContext, school: School) -> None:
    page, _ = opened(context, write_form(school, "sam-lopez"))
    page.get_by_role("button", name="Save my part").click()
    assert "Nothing is filled in yet." in page.inner_text("#faults")
    page.get_by_role("button", name="Add an objective").click()
    assert page.evaluate("document.activeElement.labels[0].textContent").startswith("What is to be reached")
    page.get_by_role("button", name="Add something that helps").click()
    page.get_by_label("What helps").fill("A truck")
    page.get_by_role("button", name="Save my part").click()
    assert page.evaluate("document.activeElement.id") == "faults"
    field = page.get_by_label("What is to be reached")
    assert field.get_attribute("aria-invalid") == "true"
    assert "Fill this in" in page.inner_text(f"#{field.get_attribute('id')}-error")
    page.get_by_role("link", name="What is to be reached").click()
    assert page.evaluate("document.activeElement.id") == field.get_attribute("id")
    field.fill("Drive")
    page.get_by_role("button", name="Take this entry out").first.click()
    assert saved(page, school.folder).is_file()
    assert page.locator("#faults").is_hidden()


def test_a_draft_goes_on_later_and_in_a_newer_form(context: BrowserContext, school: School) -> None:
    form = write_form(school, "sam-lopez")
    page, _ = opened(context, form)
    page.get_by_label("In your own words").fill("Houses.")
    for title in ("Carpenters", "Masons"):
        page.get_by_role("button", name="Add a career").click()
        page.get_by_label("The job or career").last.fill(title)
    page.get_by_role("button", name="Add an objective").click()
    page.get_by_role("button", name="Add something that helps").click()
    page.get_by_label("What helps").fill("A truck")
    draft = saved(page, school.folder, "Save a draft")
    assert "draft" in draft.name
    assert school.sep("propose", str(draft), "--all").exit_code == 2
    page.reload()
    assert page.get_by_label("In your own words").input_value() == ""
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0

    school.change("students/lopez-sam/2026-27/plan.yaml", "A trade that lets me work outdoors.", "Wood.")
    page, said = opened(context, write_form(school, "sam-lopez", "newer.html"))
    assert "Wood." in page.inner_text("main")
    page.get_by_label("Your saved file").set_input_files(draft)
    page.wait_for_function("document.getElementById('said').textContent")
    assert page.get_by_label("In your own words").input_value() == "Houses."
    titles = page.get_by_label("The job or career")
    assert [titles.nth(each).input_value() for each in range(titles.count())] == ["Carpenters", "Masons"]
    page.get_by_label("What is to be reached").fill("Drive")
    done = school.sep("propose", str(saved(page, school.folder)), "--all")
    assert done.exit_code == 0, done.output
    assert "aspiration: Houses." in (school.records / "students/lopez-sam/2026-27/plan.yaml").read_text("utf-8")
    assert said == []


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("not JSON", "This is no file"),
        ('{"format_version": 1, "form": null, "parts": {}}', "This is no file"),
        ('{"format_version": 1, "form": {"participant": "rosa-lopez"}, "parts": {}}', "saved for another person"),
    ],
)
def test_another_file_is_not_opened(context: BrowserContext, school: School, content: str, answer: str) -> None:
    page, said = opened(context, write_form(school, "sam-lopez"))
    (school.folder / "other.json").write_text(content, "utf-8")
    page.get_by_label("Your saved file").set_input_files(school.folder / "other.json")
    page.wait_for_selector("#load-error:not([hidden])")
    assert answer in page.inner_text("#load-error")
    assert said == []


def test_a_saved_file_cannot_bring_markup_along(context: BrowserContext, school: School) -> None:
    page, said = opened(context, write_form(school, "sam-lopez"))
    page.get_by_label("In your own words").fill("Houses.")
    path = saved(page, school.folder)
    data = json.loads(path.read_text("utf-8"))
    data["parts"] = {
        "aspiration": "<img src=x onerror=alert(1)>",
        "careers": [{"title": "<script>alert(1)</script>", "__proto__": {"x": 1}}, 7, None],
        "objectives": "x",
        "progress": [],
    }
    path.write_text(json.dumps(data), "utf-8")
    page.get_by_label("Your saved file").set_input_files(path)
    page.wait_for_function("document.getElementById('said').textContent")
    assert page.get_by_label("In your own words").input_value() == "<img src=x onerror=alert(1)>"
    assert page.locator("main img, main script").count() == 0
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("person", ["sam-lopez", "rosa-lopez"])
def test_everyone_can_use_the_form(browser: Browser, school: School, person: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    path = write_form(school, person)
    page, said = opened(context, path)
    for name in ("new_objectives", "careers", "programs", "courses", "add"):
        page.locator(f'[data-list="{name}"] > .add > button').first.click()
    for name in ("means", "steps"):
        page.locator(f'.entry [data-list="{name}"] > .add > button').first.click()
    page.locator('[data-list="means"] input').first.fill("x")
    page.locator("button.main").click()
    assert page.locator("#faults").is_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; each.hidden = false })")
    for each in (path, path.with_name("worksheet.html")):
        if each != path:
            page.goto(each.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
        assert len(ids) == len(set(ids))
        for scheme, rules in LIGHT_AND_DARK.items():
            page.emulate_media(color_scheme=scheme)
            found = AXE.run(page, options={"preload": False, **rules})
            assert found.violations_count == 0, f"{each.name} {scheme}\n{found.generate_report()}"
    assert said == []
    context.close()


def test_the_keyboard_alone_will_do(context: BrowserContext, school: School) -> None:
    page, _ = opened(context, write_form(school, "sam-lopez"))
    page.get_by_label("In your own words").focus()
    page.keyboard.type("Houses.")
    page.get_by_role("button", name="Add a career").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Carpenters")
    page.get_by_role("button", name="Save my part").focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Space")
    assert waiting.value.suggested_filename.startswith("proposal-")


def test_targets_are_large_enough_for_a_thumb(context: BrowserContext, school: School) -> None:
    page, _ = opened(context, write_form(school, "sam-lopez"))
    small = page.evaluate(
        "[...document.querySelectorAll('button, input:not([type=checkbox]), select, summary, textarea')]"
        ".filter(each => each.getClientRects().length && each.getBoundingClientRect().height < 24)"
        ".map(each => each.id || each.textContent)"
    )
    assert small == []
