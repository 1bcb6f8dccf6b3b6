from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import answering, files
from tests.cli.small_school import School

IVY = "students/ward-ivy/participants"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def added(school: School, before: dict[str, bytes]) -> dict[str, str]:
    return {path: text.decode() for path, text in files(school).items() if before.get(path) != text}


def test_staff_come_from_the_directory_until_the_end_of_the_year(school: School) -> None:
    before = files(school)
    assert school.sep("new", "participant", "ivy", "--staff", "Joy Cruz").exit_code == 0
    (text,) = added(school, before).values()
    assert text == (
        "name: Joy Cruz\nrole: occupational-specialist\nsince: 2026-11-24\nuntil: 2027-05-28\n"
        'position: Work-based learning\naddress: "1 Main Street, Smallville, UT 84001"\nphones:\n'
        "  - {number: 435-555-0105, kind: work}\nemail: cruz@school.example\nlanguage: en\n"
        "assigned_by: principal-stone\nassigned_on: 2026-11-24\n"
    )
    assert school.sep("check").exit_code == 0


@pytest.mark.parametrize(
    ("person", "role"),
    [("nurse-bell", "other-staff"), ("cruz", "occupational-specialist"), ("principal-stone", "administrator")],
)
def test_the_role_goes_with_the_duties(person: str, role: str, school: School) -> None:
    assert school.sep("new", "participant", "ivy", "--staff", person).exit_code == 0
    assert f"role: {role}\n" in (school.records / IVY / f"{person}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--staff", "nurse-bell", "--until", "2027-06-30"), "at most until the end of the school year, 2027-05-28"),
        (("--staff", "nurse-bel"), "did you mean `nurse-bell`?"),
        (("--staff", "park"), "takes part in this plan already"),
        (("--staff", "cruz", "--role", "parent"), "is for family members"),
        (("--name", "Joy Cruz", "--role", "teacher"), "`--staff` names the person"),
        (("--name", "Luz Ortega"), "role (parent or guardian) is missing"),
        ((), "`--name` gives it"),
        (("--same-as", "nobody-here"), "no family member in the store has the id"),
        (("--same-as", "sam-lopez"), "is a student"),
        (("--same-as", "rosa-lopez", "--name", "Luz Ortega"), "`rosa-lopez` is Rosa Lopez, not Luz Ortega"),
        (("--same-as", "joan-ward"), "takes part in this plan already"),
    ],
)
def test_what_cannot_be_is_refused(options: tuple[str, ...], told: str, school: School) -> None:
    before = files(school)
    done = school.sep("new", "participant", "ward-ivy", *options)
    assert done.exit_code == 2
    assert told in done.stderr
    assert files(school) == before


def test_staff_are_not_assigned_beyond_the_year(school: School) -> None:
    done = school.sep("new", "participant", "ivy", "--staff", "cruz", today="2027-06-10")
    assert done.exit_code == 2
    assert "`sep new school-year` starts the next one" in done.stderr


def test_somebody_new_gets_an_id_of_the_name(school: School) -> None:
    before = files(school)
    options = ("--relation", "grandfather", "--phone", "435-555-0144", "--phone-kind", "home", "--language", "es")
    done = school.sep("new", "participant", "ivy", "--name", "José  Ward", "--role", "guardian", *options)
    assert done.exit_code == 0
    assert added(school, before) == {
        f"{IVY}/jose-ward.yaml": "name: José Ward\nrole: guardian\nsince: 2026-11-24\nrelation: grandfather\n"
        "# address: 12 Elm Street, Cedar Flat, UT 84000\nphones:\n"
        "  - {number: 435-555-0144, kind: home}\nlanguage: es\n"
    }


@pytest.mark.parametrize("name", ["Rosa Lopez", "rosa lópez", "ROSA  LOPEZ", "Rosa Lo\u0301pez"])
def test_a_namesake_is_never_guessed(name: str, school: School) -> None:
    before = files(school)
    done = school.sep("new", "participant", "ivy", "--name", name, "--role", "parent")
    assert done.exit_code == 2
    assert "`--same-as rosa-lopez`: Rosa Lopez - mother of Samuel Lopez - 435-555-0111" in done.stderr
    assert "`--another`" in done.stderr
    assert files(school) == before


def test_the_same_person_is_copied_so_that_both_files_agree(school: School) -> None:
    before = files(school)
    done = school.sep(
        "new", "participant", "ivy", "--same-as", "rosa-lopez", "--relation", "aunt", "--role", "guardian"
    )
    assert done.exit_code == 0
    ((path, text),) = added(school, before).items()
    assert path == f"{IVY}/rosa-lopez.yaml"
    for line in ("role: guardian", "relation: aunt", "email: rosa@example.org", "language: es"):
        assert f"{line}\n" in text
    assert school.sep("check").exit_code == 0


def test_another_of_the_same_name_gets_another_id(school: School) -> None:
    before = files(school)
    new = ("new", "participant", "ivy", "--name", "Rosa Lopez", "--role", "parent", "--another")
    assert school.sep(*new, "--phone", "435-555-0177").exit_code == 0
    ((path, text),) = added(school, before).items()
    assert path == f"{IVY}/rosa-lopez-2.yaml"
    assert "rosa@example.org" not in text, "nothing of the other person is taken over"
    assert "435-555-0111" not in text


def test_a_teacher_who_is_a_parent_gets_a_second_id(school: School) -> None:
    before = files(school)
    assert school.sep("new", "participant", "sam", "--name", "Park", "--role", "parent").exit_code == 0
    assert list(added(school, before)) == ["students/lopez-sam/participants/park-2.yaml"]


def test_a_father_may_be_called_as_his_son(school: School) -> None:
    before = files(school)
    assert school.sep("new", "participant", "sam", "--name", "Samuel Lopez", "--role", "parent").exit_code == 0
    assert list(added(school, before)) == ["students/lopez-sam/participants/samuel-lopez.yaml"]
    again = school.sep("new", "participant", "ivy", "--name", "Ivy Ward", "--role", "parent")
    assert again.exit_code == 0
    assert f"wrote {IVY}/ivy-ward-2.yaml\n" in again.stdout


def test_a_court_order_is_not_copied_but_told(school: School) -> None:
    rights = "language: es\nrights: {status: revoked, order: Case 12, from: 2026-02-02}"
    school.change("students/lopez-sam/participants/rosa-lopez.yaml", "language: es", rights)
    before = files(school)
    done = school.sep("new", "participant", "ivy", "--same-as", "rosa-lopez")
    assert "a court order limits Rosa Lopez's rights in the file of Samuel Lopez" in done.stderr
    (text,) = added(school, before).values()
    assert "rights" not in text


def test_a_protected_address_stays_protected_in_the_copy(school: School) -> None:
    school.change("students/lopez-sam/participants/rosa-lopez.yaml", "language: es", "protected_address: true")
    listed = school.sep("new", "participant", "ivy", "--name", "Rosa Lopez", "--role", "parent")
    assert "435-555-0111" not in listed.stderr
    before = files(school)
    school.sep("new", "participant", "ivy", "--same-as", "rosa-lopez")
    (text,) = added(school, before).values()
    assert "protected_address: true\n" in text


def test_a_namesake_is_chosen_on_a_terminal(school: School) -> None:
    before = files(school)
    new = ("new", "participant", "ivy", "--name", "rosa lopez", "--role", "parent")
    assert answering(school, *new, answers="1\n").exit_code == 0
    assert list(added(school, before)) == [f"{IVY}/rosa-lopez.yaml"]


def test_on_a_terminal_everything_is_asked_for(school: School) -> None:
    before = files(school)
    answers = "1\nLuz Ortega\nmother\nparent\n435-555-0177\nes\nmother\n\nluz@example.org\n"
    done = answering(school, "new", "participant", "ivy", answers=answers)
    assert done.exit_code == 0, done.stderr
    (text,) = added(school, before).values()
    for line in ("name: Luz Ortega", "role: parent", "relation: mother", "language: es", "email: luz@example.org"):
        assert f"{line}\n" in text


def test_staff_are_chosen_on_a_terminal_too(school: School) -> None:
    before = files(school)
    assert answering(school, "new", "participant", "ivy", answers="2\nJoy Cruz\n").exit_code == 0
    assert list(added(school, before)) == [f"{IVY}/cruz.yaml"]
