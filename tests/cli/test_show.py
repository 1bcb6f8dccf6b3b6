from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from site_builder.cli import summary
from site_builder.cli.main import sep
from site_builder.cli.phrases import _SPANISH, LANGUAGES
from tests.cli.desk import answering
from tests.cli.small_school import School
from tests.cli.snapshots import snapshot


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


@pytest.fixture
def twins(school: School) -> School:
    """A school with a second Sam Lopez, in grade 7."""
    new = ["new", "student", "--name", "Sam Lopez", "--number", "007300", "--birth-date", "2014-02-01", "--grade", "7"]
    assert school.sep(*new, "--id", "lopez-sam-2", "--another").exit_code == 0
    return school


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_in_short(language: str, school: School) -> None:
    place = school.records / "students/lopez-sam/2026-27/requests/2026-11-20-bus.yaml"
    place.write_text("resource: Bus pass\nrequested_by: rosa-lopez\nreferred_on: 2026-11-20\n", encoding="utf-8")
    school.change("students/lopez-sam/participants/park.yaml", "until: 2027-05-28", "until: 2026-10-30")
    shown = school.sep("--lang", language, "show", "lopez-sam")
    assert shown.exit_code == 0
    snapshot(f"show-{language}.txt", shown.stdout)


def test_every_phrase_has_its_spanish_and_none_is_left_over() -> None:
    files = [Path(summary.__file__), Path(summary.__file__).parent / "commands/show.py"]
    source = "".join(each.read_text(encoding="utf-8") for each in files)
    used = {first or second for first, second in re.findall(r"phrase\(\s*(?:\"([^\"]+)\"|'([^']+)')", source)}
    assert used | {"open", "confidential"} == set(_SPANISH)
    assert all(english.count("{}") == spanish.count("{}") for english, spanish in _SPANISH.items())
    languages = next(each for each in sep.params if each.name == "lang")
    assert tuple(languages.type.choices) == LANGUAGES  # type: ignore[attr-defined]


def test_data_for_scripts(school: School) -> None:
    data = json.loads(school.sep("show", "lopez-sam", "--format", "json").stdout)
    assert data["format_version"] == 1
    assert data["student"] == {
        "id": "lopez-sam",
        "name": "Samuel Lopez",
        "preferred_name": "Sam",
        "student_number": "007123",
        "birth_date": "2011-03-04",
        "grade": 10,
        "year": "2026-27",
        "kind": "SEOP",
    }
    assert {each["id"] for each in data["people"]} == {"cruz", "park", "reyes", "rosa-lopez", "sam-lopez"}
    assert [each["level"] for each in data["papers"]] == ["open", "confidential"]


def test_a_protected_address_keeps_its_telephone_off_the_screen(school: School) -> None:
    school.change("students/lopez-sam/participants/rosa-lopez.yaml", "language: es", "protected_address: true")
    shown = school.sep("show", "sam")
    assert "protected address" in shown.stdout
    assert "435-555-0111" not in shown.stdout
    assert "435-555-0111" not in school.sep("show", "sam", "--format", "json").stdout


NAMES = [
    "lopez-sam",
    "sam-lopez",
    "Samuel Lopez",
    "samuel lópez",
    "SAM",
    "Sam Lopez",
    "Lopez, Samuel",
    "lopez",
    "007123",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_student_is_found_by_any_name(name: str, school: School) -> None:
    assert school.sep("show", name).stdout.startswith("Samuel Lopez (Sam)\n")


def test_an_apostrophe_does_not_hide_a_student(school: School) -> None:
    school.change("students/ward-ivy/student.yaml", "Ivy Ward", "Ivy O'Ward")
    for name in ("O'Ward", "oward", "ivy o’ward"):
        assert school.sep("show", name).stdout.startswith("Ivy O'Ward\n")


@pytest.mark.parametrize("name", ["Smauel Lopez", "lopez-sma", "samual"])
def test_a_slip_is_answered_with_the_nearest(name: str, school: School) -> None:
    done = school.sep("show", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "did you mean Samuel Lopez (`lopez-sam`)?" in done.stderr


def test_nobody_like_that(school: School) -> None:
    done = school.sep("show", "Xiomara")
    assert done.exit_code == 2
    assert "did you mean" not in done.stderr


def test_two_of_a_name_are_listed_and_never_guessed(twins: School) -> None:
    done = twins.sep("show", "lopez")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "1  Samuel Lopez - grade 10 - number 007123 - lopez-sam\n" in done.stderr
    assert "2  Sam Lopez - grade 7 - number 007300 - lopez-sam-2\n" in done.stderr


def test_on_a_terminal_one_of_them_is_chosen_by_number(twins: School) -> None:
    done = answering(twins, "show", "lopez", answers="2\n")
    assert done.exit_code == 0
    assert done.stdout.startswith("Sam Lopez\n")
    assert "  1  Samuel Lopez" in done.stderr
    again = answering(twins, "show", "lopez", answers="7\nx\n1\n")
    assert again.stdout.startswith("Samuel Lopez (Sam)\n")


def test_without_questions_nobody_is_asked(twins: School) -> None:
    assert answering(twins, "--no-input", "show", "lopez", answers="2\n").exit_code == 2


def test_leaving_the_question_does_nothing(twins: School) -> None:
    done = answering(twins, "show", "lopez", answers="")
    assert (done.exit_code, done.stdout) == (130, "")


def test_errors_in_the_file_are_told(school: School) -> None:
    school.change("students/lopez-sam/2026-27/tests/2026-09-reading.yaml", "2026-09-05", "2026-13-05")
    done = school.sep("show", "sam")
    assert done.exit_code == 0
    assert "1 error in this file: `sep check lopez-sam` shows what is to be done" in done.stderr


def test_a_student_whose_file_cannot_be_read_is_named(school: School) -> None:
    school.change("students/lopez-sam/student.yaml", "name: Samuel Lopez", "name: [")
    done = school.sep("show", "lopez-sam")
    assert done.exit_code == 2
    assert "`sep check students/lopez-sam` shows what is wrong" in done.stderr
