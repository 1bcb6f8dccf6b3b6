"""From which saved version pages are made: written into the log, and older records never replace newer pages.

(policy: P35)
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from site_builder.history.keeping import FOLDER
from tests.cli.small_school import School

MADE = {"build": "sites", "deliver": "sealed", "binder": "binders"}
FOR = ("--for", "rosa-lopez")
COMMANDS = {"build": ("build",), "deliver": ("deliver", *FOR), "binder": ("binder", "sam", *FOR)}
JOAN = "students/ward-ivy/participants/joan-ward.yaml"


def git(school: School, *arguments: str, day: str = "2026-11-20") -> str:
    given = ["git", "-c", "core.fsmonitor=false", "-c", "user.name=Rae", "-c", "user.email=rae@school.example"]
    when = {"GIT_AUTHOR_DATE": f"{day}T08:00:00Z", "GIT_COMMITTER_DATE": f"{day}T08:00:00Z", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [*given, *arguments], cwd=school.records, capture_output=True, text=True, check=True, env=when
    )
    return done.stdout.strip()


def log(school: School) -> list[dict[str, str]]:
    (path,) = (school.folder / "settings/disclosures").glob("*.jsonl")
    return [json.loads(line) for line in path.read_text("ascii").splitlines()]


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school with one saved version."""
    made = School(tmp_path)
    git(made, "init", "-q", "-b", "main")
    git(made, "add", "-A")
    git(made, "commit", "-q", "-m", "start")
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_the_log_names_the_version_or_says_that_there_is_none(school: School, command: str) -> None:
    school.change(JOAN, "role: parent", "role: guardian")
    assert school.sep(*COMMANDS[command]).exit_code == 0
    versions = {each["student"]: each["version"] for each in log(school)}
    assert versions["lopez-sam"] == git(school, "rev-parse", "HEAD")
    assert versions.get("ward-ivy", "files:").startswith("files:")


@pytest.mark.parametrize("command", COMMANDS)
def test_older_records_do_not_take_the_place_of_newer_pages(school: School, command: str) -> None:
    older = git(school, "rev-parse", "HEAD")
    school.change(JOAN, "role: parent", "role: guardian")
    git(school, "commit", "-q", "-a", "-m", "later", day="2026-11-22")
    assert school.sep(*COMMANDS[command]).exit_code == 0
    before, written, words = school.pages(MADE[command]), log(school), _words(school)
    git(school, "checkout", "-q", older)
    refused = school.sep(*COMMANDS[command])
    assert refused.exit_code == 3, refused.output
    assert "newer version of the records, saved on 2026-11-22" in refused.stderr
    assert "--force-older" in refused.stderr
    assert (school.pages(MADE[command]), log(school), _words(school)) == (before, written, words)
    assert not [each for each in (school.folder / "build").iterdir() if each.name.startswith(".sep-staging-")]
    assert school.sep(*COMMANDS[command], "--force-older").exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_a_later_version_takes_the_place_of_an_earlier_one(school: School, command: str) -> None:
    assert school.sep(*COMMANDS[command]).exit_code == 0
    school.change(JOAN, "role: parent", "role: guardian")
    git(school, "commit", "-q", "-a", "-m", "later", day="2026-11-19")  # by a computer whose clock is behind
    assert school.sep(*COMMANDS[command]).exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_making_pages_saves_nothing_and_leaves_git_as_it_is(school: School, command: str) -> None:
    school.change(JOAN, "role: parent", "role: guardian")
    before = _repository(school)
    assert school.sep(*COMMANDS[command]).exit_code == 0
    assert _repository(school) == before


def _repository(school: School) -> dict[Path, bytes]:
    """Give what git itself keeps; what was read of the history lies beside it."""
    files = (each for each in (school.records / ".git").rglob("*") if each.is_file())
    return {each: each.read_bytes() for each in files if FOLDER not in each.parts}


def _words(school: School) -> bytes:
    return b"".join(each.read_bytes() for each in sorted((school.folder / "settings").glob("phrases/*")))


def test_a_day_before_the_oldest_save_of_a_copy_is_no_day_without_saves(school: School) -> None:
    whole = school.sep("show", "sam", "--at", "2020-01-01")
    assert (whole.exit_code, "nothing had been saved by 2020-01-01" in whole.stderr) == (2, True)
    (school.records / ".git/shallow").write_text(git(school, "rev-parse", "HEAD") + "\n", "ascii")
    done = school.sep("show", "sam", "--at", "2020-01-01")
    assert (done.exit_code, "lacks the saves up to 2020-01-01" in done.stderr) == (2, True)


def test_errors_of_an_earlier_day_are_told_where_nobody_is_sent_to_todays_records(school: School) -> None:
    sam = "students/lopez-sam/2026-27/plan.yaml"
    sound = (school.records / sam).read_text("utf-8")
    (school.records / sam).write_text(sound + "grad: 9\n", "utf-8")
    git(school, "commit", "-q", "-a", "-m", "a slip", day="2026-11-21")
    (school.records / sam).write_text(sound, "utf-8")
    git(school, "commit", "-q", "-a", "-m", "mended", day="2026-11-22")
    line = len(sound.splitlines()) + 1
    built = school.sep("build", "--at", "2026-11-21", "--out", "then")
    shown = school.sep("show", "lopez-sam", "--at", "2026-11-21")
    for done in (built, shown):
        assert f"  {sam}:{line}: [SEP" in done.stderr
        assert "name a day on which this was right. `sep history STUDENT` tells" in done.stderr
        assert "sep check" not in done.output
    assert (built.exit_code, shown.exit_code) == (1, 2)
    assert "No pages of Samuel Lopez." in built.stderr


def test_nothing_is_made_of_a_day_on_which_the_schools_own_files_had_errors(school: School) -> None:
    sound = (school.records / "school.yaml").read_text("utf-8")
    (school.records / "school.yaml").write_text(sound + "sound: no\n", "utf-8")
    git(school, "commit", "-q", "-a", "-m", "a slip", day="2026-11-21")
    (school.records / "school.yaml").write_text(sound, "utf-8")
    built = school.sep("build", "--at", "2026-11-21", "--out", "then")
    shown = school.sep("show", "sam", "--at", "2026-11-21")
    for done in (built, shown):
        assert "  school.yaml:" in done.stderr
        assert "sep check" not in done.output
    assert "Nothing is made: the school's own files had errors." in built.stderr
    assert not (school.folder / "then").exists()
