"""`sep binder --all` that is broken off: the old binders whole, and a rerun heals."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.small_school import School

CELLO = "students/ward-ivy/2026-27/objectives/play-the-cello.yaml"
STOPPED_IN_THE_MIDDLE = """
import os, signal, site_builder.cli.binders as binders
real = binders.make
def make(*given):
    for number, each in enumerate(real(*given)):
        yield each
        os.killpg(0, signal.SIGINT)
import site_builder.cli.commands.binder as command
command.make = make
import site_builder.cli.main as main
main.run()
"""
PROGRAM = "import site_builder.cli.main as main; main.run()"


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = School(tmp_path)
    made.sep("binder", "--all")
    made.change(CELLO, "statement: ", "statement: Now ")
    made.change("students/lopez-sam/student.yaml", "name: Samuel", "name: Samuel A.")
    return made


def run(school: School, program: str, *arguments: str, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the program in a process group of its own, as a terminal does; `limit` is how large a file may be."""
    home = school.folder / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", program, "--today", "2026-11-24", "binder", "--all", *arguments],
        cwd=school.folder,
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")},
        capture_output=True,
        text=True,
        start_new_session=True,
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
        timeout=300,
    )


@pytest.mark.parametrize("processes", ["1", "2"])
def test_ctrl_c_leaves_the_old_binders_and_nothing_else(school: School, processes: str) -> None:
    before = school.pages("binders")
    done = run(school, STOPPED_IN_THE_MIDDLE, "--processes", processes, "--printed")
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    assert school.pages("binders") == before
    assert not [each for each in (school.folder / "build").iterdir() if each.name.startswith(".sep-staging")]
    assert not (school.folder / "home/config/sep/printed").exists()
    assert school.sep("binder", "--all").stderr.startswith("Made 2 binders.")


def test_a_disk_that_takes_no_more_is_told(school: School) -> None:
    before = school.pages("binders")
    done = run(school, PROGRAM, "--processes", "1", limit=60_000)
    assert done.returncode == 4, done.stderr
    assert "the pages could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert school.pages("binders") == before
