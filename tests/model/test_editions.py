"""What one edition of the template asks otherwise than another, and which one a plan follows (policy: P18)."""

from __future__ import annotations

from pathlib import Path

from site_builder.model.editions import CreditChange, StepsChange, changes, edition, edition_of, steps_of
from site_builder.model.store import Store
from tests.stores import overlaid_store

EARLIER = """\
version: "2025"
title: What every student completes
requirements:
  - {subject: language-arts, title: Language arts, credits: 4}
  - subject: mathematics
    title: Mathematics
    credits: 3
    choices: [{one_of: [ENG-10], credits: 1}]
  - {subject: arts, title: Arts, credits: 1.5}
  - {subject: electives, title: Electives, credits: 6}
steps:
  - {grade: 9, steps: [Plan four years of courses with the counselor]}
  - {grade: 10, steps: [Visit one workplace, Read a map]}
  - {grade: 12, steps: [Say goodbye]}
"""


def store(folder: Path, version: str) -> Store:
    plan = f'grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\ntemplate_version: "{version}"\n'
    return overlaid_store(folder, {"template/earlier/2025.yaml": EARLIER, "students/lopez-sam/2026-27/plan.yaml": plan})


def test_only_what_is_asked_otherwise_is_a_change(tmp_path: Path) -> None:
    school = store(tmp_path, "2025")
    old, new = edition(school, "2025"), school.program
    assert old is not None
    assert new is not None
    found = changes(old, new)
    assert found.credits == (
        CreditChange("mathematics", "Mathematics", 3, 3),
        CreditChange("cte", "Career and technical education", 0, 1),
        CreditChange("electives", "Electives", 6, 5.5),
        CreditChange("arts", "Arts", 1.5, 0),
    )
    assert found.steps == (StepsChange(10, (), ("Read a map",)), StepsChange(12, (), ("Say goodbye",)))
    assert found
    assert not changes(new, new)


def test_a_plan_follows_the_edition_that_it_names(tmp_path: Path) -> None:
    school = store(tmp_path, "2025")
    section = school.students[0].year("2026-27")
    assert section is not None
    own = edition_of(school, section.plan)
    assert own is not None
    assert own.version == "2025"
    assert steps_of(own, 10) == ("Visit one workplace", "Read a map")
    assert steps_of(own, 7) == ()
    assert steps_of(own, None) == ()


def test_where_it_names_none_that_is_known_todays_holds(tmp_path: Path) -> None:
    school = store(tmp_path, "1999")
    section = school.students[0].year("2026-27")
    assert section is not None
    assert edition_of(school, section.plan) == school.program
    assert edition_of(school, None) == school.program
