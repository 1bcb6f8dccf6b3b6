"""`sep adopt-template`: what changes, for whom, and nothing lost (policy: P18)."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.cli import writing
from tests.cli.desk import answering, files
from tests.cli.small_school import School

NEW = """\
# as the faculty voted
version: "2027"
title: What every student completes
requirements:
  - {subject: language-arts, title: Language arts, credits: 4}
  - {subject: mathematics, title: Mathematics, credits: 4}
  - {subject: electives, title: Electives, credits: 5.5}
steps:
  - {grade: 9, steps: [Plan four years of courses with the counselor]}
  - {grade: 10, steps: [Visit two workplaces]}
"""
ADOPT = ("adopt-template", "new.yaml")
EARLIER = "template/earlier/2026.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = School(tmp_path)
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    return made


def test_it_shows_what_changes_and_for_whom(school: School) -> None:
    before = files(school)
    done = school.sep(*ADOPT, "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "2027 beside 2026" in done.stdout
    assert "  Mathematics                     3 -> 4\n" in done.stdout
    assert "  Career and technical education  1 -> not asked any more\n" in done.stdout
    assert "Steps in grade 10\n  + Visit two workplaces\n  - Visit one workplace\n" in done.stdout
    assert "2 students of 2 would lack credits" in done.stdout
    assert "  Ivy Ward, grade 7 (ward-ivy): Mathematics 1\n" in done.stdout
    assert files(school) == before


def test_the_edition_of_today_is_kept_and_the_new_one_takes_its_place(school: School) -> None:
    before = files(school)
    done = school.sep(*ADOPT, "--yes")
    assert done.exit_code == 0, done.stderr
    after = files(school)
    assert after[EARLIER] == before["template/program.yaml"]
    assert after["template/program.yaml"].decode() == NEW + "adopted_on: 2026-11-24\n"
    assert {path for path in after if after[path] != before.get(path)} == {EARLIER, "template/program.yaml"}
    found = school.sep("check", "--format", "concise")
    assert found.exit_code == 0
    assert "lopez-sam/2026-27/plan.yaml:5:19: advice[SEP367] the school has a newer edition, `2027`" in found.stdout


def test_its_own_day_of_adoption_stays(school: School) -> None:
    (school.folder / "new.yaml").write_text(NEW + "adopted_on: 2026-11-02\n", encoding="utf-8")
    school.sep(*ADOPT, "--yes", "--on", "2026-11-20")
    assert (school.records / "template/program.yaml").read_text("utf-8").endswith("\nadopted_on: 2026-11-02\n")


def test_twice_is_the_same_as_once(school: School) -> None:
    school.sep(*ADOPT, "--yes")
    before = files(school)
    done = school.sep(*ADOPT, "--yes")
    assert done.exit_code == 0, done.stderr
    assert "Nothing to do" in done.stderr
    assert files(school) == before


def test_interrupted_between_the_two_files_the_next_call_completes_it(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (school.records / "template/program.yaml").read_bytes()
    one = writing._write_one

    def stopped(target: Path, change: writing.Change) -> None:
        if change.before is not None:
            raise KeyboardInterrupt
        one(target, change)

    monkeypatch.setattr(writing, "_write_one", stopped)
    assert school.sep(*ADOPT, "--yes").exit_code == 130
    monkeypatch.setattr(writing, "_write_one", one)
    assert (school.records / EARLIER).read_bytes() == old
    assert school.sep(*ADOPT, "--yes").exit_code == 0
    assert (school.records / EARLIER).read_bytes() == old
    assert "2027" in (school.records / "template/program.yaml").read_text("utf-8")


def test_a_file_of_that_name_with_something_else_is_not_overwritten(school: School) -> None:
    path = school.records / EARLIER
    path.parent.mkdir()
    path.write_text(NEW.replace('"2027"', '"2024"'), encoding="utf-8")
    before = files(school)
    done = school.sep(*ADOPT, "--yes")
    assert done.exit_code == 2
    assert "stands already and holds something else" in done.stderr
    assert files(school) == before


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 130), ("\n", 130)])
def test_it_is_adopted_on_a_yes_alone(answer: str, code: int, school: School) -> None:
    done = answering(school, *ADOPT, answers=answer)
    assert done.exit_code == code
    assert "Adopt it [y/N]" in done.stderr
    assert (school.records / EARLIER).exists() == (code == 0)


@pytest.mark.parametrize(
    ("text", "told", "code"),
    [
        (NEW, "`--yes` adopts it", 2),
        (NEW.replace('"2027"', '"2026"'), "is already the version of `template/program.yaml`", 2),
        (NEW.replace('"2027"', "2027"), "put it in quotes", 1),
        ("[\n", "SEP", 1),
        (NEW.replace("credits: 4}", "credits: four}"), "credits", 1),
    ],
)
def test_what_cannot_be_adopted_is_told(text: str, told: str, code: int, school: School) -> None:
    (school.folder / "new.yaml").write_text(text, encoding="utf-8")
    before = files(school)
    done = school.sep(*ADOPT)
    assert done.exit_code == code
    assert told in done.stderr
    assert files(school) == before


def test_the_template_itself_is_not_adopted(school: School) -> None:
    done = school.sep("adopt-template", "records/template/program.yaml")
    assert done.exit_code == 2
    assert "write the new edition into a file of its own" in done.stderr


def test_a_file_that_is_not_there_is_told(school: School) -> None:
    done = school.sep("adopt-template", "nothing.yaml")
    assert done.exit_code == 2
    assert "`nothing.yaml` cannot be read" in done.stderr


def test_a_school_without_a_template_gets_its_first(school: School) -> None:
    (school.records / "template/program.yaml").unlink()
    done = school.sep(*ADOPT, "--yes")
    assert done.exit_code == 0, done.stderr
    assert "The first edition: What every student completes, 2027" in done.stdout
    assert not (school.records / "template/earlier").exists()
