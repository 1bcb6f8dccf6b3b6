"""Codes are found by the words that people use; what is not found is no error (policy: P4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.small_school import School


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def test_a_career_is_found_with_its_code_and_what_it_is(school: School) -> None:
    done = school.sep("find", "career", "weld")
    assert done.exit_code == 0
    assert done.stdout.startswith("51-4121.00  Welders, Cutters, Solderers, and Brazers\n")
    assert "hand-welding" in done.stdout
    assert "O*NET" in done.stderr
    assert "U.S. Department of Labor" in done.stderr


def test_many_careers_are_cut_short_and_all_is_all(school: School) -> None:
    short, whole = school.sep("find", "career", "teacher"), school.sep("find", "career", "teacher", "--all")
    assert len(short.stdout.splitlines()) == 20
    assert "--all" in short.stderr
    assert len(whole.stdout.splitlines()) > 40
    assert whole.stdout.startswith(short.stdout)


def test_careers_for_other_programs(school: School) -> None:
    told = json.loads(school.sep("find", "career", "lawyer", "--format", "json").stdout)
    assert [each["code"] for each in told["occupations"]] == ["23-1011.00"]
    assert "O*NET" in told["source"]


@pytest.mark.parametrize("arguments", [["career", "xyzzy"], ["program", "xyzzy"], ["program", "48.98"]])
def test_nothing_found_is_no_error_and_says_what_to_try(school: School, arguments: list[str]) -> None:
    done = school.sep("find", *arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "= help:" in done.stderr
    assert "error" not in done.stderr


def test_programs_are_found_in_the_schools_state(school: School) -> None:
    done = school.sep("find", "program", "nursing")
    assert done.exit_code == 0
    assert "Snow College" in done.stdout
    assert done.stdout == school.sep("find", "program", "nursing", "--state", "ut").stdout
    assert "College Scorecard" in done.stderr
    assert "ask them" in done.stderr


def test_a_school_that_has_moved_is_in_its_new_state(school: School) -> None:
    school.change(
        "school.yaml", "address: 1 Main Street, Smallville, UT 84001", "address: 1 Main Street, Elko NV 89801"
    )
    assert "Great Basin College" in school.sep("find", "program", "metal").stdout
    school.change("school.yaml", "Elko NV 89801", "Elko")
    done = school.sep("find", "program", "metal")
    assert done.exit_code == 2
    assert "state: UT" in done.stderr


def test_a_credential_and_a_college_narrow_it(school: School) -> None:
    told = json.loads(school.sep("find", "program", "nursing", "--credential", "associate", "--format", "json").stdout)
    assert told["programs"]
    assert all("associate" in each["credentials"] and each["state"] == "UT" for each in told["programs"])
    at_snow = school.sep("find", "program", "--at", "snow", "--all").stdout
    lines = [line for line in at_snow.splitlines() if line.startswith("  ")]
    assert lines
    assert all(line.startswith("  Snow College ") for line in lines)


def test_every_state_is_looked_through_and_named(school: School) -> None:
    done = school.sep("find", "program", "nursing", "--state", "all")
    assert "(CA)" in done.stdout
    assert "more: " in done.stderr
    whole = school.sep("find", "program", "nursing", "--state", "all", "--all")
    assert "(UT)" in whole.stdout
    assert "more: " not in whole.stderr


def test_without_a_store_the_state_is_asked_for(school: School, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (school.records / "school.yaml").unlink()
    done = school.sep("find", "program", "nursing", folder=elsewhere)
    assert done.exit_code == 2
    assert "--state UT" in done.stderr
    assert "Snow College" in school.sep("find", "program", "nursing", "--state", "UT", folder=elsewhere).stdout
    assert school.sep("find", "career", "weld", folder=elsewhere).exit_code == 0


@pytest.mark.parametrize("arguments", [["program"], ["career"], ["program", "nursing", "--state", "Utah"]])
def test_wrong_use_is_told(school: School, arguments: list[str]) -> None:
    done = school.sep("find", *arguments)
    assert done.exit_code == 2
    assert "= help:" in done.stderr


def test_what_was_typed_cannot_steer_the_terminal(school: School) -> None:
    done = school.sep("find", "career", "xyz\x1b[31mzy")
    assert "\x1b" not in done.stderr
