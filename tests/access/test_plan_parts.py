"""The parts of a plan and their hashes: what stands changes them, what the reader may not see does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Item
from site_builder.access.plan_parts import base_of, may_write
from site_builder.access.sites import copy_for
from site_builder.access.view import StudentView
from tests.stores import SMALL_SCHOOL, TODAY, overlaid_store

YEAR = "students/lopez-sam/2026-27"


def view(folder: Path, files: dict[str, str], person: str = "sam-lopez") -> StudentView:
    return copy_for(overlaid_store(folder, files), "lopez-sam", person, TODAY).file


def file_with(path: str, old: str, new: str) -> dict[str, str]:
    text = (SMALL_SCHOOL / path).read_text("utf-8")
    assert old in text
    return {path: text.replace(old, new)}


CHANGES = {
    "aspiration": file_with(f"{YEAR}/plan.yaml", "A trade that", "A craft that"),
    "careers": file_with(f"{YEAR}/plan.yaml", "careers:\n", "careers:\n  - {title: Masons}\n"),
    "programs": file_with(f"{YEAR}/plan.yaml", "program: Welding", "program: Masonry"),
    "courses": file_with(f"{YEAR}/plan.yaml", "grade: 11, course", "grade: 12, course"),
    "strengths": file_with(f"{YEAR}/strengths.md", "patiently", "calmly"),
    "objective-read-more": file_with(f"{YEAR}/objectives/read-more.yaml", "status: on-track", "status: met"),
    "objective-learn-to-weld": file_with(f"{YEAR}/objectives/learn-to-weld.yaml", "Take Welding 1\n", "Take Welding\n"),
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_change_changes_the_hash_of_its_part_alone(tmp_path: Path, part: str) -> None:
    """Policy: P18, P19."""
    before, after = base_of(view(tmp_path / "a", {})), base_of(view(tmp_path / "b", CHANGES[part]))
    assert before.keys() == after.keys() == CHANGES.keys()
    assert {key for key in before if before[key] != after[key]} == {part}


def test_a_note_elsewhere_changes_nothing(tmp_path: Path) -> None:
    note = {f"{YEAR}/progress/2026-11-01-more.md": "---\nby: park\ndate: 2026-11-01\n---\nMore.\n"}
    assert base_of(view(tmp_path / "a", {})) == base_of(view(tmp_path / "b", note))


def test_students_and_families_write_and_staff_does_not(tmp_path: Path) -> None:
    """Policy: P5, P19."""
    file = view(tmp_path, {})
    assert [each.id for each in file.people if may_write(file, each.id)] == ["sam-lopez", "rosa-lopez"]
    assert not may_write(file, "")
    assert not may_write(file, "joan-ward")


def test_added_words_about_a_withheld_document_are_withheld_too(tmp_path: Path) -> None:
    """Policy: P36."""
    old, new = "by: park\n", "by: park\nadded: [{by: sam-lopez, proposed_on: 2026-11-01, words: See secret.png}]\n"
    files = file_with(f"{YEAR}/strengths.md", old, new)
    files[f"{YEAR}/documents/secret.yaml"] = "file: secret.png\ntitle: Secret\ndate: 2026-09-02\naffects: [sam-lopez]\n"
    store = overlaid_store(tmp_path, files)
    item = Item("lopez-sam", "strengths", "2026-27", "strengths")
    assert decide(store, "rosa-lopez", item, TODAY) is not ALLOW
