"""The program as others get it: a wheel, installed far from this folder, that makes a school's pages there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCHOOL = ROOT / "tests/data/stores/good/small-school"
DAY = "2026-11-24"


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept |= {"XDG_CONFIG_HOME": str(folder / "settings"), "APPDATA": str(folder / "settings")}
    return subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env=kept,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT, folder=folder)
    assert made.returncode == 0, made.stderr
    return next(folder.glob("sepfile-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of a new environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if sys.platform == "win32" else "bin")
    done = run(commands / "python", "-m", "pip", "install", "--quiet", wheel, folder=folder)
    assert done.returncode == 0, done.stderr
    return commands


@pytest.fixture
def school(tmp_path: Path) -> Path:
    shutil.copytree(SCHOOL, tmp_path / "school" / "records")
    return tmp_path / "school"


def test_the_wheel_holds_the_program_and_what_it_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    carried = [*(ROOT / "schemas").rglob("*"), *(ROOT / "templates").rglob("*")]
    assert names >= {f"site_builder/{each.relative_to(ROOT).as_posix()}" for each in carried if each.is_file()}
    assert names >= {each.relative_to(ROOT).as_posix() for each in (ROOT / "site_builder").rglob("*.py")}
    assert {each.split("/")[0] for each in names if "dist-info" not in each} == {"site_builder"}
    assert any(each.endswith("licenses/LICENSE") for each in names)


def test_it_runs_from_where_it_was_installed(installed: Path, school: Path) -> None:
    where = run(installed / "python", "-c", "import site_builder; print(site_builder.__path__[0])", folder=school)
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    assert run(installed / "sep", "--version", folder=school).stdout.startswith("sep 0.")


def test_it_checks_and_builds_a_school_there(installed: Path, school: Path) -> None:
    for command in (["check"], ["build"], ["binder", "--all"]):
        done = run(installed / "sep", "--today", DAY, *command, folder=school)
        assert done.returncode == 0, done.stdout + done.stderr
    people = {each.name for each in (school / "build/sites").iterdir() if each.is_dir()}
    assert {"sam-lopez", "rosa-lopez", "ivy-ward", "joan-ward", "park", "reyes"} <= people
    for person in people:
        assert (school / "build/sites" / person / "index.html").read_text("utf-8").startswith("<!doctype html>")
    binders = {each.name for each in (school / "build/binders").iterdir() if not each.name.startswith(".")}
    assert binders == {"lopez-sam.pdf", "ward-ivy.pdf"}


def test_it_makes_a_store_with_the_sample_school_there(installed: Path, tmp_path: Path) -> None:
    """The sample comes along with the wheel, and what is saved there is saved by the program of there."""
    me = ("--name", "Rae Lee", "--email", "rae@school.example")
    made = run(installed / "sep", "init", "trial", "--sample", *me, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    trial = tmp_path / "trial"
    names = {each.relative_to(trial / "records") for each in (trial / "records").rglob("*") if each.is_file()}
    assert names == {each.relative_to(ROOT / "records") for each in (ROOT / "records").rglob("*") if each.is_file()}
    plan = trial / "records/students/rivera-ana/2026-27/plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("grade: 9", "grade: nine", 1), encoding="utf-8", newline="\n")
    draft = run(installed / "sep", "--today", DAY, "save", "--draft", "--yes", folder=trial)
    assert draft.returncode == 0, draft.stderr
    assert "rivera-ana: 2026-27/plan changed" in draft.stdout
