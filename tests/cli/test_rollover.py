"""`sep rollover`: everybody into the new year; nothing lost, nothing made up, twice as once (policy: P1, P8, U3)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.cli import writing
from site_builder.source.yaml_reader import read_yaml
from tests.cli.desk import answering, files
from tests.cli.small_school import School

SAM, IVY = "students/lopez-sam", "students/ward-ivy"
MAY = "2027-05-20"
ROLL = ("rollover", "--like-last-year")


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def text(school: School, file: str) -> str:
    return (school.records / file).read_text(encoding="utf-8")


def test_everybody_who_stays_has_a_section_with_what_goes_on(school: School) -> None:
    old = files(school)
    done = school.sep(*ROLL, today=MAY)
    assert done.exit_code == 0, done.stderr
    assert "2 plans to prepare, 3 objectives carried over, 0 assignments of staff extended." in done.stderr
    new = files(school)
    assert {path for path in old if new[path] != old[path]} == {
        "school.yaml", f"{SAM}/student.yaml", f"{IVY}/student.yaml",
    }  # fmt: skip
    assert "grades: {2025-26: 9, 2026-27: 10, 2027-28: 11}\n" in text(school, f"{SAM}/student.yaml")
    assert {path for path in new if path not in old} == {
        f"{SAM}/2027-28/plan.yaml",
        f"{SAM}/2027-28/objectives/learn-to-weld.yaml",
        f"{SAM}/2027-28/objectives/read-more.yaml",
        f"{IVY}/2027-28/plan.yaml",
        f"{IVY}/2027-28/objectives/play-the-cello.yaml",
    }
    assert school.sep("check", today=MAY).exit_code == 0
    assert school.sep("check", today="2027-09-01").exit_code == 0


def test_an_objective_goes_on_without_the_steps_that_are_done(school: School) -> None:
    school.change(f"{SAM}/2026-27/objectives/read-more.yaml", "done_on: 2026-09-20}", "done_on: 2026-09-20}\n"
                  "  - {what: 'Read: a play', who: sam-lopez, due: 2027-04-02}  # hers")  # fmt: skip
    school.sep(*ROLL, today=MAY)
    assert text(school, f"{SAM}/2027-28/objectives/read-more.yaml") == (
        "statement: Read one book a month\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
        "means:\n  - {what: Library pass in third period, source: school}\n"
        'steps:\n  - {what: "Read: a play", who: sam-lopez, due: 2027-04-02}\ncarried_from: 2026-27\n'
    )


@pytest.mark.parametrize("status", ["met", "set-aside"])
def test_what_is_over_stays_where_it_is(status: str, school: School) -> None:
    school.change(f"{SAM}/2026-27/objectives/learn-to-weld.yaml", "status: not-started", f"status: {status}")
    school.sep(*ROLL, today=MAY)
    assert not (school.records / f"{SAM}/2027-28/objectives/learn-to-weld.yaml").exists()
    plan = text(school, f"{SAM}/2027-28/plan.yaml")
    assert "objectives: [learn-to-weld]" not in plan
    assert "- {institution: Basin Technical College, program: Welding, credential: certificate}\n" in plan
    assert school.sep("check", today=MAY).exit_code == 0


def test_a_plan_begins_with_the_template_and_the_courses_to_come_and_nobody_has_prepared_it(school: School) -> None:
    school.sep(*ROLL, today=MAY)
    plan = text(school, f"{SAM}/2027-28/plan.yaml")
    document, findings = read_yaml("plan.yaml", plan)
    assert document is not None
    assert not findings
    assert document.data == {
        "grade": 11,
        "template_version": "2026",
        "course_plan": [
            {"grade": 11, "course": "CTE-201", "title": "Welding 1", "subject": "cte", "credits": 1, "term": "fall"}
        ],
        "post_secondary": [
            {
                "institution": "Basin Technical College",
                "program": "Welding",
                "credential": "certificate",
                "objectives": ["learn-to-weld"],
            }
        ],
        "careers": [{"title": "Welders", "soc": "51-4121.00", "objectives": ["learn-to-weld"], "courses": ["CTE-201"]}],
    }
    school.sep("rollover", today="2027-09-01")
    found = school.sep("check", "--format", "concise", today="2027-09-01").stdout
    assert "the plan for 2027-28 has not been prepared yet" in found
    assert "did not prepare this plan" not in found


def test_the_steps_of_the_template_stand_in_the_new_plan_as_remarks(school: School) -> None:
    school.change(
        "template/program.yaml", "grade: 10, steps: [Visit one workplace]", "grade: 11, steps: [Ask, don't wait]"
    )
    school.sep(*ROLL, today=MAY)
    assert "#   - Ask\n#   - don't wait\n" in text(school, f"{SAM}/2027-28/plan.yaml")


def test_a_second_call_is_the_same_as_one(school: School) -> None:
    call = (*ROLL, "--keep", "counselor")
    school.sep(*call, today=MAY)
    before = files(school)
    for again in (call, ("rollover",), ("rollover", "2027-28")):
        done = school.sep(*again, today=MAY)
        assert done.exit_code == 0, done.stderr
        assert "Nothing to do" in done.stderr
        assert files(school) == before


def test_without_a_year_the_newest_is_completed_until_it_nears_its_end(school: School) -> None:
    early = school.sep("rollover")
    assert "Nothing to do: 2026-27 and everybody's section of it are there." in early.stderr
    late = school.sep("rollover", today=MAY)
    assert "the dates of 2027-28 are missing" in late.stderr


def test_it_becomes_the_current_year_when_it_has_begun(school: School) -> None:
    school.sep(*ROLL, today=MAY)
    assert "current_year: 2026-27\n" in text(school, "school.yaml")
    done = school.sep("rollover", today="2027-08-18")
    assert "added to school.yaml\n" in done.stdout
    assert "current_year: 2027-28\n" in text(school, "school.yaml")


def test_a_section_that_has_been_begun_is_not_filled_again(school: School) -> None:
    school.sep(*ROLL, today=MAY)
    (school.records / f"{SAM}/2027-28/objectives/read-more.yaml").unlink()
    before = files(school)
    school.sep("rollover", today=MAY)
    assert files(school) == before


def test_what_stands_in_the_new_section_is_not_overwritten(school: School) -> None:
    path = school.records / f"{SAM}/2027-28/objectives/read-more.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("statement: Read in the summer\nkind: academic\nstatus: on-track\nsuggested_by: park\n", "utf-8")
    before = path.read_bytes()
    assert school.sep(*ROLL, today=MAY).exit_code == 0
    assert path.read_bytes() == before
    assert (school.records / f"{SAM}/2027-28/plan.yaml").exists()


def test_staff_go_on_only_where_that_is_said(school: School) -> None:
    done = school.sep(*ROLL, today=MAY)
    assert "Their part ends with 2026-27: Ben Reyes, Joy Cruz, Sun Park." in done.stderr
    assert "until: 2027-05-28\n" in text(school, f"{SAM}/participants/reyes.yaml")
    kept = school.sep("rollover", "--keep", "counselor", today=MAY)
    assert kept.exit_code == 0, kept.stderr
    assert "2 assignments of staff extended" in kept.stderr
    assert "until: 2028-05-26\n" in text(school, f"{SAM}/participants/reyes.yaml")
    assert "until: 2027-05-28\n" in text(school, f"{SAM}/participants/park.yaml")
    assert "SEP316" not in school.sep("check", today=MAY).stdout


def test_who_leaves_the_school_goes_on_to_the_last_day_only(school: School) -> None:
    school.change("staff.yaml", "duties: [counseling]", "duties: [counseling], until: 2027-12-31")
    school.change("staff.yaml", "duties: [teaching]", "duties: [teaching], until: 2027-06-30")
    school.sep(*ROLL, "--keep", "all", today=MAY)
    assert "until: 2027-12-31\n" in text(school, f"{SAM}/participants/reyes.yaml")
    assert "until: 2027-05-28\n" in text(school, f"{SAM}/participants/park.yaml")


def test_a_part_that_ended_earlier_is_not_taken_up_again(school: School) -> None:
    school.change(f"{SAM}/participants/reyes.yaml", "until: 2027-05-28", "until: 2027-01-15")
    school.sep(*ROLL, "--keep", "counselor", today=MAY)
    assert "until: 2027-01-15\n" in text(school, f"{SAM}/participants/reyes.yaml")


def test_who_finishes_grade_12_gets_no_section_and_a_last_day(school: School) -> None:
    school.change(f"{SAM}/student.yaml", "2026-27: 10", "2026-27: 12")
    school.change(f"{SAM}/2026-27/plan.yaml", "grade: 10\n", "grade: 12\n")
    first = school.sep(*ROLL, today=MAY)
    assert "They finish grade 12 in 2026-27: Samuel Lopez. `--graduated-on` writes their last day." in first.stderr
    assert not (school.records / SAM / "2027-28").exists()
    old = text(school, f"{SAM}/student.yaml")
    assert school.sep("rollover", "--graduated-on", "2027-05-27", today=MAY).exit_code == 0
    assert text(school, f"{SAM}/student.yaml") == old + "left_on: 2027-05-27\n"
    again = school.sep("rollover", "--graduated-on", "2027-05-28", today=MAY)
    assert "Nothing to do" in again.stderr


def test_who_repeats_stays_in_the_grade(school: School) -> None:
    school.change(f"{SAM}/student.yaml", "2026-27: 10", "2026-27: 12")
    school.change(f"{SAM}/2026-27/plan.yaml", "grade: 10\n", "grade: 12\n")
    assert school.sep(*ROLL, "--repeats", "sam", today=MAY).exit_code == 0
    assert "2027-28: 12" in text(school, f"{SAM}/student.yaml")
    assert "grade: 12\n" in text(school, f"{SAM}/2027-28/plan.yaml")
    assert "2027-28: 8" in text(school, f"{IVY}/student.yaml")


def test_who_has_left_is_skipped(school: School) -> None:
    school.change(f"{IVY}/student.yaml", "name: Ivy Ward", "name: Ivy Ward\nleft_on: 2027-02-01")
    school.sep(*ROLL, today=MAY)
    assert not (school.records / IVY / "2027-28").exists()
    assert "2027-28" not in text(school, f"{IVY}/student.yaml")


@pytest.mark.parametrize("file", ["student.yaml", "2026-27/plan.yaml", "2026-27/objectives/play-the-cello.yaml"])
def test_a_file_that_cannot_be_read_is_mended_first(file: str, school: School) -> None:
    path = school.records / IVY / file
    sound = path.read_bytes()
    path.write_bytes(b"[\n" + sound)
    first = school.sep(*ROLL, today=MAY)
    assert "Left out, for a file of theirs cannot be read" in first.stderr
    assert not (school.records / IVY / "2027-28").exists()
    assert (school.records / SAM / "2027-28/plan.yaml").exists()
    path.write_bytes(sound)
    assert school.sep("rollover", today=MAY).exit_code == 0
    assert (school.records / IVY / "2027-28/objectives/play-the-cello.yaml").exists()


def test_it_asks_for_what_the_school_decides(school: School) -> None:
    school.change(f"{IVY}/student.yaml", "2026-27: 7", "2026-27: 12")
    school.change(f"{IVY}/student.yaml", "birth_date: 2014", "birth_date: 2009")
    school.change(f"{IVY}/2026-27/plan.yaml", "grade: 7", "grade: 12")
    done = answering(school, "rollover", answers="\n" * 6 + "y\nn\n\n\n", today=MAY)
    assert done.exit_code == 0, done.stderr
    assert "Counselors go on with the same students (Ben Reyes)" in done.stderr
    assert "Last day of the 1 student who finish grade 12 [2027-05-28]" in done.stderr
    assert "until: 2028-05-26\n" in text(school, f"{SAM}/participants/reyes.yaml")
    assert "until: 2027-05-28\n" in text(school, f"{SAM}/participants/cruz.yaml")
    assert "left_on: 2027-05-28\n" in text(school, f"{IVY}/student.yaml")


def test_a_dry_run_prints_everything_and_writes_nothing(school: School) -> None:
    before = files(school)
    done = school.sep(*ROLL, "--keep", "counselor", "--dry-run", today=MAY)
    assert files(school) == before
    for part in ("+  - id: 2027-28\n", "2027-28: 11}", "carried_from: 2026-27\n", "+until: 2028-05-26\n"):
        assert part in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rollover", "2025-26"), "2025-26 is past"),
        (("rollover", "2027-29"), "write it as 2027-28"),
        (("rollover", "2029-30", "--like-last-year"), "which is not in school.yaml"),
        ((*ROLL, "--repeats", "nobody"), "there is no student `nobody`"),
        ((*ROLL, "--keep", "parent"), "`parent` is not a choice for `--keep`"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], told: str, school: School) -> None:
    before = files(school)
    done = school.sep(*arguments, today=MAY)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_comments_and_line_ends_stay(school: School) -> None:
    path = school.records / SAM / "student.yaml"
    path.write_bytes(b"# the file\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))
    old = path.read_bytes()
    school.sep(*ROLL, today=MAY)
    assert path.read_bytes() == old.replace(b"2026-27: 10}", b"2026-27: 10, 2027-28: 11}")


def test_interrupted_anywhere_it_is_completed_by_the_next_call(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "whole").mkdir()
    whole = School(tmp_path / "whole")
    call = (*ROLL, "--keep", "all")
    whole.sep(*call, today=MAY)
    wanted, start = files(whole), files(school)
    one = writing._write_one
    for after in range(len(wanted.keys() ^ start.keys()) + 8):
        for path in set(files(school)) - set(start):
            (school.records / path).unlink()
        for path, content in start.items():
            (school.records / path).write_bytes(content)
        left = [after]

        def stopped(target: Path, change: writing.Change, left: list[int] = left) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            one(target, change)

        monkeypatch.setattr(writing, "_write_one", stopped)
        school.sep(*call, today=MAY)
        monkeypatch.setattr(writing, "_write_one", one)
        assert school.sep("check", today=MAY).exit_code == 0
        school.sep(*call, today=MAY)
        assert files(school) == wanted


KILLED = """
import os, signal, sys
from pathlib import Path
from site_builder.cli.main import sep
spared, place = int(sys.argv[1]), sys.argv[2]
real = getattr(os if place == "link" else Path, place)
def dies(*args, **kwargs):
    global spared
    if not spared:
        os.kill(os.getpid(), signal.SIGKILL)
    spared -= 1
    return real(*args, **kwargs)
setattr(os if place == "link" else Path, place, dies)
sep(sys.argv[3:])
"""


@pytest.mark.parametrize(("place", "spared"), [("link", 0), ("link", 2), ("link", 4), ("replace", 0), ("replace", 3)])
def test_killed_anywhere_no_file_is_half_and_the_next_call_completes(
    place: str, spared: int, school: School, tmp_path: Path
) -> None:
    (tmp_path / "whole").mkdir()
    whole = School(tmp_path / "whole")
    call = (*ROLL, "--keep", "all")
    whole.sep(*call, today=MAY)
    wanted = files(whole)
    arguments = ["-C", str(school.records), "--today", MAY, "--no-input", *call]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(spared), place, *arguments],
        check=False, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    for path, content in files(school).items():
        if not path.rpartition("/")[2].startswith("."):
            assert content == wanted[path] or not path.startswith("students/") or "2027-28/" not in path
    assert school.sep(*call, today=MAY).exit_code == 0
    assert files(school) == wanted
