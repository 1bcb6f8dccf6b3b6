"""How a plan is made and kept alive, beyond the rules' own examples (policy: P5, P19, P22, P24)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.stores import TODAY, checked, lay_over

PLAN = "students/ward-ivy/2026-27/plan.yaml"
OBJECTIVE = "students/ward-ivy/2026-27/objectives/play-the-cello.yaml"


def _messages(root: Path, code: str, today: dt.date = TODAY) -> list[str]:
    return [each.message for each in checked(root, today).findings if each.code == code]


def _plan(prepared_by: str, consulted: str) -> dict[str, str]:
    return {PLAN: f"grade: 7\nprepared_by: {prepared_by}\nprepared_on: 2026-09-18\n{consulted}"}


def test_before_grade_9_a_parent_need_not_be_named_but_the_school_does(tmp_path: Path) -> None:
    """The plan is made with counselors, teachers and administrators (policy: P5)."""
    assert _messages(lay_over(tmp_path / "a", _plan("[ivy-ward]", "")), "SEP390") == [
        "nobody at school is named among those consulted on this plan"
    ]
    asked = "consulted: [{person: reyes, on: 2026-09-18}]\n"
    assert _messages(lay_over(tmp_path / "b", _plan("[ivy-ward]", asked)), "SEP390") == []


def test_a_plan_that_is_not_prepared_yet_has_consulted_nobody(tmp_path: Path) -> None:
    assert _messages(lay_over(tmp_path, {PLAN: "grade: 7\n"}), "SEP390") == []


def test_silence_counts_from_the_last_note_step_or_beginning(tmp_path: Path) -> None:
    """Progress toward each objective is recorded (policy: P24)."""
    root = lay_over(tmp_path, {})
    assert _messages(root, "SEP392", dt.date(2026, 12, 17)) == [], "90 days after the plan was prepared"
    assert _messages(root, "SEP392", dt.date(2026, 12, 18)) == [
        "nothing has been written about this objective for 91 days"
    ]


def test_what_is_met_set_aside_or_not_begun_may_be_silent(tmp_path: Path) -> None:
    for status in ("met", "set-aside", "not-started"):
        text = f"statement: Join the orchestra\nkind: personal\nstatus: {status}\nsuggested_by: ivy-ward\n"
        root = lay_over(tmp_path / status, {OBJECTIVE: text})
        assert not [
            each
            for each in checked(root, dt.date(2027, 3, 1)).findings
            if each.code == "SEP392" and each.span.file == OBJECTIVE
        ]


def test_an_objective_without_means_is_told_while_it_is_active(tmp_path: Path) -> None:
    """Objectives come with activities and means (policy: P22)."""
    text = "statement: Join the orchestra\nkind: personal\nstatus: {}\nsuggested_by: ivy-ward\n"
    assert _messages(lay_over(tmp_path / "a", {OBJECTIVE: text.format("on-track")}), "SEP391") == [
        "this objective has no means yet"
    ]
    assert _messages(lay_over(tmp_path / "b", {OBJECTIVE: text.format("met")}), "SEP391") == []
