from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.small_school import School

STATUS = "students/lopez-sam/2026-27/objectives/read-more.yaml"
GRADE = "students/ward-ivy/2026-27/plan.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


@pytest.fixture
def faulty(school: School) -> School:
    """A school with an error in each of two files, and a student without a parent (a warning)."""
    school.change(STATUS, "status: on-track", "status: ontrack")
    school.change(GRADE, "grade: 7", "grade: seven")
    return school


def concise(school: School, *arguments: str) -> list[str]:
    return school.sep("check", "--format", "concise", *arguments).stdout.splitlines()


def test_a_sound_school(school: School) -> None:
    done = school.sep("check")
    assert (done.exit_code, done.output) == (0, "All 2 files of students are sound.\n")


def test_all_findings_come_at_once_with_their_places(faulty: School) -> None:
    done = faulty.sep("check")
    assert done.exit_code == 1
    assert f"  --> {STATUS}:3:9\n" in done.stdout
    assert " 3 | status: ontrack\n   |         ^^^^^^^\n" in done.stdout
    assert "did you mean `on-track`?" in done.stdout
    assert f"  --> {GRADE}:1:8\n" in done.stdout


def test_json_is_what_scripts_rely_on(faulty: School) -> None:
    done = faulty.sep("-C", "records", "check", "--format", "json")
    assert done.exit_code == 1
    data = json.loads(done.stdout)
    assert data["format_version"] == 1
    (found,) = [each for each in data["findings"] if each["file"] == STATUS]
    assert (found["severity"], found["line"], found["column"]) == ("error", 3, 9)


def test_github_and_sarif_name_files_as_seen_from_here(faulty: School) -> None:
    github = faulty.sep("check", "--format", "github").stdout
    assert f"file=records/{STATUS}," in github
    assert "ontrack" not in github
    log = json.loads(faulty.sep("check", "--format", "sarif").stdout)
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in log["runs"][0]["results"]}
    assert f"records/{STATUS}" in uris
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(each["ruleId"] == rules[each["ruleIndex"]]["id"] for each in log["runs"][0]["results"])


@pytest.mark.parametrize(
    "path",
    [
        STATUS,
        "students/lopez-sam",
        "lopez-sam",
        "sam",
        "Samuel Lopez",
        f"records/{STATUS}",
        "records/students/lopez-sam/",
        "students/lopez-sam/2026-27/objectives",
    ],
)
def test_a_path_narrows_what_is_shown(path: str, faulty: School) -> None:
    lines = concise(faulty, path)
    assert lines
    assert any(line.startswith(f"{STATUS}:") for line in lines)
    assert all(line.startswith("students/lopez-sam/") for line in lines)


def test_several_paths_and_the_whole_store(faulty: School) -> None:
    assert concise(faulty, "lopez-sam", "ward-ivy") == concise(faulty, "records") == concise(faulty)


def test_a_path_without_findings_is_fine(faulty: School) -> None:
    faulty.change(GRADE, "grade: seven", "grade: 7")
    done = faulty.sep("check", "ward-ivy")
    assert done.exit_code == 0
    assert done.stdout == "The file of the student is sound.\n"


@pytest.mark.parametrize("path", ["nowhere", "../elsewhere", "/etc", "students/lopez"])
def test_a_path_that_is_not_there_is_wrong_use(path: str, faulty: School) -> None:
    done = faulty.sep("check", path)
    assert done.exit_code == 2
    assert "there is no" in done.stderr


def test_codes_are_selected_and_ignored_by_their_beginning(faulty: School) -> None:
    codes = {line.partition("[")[2].partition("]")[0] for line in concise(faulty)}
    assert len(codes) > 1
    one = min(codes)
    assert {line.partition("[")[2].partition("]")[0] for line in concise(faulty, "--select", one)} == {one}
    assert one not in "\n".join(concise(faulty, "--ignore", one))
    assert concise(faulty, "--select", ",".join(codes)) == concise(faulty)
    assert concise(faulty, "--select", "sep1", "--ignore", "SEP1") == []
    assert faulty.sep("check", "--ignore", "SEP").exit_code == 0


def test_a_slip_in_a_code_is_told(faulty: School) -> None:
    done = faulty.sep("check", "--select", "SEP9")
    assert done.exit_code == 2
    assert "no code begins with `SEP9`" in done.stderr


def test_warnings_count_only_when_strict_and_advice_never(school: School) -> None:
    (school.records / "students/ward-ivy/participants/joan-ward.yaml").unlink()
    school.change(
        "students/ward-ivy/2026-27/plan.yaml", "prepared_by: [ivy-ward, joan-ward]", "prepared_by: [ivy-ward]"
    )
    warnings = concise(school)
    assert warnings
    assert all(": warning[" in line for line in warnings)
    assert school.sep("check").exit_code == 0
    assert school.sep("check", "--strict").exit_code == 1


def test_advice_never_fails(school: School) -> None:
    for path in sorted((school.records / "students/ward-ivy/2026-27").rglob("*")):
        if path.is_file() and path.name != "plan.yaml" and path.parent.name != "registration":
            path.unlink()
    lines = concise(school)
    assert lines
    assert all(": advice[" in line for line in lines)
    assert school.sep("check", "--strict").exit_code == 0


def test_a_file_that_is_no_text_is_reported_without_a_crash(school: School) -> None:
    (school.records / STATUS).write_bytes(b"\xff\xfe\0\x1b[2J")
    done = school.sep("check")
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
