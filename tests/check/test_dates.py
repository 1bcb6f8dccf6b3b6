"""Days that contradict each other, in every pair of the table, each with both places (policy: P13, P24, P35, P36)."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.check.rules.dates import YOUNGEST
from tests.stores import SMALL_SCHOOL, checked, lay_over

SAM = "students/lopez-sam"
CASES = (
    ("SEP380", f"{SAM}/participants/rosa-lopez.yaml", "since: 2025-08-20\n", "since: 2025-08-20\nuntil: 2025-08-19\n"),
    ("SEP380", f"{SAM}/participants/park.yaml", "assigned_on: 2025-08-20", "assigned_on: 2027-06-01"),
    (
        "SEP380",
        f"{SAM}/participants/rosa-lopez.yaml",
        "language: es\n",
        "language: es\nrights: {status: revoked, order: Case 12, from: 2026-10-01, until: 2026-09-30}\n",
    ),
    ("SEP381", f"{SAM}/student.yaml", "enrolled_on: 2025-08-20\n", "enrolled_on: 2025-08-20\nleft_on: 2025-08-19\n"),
    ("SEP383", f"{SAM}/consents/2026-09-11-hearing-family.yaml", "method:", "expires: 2026-09-10\nmethod:"),
    ("SEP383", f"{SAM}/consents/2026-09-11-hearing-family.yaml", "method:", "revoked_on: 2026-09-10\nmethod:"),
    (
        "SEP384",
        f"{SAM}/2026-27/objectives/read-more.yaml",
        "suggested_by: park\n",
        "suggested_by: park\nsuggested_on: 2026-09-21\n",
    ),
    ("SEP385", "staff.yaml", "duties: [custodian]", "duties: [custodian], since: 2026-08-01, until: 2026-07-31"),
    ("SEP386", f"{SAM}/2026-27/plan.yaml", "on: 2026-10-07, meaning", "on: 2026-09-09, meaning"),
)


@pytest.mark.parametrize(("code", "file", "old", "new"), CASES, ids=lambda each: each.split("\n")[0][-40:])
def test_each_contradiction_is_found_with_both_places(code: str, file: str, old: str, new: str, tmp_path: Path) -> None:
    text = (SMALL_SCHOOL / file).read_text("utf-8")
    assert old in text
    found = checked(lay_over(tmp_path, {file: text.replace(old, new, 1)})).findings
    (finding,) = (each for each in found if each.code == code)
    assert finding.span.file == file
    assert [each.span.file for each in finding.related] == [file]
    assert finding.related[0].span != finding.span


def test_the_same_day_is_no_contradiction(tmp_path: Path) -> None:
    file = f"{SAM}/consents/2026-09-11-hearing-family.yaml"
    text = (SMALL_SCHOOL / file).read_text("utf-8").replace("method:", "expires: 2026-09-11\nmethod:")
    assert not [each for each in checked(lay_over(tmp_path, {file: text})).findings if each.code == "SEP383"]


@pytest.mark.parametrize(("born", "fits"), [("2017-08-20", False), ("2014-08-20", True), ("2004-08-20", False)])
def test_a_student_of_grade_7_is_a_child(born: str, fits: bool, tmp_path: Path) -> None:
    """Grades can be skipped, and school can begin late; a slip of ten years is neither."""
    assert YOUNGEST == 2
    file = "students/ward-ivy/student.yaml"
    text = (SMALL_SCHOOL / file).read_text("utf-8").replace("2014-01-20", born)
    codes = [each.code for each in checked(lay_over(tmp_path, {file: text})).findings]
    assert ("SEP382" not in codes) == fits
