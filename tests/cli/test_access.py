"""`sep access`: who sees a file and why, what its documents need, and the log (policy: P35, P36)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import files
from tests.cli.small_school import School

ROSA = "students/lopez-sam/participants/rosa-lopez.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def log_of(school: School) -> Path:
    (found,) = (school.folder / "settings/disclosures").glob("*.jsonl")
    return found


def test_who_sees_the_file_and_what_the_documents_need(school: School) -> None:
    school.change("students/lopez-sam/participants/cruz.yaml", "until: 2027-05-28", "until: 2026-11-20")
    done = school.sep("access", "sam")
    assert done.exit_code == 0
    assert done.stdout.startswith("Samuel Lopez (lopez-sam) on 2026-11-24\n\nSee the file: 4\n")
    assert "  Rosa Lopez    parent     since 2025-08-20\n" in done.stdout
    assert "  Sun Park      teacher    since 2025-08-20 until 2027-05-28, assigned by Olive Stone\n" in done.stdout
    assert (
        "In the plan, and do not see it: 1\n  Joy Cruz  occupational-specialist  Took part until 2026-11-20 (rule 2)  "
        "students/lopez-sam/participants/cruz.yaml:5\n"
    ) in done.stdout
    assert (
        "2026-27/hearing-letter  Letter about hearing\n  seen by Ben Reyes, Rosa Lopez, Samuel Lopez\n" in done.stdout
    )
    assert "  not seen by Sun Park:\n" in done.stdout
    assert "The file holds no confidential document." in school.sep("access", "ivy").stdout


def test_whose_signature_would_release_a_document(school: School) -> None:
    for path in (school.records / "students/lopez-sam/consents").iterdir():
        path.unlink()
    done = school.sep("access", "sam")
    assert (
        "  signatures that are still wanted:\n    the custodian: Ada Bell\n    for Samuel Lopez: Rosa Lopez\n"
        "    (`sep consent lopez-sam 2026-27/hearing-letter` records them)\n"
    ) in done.stdout
    data = json.loads(school.sep("access", "sam", "--format", "json").stdout)
    assert data["documents"][0]["signatures_wanted"] == [
        {"for": "custodian", "signers": ["nurse-bell"]},
        {"for": "sam-lopez", "signers": ["rosa-lopez"]},
    ]


def test_another_day_has_another_answer(school: School) -> None:
    assert "See the file: 0" in school.sep("access", "sam", "--on", "2025-08-19").stdout
    data = json.loads(school.sep("access", "sam", "--on", "2029-03-04", "--format", "json").stdout)
    rosa = next(each for each in data["people"] if each["id"] == "rosa-lopez")
    assert (rosa["sees"], rosa["reasons"][0]["rule"]) == (False, 5)


def test_a_build_writes_down_what_it_makes_available_and_the_same_again_nothing(school: School) -> None:
    school.sep("build")
    log = log_of(school)
    first = log.read_text("ascii").splitlines()
    pairs = {(each["viewer"], each["student"]) for each in map(json.loads, first)}
    assert ("rosa-lopez", "lopez-sam") in pairs
    assert ("rosa-lopez", "ward-ivy") not in pairs
    assert len(first) == len(pairs) == 9
    assert not any("Lopez" in line or "Sam" in line for line in first)
    school.sep("build")
    school.sep("build", today="2026-11-25")
    assert log.read_text("ascii").splitlines() == first
    school.change("students/ward-ivy/2026-27/objectives/play-the-cello.yaml", "statement: ", "statement: Try to ")
    school.sep("build", today="2026-11-25")
    new = [json.loads(line) for line in log.read_text("ascii").splitlines()[len(first) :]]
    assert {each["student"] for each in new} == {"ward-ivy"}
    assert {each["viewer"] for each in new} == {"ivy-ward", "joan-ward", "park", "reyes"}
    assert {each["on"] for each in new} == {"2026-11-25"}
    assert "log of disclosures is whole: 13 entries" in school.sep("access", "--verify-log").stdout


def test_a_binder_for_somebody_is_written_down_and_one_for_all_is_not(school: School) -> None:
    school.sep("binder", "sam")
    assert not (school.folder / "settings/disclosures").exists()
    school.sep("binder", "sam", "--for", "rosa-lopez")
    entry = json.loads(log_of(school).read_text("ascii"))
    assert (entry["part"], entry["viewer"], entry["student"]) == ("binder", "rosa-lopez", "lopez-sam")
    assert entry["papers"] == ["2026-27/hearing-letter"]
    done = school.sep("access", "sam", "--log")
    assert (
        "  2026-11-24  binder       Rosa Lopez (rosa-lopez), with 2026-27/hearing-letter  from unsaved" in done.stdout
    )
    data = json.loads(school.sep("access", "sam", "--log", "--format", "json").stdout)
    assert data["made_available"][0]["viewer"] == "rosa-lopez"
    assert "nothing that the log of this computer knows of" in school.sep("access", "ivy", "--log").stdout


def test_a_broken_chain_is_told_with_the_line(school: School) -> None:
    school.sep("build")
    log = log_of(school)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([*lines[:3], lines[3].replace(b"site", b"sole"), *lines[4:]]))
    done = school.sep("access", "--verify-log")
    assert done.exit_code == 1
    assert f"{log}:5: this line does not follow the one before it" in done.stdout
    assert school.sep("access", "sam", "--log").exit_code == 1
    assert json.loads(school.sep("access", "--verify-log", "--format", "json").stdout)["breaks"][0]["line"] == 5


def test_what_could_not_be_written_down_is_told_and_added_by_the_next_run(school: School) -> None:
    (school.folder / "settings").mkdir()
    (school.folder / "settings/disclosures").write_text("in the way")
    done = school.sep("build")
    assert done.exit_code == 0
    assert "Not written down: the log of disclosures" in done.stderr
    assert "rosa-lopez" in school.people()
    (school.folder / "settings/disclosures").unlink()
    school.sep("build")
    assert len(log_of(school).read_text("ascii").splitlines()) == 9


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("access",), "name a student"),
        (("access", "sam", "--verify-log"), "name a student"),
        (("access", "nobody"), "there is no student `nobody`"),
        (("access", "sam", "--on", "24.11.2026"), "is no date"),
        (("explain-access", "sam-lopez"), "ITEM is missing"),
        (("explain-access", "nobody", "lopez-sam"), "nobody is called `nobody`"),
        (("explain-access", "rosa-lopes", "lopez-sam"), "did you mean `rosa-lopez`, Rosa Lopez?"),
        (("explain-access", "park", "nobody"), "there is no student `nobody`"),
        (("explain-access", "park", "lopez-sam", "--on", "2026-13-01"), "is no date"),
        (("explain-access", "park", "lopez-sam/2026-27/document/hearing-leter"), "did you mean `hearing-letter`?"),
        (("explain-access", "park", "lopez-sam/2026-27/paper/x"), "there is no kind of entry `paper`"),
        (("explain-access", "park", "lopez-sam/2026-27/plan/x"), "names no item"),
        (("explain-access", "park", "lopez-sam/participant"), "names no item"),
        (("explain-access", "park", "lopez-sam#name"), "names a field of a whole file"),
        (("explain-access", "park", "records/school.yaml"), "is in no student's file"),
        (("explain-access", "park", "students/lopez-sam/2026-27/documents/none.pdf"), "no description names"),
    ],
)
def test_what_cannot_be_is_told(arguments: tuple[str, ...], told: str, school: School) -> None:
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told.casefold() in done.stderr.casefold()
    assert files(school) == before
