"""`sep todo`: who has to do what, and by when (policy: P15 P26 P29 P36 U5 U6)."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from site_builder.cli.todo_list import ALL_KINDS, counted, sentence
from site_builder.model.due import Due
from tests.cli.small_school import School
from tests.cli.snapshots import snapshot
from tests.stores import clear

REQUEST = "students/lopez-sam/2026-27/requests/2026-11-16-gloves.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    school = School(tmp_path)
    clear(
        school.records,
        "training",
        "students/ward-ivy/2026-27/registration",
        "students/ward-ivy/2026-27/conferences",
        "students/lopez-sam/2025-26/report-card/spring.yaml",
    )
    text = "resource: Welding gloves\nrequested_by: sam-lopez\nreferred_on: 2026-11-16\nreason: Mine are worn\n"
    (school.records / REQUEST).write_text(text, encoding="utf-8")
    return school


def _items(school: School, *arguments: str) -> list[dict[str, object]]:
    done = school.sep("todo", "--format", "json", *arguments)
    assert done.exit_code == 0
    items: list[dict[str, object]] = json.loads(done.stdout)["due"]
    return items


def test_the_list_is_grouped_by_who_has_to_act(school: School) -> None:
    done = school.sep("todo")
    assert done.exit_code == 0
    snapshot("todo.txt", done.stdout)


def test_one_person_s_list_can_be_handed_to_them(school: School) -> None:
    done = school.sep("todo", "--for", "Olive Stone")
    assert "decide a request for resources" in done.stdout
    assert "Reyes" not in done.stdout
    assert "gloves" not in done.stdout.lower()
    assert "worn" not in done.stdout
    assert {each["person"] for each in _items(school, "--for", "stone")} == {"principal-stone"}


def test_student_and_kind_narrow_the_list(school: School) -> None:
    assert {each["student"] for each in _items(school, "--student", "ivy")} == {"ward-ivy"}
    assert {each["kind"] for each in _items(school, "--kind", "training")} == {"training"}
    both = _items(school, "--kind", "training", "--kind", "registration")
    assert {each["kind"] for each in both} == {"training", "registration"}


def test_what_is_far_off_is_counted_and_all_lists_it(school: School) -> None:
    short, whole = school.sep("todo").stdout, school.sep("todo", "--all").stdout
    assert "yearly conferences to offer, the first by 28 May 2027" in short
    assert "offer the yearly conference" not in short
    assert whole.count("offer the yearly conference") == 2


def test_documents_that_nobody_may_see_wait_for_consents(school: School) -> None:
    for consent in (school.records / "students/lopez-sam/consents").iterdir():
        consent.unlink()
    (item,) = _items(school, "--kind", "consent")
    assert (item["person"], item["policy"], item["by"]) == ("reyes", "P36", None)
    assert "which nobody may see" in str(item["what"])
    title = str(item["what"]).split("“")[1].split("”")[0]
    assert title in school.sep("todo").stdout
    assert title in school.sep("todo", "--for", "reyes").stdout, "the School Manager may know it"
    assert title not in school.sep("todo", "--for", "park", "--all").stdout
    assert title not in school.sep("todo", "--for", "sam-lopez").stdout


def test_what_is_released_to_its_recipients_waits_for_nothing(school: School) -> None:
    assert _items(school, "--kind", "consent") == []


def test_a_spreadsheet_gets_a_line_an_item(school: School) -> None:
    done = school.sep("todo", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(lines) == len(_items(school))
    assert {each["late"] for each in lines} == {"yes", ""}
    assert all(each["what"] and each["kind"] in ALL_KINDS for each in lines)


def test_a_name_is_never_a_formula(school: School) -> None:
    school.change("students/ward-ivy/student.yaml", "name: Ivy Ward", "name: '=1+2'")
    lines = list(csv.DictReader(io.StringIO(school.sep("todo", "--format", "csv").stdout)))
    assert "'=1+2" in {each["student_name"] for each in lines}


def test_nothing_due_is_said_kindly(school: School) -> None:
    done = school.sep("todo", "--for", "rosa-lopez")
    assert done.exit_code == 0
    assert done.stdout.endswith("\n\nNothing is due: all of it is done.\n")


def test_where_there_is_no_student_yet_nothing_is_called_done(school: School) -> None:
    for each in ("lopez-sam", "ward-ivy"):
        shutil.rmtree(school.records / "students" / each)
    assert "Nothing is due: there is no student yet" in school.sep("todo", "--for", "reyes").stdout


def test_files_with_errors_are_named_and_left_out(school: School) -> None:
    school.change("students/ward-ivy/2026-27/plan.yaml", "grade: 7", "grade: seven")
    done = school.sep("todo")
    assert done.exit_code == 0
    assert "Left out" in done.stderr
    assert "ward-ivy" in done.stderr
    assert "Ivy" not in done.stdout
    assert json.loads(school.sep("todo", "--format", "json").stdout)["left_out"] == ["ward-ivy"]


def test_nobody_of_that_name_is_told(school: School) -> None:
    done = school.sep("todo", "--for", "nobody")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nobody is called `nobody`" in done.stderr
    assert school.sep("todo", "--student", "nobody").exit_code == 2
    assert school.sep("todo", "--kind", "dinner").exit_code == 2


def test_a_school_that_cannot_be_read_is_said(school: School) -> None:
    (school.records / "staff.yaml").write_text("staff: [\n", encoding="utf-8")
    done = school.sep("todo")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "`sep check` shows them" in done.stderr


def test_every_kind_has_its_words() -> None:
    for kind in ALL_KINDS:
        item = Due(kind=kind, detail="detail")
        assert sentence(item).endswith("detail")
        (line,) = counted([item])
        (lines,) = counted([item, item])
        assert line.strip().startswith("1 ")
        assert lines.strip().startswith("2 ")
