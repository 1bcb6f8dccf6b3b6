"""The course-plan audit on the small school and on what is laid over it (policy: P3, P18)."""

from __future__ import annotations

from pathlib import Path

from site_builder.model.credits import Audit, audit
from tests.stores import overlaid_store

CARD = "students/lopez-sam/2025-26/report-card/fall.yaml"


def _audit(folder: Path, files: dict[str, str]) -> Audit:
    store = overlaid_store(folder, files)
    file = store.student("lopez-sam")
    assert file is not None
    return audit(store, file)


def _table(found: Audit) -> dict[str, tuple[float, float, float, float]]:
    return {each.subject: (each.earned, each.in_progress, each.planned, each.missing) for each in found.lines}


def _card(*grades: tuple[str, str, float]) -> str:
    lines = "".join(f"  - {{course: {c}, title: T, grade: {g}, credits_earned: {n}}}\n" for c, g, n in grades)
    return f"term: fall\nissued_on: 2025-12-19\ngrades:\n{lines}"


def test_earned_in_progress_planned_and_missing(tmp_path: Path) -> None:
    assert _table(_audit(tmp_path, {})) == {
        "language-arts": (0.5, 0.5, 0.5, 2.5),
        "mathematics": (0, 0, 0, 3),
        "cte": (0, 0, 1, 0),
        "electives": (0, 0, 0, 5.5),
    }


def test_a_failed_class_earns_nothing_and_a_repeated_one_counts_once(tmp_path: Path) -> None:
    failed = _audit(tmp_path / "a", {CARD: _card(("ENG-09", "F", 0))})
    assert _table(failed)["language-arts"][0] == 0
    assert [each.state for each in failed.courses if each.course == "ENG-09"] == ["not-earned"]
    repeated = _audit(tmp_path / "b", {CARD: _card(("MATH-1", "B", 1), ("MATH-1", "A", 1))})
    assert _table(repeated)["mathematics"][0] == 1


def test_what_is_beyond_a_requirement_counts_as_an_elective(tmp_path: Path) -> None:
    found = _table(_audit(tmp_path, {CARD: _card(("CTE-201", "A", 1), ("ENG-09", "A", 1))}))
    assert found["cte"] == (1, 0, 0, 0)
    assert found["electives"] == (0, 0, 0, 5.5)
    catalogue = (
        "courses:\n  - {code: ENG-09, title: English 9, subject: language-arts, credits: 1, grades: [9]}\n"
        "  - {code: ENG-10, title: English 10, subject: language-arts, credits: 1, grades: [10]}\n"
        "  - {code: CTE-201, title: Welding 1, subject: cte, credits: 3, grades: [9]}\n"
    )
    found = _table(_audit(tmp_path / "c", {"courses.yaml": catalogue, CARD: _card(("CTE-201", "A", 3))}))
    assert found["cte"] == (1, 0, 0, 0)
    assert found["electives"] == (2, 0, 0, 3.5)


def test_the_map_names_each_course_with_its_state_by_grade(tmp_path: Path) -> None:
    courses = [(each.grade, each.course, each.credits, each.state) for each in _audit(tmp_path, {}).courses]
    assert courses == [
        (9, "ENG-09", 0.5, "earned"),
        (10, "ENG-10", 0.5, "in-progress"),
        (10, "ENG-10", 0.5, "planned"),
        (11, "CTE-201", 1.0, "planned"),
    ]
