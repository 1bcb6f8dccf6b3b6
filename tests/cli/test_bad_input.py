"""Bad input to the commands that decide who sees what: a sentence, exit code 2, 3 or 4, and nothing is changed.

(policy: P35, P36)
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.small_school import School

ROOT = Path(__file__).parents[2]
ODD = (
    *("", "  ", ".", "..", "../..", "/", "-", "--", "*", "~", "%00", "nobody", "a\nb", "\x1b[31mred", "\u200b"),
    *("\udc80", "x" * 5000, "lopez-sam/../ward-ivy", "students/../school.yaml", "school.yaml", "/etc/passwd"),
    *("lopez-sam/2026-27/document", "lopez-sam/2026-27/document/no-such"),
)  # fmt: skip
DAYS = ("", "yesterday", "2026-13-01", "2026-02-30", "0000-00-00", "9999-12-31", "20261124", "2026-1-1", "-1", "\udc80")
LETTER = "students/lopez-sam/2026-27/documents/hearing-letter.png"
GIVE = ("--to", "A shop", "--sections", "tests")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    made = School(tmp_path_factory.mktemp("school"))
    assert made.sep("build").exit_code == 0
    assert made.sep("deliver").exit_code == 0
    return made


def everything(school: School) -> dict[str, bytes]:
    """Return all that stands on the computer: records, pages, words, keys, the log."""
    found = (each for each in sorted(school.folder.rglob("*")) if each.is_file() and each.name != ".sep-lock")
    return {each.relative_to(school.folder).as_posix(): each.read_bytes() for each in found}


@contextmanager
def unchanged(school: School) -> Iterator[None]:
    before = everything(school)
    yield
    assert everything(school) == before


def told(school: School, *arguments: str, codes: tuple[int, ...] = (2, 3)) -> str:
    """Run a command that must be turned down, and return its sentence."""
    done = school.sep(*arguments)
    assert done.exit_code in codes, (arguments, done.output[:500])
    said: str = done.stderr
    assert "error: " in said, arguments
    assert "fault of the program" not in said
    assert "Traceback" not in said
    assert "\x1b[31mred" not in said
    assert "\u202e" not in said
    return said


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text)[:24])
def test_people_and_items_that_do_not_exist(school: School, text: str) -> None:
    with unchanged(school):
        for arguments in (
            ("access", text),
            ("access", text, "--log"),
            ("revoke", text),
            ("revoke", "park", "--student", text),
            ("deliver", "--for", text),
            ("release", text, *GIVE),
            ("release", "sam", "--to", text, "--sections", "tests"),
            ("release", "sam", "--to", "A shop", "--documents", text),
            ("release", "sam", *GIVE, "--year", text),
            ("release", "sam", "--to", "A shop", "--sections", text),
            ("explain-access", text, "lopez-sam"),
            ("explain-access", "park", text),
        ):
            told(school, *arguments)


@pytest.mark.parametrize("text", DAYS, ids=ascii)
def test_days_that_are_none(school: School, text: str) -> None:
    with unchanged(school):
        for arguments in (
            ("access", "sam", "--on", text),
            ("explain-access", "park", "lopez-sam", "--on", text),
            ("deliver", "--today", text),
            ("revoke", "park", "--today", text),
            ("release", "sam", *GIVE, "--today", text),
        ):
            told(school, *arguments, codes=(2,))


def forbidden(school: School) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Give places where nothing may be written, with the exit codes that say why."""
    foreign = school.folder / "foreign"
    foreign.mkdir(exist_ok=True)
    (foreign / "letter.txt").write_text("mine")
    return (
        *((each, (3,)) for each in ("records", "records/students/new", ".", "..", "/", str(Path.home()), "foreign")),
        *(("foreign/letter.txt", (3,)), (".git/pages", (3,)), ("foreign/letter.txt/below", (2, 3, 4))),
        *(("/proc/new", (2, 3, 4)), ("/dev/null/new", (2, 3, 4)), ("n" * 300, (2,))),
    )


@pytest.mark.parametrize("command", [("build",), ("deliver",), ("binder", "sam"), ("release", "sam", *GIVE)], ids=str)
def test_output_in_a_forbidden_place(school: School, command: tuple[str, ...]) -> None:
    places = forbidden(school)
    with unchanged(school):
        for place, codes in places:
            told(school, *command, "--out", place, codes=codes)


def test_what_is_no_output_is_not_taken_away(school: School) -> None:
    places = forbidden(school)
    with unchanged(school):
        for place, _ in places:
            told(school, "revoke", "park", "--out", place, codes=(2,))


def test_words_that_are_kept_in_a_wrong_place_or_nowhere(school: School) -> None:
    repository = school.folder / "repository"
    (repository / ".git").mkdir(parents=True)
    with unchanged(school):
        for place, code in (
            *(("no-such.txt", 2), ("records", 3), ("records/words.txt", 3), ("build/words.txt", 3)),
            *(("repository/words.txt", 3), ("foreign", 4), ("/dev/null/words.txt", 4), ("n" * 300, 4), ("", 4)),
        ):
            told(school, "deliver", "--phrases", place, codes=(code,))


def test_a_release_asks_nobody_where_nobody_is_there(school: School) -> None:
    """Without a terminal every question is a sentence that names the option."""
    with unchanged(school):
        assert "--to" in told(school, "release", "sam", "--sections", "tests", codes=(2,))
        assert "court order" in told(school, "revoke", "rosa-lopez", "--write", codes=(3,))


def sep(school: School, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command_line(school, *arguments),
        env={**surroundings(school), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def command_line(school: School, *arguments: str) -> list[str]:
    code = "from site_builder.cli.main import run; run()"
    build = ("--out", str(school.folder / "build")) if arguments[0] in ("build", "deliver", "revoke", "release") else ()
    return [sys.executable, "-c", code, "-C", str(school.records), "--today", "2026-11-24", *arguments, *build]


def surroundings(school: School) -> dict[str, str]:
    home = str(school.folder / "home")
    return {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "PYTHONPATH": str(ROOT)}


def test_records_in_git_on_a_computer_without_git(tmp_path: Path) -> None:
    school = School(tmp_path)
    subprocess.run(["git", "init", "-q", str(school.records)], check=True)
    (tmp_path / "empty").mkdir()
    with unchanged(school):
        for arguments in (("deliver",), ("build",)):
            done = sep(school, *arguments, PATH=str(tmp_path / "empty"))
            assert (done.returncode, "git is not on this computer" in done.stderr) == (4, True), done.stderr
            assert not list((tmp_path / "build").rglob("*.html"))
            shutil.rmtree(tmp_path / "build", ignore_errors=True)
            shutil.rmtree(tmp_path / "home", ignore_errors=True)
    for asking in (("access", "sam"), ("explain-access", "park", "lopez-sam"), ("revoke", "park")):
        done = sep(school, *asking, PATH=str(tmp_path / "empty"))
        assert done.returncode in (0, 2), done.stderr
        assert "fault of the program" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("command", ["build", "deliver"])
def test_a_key_that_stops_it(tmp_path: Path, command: str) -> None:
    """Ctrl-C: exit code 130 and a sentence; whole files of everybody, and the next run clears away the rest."""
    school, build = School(tmp_path), tmp_path / "build"
    assert sep(school, command).returncode == 0
    before = sorted(build.rglob("*.html"))
    started = subprocess.Popen(
        command_line(school, command), env=surroundings(school), stderr=subprocess.PIPE, text=True
    )
    while started.poll() is None and not list(build.glob(".sep-staging-*")):
        time.sleep(0.001)
    started.send_signal(signal.SIGINT)
    said = started.communicate(timeout=60)[1]
    if started.returncode != 0:  # else it was quicker than the signal
        assert (started.returncode, "stopped" in said) == (130, True), said
    assert "Traceback" not in said
    assert [each for each in sorted(build.rglob("*.html")) if ".sep-staging-" not in str(each)] == before
    assert all(each.read_bytes().rstrip().endswith(b"</html>") for each in before)
    assert sep(school, command).returncode == 0
    assert not list(build.glob(".sep-staging-*"))
