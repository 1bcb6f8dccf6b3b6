"""What is shown of programs and careers: ties that the reader sees, titles of codes, who offers them (policy: P4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.access.pathways import Pathways
from site_builder.access.sites import site_for
from site_builder.access.view import PlanView, YearView
from site_builder.access.view_pathways import CourseTie
from site_builder.model.records import Career, PostSecondary
from tests.stores import TODAY, overlaid_store

FOLDER = "students/lopez-sam/{}"
PLAN = """\
grade: {grade}
prepared_by: [sam-lopez]
prepared_on: {day}
consulted: [{{person: reyes, on: {day}}}]
post_secondary:
  - institution: Basin Welding School
    program: Welding
    cip: "48.0508"
    objectives: [learn-to-weld]
    courses: [ENG-10]
careers:
  - {{title: Shop owner, soc: 51-4121, cip: "48.05", objectives: [learn-to-weld]}}
  - {{title: "Welders, cutters, solderers and brazers", soc: 51-4121.00}}
  - {{title: Sculptor}}
"""


def years(folder: Path, school: dict[str, str] | None = None) -> tuple[YearView, ...]:
    plan = PLAN.format(grade=10, day="2026-09-10")
    store = overlaid_store(folder, {FOLDER.format("2026-27/plan.yaml"): plan, **(school or {})})
    return site_for(store, "sam-lopez", TODAY).files[0].years


def plan_of(folder: Path, school: dict[str, str] | None = None) -> PlanView:
    plan = years(folder, school)[0].plan
    assert plan is not None
    return plan


def test_a_program_is_shown_with_its_ties_its_field_and_who_offers_it(tmp_path: Path) -> None:
    (program,) = plan_of(tmp_path).post_secondary
    assert program.field == "Precision Metal Working"
    assert program.objectives == ("learn-to-weld",)
    assert [each.code for each in program.courses] == ["ENG-10"]
    assert program.courses[0].title != ""
    names = [each.name for each in program.offers]
    assert "Uintah Basin Technical College" in names
    assert names == sorted(names)
    assert all(each.credentials for each in program.offers)


def test_a_career_is_shown_with_the_title_of_its_code_where_that_says_more(tmp_path: Path) -> None:
    owner, welder, sculptor = plan_of(tmp_path).careers
    assert owner.occupation == "Welders, Cutters, Solderers, and Brazers"
    assert owner.offers == plan_of(tmp_path / "again").post_secondary[0].offers
    assert welder.occupation == ""
    assert (sculptor.soc, sculptor.field, sculptor.offers, sculptor.courses) == ("", "", (), ())


def test_the_sources_are_named_where_something_of_them_is_shown(tmp_path: Path) -> None:
    sources = plan_of(tmp_path).sources
    assert len(sources) == 2
    assert "O*NET" in sources[0]
    assert "College Scorecard" in sources[1]
    bare = "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\ncareers: [{title: Sculptor}]\n"
    assert plan_of(tmp_path / "bare", {FOLDER.format("2026-27/plan.yaml"): bare}).sources == ()


@pytest.mark.parametrize(("state", "some"), [("NV", True), ("QQ", False)])
def test_the_schools_own_state_decides_who_is_near(tmp_path: Path, state: str, some: bool) -> None:
    text = (Path(__file__).parents[1] / "data/stores/good/small-school/school.yaml").read_text("utf-8")
    (program,) = plan_of(tmp_path, {"school.yaml": f"{text}state: {state}\n"}).post_secondary
    assert bool(program.offers) is some
    assert "Uintah Basin Technical College" not in [each.name for each in program.offers]


def test_an_earlier_year_does_not_say_who_offers_it_today(tmp_path: Path) -> None:
    earlier = PLAN.format(grade=9, day="2025-09-10").replace("[learn-to-weld]", "[]")
    newer, older = years(tmp_path, {FOLDER.format("2025-26/plan.yaml"): earlier})[:2]
    assert newer.plan is not None
    assert older.plan is not None
    assert newer.plan.post_secondary[0].offers
    assert older.plan.post_secondary[0].field
    assert older.plan.post_secondary[0].offers == ()


def test_a_course_that_the_catalogue_no_longer_has_keeps_its_code(tmp_path: Path) -> None:
    pathways = Pathways(overlaid_store(tmp_path, {}), frozenset(), offers=True)
    program = pathways.program(PostSecondary(institution="College", program="Welding", courses=("OLD-9", "ENG-10")))
    assert program.courses == (CourseTie("OLD-9"), CourseTie("ENG-10", "English 10"))


def test_an_objective_that_the_reader_does_not_see_leaves_no_trace(tmp_path: Path) -> None:
    pathways = Pathways(overlaid_store(tmp_path, {}), {"learn-to-weld"}, offers=True)
    career = pathways.career(Career(title="Welder", objectives=("hidden", "learn-to-weld")))
    assert career.objectives == ("learn-to-weld",)
