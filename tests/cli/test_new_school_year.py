from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.base.errors import WrongUse
from site_builder.cli.writing import Change, write
from tests.cli.desk import answering, files
from tests.cli.small_school import School

NEXT = ("new", "school-year", "2027-28")
ENTRY = """\
  - id: 2027-28
    starts: 2027-08-18
    ends: 2028-05-26
    terms:
      - {id: fall, title: Fall 2027, starts: 2027-08-18, ends: 2027-12-17}
      - {id: spring, title: Spring 2028, starts: 2028-01-03, ends: 2028-05-26}
"""


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def text(school: School, file: str) -> str:
    return (school.records / file).read_bytes().decode()


def test_the_year_is_there_and_comments_stay(school: School) -> None:
    school.change("school.yaml", "privacy:", "# what may be seen\nprivacy:")
    old = files(school)
    done = school.sep(*NEXT, "--like-last-year")
    assert done.exit_code == 0
    assert "`sep rollover 2027-28` takes everybody into it" in done.stderr
    new = files(school)
    wanted = old["school.yaml"].decode().replace("# what may be seen\n", f"{ENTRY}# what may be seen\n")
    assert new == old | {"school.yaml": wanted.encode()}
    assert school.sep("check").exit_code == 0


def test_it_becomes_the_current_year_when_it_has_begun(school: School) -> None:
    school.sep(*NEXT, "--like-last-year")
    assert "current_year: 2026-27\n" in text(school, "school.yaml")
    school.sep(*NEXT, today="2027-08-18")
    assert "current_year: 2027-28\n" in text(school, "school.yaml")


def test_it_becomes_the_current_year_when_told_to(school: School) -> None:
    school.sep(*NEXT, "--like-last-year", "--make-current")
    assert "current_year: 2027-28\n" in text(school, "school.yaml")


def test_a_second_call_changes_nothing(school: School) -> None:
    school.sep(*NEXT, "--like-last-year")
    before = files(school)
    done = school.sep(*NEXT)
    assert done.exit_code == 0
    assert "Nothing to do" in done.stderr
    assert files(school) == before


def test_a_year_that_is_past_does_not_become_current_again(school: School) -> None:
    school.sep(*NEXT, "--like-last-year", "--make-current")
    school.sep("new", "school-year", "2026-27")
    assert "current_year: 2027-28\n" in text(school, "school.yaml")


def test_a_dry_run_shows_the_lines_and_writes_nothing(school: School) -> None:
    before = files(school)
    done = school.sep(*NEXT, "--like-last-year", "--dry-run")
    assert files(school) == before
    assert "+  - id: 2027-28\n" in done.stdout


def test_dates_may_be_given(school: School) -> None:
    dates = ("--starts", "2027-08-23", "--ends", "2028-06-01", "--term", "whole:Whole year:2027-08-23:2028-06-01")
    assert school.sep(*NEXT, *dates).exit_code == 0
    assert "      - {id: whole, title: Whole year, starts: 2027-08-23, ends: 2028-06-01}\n" in text(
        school, "school.yaml"
    )


def test_dates_are_proposed_on_a_terminal(school: School) -> None:
    done = answering(school, *NEXT, answers="2027-08-19\n\n2027-08-19\n\n\n\n")
    assert done.exit_code == 0, done.stderr
    assert "First day of school [2027-08-18]" in done.stderr
    assert ENTRY.replace("2027-08-18", "2027-08-19") in text(school, "school.yaml")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (NEXT, "`--like-last-year` takes 2027-08-18 to 2028-05-26"),
        (("new", "school-year", "2027-29"), "write it as 2027-28"),
        (("new", "school-year", "next"), "write it as 2027-28"),
        (("new", "school-year", "2029-30"), "which is not in school.yaml"),
        ((*NEXT, "--like-last-year", "--starts", "2027-05-01"), "lies before the end of 2026-27"),
        ((*NEXT, "--like-last-year", "--ends", "2028-01-31"), "the last day of school, 2028-01-31, lies before"),
        ((*NEXT, "--term", "fall:Fall"), "with colons between"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], told: str, school: School) -> None:
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_a_list_in_brackets_is_left_to_its_owner(school: School) -> None:
    old = text(school, "school.yaml")
    start, end = old.index("school_years:"), old.index("privacy:")
    terms = "[{id: fall, title: Fall, starts: 2026-08-19, ends: 2027-05-28}]"
    year = f"{{id: 2026-27, starts: 2026-08-19, ends: 2027-05-28, terms: {terms}}}"
    older = year.replace("2026", "2025").replace("2027", "2026").replace("-27", "-26")
    (school.records / "school.yaml").write_text(
        f"{old[:start]}school_years: [{older}, {year}]\n{old[end:]}", encoding="utf-8"
    )
    before = files(school)
    done = school.sep(*NEXT, "--like-last-year")
    assert done.exit_code == 2
    assert "add this to it by hand" in done.stderr
    assert files(school) == before


def test_line_ends_and_byte_order_mark_stay(school: School) -> None:
    path = school.records / "school.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    old = path.read_bytes()
    assert school.sep(*NEXT, "--like-last-year").exit_code == 0
    new = path.read_bytes()
    assert new == old.replace(b"privacy:", ENTRY.replace("\n", "\r\n").encode() + b"privacy:")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in school.records.iterdir() if each.name.startswith(".")] == []


def test_what_somebody_changed_meanwhile_is_not_overwritten(school: School) -> None:
    change = Change("school.yaml", "name: New\n", before=b"name: as it was read\n")
    other = Change("students/ward-ivy/new.yaml", "a: 1\n")
    with pytest.raises(WrongUse, match="changed by somebody meanwhile"):
        write(school.records, [other, change])
    assert not (school.records / other.path).exists()


def test_nothing_is_overwritten(school: School) -> None:
    with pytest.raises(WrongUse, match="nothing is ever overwritten"):
        write(school.records, [Change("staff.yaml", "a: 1\n")])
