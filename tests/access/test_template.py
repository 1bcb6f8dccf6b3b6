"""The pages hold what was asked of everyone when the plan was made, and what has changed since (policy: P18)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.access.sites import site_for
from site_builder.access.view import StudentView
from site_builder.render.site import render_site
from tests.model.test_editions import store
from tests.stores import TODAY, overlaid_store

PROGRAM = """\
version: "2026"
title: What every student completes
adopted_on: 2026-08-12
requirements: [{subject: electives, title: Electives, credits: 5.5}]
steps: [{grade: 10, steps: [Visit one workplace, "Ask <b>anyone</b>"]}]
"""


def sams(folder: Path, version: str) -> StudentView:
    return site_for(store(folder, version), "rosa-lopez", TODAY).files[0]


def test_steps_are_those_of_the_edition_that_the_plan_follows(tmp_path: Path) -> None:
    view = sams(tmp_path, "2025")
    assert view.steps is not None
    assert view.steps.steps == ("Visit one workplace", "Read a map")
    assert view.template is not None
    assert view.template.version == "2025"
    newer = view.template.newer
    assert newer is not None
    assert (newer.version, newer.adopted_on, newer.added, newer.gone) == ("2026", None, (), ("Read a map",))
    assert [each.subject for each in newer.credits] == ["mathematics", "cte", "electives", "arts"]


@pytest.mark.parametrize("version", ["2026", "1999"])
def test_with_todays_edition_nothing_is_newer(version: str, tmp_path: Path) -> None:
    view = sams(tmp_path, version)
    assert view.template is not None
    assert view.template.version == "2026"
    assert view.template.newer is None
    assert view.steps is not None
    assert view.steps.steps == ("Visit one workplace",)


def page(folder: Path, program: str = PROGRAM) -> str:
    earlier = (
        PROGRAM.replace('"2026"', '"2025"').replace(', "Ask <b>anyone</b>"', "").replace("2026-08-12", "2025-08-06")
    )
    plan = 'grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\ntemplate_version: "2025"\n'
    school = overlaid_store(
        folder,
        {
            "template/program.yaml": program,
            "template/earlier/2025.yaml": earlier,
            "students/lopez-sam/2026-27/plan.yaml": plan,
        },
    )
    artifacts = render_site(site_for(school, "park", dt.date(2026, 11, 24)))
    return next(each.content.decode() for each in artifacts if each.path == "lopez-sam/plan.html")


def test_the_plan_page_says_what_has_changed(tmp_path: Path) -> None:
    text = " ".join(page(tmp_path).split())
    assert "This plan was made under the program 2025. Since <time" in text
    assert "Aug 12, 2026</time> the school has a newer one, 2026. What that changes here:" in text
    assert "New step: <span" in text
    assert "Ask &lt;b&gt;anyone&lt;/b&gt;" in text
    assert "What every student completes · 2025" in text


def test_the_plan_page_says_when_nothing_has_changed(tmp_path: Path) -> None:
    text = " ".join(page(tmp_path, PROGRAM.replace(', "Ask <b>anyone</b>"', "")).split())
    assert "It asks the same of this grade, and the same credits." in text
    assert "New step:" not in text
