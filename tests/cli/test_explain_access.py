"""`sep explain-access`: the rules in order, each passed, failed or not reached, and the lines read (policy: P35)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.small_school import School

LETTER = "students/lopez-sam/2026-27/documents/hearing-letter"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def rules(school: School, *arguments: str) -> tuple[bool, list[tuple[int, str]]]:
    done = school.sep("explain-access", *arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    return data["allowed"], [(each["rule"], each["outcome"]) for each in data["rules"]]


def test_a_person_who_may_passes_every_rule(school: School) -> None:
    done = school.sep("explain-access", "Rosa Lopez", "lopez-sam")
    assert done.stdout.startswith(
        "May Rosa Lopez (rosa-lopez) see lopez-sam on 2026-11-24?  yes\n\n  passed       rule 0"
    )
    assert "since 2025-08-20  (students/lopez-sam/participants/rosa-lopez.yaml:4)" in done.stdout
    assert "failed" not in done.stdout


def test_the_rule_that_fails_ends_the_trail(school: School) -> None:
    allowed, found = rules(school, "park", "lopez-sam", "--on", "2027-05-29")
    assert not allowed
    assert found == [
        (0, "passed"), (1, "passed"), (2, "failed"), (3, "not reached"), (4, "not reached"), (5, "not reached"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "item",
    [
        "lopez-sam/2026-27/document/hearing-letter",
        "lopez-sam/2026-27/documents/hearing-letter",
        "sam/2026-27/document/hearing-letter",
        f"{LETTER}.yaml",
        f"{LETTER}.png",
        f"records/{LETTER}.yaml",
    ],
)
def test_an_item_is_named_by_its_parts_or_by_its_file(item: str, school: School) -> None:
    assert rules(school, "rosa-lopez", item)[0]
    allowed, found = rules(school, "park", item)
    assert not allowed
    assert found[-2:] == [(6, "failed"), (8, "not reached")]


@pytest.mark.parametrize(
    "item", ["lopez-sam/2026-27/plan", "lopez-sam/student", "students/lopez-sam/2026-27/plan.yaml"]
)
def test_an_entry_that_is_alone_of_its_kind_needs_no_id(item: str, school: School) -> None:
    assert rules(school, "park", item)[0]


def test_a_field_has_its_own_audience(school: School) -> None:
    consent = "lopez-sam/consent/2026-09-10-hearing-custodian"
    assert rules(school, "rosa-lopez", f"{consent}#purpose")[0]
    allowed, found = rules(school, "rosa-lopez", f"{consent}#recipients")
    assert (allowed, found[-1]) == (False, (6, "failed"))


def test_a_file_with_errors_fails_at_the_first_rule_and_can_still_be_asked_about(school: School) -> None:
    school.change("students/lopez-sam/2026-27/plan.yaml", "grade: ", "grade: x")
    allowed, found = rules(school, "rosa-lopez", "lopez-sam")
    assert (allowed, found[1]) == (False, (1, "failed"))
    (school.records / "students/lopez-sam/student.yaml").write_text("name: [", "utf-8")
    allowed, found = rules(school, "rosa-lopez", "lopez-sam")
    assert (allowed, found[1]) == (False, (1, "failed"))


def test_somebody_of_the_staff_without_a_part_can_be_asked_about(school: School) -> None:
    done = school.sep("explain-access", "nurse-bell", "lopez-sam")
    assert "Ada Bell, School nurse, is in the staff directory  (staff.yaml:5)" in done.stdout
    assert "Not a participant in this student's plan" in done.stdout
