"""`sep revoke`: gone at once whatever the records are like, and it says what keeps it so (policy: P13, P35)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School

PARK = "students/lopez-sam/participants/park.yaml"
ROSA = "students/lopez-sam/participants/rosa-lopez.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    made = School(tmp_path)
    assert made.sep("build").exit_code == 0
    assert made.sep("binder", "sam", "--for", "park").exit_code == 0
    assert made.sep("binder", "sam").exit_code == 0
    return made


def output(school: School) -> set[str]:
    build = school.folder / "build"
    return {each.relative_to(build).as_posix() for part in ("sites", "binders") for each in (build / part).iterdir()}


def test_what_was_made_for_somebody_goes_and_the_rest_stays(school: School) -> None:
    before, pages = output(school), school.pages()
    done = school.sep("revoke", "Sun Park")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == ["build/sites/park", "build/binders/lopez-sam--for-park.pdf"]
    assert output(school) == before - {"sites/park", "binders/lopez-sam--for-park.pdf"}
    assert school.pages() == {path: content for path, content in pages.items() if not path.startswith("park/")}
    ledger = json.loads((school.folder / "build/sites/.sep-decided").read_text("utf-8"))
    assert "park" not in ledger
    assert "rosa-lopez" in ledger
    assert not [each for each in (school.folder / "build").iterdir() if each.name.startswith(".sep-staging")]


def test_it_says_what_to_write_and_what_is_out(school: School) -> None:
    before = files(school)
    done = school.sep("revoke", "park")
    assert f"  {PARK}\n    until: 2026-11-23\n" in done.stderr
    assert "`sep revoke park --write` writes it." in done.stderr
    assert "  2026-11-24  pages, if they were copied elsewhere (lopez-sam, ward-ivy)\n" in done.stderr
    assert "  2026-11-24  a binder, if it was printed or sent (lopez-sam)\n" in done.stderr
    assert files(school) == before
    assert "sites/park" not in output(school)


def test_a_disclosure_in_the_file_is_among_what_is_out(school: School) -> None:
    path = school.records / "students/lopez-sam/disclosures/2026-10-16-copy.yaml"
    path.parent.mkdir()
    path.write_text(
        "what: Printed copy of the plan\nto: Rosa Lopez\non: 2026-10-16\nby: reyes\npurpose: At home\nbasis: Parent\n"
    )
    assert "  2026-10-16  Printed copy of the plan (lopez-sam)\n" in school.sep("revoke", "rosa-lopez").stderr


def test_it_is_done_again_without_harm(school: School) -> None:
    school.sep("revoke", "park", "--write")
    before, records = output(school), files(school)
    done = school.sep("revoke", "park", "--write")
    assert done.exit_code == 0
    assert "Nothing that was made for Sun Park (park) stands in build." in done.stderr
    assert "ended on 2026-11-23 already" in done.stderr
    assert (output(school), files(school)) == (before, records)


def test_written_it_stays_so(school: School) -> None:
    assert school.sep("revoke", "park", "--write").exit_code == 0
    assert "until: 2026-11-23\n" in (school.records / PARK).read_text("utf-8")
    assert school.sep("build").exit_code == 0
    assert "sites/park" not in output(school)


def test_on_a_terminal_it_offers_to_write(school: School) -> None:
    assert answering(school, "revoke", "park", answers="y\n").exit_code == 0
    assert "until: 2026-11-23\n" in (school.records / PARK).read_text("utf-8")


def test_a_parent_loses_no_rights_without_a_court_order(school: School) -> None:
    before, records = output(school), files(school)
    done = school.sep("revoke", "rosa-lopez", "--write")
    assert done.exit_code == 3
    assert "a parent or guardian has full rights unless a court order says otherwise" in done.stderr
    assert (output(school), files(school)) == (before, records)
    done = school.sep("revoke", "rosa-lopez", "--write", "--order", "Third District Court, case 12, 2026-11-20")
    assert done.exit_code == 0, done.stderr
    assert (
        (school.records / ROSA)
        .read_text("utf-8")
        .endswith(
            'rights:\n  status: revoked\n  order: "Third District Court, case 12, 2026-11-20"\n  from: 2026-11-24\n'
        )
    )
    school.sep("build")
    assert "sites/rosa-lopez" not in output(school)
    assert "a court order is recorded already" in school.sep("revoke", "rosa-lopez").stderr


def test_a_court_order_is_for_parents_alone(school: School) -> None:
    before = output(school)
    assert school.sep("revoke", "park", "--write", "--order", "Case 1").exit_code == 2
    assert school.sep("revoke", "rosa-lopez", "--order", "Case 1").exit_code == 2
    assert output(school) == before


def test_only_what_holds_one_student_goes(school: School) -> None:
    school.sep("binder", "ivy", "--for", "park")
    done = school.sep("revoke", "park", "--student", "Ivy Ward")
    assert done.stdout.splitlines() == ["build/sites/park", "build/binders/ward-ivy--for-park.pdf"]
    assert "students/ward-ivy/participants/park.yaml" in done.stderr
    assert PARK not in done.stderr
    assert school.sep("revoke", "rosa-lopez", "--student", "ward-ivy").stdout == ""
    assert "sites/rosa-lopez" in output(school)


def test_other_files_with_errors_stop_nothing(school: School) -> None:
    school.change("students/lopez-sam/student.yaml", "birth_date: ", "birth_date: x")
    (school.records / "school.yaml").write_text("format: [", "utf-8")
    (school.records / "staff.yaml").unlink()
    done = school.sep("revoke", "Sun Park")
    assert done.exit_code == 0, done.stderr
    assert "sites/park" not in output(school)
    assert f"  {PARK}\n    until: 2026-11-23\n" in done.stderr
    assert "pages, if they were copied elsewhere (lopez-sam, ward-ivy)" in done.stderr


def test_a_file_of_their_own_with_errors_is_named(school: School) -> None:
    (school.records / PARK).write_text("name: [", "utf-8")
    done = school.sep("revoke", "park")
    assert "sites/park" not in output(school)
    assert f"{PARK}: this file cannot be read: mend it first" in done.stderr


def test_without_any_records_the_id_will_do(school: School) -> None:
    shutil.rmtree(school.records)
    done = school.sep("revoke", "park", "--out", "build")
    assert done.exit_code == 0, done.stderr
    assert "sites/park" not in output(school)
    assert "sites/rosa-lopez" in output(school)


def test_what_a_killed_build_left_behind_goes_too(school: School) -> None:
    left = school.folder / "build/.sep-staging-x/park"
    left.mkdir(parents=True)
    school.sep("revoke", "park")
    assert not left.parent.exists()


def test_a_folder_that_is_a_link_is_not_followed(school: School) -> None:
    elsewhere = school.folder / "elsewhere"
    (school.folder / "build/sites/park").rename(elsewhere)
    (school.folder / "build/sites/park").symlink_to(elsewhere)
    assert school.sep("revoke", "park").exit_code == 0
    assert "sites/park" not in output(school)
    assert (elsewhere / "index.html").is_file()


def test_sealed_file_and_printed_words_go(school: School) -> None:
    assert school.sep("deliver", "--for", "park").exit_code == 0
    assert (school.folder / "build/letters/words.html").is_file()
    done = school.sep("revoke", "park")
    assert {"build/sealed/park.html", "build/letters"} <= set(done.stdout.splitlines())
    assert not (school.folder / "build/sealed/park.html").exists()
    assert not (school.folder / "build/letters").exists()
    assert "a sealed file; who has it and the words can open it" in done.stderr


def test_the_log_says_that_it_was_taken_away(school: School) -> None:
    school.sep("revoke", "park")
    assert "taken away   Sun Park (park)" in school.sep("access", "sam", "--log").stdout
    assert school.sep("access", "--verify-log").exit_code == 0
    (log,) = (school.folder / "settings/disclosures").glob("*.jsonl")
    lines = log.read_text("ascii").splitlines()
    school.sep("build")
    new = [json.loads(each) for each in log.read_text("ascii").splitlines()[len(lines) :]]
    assert {(each["viewer"], each["part"]) for each in new} == {("park", "site")}


def test_a_dry_run_changes_nothing(school: School) -> None:
    before, records = output(school), files(school)
    done = school.sep("revoke", "park", "--write", "--dry-run")
    assert "build/sites/park" in done.stdout
    assert "+until: 2026-11-23" in done.stdout
    assert (output(school), files(school)) == (before, records)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("revoke",), "PERSON is missing"),
        (("revoke", "nobody"), "nobody is called `nobody`"),
        (("revoke", "../sites"), "nobody is called"),
        (("revoke", "park", "--student", "nobody"), "no students fit `nobody`"),
        (("revoke", "park", "--out", "records"), "is no folder that `sep` made"),
        (("revoke", "park", "--out", "nowhere"), "is no folder that `sep` made"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changes(arguments: tuple[str, ...], told: str, school: School) -> None:
    before, records = output(school), files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert (output(school), files(school)) == (before, records)
