from __future__ import annotations

import datetime as dt
import errno
import os
import subprocess
import sys
import zoneinfo
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from site_builder.base.errors import MissingTool, Refused
from site_builder.cli.console import visible, width
from site_builder.cli.context import Context, Surroundings
from site_builder.cli.main import TABLE, sep
from tests.cli.desk import answering
from tests.cli.small_school import School
from tests.cli.snapshots import snapshot

RUN = [sys.executable, "-c", "from site_builder.cli.main import run; run()"]
HEAVY = ("jsonschema", "jinja2", "git", "yaml", "babel", "markdown_it", "PIL", "nh3")


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def process(*arguments: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    path = str(Path(__file__).parents[2])
    return subprocess.run(
        [*RUN, *arguments],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path, **environ},
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_help_is_answered_without_loading_a_command() -> None:
    code = (
        "import sys; from site_builder.cli.main import sep; sep.main(['--help'], standalone_mode=False);"
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert all((name in done.stdout) == bool(entry.heading) for name, entry in TABLE.items())


def test_the_table_tells_of_each_command_what_it_tells_of_itself() -> None:
    context = click.Context(sep)
    for name, entry in TABLE.items():
        command = sep.get_command(context, name)
        assert command is not None
        assert (command.help or "").splitlines()[0] == entry.help


def test_without_a_command_the_state_of_the_day_is_told(school: School) -> None:
    school.change("students/ward-ivy/2026-27/plan.yaml", "grade: 7", "grade: seven")
    request = school.records / "students/lopez-sam/2026-27/requests/2026-11-16-gloves.yaml"
    request.write_text("resource: Welding gloves\nrequested_by: sam-lopez\nreferred_on: 2026-11-16\n", encoding="utf-8")
    place = school.records / "students/lopez-sam/2026-27/conferences/2026-12-02-annual.md"
    place.write_text(
        "---\nkind: annual\ninvited: [sam-lopez, rosa-lopez]\noffered_on: 2026-11-20\nscheduled_on: 2026-12-02\n"
        "time: 15:30\nplace: Room B2\n---\n",
        encoding="utf-8",
    )
    done = school.sep()
    assert done.exit_code == 0
    snapshot("today.txt", done.stdout)


def test_a_conference_is_listed_for_14_days_and_until_it_was_held(school: School) -> None:
    place = school.records / "students/lopez-sam/2026-27/conferences/2026-12-08-annual.md"
    text = "---\nkind: annual\ninvited: [sam-lopez]\noffered_on: 2026-11-20\nscheduled_on: 2026-12-08\n---\n"
    place.write_text(text, encoding="utf-8")
    row = "Samuel Lopez (yearly)"
    assert row in school.sep(today="2026-11-24").stdout
    assert row in school.sep(today="2026-12-08").stdout
    assert row not in school.sep(today="2026-11-23").stdout
    assert row not in school.sep(today="2026-12-09").stdout
    place.write_text(text.replace("scheduled_on", "held_on: 2026-11-24\nscheduled_on"), encoding="utf-8")
    assert row not in school.sep(today="2026-11-24").stdout


def test_the_store_is_found_from_where_one_stands(school: School, tmp_path: Path) -> None:
    deep = school.records / "students/lopez-sam/2026-27"
    for folder in (school.folder, school.records, deep):
        assert school.sep("check", folder=folder).exit_code == 0
    for given in ("records", str(school.records), ".", "records/students/lopez-sam", "records/school.yaml"):
        assert school.sep("-C", given, "check").exit_code == 0


def test_where_there_is_no_store_the_way_out_is_said(tmp_path: Path) -> None:
    around = Surroundings(folder=tmp_path, environ={}, terminal=False)
    (tmp_path / "empty").mkdir()
    for arguments in ([], ["check"], ["-C", "empty", "check"], ["-C", "gone", "check"]):
        done = CliRunner().invoke(sep, arguments, obj=around)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "`sep -C FOLDER ...`" in done.stderr


def test_a_store_without_school_yaml_is_checked_when_it_is_named(school: School) -> None:
    (school.records / "school.yaml").unlink()
    done = school.sep("-C", "records", "check", "--format", "concise")
    assert done.exit_code == 1
    assert done.stdout.startswith("school.yaml:1:1: error[")
    assert school.sep("-C", "records").exit_code == 0
    assert school.sep("-C", "records", "show", "sam").exit_code == 2


def test_today_is_the_day_at_the_school(school: School) -> None:
    moment = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
    around = Surroundings(now=lambda zone: moment.astimezone(zone), folder=school.records)
    assert Context(surroundings=around).today == dt.date(2026, 11, 23)
    school.change("school.yaml", "America/Denver", "Asia/Tokyo")
    assert Context(surroundings=around).today == dt.date(2026, 11, 24)
    assert zoneinfo.ZoneInfo("America/Denver")
    school.change("school.yaml", "Asia/Tokyo", "Utah/Nowhere")
    assert Context(surroundings=around).today == moment.astimezone(None).date()


USE = {
    "an unknown command": ["chekc"],
    "an unknown option": ["check", "--fast"],
    "a date that is none": ["--today", "11/24/2026", "check"],
    "a year that is none": ["--today", "0206-11-24", "check"],
    "a choice that is none": ["check", "--format", "xml"],
    "a missing argument": ["show"],
    "an unknown student": ["show", "lopes-sam"],
    "a near choice": ["check", "--format", "jsn"],
    "a word too many": ["show", "sam", "lopez"],
    "nothing behind an option": ["check", "--format"],
}


@pytest.mark.parametrize("case", USE)
def test_wrong_use_is_told_in_a_sentence(case: str, school: School) -> None:
    done = school.sep(*USE[case])
    assert (done.exit_code, done.stdout) == (2, "")
    snapshot(f"wrong-use/{case.replace(' ', '-')}.txt", done.stderr)


def test_a_number_that_is_not_in_the_list_is_asked_for_again(school: School) -> None:
    done = answering(school, "new", "participant", "sam", answers="7\n2\nnobody\nnurse-bell\n")
    assert done.exit_code == 0, done.stderr
    assert "give a number from 1 to 2" in done.stderr
    assert "`nobody` is not in the staff directory" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="there a folder that is in use cannot be removed")
def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    code = (
        "import os; from site_builder.cli.main import run; os.mkdir('gone');"
        "os.chdir('gone'); os.rmdir('../gone'); run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "is not there any more" in done.stderr


@pytest.mark.parametrize("group", ["new", "find", "request"])
def test_a_group_without_a_command_shows_its_help(group: str, school: School) -> None:
    done = school.sep(group)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Usage: sep {group}")
    assert "\\x0a" not in done.stderr


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.ENOSPC, "", "somewhere"), "`somewhere` could not be read or written: the disk is full"),
        (PermissionError(errno.EACCES, ""), "this account may not do that there"),
    ],
)
def test_what_the_computer_does_not_let_be_done_is_not_our_fault(
    fault: OSError, told: str, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, fault)
    done = school.sep("check")
    assert done.exit_code == 4
    assert told in done.stderr


def failing(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    def check(_: Context) -> None:
        raise fault

    monkeypatch.setattr(Context, "check", check)


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (Refused("nobody consented", "ask the custodian"), 3, "error: nobody consented\n  = help: ask the custodian\n"),
        (MissingTool("libyaml is missing"), 4, "error: libyaml is missing\n"),
        (KeyboardInterrupt(), 130, "stopped: nothing more was done"),
    ],
)
def test_each_cause_has_its_exit_code(
    fault: BaseException, code: int, told: str, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, fault)
    done = school.sep("check")
    assert done.exit_code == code
    assert told in done.stderr
    assert "Traceback" not in done.output


def test_our_own_fault_says_nothing_about_a_student_unless_asked(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, ValueError("Ana Rivera, born 2012-03-22"))
    done = school.sep("check")
    assert done.exit_code == 70
    assert "ValueError" in done.stderr
    assert "Ana Rivera" not in done.output
    assert "may hold a student's data" in done.stderr
    loud = school.sep("--debug", "check")
    assert loud.exit_code == 70
    assert "Traceback" in loud.stderr
    assert "read them before passing them on" in loud.stderr


def test_colours_are_used_when_wanted_only(school: School) -> None:
    (school.records / "courses.yaml").unlink()
    assert "\x1b[" in school.sep("--color", "always", "check").stdout
    assert "\x1b[" not in school.sep("--color", "never", "check").stdout
    around = Surroundings(folder=school.folder, environ={"NO_COLOR": "1"}, terminal=False)
    assert "\x1b[" not in CliRunner().invoke(sep, ["check"], obj=around, color=True).stdout
    around = Surroundings(folder=school.folder, environ={"NO_COLOR": ""}, terminal=False)
    assert "\x1b[" in CliRunner().invoke(sep, ["check"], obj=around, color=True).stdout


def test_quiet_keeps_to_what_was_asked_for(school: School) -> None:
    assert "checked" in school.sep("-v", "check").stderr
    assert school.sep("check").stderr == ""
    new = ["new", "participant", "sam", "--name", "Luz Ortega", "--role", "guardian"]
    assert school.sep("-q", *new).stderr == ""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_console_that_lacks_characters_gets_the_nearest(school: School, encoding: str) -> None:
    school.change("students/lopez-sam/student.yaml", "Samuel Lopez", "Samuel Łópez – 山")
    done = process(
        "--today", "2026-11-24", "show", "lopez-sam", folder=school.folder, PYTHONIOENCODING=encoding, PYTHONUTF8="0"
    )
    assert done.returncode == 0, done.stderr
    first = done.stdout.decode(encoding).splitlines()[0]
    expected = {
        "ascii": "Samuel Lopez - ? (Sam)",
        "cp1252": "Samuel López – ? (Sam)",
        "utf-8": "Samuel Łópez – 山 (Sam)",
    }
    assert first == expected[encoding]


@pytest.mark.parametrize("lines", [0, 1])
def test_a_reader_who_leaves_early_is_no_fault(school: School, lines: int) -> None:
    """Whoever reads no line is gone before the program starts; after one, much more is to come than a pipe holds."""
    for number in range(1200 * lines + 1):
        (school.records / f"students/ward-ivy/2026-27/objectives/broken-{number}.yaml").write_text(
            "a: [\n", encoding="utf-8"
        )
    reading, writing = os.pipe()
    if not lines:
        os.close(reading)
    child = subprocess.Popen(
        [*RUN, "check"],
        cwd=school.folder,
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    os.close(writing)
    if lines:
        with open(reading, "rb", buffering=0) as stream:  # noqa: PTH123 - it has no path
            assert stream.readline().startswith(b"error")
    assert child.communicate()[1] == b""
    assert child.returncode == 141


def test_the_program_runs_as_a_process(school: School) -> None:
    done = process("--today", "2026-11-24", "check", folder=school.folder)
    assert (done.returncode, done.stdout.decode()) == (0, "All 2 files of students are sound.\n")
    assert process("--version", folder=school.folder).stdout.startswith(b"sep ")


@pytest.mark.parametrize(
    ("text", "shown", "columns"),
    [
        ("Ana", "Ana", 3),
        ("山田", "山田", 4),
        ("e\u0301", "e\u0301", 1),
        ("a\x1b[1m\tb", "a\\x1b[1m\\x09b", 13),
        ("\u202ex", "\\u202ex", 7),
    ],
)
def test_text_from_files_is_shown_as_it_is_but_for_what_steers(text: str, shown: str, columns: int) -> None:
    assert visible(text) == shown
    assert width(shown) == columns
