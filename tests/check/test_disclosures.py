"""What was given to whom: a participant of that day, or with the consents that stood (policy: P35)."""

from __future__ import annotations

from pathlib import Path

from tests.stores import checked, lay_over

PATH = "students/lopez-sam/disclosures/2026-10-02-college.yaml"
CONSENTS = "students/lopez-sam/consents"


def _given(to: str, rest: str = "") -> dict[str, str]:
    text = f"what: The plan\nto: {to}\non: 2026-10-02\nby: reyes\npurpose: Application\nbasis: Consents\n{rest}"
    return {PATH: text}


def _consent(name: str, signer: str, capacity: str, rest: str = "") -> dict[str, str]:
    text = (
        f"document: file\nsigner: {signer}\ncapacity: {capacity}\npurpose: Application\nrecipients: [college]\n"
        f"signed_on: 2026-09-20\nmethod: paper\n{rest}"
    )
    return {f"{CONSENTS}/{name}.yaml": text}


def _messages(folder: Path, files: dict[str, str]) -> list[str]:
    return [each.message for each in checked(lay_over(folder, files)).findings if each.code == "SEP376"]


NAMED = "consents: [student, mother]\n"
STUDENT = _consent("student", "sam-lopez", "affected-party")
MOTHER = _consent("mother", "rosa-lopez", "parent")


def test_a_participant_is_known_by_id_and_by_name(tmp_path: Path) -> None:
    assert _messages(tmp_path / "a", _given("rosa-lopez")) == []
    assert _messages(tmp_path / "b", _given("Rosa López")) == []
    assert _messages(tmp_path / "c", _given("Rosa Lopez-Hill")) != []


def test_somebody_else_needs_the_student_and_a_parent(tmp_path: Path) -> None:
    both = _given("The college", NAMED) | STUDENT | MOTHER
    assert _messages(tmp_path / "a", both) == []
    (message,) = _messages(tmp_path / "b", _given("The college", "consents: [student]\n") | STUDENT)
    assert message == "this record names no consent of a parent or guardian that stood that day"
    (message,) = _messages(tmp_path / "c", _given("The college", "consents: [mother]\n") | MOTHER)
    assert message == "this record names no consent of the student that stood that day"
    assert len(_messages(tmp_path / "d", _given("The college") | STUDENT | MOTHER)) == 1, "the record names them"


def test_a_consent_has_to_stand_on_the_day(tmp_path: Path) -> None:
    for number, rest in enumerate(("expires: 2026-10-01\n", "revoked_on: 2026-10-02\n", "answer: objection\n")):
        files = _given("The college", NAMED) | STUDENT | _consent("mother", "rosa-lopez", "parent", rest)
        assert len(_messages(tmp_path / str(number), files)) == 1, rest
    files = _given("The college", NAMED) | STUDENT | _consent("mother", "rosa-lopez", "parent", "expires: 2026-10-02\n")
    assert _messages(tmp_path / "stands", files) == []


def test_a_parent_without_rights_gives_no_consent_and_receives_nothing(tmp_path: Path) -> None:
    mother = (
        "name: Rosa Lopez\nrole: parent\nsince: 2025-08-20\nlanguage: es\n"
        "rights: {status: revoked, order: Case 12, from: 2026-09-25}\n"
    )
    path = "students/lopez-sam/participants/rosa-lopez.yaml"
    files = _given("The college", NAMED) | STUDENT | MOTHER | {path: mother}
    assert len(_messages(tmp_path / "a", files)) == 1
    (message,) = _messages(tmp_path / "b", _given("rosa-lopez") | {path: mother})
    assert message == "Rosa Lopez had no part in this plan on 2026-10-02"


def test_an_adult_student_decides_alone_and_a_law_needs_no_consent(tmp_path: Path) -> None:
    student = (
        "name: Samuel Lopez\nparticipant: sam-lopez\nstudent_number: '007123'\nbirth_date: 2008-10-02\n"
        "enrolled_on: 2025-08-20\ngrades: {2025-26: 9, 2026-27: 10}\n"
    )
    files = _given("The college", "consents: [student]\n") | STUDENT | {"students/lopez-sam/student.yaml": student}
    assert _messages(tmp_path / "a", files) == []
    assert _messages(tmp_path / "b", _given("The next school", "law: 34 CFR 99.31(a)(2)\n")) == []
