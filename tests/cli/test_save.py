"""Saving what was written: told in sentences, asked once, nothing held back and nothing else taken along."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from site_builder.cli.setting_up import ATTRIBUTES
from site_builder.source.git import Plumbing
from site_builder.source.git_save import Saving
from tests.cli.small_school import SCHOOL
from tests.cli.two_desks import OBJECTIVE, Desk, one_desk

NOTE = "students/lopez-sam/2026-27/progress/2026-11-20-second-book.md"
WORDS = "---\nby: park\ndate: 2026-11-20\nobjective: read-more\n---\nHe likes Quetzalword best.\n"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return one_desk(tmp_path_factory.mktemp("begun")).folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Desk:
    shutil.copytree(begun, tmp_path / "school")
    return Desk(tmp_path / "school", "Rae Lee")


def test_what_changed_is_told_in_sentences_and_asked_about_once(desk: Desk) -> None:
    """Task 10."""
    desk.write(NOTE, WORDS)
    desk.change(OBJECTIVE, "status: on-track", "status: needs-help")
    before = desk.head()
    no = desk.sep("save", keys="n\n")
    assert no.exit_code == 130
    assert desk.head() == before
    done = desk.sep("save", keys="\n")
    assert done.exit_code == 0, done.stderr
    assert "Samuel Lopez" in done.stderr
    assert "on track → needs help" in done.stderr
    assert done.stderr.count("Save 2 changed files") == 1
    assert done.stdout.startswith("saved ")
    assert desk.state() == ""
    assert desk.git("show", f"HEAD:records/{NOTE}") == WORDS.strip()


def test_the_message_of_a_save_holds_ids_and_no_word(desk: Desk) -> None:
    desk.write(NOTE, WORDS)
    desk.change(OBJECTIVE, "Read one book a month", "Xylophoneword")
    desk.save()
    told = desk.git("log", "-1", "--format=%B")
    assert "lopez-sam: objective 2026-27/read-more changed (statement)" in told
    for word in ("Quetzalword", "Xylophoneword", "Samuel", "book a month"):
        assert word not in told


def test_nothing_to_save_says_so(desk: Desk) -> None:
    before = desk.head()
    done = desk.sep("save", "--yes")
    assert done.exit_code == 0
    assert "Nothing to save" in done.stderr
    assert desk.head() == before


def test_errors_are_told_and_hold_nothing_back(desk: Desk) -> None:
    desk.change(OBJECTIVE, "status: on-track", "status: ontrack")
    before = desk.head()
    alone = desk.sep("save", "--yes")
    assert alone.exit_code == 1
    assert "error[SEP123]" in alone.stderr
    assert "--draft" in alone.stderr
    assert desk.head() == before
    assert desk.sep("save", keys="y\n").exit_code == 0
    assert desk.git("log", "-1", "--format=%s").startswith("draft: ")
    desk.change(OBJECTIVE, "status: ontrack", "status: [")
    assert desk.sep("save", "--draft", "--yes").exit_code == 0
    assert desk.state() == ""


def test_a_school_file_that_cannot_be_read_is_saved_too(desk: Desk) -> None:
    desk.write("school.yaml", "name: [\n")
    assert desk.sep("save", "--draft", "--yes").exit_code == 0
    assert desk.git("show", "HEAD:records/school.yaml") == "name: ["


def test_without_anybody_to_answer_a_flag_answers(desk: Desk) -> None:
    desk.write(NOTE, WORDS)
    done = desk.sep("save")
    assert done.exit_code == 2
    assert "--yes" in done.stderr
    assert "progress note" in desk.sep("save", "--dry-run").stderr
    assert desk.state().startswith("??")


def test_only_the_records_are_saved(desk: Desk) -> None:
    (desk.folder / "letter.txt").write_text("mine", encoding="utf-8")
    (desk.folder / ".gitignore").write_text("*.tmp\n", encoding="utf-8")
    desk.git("add", "letter.txt")
    desk.write("notes.txt", "no record")
    desk.write("students/lopez-sam/2026-27/documents/half.tmp", "x")
    desk.write(NOTE, WORDS)
    done = desk.sep("save", "--yes")
    assert "not saved: notes.txt" in done.stderr
    assert desk.git("show", "--name-only", "--format=", "HEAD") == f"records/{NOTE}"
    assert desk.state().splitlines()[0] == "A  letter.txt"
    assert desk.sep("save", "--yes", "--all").exit_code == 0
    assert desk.git("show", "--name-only", "--format=", "HEAD") == "records/notes.txt"


def test_settings_that_sep_wrote_are_saved_along_and_nobody_elses(desk: Desk) -> None:
    own = desk.folder / ".vscode/settings.json"
    own.parent.mkdir(exist_ok=True)
    own.write_text('{"editor.fontSize": 20}\n', encoding="utf-8")
    assert "Nothing to save" in desk.sep("save", "--yes").stderr
    own.unlink()
    assert desk.sep("editor", "--settings").exit_code == 0
    told = desk.sep("save", "--dry-run")
    assert "Settings that every copy of the store has: .vscode/settings.json" in told.stderr
    done = desk.sep("save", "--yes")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.endswith(": settings changed\n")
    assert desk.git("show", "--name-only", "--format=", "HEAD") == ".vscode/settings.json"
    assert desk.state() == ""
    assert "Nothing to save" in desk.sep("save", "--yes").stderr
    own.write_bytes(own.read_bytes().replace(b"\n", b"\r\n"))
    assert "Nothing to save" in desk.sep("save", "--yes").stderr
    own.write_text('{"editor.fontSize": 20}\n', encoding="utf-8")
    desk.write(NOTE, WORDS)
    assert desk.sep("save", "--yes").exit_code == 0
    assert desk.state() == ""
    names = desk.git("show", "--name-only", "--format=", "HEAD").splitlines()
    assert names == [".vscode/settings.json", f"records/{NOTE}"]


def test_settings_that_are_gone_are_told_and_let_go_of_only_when_somebody_says_so(desk: Desk) -> None:
    saved = [".gitattributes", "records/.gitignore"]
    for each in saved:
        (desk.folder / each).write_text("records/** merge=sep\n", encoding="utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "settings", "--no-verify")
    for each in saved:
        (desk.folder / each).unlink()
    before = desk.head()
    told = desk.sep("save", "--yes").stderr
    for each in saved:
        assert f"not saved: {each} is gone here" in told
        assert f"git restore :/{each}" in told
    desk.write(NOTE, WORDS)
    assert desk.sep("save", "--yes").exit_code == 0
    assert desk.git("diff", "--name-only", before, "HEAD") == f"records/{NOTE}"
    desk.git("restore", f":/{saved[0]}")
    desk.git("update-index", "--skip-worktree", saved[1])
    assert "gone here" not in desk.sep("save", "--yes").stderr
    desk.git("update-index", "--no-skip-worktree", saved[1])
    assert f"{saved[1]} (gone)" in desk.sep("save", "--all", "--dry-run").stderr
    assert desk.sep("save", "--all", "--yes").exit_code == 0
    assert desk.git("show", "--name-status", "--format=", "HEAD") == f"D\t{saved[1]}"
    assert desk.state() == ""


def test_settings_of_a_store_that_is_the_whole_repository_are_saved_too(tmp_path: Path) -> None:
    school = tmp_path / "store"
    shutil.copytree(SCHOOL, school)
    desk = Desk(school, "Rae Lee")
    desk.records = school
    desk.git("init", "-q", "-b", "main")
    desk.git("config", "user.name", "Rae Lee")
    desk.git("config", "user.email", "rae@school.example")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "begun")
    (school / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
    (school / ".gitignore").write_text("*.tmp\n", encoding="utf-8")
    (school / ".vscode").mkdir()
    assert desk.sep("editor", "--settings").exit_code == 0
    assert desk.sep("save", "--yes").exit_code == 0
    names = desk.git("show", "--name-only", "--format=", "HEAD").splitlines()
    assert names == [".gitattributes", ".vscode/settings.json"]
    assert desk.state() == "?? .gitignore"


def test_settings_behind_a_link_or_left_to_one_computer_are_not_saved(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/settings.json").write_text('"./.vscode/sep/plan.schema.json"', encoding="utf-8")
    try:
        (desk.folder / ".vscode").symlink_to(tmp_path / "own", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    assert "Nothing to save" in desk.sep("save", "--yes").stderr
    (desk.folder / ".vscode").unlink()
    shutil.copytree(tmp_path / "own", desk.folder / ".vscode")
    (desk.folder / ".git/info").mkdir(exist_ok=True)
    (desk.folder / ".git/info/exclude").write_text(".vscode\n", encoding="utf-8")
    assert "Nothing to save" in desk.sep("save", "--yes").stderr


def test_a_link_is_told_and_a_file_behind_it_is_not_taken_for_gone(desk: Desk) -> None:
    folder = desk.records / "students/ward-ivy"
    folder.rename(desk.folder / "elsewhere")
    try:
        folder.symlink_to(desk.folder / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    done = desk.sep("save", "--yes")
    assert "not saved: students/ward-ivy is a link" in done.stderr
    assert "Nothing to save" in done.stderr


def test_what_goes_and_what_comes_is_saved_whole(desk: Desk) -> None:
    (desk.records / OBJECTIVE).unlink()
    large = "# " + "x" * 400_000 + "\n" + WORDS
    desk.write(NOTE, large)
    picture = desk.records / "students/lopez-sam/2026-27/documents/two.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\r\n")
    assert desk.sep("save", "--draft", "--yes").exit_code == 0
    assert desk.git("show", f"HEAD:records/{NOTE}") == large.strip()
    assert desk.state() == ""
    assert desk.git("cat-file", "-s", "HEAD:records/students/lopez-sam/2026-27/documents/two.png") == "10"
    assert OBJECTIVE not in desk.git("ls-tree", "-r", "--name-only", "HEAD")


def test_line_ends_of_windows_are_no_change(desk: Desk) -> None:
    desk.write(OBJECTIVE, desk.read(OBJECTIVE).replace("\n", "\r\n"))
    (desk.records / OBJECTIVE).write_bytes(desk.read(OBJECTIVE).replace("\n", "\r\n").encode())
    assert "Nothing to save" in desk.sep("save", "--yes").stderr
    content = (desk.records / OBJECTIVE).read_bytes().replace(b"on-track", b"met")
    (desk.records / OBJECTIVE).write_bytes(content)
    desk.save()
    assert b"\r" not in desk.git("show", f"HEAD:records/{OBJECTIVE}").encode()
    assert (desk.records / OBJECTIVE).read_bytes() == content


def test_many_new_files_at_once(desk: Desk) -> None:
    for number in range(60):
        desk.write(f"students/lopez-sam/2026-27/progress/2026-11-20-{number:02}-note.md", WORDS)
    desk.save()
    assert desk.state() == ""
    assert len(desk.git("show", "--name-only", "--format=", "HEAD").splitlines()) == 60


def test_a_part_of_the_store_that_was_left_out_on_purpose_is_not_taken_for_gone(desk: Desk) -> None:
    path = "records/students/ward-ivy/student.yaml"
    desk.git("update-index", "--skip-worktree", path)
    (desk.folder / path).unlink()
    assert "Nothing to save" in desk.sep("save", "--yes").stderr


def test_somebody_who_saves_at_the_same_time_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(NOTE, WORDS)
    stage = Saving.stage

    def meanwhile(self: Saving, files: dict[str, bytes | None]) -> None:
        desk.git("commit", "-q", "--allow-empty", "-m", "quicker", "--no-verify")
        stage(self, files)

    monkeypatch.setattr(Saving, "stage", meanwhile)
    done = desk.sep("save", "--yes")
    assert done.exit_code == 2
    assert "at the same time" in done.stderr
    monkeypatch.undo()
    assert desk.git("log", "-1", "--format=%s") == "quicker"
    assert desk.save()
    (desk.folder / ".git/index.lock").touch()
    desk.write(NOTE, WORDS + "More.\n")
    locked = desk.sep("save", "--yes")
    assert locked.exit_code == 2
    assert "another program is saving" in locked.stderr


@pytest.mark.parametrize("step", range(8))
def test_stopped_at_any_step_the_words_stand_and_the_next_save_holds_them(
    desk: Desk, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write(NOTE, WORDS)
    calls = iter(range(100))
    run = Plumbing._run
    writing = {"hash-object", "update-index", "read-tree", "write-tree", "commit-tree", "update-ref"}

    def stopping(self: Plumbing, command: str, *arguments: str, **how: object) -> bytes:
        if command in writing and next(calls) == step:
            raise KeyboardInterrupt
        return run(self, command, *arguments, **how)

    monkeypatch.setattr(Plumbing, "_run", stopping)
    stopped = desk.sep("save", "--yes")
    monkeypatch.undo()
    assert stopped.exit_code == (130 if step < 7 else 0)
    assert desk.read(NOTE) == WORDS
    assert desk.sep("save", "--yes").exit_code == 0
    assert desk.git("show", f"HEAD:records/{NOTE}") == WORDS.strip()
    assert desk.state() == ""


def test_git_must_know_who_saves(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.git("config", "--unset", "user.email")
    monkeypatch.setenv("HOME", str(desk.folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(desk.folder))
    desk.write(NOTE, WORDS)
    done = desk.sep("save", "--yes")
    assert done.exit_code == 2
    assert "user.email" in done.stderr


def test_an_earlier_version_that_is_looked_up_is_not_saved_on(desk: Desk) -> None:
    desk.git("checkout", "-q", "--detach")
    desk.write(NOTE, WORDS)
    done = desk.sep("save", "--yes")
    assert done.exit_code == 2
    assert "earlier version" in done.stderr


def test_without_a_repository_the_way_out_is_told(desk: Desk) -> None:
    (desk.folder / ".git").rename(desk.folder / "kept-elsewhere")
    done = desk.sep("save", "--yes")
    assert done.exit_code == 2
    assert "git" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the hook is run by git's own shell there")
def test_the_hook_looks_at_what_is_to_be_saved_in_plain_letters(desk: Desk) -> None:
    desk.change(OBJECTIVE, "Read one book a month", "Léa reads")
    desk.change(OBJECTIVE, "status: on-track", "status: “ontrack”")
    refused = desk.git("commit", "-qam", "x", fails=True)
    assert refused.isascii()
    assert "students/lopez-sam/2026-27/objectives/read-more.yaml:3:9: error[SEP123]" in refused
    assert "sep save --draft" in refused
    desk.git("commit", "-qam", "anyway", "--no-verify")
    desk.change(OBJECTIVE, "status: “ontrack”", "status: met")
    desk.git("commit", "-qam", "right again")
    desk.write("school.yaml", "name: [\n")
    without = {"PATH": "/usr/bin:/bin"}
    desk.git("commit", "-qam", "without sep", env=without)
    assert desk.git("log", "-1", "--format=%s") == "without sep"
