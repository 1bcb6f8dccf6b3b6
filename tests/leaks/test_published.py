"""What the commands leave behind: folders in use day after day, sealed files, copies to print, words on the terminal.

The school is kept in git, as a real one is, with a word in each message and author's name.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from site_builder.publish.keeping import FOR, whose
from tests.leaks import tally
from tests.leaks.canary_school import Written
from tests.leaks.facts import Canary, Facts
from tests.leaks.oracle import has_access
from tests.leaks.search import words_in
from tests.leaks.suite import Fault, Searched, compared, words_of
from tests.publish.pdf_reading import pages, structure
from tests.sealed_reader.reader import open_sealed

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
DAYS = tuple(
    dt.date.fromisoformat(each) for each in ["2026-11-19", "2026-11-20", "2026-11-24", "2026-11-25", "2027-05-29"]
)
TODAY = DAYS[2]
SAVED = ("Qysaveury", "Qyauthury", "Qymailury", "Qybrcnury")


class Office:
    """A computer at the school: a folder with the records in git, an output folder, and a folder for scratch files."""

    def __init__(self, folder: Path, small: Searched) -> None:
        self.folder, self.scratch, self.build = folder, folder / "scratch", folder / "build"
        shutil.copytree(small.written.root, folder / "records")
        self.scratch.mkdir()
        self.build.mkdir()
        saved = tuple(Canary(each, "", "", "", "saved") for each in SAVED)
        self.written = Written(folder / "records", (*small.written.canaries, *saved), small.facts)
        message, author, mail, branch = SAVED
        for arguments in (
            ["init", "--quiet", f"--initial-branch={branch}"],
            ["add", "--all"],
            ["-c", f"user.name={author}", "-c", f"user.email={mail}@example.org", "commit", "--quiet", f"-m{message}"],
        ):
            subprocess.run(["git", *arguments], cwd=folder / "records", check=True, env=_without_settings(folder))

    @property
    def facts(self) -> Facts:
        return self.written.facts

    def sep(self, *arguments: str, today: dt.date = TODAY) -> Result:
        """Run a command; nothing may be left where programs put what they need for a moment."""
        around = Surroundings(
            now=lambda _: NOON, folder=self.folder, environ={}, terminal=False, settings=self.folder / "settings"
        )
        before, tempfile.tempdir = tempfile.tempdir, str(self.scratch)
        try:
            done = CliRunner().invoke(sep, ["--today", today.isoformat(), *arguments], obj=around)
        finally:
            tempfile.tempdir = before
        assert not done.exception or isinstance(done.exception, SystemExit), done.exception
        assert [*self.scratch.iterdir()] == []
        assert [each.name for each in self.build.iterdir() if each.name.startswith(".sep-staging")] == []
        return done

    def words_below(self, folder: Path) -> set[str]:
        """Return the words in all files below `folder`, hidden ones and names included."""
        found: set[str] = set()
        for each in folder.rglob("*"):
            found |= words_in(each.relative_to(folder).as_posix().encode())
            found |= words_of(each.read_bytes()) if each.is_file() else set()
        return found

    def files(self) -> dict[Path, bytes]:
        return {each: each.read_bytes() for each in self.build.rglob("*") if each.is_file()}

    def readers(self, student: str, on: dt.date) -> list[str]:
        own = [each.id for each in self.facts.people if each.student == student]
        return [each for each in own if has_access(self.facts, each, student, on)]

    def fields(self, words: set[str]) -> set[str]:
        """Return the fields in which the words stand."""
        return {each.field for each in self.written.canaries if each.word.lower() in words}

    def compared(self, viewer: str, shown: set[str], on: dt.date) -> list[Fault]:
        return compared(self.written, viewer, frozenset(shown), on)


def _without_settings(folder: Path) -> dict[str, str]:
    quiet = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": str(folder)}
    return {**os.environ, **quiet}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, small: Searched) -> Office:
    return Office(tmp_path_factory.mktemp("office"), small)


@pytest.fixture(scope="module")
def built(office: Office) -> Office:
    assert office.sep("build").exit_code == 1  # for the two files with errors
    return office


def test_folders_that_are_made_anew_day_after_day_hold_what_is_allowed(tmp_path: Path, small: Searched) -> None:
    """Each day takes the place of the one before: what is over is gone (policy: P35)."""
    office = Office(tmp_path, small)
    sites = office.build / "sites"
    for on in DAYS:
        done = office.sep("build", today=on)
        assert done.exit_code == 1
        expected = {each.id for each in office.facts.people if has_access(office.facts, each.id, each.student, on)}
        expected |= {"prin", "mana"}
        assert {each.name for each in sites.iterdir() if not each.name.startswith(".")} == expected
        for viewer in sorted(expected):
            tally.views()
            found = office.compared(viewer, office.words_below(sites / viewer), on)
            tally.faults(each.kind for each in found)
            assert found == []
        assert office.fields(words_in(done.output.encode())) <= {"name", "id"}


def test_notes_beside_the_sites_name_people_and_papers_by_id_alone(built: Office) -> None:
    notes = [each for each in built.build.rglob(".*") if each.is_file()]
    assert notes
    for each in notes:
        assert built.fields(words_in(each.read_bytes())) <= {"id"}


@pytest.mark.parametrize("viewer", ["ma-alpha", "tess"])
def test_a_sealed_file_holds_what_is_allowed_and_shows_nothing(built: Office, viewer: str) -> None:
    assert built.sep("deliver", "--for", viewer).exit_code in (0, 1)
    (book,) = (built.folder / "settings" / "phrases").glob("*.txt")
    words = dict(each.split(" = ") for each in book.read_text("ascii").splitlines() if " = " in each)[viewer]
    sealed = built.build / "sealed" / f"{viewer}.html"
    shown: set[str] = set()
    for name, content in open_sealed(sealed, words).files.items():
        shown |= words_in(name.encode()) | words_of(content)
    tally.views()
    found = built.compared(viewer, shown, TODAY)
    tally.faults(each.kind for each in found)
    assert found == []
    outside = words_in(sealed.read_bytes())
    assert {each.kind for each in built.written.canaries if each.word.lower() in outside} <= {"school", "staff"}


def test_copies_to_print_hold_what_is_allowed(built: Office) -> None:
    """One for everybody, one for somebody (policy: P25)."""
    assert built.sep("binder", "--all", "--format", "html").exit_code in (0, 1)
    assert built.sep("binder", "alpha", "--format", "both").exit_code in (0, 1)
    assert built.sep("binder", "alpha", "--for", "cora", "--format", "both").exit_code in (0, 1)
    binders = built.build / "binders"
    copies = {path.name: words_of(path.read_bytes()) for path in binders.glob("*.html")}
    copies |= {path.name: words_of(path.read_bytes()) | _printed(path) for path in binders.glob("*.pdf")}
    assert {f"alpha{FOR}cora.html", f"alpha{FOR}cora.pdf"} <= set(copies)
    assert len(copies) > 8
    for name, shown in copies.items():
        student, person = whose(name)
        assert shown, name
        for viewer in [person] if person else built.readers(student, TODAY):
            found = [each for each in built.compared(viewer, set(shown), TODAY) if each.kind == "leak"]
            tally.faults(each.kind for each in found)
            assert found == []


def _printed(path: Path) -> set[str]:
    """Return the words on a PDF's pages, whose letters have numbers of its own fonts, and those read out for images."""
    content = path.read_bytes()
    said = [each.alt for each in structure(content).walk()]
    return words_in("\n".join([*pages(content), *said]).encode())


@pytest.mark.parametrize("format_", ["github", "sarif"])
def test_findings_for_machines_say_nothing_of_what_stands_in_files(office: Office, format_: str) -> None:
    """They go to logs that others keep: the names of files, and nothing in them (policy: P35)."""
    found = words_in(office.sep("check", "--format", format_).output.encode())
    assert office.fields(found) <= {"id"}
    assert "sigma" in found


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--for", "nobody-here"],
        ["build", "--for", "aunt-alpha"],
        ["binder", "alpha", "--for", "mo-omega"],
        ["binder", "sigma", "--for", "cora"],
        ["deliver", "--for", "jo-both"],
        ["explain-access", "mo-omega", "alpha"],
    ],
    ids=" ".join,
)
def test_what_is_refused_says_nothing_of_what_stands_in_the_file(built: Office, arguments: list[str]) -> None:
    before = built.files()
    said = words_in(built.sep(*arguments).output.encode())
    assert built.fields(said) <= {"name", "id"}
    assert built.files() == before


def test_the_annual_report_on_disk_names_nobody(built: Office) -> None:
    built.sep("report", "--year", "2026-27")
    found = built.words_below(built.build / "reports")
    assert [each for each in built.written.canaries if each.word.lower() in found and each.student] == []


def test_pages_of_a_file_that_breaks_stay_with_those_alone_who_still_may_see_them(
    tmp_path: Path, small: Searched
) -> None:
    """Rules 1 and 2 together: made while the file was sound, then it breaks, and somebody's part ends."""
    office = Office(tmp_path, small)
    office.sep("build", today=DAYS[1])
    objective = next((tmp_path / "records/students/alpha/2026-27/objectives").glob("*.yaml"))
    objective.write_text(objective.read_text("utf-8").replace("status: on-track", "status: nowhere"), "utf-8")
    office.sep("build", today=DAYS[3])
    alpha = {each.word.lower() for each in office.written.canaries if each.student == "alpha" and each.field != "id"}
    sites = {each.name: office.words_below(each) for each in (office.build / "sites").iterdir() if each.is_dir()}
    holders = {viewer for viewer, words in sites.items() if words & alpha} - {"mana"}
    assert holders == {"ann-alpha", "ma-alpha", "cora"}
    for viewer in holders:
        leaks = [each.what for each in office.compared(viewer, sites[viewer], DAYS[1]) if each.kind == "leak"]
        assert [each for each in leaks if "alpha" in each] == []
