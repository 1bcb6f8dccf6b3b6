"""`sep receive`: a file from another school is verified to the last byte and taken in with its history (policy: U3)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.source import git_take_in
from tests.cli.test_transfer import ENROLLING, NEXT, PACKAGE
from tests.moving import Kept

IVY = "students/ward-ivy"
STAFF_HERE = (
    "staff:\n"
    "  - {id: principal-hale, name: Ruth Hale, position: Principal, phone: 435-555-0201, email: hale@red.example, "
    "duties: [administration]}\n"
    "  - {id: reyes, name: Luz Reyes, position: Counselor, phone: 435-555-0202, email: luz@red.example, "
    "duties: [counseling]}\n"
)


def next_school(folder: Path) -> Kept:
    """Another school: other staff, one of them with the id of somebody at the small school, no students yet."""
    made = Kept(folder)
    for path in ("students", "groups", "training", "consultations", "inventory", "reports"):
        shutil.rmtree(made.records / path)
    made.write("staff.yaml", STAFF_HERE)
    made.write("courses.yaml", "courses:\n  - {code: ENG-1, title: English, subject: language-arts, credits: 1, "
               "grades: [9, 10, 11, 12]}\n")  # fmt: skip
    made.change("school.yaml", "name: Small School", f"name: {NEXT}")
    made.change("school.yaml", "principal: principal-stone", "principal: principal-hale")
    made.change("school.yaml", "appointed_by: principal-stone", "appointed_by: principal-hale")
    made.git("config", "user.name", "Luz Reyes")
    made.git("config", "user.email", "luz@red.example")
    made.save("begun")
    return made


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the small school hands on of Sam, saved three times."""
    old = Kept(tmp_path_factory.mktemp("old"))
    old.save("the records", on="2026-08-20")
    note = "students/lopez-sam/2026-27/progress/2026-10-02-note.md"
    old.write(note, "---\nby: reyes\ndate: 2026-10-02\n---\nFirst words.\n")
    old.save("note", on="2026-10-02")
    old.write(note, "---\nby: reyes\ndate: 2026-10-02\n---\nSecond words.\n")
    old.save("note again", on="2026-10-03", by="Sun Park <park@school.example>")
    done = old.sep(*ENROLLING)
    assert done.exit_code == 0, done.stderr
    return old.folder / PACKAGE


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return next_school(tmp_path_factory.mktemp("next") / "new")


@pytest.fixture
def school(empty: Kept, tmp_path: Path) -> Kept:
    return empty.copy(tmp_path / "new")


def unchanged(school: Kept, *arguments: str, code: int = 2) -> str:
    """Run a command that is refused, see that nothing at all is changed, and return what was said."""
    before = school.everything()
    done = school.sep(*arguments)
    assert done.exit_code == code, done.stderr
    assert school.everything() == before
    return done.stderr


def test_the_file_is_taken_in_with_its_history(school: Kept, package: Path) -> None:
    before = school.git("rev-parse", "HEAD")
    done = school.sep("receive", str(package), "--yes")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == "students/lopez-sam\n"
    assert "whole and unchanged" in done.stderr
    assert school.git("status", "--porcelain") == ""
    assert school.git("rev-parse", "HEAD^1") == before
    lines = school.git("log", "--format=%ad|%an|%s", "--date=short", "HEAD^2").splitlines()
    said = "A saved version of the student's file"
    assert lines[0].endswith("|Luz Reyes|receive: lopez-sam")
    assert lines[1:] == [f"2026-10-03|Sun Park|{said}", f"2026-10-02|Ben Reyes|{said}", f"2026-08-20|Ben Reyes|{said}"]
    changed = school.git("log", "--format=", "--name-only", "HEAD^2").split()
    assert all(each.startswith("records/students/lopez-sam/") for each in changed)
    assert "First words" in school.git(
        "show", "HEAD^2~2:records/students/lopez-sam/2026-27/progress/2026-10-02-note.md"
    )


def test_taking_in_is_not_taken_back(school: Kept, package: Path) -> None:
    assert school.sep("receive", str(package), "--yes").exit_code == 0
    before = school.git("rev-parse", "HEAD")
    said = unchanged(school, "undo", "--yes")
    assert "took in a file from another school" in said
    assert "`sep expunge`" in said
    assert school.git("rev-parse", "HEAD") == before


def test_what_stands_here_then_is_sound_and_nobody_of_the_other_school_sees_it(school: Kept, package: Path) -> None:
    school.sep("receive", str(package), "--yes")
    done = school.sep("check")
    assert done.exit_code == 0, done.stdout
    student = (school.records / "students/lopez-sam/student.yaml").read_text("utf-8")
    assert "enrolled_on: 2026-11-24\n" in student
    seen = json.loads(school.sep("access", "sam", "--format", "json").stdout)
    assert {each["id"] for each in seen["people"] if each["sees"]} == {"sam-lopez", "rosa-lopez"}
    assert school.sep("build").exit_code == 0
    assert {"sam-lopez", "rosa-lopez"} <= school.people()
    assert not {"park", "reyes-small-school"} & school.people()
    assert b"Second words" in b"".join(school.pages().values())


def test_an_id_that_is_somebody_elses_here_is_changed_in_every_version(school: Kept, package: Path) -> None:
    done = school.sep("receive", str(package), "--yes")
    assert "reyes -> reyes-small-school" in done.stderr
    for version in ("HEAD", "HEAD^2", "HEAD^2~2"):
        names = school.git("ls-tree", "-r", "--name-only", version, "records/students/").split()
        assert "records/students/lopez-sam/participants/reyes.yaml" not in names
        assert "records/students/lopez-sam/participants/reyes-small-school.yaml" in names
        for path in names:
            if path.endswith((".yaml", ".md")):
                text = school.git("show", f"{version}:{path}").replace("reyes-small-school", "")
                assert "reyes" not in text.replace("reyes@school.example", ""), path
    note = "records/students/lopez-sam/2026-27/progress/2026-10-02-note.md"
    assert "by: reyes-small-school\n" in school.git("show", f"HEAD:{note}")


def test_twice_is_once(school: Kept, package: Path) -> None:
    school.sep("receive", str(package), "--yes")
    before = school.everything()
    done = school.sep("receive", str(package), "--yes")
    assert done.exit_code == 0
    assert "Nothing is new" in done.stderr
    after = school.everything()
    assert {path for path in before if before[path] != after[path]} <= {".git/index"}
    assert school.git("status", "--porcelain") == ""


def test_what_was_taken_in_and_taken_out_again_is_not_taken_in_anew(school: Kept, package: Path) -> None:
    """Somebody had a reason; and the history has it still."""
    school.sep("receive", str(package), "--id", "lopez-samuel", "--yes")
    shutil.rmtree(school.records / "students/lopez-samuel")
    school.save("out")
    said = unchanged(school, "receive", str(package))
    assert "taken in before as students/lopez-samuel, and that has been taken out since" in said


def test_a_dry_run_and_a_no_change_nothing(school: Kept, package: Path) -> None:
    before = school.everything()
    done = school.sep("receive", str(package), "--dry-run")
    assert done.exit_code == 0
    assert "Nothing was written." in done.stderr
    assert school.sep("receive", str(package), answers="n\n").exit_code == 130
    assert school.everything() == before


def test_without_a_terminal_nothing_is_taken_in_unasked(school: Kept, package: Path) -> None:
    said = unchanged(school, "receive", str(package))
    assert "Sam" in said
    assert "nobody is here to answer whether to take this file in" in said
    assert "`--yes` takes it in without asking" in said
    done = school.sep("receive", str(package), answers="\n")
    assert done.exit_code == 0, done.stderr


class Killed(BaseException):
    """Stands for the program being ended from outside."""


def test_interrupted_anywhere_the_next_call_does_the_rest(
    empty: Kept, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    moments = [(step, after) for step in ("_put_files", "_let_stand", "note") for after in (False, True)]
    for number, (step, after) in enumerate(moments if long else moments[1:4]):
        school = empty.copy(tmp_path / str(number))
        real = getattr(git_take_in.TakingIn, step)

        def dying(*arguments: object, real: Callable[..., object] = real, after: bool = after) -> None:
            if after:
                real(*arguments)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(git_take_in.TakingIn, step, dying)
            with pytest.raises(Killed):
                school.sep("receive", str(package), "--yes")
        done = school.sep("receive", str(package), "--yes")
        assert done.exit_code == 0, done.stderr
        assert school.git("status", "--porcelain") == "", step
        subjects = school.git("log", "--format=%s", "--first-parent").splitlines()
        assert subjects[0] == "receive: lopez-sam from another school", step
        assert not [each for each in (school.records / "students").iterdir() if each.name.startswith(".")], step


def test_what_stands_unsaved_elsewhere_stays_unsaved(school: Kept, package: Path) -> None:
    school.write("reports/2025-26-parent.md", "unsaved\n")
    school.change("school.yaml", "phone: 435-555-0100", "phone: 435-555-0199")
    assert school.sep("receive", str(package), "--yes").exit_code == 0
    assert school.git("status", "--porcelain").split("\n") == ["M records/school.yaml", "?? records/reports/"]


# --- who is here already ---------------------------------------------------------------------------------------


def test_the_student_is_here_already(school: Kept, package: Path) -> None:
    school.sep("receive", str(package), "--yes")
    school.git("mv", "records/students/lopez-sam", "records/students/lopez-samuel")
    school.git("commit", "-q", "--amend", "-m", "as if written by hand")
    said = unchanged(school, "receive", str(package))
    assert "this student is here already: students/lopez-samuel" in said


def test_the_number_is_somebody_elses(tmp_path: Path, school: Kept, package: Path) -> None:
    school.sep("receive", str(package), "--yes")
    school.git("mv", "records/students/lopez-sam", "records/students/kim-jo")
    school.change("students/kim-jo/student.yaml", "name: Samuel Lopez", "name: Jo Kim")
    school.save("another")
    school.git("commit", "-q", "--amend", "-m", "x")
    school.git("reset", "-q", "--soft", "HEAD~2")
    school.git("commit", "-q", "-m", "another with that number")
    assert "a student with the number 007123 is here already" in unchanged(school, "receive", str(package))


def test_an_id_that_is_taken_can_be_another(school: Kept, package: Path) -> None:
    school.write("students/lopez-sam/2026-27/strengths.md", "---\nby: reyes\ndate: 2026-10-01\n---\nWords.\n")
    assert "the id `lopez-sam` is taken here" in unchanged(school, "receive", str(package))
    school.save("somebody")
    assert "`--id` gives the folder another name" in unchanged(school, "receive", str(package))
    done = school.sep("receive", str(package), "--id", "lopez-sam-2", "--yes")
    assert done.exit_code == 0, done.stderr
    assert (school.records / "students/lopez-sam-2/student.yaml").is_file()
    assert "Nothing is new" in school.sep("receive", str(package), "--id", "lopez-sam-2", "--yes").stderr


def test_a_parent_of_the_same_name_who_is_somebody_else_gets_another_id(school: Kept, package: Path) -> None:
    """Two mothers called Rosa Lopez: neither is shown the other's child (policy: P35)."""
    old = Kept(school.folder.parent / "third")
    own = "students/kim-jo"
    (old.records / "students/ward-ivy").rename(school.records.parent / "ivy")
    shutil.copytree(school.records.parent / "ivy", school.records / own)
    shutil.rmtree(school.records.parent / "ivy")
    for each in (school.records / own / "participants").iterdir():
        if each.stem in ("park", "reyes"):
            each.unlink()
    joan = school.records / own / "participants/joan-ward.yaml"
    joan.rename(joan.with_name("rosa-lopez.yaml"))
    school.change(f"{own}/participants/rosa-lopez.yaml", "name: Joan Ward", "name: Rosa Lopez")
    school.save("another family")
    done = school.sep("receive", str(package), "--yes")
    assert done.exit_code == 0, done.stderr
    assert "rosa-lopez -> rosa-lopez-2" in done.stderr
    assert (school.records / "students/lopez-sam/participants/rosa-lopez-2.yaml").is_file()
    assert "SEP401" not in school.sep("check").stdout
    text = (school.records / "students/lopez-sam/2026-27/objectives/learn-to-weld.yaml").read_text("utf-8")
    assert "suggested_by: rosa-lopez-2\n" in text


def test_git_has_to_know_who_saves(
    school: Kept, package: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    school.git("config", "--unset", "user.name")
    school.git("config", "--unset", "user.email")
    school.git("config", "user.useConfigOnly", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert "who you are" in unchanged(school, "receive", str(package))


def test_two_versions_that_are_being_brought_together_come_first(school: Kept, package: Path) -> None:
    (school.folder / ".git/MERGE_HEAD").write_text(school.git("rev-parse", "HEAD") + "\n")
    assert "two versions of the records are being brought together" in unchanged(school, "receive", str(package))
