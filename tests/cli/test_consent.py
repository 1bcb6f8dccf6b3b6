"""`sep consent`: the signature counts, is for these bytes, and shows what it changes (policy: P35, P36)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School

FOLDER = "students/lopez-sam"
PICTURE = f"{FOLDER}/2026-27/documents/hearing-letter.png"
DESCRIPTION = f"{FOLDER}/2026-27/documents/hearing-letter.yaml"
TERMS = ("--purpose", "Seating: front row", "--recipient", "teacher", "--method", "paper")
GIVE = ("consent", "sam", "hearing-letter", *TERMS)


@pytest.fixture
def school(tmp_path: Path) -> School:
    """The small school, before anybody has consented."""
    made = School(tmp_path)
    for path in (made.records / FOLDER / "consents").iterdir():
        path.unlink()
    return made


def consents(school: School) -> dict[str, str]:
    return {each.stem: each.read_text(encoding="utf-8") for each in (school.records / FOLDER / "consents").iterdir()}


def test_a_file_is_written_for_each_signer_with_the_hash_of_the_document(school: School) -> None:
    done = school.sep(*GIVE, "--signer", "nurse-bell", "--signer", "Rosa Lopez", "--expires", "2027-05-28")
    assert done.exit_code == 0, done.stderr
    digest = hashlib.sha256((school.records / PICTURE).read_bytes()).hexdigest()
    written = consents(school)
    assert set(written) == {"2026-11-24-hearing-letter-custodian", "2026-11-24-hearing-letter-rosa-lopez"}
    assert written["2026-11-24-hearing-letter-rosa-lopez"] == (
        'document: "2026-27/hearing-letter"\nsigner: rosa-lopez\ncapacity: parent\npurpose: "Seating: front row"\n'
        f"recipients: [teacher]\nsigned_on: 2026-11-24\nmethod: paper\nsha256: {digest}\nexpires: 2027-05-28\n"
    )
    assert "capacity: custodian\n" in written["2026-11-24-hearing-letter-custodian"]
    assert school.sep("check").exit_code == 0


def test_who_can_see_it_is_shown_before_and_after(school: School) -> None:
    first = school.sep(*GIVE, "--signer", "nurse-bell")
    assert "Sun Park      no  -> no" in first.stderr
    assert "The consent of Rosa Lopez for Samuel Lopez is missing" in first.stderr
    second = school.sep(*GIVE, "--signer", "rosa-lopez")
    assert "Sun Park      no  -> yes" in second.stderr
    assert "Rosa Lopez    no  -> no" in second.stderr
    assert "hearing-letter.png" in " ".join(_pages(school, "park"))


def test_the_same_again_writes_nothing(school: School) -> None:
    school.sep(*GIVE, "--signer", "nurse-bell")
    before = files(school)
    done = school.sep(*GIVE, "--signer", "nurse-bell")
    assert done.exit_code == 0
    assert "Nothing to do" in done.stderr
    assert files(school) == before


@pytest.mark.parametrize(
    ("signer", "told"),
    [
        ("park", "without the duty `custodian`"),
        ("principal-stone", "without the duty `custodian`"),
        ("sam-lopez", "the student is a minor: a parent or guardian with full rights signs"),
    ],
)
def test_who_may_not_sign_is_refused_with_the_reason(signer: str, told: str, school: School) -> None:
    before = files(school)
    done = school.sep(*GIVE, "--signer", signer)
    assert done.exit_code == 3
    assert told in done.stderr
    assert "the consent of a custodian on duty: Ada Bell\n" in done.stderr
    assert "the consent for Samuel Lopez: Rosa Lopez\n" in done.stderr
    assert files(school) == before


def test_a_parent_whose_rights_a_court_has_taken_may_not_sign(school: School) -> None:
    path = school.records / FOLDER / "participants/rosa-lopez.yaml"
    path.write_text(path.read_text("utf-8") + "rights: {status: revoked, order: Case 12, from: 2026-10-01}\n", "utf-8")
    done = school.sep(*GIVE, "--signer", "rosa-lopez")
    assert done.exit_code == 3
    assert "a court order has taken this parent's rights" in done.stderr
    assert school.sep(*GIVE, "--signer", "rosa-lopez", "--signed-on", "2026-09-30").exit_code == 0


def test_a_custodian_who_is_affected_signs_for_herself_alone(school: School) -> None:
    school.change(DESCRIPTION, "affects: [sam-lopez]", "affects: [sam-lopez, nurse-bell]")
    assert school.sep(*GIVE, "--signer", "nurse-bell").exit_code == 0
    assert "capacity: affected-party\n" in consents(school)["2026-11-24-hearing-letter-nurse-bell"]


def test_a_custodian_off_duty_is_refused(school: School) -> None:
    school.change("staff.yaml", "duties: [custodian]", "duties: [custodian], until: 2026-10-01")
    done = school.sep(*GIVE, "--signer", "nurse-bell")
    assert done.exit_code == 3
    assert "not at the school on 2026-11-24" in done.stderr
    assert school.sep(*GIVE, "--signer", "nurse-bell", "--signed-on", "2026-09-30").exit_code == 0


def test_an_adult_student_signs_alone(school: School) -> None:
    school.change(f"{FOLDER}/student.yaml", "birth_date: 2011-03-04", "birth_date: 2008-03-04")
    refused = school.sep(*GIVE, "--signer", "rosa-lopez")
    assert refused.exit_code == 3
    assert "is an adult or independent, and signs alone" in refused.stderr
    assert school.sep(*GIVE, "--signer", "sam-lopez").exit_code == 0
    assert "capacity: adult-student\n" in consents(school)["2026-11-24-hearing-letter-sam-lopez"]


def test_an_adult_student_shares_the_whole_file_with_a_parent(school: School) -> None:
    school.change(f"{FOLDER}/student.yaml", "birth_date: 2011-03-04", "birth_date: 2008-03-04")
    done = school.sep(
        "consent", "sam", "file", "--signer", "sam-lopez", "--recipient", "Rosa Lopez", "--purpose", "Planning",
        "--method", "paper",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert "Rosa Lopez    no  -> yes" in done.stderr
    written = consents(school)["2026-11-24-file-sam-lopez"]
    assert "document: file\n" in written
    assert "recipients: [rosa-lopez]\n" in written
    assert "sha256" not in written
    assert "rosa-lopez" in _sites(school)


def test_a_minor_shares_nothing_as_such(school: School) -> None:
    done = school.sep("consent", "sam", "file", "--signer", "sam-lopez", *TERMS)
    assert done.exit_code == 3
    assert "the student is a minor" in done.stderr


def test_an_objection_withholds_and_can_be_taken_back(school: School) -> None:
    school.sep(*GIVE, "--signer", "nurse-bell", "--signer", "rosa-lopez")
    done = school.sep(*GIVE, "--signer", "rosa-lopez", "--objection", "--signed-on", "2026-11-20")
    assert done.exit_code == 0, done.stderr
    assert "Sun Park      yes -> no" in done.stderr
    assert "Rosa Lopez objects" in done.stderr
    assert "answer: objection\n" in consents(school)["2026-11-20-hearing-letter-rosa-lopez"]
    back = school.sep("consent", "sam", "--revoke", "2026-11-20-hearing-letter-rosa-lopez")
    assert "Sun Park      no  -> yes" in back.stderr


def test_a_custodian_does_not_object(school: School) -> None:
    done = school.sep(*GIVE, "--signer", "nurse-bell", "--objection")
    assert done.exit_code == 3
    assert "an objection is for those it is about" in done.stderr


def test_a_consent_is_taken_back_and_its_file_stays(school: School) -> None:
    school.sep(*GIVE, "--signer", "nurse-bell", "--signer", "rosa-lopez")
    name = "2026-11-24-hearing-letter-rosa-lopez"
    old = consents(school)[name]
    done = school.sep("consent", "sam", "--revoke", name)
    assert done.exit_code == 0, done.stderr
    assert "Sun Park      yes -> no" in done.stderr
    assert "ask for them back" in done.stderr
    assert consents(school)[name] == old + "revoked_on: 2026-11-24\n"
    before = files(school)
    assert "Nothing to do" in school.sep("consent", "sam", "--revoke", name).stderr
    assert files(school) == before
    assert "hearing-letter.png" not in " ".join(_pages(school, "park"))


def test_a_new_version_needs_new_consents(school: School) -> None:
    school.sep(*GIVE, "--signer", "nurse-bell", "--signer", "rosa-lopez")
    path = school.records / PICTURE
    path.write_bytes(path.read_bytes() + b"\0")
    found = school.sep("check").stdout
    assert "SEP415" in found
    assert "`sep consent lopez-sam 2026-27/hearing-letter` records it" in found
    done = school.sep(*GIVE, "--signer", "nurse-bell", "--signer", "rosa-lopez", "--signed-on", "2026-11-23")
    assert "Sun Park      no  -> yes" in done.stderr


def test_whom_it_affects_is_written_where_that_is_missing(school: School) -> None:
    school.change(DESCRIPTION, "affects: [sam-lopez]\n", "# from the clinic\n")
    asked = school.sep(*GIVE, "--signer", "nurse-bell")
    assert asked.exit_code == 2
    assert "`--affects PERSON` says it" in asked.stderr
    done = school.sep(*GIVE, "--signer", "nurse-bell", "--affects", "sam-lopez")
    assert done.exit_code == 0, done.stderr
    text = (school.records / DESCRIPTION).read_text(encoding="utf-8")
    assert text.endswith("# from the clinic\naffects: [sam-lopez]\n")
    changed = school.sep(*GIVE, "--signer", "nurse-bell", "--affects", "none")
    assert changed.exit_code == 2
    assert "change `affects` there by hand" in changed.stderr


def test_that_it_affects_nobody_needs_the_custodians_reason(school: School) -> None:
    school.change(DESCRIPTION, "affects: [sam-lopez]\n", "")
    assert "`--nobody-because`" in school.sep(*GIVE, "--signer", "nurse-bell", "--affects", "none").stderr
    done = school.sep(*GIVE, "--signer", "nurse-bell", "--affects", "none", "--nobody-because", "A form without names")
    assert done.exit_code == 0, done.stderr
    assert "Sun Park      no  -> yes" in done.stderr


def test_what_is_missing_is_listed(school: School) -> None:
    done = school.sep("consent", "sam", "--missing")
    assert "2026-27/hearing-letter  Letter about hearing\n" in done.stdout
    assert "not seen by Joy Cruz, Sun Park, Ben Reyes, Rosa Lopez, Samuel Lopez:\n" in done.stdout
    assert "    The consent of the custodian (Ada Bell) is missing\n" in done.stdout
    assert "holds no confidential document" in school.sep("consent", "ivy", "--missing").stderr


def test_only_what_is_missing_is_asked_for(school: School) -> None:
    done = answering(
        school, "consent", "sam", answers="1\n1\n1\nSeating in class\nteacher, Rosa Lopez\n\non paper\ny\n"
    )
    assert done.exit_code == 0, done.stderr
    assert "Which custodian has signed" in done.stderr
    assert "Who has signed for Samuel Lopez" in done.stderr
    assert len(consents(school)) == 2
    assert all("recipients: [teacher, rosa-lopez]\n" in each for each in consents(school).values())


def test_a_document_that_is_not_there_is_asked_for_again(school: School) -> None:
    asked = (*GIVE[:2], "hering-letter", *GIVE[3:], "--signer", "nurse-bell")
    done = answering(school, *asked, answers="7\n1\n\ny\n")
    assert done.exit_code == 0, done.stderr
    assert "There is no confidential document `hering-letter` in the file of Samuel Lopez." in done.stderr
    assert "give a number from 1 to 1" in done.stderr
    assert set(consents(school)) == {"2026-11-24-hearing-letter-custodian"}
    before = files(school)
    refused = school.sep(*asked)
    assert refused.exit_code == 2
    assert "2026-27/hearing-letter" in refused.stderr
    assert files(school) == before


def test_what_another_consent_says_is_proposed(school: School) -> None:
    school.sep(*GIVE, "--signer", "nurse-bell")
    done = answering(school, "consent", "sam", "hearing-letter", answers="1\n\n\n\non paper\ny\n")
    assert done.exit_code == 0, done.stderr
    assert "What it may be used for [Seating: front row]" in done.stderr
    assert "recipients: [teacher]\n" in consents(school)["2026-11-24-hearing-letter-rosa-lopez"]


def test_a_no_writes_nothing(school: School) -> None:
    before = files(school)
    done = answering(school, *GIVE, "--signer", "nurse-bell", answers="\nn\n")
    assert done.exit_code == 130
    assert files(school) == before


def test_a_dry_run_shows_and_writes_nothing(school: School) -> None:
    before = files(school)
    done = school.sep(*GIVE, "--signer", "nurse-bell", "--signer", "rosa-lopez", "--dry-run")
    assert "Sun Park      no  -> yes" in done.stderr
    assert "capacity: custodian" in done.stdout
    assert files(school) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("consent", "sam", "book-shelf"), "is open: everyone who takes part sees it"),
        (("consent", "sam", "no-such"), "there is no confidential document `no-such`"),
        (("consent", "sam"), "2026-27/hearing-letter"),
        (GIVE, "`--signer` names each"),
        ((*GIVE[:3], "--signer", "nurse-bell", *TERMS[2:]), "`--purpose` gives it"),
        ((*GIVE, "--signer", "nurse-bell", "--recipient", "everybody"), "is no role, and nobody in this plan"),
        ((*GIVE, "--signer", "nurse-bell", "--signed-on", "2026-12-01"), "has not come yet"),
        ((*GIVE, "--signer", "nurse-bell", "--expires", "2026-11-01"), "before it was signed"),
        (("consent", "sam", "--revoke", "nothing"), "there is no consent `nothing`"),
        ((*GIVE, "--signer", "Nobody Atall"), "is not in the staff directory"),
    ],
)
def test_what_cannot_be_is_told(arguments: tuple[str, ...], told: str, school: School) -> None:
    before = files(school)
    done = school.sep(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_a_file_with_errors_is_mended_first(school: School) -> None:
    school.change(f"{FOLDER}/student.yaml", "2026-27: 10", "2026-27: 11")
    done = school.sep(*GIVE, "--signer", "nurse-bell")
    assert done.exit_code == 2
    assert "`sep check students/lopez-sam` shows them" in done.stderr


def _pages(school: School, person: str) -> list[str]:
    school.sep("build")
    return [path for path in school.pages() if path.startswith(f"{person}/")]


def _sites(school: School) -> set[str]:
    school.sep("build")
    return school.people()
