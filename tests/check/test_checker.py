"""A broken file stops its own student and nobody else; waivers set aside what may be set aside."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.base.diagnostics import Severity
from site_builder.source.layout import student_of
from tests.stores import SMALL_SCHOOL, checked, lay_over

BROKEN = "students/lopez-sam/2026-27/objectives/read-more.yaml"


def test_one_broken_file_breaks_one_student(tmp_path: Path) -> None:
    result = checked(lay_over(tmp_path, {BROKEN: "statement: [\n"}))
    assert result.store is not None
    assert result.store.broken == {"lopez-sam"}
    assert [each.id for each in result.store.students] == ["lopez-sam", "ward-ivy"]
    assert {student_of(each.span.file) for each in result.findings if each.severity is Severity.ERROR} == {"lopez-sam"}


def test_participants_of_a_file_without_a_readable_student_are_kept_as_strays(tmp_path: Path) -> None:
    store = checked(lay_over(tmp_path, {"students/lopez-sam/student.yaml": "name: [\n"})).store
    assert store is not None
    assert store.broken == {"lopez-sam"}
    assert "rosa-lopez" in {each.id for each in store.strays["lopez-sam"]}


@pytest.mark.parametrize("name", ["school.yaml", "staff.yaml", "courses.yaml"])
def test_without_the_school_there_is_no_store_but_every_finding(tmp_path: Path, name: str) -> None:
    root = lay_over(tmp_path, {BROKEN: "statement: [\n"})
    (root / name).unlink()
    result = checked(root)
    assert result.store is None
    assert {"SEP156"} < {each.code for each in result.findings}
    assert BROKEN in {each.span.file for each in result.findings}


def test_a_student_folder_without_student_yaml_is_named(tmp_path: Path) -> None:
    root = lay_over(tmp_path, {})
    (root / "students/lopez-sam/student.yaml").unlink()
    assert ("SEP156", "students/lopez-sam/student.yaml") in {(e.code, e.span.file) for e in checked(root).findings}


def test_a_document_of_more_than_25_mb_is_named_and_not_read(tmp_path: Path) -> None:
    root = lay_over(tmp_path, {})
    with (root / "students/lopez-sam/2026-27/documents/book-shelf.png").open("r+b") as file:
        file.truncate(25 * 1024 * 1024 + 1)
    assert "SEP157" in {each.code for each in checked(root).findings}


def test_a_document_that_changes_after_it_was_checked_is_not_handed_out(tmp_path: Path) -> None:
    root = lay_over(tmp_path, {})
    store = checked(root).store
    assert store is not None
    attachment = store.students[0].years[-1].attachments[0]
    assert len(attachment.load()) == attachment.size
    (root / attachment.path).write_bytes(b"%PDF-1.4 another")
    with pytest.raises(OSError, match="changed"):
        attachment.load()


def _waiving(code: str, until: str) -> dict[str, str]:
    school = (SMALL_SCHOOL / "school.yaml").read_text("utf-8")
    waiver = f"  - {{code: {code}, file: {PARENT}, reason: Lives abroad, who: reyes, until: {until}}}\n"
    return {
        "school.yaml": f"{school}waivers:\n{waiver}",
        PARENT: "name: Joan Ward\nrole: parent\nsince: 2026-08-19\nemail: joan@example.org\n",
    }


PARENT = "students/ward-ivy/participants/joan-ward.yaml"


def test_a_waived_finding_is_set_aside_until_its_day(tmp_path: Path) -> None:
    root = lay_over(tmp_path, _waiving("SEP313", "2026-12-10"))
    result = checked(root, dt.date(2026, 12, 10))
    assert result.findings == ()
    assert [each.code for each in result.waived] == ["SEP313"]
    assert [each.code for each in checked(root, dt.date(2026, 12, 11)).findings] == ["SEP313"]


def test_privacy_cannot_be_waived(tmp_path: Path) -> None:
    files = _waiving("SEP420", "2026-12-31")
    files[PARENT] = files[PARENT] + "address: 123-45-6789 Street\nphones: [{number: 435-555-0120}]\n"
    assert "SEP420" in {each.code for each in checked(lay_over(tmp_path, files)).findings}
