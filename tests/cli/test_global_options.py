from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


@pytest.mark.parametrize(
    ("given", "command"),
    [
        (("--today", "2027-05-20"), ("check",)),
        (("--lang", "es"), ("show", "sam")),
        (("--color", "always"), ("show", "sam")),
        (("-v",), ("check",)),
        (("-q",), ("new", "participant", "sam", "--name", "Luz Ortega", "--role", "guardian", "--dry-run")),
        (("--today", "2026-12-25"), ("request", "list", "--all")),
    ],
)
def test_an_option_of_sep_does_the_same_behind_a_command(
    given: tuple[str, ...], command: tuple[str, ...], school: School
) -> None:
    request = school.records / "students/lopez-sam/2026-27/requests/2026-11-16-gloves.yaml"
    request.write_text("resource: Gloves\nrequested_by: sam-lopez\nreferred_on: 2026-11-16\n", encoding="utf-8")
    without = school.sep(*command)
    found = [
        (each.exit_code, each.stdout, each.stderr)
        for each in (
            school.sep(*given, *command),
            school.sep(command[0], *given, *command[1:]),
            school.sep(*command, *given),
        )
    ]
    assert found[0] == found[1] == found[2]
    assert found[0] != (without.exit_code, without.stdout, without.stderr)


def test_the_store_may_be_named_behind_a_command(school: School, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for arguments in (("show", "sam", "-C", "../records"), ("request", "-C", "../records", "list")):
        assert school.sep(*arguments, folder=elsewhere).exit_code == 0
    assert school.sep("check", "-C", "../gone", folder=elsewhere).exit_code == 2


def test_no_question_is_asked_when_that_is_said_behind_the_command(school: School) -> None:
    done = answering(school, "new", "student", "--no-input", answers="Ada Park\n")
    assert done.exit_code == 2
    assert "name is missing" in done.stderr


def test_a_value_that_looks_like_an_option_stays_a_value(school: School) -> None:
    done = school.sep(
        "request", "add", "sam", "--resource", "-q", "--objective", "none", "--by", "sam-lopez",
        "--reason", "--no-input", "--dry-run",
    )  # fmt: skip
    assert done.exit_code == 0
    assert "resource: -q" in done.stdout.replace('"', "").replace("'", "")


def test_a_command_keeps_its_own_option_of_that_name(school: School) -> None:
    before = files(school)
    done = school.sep("report", "2026-27", "--lang", "es", "--dry-run")
    assert done.exit_code == 0
    assert "2026-27-es.html" in done.output
    assert files(school) == before
