from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.base.changes import WHOLE_FILE, Change, Revision
from site_builder.base.errors import SepError
from site_builder.history.history import History, forget
from tests.history.stores import REYES, School, school

SAM, IVY = "lopez-sam", "ward-ivy"
READ = f"students/{SAM}/2026-27/objectives/read-more.yaml"
WELD = f"students/{SAM}/2026-27/objectives/learn-to-weld.yaml"
NOTE = f"students/{SAM}/2026-27/progress/2026-10-01-first-book.md"


@pytest.fixture
def made(tmp_path: Path) -> School:
    return school(tmp_path)


def told(made: School, student: str = SAM, revision: str = "HEAD") -> list[str]:
    """Return what the history says of a student, a line a save: its day and what changed."""
    return [_line(each) for each in History(made.root, revision).of(student)]


def _line(revision: Revision) -> str:
    return f"{revision.day} {', '.join(_short(each) for each in revision.changes)}"


def _short(change: Change) -> str:
    fields = [".".join(each.field) for each in change.parts]
    return " ".join([change.kind, change.id if change.kind != WHOLE_FILE else "-", change.how.value, *fields])


def status(made: School, old: str, new: str, path: str = READ, **save: str) -> str:
    made.edit(path, f"status: {old}", f"status: {new}")
    return made.save(**save)


def test_a_file_is_begun_and_then_changes(made: School) -> None:
    status(made, "on-track", "needs-help", author=REYES, day="2026-10-03T23:30:00-06:00")
    assert told(made) == ["2026-08-20 file - added", "2026-10-03 objective read-more changed status"]
    assert told(made, IVY) == ["2026-08-20 file - added"]
    revision = History(made.root).of(SAM)[-1]
    assert (revision.author, revision.email) == ("Ben Reyes", "reyes@school.example")
    assert revision.at == dt.datetime.fromisoformat("2026-10-03T23:30:00-06:00")


def test_names_of_authors_are_those_of_mailmap(made: School) -> None:
    status(made, "on-track", "needs-help", author="B <ben@home.example>")
    assert History(made.root).of(SAM)[-1].email == "ben@home.example"
    made.write(".mailmap", "Ben Reyes <reyes@school.example> <ben@home.example>\n")
    found = History(made.root).of(SAM)[-1]
    assert (found.author, found.email) == ("Ben Reyes", "reyes@school.example")


def test_another_folder_is_followed_and_its_old_name_can_be_another_students(made: School) -> None:
    status(made, "on-track", "needs-help")
    (made.root / f"students/{SAM}").rename(made.root / "students/lopez-samuel")
    made.save(day="2026-10-04T12:00:00-06:00")
    shutil.copytree(made.root / f"students/{IVY}", made.root / f"students/{SAM}")
    made.edit(f"students/{SAM}/student.yaml", "student_number: ", "student_number: 77")
    made.save(day="2026-10-05T12:00:00-06:00")
    assert told(made, SAM) == ["2026-10-05 file - added"]
    assert told(made, "lopez-samuel") == [
        "2026-08-20 file - added",
        "2026-10-03 objective read-more changed status",
        "2026-10-04 file - moved",
    ]
    assert {each.student for one in History(made.root).of("lopez-samuel") for each in one.changes} == {"lopez-samuel"}


def test_a_name_given_back_is_followed_too(made: School) -> None:
    for old, new in ((SAM, "sam"), ("sam", SAM)):
        (made.root / f"students/{old}").rename(made.root / f"students/{new}")
        made.save()
    assert [line.split(" ", 1)[1] for line in told(made)] == ["file - added", "file - moved", "file - moved"]


def test_a_file_that_went_and_came_back_has_its_history_and_another_one_has_not(made: School) -> None:
    status(made, "on-track", "needs-help")
    aside = made.root.parent / "aside"
    shutil.move(made.root / f"students/{SAM}", aside)
    made.save()
    shutil.copytree(aside, made.root / f"students/{SAM}")
    made.save()
    assert len(told(made)) == 4
    shutil.rmtree(made.root / f"students/{SAM}")
    made.save()
    shutil.copytree(aside, made.root / f"students/{SAM}")
    made.edit(f"students/{SAM}/student.yaml", "student_number: ", "student_number: 88")
    made.save()
    assert [line.split(" ", 1)[1] for line in told(made)] == ["file - added"]


def test_what_was_taken_back_is_told_as_a_change_of_its_own(made: School) -> None:
    first = status(made, "on-track", "needs-help")
    made.git("revert", "--no-edit", first, env=made.date("2026-10-05T12:00:00-06:00"))
    changes = [each.changes[0].parts[0] for each in History(made.root).of(SAM)[1:]]
    assert [(each.old, each.new) for each in changes] == [("on-track", "needs-help"), ("needs-help", "on-track")]


def test_two_lines_that_meet_are_told_once_each(made: School) -> None:
    made.git("checkout", "-q", "-b", "other")
    status(made, "not-started", "on-track", path=WELD, day="2026-10-04T12:00:00-06:00")
    made.git("checkout", "-q", "main")
    status(made, "on-track", "met", day="2026-10-05T12:00:00-06:00")
    made.git("merge", "-q", "--no-edit", "other", env=made.date("2026-10-06T12:00:00-06:00"))
    assert sorted(told(made))[1:] == [
        "2026-10-04 objective learn-to-weld changed status",
        "2026-10-05 objective read-more changed status",
    ]


def _meet(made: School, result: Callable[[], None], day: str = "2026-10-06T12:00:00-06:00") -> None:
    """Let two lines change one status, and bring them together as `result` makes the files."""
    made.git("checkout", "-q", "-b", "other")
    status(made, "on-track", "needs-help", day="2026-10-04T12:00:00-06:00")
    made.git("checkout", "-q", "main")
    status(made, "on-track", "met", day="2026-10-05T12:00:00-06:00")
    made.git("merge", "-q", "--no-commit", "-s", "ours", "other")
    result()
    made.save(day=day)


def test_a_choice_between_two_versions_is_no_change(made: School) -> None:
    _meet(made, lambda: made.edit(READ, "status: met", "status: needs-help"))
    assert "2026-10-06" not in " ".join(told(made))


def test_what_is_as_in_neither_version_is_told(made: School) -> None:
    def result() -> None:
        made.edit(READ, "status: met", "status: set-aside")
        made.edit(NOTE, "title: The first book", "title: Another title")

    _meet(made, result)
    last = History(made.root).of(SAM)[-1]
    assert _line(last) == "2026-10-06 objective read-more changed status, progress 2026-10-01-first-book changed title"
    assert last.changes[0].parts[0].new == "set-aside"


def test_only_what_is_new_on_all_sides_is_a_merges_own(made: School) -> None:
    """The item that one side has added is not added once more by the save that joins the sides."""

    def result() -> None:
        made.edit(READ, "status: met", "status: set-aside\nsuggested_on: 2026-09-01")

    _meet(made, result)
    parts = History(made.root).of(SAM)[-1].changes[0].parts
    assert [".".join(each.field) for each in parts] == ["status", "suggested_on"]


def test_a_copy_without_its_older_saves_says_so(made: School, tmp_path: Path) -> None:
    status(made, "on-track", "needs-help")
    status(made, "needs-help", "met")
    made.git("clone", "-q", "--depth", "2", f"file://{made.top}", str(tmp_path / "copy"))
    history = History(tmp_path / "copy")
    assert history.is_cut
    (last,) = history.of(SAM)
    assert _short(last.changes[0]) == "objective read-more changed status"
    assert [each.cut for each in history.all()] == [True, False]


def test_a_store_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    made = school(tmp_path, below="records/of ours")
    (made.top / "other.txt").write_text("x")
    made.save()
    status(made, "on-track", "needs-help")
    assert len(told(made)) == 2
    assert all(each.kind != "other" for one in History(made.root).all() for each in one.changes)


def test_no_repository_and_no_save(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(SepError):
        History(tmp_path / "plain")
    made = School(tmp_path / "plain", tmp_path / "plain")
    made.git("init", "-q")
    with pytest.raises(SepError):
        History(tmp_path / "plain")


@pytest.mark.parametrize("day", ["1970-01-01T00:00:00+0000", "2099-12-31T23:59:59+1400", "@7000000000000 +0000"])
def test_days_that_cannot_be(made: School, day: str) -> None:
    status(made, "on-track", "needs-help", day=day)
    assert len(told(made)) == 2


def test_broken_versions_are_told_and_none_is_a_crash(made: School) -> None:
    for text in ("a: [", "- 1\n", "status: 3\n", "\N{SNOWMAN}: \x01", "statement: Read\nstatus: met\n"):
        made.write(READ, text)
        made.save()
    changes = [each.changes[0] for each in History(made.root).of(SAM)[1:]]
    assert len(changes) == 5
    assert all(each.unread or each.older_form for each in changes)


def test_a_link_in_place_of_a_file_is_nothing_that_is_read(made: School) -> None:
    (made.root / READ).unlink()
    (made.root / READ).symlink_to("/etc/hostname")
    made.save()
    assert told(made)[-1].endswith("objective read-more removed")


def test_a_setting_that_runs_a_program_runs_none(made: School, tmp_path: Path) -> None:
    trap, mark = tmp_path / "trap", tmp_path / "mark"
    trap.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n")
    trap.chmod(0o755)
    first = status(made, "on-track", "needs-help")
    signed = made.git("cat-file", "commit", first).replace("\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n\n", 1)
    (tmp_path / "signed").write_text(signed + "\n")
    made.git("reset", "-q", "--hard", made.git("hash-object", "-t", "commit", "-w", str(tmp_path / "signed")))
    for name in ("gpg.program", "diff.external", "core.fsmonitor", "core.pager", "pager.log", "diff.x.textconv"):
        made.git("config", name, str(trap))
    for name, value in (("log.showSignature", "true"), ("log.showRoot", "false"), ("diff.relative", "true")):
        made.git("config", name, value)
    (made.top / ".git/info/attributes").write_text("* diff=x\n")
    made.git("log", "-1")
    assert mark.exists()
    mark.unlink()
    assert told(made) == ["2026-08-20 file - added", "2026-10-03 objective read-more changed status"]
    assert not mark.exists()


# --- what is kept ---------------------------------------------------------------------------------------------------


def kept(made: School) -> Path:
    return made.top / ".git/sep-history"


def test_no_save_is_read_twice(made: School) -> None:
    status(made, "on-track", "needs-help")
    first, second = History(made.root), History(made.root)
    assert (first.of(SAM), first.read) == (second.of(SAM), 2)
    assert second.read == 0
    status(made, "needs-help", "met")
    third = History(made.root)
    assert len(third.of(SAM)) == 3
    assert third.read == 1


def test_it_is_for_this_account_alone(made: School) -> None:
    History(made.root).of(SAM)
    files = list(kept(made).iterdir())
    assert len(files) > 2
    assert stat.S_IMODE(kept(made).stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert not any(SAM in each.name for each in files)


def test_read_on_is_the_same_as_read_at_once(made: School) -> None:
    _meet(made, lambda: made.edit(READ, "status: met", "status: set-aside"))
    History(made.root, "HEAD").of(SAM)
    (made.root / f"students/{SAM}").rename(made.root / "students/sam")
    made.save()
    made.edit(READ.replace(SAM, "sam"), "set-aside", "met")
    made.save()
    for student in ("sam", IVY, SAM):
        assert History(made.root).of(student) == History(made.root, keeps=False).of(student)


def test_an_older_state_has_the_older_history(made: School) -> None:
    first = status(made, "on-track", "needs-help")
    status(made, "needs-help", "met")
    assert len(told(made)) == 3
    older = History(made.root, first)
    assert older.of(SAM) == History(made.root, first, keeps=False).of(SAM)
    assert older.read == 0
    assert len(told(made)) == 3


def test_another_line_is_read_anew(made: School) -> None:
    made.git("branch", "other")
    status(made, "on-track", "needs-help")
    assert len(told(made)) == 2
    made.git("checkout", "-q", "other")
    status(made, "on-track", "met", day="2026-10-09T12:00:00-06:00")
    assert told(made)[-1] == "2026-10-09 objective read-more changed status"
    made.git("checkout", "-q", "main")
    assert told(made)[-1] == "2026-10-03 objective read-more changed status"


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "[[1]]", '{"key": 1}', "[" * 100_000, '[["a", "b"]]'])
def test_what_is_damaged_is_read_anew(made: School, content: str) -> None:
    status(made, "on-track", "needs-help")
    expected = told(made)
    for name in [each.name for each in kept(made).iterdir()]:
        (kept(made) / name).write_text(content)
        assert told(made) == expected


def test_a_broken_off_run_leaves_nothing_twice(made: School) -> None:
    told(made)
    state = (kept(made) / "state.json").read_bytes()
    status(made, "on-track", "needs-help")
    expected = told(made)
    (kept(made) / "state.json").write_bytes(state)  # the files were written, the state was not
    assert told(made) == expected
    assert json.loads((kept(made) / "state.json").read_text())["count"] == 2


def test_a_link_is_not_followed(made: School, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine")
    kept(made).symlink_to(elsewhere)
    assert len(told(made)) == 1
    assert [each.name for each in elsewhere.iterdir()] == ["mine"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this account")
def test_a_repository_that_cannot_be_written_to_is_read(made: School) -> None:
    (made.top / ".git").chmod(0o500)
    try:
        assert len(told(made)) == 1
        assert not kept(made).exists()
    finally:
        (made.top / ".git").chmod(0o700)


def test_it_can_be_forgotten(made: School) -> None:
    assert not forget(made.root)
    told(made)
    assert forget(made.root)
    assert not kept(made).exists()
    assert len(told(made)) == 1
