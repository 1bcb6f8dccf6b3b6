"""Taking back a save with a new one; nobody's later words go, and nothing is erased."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.two_desks import OBJECTIVE, Desk, meet, one_desk, two_desks

NOTE = "students/lopez-sam/2026-27/progress/2026-10-01-first-book.md"
GIVEN = "students/lopez-sam/disclosures/2026-11-20-copy.yaml"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return one_desk(tmp_path_factory.mktemp("begun")).folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Desk:
    shutil.copytree(begun, tmp_path / "school")
    return Desk(tmp_path / "school", "Rae Lee")


def test_yesterdays_save_is_taken_back(desk: Desk) -> None:
    """Task 13: by a save of its own, which can be taken back in turn."""
    before = desk.read(OBJECTIVE)
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    desk.write(NOTE, desk.read(NOTE) + "\nMore.\n")
    saved = desk.save()
    done = desk.sep("undo", keys="\n")
    assert done.exit_code == 0, done.stderr
    assert "met → on track" in done.stderr
    assert desk.read(OBJECTIVE) == before
    assert desk.state() == ""
    assert desk.git("rev-parse", "HEAD~1") == saved
    assert desk.git("log", "-1", "--format=%s").startswith(f"undo {saved[:7]}: ")
    assert desk.sep("undo", "--yes").exit_code == 0
    assert "status: met" in desk.read(OBJECTIVE)


def test_an_earlier_save_is_taken_back_and_later_words_stay(desk: Desk) -> None:
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    named = desk.save()
    desk.change(OBJECTIVE, "one book a month", "two books a month")
    desk.save()
    done = desk.sep("undo", named[:8], "--yes")
    assert done.exit_code == 0, done.stderr
    assert "status: on-track" in desk.read(OBJECTIVE)
    assert "two books a month" in desk.read(OBJECTIVE)
    again = desk.sep("undo", named[:8], "--yes")
    assert "Nothing to take back" in again.stderr


def test_where_the_same_words_changed_again_it_is_refused_with_the_place_and_the_way(desk: Desk) -> None:
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    named = desk.save()
    desk.change(OBJECTIVE, "status: met", "status: needs-help")
    later = desk.save()
    done = desk.sep("undo", named, "--yes")
    assert done.exit_code == 2
    assert OBJECTIVE in done.stderr
    assert f"sep undo {later[:7]}" in done.stderr
    assert desk.head() == later
    assert "needs-help" in desk.read(OBJECTIVE)


def test_unsaved_words_are_saved_first(desk: Desk) -> None:
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    desk.save()
    desk.write(OBJECTIVE, desk.read(OBJECTIVE) + "# not saved yet\n")
    done = desk.sep("undo", "--yes")
    assert done.exit_code == 2
    assert "not saved yet" in done.stderr
    assert "# not saved yet" in desk.read(OBJECTIVE)


def test_dry_run_and_nobody_to_answer_change_nothing(desk: Desk) -> None:
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    saved = desk.save()
    assert "met → on track" in desk.sep("undo", "--dry-run").stderr
    assert desk.sep("undo").exit_code == 2
    assert desk.sep("undo", keys="n\n").exit_code == 130
    assert desk.head() == saved


def test_a_save_is_chosen_from_a_list(desk: Desk) -> None:
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    desk.save()
    desk.write(NOTE, desk.read(NOTE) + "\nMore.\n")
    desk.save()
    assert "lopez-sam: objective 2026-27/read-more changed" in desk.sep("undo", "--choose").stderr
    done = desk.sep("undo", "--choose", keys="2\ny\n")
    assert done.exit_code == 0, done.stderr
    assert "status: on-track" in desk.read(OBJECTIVE)
    assert desk.read(NOTE).endswith("More.\n")


def test_what_came_goes_and_what_went_comes_back(desk: Desk) -> None:
    kept = desk.read(NOTE)
    (desk.records / NOTE).unlink()
    new = NOTE.replace("first-book", "other")
    desk.write(new, kept)
    desk.save()
    assert desk.sep("undo", "--yes").exit_code == 0
    assert desk.read(NOTE) == kept
    assert not (desk.records / new).exists()
    assert desk.state() == ""


def test_what_was_given_to_whom_stays_written_down(desk: Desk) -> None:
    """policy: P35, P36."""
    text = "what: Copy of the plan\nto: rosa-lopez\non: 2026-11-20\nby: reyes\npurpose: For the family\nbasis: Parent\n"
    desk.write(GIVEN, text)
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    assert desk.sep("save", "--yes", "--draft").exit_code == 0
    done = desk.sep("undo", "--yes")
    assert f"kept: {GIVEN}" in done.stderr
    assert desk.read(GIVEN) == text
    assert "on-track" in desk.read(OBJECTIVE)


def test_a_save_of_settings_alone_is_no_save_to_take_back(desk: Desk) -> None:
    desk.change(OBJECTIVE, "status: on-track", "status: met")
    words = desk.save()
    assert desk.sep("editor", "--settings").exit_code == 0
    assert desk.sep("save", "--yes").stdout.endswith(": settings changed\n")
    before = desk.head()
    done = desk.sep("undo", "--yes")
    assert done.exit_code == 0
    assert "changed no record" in done.stderr
    assert "Settings stay as they are" in done.stderr
    assert "changed back since" not in done.stderr
    assert desk.head() == before
    assert desk.sep("undo", words, "--yes").exit_code == 0
    assert "on-track" in desk.read(OBJECTIVE)


def test_the_first_save_and_a_joined_one_are_not_taken_back(desk: Desk, tmp_path: Path) -> None:
    first = desk.sep("undo", "--yes")
    assert first.exit_code == 2
    assert "the store began" in first.stderr
    one, two = two_desks(tmp_path / "two")
    one.change(OBJECTIVE, "status: on-track", "status: met")
    two.write(NOTE, two.read(NOTE) + "\nMore.\n")
    one.save()
    two.save()
    meet(one, two)
    joined = two.sep("undo", two.head(), "--yes")
    assert joined.exit_code == 2
    assert "joined two people's work" in joined.stderr


def test_a_save_that_is_not_here_is_told(desk: Desk) -> None:
    assert desk.sep("undo", "deadbeef", "--yes").exit_code == 2
    assert desk.sep("undo", "--upload-pack=x", "--yes").exit_code == 2
    assert desk.sep("undo", "a..b", "--yes").exit_code == 2
