from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from tests.history.stores import REYES, School, school

READ = "students/lopez-sam/2026-27/objectives/read-more.yaml"
NOTE = "students/lopez-sam/2026-27/progress/2026-10-01-first-book.md"
NOON = dt.datetime(2026, 11, 24, 12, 0, 0, tzinfo=dt.UTC)


@pytest.fixture
def made(tmp_path: Path) -> School:
    made = school(tmp_path)
    made.edit(READ, "on-track", "needs-help")
    made.save(author=REYES, day="2026-10-03T12:00:00-06:00")
    made.edit(NOTE, "a week early.", "two weeks early.")
    made.save(author="Somebody <x@elsewhere.example>", day="2026-10-08T12:00:00-06:00")
    return made


def run(made: School, *arguments: str, today: str = "2026-11-24") -> Result:
    folder = made.root.parent
    around = Surroundings(now=lambda _: NOON, folder=folder, environ={}, terminal=False, settings=folder / "settings")
    return CliRunner().invoke(sep, ["-C", str(made.root), "--today", today, *arguments], obj=around)


def test_a_history_in_sentences(made: School) -> None:
    told = run(made, "history", "Sam Lopez")
    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "Samuel Lopez",
        "",
        "Oct 8, 2026, Somebody",
        "  progress note *The first book*: paragraph *Sam finished Hatchet two weeks early.* written anew",
        "",
        "Oct 3, 2026, Ben Reyes (counselor)",
        "  objective *Read one book a month*: on track → needs help",
        "",
        "Aug 20, 2026, Sun Park (teacher)",
        "  the file was begun",
    ]
    assert "not saved" not in told.stderr


def test_a_history_in_spanish(made: School) -> None:
    told = run(made, "--lang", "es", "history", "lopez-sam", "--since", "2026-10-03")
    assert told.stdout.splitlines()[1:] == [
        "",
        "8 oct 2026, Somebody",
        "  la nota de progreso *The first book*: se reescribió el párrafo *Sam finished Hatchet two weeks early.*",
        "",
        "3 oct 2026, Ben Reyes (consejería)",
        "  el objetivo *Read one book a month*: va bien → necesita ayuda",
    ]


def test_since_the_last_conference(made: School) -> None:
    told = run(made, "history", "lopez-sam", "--since", "last-conference")
    assert "Oct 8" in told.stdout
    assert "Oct 3" not in told.stdout
    none = run(made, "history", "ward-ivy", "--since", "last-conference")
    assert none.exit_code == 2
    assert "no conference has been held yet" in none.stderr
    assert "is no date" in run(made, "history", "lopez-sam", "--since", "last week").stderr


def test_history_for_scripts(made: School) -> None:
    data = json.loads(run(made, "history", "lopez-sam", "--format", "json").stdout)
    assert (data["format_version"], data["student"], data["complete"]) == (1, "lopez-sam", True)
    assert [each["author"] for each in data["saves"]] == [
        {"name": "Somebody", "participant": None},
        {"name": "Ben Reyes (counselor)", "participant": "reyes"},
        {"name": "Sun Park (teacher)", "participant": "park"},
    ]
    (change,) = data["saves"][1]["changes"]
    assert change["sentence"] == "objective *Read one book a month*: on track → needs help"
    assert change["parts"] == [
        {"field": ["status"], "item": None, "change": "changed", "old": "on-track", "new": "needs-help"}
    ]


def test_a_history_without_any_is_told_plainly(made: School, tmp_path: Path) -> None:
    assert "Nothing was saved since then." in run(made, "history", "lopez-sam", "--since", "2026-11-20").stderr
    (made.top / ".git").rename(tmp_path / "away")
    told = run(made, "history", "lopez-sam")
    assert told.exit_code == 2
    assert "this folder has no saved versions" in told.stderr


def test_the_history_of_a_file_that_is_broken_or_gone(made: School) -> None:
    made.write("students/lopez-sam/student.yaml", "name: [")
    assert "Oct 3, 2026, Ben Reyes" in run(made, "history", "lopez-sam").stdout
    made.git("rm", "-r", "-q", "students/ward-ivy")
    made.save(day="2026-10-09T12:00:00-06:00")
    assert "the file was taken out" in run(made, "history", "ward-ivy").stdout
    made.write("school.yaml", "x")
    assert "Oct 3, 2026" in run(made, "history", "lopez-sam").stdout
    assert run(made, "history", "nobody").exit_code == 2


def test_a_copy_without_its_older_saves(made: School, tmp_path: Path) -> None:
    made.git("clone", "-q", "--depth", "1", f"file://{made.top}", str(tmp_path / "copy"))
    told = run(School(tmp_path / "copy", tmp_path / "copy"), "history", "lopez-sam")
    assert told.exit_code == 0
    assert "lacks the older saves" in told.stderr


def test_what_is_not_saved_yet(made: School) -> None:
    assert "Nothing has changed since the last save." in run(made, "diff").stderr
    made.edit(READ, "needs-help", "met")
    made.edit("school.yaml", "district: ", "district: The ")
    told = run(made, "diff")
    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "The school",
        "  school’s data: district: *Small District* → *The Small District*",
        "",
        "Samuel Lopez",
        "  objective *Read one book a month*: needs help → met",
    ]
    assert "1 change is not saved yet" in run(made, "history", "lopez-sam").stderr
    assert run(made, "diff", "Ivy").stdout == ""


def test_between_two_versions(made: School) -> None:
    told = run(made, "diff", "lopez-sam", "--from", "2026-09-01", "--to", "2026-10-03")
    assert told.stdout.splitlines()[1:] == ["  objective *Read one book a month*: on track → needs help"]
    saves = json.loads(run(made, "history", "lopez-sam", "--format", "json").stdout)["saves"]
    data = json.loads(run(made, "diff", "--from", saves[1]["save"][:12], "--format", "json").stdout)
    assert [each["id"] for each in data["changes"]] == ["2026-10-01-first-book"]
    assert "Nothing changed" in run(made, "diff", "--from", "2026-10-08", "--to", "2026-10-20").stderr
    assert "give `--from` too" in run(made, "diff", "--to", "2026-10-08").stderr
    assert "nothing had been saved by 2020-01-01" in run(made, "diff", "--from", "2020-01-01").stderr
    assert run(made, "diff", "--from", "no-such-save").exit_code == 2


def test_between_two_versions_given_the_other_way_round(made: School) -> None:
    told = run(made, "diff", "lopez-sam", "--from", "2026-10-03", "--to", "2026-09-01")
    assert told.stdout.splitlines()[1:] == ["  objective *Read one book a month*: on track → needs help"]
    assert "2026-09-01 lies before 2026-10-03: told from the older to the newer." in told.stderr
    saves = json.loads(run(made, "history", "lopez-sam", "--format", "json").stdout)["saves"]
    first, last = saves[-1]["save"][:12], saves[0]["save"][:12]
    assert (
        run(made, "diff", "--from", last, "--to", first).stdout
        == run(made, "diff", "--from", first, "--to", last).stdout
    )
    assert run(made, "diff", "--from", last, "--to", last).stderr == "Nothing changed between the two.\n"


def test_a_file_as_it_stood(made: School) -> None:
    told = run(made, "show", "lopez-sam", "--at", "2026-09-01")
    assert "On track     Read one book a month" in told.stdout
    assert "As saved on Aug 20, 2026" in told.stderr
    assert "Needs help   Read one book a month" in run(made, "show", "lopez-sam").stdout
    data = json.loads(run(made, "show", "lopez-sam", "--at", "HEAD~1", "--format", "json").stdout)
    assert data["saved_at"].startswith("2026-10-03")
    assert len(data["save"]) == 40


def pages(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*.html")}


def test_pages_as_they_stood_are_the_same_each_time(made: School) -> None:
    out = made.root.parent / "then"
    for name in ("one", "two"):
        told = run(made, "build", "--at", "2026-09-01", "--out", str(out / name))
        assert told.exit_code == 0, told.output
    assert pages(out / "one") == pages(out / "two")
    page = (out / "one/sites/rosa-lopez/lopez-sam/plan.html").read_text("utf-8")
    assert "Va bien" in page
    assert "Necesita ayuda" not in page
    assert "The records as saved on 2026-08-20" in told.stderr
    changes = (out / "one/sites/reyes/lopez-sam/changes.html").read_text("utf-8")
    assert "Aug 20, 2026" in changes
    assert "Oct" not in changes


def test_pages_tell_what_changed(made: School) -> None:
    assert run(made, "build").exit_code == 0
    page = (made.root.parent / "build/sites/reyes/lopez-sam/changes.html").read_text("utf-8")
    assert "on track → needs help" in page
    assert "elsewhere.example" not in page
    assert "Somebody" not in page


def test_older_pages_do_not_replace_newer_ones(made: School) -> None:
    assert run(made, "build").exit_code == 0
    assert run(made, "build", "--at", "2026-09-01").exit_code == 3
    assert "leave out `--for`" in run(made, "build", "--at", "2026-09-01", "--for", "park").stderr


def test_pages_as_they_stood_are_for_those_who_may_see_them_today(made: School) -> None:
    rosa = "students/lopez-sam/participants/rosa-lopez.yaml"
    order = "rights: {status: revoked, order: Court 1, from: 2026-11-01}\n"
    made.write(rosa, (made.root / rosa).read_text("utf-8") + order)
    told = run(made, "build", "--at", "2026-09-01", "--out", "then")
    assert "Left out: 1 person" in told.stderr
    assert not (made.root.parent / "then/sites/rosa-lopez").exists()
    assert (made.root.parent / "then/sites/sam-lopez").exists()
