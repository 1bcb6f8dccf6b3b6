"""A file from another school names what that school has: only what is new is held to this one.

Policy: U3, P8.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stores import checked, lay_over

SAM = "students/lopez-sam"
ENROLLED = "2026-11-02"
STUDENT = (
    "name: Samuel Lopez\nparticipant: sam-lopez\nstudent_number: '007123'\nbirth_date: 2011-03-04\n"
    "enrolled_on: {}\ngrades: {{2024-25: 8, 2025-26: 9, 2026-27: 10}}\n"
)
STAFF = (
    "name: Lee Marsh\nrole: counselor\nsince: 2025-08-20\nuntil: {}\nassigned_by: principal-hale\n"
    "assigned_on: 2025-08-20\naddress: 1 Main Street\nphones: [{{kind: work, number: 435-555-0102}}]\n"
)
REGISTRATION = (
    "term: {}\nregistered_on: {}\nclasses:\n"
    "  - {{course: WOOD-9, title: Wood, credits: 0.5, teacher: Lee Marsh, phone: 435-555-0109}}\n"
)
GROUP = (
    "---\nkind: small-group\ninvited: [sam-lopez]\nheld_on: {}\nattended: [sam-lopez]\ngroup: elsewhere\n---\nWords.\n"
)
REQUEST = (
    "resource: Gloves\nrequested_by: park\nreferred_on: {}\n"
    "decision: {{outcome: granted, by: principal-hale, on: 2026-11-20, reason: It can be had}}\n"
)
OBJECTIVE = "statement: Learn\nkind: academic\nstatus: on-track\nsuggested_by: rosa-lopez\n{}means:\n  - {}\n"
WOOD = "{what: Wood, source: school, course: WOOD-9}"
SHOP = "{what: Hours, source: community, partnership: elsewhere}"

CASES = {
    "SEP314": ("participants/marsh.yaml", STAFF.format("2026-11-01"), STAFF.format("2027-05-28")),
    "SEP201": ("participants/marsh.yaml", STAFF.format("2026-11-01"), STAFF.format("2027-05-28")),
    "SEP202": (
        "2026-27/registration/spring.yaml",
        REGISTRATION.format("spring", "2026-11-01"),
        REGISTRATION.format("spring", "2026-11-03"),
    ),
    "SEP204": (
        "2026-27/registration/winter.yaml",
        REGISTRATION.format("winter", "2026-11-01"),
        REGISTRATION.format("winter", "2026-11-03"),
    ),
    "SEP205": ("2026-27/conferences/group.md", GROUP.format("2026-10-30"), GROUP.format("2026-11-03")),
    "SEP207": (
        "2026-27/objectives/learn.yaml",
        OBJECTIVE.format("suggested_on: 2026-09-01\n", SHOP),
        OBJECTIVE.format("suggested_on: 2026-11-05\n", SHOP),
    ),
    "SEP361": ("2026-27/requests/gloves.yaml", REQUEST.format("2026-10-30"), REQUEST.format("2026-11-03")),
    "SEP321": ("2024-25/strengths.md", "---\nby: park\ndate: 2024-10-01\n---\nWords.\n", ""),
}


def codes(folder: Path, path: str, text: str, enrolled: str = ENROLLED) -> set[str]:
    root = lay_over(folder, {f"{SAM}/student.yaml": STUDENT.format(enrolled), f"{SAM}/{path}": text})
    return {each.code for each in checked(root).findings if each.span.file.startswith(SAM)}


@pytest.mark.parametrize("code", CASES)
def test_what_is_from_before_is_that_schools(code: str, tmp_path: Path) -> None:
    path, before, _ = CASES[code]
    assert code not in codes(tmp_path, path, before)


@pytest.mark.parametrize("code", [each for each in CASES if CASES[each][2]])
def test_what_is_new_is_held_to_this_school(code: str, tmp_path: Path) -> None:
    path, _, after = CASES[code]
    assert code in codes(tmp_path, path, after)


@pytest.mark.parametrize("code", CASES)
def test_a_student_who_was_always_here_names_this_schools(code: str, tmp_path: Path) -> None:
    path, before, _ = CASES[code]
    enrolled = "2024-08-20"
    assert code in codes(tmp_path, path, before, enrolled)


def test_an_objective_without_a_day_is_as_old_as_its_year(tmp_path: Path) -> None:
    path = "2026-27/objectives/learn.yaml"
    assert "SEP202" not in codes(tmp_path / "a", path, OBJECTIVE.format("", WOOD))
    assert "SEP202" in codes(tmp_path / "b", path, OBJECTIVE.format("", WOOD), "2026-08-20")


def test_who_registers_in_summer_for_the_first_year_is_held_to_this_school(tmp_path: Path) -> None:
    text = REGISTRATION.format("fall", "2026-08-05")
    assert "SEP202" in codes(tmp_path, "2026-27/registration/fall.yaml", text, "2026-08-19")
