"""Small groups are counted over all students' files (policy: P12)."""

from __future__ import annotations

import shutil
from pathlib import Path

from site_builder.base.diagnostics import Diagnostic, Severity
from tests.stores import checked, lay_over

GROUP = "2026-10-07-tenth-grade"


def _school_with_group_of(number: int, folder: Path) -> tuple[Diagnostic, ...]:
    """Make a store in which `number` students name one group: Sam, and copies of Ivy's file under other ids."""
    root = lay_over(folder, {})
    for copy in range(number - 1):
        letter = "abcdefgh"[copy]
        target = root / f"students/ward-{letter}"
        shutil.copytree(root / "students/ward-ivy", target)
        for path in target.rglob("*"):
            if path.is_file():
                text = path.read_text("utf-8").replace("ivy-ward", f"{letter}-ward").replace("Ivy", letter.upper())
                text = text.replace("joan-ward", f"joan-ward-{letter}").replace("007124", f"00713{copy}")
                path.write_text(text, "utf-8")
                if path.stem in ("ivy-ward", "joan-ward"):
                    path.rename(
                        path.with_name(path.name.replace("ivy", letter).replace("joan-ward", f"joan-ward-{letter}"))
                    )
        (target / "2026-27/conferences").mkdir(exist_ok=True)
        (target / "2026-27/conferences/2026-10-07-group.md").write_text(
            f"---\nkind: small-group\ninvited: [{letter}-ward, reyes]\noffered_on: 2026-09-{10 + copy}\n"
            f"held_on: 2026-10-07\ngroup: {GROUP}\n---\nNotes.\n",
            "utf-8",
        )
    return tuple(each for each in checked(root).findings if each.code == "SEP330")


def test_five_students_are_a_small_group(tmp_path: Path) -> None:
    assert _school_with_group_of(5, tmp_path) == ()


def test_the_sixth_student_is_an_error_and_the_five_before_learn_of_it(tmp_path: Path) -> None:
    findings = _school_with_group_of(6, tmp_path)
    assert len(findings) == 6
    errors = [each for each in findings if each.severity is Severity.ERROR]
    assert [each.span.file for each in errors] == ["students/ward-e/2026-27/conferences/2026-10-07-group.md"]
    assert {each.span.start.line for each in findings if "ward-" in each.span.file} == {6}
    assert all(len(each.related) == 5 for each in findings)
