from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small_school import School

JOAN = "students/ward-ivy/participants/joan-ward.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def test_one_student_by_name(school: School) -> None:
    done = school.sep("binder", "Ivy Ward")
    assert (done.exit_code, done.stdout) == (0, "build/binders/ward-ivy.html\n")
    assert set(school.pages("binders")) == {"ward-ivy.html"}
    assert b"Ivy Ward" in school.pages("binders")["ward-ivy.html"]


def test_all_students_and_one_persons_copies(school: School) -> None:
    assert school.sep("binder", "--all").exit_code == 0
    assert school.sep("binder", "--all", "--for", "reyes").exit_code == 0
    assert school.sep("binder", "lopez-sam", "--for", "Rosa Lopez").exit_code == 0
    assert set(school.pages("binders")) == {
        "lopez-sam.html",
        "ward-ivy.html",
        "lopez-sam--for-reyes.html",
        "ward-ivy--for-reyes.html",
        "lopez-sam--for-rosa-lopez.html",
    }
    assert b"Rosa Lopez" in school.pages("binders")["lopez-sam--for-rosa-lopez.html"]


def test_the_paper_and_the_size_of_print_are_chosen(school: School) -> None:
    made = []
    for options in ([], ["--paper", "a4"], ["--large-print"]):
        assert school.sep("binder", "lopez-sam", *options).exit_code == 0
        made.append(school.pages("binders")["lopez-sam.html"])
    assert len(set(made)) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["ward-ivy", "--all"], 2),
        (["nobody"], 2),
        (["ward-ivy", "--for", "nobody"], 2),
        (["ward-ivy", "--for", "rosa-lopez"], 3),
        (["ward-ivy", "--dry-run"], 0),
    ],
)
def test_nothing_is_written(school: School, arguments: list[str], code: int) -> None:
    assert school.sep("binder", *arguments).exit_code == code
    assert school.pages("binders") == {}


def test_a_broken_file_keeps_its_last_binder(school: School) -> None:
    school.sep("binder", "--all")
    before = school.pages("binders")
    school.change("students/ward-ivy/2026-27/objectives/play-the-cello.yaml", "status: ", "status: un")
    one = school.sep("binder", "ward-ivy")
    assert (one.exit_code, one.stdout) == (1, "")
    every = school.sep("binder", "--all")
    assert (every.exit_code, every.stdout) == (1, "build/binders/lopez-sam.html\n")
    assert school.pages("binders") == before
    other = school.sep("binder", "lopez-sam")
    assert other.exit_code == 0


def test_a_build_takes_away_the_copies_of_who_left(school: School) -> None:
    school.sep("binder", "ward-ivy")
    school.sep("binder", "ward-ivy", "--for", "joan-ward")
    school.sep("build")
    assert set(school.pages("binders")) == {"ward-ivy.html", "ward-ivy--for-joan-ward.html"}
    school.change(JOAN, "since: 2026-08-19", "since: 2026-08-19\nuntil: 2026-11-23")
    school.sep("build")
    assert set(school.pages("binders")) == {"ward-ivy.html"}
