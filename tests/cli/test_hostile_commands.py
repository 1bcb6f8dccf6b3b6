"""Every command that asks git anything, in a repository that tries to run a program: none is run (policy: P35).

`tests/source/test_hostile_repository.py` sees each trap spring under git itself. Here they are set all at once, and
with them Python modules that stand where git-filter-repo is run.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.cli.main import TABLE
from tests.cli.test_receive import next_school
from tests.cli.test_transfer import ENROLLING, PACKAGE
from tests.moving import Kept
from tests.source.test_hostile_repository import TRAPS, Place

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the traps are shell scripts")

HOOKS = (
    "applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-applypatch", "post-checkout", "post-commit",
    "post-index-change", "post-merge", "post-receive", "post-rewrite", "post-update", "pre-applypatch", "pre-auto-gc",
    "pre-commit", "pre-merge-commit", "pre-push", "pre-rebase", "pre-receive", "prepare-commit-msg", "proc-receive",
    "push-to-checkout", "query-watchman", "reference-transaction", "sendemail-validate", "update",
)  # fmt: skip
SETTINGS = (
    "gc.recentObjectsHook", "uploadpack.packObjectsHook", "trailer.x.command", "trailer.x.cmd", "core.gitProxy",
    "remote.origin.uploadpack", "remote.origin.receivepack", "difftool.x.cmd", "mergetool.x.cmd",
)  # fmt: skip
PROMISES = "what another repository has promised"
APART = {"alternates", "a file for a folder", "hooks in a folder of the store", PROMISES}
"""Traps that put the repository or its objects elsewhere, or files among the records."""

MODULES = ("git_filter_repo.py", "subprocess.py", "json.py", "argparse.py", "sitecustomize.py", "usercustomize.py")

STEPS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("show", "sam"),
    ("access", "sam"),
    ("build",),
    ("history", "sam"),
    ("diff",),
    ("save", "--yes"),
    ("undo", "--yes"),
    ("doctor",),
    (*ENROLLING, "--dry-run"),
    ENROLLING,
)
"""Commands and what they are asked for; those that this program does not have are left out."""


def trapped(school: Kept) -> Place:
    """Set every trap in the repository of a school, and return where the mark would be left."""
    near = school.folder.parent
    place = Place(school.folder, near / "trap", near / "mark")
    place.trap.write_text(f"#!/bin/sh\ntouch '{place.mark}'\ncat 2>/dev/null\nexit 0\n")
    silent = near / "silent"
    silent.write_text(f"#!/bin/sh\ntouch '{place.mark}'\nexit 1\n")
    place.trap.chmod(0o755)
    silent.chmod(0o755)
    for name, (set_it, _) in TRAPS.items():
        if name not in APART:
            set_it(place)
    for name in SETTINGS:
        place.config(name, str(place.trap))
    (school.folder / ".git/hooks").mkdir(exist_ok=True)
    for name in HOOKS:
        target = school.folder / ".git/hooks" / name
        target.write_bytes(place.trap.read_bytes())
        target.chmod(0o755)
    for module in MODULES:
        (school.folder / ".git" / module).write_text(f"open({str(place.mark)!r}, 'w')\n", "utf-8")
    place.mark.unlink(missing_ok=True)
    return place


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    old = Kept(tmp_path_factory.mktemp("quiet") / "old")
    old.save("the records")
    assert old.sep(*ENROLLING).exit_code == 0
    return old.folder / PACKAGE


def test_the_modules_are_a_trap(tmp_path: Path) -> None:
    school = Kept(tmp_path / "school")
    place = trapped(school)
    subprocess.run(
        [sys.executable, "-m", "git_filter_repo", "--version"],
        cwd=school.folder / ".git", capture_output=True, check=False,
    )  # fmt: skip
    assert place.mark.exists()


def test_reading_saving_and_handing_on_run_nothing(tmp_path: Path) -> None:
    school = Kept(tmp_path / "school")
    school.save("the records", on="2026-10-01")
    school.change("students/lopez-sam/2026-27/objectives/read-more.yaml", "status: on-track", "status: met")
    school.save("met", on="2026-10-02")
    place = trapped(school)
    for step in STEPS:
        if step[0] not in TABLE:
            continue
        if step[0] in ("diff", "save"):
            school.write("students/lopez-sam/2026-27/progress/2026-10-05-more.md",
                         "---\nby: park\ndate: 2026-10-05\n---\nMore words.\n")  # fmt: skip
        done = school.sep(*step)
        assert not place.mark.exists(), step
        assert done.exit_code in (0, 1, 4), (step, done.exit_code, done.stderr)
        if step[0] == "diff" and "save" not in TABLE:
            (school.records / "students/lopez-sam/2026-27/progress/2026-10-05-more.md").unlink()


def test_taking_in_runs_nothing(package: Path, tmp_path: Path) -> None:
    school = next_school(tmp_path / "new")
    place = trapped(school)
    done = school.sep("receive", str(package), "--yes")
    assert done.exit_code == 0, done.stderr
    assert not place.mark.exists()
    assert (school.records / "students/lopez-sam/student.yaml").is_file()


def test_taking_out_runs_nothing(tmp_path: Path) -> None:
    school = Kept(tmp_path / "school")
    school.save("the records")
    school.git("tag", "-a", "-m", "x", "term")
    school.git("branch", "elsewhere")
    place = trapped(school)
    done = school.sep("expunge", "sam", "hearing-letter", "--yes")
    assert done.exit_code == 0, done.stderr + done.stdout
    assert not place.mark.exists()
    assert not (school.records / "students/lopez-sam/2026-27/documents/hearing-letter.png").exists()


def test_what_was_promised_is_not_fetched(package: Path, tmp_path: Path) -> None:
    """An object that only another repository has is fetched by nobody, whatever the settings say how."""
    school = Kept(tmp_path / "school")
    school.save("the records")
    near = school.folder.parent
    place = Place(school.folder, near / "trap", near / "mark")
    for path, code in ((place.trap, 0), (near / "silent", 1)):
        path.write_text(f"#!/bin/sh\ntouch '{place.mark}'\ncat 2>/dev/null\nexit {code}\n")
        path.chmod(0o755)
    TRAPS[PROMISES][0](place)
    place.mark.unlink(missing_ok=True)
    for step in (
        ENROLLING,
        ("receive", str(package), "--id", "lopez-sam-2", "--yes"),
        ("expunge", "sam", "--reason", "x", "--yes"),
    ):
        assert school.sep(*step).exit_code in (0, 2), step
        assert not place.mark.exists(), step


def test_each_trap_alone(package: Path, tmp_path: Path, long: bool) -> None:
    """One trap can hide another; each stands alone in the long run, some of them always."""
    names = sorted(set(TRAPS) - APART)
    for name in names if long else names[5::8]:
        school = next_school(tmp_path / name.replace(" ", "-") / "new")
        near = school.folder.parent
        place = Place(school.folder, near / "trap", near / "mark")
        for path, code in ((place.trap, 0), (near / "silent", 1)):
            path.write_text(f"#!/bin/sh\ntouch '{place.mark}'\ncat 2>/dev/null\nexit {code}\n")
            path.chmod(0o755)
        TRAPS[name][0](place)
        place.mark.unlink(missing_ok=True)
        for step in (("receive", str(package), "--yes"), ("expunge", "sam", "--reason", "x", "--yes")):
            assert school.sep(*step).exit_code == 0, name
            assert not place.mark.exists(), (name, step)
