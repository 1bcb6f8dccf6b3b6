"""What was made stays only while its readers may see all of it: documents and addresses, pages, sealed files, binders.

(policy: P35, P36)
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small_school import School

CONSENTS = "students/lopez-sam/consents"
FAMILY, CUSTODIAN = f"{CONSENTS}/2026-09-11-hearing-family.yaml", f"{CONSENTS}/2026-09-10-hearing-custodian.yaml"
ROSA = "students/lopez-sam/participants/rosa-lopez.yaml"
OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"
ADDRESS = b"12 Elm Street"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def binders(school: School) -> set[str]:
    return set(school.pages("binders"))


def make(school: School, *more: str) -> None:
    for arguments in (("--for", "rosa-lopez"), ("--for", "park"), ()):
        assert school.sep("binder", "sam", "--format", "html", *arguments, *more).exit_code == 0


def protect(school: School) -> None:
    school.change(ROSA, "role: parent", "role: parent\nprotected_address: true")


def test_a_persons_binder_goes_with_a_consent_to_a_document_in_it(school: School) -> None:
    make(school)
    assert school.sep("build").exit_code == 0
    assert binders(school) == {"lopez-sam.html", "lopez-sam--for-rosa-lopez.html", "lopez-sam--for-park.html"}
    school.change(FAMILY, "signed_on: 2026-09-11", "signed_on: 2026-09-11\nrevoked_on: 2026-11-24")
    done = school.sep("build")
    assert binders(school) == {"lopez-sam.html", "lopez-sam--for-park.html"}
    assert "Took away 1 binder with what its reader may not see" in done.stderr


def test_everybodys_binder_goes_with_a_consent_to_a_document_in_it(school: School) -> None:
    for path in (FAMILY, CUSTODIAN):
        school.change(path, "[parent, student, counselor]", "[parent, student, counselor, teacher, cruz]")
    make(school)
    assert b"Letter about hearing" in school.pages("binders")["lopez-sam.html"]
    assert school.sep("build").exit_code == 0
    assert len(binders(school)) == 3
    school.change(CUSTODIAN, "teacher, cruz", "teacher")
    school.sep("build")
    assert binders(school) == {"lopez-sam--for-rosa-lopez.html", "lopez-sam--for-park.html"}


def test_binders_go_with_an_address_that_is_protected_by_now(school: School) -> None:
    make(school)
    assert all(ADDRESS in each for each in school.pages("binders").values())
    protect(school)
    school.sep("build")
    assert binders(school) == {"lopez-sam--for-rosa-lopez.html"}
    assert {path.split("/")[0] for path, content in school.pages().items() if ADDRESS in content} == {
        "rosa-lopez",
        "sam-lopez",
    }


def test_making_one_binder_takes_away_another_that_may_not_stay(school: School) -> None:
    make(school)
    protect(school)
    assert school.sep("binder", "sam", "--for", "rosa-lopez", "--format", "html").exit_code == 0
    assert binders(school) == {"lopez-sam--for-rosa-lopez.html"}


def test_a_binder_of_which_nothing_is_known_goes(school: School) -> None:
    make(school)
    (school.folder / "build/binders/.sep-decided").unlink()
    school.sep("build")
    assert binders(school) == set()


@pytest.mark.parametrize("command", [("build",), ("build", "--for", "joan-ward")], ids=" ".join)
def test_pages_of_a_file_with_errors_go_with_an_address_that_is_protected_by_now(
    school: School, command: tuple[str, ...]
) -> None:
    """Rule 1: the last pages stay, and what ends somebody's access still counts (policy: P35)."""
    school.sep("build")
    protect(school)
    school.change(OBJECTIVE, "status: on-track", "status: nowhere")
    school.sep(*command)
    holders = {path.split("/")[0] for path, content in school.pages().items() if ADDRESS in content}
    assert holders == {"rosa-lopez"}
    assert "lopez-sam/index.html" not in {path.partition("/")[2] for path in school.pages() if path.startswith("park/")}


def test_others_pages_are_made_anew_where_an_address_is_protected_by_now(school: School) -> None:
    school.sep("build")
    protect(school)
    assert school.sep("build", "--for", "joan-ward").exit_code == 0
    holders = {path.split("/")[0] for path, content in school.pages().items() if ADDRESS in content}
    assert holders == {"rosa-lopez", "sam-lopez"}


def test_a_sealed_file_goes_with_an_address_that_is_protected_by_now(school: School) -> None:
    assert school.sep("deliver", "--for", "park").exit_code == 0
    assert school.sep("deliver", "--for", "rosa-lopez").exit_code == 0
    assert set(school.pages("sealed")) == {"park.html", "rosa-lopez.html"}
    protect(school)
    school.sep("build")
    assert set(school.pages("sealed")) == {"rosa-lopez.html"}
