from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.publish.lock import locked
from tests.cli.small_school import NOON, School

IVY = "students/ward-ivy"
CELLO = f"{IVY}/2026-27/objectives/play-the-cello.yaml"
JOAN = f"{IVY}/participants/joan-ward.yaml"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


@pytest.fixture
def built(school: School) -> School:
    assert school.sep("build").exit_code == 0
    return school


def of(pages: dict[str, bytes], start: str) -> dict[str, bytes]:
    return {path: content for path, content in pages.items() if path.startswith(start)}


def test_everyone_who_takes_part_gets_a_site_and_the_files_are_named(school: School) -> None:
    done = school.sep("build")
    assert (done.exit_code, school.people()) == (
        0,
        {"cruz", "ivy-ward", "joan-ward", "park", "principal-stone", "reyes", "rosa-lopez", "sam-lopez"},
    )
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["Ben", "Reyes,", "School", "Manager", "build/sites/reyes/index.html"]
    assert lines[-1] == "... 3 more in build/sites"
    assert [line.rsplit(maxsplit=1)[1] for line in lines[:-1]] == [
        f"build/sites/{person}/index.html" for person in ("reyes", "principal-stone", "park", "joan-ward", "ivy-ward")
    ]
    assert "Made the pages of 8 people" in done.stderr


def test_a_site_holds_no_other_students_file(built: School) -> None:
    joan = of(built.pages(), "joan-ward/")
    assert not [path for path in joan if "lopez" in path]
    assert not [path for path, content in joan.items() if b"Lopez" in content]


def test_the_same_records_give_the_same_bytes(built: School) -> None:
    before = built.pages()
    assert built.sep("build").exit_code == 0
    assert built.pages() == before


def test_a_broken_file_stops_the_new_pages_of_its_student_alone(built: School) -> None:
    before = built.pages()
    built.change(CELLO, "status: ", "status: un")
    built.change("students/lopez-sam/2026-27/objectives/read-more.yaml", "statement: ", "statement: More and ")
    done = built.sep("build")
    after = built.pages()
    assert done.exit_code == 1
    assert "No new pages of Ivy Ward" in done.stderr
    for person in ("joan-ward", "ivy-ward", "reyes/ward-ivy", "park/ward-ivy"):
        assert of(after, f"{person}/") == of(before, f"{person}/")
    assert of(after, "rosa-lopez/") != of(before, "rosa-lopez/")
    assert b'href="ward-ivy/index.html"' in after["reyes/index.html"]
    assert built.sep("build").exit_code == 1  # what stayed once stays again
    assert built.pages() == after


def test_a_consent_taken_back_applies_also_while_the_file_is_broken(built: School) -> None:
    consent = "students/lopez-sam/consents/2026-09-11-hearing-family.yaml"
    built.change("students/lopez-sam/2026-27/objectives/read-more.yaml", "status: ", "status: un")
    assert built.sep("build").exit_code == 1
    assert {"rosa-lopez", "sam-lopez"} <= set(built.people())
    built.change(consent, "method: ", "revoked_on: 2026-11-24\nmethod: ")
    assert built.sep("build").exit_code == 1
    people = set(built.people())
    assert not {"rosa-lopez", "sam-lopez"} & people
    assert "park/lopez-sam" in {"/".join(path.split("/")[:2]) for path in built.pages()}  # never had the letter


def test_a_revocation_applies_also_while_the_file_is_broken(built: School) -> None:
    built.change(CELLO, "status: ", "status: un")
    built.change(JOAN, "since: 2026-08-19", "since: 2026-08-19\nuntil: 2026-11-23")
    done = built.sep("build")
    assert done.exit_code == 1
    assert "joan-ward" not in built.people()
    assert "Took away the pages of joan-ward" in done.stderr
    assert of(built.pages(), "reyes/ward-ivy/")


def test_an_unreadable_student_keeps_pages_up_to_the_day_that_was_sure(built: School) -> None:
    (built.records / IVY / "student.yaml").write_text("name: [\n", encoding="utf-8")
    assert built.sep("build", today="2027-05-28").exit_code == 1
    assert {"joan-ward", "reyes"} <= built.people()
    assert of(built.pages(), "reyes/ward-ivy/")
    assert built.sep("build", today="2027-05-29").exit_code == 1
    assert "park" not in built.people()
    assert not of(built.pages(), "reyes/ward-ivy/")


def test_without_a_school_nothing_is_made_and_the_last_pages_stand(built: School) -> None:
    before = built.pages()
    (built.records / "school.yaml").write_text("format: [", encoding="utf-8")
    done = built.sep("build")
    assert (done.exit_code, built.pages()) == (1, before)
    assert "the school's own files" in done.stderr


def test_who_left_has_no_folder(built: School) -> None:
    built.change(JOAN, "since: 2026-08-19", "since: 2026-08-19\nuntil: 2026-11-23")
    assert built.sep("build").exit_code == 0
    assert "joan-ward" not in built.people()


def test_for_one_person_the_others_stay_as_they_are(built: School) -> None:
    before = built.pages()
    built.change("students/lopez-sam/2026-27/objectives/read-more.yaml", "statement: ", "statement: More and ")
    done = built.sep("build", "--for", "Rosa Lopez")
    after = built.pages()
    changed = {path.split("/")[0] for path in before if before[path] != after.get(path)}
    assert (done.exit_code, changed) == (0, {"rosa-lopez"})
    assert done.stdout.split() == ["Rosa", "Lopez,", "parent", "build/sites/rosa-lopez/index.html"]


def test_for_one_person_the_others_who_lost_access_lose_their_pages(built: School) -> None:
    built.change(JOAN, "since: 2026-08-19", "since: 2026-08-19\nuntil: 2026-11-23")
    (built.records / IVY / "participants/park.yaml").unlink()
    assert built.sep("build", "--for", "rosa-lopez").exit_code == 0
    assert "joan-ward" not in built.people()
    assert of(built.pages(), "park/lopez-sam/")
    assert not of(built.pages(), "park/ward-ivy/")
    assert b"Ivy" not in b"".join(of(built.pages(), "park/").values())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build", "--for", "nobody"], 2),
        (["build", "--out", "records"], 3),
        (["build", "--out", "records/students/build"], 3),
        (["build", "--out", "."], 3),
        (["build", "--out", "notes"], 3),
        (["binder", "--all", "--out", "notes"], 3),
    ],
)
def test_refused_and_nothing_written(school: School, arguments: list[str], code: int) -> None:
    (school.folder / "notes").mkdir()
    (school.folder / "notes/letter.txt").write_text("mine")
    before = set(school.folder.rglob("*"))
    done = school.sep(*arguments)
    assert (done.exit_code, set(school.folder.rglob("*"))) == (code, before)
    assert done.stderr.startswith("error: ")
    assert "= help" in done.stderr


def test_a_dry_run_says_and_writes_nothing(school: School) -> None:
    done = school.sep("build", "--dry-run")
    assert (done.exit_code, (school.folder / "build").exists()) == (0, False)
    assert "build/sites/joan-ward/index.html" in done.stdout.splitlines()


def test_a_dry_run_says_who_would_lose_their_pages(built: School) -> None:
    built.change(JOAN, "since: 2026-08-19", "since: 2026-08-19\nuntil: 2026-11-23")
    done = built.sep("build", "--dry-run")
    assert "Would take away: joan-ward" in done.stderr
    assert "joan-ward" in built.people()


@pytest.mark.parametrize("inside", ["", "students", "students/ward-ivy/2026-27"])
def test_from_within_the_store_the_pages_go_beside_it(school: School, inside: str) -> None:
    done = school.sep("build", folder=school.records / inside)
    assert done.exit_code == 0
    assert school.people()
    assert f"{school.folder}/build/sites/reyes/index.html" in done.stdout


def test_a_second_builder_is_told_so(built: School) -> None:
    with locked(built.folder / "build", NOON):
        done = built.sep("build")
    assert (done.exit_code, "busy since 2026-11-24 12:00" in done.stderr) == (2, True)


PARTS = """\
since: 2026-08-19
until: 2027-05-28
position: Principal
address: 1 Main Street, Smallville, UT 84001
phones: [{kind: work, number: 435-555-0101}]
email: stone@school.example
assigned_by: principal-stone
assigned_on: 2026-08-01
"""


def test_pages_of_an_office_go_with_the_office_though_its_holder_keeps_students(school: School) -> None:
    """Also where one person's pages alone are made, or nothing else of theirs can be (policy: P6, P35)."""
    own = school.records / IVY / "participants/principal-stone.yaml"
    own.write_text(f"name: Olive Stone\nrole: administrator\n{PARTS}", encoding="utf-8")
    assert school.sep("build").exit_code == 0
    assert {"reyes/withheld.html", "reyes/whole-school.html", "principal-stone/students.html"} <= set(school.pages())
    school.change("school.yaml", "principal: principal-stone", "principal: park")
    school.change(
        "school.yaml", "  person: reyes\n  appointed_by: principal-stone", "  person: park\n  appointed_by: park"
    )
    assert school.sep("build", "--for", "Rosa Lopez").exit_code == 0
    pages = school.pages()
    assert not {"reyes/withheld.html", "reyes/whole-school.html", "principal-stone/students.html"} & set(pages)
    assert b"Requests that wait for your decision" not in b"".join(pages.values())
    assert "principal-stone/ward-ivy/index.html" in pages


def test_pages_of_an_office_go_also_while_every_file_of_the_holders_is_broken(built: School) -> None:
    built.change("school.yaml", "  person: reyes", "  person: park")
    for plan in ("lopez-sam/2026-27/plan.yaml", "ward-ivy/2026-27/plan.yaml"):
        built.change(f"students/{plan}", "grade: ", "grade: un")
    assert built.sep("build").exit_code == 1
    pages = built.pages()
    assert "reyes/ward-ivy/index.html" in pages
    assert not {"reyes/withheld.html", "reyes/whole-school.html"} & set(pages)
    assert b"Not up to date" in pages["reyes/index.html"]


def test_the_principal_can_be_named_without_a_part_in_any_plan(built: School) -> None:
    before = built.pages()
    done = built.sep("build", "--for", "Olive Stone")
    assert (done.exit_code, built.pages()) == (0, before)
    assert "Olive Stone, Principal" in done.stdout
