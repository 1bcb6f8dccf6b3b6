from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.base.errors import Refused
from site_builder.publish.place import MARKER, claim, look_at


@pytest.fixture
def school(tmp_path: Path) -> Path:
    (tmp_path / "home/school/records/students").mkdir(parents=True)
    (tmp_path / "home/school/records/school.yaml").write_text("format: 1\n")
    (tmp_path / "home/notes").mkdir()
    (tmp_path / "home/notes/letter.txt").write_text("mine")
    (tmp_path / "home/school/.git").mkdir()
    (tmp_path / "home/school/into-records").symlink_to("records/students")
    (tmp_path / "home/school/around").symlink_to("around")
    return tmp_path / "home/school"


REFUSED: dict[str, Callable[[Path], Path]] = {
    "the store": lambda school: school / "records",
    "inside the store": lambda school: school / "records/build",
    "deep inside the store": lambda school: school / "records/students/rivera-ana/build",
    "the store by a detour": lambda school: school / "x/../records/build",
    "inside the store through a link": lambda school: school / "into-records/build",
    "around the store": lambda school: school,
    "the home folder": lambda school: school.parent,
    "above the home folder": lambda school: school.parent.parent,
    "the top": lambda school: Path(school.anchor),
    "somebody's folder": lambda school: school.parent / "notes",
    "a file": lambda school: school.parent / "notes/letter.txt",
    "a git folder": lambda school: school / ".git/build",
    "a link to itself": lambda school: school / "around/build",
}


def everything(school: Path) -> set[Path]:
    return set(school.parent.parent.rglob("*"))


@pytest.mark.parametrize("where", REFUSED)
def test_refused(school: Path, where: str) -> None:
    before = everything(school)
    with pytest.raises(Refused) as caught:
        claim(REFUSED[where](school), school / "records", school.parent)
    assert caught.value.exit_code == 3
    assert caught.value.way_out
    assert everything(school) == before


def test_a_new_folder_is_marked_and_kept_out_of_git(school: Path) -> None:
    place = claim(school / "out/build", school / "records", school.parent)
    assert place == (school / "out/build").resolve()
    assert {each.name for each in place.iterdir()} == {MARKER, ".gitignore"}
    assert (place / ".gitignore").read_text() == "*\n"


def test_an_empty_folder_and_our_own_are_taken(school: Path) -> None:
    (school / "build").mkdir()
    (school / "build/.DS_Store").write_text("")
    claim(school / "build", school / "records", school.parent)
    (school / "build/sites").mkdir()
    claim(school / "build", school / "records", school.parent)


def test_a_link_to_a_drive_is_followed_to_the_real_folder(school: Path, tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    (school / "build").symlink_to(tmp_path / "drive")
    assert claim(school / "build", school / "records", school.parent) == (tmp_path / "drive").resolve()


def test_looking_changes_nothing(school: Path) -> None:
    before = everything(school)
    look_at(school / "build", school / "records", school.parent)
    assert everything(school) == before
