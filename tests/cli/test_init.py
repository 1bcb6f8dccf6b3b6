"""A school's own store: made whole or not at all, over nothing that stands, and ready to work in."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from site_builder.cli.setting_up import copied_by_others
from tests.cli.small_school import NOON
from tests.cli.two_desks import clean_environment

SCHOOL = {
    "--school": "Cedar Junior High",
    "--district": "Cedar District",
    "--address": "1 Main St, Cedar, UT 84001",
    "--phone": "435-555-0100",
    "--principal": "Ruth Hale",
    "--principal-email": "hale@school.example",
    "--manager": "Harriet Begay",
    "--manager-email": "begay@school.example",
    "--appointed-on": "2026-08-03",
    "--time-zone": "America/Denver",
    "--starts": "2026-08-19",
    "--ends": "2027-05-28",
}
TERMS = ("--term", "fall:Fall 2026:2026-08-19:2026-12-18", "--term", "spring:Spring 2027:2027-01-04:2027-05-28")
ME = ("--name", "Rae Lee", "--email", "rae@school.example")
GIVEN = (*(word for pair in SCHOOL.items() for word in pair), *TERMS, *ME)


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows nobody here."""
    for name in ("HOME", "XDG_CONFIG_HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()


def run(folder: Path, *arguments: str, keys: str | None = None) -> Result:
    around = Surroundings(
        now=lambda _: NOON, folder=folder, environ=clean_environment(), terminal=keys is not None,
        settings=folder / "settings",
    )  # fmt: skip
    return CliRunner().invoke(sep, ["--today", "2026-11-24", *arguments], obj=around, input=keys)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=clean_environment(), capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


def test_a_school_begins_with_what_is_said_about_it(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "school", *GIVEN)
    assert done.exit_code == 0, done.output
    store = tmp_path / "school"
    assert git(store, "status", "--porcelain") == ""
    assert git(store, "log", "--format=%an <%ae> %s") == "Rae Lee <rae@school.example> store begun"
    assert "merge=sep" in (store / ".gitattributes").read_text("utf-8")
    assert "/build/" in (store / ".gitignore").read_text("utf-8")
    assert (store / ".git/hooks/pre-commit").exists()
    assert "merge-driver" in git(store, "config", "merge.sep.driver")
    settings = json.loads((store / ".vscode/settings.json").read_text("utf-8"))
    named = {Path(each).name for each in settings["yaml.schemas"]}
    assert named | {"common.schema.json"} == {each.name for each in (store / ".vscode/sep").glob("*.json")}
    checked = run(store, "check")
    assert checked.exit_code == 0, checked.output
    new = run(
        store, "new", "student", "--name", "Ana Rivera", "--number", "1", "--birth-date", "2012-03-04", "--grade", "9"
    )
    assert new.exit_code == 0, new.output
    assert run(store, "save", "--yes").exit_code == 0
    assert git(store, "log", "-1", "--format=%s").startswith("rivera-ana: file begun")


def test_what_is_not_said_is_asked(tmp_path: Path) -> None:
    answers = [
        "Rae Lee", "rae@school.example", "Cedar", "District", "1 Main St, Cedar, UT 84001", "435-555-0100", "Ruth Hale",
        "hale@school.example", "Ruth Hale", "Denver", "America/Denver", "2026-08-19", "2027-05-28", "2026-12-18",
        "2027-01-04",
    ]  # fmt: skip
    done = run(tmp_path, "init", "school", keys="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "Denver` is no time zone" in done.stderr
    assert run(tmp_path / "school", "check").exit_code == 0
    missing = run(tmp_path, "init", "other")
    assert missing.exit_code == 2
    assert "--name" in missing.stderr
    assert not (tmp_path / "other").exists()


def test_the_sample_has_a_past_that_is_always_the_same(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "one", "--sample", *ME)
    assert made.exit_code == 0, made.output
    git(tmp_path / "one", "config", "gc.auto", "0")
    assert run(tmp_path, "init", "two", "--sample", *ME).exit_code == 0
    one, two = (git(tmp_path / each, "log", "--format=%H %an %ad %s", "--date=short") for each in ("one", "two"))
    assert one == two
    saves = one.splitlines()
    assert len(saves) > 300
    days = [each.rpartition("20")[0] and each.split(" 20")[1][:8] for each in reversed(saves)]
    assert days == sorted(days)
    assert "Rae Lee" not in one
    assert git(tmp_path / "one", "status", "--porcelain") == ""
    sample = Path(__file__).parents[2] / "records"
    for path in ("school.yaml", "students/rivera-ana/2026-27/objectives/learn-to-weld.yaml"):
        assert (tmp_path / "one/records" / path).read_bytes() == (sample / path).read_bytes()
    steps = git(
        tmp_path / "one",
        "log",
        "--format=%s",
        "--",
        "records/students/rivera-ana/2026-27/objectives/learn-to-weld.yaml",
    )
    assert "rivera-ana: objective 2026-27/learn-to-weld changed (steps)" in steps
    assert run(tmp_path / "one", "save", "--yes").stderr.startswith("Nothing to save")


def test_nothing_that_stands_is_written_over(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine", encoding="utf-8")
    done = run(tmp_path, "init", "full", *GIVEN)
    assert done.exit_code == 2
    assert "letter.txt" in done.stderr
    assert [each.name for each in full.iterdir()] == ["letter.txt"]
    assert run(tmp_path, "init", "full/letter.txt", *GIVEN).exit_code == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(tmp_path, "init", "empty", *GIVEN).exit_code == 0
    before = git(empty, "rev-parse", "HEAD")
    again = run(tmp_path, "init", "empty", *GIVEN)
    assert again.exit_code == 2
    assert "doctor" in again.stderr
    assert git(empty, "rev-parse", "HEAD") == before
    inside = run(tmp_path, "init", "empty/records/more", *GIVEN)
    assert inside.exit_code == 2
    assert "outside" in inside.stderr


def test_dry_run_makes_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "school", "--dry-run", *GIVEN)
    assert "would write school/records/school.yaml" in done.stdout
    assert not (tmp_path / "school").exists()


def test_a_year_that_cannot_be_is_refused(tmp_path: Path) -> None:
    given = [word if word != "2027-05-28" else "2026-05-28" for word in GIVEN]
    assert run(tmp_path, "init", "school", *given).exit_code == 2
    assert not (tmp_path / "school").exists()


@pytest.mark.parametrize("flag", ["--email", "--principal-email", "--manager-email"])
@pytest.mark.parametrize("wrong", ["notmail", "rae@", "@school.example", "rae lee@school.example", "a@b@c"])
def test_what_is_no_mail_address_is_refused(tmp_path: Path, flag: str, wrong: str) -> None:
    done = run(tmp_path, "init", "school", *GIVEN, flag, wrong)
    assert done.exit_code == 2
    assert f"`{wrong}` is no e-mail address" in done.stderr
    assert not (tmp_path / "school").exists()


def test_what_fails_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import site_builder.cli.commands.init as module

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_past", full)
    done = run(tmp_path, "init", "school", *GIVEN)
    assert done.exit_code == 4
    assert "the disk is full" in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home"]


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("C:/Users/rae/OneDrive - Juniper District/school", "OneDrive"),
        ("/Users/rae/Library/Mobile Documents/school", "iCloud"),
        ("/home/rae/Dropbox/school", "Dropbox"),
        ("/home/rae/boxes/school", ""),
    ],
)
def test_a_folder_that_is_copied_about_is_told(folder: str, program: str) -> None:
    assert copied_by_others(Path(folder)) == program


def test_the_doctor_names_the_fonts_of_other_scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, "init", "school", *GIVEN).exit_code == 0
    monkeypatch.setattr("site_builder.cli.commands.doctor.complete", lambda: False)
    said = run(tmp_path / "school", "doctor").stdout
    assert "note     fonts for binders in other scripts" in said
    assert "pip install 'sepfile[letters]'" in said


def test_the_doctor_names_a_lock_that_was_left(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "school", *GIVEN).exit_code == 0
    lock = tmp_path / "school/.git/refs/heads/main.lock"
    lock.touch()
    ill = run(tmp_path / "school", "doctor")
    assert ill.exit_code == 4
    assert "missing  nothing locked (1 lock of git)" in ill.stdout
    assert str(Path(".git/refs/heads/main.lock")) in ill.stdout
    assert lock.exists(), "whoever holds it may still be at work"
    lock.unlink()
    assert "locked" not in run(tmp_path / "school", "doctor").stdout


def test_a_copy_on_another_computer_is_set_up_by_the_doctor(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "school", *GIVEN).exit_code == 0
    git(tmp_path, "clone", "-q", "school", "copy")
    copy = tmp_path / "copy"
    ill = run(copy, "doctor")
    assert ill.exit_code == 4
    for words in ("name that your saves carry", "sep doctor --fix"):
        assert words in ill.stdout
    assert not (copy / ".git/hooks/pre-commit").exists()
    assert run(copy, "doctor", "--fix", "--dry-run").exit_code == 4
    assert not (copy / ".git/hooks/pre-commit").exists()
    git(copy, "config", "user.name", "Ben")
    git(copy, "config", "user.email", "ben@school.example")
    well = run(copy, "doctor", "--fix")
    assert well.exit_code == 0, well.stdout
    assert "missing" not in well.stdout
    hook = copy / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    own = run(copy, "doctor", "--fix")
    assert own.exit_code == 4
    assert "check --staged" in own.stdout
    assert hook.read_text("utf-8") == "#!/bin/sh\nexit 0\n"
    shutil.rmtree(copy / ".git")
    none = run(copy, "doctor")
    assert none.exit_code == 4
    assert "no saved versions" in none.stdout
