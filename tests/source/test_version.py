"""Which saved version a store's files stand on, and whether a student's files are those of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.source.version import descends_from, saved_version, student_files
from site_builder.source.working_tree import WorkingTree
from tests.source.test_git_save import git

ANA, MATEO = "students/rivera-ana", "students/rivera-mateo"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "school" / "records"
    for student in (ANA, MATEO):
        (folder / student).mkdir(parents=True)
        (folder / student / "student.yaml").write_text("name: Someone\n", "utf-8")
    git(folder.parent, "init", "-q")
    git(folder.parent, "config", "user.name", "Rae")
    git(folder.parent, "config", "user.email", "rae@school.example")
    git(folder.parent, "add", "records")
    git(folder.parent, "commit", "-q", "-m", "start", "--date", "2026-11-24T08:00:00Z")
    return folder


def saved(store: Path) -> dict[str, bool]:
    version = saved_version(store)
    files = student_files(WorkingTree(store), store, version.commit if version is not None else None)
    return {student: each.saved for student, each in files.items()}


def test_the_last_saved_version_and_its_time(store: Path) -> None:
    version = saved_version(store)
    assert version is not None
    assert version.commit == git(store, "rev-parse", "HEAD")
    assert version.at == dt.datetime.fromtimestamp(int(git(store, "log", "-1", "--format=%ct")), dt.UTC)


def test_files_as_saved_are_told_from_changed_new_and_missing_ones(store: Path) -> None:
    assert saved(store) == {"rivera-ana": True, "rivera-mateo": True}
    (store / ANA / "student.yaml").write_text("name: Ana\n", "utf-8")
    assert saved(store) == {"rivera-ana": False, "rivera-mateo": True}
    git(store, "commit", "-q", "-am", "ana")
    assert saved(store) == {"rivera-ana": True, "rivera-mateo": True}
    (store / MATEO / "more.yaml").write_text("a: 1\n", "utf-8")
    assert saved(store) == {"rivera-ana": True, "rivera-mateo": False}
    git(store, "add", ".")
    git(store, "commit", "-q", "-m", "more")
    (store / MATEO / "more.yaml").unlink()
    assert saved(store) == {"rivera-ana": True, "rivera-mateo": False}


def test_the_hash_is_of_names_and_bytes_and_of_nothing_else(store: Path) -> None:
    def content(student: str) -> str:
        return student_files(WorkingTree(store), store, None)[student].content

    before = content("rivera-ana"), content("rivera-mateo")
    assert before[0] != before[1]
    (store / ANA / "student.yaml").touch()
    (store / ANA / ".hidden").write_text("x", "utf-8")
    assert content("rivera-ana") == before[0]
    (store / ANA / "student.yaml").rename(store / ANA / "other.yaml")
    assert content("rivera-ana") != before[0]
    assert content("rivera-mateo") == before[1]


def test_of_others_than_those_asked_for_no_file_is_read(store: Path) -> None:
    class Watched(WorkingTree):
        def read(self, path: str) -> bytes:
            read.append(path)
            return super().read(path)

    read: list[str] = []
    version = saved_version(store)
    assert version is not None
    whole = student_files(WorkingTree(store), store, version.commit)
    assert student_files(Watched(store), store, version.commit, {"rivera-ana"}) == {"rivera-ana": whole["rivera-ana"]}
    assert read == [f"{ANA}/student.yaml"]
    assert student_files(Watched(store), store, version.commit, ()) == {}
    assert read == [f"{ANA}/student.yaml"]


def test_a_store_that_was_never_saved_has_no_version(tmp_path: Path, store: Path) -> None:
    (tmp_path / "plain" / ANA).mkdir(parents=True)
    (tmp_path / "plain" / ANA / "student.yaml").write_text("name: A\n", "utf-8")
    assert saved_version(tmp_path / "plain") is None
    assert saved(tmp_path / "plain") == {"rivera-ana": False}
    (store.parent / "fresh" / ANA).mkdir(parents=True)
    (store.parent / "fresh" / ANA / "student.yaml").write_text("name: A\n", "utf-8")
    assert saved(store.parent / "fresh") == {"rivera-ana": False}


def test_which_version_came_before_which(store: Path) -> None:
    first = git(store, "rev-parse", "HEAD")
    git(store, "commit", "-q", "--allow-empty", "-m", "second")
    second = git(store, "rev-parse", "HEAD")
    assert descends_from(store, second, first)
    assert descends_from(store, second, second)
    assert not descends_from(store, first, second)
    assert not descends_from(store, second, "f" * 40)
    assert not descends_from(store, second, "--all")
