"""One id is one person (access rule 0)."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.model.ages import adult_on
from site_builder.model.identity import folded
from tests.stores import overlaid_store

JOAN = "students/lopez-sam/participants/joan-ward.yaml"
HERS = "phones: [{kind: home, number: 435-555-0120}]\n"


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        (f"name: Joan Ward\nrole: guardian\nsince: 2026-08-19\n{HERS}", False),
        (f"name: joan  WARD\nrole: parent\nsince: 2026-08-19\n{HERS}", False),
        ("name: Joan Ward\nrole: guardian\nsince: 2026-08-19\naddress: 9 Oak Lane, Smallville UT 84001\n", False),
        (f"name: Joana Ward\nrole: guardian\nsince: 2026-08-19\n{HERS}", True),
        ("name: Joan Ward\nrole: guardian\nsince: 2026-08-19\nphones: [{number: 435-555-0177}]\n", True),
        (f"name: Joan Ward\nrole: guardian\nsince: 2026-08-19\naddress: 2 Far Road\n{HERS}", True),
        ("name: Joan Ward\nrole: guardian\nsince: 2026-08-19\nemail: joan@example.org\n", True),
        (f"name: Joan Ward\nrole: student\nsince: 2026-08-19\n{HERS}", False),
        (
            "name: Joan Ward\nrole: teacher\nsince: 2026-08-19\nuntil: 2027-05-28\nassigned_by: principal-stone\n"
            f"assigned_on: 2026-08-19\n{HERS}",
            True,
        ),
    ],
)
def test_two_entries_of_one_id(text: str, conflict: bool, tmp_path: Path) -> None:
    assert ("joan-ward" in overlaid_store(tmp_path, {JOAN: text}).conflicted) is conflict


def test_a_teacher_who_is_a_parent_needs_a_second_id(tmp_path: Path) -> None:
    parent = "name: Sun Park\nrole: parent\nsince: 2026-08-19\nphones: [{number: 435-555-0103}]\n"
    assert "park" in overlaid_store(tmp_path, {"students/ward-ivy/participants/park.yaml": parent}).conflicted


def test_folding_keeps_what_tells_people_apart() -> None:
    assert folded("Dora  Yellowhorse-Begay") == folded("dora yellowhorse begay")
    assert folded("Núñez") == folded("nunez")
    assert folded("Nunez A") != folded("Nunez B")


def test_the_eighteenth_birthday() -> None:
    import datetime as dt

    assert adult_on(dt.date(2008, 2, 29)) == dt.date(2026, 2, 28)
    assert adult_on(dt.date(2008, 12, 1)) == dt.date(2026, 12, 1)
