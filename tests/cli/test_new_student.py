from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School

LUZ = ("new", "student", "--name", "Luz Peña-Ruiz", "--number", "007300", "--birth-date", "2014-02-01", "--grade", "7")
FOLDER = "students/pena-ruiz-luz"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def read(school: School, file: str) -> str:
    return (school.records / file).read_text(encoding="utf-8")


def test_a_new_student_has_all_that_a_sound_file_needs(school: School) -> None:
    before = files(school)
    done = school.sep(*LUZ, "--counselor", "ben reyes", "--address", "3 Elm", "--phone", "435-555-0133")
    assert done.exit_code == 0
    new = {path: text for path, text in files(school).items() if path not in before}
    assert {path: text for path, text in files(school).items() if path in before} == before
    assert sorted(new) == [
        f"{FOLDER}/2026-27/plan.yaml",
        f"{FOLDER}/2026-27/strengths.md",
        f"{FOLDER}/participants/luz-pena-ruiz.yaml",
        f"{FOLDER}/participants/reyes.yaml",
        f"{FOLDER}/student.yaml",
    ]
    assert [f"wrote {path}" for path in sorted(new)] == sorted(done.stdout.splitlines())
    check = school.sep("check", "--format", "concise").stdout
    assert ": error[" not in check
    warned = re.findall(r": warning\[(\w+)\]", check)
    assert warned == ["SEP322", "SEP311"], "not prepared, no parent; the registration has its time after the enrollment"
    assert "new participant" in done.stderr


def test_what_the_options_say_stands_in_the_files(school: School) -> None:
    options = ("--preferred-name", "Lucha", "--enrolled-on", "2026-08-19", "--language", "es", "--homeroom", "12")
    assert school.sep(*LUZ, *options).exit_code == 0
    assert read(school, f"{FOLDER}/student.yaml") == (
        'name: Luz Peña-Ruiz\nparticipant: luz-pena-ruiz\nstudent_number: "007300"\nbirth_date: 2014-02-01\n'
        'enrolled_on: 2026-08-19\ngrades:\n  2026-27: 7\npreferred_name: Lucha\nlanguage: es\nhomeroom: "12"\n'
    )


def test_the_counselor_is_copied_from_the_directory(school: School) -> None:
    assert school.sep(*LUZ, "--counselor", "reyes").exit_code == 0
    text = read(school, f"{FOLDER}/participants/reyes.yaml")
    for line in (
        "name: Ben Reyes",
        "role: counselor",
        "since: 2026-11-24",
        "until: 2027-05-28",
        "assigned_by: principal-stone",
        "assigned_on: 2026-11-24",
    ):
        assert f"{line}\n" in text
    assert "435-555-0102" in text


def test_a_dry_run_prints_everything_and_writes_nothing(school: School) -> None:
    before = files(school)
    done = school.sep(*LUZ, "--dry-run")
    assert done.exit_code == 0
    assert files(school) == before
    assert f"# {FOLDER}/student.yaml\nname: Luz Peña-Ruiz\n" in done.stdout
    assert "no parent or guardian" in done.stderr, "what would be found is shown as well"


def test_what_is_missing_is_named_with_its_flag(school: School) -> None:
    before = files(school)
    for flag in ("--name", "--number", "--birth-date", "--grade"):
        at = LUZ.index(flag)
        done = school.sep(*LUZ[:at], *LUZ[at + 2 :])
        assert done.exit_code == 2
        assert f"`{flag}` gives it" in done.stderr
    assert files(school) == before


def test_on_a_terminal_it_is_asked_for(school: School) -> None:
    answers = "Luz Peña-Ruiz\n007300\n2/1/2014\n2014-02-01\n13\n7\nLucha\n\n435-555-0133\nreyes\n"
    done = answering(school, "new", "student", answers=answers)
    assert done.exit_code == 0, done.stderr
    text = read(school, f"{FOLDER}/student.yaml")
    assert "birth_date: 2014-02-01\n" in text
    assert "preferred_name: Lucha\n" in text
    assert "435-555-0133" in read(school, f"{FOLDER}/participants/luz-pena-ruiz.yaml")
    assert "Name" not in done.stdout, "questions go to the error stream"


def test_an_answer_that_cannot_be_is_asked_for_again_and_the_others_are_kept(school: School) -> None:
    answers = "Luz Ortega\n007123\n007300\n2030-01-01\n2014-02-01\n7\n\n\n\nreyez\nreyes\n"
    done = answering(school, "new", "student", answers=answers)
    assert done.exit_code == 0, done.stderr
    assert "is that of Samuel Lopez" in done.stderr
    assert "has not come yet" in done.stderr
    assert "did you mean `reyes`?" in done.stderr
    assert "role: counselor" in read(school, "students/ortega-luz/participants/reyes.yaml")


def test_a_name_in_other_letters_takes_the_id_that_is_given(school: School) -> None:
    done = school.sep(*LUZ, "--name", "山田 花子", "--id", "yamada-hanako")
    assert done.exit_code == 0, done.stderr
    assert "participant: yamada-hanako\n" in read(school, "students/yamada-hanako/student.yaml")
    assert "name: 山田 花子\n" in read(school, "students/yamada-hanako/participants/yamada-hanako.yaml")


def test_a_namesake_gets_an_id_of_their_own(school: School) -> None:
    new = [
        "new",
        "student",
        "--name",
        "Samuel López",
        "--number",
        "007300",
        "--birth-date",
        "2014-02-01",
        "--grade",
        "7",
    ]
    refused = school.sep(*new)
    assert refused.exit_code == 2
    assert "`--another`" in refused.stderr
    assert "number 007123" in refused.stderr
    before = files(school)
    assert school.sep(*new, "--another").exit_code == 0
    assert "participant: samuel-lopez\n" in read(school, "students/lopez-samuel/student.yaml")
    assert {path: files(school)[path] for path in before} == before


def test_an_id_is_never_given_twice(school: School) -> None:
    new = ["new", "student", "--name", "Rosa Lopez", "--number", "007300", "--birth-date", "2014-02-01", "--grade", "7"]
    assert school.sep(*new).exit_code == 0
    assert "participant: rosa-lopez-2\n" in read(school, "students/lopez-rosa/student.yaml")
    again = [*new[:5], "007301", *new[6:], "--another"]
    assert school.sep(*again).exit_code == 0
    assert "participant: rosa-lopez-3\n" in read(school, "students/lopez-rosa-2/student.yaml")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--number", "007123"), "is that of Samuel Lopez"),
        (("--id", "lopez-sam"), "stands already"),
        (("--id", "Not An Id"), "is no id"),
        (("--grade", "6"), "from 7 to 12"),
        (("--counselor", "somebody"), "not in the staff directory"),
        (("--name", "Sam Lopez"), "is here already"),
        (("--birth-date", "2026-11-24"), "has not come yet"),
        (("--name", "a\x1bb"), "cannot be seen"),
        (("--name", "山田"), "`--id` gives one"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    options: tuple[str, ...], told: str, school: School
) -> None:
    before = files(school)
    done = school.sep(*LUZ, *options)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_values_that_the_check_finds_wrong_are_shown_at_once(school: School) -> None:
    done = school.sep(*LUZ, "--language", "Spanish")
    assert done.exit_code == 1
    assert f"  --> {FOLDER}/student.yaml:8:11" in done.stderr


def test_nothing_is_written_through_a_link(school: School, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (school.records / FOLDER).symlink_to(outside)
    done = school.sep(*LUZ, "--id", "pena-ruiz-luz")
    assert done.exit_code == 2
    assert list(outside.iterdir()) == []
