"""`sep expunge`: out of every version for good, a backup first and a look through everything last (policy: P38)."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli.commands import expunge
from site_builder.source.git_rewrite import Rewriting
from tests.moving import Kept, objects

SAM, IVY = "students/lopez-sam", "students/ward-ivy"
LETTER = b"%PDF-1.4 LETTERWORD\n%%EOF\n"
EARLIER = b"%PDF-1.4 EARLIERWORD\n%%EOF\n"
DESCRIBED = "file: bus-pass.pdf\ntitle: The TITLEWORD paper\ndate: 2026-09-02\nlevel: open\nkind: letter\n"
WORDS = (b"LETTERWORD", b"EARLIERWORD", b"TITLEWORD", b"bus-pass", b"CONSENTWORD")
DOCUMENT = ("expunge", "sam", "bus-pass", "--yes")
STUDENT = ("expunge", "sam", "--yes", "--reason", "Entered by mistake; he never enrolled here")


def paper(school: Kept, content: bytes) -> None:
    folder = school.records / SAM / "2026-27/documents"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bus-pass.pdf").write_bytes(content)
    (folder / "bus-pass.yaml").write_text(DESCRIBED, "utf-8")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A school in whose history a paper stands everywhere that something can stand."""
    made = Kept(tmp_path_factory.mktemp("first") / "school")
    (made.records / SAM).rename(made.records / "students/lopez-samuel")
    made.save("begun", on="2026-09-01")
    made.git("mv", "records/students/lopez-samuel", f"records/{SAM}")
    paper(made, EARLIER)
    made.write(
        f"{SAM}/consents/2026-09-10-pass.yaml",
        "document: 2026-27/bus-pass\nsigner: rosa-lopez\ncapacity: affected-party\npurpose: CONSENTWORD\n"
        f"recipients: [parent]\nsigned_on: 2026-09-10\nmethod: paper\nsha256: {'0' * 64}\n",
    )
    made.save("save: lopez-sam 2026-27/bus-pass", on="2026-09-02")
    paper(made, LETTER)
    made.write(f"{IVY}/2026-27/progress/2026-10-02-note.md", "---\nby: park\ndate: 2026-10-02\n---\nIVYWORD\n")
    made.save("lopez-sam: the bus-pass again, for ward-ivy too", on="2026-09-03")
    made.git("tag", "-a", "-m", "with the bus-pass", "term")
    made.git("notes", "add", "-m", "SEEN")
    made.git("branch", "elsewhere")
    for number in range(2):  # two stashes, the older one alone in a list of git's
        paper(made, LETTER + b"%d" % number)
        made.write("staff-notes.md", f"{number}")
        made.git("stash", "-q", "-u")
    (made.folder / ".git/ORIG_HEAD").write_text(made.git("rev-parse", "HEAD") + "\n")
    (made.folder / ".git/COMMIT_EDITMSG").write_text("about the bus-pass\n")
    kept = made.folder / ".git/sep/kept"  # what `sep resolve` has kept of words between two versions
    for path, words in ((f"{SAM}/2026-27/documents/bus-pass.yaml", DESCRIBED), (f"{IVY}/student.yaml", "IVYKEPT")):
        (kept / "1" / path).parent.mkdir(parents=True)
        (kept / "1" / path).write_text(words, "utf-8")
    return made


@pytest.fixture
def school(first: Kept, tmp_path: Path) -> Kept:
    return first.copy(tmp_path / "school")


def holding(school: Kept, *needles: bytes) -> list[str]:
    """Return what of git's own holds one of the words: objects, also those that nothing names, and files."""
    every = objects(school.folder)
    found = [f"{kind} {name}" for name, (kind, content) in every.items() if any(each in content for each in needles)]
    files = (each for each in (school.folder / ".git").rglob("*") if each.is_file())
    own = [each for each in files if "objects" not in each.relative_to(school.folder / ".git").parts[:1]]
    return found + [str(each) for each in own if any(needle in each.read_bytes() for needle in needles)]


def tree(school: Kept, version: str = "HEAD") -> dict[str, str]:
    lines = school.git("ls-tree", "-r", version).splitlines()
    return {line.partition("\t")[2]: line.split()[2] for line in lines}


def run(school: Kept, *arguments: str) -> str:
    done = school.sep(*arguments)
    assert done.exit_code == 0, done.stderr + done.stdout
    return done.stdout + done.stderr


def backup_of(school: Kept) -> Path:
    (made,) = (school.settings / "backups").iterdir()
    return made


def test_a_document_is_gone_from_everything(school: Kept) -> None:
    assert len(holding(school, *WORDS)) > 10
    before = tree(school)
    told = run(school, *DOCUMENT)
    kept = [each.name for each in sorted((school.folder / ".git/sep/kept/1/students").rglob("*"))]
    assert kept == ["ward-ivy", "student.yaml"]
    assert holding(school, *WORDS) == []
    after = tree(school)
    gone = {path for path in before if "bus-pass" in path or path.endswith("2026-09-10-pass.yaml")}
    assert after == {path: blob for path, blob in before.items() if path not in gone}
    assert school.git("status", "--porcelain") == ""
    assert school.git("fsck", "--full") == ""
    assert not (school.records / SAM / "2026-27/documents/bus-pass.pdf").exists()
    assert "is in no version, log, list, stash or message any more" in told
    assert run(school, "check")


def test_what_is_others_stays_in_every_version_and_under_every_name(school: Kept) -> None:
    subjects = school.git("log", "--format=%s|%an|%ad").splitlines()
    run(school, *DOCUMENT)
    assert school.git("log", "--format=%s|%an|%ad").splitlines() == [
        each.replace("2026-27/bus-pass", "[taken out]").replace("bus-pass", "[taken out]") for each in subjects
    ]
    assert set(school.git("for-each-ref", "--format=%(refname)").split()) == {
        "refs/heads/main", "refs/heads/elsewhere", "refs/tags/term", "refs/notes/commits", "refs/stash",
    }  # fmt: skip
    assert "IVYWORD" in school.git("show", f"elsewhere:records/{IVY}/2026-27/progress/2026-10-02-note.md")
    assert len(school.git("stash", "list").splitlines()) == 2
    assert [school.git("show", f"stash@{{{each}}}^3:records/staff-notes.md") for each in (0, 1)] == ["1", "0"]
    assert school.git("tag", "-n", "term").endswith("with the [taken out]")


def test_a_student_is_gone_with_every_folder_and_every_word_about_it(school: Kept) -> None:
    assert school.sep("build").exit_code == 0
    told = run(school, *STUDENT)
    names = (b"lopez-sam", b"Lopez", b"007123", b"sam-lopez", *WORDS[:3], WORDS[4])
    assert holding(school, *names) == []
    assert not (school.records / SAM).exists()
    assert set(tree(school)) == {path for path in tree(school) if SAM not in path}
    assert any(path.startswith(f"records/{IVY}/") for path in tree(school))
    assert "Pages that hold or name it, in build" in told
    (record,) = (school.settings / "expunged").iterdir()
    line = json.loads(record.read_text("utf-8"))
    assert (line["student"], line["reason"]) == ("lopez-sam", "Entered by mistake; he never enrolled here")
    assert record.stat().st_mode & 0o777 == 0o600
    assert "rosa-lopez: pages" in told
    run(school, "check")


def test_the_backup_brings_everything_back(school: Kept, tmp_path: Path) -> None:
    before, stash = school.git("rev-parse", "HEAD"), school.git("rev-parse", "stash@{1}")
    run(school, *DOCUMENT)
    made = backup_of(school)
    assert made.stat().st_mode & 0o777 == 0o600
    subprocess.run(["git", "clone", "-q", "--mirror", str(made), str(tmp_path / "back")], check=True)
    heads = subprocess.run(["git", "show-ref"], cwd=tmp_path / "back", capture_output=True, check=True).stdout.decode()
    assert f"{before} refs/heads/main" in heads
    assert stash in heads
    back = subprocess.run(
        ["git", "show", f"{before}:records/{SAM}/2026-27/documents/bus-pass.pdf"],
        cwd=tmp_path / "back", capture_output=True, check=True,
    )  # fmt: skip
    assert back.stdout == LETTER


# --- refused, and nothing changed ------------------------------------------------------------------------------


def refused(school: Kept, *arguments: str, code: int = 2) -> str:
    before = school.everything()
    done = school.sep(*arguments)
    assert done.exit_code == code, done.stderr
    assert school.everything() == before
    return done.stderr


def test_what_the_school_must_keep_needs_a_reason(school: Kept) -> None:
    assert "grades, enrollment and test results" in refused(school, "expunge", "sam", "--yes", code=3)
    for kind, told in (("transcript", "`transcript`"), ("assessment", "`assessment`"), ("", "says no kind")):
        said = f"kind: {kind}\n" if kind else ""
        school.write(f"{SAM}/2026-27/documents/bus-pass.yaml", DESCRIBED.replace("kind: letter\n", said))
        school.save("kind")
        assert told in refused(school, *DOCUMENT, code=3)
        school.git("reset", "-q", "--hard", "HEAD~1")
    school.write(f"{SAM}/2026-27/documents/bus-pass.yaml", DESCRIBED.replace("kind: letter", "kind: transcript"))
    school.save("kind")
    run(school, *DOCUMENT, "--reason", "A correction was granted on 2026-11-20")
    assert holding(school, *WORDS) == []


@pytest.mark.parametrize("path", [f"{SAM}/2026-27/documents/bus-pass.yaml", f"{IVY}/student.yaml", "school.yaml"])
def test_unsaved_changes_come_first(path: str, school: Kept) -> None:
    with (school.records / path).open("a") as file:
        file.write("# unsaved\n")
    assert path in refused(school, *DOCUMENT)


def test_new_files_and_what_is_marked_come_first(school: Kept) -> None:
    school.write(f"{SAM}/2026-27/progress/2026-10-09-new.md", "---\nby: park\ndate: 2026-10-01\n---\nNew.\n")
    assert "2026-10-09-new.md" in refused(school, *DOCUMENT)
    (school.records / SAM / "2026-27/progress/2026-10-09-new.md").unlink()
    (school.folder / "readme.md").write_text("x")
    school.git("add", "readme.md")
    assert "marked to be saved" in refused(school, *DOCUMENT)


def test_where_versions_lie_elsewhere_nothing_would_be_gone(school: Kept, tmp_path: Path) -> None:
    school.git("worktree", "add", "-q", str(tmp_path / "second"), "elsewhere")
    assert "several work folders" in refused(school, *DOCUMENT)
    school.git("worktree", "remove", "--force", str(tmp_path / "second"))
    for given, told in ((["--depth", "1"], "lacks the older versions"), (["--shared"], "borrows from another one")):
        other = Kept(tmp_path / given[0].strip("-"))
        shutil.rmtree(other.folder)
        subprocess.run(
            ["git", "clone", "-q", *given, f"file://{school.folder}" if "--depth" in given else str(school.folder),
             str(other.folder)], check=True,
        )  # fmt: skip
        assert told in refused(other, *DOCUMENT)


def test_somebody_has_to_mean_it(school: Kept) -> None:
    assert "`--yes` says that it is meant" in refused(school, "expunge", "sam", "bus-pass")
    before = school.everything()
    for answer in ("", "y\n", "bus-pass\n"):
        assert school.sep("expunge", "sam", "bus-pass", answers=answer).exit_code == 130
    assert school.everything() == before
    assert school.sep("expunge", "sam", "bus-pass", answers="2026-27/bus-pass\n").exit_code == 0


def test_a_dry_run_changes_nothing_and_tells_all(school: Kept) -> None:
    before = school.everything()
    told = run(school, "expunge", "sam", "bus-pass", "--dry-run")
    assert school.everything() == before
    assert "students/lopez-sam/2026-27/documents/bus-pass.pdf" in told
    assert "Every other copy of the records brings it back" in told


def test_without_git_filter_repo(school: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "git_filter_repo" else real(name))
    assert "pip install 'sepfile[expunge]'" in refused(school, *DOCUMENT, code=4)


@pytest.mark.parametrize("place", ["records/back.bundle", ".git/back.bundle", "back.bundle", "build/back.bundle"])
def test_the_backup_lies_outside(place: str, school: Kept) -> None:
    assert "the backup is not kept in the records" in refused(school, *DOCUMENT, "--backup", place, code=3)


def test_a_backup_that_cannot_be_written_stops_it(school: Kept, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "the backup cannot be written" in refused(school, *DOCUMENT, "--backup", str(tmp_path / "file/a"), code=4)
    assert "stands already" in refused(school, *DOCUMENT, "--backup", str(tmp_path / "file"))


# --- interrupted -----------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for the program being ended from outside."""


MOMENTS = [
    (owner, step, after)
    for owner, step in (
        (Rewriting, "rewrite"),
        (Rewriting, "settle"),
        (expunge, "take_files_away"),
        (expunge, "look_through"),
    )
    for after in (False, True)
]


def test_interrupted_anywhere_the_next_call_finishes(
    first: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    for number, (owner, step, after) in enumerate(MOMENTS if long else MOMENTS[1::4]):
        school = first.copy(tmp_path / str(number))
        real = getattr(owner, step)

        def dying(*arguments: object, real: Callable[..., object] = real, after: bool = after, **more: object) -> None:
            if after:
                real(*arguments, **more)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(owner, step, dying)
            with pytest.raises(Killed):
                school.sep(*DOCUMENT)
        told = run(school, *DOCUMENT)
        assert "An earlier run was interrupted" in told, step
        assert holding(school, *WORDS) == [], step
        assert school.git("status", "--porcelain") == "", step
        assert school.git("fsck", "--full") == "", step
        assert len(school.git("stash", "list").splitlines()) == 2, step
        assert backup_of(school).is_file(), step
        assert not (school.folder / ".git/sep-expunge.json").exists(), step


def test_a_rewriting_that_stops_half_way_is_finished(school: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """One branch has the new versions and the others the old, as when the power goes."""
    head = school.git("rev-parse", "elsewhere")
    with monkeypatch.context() as patch:
        patch.setattr(expunge, "take_files_away", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            school.sep(*DOCUMENT)
    school.git("update-ref", "refs/heads/elsewhere", head)
    run(school, *DOCUMENT)
    assert holding(school, *WORDS) == []


# --- what only earlier versions hold ----------------------------------------------------------------------------


def test_a_document_that_was_deleted_and_saved_is_still_found(school: Kept) -> None:
    for name in ("documents/bus-pass.pdf", "documents/bus-pass.yaml"):
        (school.records / SAM / "2026-27" / name).unlink()
    (school.records / SAM / "consents/2026-09-10-pass.yaml").unlink()
    school.save("deleted, which takes nothing out of the history")
    assert holding(school, *WORDS)
    for called in ("bus-pass", "2026-27/bus-pass", "bus-pass.pdf", "The TITLEWORD paper"):
        assert f"records/{SAM}/2026-27/documents/bus-pass.pdf" in run(school, "expunge", "sam", called, "--dry-run")
    run(school, *DOCUMENT)
    assert holding(school, *WORDS) == []


def test_a_save_that_names_a_consent_by_the_id_of_the_document(school: Kept) -> None:
    school.write("staff-notes.md", "more")
    school.save("lopez-sam: consent 2026-09-11-bus-pass-family added")
    run(school, *DOCUMENT)
    assert holding(school, *WORDS) == []
    assert "lopez-sam: consent 2026-09-11-" in school.git("log", "-1", "--format=%s")


def test_a_paper_that_was_never_described(school: Kept) -> None:
    (school.records / SAM / "2026-27/documents/scan.pdf").write_bytes(b"%PDF-1.4 SCANWORD\n%%EOF\n")
    school.save("scan")
    assert "says no kind" in refused(school, "expunge", "sam", "scan.pdf", "--yes", code=3)
    run(school, "expunge", "sam", "scan.pdf", "--yes", "--reason", "It is somebody else's")
    assert holding(school, b"SCANWORD") == []
    assert holding(school, b"LETTERWORD")


def test_a_student_whose_folder_was_deleted_is_still_found(school: Kept) -> None:
    shutil.rmtree(school.records / SAM)
    school.save("deleted")
    why = ("--reason", "Entered by mistake")
    for called in ("007123", "Samuel Lopez"):
        assert "students/lopez-sam/" in run(school, "expunge", called, *why, "--dry-run")
    run(school, "expunge", "lopez-sam", "--yes", *why)
    assert holding(school, b"lopez-sam", b"Lopez", b"007123") == []
    assert any(path.startswith(f"records/{IVY}/") for path in tree(school))


# --- what it cannot take out is told ---------------------------------------------------------------------------


def test_words_elsewhere_are_told_and_left_alone(school: Kept) -> None:
    path = f"{SAM}/2026-27/progress/2026-10-08-note.md"
    school.write(path, "---\nby: park\ndate: 2026-10-08\n---\nThe bus-pass came.\n")
    school.save("note")
    told = run(school, *DOCUMENT)
    assert "It is still spoken of" in told
    assert f"records/{path}" in told
    assert "bus-pass came" in (school.records / path).read_text("utf-8")


def test_the_same_paper_in_another_file_stays_and_is_told(school: Kept) -> None:
    copy = school.records / IVY / "2026-27/documents/other.pdf"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(LETTER)
    school.save("copy")
    told = run(school, *DOCUMENT)
    assert f"the very same content also stands in records/{IVY}/2026-27/documents/other.pdf" in told
    assert copy.read_bytes() == LETTER


def test_a_branch_that_is_named_after_it_is_left_and_told(school: Kept) -> None:
    school.git("branch", "bus-pass")
    done = school.sep(*DOCUMENT)
    assert done.exit_code == 1
    assert "NOT everything is gone" in done.stderr
    assert done.stdout == "the name refs/heads/bus-pass\n"
    school.git("branch", "-q", "-m", "bus-pass", "renamed")
    assert "gone: lopez-sam/2026-27/bus-pass" in run(school, *DOCUMENT)


def test_another_student_who_once_had_the_folder_is_told(school: Kept) -> None:
    text = (school.records / SAM / "student.yaml").read_text("utf-8")
    other = text.replace("007123", "009999").replace("2011-03-04", "2007-01-09")
    school.write(f"{SAM}/student.yaml", other)
    school.save("another")
    school.write(f"{SAM}/student.yaml", text)
    school.save("this one again")
    assert "another student's file stood in" in run(school, "expunge", "sam", "--reason", "x", "--dry-run")


def test_places_to_which_it_was_joined_are_told(school: Kept) -> None:
    school.git("remote", "add", "origin", "https://user:SECRET@git.example/records")
    told = run(school, *DOCUMENT)
    assert "Places to which this copy was joined: origin" in told
    assert "SECRET" not in told


def test_printed_binders_are_named_and_the_memory_of_them_goes(school: Kept) -> None:
    done = school.sep("binder", "--all", "--combined", "--printed")
    assert "bus-pass.pdf is damaged, and its pages cannot be read" in done.stderr
    kept = next((school.settings / "printed").iterdir())
    assert "lopez-sam" in kept.read_text("ascii")
    said = run(school, *DOCUMENT)
    assert "binders/lopez-sam.pdf" in said
    assert "print-jobs/by-homeroom.pdf" in said
    assert "binders/ward-ivy.pdf" not in said
    assert set(json.loads(kept.read_text("ascii"))) == {"ward-ivy"}


@pytest.mark.parametrize("what", [DOCUMENT, STUDENT])
def test_pages_made_anew_and_the_notes_beside_them_speak_of_it_no_longer(school: Kept, what: tuple[str, ...]) -> None:
    """Also where the last saves were of it alone: what is left is older then, and is no older version all the same."""
    college = "Basin Technical College"
    for signer in ("sam-lopez", "rosa-lopez"):
        run(
            school, "consent", "sam", "file", "--signer", signer, "--third-party", college, "--purpose", "Welding",
            "--method", "paper", "--part", "strengths, documents",
        )  # fmt: skip
    run(school, "save", "--yes")
    run(school, "release", "sam", "--to", college, "--sections", "strengths", "--documents", "bus-pass")
    run(school, "transfer", "sam", "--to", "Red Butte", "--enrolling", "--told", "2026-11-20")
    run(school, "build")
    school.sep("binder", "--all", "--format", "both")
    run(school, "deliver")
    run(school, "save", "--yes")
    words = (b"bus-pass", b"TITLEWORD") if what is DOCUMENT else (b"lopez-sam", b"sam-lopez", b"Lopez", b"007123")
    build = school.folder / "build"
    before = spoken_of(build, words)
    assert {"binders/.sep-decided", "releases/.sep-decided"} <= before
    assert ("have a line for each person" in run(school, *what)) is (what is STUDENT)
    for each in (build / "binders").glob("lopez-sam*"):
        each.unlink()
    for each in (build / "releases").glob("lopez-sam*"):
        shutil.rmtree(each)
    told = run(school, "build")
    assert "lopez-sam-2026-11-24.zip" in told
    assert spoken_of(build, words) <= {path for path in before if path.startswith("letters/")}
    run(school, "binder", "--all")
    run(school, "deliver")
    assert spoken_of(build, words) == set()


def spoken_of(build: Path, words: tuple[bytes, ...]) -> set[str]:
    """Return the files of the output that hold one of the words, or are called by it."""
    files = (each for each in build.rglob("*") if each.is_file())
    return {
        path
        for path, content in ((each.relative_to(build).as_posix(), each.read_bytes()) for each in files)
        if any(word in content or word.decode() in path for word in words)
    }


def test_pages_from_somebody_elses_newer_records_stay_newer(school: Kept) -> None:
    run(school, "build")
    note = school.folder / "build/sites/.sep-made-from"
    theirs = json.dumps({"commit": "f" * 40, "at": "2099-01-01T00:00:00+00:00"})
    note.write_text(theirs, "utf-8")
    run(school, *DOCUMENT)
    assert note.read_text("utf-8") == theirs
    assert "newer version of the records" in school.sep("build").stderr
