"""Conferences and deadlines beyond the codes' own examples (policy: P1 P12 P15 P16 P17, U1 U2 U5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.stores import SMALL_SCHOOL, TODAY, checked, clear, lay_over

SAM = "students/lopez-sam/2026-27/conferences"
SCHOOL = (SMALL_SCHOOL / "school.yaml").read_text("utf-8")
ROUND = "    conference_round: {offer_by: 2026-10-02, hold_by: 2026-11-20}\n"


def _note(*lines: str, kind: str = "annual") -> str:
    return "\n".join(["---", f"kind: {kind}", "invited: [sam-lopez, rosa-lopez, park]", *lines, "---", "Notes.", ""])


def _school(*, utah: bool = True) -> str:
    head, mark, rest = SCHOOL.partition("    ends: 2027-05-28\n")
    return f"{head}{mark}{ROUND}{rest}" + ("rules: [utah-r277-462]\n" if utah else "")


def _messages(folder: Path, files: Mapping[str, str], code: str, today: dt.date = TODAY) -> list[str]:
    findings = checked(lay_over(folder, files), today).findings
    assert all(each.policy and each.help for each in findings if each.code == code)
    return [each.message for each in findings if each.code == code]


@pytest.mark.parametrize(
    ("code", "lines", "message"),
    [
        ("SEP331", ["offered_on: 2026-10-01", "declined_on: 2026-09-20"], "declined on 2026-09-20, before it was"),
        ("SEP331", ["held_on: 2026-10-01", "declined_on: 2026-09-20"], "recorded as held and as declined"),
        ("SEP336", ["offered_on: 2026-10-01", "attended: [sam-lopez]"], "no day on which it was held"),
        ("SEP337", ["held_on: 2026-10-01", "attended: [reyes]"], "without the student and without a parent and"),
        ("SEP339", ["scheduled_on: 2027-10-01"], "2027-10-01 does not lie in the school year 2026-27"),
    ],
)
def test_what_contradicts_itself_is_said(tmp_path: Path, code: str, lines: list[str], message: str) -> None:
    (found,) = _messages(tmp_path, {f"{SAM}/2026-10-01-annual.md": _note(*lines)}, code)
    if code != "SEP339":
        assert message in found
    else:
        assert found.startswith(message)


def test_the_holidays_before_school_belong_to_the_year(tmp_path: Path) -> None:
    files = {f"{SAM}/2026-08-10-annual.md": _note("held_on: 2026-08-10", "attended: [sam-lopez, rosa-lopez, park]")}
    assert _messages(tmp_path / "a", files, "SEP339") == []
    last_year = {f"{SAM}/2026-05-29-annual.md": _note("held_on: 2026-05-29", "attended: [sam-lopez, park]")}
    assert len(_messages(tmp_path / "b", last_year, "SEP339")) == 1


def test_of_age_a_parent_is_welcome_but_not_needed(tmp_path: Path) -> None:
    student = (SMALL_SCHOOL / "students/lopez-sam/student.yaml").read_text("utf-8")
    files = {
        "students/lopez-sam/student.yaml": student.replace("2011-03-04", "2008-03-04"),
        f"{SAM}/2026-10-01-annual.md": _note("held_on: 2026-10-01", "attended: [sam-lopez, park]"),
    }
    assert _messages(tmp_path, files, "SEP337") == []


def test_a_request_waits_so_long_as_the_school_says(tmp_path: Path) -> None:
    asked = _note("requested_by: rosa-lopez", "requested_on: 2026-11-12", kind="parent-requested")
    place = f"{SAM}/2026-11-12-asked.md"
    assert _messages(tmp_path / "a", {place: asked}, "SEP333") == []
    files = {place: asked, "school.yaml": f"{SCHOOL}reminders: {{answer_within: 5}}\n"}
    (found,) = _messages(tmp_path / "b", files, "SEP333")
    assert found == "this request of 12 November 2026 was to be answered by 19 November 2026"
    held = asked.replace("\n---\nNotes", "\nheld_on: 2026-11-20\nattended: [rosa-lopez, park]\n---\nNotes")
    assert _messages(tmp_path / "c", {**files, place: held}, "SEP333") == []


def test_the_end_of_the_round_names_the_parents_only_under_utah_s_rule(tmp_path: Path) -> None:
    offered = {
        f"students/{student}/2026-27/conferences/2026-10-01-annual.md": _note("offered_on: 2026-09-20").replace(
            "sam-lopez, rosa-lopez", people
        )
        for student, people in (("lopez-sam", "sam-lopez, rosa-lopez"), ("ward-ivy", "ivy-ward, joan-ward"))
    }
    with_rule = _messages(tmp_path / "a", {"school.yaml": _school(), **offered}, "SEP329")
    without = _messages(tmp_path / "b", {"school.yaml": _school(utah=False), **offered}, "SEP329")
    assert sum("no parent has been" in each for each in with_rule) == 2
    assert len(with_rule) == 4
    assert len(without) == 2
    assert all("neither held nor declined" in each for each in without)


def test_nobody_is_late_in_a_file_that_cannot_be_read_whole(tmp_path: Path) -> None:
    files = {"school.yaml": _school(), "students/ward-ivy/2026-27/conferences/2026-10-01-annual.md": "---\nkind: [\n"}
    root = lay_over(tmp_path, files)
    found = {each.span.file for each in checked(root).findings if each.code == "SEP328"}
    assert found == {"students/lopez-sam/student.yaml"}


def test_a_missing_plan_says_by_when_it_is_begun(tmp_path: Path) -> None:
    place = "students/ward-ivy/student.yaml"
    text = (SMALL_SCHOOL / place).read_text("utf-8")
    later = text.replace("2026-08-19", "2026-11-02").replace(": 7}", ": 8}")
    for number, (student, day) in enumerate(((text, "18 September 2026"), (later, "2 November 2027"))):
        root = lay_over(tmp_path / str(number), {place: student, "school.yaml": _school()})
        clear(root, "students/ward-ivy/2026-27/plan.yaml")
        (found,) = [each.message for each in checked(root).findings if each.code == "SEP322"]
        assert found == f"this student has no plan for 2026-27; it is to be begun by {day}"


def test_conference_days_lie_in_their_school_year(tmp_path: Path) -> None:
    head, mark, rest = SCHOOL.partition("    ends: 2027-05-28\n")
    days = "    parent_teacher_conferences: [2026-10-14, 2025-10-14]\n"
    round_ = "    conference_round: {offer_by: 2026-10-02, hold_by: 2027-12-18}\n"
    found = _messages(tmp_path, {"school.yaml": f"{head}{mark}{days}{round_}{rest}"}, "SEP309")
    assert found == [
        "2025-10-14 does not lie in the school year 2026-27",
        "2027-12-18 does not lie in the school year 2026-27",
    ]
