"""`sep request`: asked for, waiting, decided once (policy: P21, P29)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School

GLOVES = "students/lopez-sam/2026-27/requests/2026-11-02-gloves.yaml"
MACHINE = "students/lopez-sam/2026-27/requests/2026-11-24-reading-machine.yaml"
ASK = ("request", "sam", "--resource", "A reading machine", "--by", "park")
DECIDE = ("request", "decide", "sam", "2026-11-24-reading-machine")


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def text(school: School, file: str) -> str:
    return (school.records / file).read_text(encoding="utf-8")


def test_enter_alone_says_that_it_serves_no_objective(school: School) -> None:
    done = answering(school, "request", "sam", answers="A reading machine\n\n1\n\n")
    assert done.exit_code == 0, done.stderr
    assert "Which objective does it serve (Enter for 3)" in done.stderr
    (made,) = (school.records / "students/lopez-sam/2026-27/requests").glob("*reading-machine*")
    assert "objective" not in made.read_text("utf-8")


def test_a_request_is_written_into_the_current_year(school: School) -> None:
    done = school.sep(*ASK, "--objective", "read-more", "--reason", "Small print: too small")
    assert done.exit_code == 0, done.stderr
    assert text(school, MACHINE) == (
        "resource: A reading machine\nrequested_by: park\nreferred_on: 2026-11-24\nobjective: read-more\n"
        'reason: "Small print: too small"\n'
    )
    assert "sep request decide lopez-sam 2026-11-24-reading-machine" in done.stderr
    assert school.sep("check").exit_code == 0


def test_the_word_add_may_stand_there(school: School) -> None:
    assert school.sep("request", "add", *ASK[1:]).exit_code == 0
    assert (school.records / MACHINE).exists()


def test_options_may_stand_before_the_student(school: School) -> None:
    assert school.sep("request", *ASK[2:], "sam").exit_code == 0
    assert (school.records / MACHINE).exists()


def test_it_is_asked_for_field_by_field(school: School) -> None:
    done = answering(school, "request", "sam", answers="A reading machine\n2\n1\n\n")
    assert done.exit_code == 0, done.stderr
    assert "Read one book a month (read-more)" in done.stderr
    assert "objective: read-more\n" in text(school, MACHINE)
    assert "reason" not in text(school, MACHINE)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("request", "sam", "--by", "park"), "`--resource` gives it"),
        (("request", "sam", "--resource", "X y"), "`--by` gives it"),
        ((*ASK, "--objective", "read-less"), "these are: learn-to-weld, read-more"),
        (("request", "sam", "--resource", "X y", "--by", "joan-ward"), "takes no part in Samuel Lopez's plan"),
        ((*ASK, "--referred-on", "2026-11-25"), "has not come yet"),
        ((*ASK, "--referred-on", "2025-08-01"), "takes no part in the plan on 2025-08-01"),
        (("request", "decid", "sam"), "did you mean `decide`?"),
        (("request", "nobody", *ASK[2:]), "there is no student `nobody`"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], told: str, school: School) -> None:
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_the_same_thing_is_not_asked_for_twice_by_mistake(school: School) -> None:
    assert school.sep(*ASK).exit_code == 0
    again = school.sep(*ASK)
    assert again.exit_code == 2
    assert "waits for a decision" in again.stderr
    assert school.sep(*ASK, "--another").exit_code == 0
    assert (school.records / MACHINE.replace(".yaml", "-2.yaml")).exists()


def test_a_decision_is_added_and_nothing_else_changes(school: School) -> None:
    school.sep(*ASK)
    path = school.records / MACHINE
    path.write_text("# asked in the hallway\n" + text(school, MACHINE) + "# a note\n", encoding="utf-8")
    old = text(school, MACHINE)
    done = school.sep(*DECIDE, "--outcome", "granted", "--reason", "From the library: two weeks")
    assert done.exit_code == 0, done.stderr
    assert text(school, MACHINE) == old + (
        "decision:\n  outcome: granted\n  by: principal-stone\n  on: 2026-11-24\n"
        '  reason: "From the library: two weeks"\n'
    )
    assert school.sep("check").exit_code == 0


def test_what_was_decided_is_not_written_over(school: School) -> None:
    before = files(school)
    done = school.sep("request", "decide", "sam", "2026-11-02-gloves", "--outcome", "declined", "--reason", "No")
    assert done.exit_code == 2
    assert "was granted on 2026-11-09: The shop has a spare pair" in done.stderr
    assert files(school) == before


def test_what_was_deferred_is_decided_later_and_keeps_both(school: School) -> None:
    school.sep(*ASK)
    assert school.sep(*DECIDE, "--outcome", "deferred", "--reason", "In spring").exit_code == 0
    assert school.sep(*DECIDE, "--outcome", "deferred", "--reason", "In May", today="2027-03-01").exit_code == 0
    done = school.sep(*DECIDE, "--outcome", "granted", "--reason", "Found one", today="2027-05-03")
    assert done.exit_code == 0, done.stderr
    assert text(school, MACHINE).endswith(
        "decision:\n  outcome: deferred\n  by: principal-stone\n  on: 2026-11-24\n  reason: In spring\n"
        "later_decisions:\n"
        "  - outcome: deferred\n    by: principal-stone\n    on: 2027-03-01\n    reason: In May\n"
        "  - outcome: granted\n    by: principal-stone\n    on: 2027-05-03\n    reason: Found one\n"
    )
    again = school.sep(*DECIDE, "--outcome", "declined", "--reason", "No", today="2027-05-04")
    assert "was granted on 2027-05-03" in again.stderr
    assert school.sep("check", today="2027-05-04").exit_code == 0


def test_somebody_else_than_the_principal_is_refused(school: School) -> None:
    school.sep(*ASK)
    before = files(school)
    done = school.sep(*DECIDE, "--outcome", "granted", "--reason", "Yes", "--by", "reyes")
    assert done.exit_code == 3
    assert "Ben Reyes may not decide on 2026-11-24: requests go to the Principal, Olive Stone" in done.stderr
    assert files(school) == before


def test_whom_the_principal_lets_decide_decides_in_time(school: School) -> None:
    school.sep(*ASK)
    school.change(
        "school.yaml",
        "current_year:",
        "decides_requests: [{person: reyes, delegated_by: principal-stone, delegated_on: 2026-11-20, "
        "until: 2026-11-30}]\ncurrent_year:",
    )
    answer = ("--outcome", "granted", "--reason", "Yes", "--by", "Ben Reyes")
    assert school.sep(*DECIDE, *answer, today="2026-12-01").exit_code == 3
    assert school.sep(*DECIDE, *answer).exit_code == 0
    assert "by: reyes\n" in text(school, MACHINE)
    assert "SEP361" not in school.sep("check").stdout


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--outcome", "granted"), "`--reason` gives it"),
        (("--reason", "Yes"), "`--outcome` gives it"),
        (("--outcome", "granted", "--reason", "Yes", "--on", "2026-11-23"), "had not been referred to the Principal"),
        (("--outcome", "granted", "--reason", "Yes", "--on", "2026-12-24"), "has not come yet"),
        (("--outcome", "maybe", "--reason", "Yes"), "choices: granted, declined, deferred"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(more: tuple[str, ...], told: str, school: School) -> None:
    school.sep(*ASK)
    before = files(school)
    done = school.sep(*DECIDE, *more)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_on_a_terminal_the_waiting_ones_are_listed(school: School) -> None:
    school.sep(*ASK)
    done = answering(school, "request", "decide", "sam", answers="1\ndeclined\nNo money\n")
    assert done.exit_code == 0, done.stderr
    assert "A reading machine (2026-11-24-reading-machine)" in done.stderr
    assert "outcome: declined\n" in text(school, MACHINE)


def test_a_file_written_in_braces_is_left_to_its_owner(school: School) -> None:
    (school.records / MACHINE).write_text("{resource: X, requested_by: park, referred_on: 2026-11-24}\n", "utf-8")
    done = school.sep(*DECIDE, "--outcome", "granted", "--reason", "Yes")
    assert done.exit_code == 2
    assert "add this to it by hand" in done.stderr
    assert "outcome: granted" in done.stderr


def test_a_dry_run_writes_nothing(school: School) -> None:
    before = files(school)
    done = school.sep(*ASK, "--dry-run")
    assert "resource: A reading machine" in done.stdout
    assert files(school) == before


def test_the_list_shows_what_waits_the_longest_first(school: School) -> None:
    assert "No request waits" in school.sep("request", "list").stderr
    school.sep(*ASK, "--referred-on", "2026-11-20")
    school.sep(
        "request", "ivy", "--resource", "A cello to take home", "--by", "joan-ward", "--referred-on", "2026-11-10"
    )
    done = school.sep("request", "list")
    assert done.stdout.index("14 days  Ivy Ward: A cello to take home") < done.stdout.index("4 days  Samuel Lopez:")
    assert "sep request decide ward-ivy 2026-11-10-cello-take-home" in done.stdout
    assert "Welding gloves" not in done.stdout
    assert "Welding gloves" in school.sep("request", "list", "--all").stdout
    assert "cello" not in school.sep("request", "list", "sam").stdout


def test_the_list_for_other_programs(school: School) -> None:
    school.sep("request", "sam", "--resource", "=1+1 pens", "--by", "park")
    data = json.loads(school.sep("request", "list", "--all", "--format", "json").stdout)
    assert [(each["id"], each["state"]) for each in data["requests"]] == [
        ("2026-11-24-1-1-pens", "waiting"),
        ("2026-11-02-gloves", "granted"),
    ]
    rows = list(csv.DictReader(io.StringIO(school.sep("request", "list", "--format", "csv").stdout)))
    assert [each["resource"] for each in rows] == ["'=1+1 pens"]
