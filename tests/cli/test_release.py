"""`sep release`: to a third party on the right consents alone, with nothing but what they allow (policy: P35, P36)."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School

SAM = "students/lopez-sam"
COLLEGE = "Admissions, Basin Technical College"
PURPOSE = "Application to the welding program"
ASK = ("release", "sam", "--to", COLLEGE)


def consent(school: School, document: str, signer: str, *rest: str) -> None:
    parts = ("--part", "strengths, objectives, registrations, documents") if document == "file" else ()
    done = school.sep(
        "consent", "sam", document, "--signer", signer, "--third-party", COLLEGE, "--purpose", PURPOSE,
        "--method", "paper", *parts, *rest,
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr


@pytest.fixture
def school(tmp_path: Path) -> School:
    """The small school, with the consents of Sam and his mother to share some of the file with a college."""
    made = School(tmp_path)
    consent(made, "file", "sam-lopez")
    consent(made, "file", "rosa-lopez")
    return made


def package(school: School) -> dict[str, bytes]:
    return school.pages("releases")


def disclosures(school: School) -> dict[str, str]:
    folder = school.records / SAM / "disclosures"
    return {each.stem: each.read_text("utf-8") for each in folder.iterdir()} if folder.is_dir() else {}


def refused(school: School, *arguments: str) -> str:
    """Run the command, see that it was refused and that nothing was written, and return what was said."""
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 3
    assert files(school) == before
    assert not (school.folder / "build").exists()
    assert not (school.folder / "settings/disclosures").exists()
    return done.stderr


def test_a_consent_to_a_third_party_says_who_and_what(school: School) -> None:
    text = (school.records / SAM / "consents/2026-11-24-file-sam-lopez.yaml").read_text("utf-8")
    assert text == (
        f"document: file\nsigner: sam-lopez\ncapacity: affected-party\npurpose: {PURPOSE}\n"
        "recipients: [admissions-basin-technical-college]\nsigned_on: 2026-11-24\nmethod: paper\nthird_parties:\n"
        f'  - {{id: admissions-basin-technical-college, name: "{COLLEGE}"}}\n'
        "parts: [strengths, objectives, registrations, documents]\n"
    )
    assert school.sep("check").exit_code == 0


def test_what_the_consents_allow_is_made_and_written_down(school: School) -> None:
    done = school.sep(*ASK, "--sections", "objectives,strengths", "--documents", "book-shelf")
    assert done.exit_code == 0, done.stderr
    made = package(school)
    name = "lopez-sam-2026-11-24-admissions-basin-technical-college"
    assert set(made) == {f"{name}/release.html", f"{name}/papers/2026-27/book-shelf.png"}
    page = made[f"{name}/release.html"].decode()
    for wanted in ("Samuel Lopez", COLLEGE, PURPOSE, "34 CFR 99.33", "Ben Reyes", "Rosa Lopez", "The summer shelf"):
        assert wanted in page
    written = disclosures(school)["2026-11-24-admissions-basin-technical-college"]
    assert written == (
        'what: "Strengths, objectives of 2026-27; The summer shelf (2026-27/book-shelf)"\n'
        f'to: "{COLLEGE}"\non: 2026-11-24\nby: reyes\npurpose: {PURPOSE}\n'
        'basis: "Written consents: Rosa Lopez, 2026-11-24; Samuel Lopez, 2026-11-24"\n'
        'consents: ["2026-11-24-file-rosa-lopez", "2026-11-24-file-sam-lopez"]\n'
    )
    assert school.sep("check").exit_code == 0
    assert "SEP376" not in school.sep("check").stdout
    (log,) = (school.folder / "settings/disclosures").glob("*.jsonl")
    entry = json.loads(log.read_text("ascii"))
    assert (entry["part"], entry["viewer"]) == ("release", "admissions-basin-technical-college")
    assert "released     admissions-basin-technical-college" in school.sep("access", "sam", "--log").stdout


def test_only_what_was_asked_for_is_in_the_page(school: School) -> None:
    for name, text in (
        ("progress/2026-10-01-first-book.md", "---\nby: park\ndate: 2026-10-01\n---\nSam read PROGRESSWORD.\n"),
        ("requests/2026-11-02-gloves.yaml", "resource: REQUESTWORD\nrequested_by: park\nreferred_on: 2026-11-02\n"),
    ):
        (school.records / SAM / "2026-27" / name).write_text(text, "utf-8")
    assert school.sep(*ASK, "--sections", "registrations").exit_code == 0
    (page,) = (each.decode() for each in package(school).values())
    assert "English 10" in page
    for hidden in (
        "PROGRESSWORD",
        "REQUESTWORD",
        "12 Elm Street",
        "435-555-0111",
        "rosa@example.org",
        "007123",
        "hearing",
    ):
        assert hidden.casefold() not in page.casefold(), hidden
    assert "ward" not in page.casefold().replace("toward", "").replace("forward", "").replace("award", "")
    assert "Different from the course plan" not in page


def test_an_excerpt_of_a_withheld_document_stays_behind(school: School) -> None:
    path = school.records / SAM / "2026-27/strengths.md"
    path.write_text(path.read_text("utf-8") + "\nSee hearing-letter.png: EARWORD.\n", "utf-8")
    assert school.sep(*ASK, "--sections", "strengths,objectives").exit_code == 0
    assert not any(b"EARWORD" in each for each in package(school).values())


def test_one_archive_with_the_same_bytes(school: School) -> None:
    for _ in range(2):
        assert school.sep(*ASK, "--sections", "objectives", "--documents", "book-shelf", "--zip").exit_code == 0
        (name, content), *more = package(school).items()
        assert not more
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.namelist() == ["papers/2026-27/book-shelf.png", "release.html"]
    assert name.endswith(".zip")
    assert len(disclosures(school)) == 1


def test_the_same_again_is_not_written_down_twice_and_something_else_is(school: School) -> None:
    school.sep(*ASK, "--sections", "objectives")
    again = school.sep(*ASK, "--sections", "objectives")
    assert "It stands in the file already" in again.stderr
    assert len(disclosures(school)) == 1
    school.sep(*ASK, "--sections", "strengths")
    assert len(disclosures(school)) == 2
    assert len({each.partition("/")[0] for each in package(school)}) == 2


def test_nobody_has_consented(tmp_path: Path) -> None:
    said = refused(School(tmp_path), *ASK, "--sections", "objectives")
    assert f"no consent in the file of Samuel Lopez names `{COLLEGE}`" in said
    assert "--third-party" in said


def test_both_the_student_and_a_parent_have_to_consent(school: School) -> None:
    (school.records / SAM / "consents/2026-11-24-file-sam-lopez.yaml").unlink()
    said = refused(school, *ASK, "--sections", "objectives")
    assert "for `objectives`: the consent of the student, Samuel Lopez\n" in said
    assert "Rosa" not in said


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("method: paper", "method: paper\nexpires: 2026-11-24", ""),
        ("signed_on: 2026-11-24", "signed_on: 2026-11-01\nexpires: 2026-11-23", "(it ended on 2026-11-23)"),
        ("signed_on: 2026-11-24", "signed_on: 2026-11-01\nrevoked_on: 2026-11-24", "(taken back on 2026-11-24)"),
        ("parts: [strengths, objectives", "parts: [strengths", "(it is for something else)"),
        ("method: paper", "method: paper\nanswer: objection", "Rosa Lopez objects"),
        ("signer: rosa-lopez", "signer: park", "the consent of Rosa Lopez"),
    ],
)
def test_a_consent_has_to_stand_and_to_be_for_this(old: str, new: str, told: str, school: School) -> None:
    school.change(f"{SAM}/consents/2026-11-24-file-rosa-lopez.yaml", old, new)
    if told:
        assert told in refused(school, *ASK, "--sections", "objectives")
    else:
        assert school.sep(*ASK, "--sections", "objectives").exit_code == 0


BACK = ("consent", "sam", "--revoke", "2026-11-24-file-rosa-lopez", "--yes")
NAME = "lopez-sam-2026-11-24-admissions-basin-technical-college"


@pytest.mark.parametrize("form", [(), ("--zip",)], ids=["folder", "archive"])
def test_a_package_goes_with_the_consent_that_is_taken_back(form: tuple[str, ...], school: School) -> None:
    assert school.sep(*ASK, "--sections", "objectives", *form).exit_code == 0
    own = school.folder / "build/releases/notes.txt"
    own.write_text("mine", "utf-8")
    before = package(school)
    assert "Took away the package" not in school.sep("build").stderr
    assert package(school) == before
    assert school.sep(*BACK).exit_code == 0
    told = school.sep("build")
    assert told.exit_code == 0
    assert f"Took away the package {NAME}{'.zip' if form else ''}: what allowed it does not stand" in told.stderr
    assert set(package(school)) == {"notes.txt"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("consents/2026-11-24-file-sam-lopez.yaml", "method: paper", "method: paper\nexpires: 2026-11-25"),
        ("consents/2026-11-24-file-sam-lopez.yaml", "capacity:", "answer: objection\ncapacity:"),
        ("participants/rosa-lopez.yaml", "role: parent", "role: parent\nrights: {status: revoked, order: Court 1}"),
        ("student.yaml", "name: Samuel", "surname: x\nname: Samuel"),
        ("consents/2026-11-24-file-rosa-lopez.yaml", "parts: [strengths, objectives,", "parts: [strengths,"),
    ],
    ids=["it has ended", "an objection", "a court order", "a file with errors", "another part"],
)
def test_a_package_goes_when_its_consents_do_not_stand(file: str, old: str, new: str, school: School) -> None:
    assert school.sep(*ASK, "--sections", "objectives").exit_code == 0
    assert school.sep("build", today="2026-11-26").exit_code == 0
    assert package(school)
    school.change(f"{SAM}/{file}", old, new)
    assert "Took away the package" in school.sep("build", today="2026-11-26").stderr
    assert not package(school)


def build_takes_away(school: School, today: str = "2026-11-26") -> bool:
    """Build, and tell whether that took away the package."""
    done = school.sep("build", today=today)
    gone = "Took away the package" in done.stderr
    assert gone is not bool(package(school))
    return gone


@pytest.mark.parametrize("change", ["another form", "taken out", "confidential by now"])
def test_a_package_goes_with_the_document_in_it(change: str, school: School) -> None:
    assert school.sep(*ASK, "--documents", "book-shelf").exit_code == 0
    assert not build_takes_away(school)
    folder = school.records / SAM / "2026-27/documents"
    if change == "another form":
        shutil.copy(folder / "hearing-letter.png", folder / "book-shelf.png")
    elif change == "taken out":
        (folder / "book-shelf.png").unlink()
        (folder / "book-shelf.yaml").unlink()
    else:
        school.change(f"{SAM}/2026-27/documents/book-shelf.yaml", "level: open", "level: confidential")
    assert build_takes_away(school)


@pytest.fixture
def nearly_adult(school: School) -> School:
    """The school with a package that was made two days before the student comes of age."""
    school.change(f"{SAM}/student.yaml", "birth_date: 2011-03-04", "birth_date: 2008-11-26")
    assert school.sep(*ASK, "--sections", "objectives").exit_code == 0
    return school


def test_a_package_made_before_the_birthday_rests_on_what_the_student_signed(nearly_adult: School) -> None:
    """The right has passed to the student (34 CFR 99.5), whose consent stands; a parent's objection counts no more."""
    assert not build_takes_away(nearly_adult, "2026-11-26")
    text = (nearly_adult.records / SAM / "consents/2026-11-24-file-rosa-lopez.yaml").read_text("utf-8")
    objecting = nearly_adult.records / SAM / "consents/2026-11-25-objection.yaml"
    objecting.write_text(text.replace("method: paper", "method: paper\nanswer: objection"), "utf-8")
    assert not build_takes_away(nearly_adult, "2026-11-26")
    assert build_takes_away(nearly_adult, "2026-11-25")


def test_a_package_that_names_a_consent_which_is_gone_goes_after_the_birthday_too(nearly_adult: School) -> None:
    """Its cover sheet would say what is not so, though the student's consent alone would do for a new one."""
    nearly_adult.change(
        f"{SAM}/consents/2026-11-24-file-rosa-lopez.yaml", "method: paper", "method: paper\nexpires: 2026-11-30"
    )
    assert not build_takes_away(nearly_adult, "2026-11-30")
    assert build_takes_away(nearly_adult, "2026-12-01")
    assert nearly_adult.sep(*ASK, "--sections", "objectives", today="2026-12-01").exit_code == 0


def test_on_a_parents_consent_alone_nothing_stays_or_is_given_from_the_birthday_on(nearly_adult: School) -> None:
    record = f"{SAM}/disclosures/{NAME.removeprefix('lopez-sam-')}.yaml"
    nearly_adult.change(record, ', "2026-11-24-file-sam-lopez"', "")
    (nearly_adult.records / SAM / "consents/2026-11-24-file-sam-lopez.yaml").unlink()
    done = nearly_adult.sep(*ASK, "--sections", "objectives", today="2026-11-26")
    assert done.exit_code == 3
    assert "for `objectives`: the consent of the student, Samuel Lopez\n" in done.stderr
    assert build_takes_away(nearly_adult, "2026-11-26")


def test_a_package_of_which_nothing_is_known_goes(school: School) -> None:
    assert school.sep(*ASK, "--sections", "objectives").exit_code == 0
    (school.folder / "build/releases/.sep-decided").unlink()
    assert build_takes_away(school)


def test_the_next_package_takes_away_what_may_not_be_handed_over(school: School) -> None:
    assert school.sep(*ASK, "--sections", "objectives").exit_code == 0
    assert school.sep(*BACK).exit_code == 0
    consent(school, "file", "rosa-lopez")
    done = school.sep(*ASK, "--sections", "strengths")
    assert done.exit_code == 0, done.stderr
    assert f"Took away the package {NAME}: what allowed it" in done.stderr
    assert {each.split("/")[0] for each in package(school)} == {f"{NAME}-2"}


def test_a_package_of_a_student_who_is_taken_out_goes(school: School) -> None:
    assert school.sep(*ASK, "--sections", "objectives").exit_code == 0
    shutil.rmtree(school.records / SAM)
    school.sep("build")
    assert not package(school)


def test_a_parent_without_rights_counts_for_nothing(school: School) -> None:
    path = school.records / SAM / "participants/rosa-lopez.yaml"
    path.write_text(path.read_text("utf-8") + "rights: {status: revoked, order: Case 12, from: 2026-11-01}\n", "utf-8")
    assert "the consent of a parent or guardian with full rights" in refused(school, *ASK, "--sections", "objectives")


def test_an_adult_student_consents_alone(school: School) -> None:
    school.change(f"{SAM}/student.yaml", "birth_date: 2011-03-04", "birth_date: 2008-03-04")
    (school.records / SAM / "consents/2026-11-24-file-rosa-lopez.yaml").unlink()
    done = school.sep(*ASK, "--sections", "objectives")
    assert done.exit_code == 0, done.stderr


def test_a_confidential_document_needs_its_custodian_and_those_it_affects(school: School) -> None:
    said = refused(school, *ASK, "--documents", "hearing-letter")
    assert "for `2026-27/hearing-letter`: the consent of the custodian" in said
    assert "for `2026-27/hearing-letter`: the consent of Rosa Lopez for Samuel Lopez" in said
    consent(school, "hearing-letter", "nurse-bell")
    assert "custodian" not in refused(school, *ASK, "--documents", "hearing-letter")
    consent(school, "hearing-letter", "rosa-lopez")
    done = school.sep(*ASK, "--documents", "hearing-letter")
    assert done.exit_code == 0, done.stderr
    assert any(path.endswith("papers/2026-27/hearing-letter.png") for path in package(school))
    (text,) = disclosures(school).values()
    assert "2026-11-24-hearing-letter-custodian" in text
    assert "Ada Bell, 2026-11-24" in text


def test_the_purpose_is_that_of_the_consents(school: School) -> None:
    done = school.sep(*ASK, "--sections", "objectives", "--purpose", "Selling tools")
    assert done.exit_code == 2
    assert "is not in the words of the consents" in done.stderr
    assert disclosures(school) == {}
    no = answering(school, *ASK, "--sections", "objectives", "--purpose", "Selling tools", answers="n\n")
    assert no.exit_code == 130
    assert disclosures(school) == {}
    yes = answering(school, *ASK, "--sections", "objectives", "--purpose", "To be admitted", answers="y\n")
    assert yes.exit_code == 0, yes.stderr
    assert "purpose: To be admitted\n" in next(iter(disclosures(school).values()))


def test_the_page_speaks_spanish(school: School) -> None:
    assert school.sep(*ASK, "--sections", "objectives", "--lang", "es").exit_code == 0
    (page,) = (each.decode() for each in package(school).values())
    assert '<html lang="es">' in page
    assert "No lo entregue a nadie más" in page


def test_a_dry_run_writes_nothing(school: School) -> None:
    before = files(school)
    done = school.sep(*ASK, "--sections", "objectives", "--dry-run")
    assert done.exit_code == 0
    assert f'to: "{COLLEGE}"' in done.stdout
    assert files(school) == before
    assert not (school.folder / "build").exists()


def test_what_cannot_be_logged_is_not_given(school: School) -> None:
    before = files(school)
    (school.folder / "settings").mkdir(exist_ok=True)
    (school.folder / "settings/disclosures").write_text("in the way")
    assert school.sep(*ASK, "--sections", "objectives").exit_code == 4
    assert files(school) == before
    assert not (school.folder / "build/releases").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("release", "nobody", "--to", COLLEGE, "--sections", "all"), "there is no student `nobody`"),
        (("release", "sam", "--sections", "all"), "`--to` gives it"),
        (ASK, "what is to be given is missing"),
        ((*ASK, "--sections", "objective"), "did you mean `objectives`?"),
        ((*ASK, "--documents", "no-such"), "there is no document `no-such`"),
        ((*ASK, "--sections", "objectives", "--year", "2020-21"), "the file has no year `2020-21`"),
        ((*ASK, "--sections", "objectives", "--by", "Nobody Atall"), "is not in the staff directory"),
        (("release", "sam", "--to", "Rosa Lopez", "--sections", "all"), "takes part in this plan"),
    ],
)
def test_what_cannot_be_is_told(arguments: tuple[str, ...], told: str, school: School) -> None:
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before
    assert not (school.folder / "build").exists()


def test_a_file_with_errors_and_an_output_among_the_records_are_refused(school: School) -> None:
    assert school.sep(*ASK, "--sections", "objectives", "--out", "records/out").exit_code == 3
    school.change(f"{SAM}/student.yaml", "2026-27: 10", "2026-27: 11")
    done = school.sep(*ASK, "--sections", "objectives")
    assert done.exit_code == 2
    assert "has errors, so nothing is given of it" in done.stderr
    assert disclosures(school) == {}


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (("--third-party", "Sun Park", "--part", "plan"), "takes part in this plan"),
        (("--third-party", "X College", "--part", "everything"), "there is no part `everything`"),
        (("--third-party", "X College"), "`--part` gives it"),
    ],
)
def test_a_consent_names_somebody_outside_and_parts_that_exist(
    rest: tuple[str, ...], told: str, school: School
) -> None:
    before = files(school)
    done = school.sep(
        "consent", "sam", "file", "--signer", "sam-lopez", "--purpose", "P", "--method", "paper", *rest
    )  # fmt: skip
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_a_consent_for_a_third_party_lets_nobody_in_the_plan_see_more(school: School) -> None:
    before = json.loads(school.sep("access", "sam", "--format", "json").stdout)
    consent(school, "hearing-letter", "nurse-bell")
    consent(school, "hearing-letter", "rosa-lopez")
    assert json.loads(school.sep("access", "sam", "--format", "json").stdout) == before
