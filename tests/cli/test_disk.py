"""What is told when the computer itself does not do what a command needs."""

from __future__ import annotations

import errno
import subprocess
from pathlib import Path

import pytest

from site_builder.base.disk import reason
from site_builder.cli import writing
from site_builder.cli.writing import Change
from tests.cli.desk import files
from tests.cli.small_school import School

NEW = ["new", "student", "--name", "Ada Voss", "--number", "007301", "--birth-date", "2014-02-01", "--grade", "7"]


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def test_a_disk_that_takes_nothing_is_missing_on_this_computer(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, __: Change) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing, "_write_one", full)
    before = files(school)
    done = school.sep(*NEW)
    assert done.exit_code == 4
    assert "the disk is full" in done.stderr
    assert "nothing was written" in done.stderr
    assert files(school) == before


def test_what_was_written_before_the_disk_was_full_is_named(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    write_one, left = writing._write_one, [2]

    def soon_full(target: Path, change: Change) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        write_one(target, change)

    monkeypatch.setattr(writing, "_write_one", soon_full)
    before = files(school)
    done = school.sep(*NEW)
    assert done.exit_code == 4
    new = files(school).keys() - before.keys()
    assert len(new) == 2
    assert all(path in done.stderr for path in new)


def test_a_reason_without_words_of_ours_is_told_as_the_system_does() -> None:
    assert reason(OSError(errno.EBUSY, "Device or resource busy")) == "device or resource busy"
    assert reason(OSError()) == "the disk gave no reason"


@pytest.mark.parametrize("command", [["build"], ["binder", "sam"]])
def test_records_kept_in_git_need_git_to_make_pages(
    command: list[str], school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", str(school.folder)], check=True)
    school.sep("build", "--for", "park")
    before = school.pages()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    done = school.sep(*command)
    assert done.exit_code == 4
    assert "git is not on this computer" in done.stderr
    assert "git-scm.com" in done.stderr
    assert school.pages() == before
    for other in (["check"], ["show", "sam"], ["todo"], ["build", "--dry-run"]):
        assert school.sep(*other).exit_code == 0


def test_records_that_are_not_in_git_need_none(school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert school.sep("build", "--for", "park").exit_code == 0
