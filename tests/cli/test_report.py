"""`sep report`: made, named, refused (policy: P34)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.small_school import School

IVY = "students/ward-ivy/2026-27/objectives/play-the-cello.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def district(school: School, *others: str) -> Path:
    """Write a district of the small school and copies of it."""
    for each in others:
        shutil.copytree(school.records, school.folder / each)
    paths = "".join(f"  - path: {each}\n" for each in ("records", *others))
    file = school.folder / "district.yaml"
    file.write_text(f"name: Small District\nstores:\n{paths}", "utf-8")
    return file


def test_a_running_year_is_a_draft(school: School) -> None:
    done = school.sep("report", "2026-27")
    assert (done.exit_code, done.stdout) == (0, "build/reports/2026-27.html\n")
    assert "a draft as of 2026-11-24" in done.stderr
    html = school.pages("reports")["2026-27.html"].decode()
    assert "as of November 24, 2026" in html


def test_a_year_that_is_over_is_none_and_reports_stay_beside_each_other(school: School) -> None:
    assert school.sep("report", "2026-27").exit_code == 0
    done = school.sep("report", "2026-27", "--lang", "es", today="2027-07-01")
    assert (done.exit_code, done.stdout) == (0, "build/reports/2026-27-es.html\n")
    assert "draft" not in done.stderr
    assert set(school.pages("reports")) == {"2026-27.html", "2026-27-es.html"}
    assert '<html lang="es"' in school.pages("reports")["2026-27-es.html"].decode()


def test_a_second_report_that_differs_is_pointed_out(school: School) -> None:
    after = "2027-07-01"
    first = school.sep("report", "2026-27", today=after)
    assert first.exit_code == 0, first.stderr
    again = school.sep("report", "2026-27", today=after)
    assert "differs" not in again.stderr
    school.change("school.yaml", "phone: ", "phone: 435-555-0199 # ")
    assert "It differs from the one made before" in school.sep("report", "2026-27", today=after).stderr


@pytest.mark.parametrize(
    ("arguments", "today", "code", "said"),
    [
        (["2019-20"], "2026-11-24", 2, "is no school year of"),
        (["2026-27"], "2026-07-01", 2, "begins on 2026-08-19"),
        (["2026-27", "--out", "records/out"], "2026-11-24", 3, "lies in the records"),
        (["2026-27", "--dry-run"], "2026-11-24", 0, "Would make"),
        (["2026-27", "--district", "nowhere.yaml"], "2026-11-24", 2, "there is no `nowhere.yaml`"),
        ([], "2026-11-24", 2, "YEAR is missing"),
    ],
)
def test_nothing_is_written(school: School, arguments: list[str], today: str, code: int, said: str) -> None:
    done = school.sep("report", *arguments, today=today)
    assert done.exit_code == code
    assert said in done.stderr
    assert school.pages("reports") == {}
    assert not (school.records / "out").exists()


def test_there_is_no_report_while_a_file_has_errors(school: School) -> None:
    school.change(IVY, "status: ", "status: un")
    done = school.sep("report", "2026-27")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "1 error in 1 file" in done.stderr
    assert school.pages("reports") == {}


def test_words_that_name_somebody_stop_the_report(school: School) -> None:
    path = school.records / "reports/2026-27-parent.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "---\nschool_year: 2026-27\nby: A parent\ntitle: Us\n---\nThey asked Ivy\u00a0Ward first.\n", "utf-8"
    )
    done = school.sep("report", "2026-27")
    assert done.exit_code == 1
    assert "SEP430" in school.sep("check", "--format", "concise").stdout


def test_a_district(school: School) -> None:
    district(school, "north", "south")
    done = school.sep("report", "2026-27", "--district", "district.yaml")
    assert (done.exit_code, done.stdout) == (0, "build/reports/district-2026-27.html\n")
    html = school.pages("reports")["district-2026-27.html"].decode()
    assert html.count('<th scope="row">') > 3
    assert "Small District" in html
    assert school.sep("report", "2026-27", "--district", ".", "--dry-run").exit_code == 0


def test_a_school_that_cannot_be_used_stops_no_other(school: School) -> None:
    file = district(school, "north", "broken")
    broken = school.folder / "broken" / IVY
    broken.write_text(broken.read_text("utf-8").replace("status: ", "status: un"), "utf-8")
    with file.open("a", encoding="utf-8") as stream:
        stream.write("  - path: nowhere\n  - path: north\n")
    done = school.sep("report", "2026-27", "--district", "district.yaml")
    assert (done.exit_code, done.stdout) == (1, "build/reports/district-2026-27.html\n")
    assert done.stderr.count("error[SEP159]") == 3
    assert "district.yaml:5:11" in done.stderr
    for said in ("no school's records are at `nowhere`", "have 1 error, so its numbers", "`north` is named twice"):
        assert said in done.stderr
    assert "could not be used" in school.pages("reports")["district-2026-27.html"].decode()


def test_no_school_is_left_or_the_file_is_wrong(school: School) -> None:
    file = district(school)
    done = school.sep("report", "2019-20", "--district", "district.yaml")
    assert done.exit_code == 1
    assert "no school is left" in done.stderr
    file.write_text("name: Small District\nstores: records\n", "utf-8")
    done = school.sep("report", "2026-27", "--district", "district.yaml")
    assert done.exit_code == 1
    assert "district.yaml:2:9" in done.stderr
    assert school.pages("reports") == {}
    file.write_bytes(b"\xff\xfe\x00")
    assert school.sep("report", "2026-27", "--district", "district.yaml").exit_code == 1
