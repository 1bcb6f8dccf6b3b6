"""Saving a version: those files alone, on top of the last one, and no program of the repository's is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from site_builder.base.errors import WrongUse
from site_builder.source.git_save import Saving


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "school" / "records"
    folder.mkdir(parents=True)
    (folder / "school.yaml").write_text("format: 1\n", "utf-8")
    git(folder.parent, "init", "-q")
    git(folder.parent, "config", "user.name", "Rae")
    git(folder.parent, "config", "user.email", "rae@school.example")
    git(folder.parent, "add", "records")
    git(folder.parent, "commit", "-q", "-m", "start")
    return folder


def test_only_the_named_files_are_saved(store: Path) -> None:
    (store / "school.yaml").write_text("format: 1\n# unsaved\n", "utf-8")
    (store / "other.yaml").write_text("a: 1\n", "utf-8")
    git(store, "add", "other.yaml")
    made = Saving(store).save({"new/a.yaml": b"a: 1\n"}, "two words")
    assert git(store, "rev-parse", "HEAD") == made
    assert git(store, "log", "-1", "--format=%an|%s|%P") == f"Rae|two words|{git(store, 'rev-parse', 'HEAD~1')}"
    assert git(store, "show", "--name-only", "--format=", "HEAD") == "records/new/a.yaml"
    (store / "new").mkdir()
    (store / "new/a.yaml").write_text("a: 1\n", "utf-8")
    assert git(store, "status", "--porcelain").split("\n") == ["A  records/other.yaml", " M records/school.yaml"]


def test_the_first_version_of_all(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Rae")
    git(tmp_path, "config", "user.email", "rae@school.example")
    saving = Saving(tmp_path)
    assert saving.keeps("school.yaml")
    assert saving.unsaved({"school.yaml": b"x"}) == ()
    saving.save({"school.yaml": b"format: 1\n"}, "first")
    assert git(tmp_path, "show", "HEAD:school.yaml") == "format: 1"
    assert saving.keeps("school.yaml")
    assert not saving.keeps("staff.yaml")


def test_what_differs_from_the_last_version_is_told(store: Path) -> None:
    saving = Saving(store)
    assert saving.unsaved({"school.yaml": b"format: 1\n"}) == ()
    assert saving.unsaved({"school.yaml": b"format: 1\r\n"}) == ()
    assert saving.unsaved({"school.yaml": b"format: 2\n"}) == ("school.yaml",)
    assert saving.unsaved({"never.yaml": b"a\n"}) == ("never.yaml",)


def test_line_ends_are_saved_as_they_were(store: Path) -> None:
    Saving(store).save({"school.yaml": b"format: 1\r\nname: x\r\n"}, "windows")
    shown = subprocess.run(["git", "show", "HEAD:records/school.yaml"], cwd=store, capture_output=True, check=True)
    assert shown.stdout == b"format: 1\nname: x\n"


@pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")
def test_nothing_of_the_repositorys_is_run(store: Path, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    trap = f"touch '{sprung}'; cat"
    (store.parent / ".gitattributes").write_text("*.yaml filter=evil\n", "utf-8")
    for key, value in (
        ("filter.evil.clean", trap),
        ("filter.evil.process", trap),
        ("core.fsmonitor", f"{trap};"),
        ("core.editor", trap),
        ("commit.gpgsign", "true"),
        ("gpg.program", str(tmp_path / "gpg")),
        ("core.hooksPath", str(tmp_path / "hooks")),
    ):
        git(store, "config", key, value)
    (tmp_path / "hooks").mkdir()
    for name in (
        "hooks/pre-commit",
        "hooks/post-commit",
        "hooks/reference-transaction",
        "hooks/post-index-change",
        "gpg",
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{trap}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    saving = Saving(store)
    saving.identity()
    saving.unsaved({"school.yaml": b"format: 1\n"})
    saving.save({"school.yaml": b"format: 1\nname: x\n"}, "x")
    assert not sprung.exists()
    assert git(store, "cat-file", "-p", "HEAD:records/school.yaml") == "format: 1\nname: x"


def test_variables_of_git_lead_nowhere_else(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    made = Saving(store).save({"a.yaml": b"a: 1\n"}, "x")
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert git(store, "rev-parse", "HEAD") == made


def test_git_must_know_who_saves(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(store, "config", "--unset", "user.name")
    git(store, "config", "--unset", "user.email")
    git(store, "config", "user.useConfigOnly", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(WrongUse, match="who you are") as caught:
        Saving(store).identity()
    assert "user.name" in caught.value.way_out


def test_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="no saved versions"):
        Saving(tmp_path)
