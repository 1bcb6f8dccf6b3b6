"""The table of fields and roles: who meets which field on their pages, beside the widest audience its schema allows.

`field_by_role.md` is written by `make update-snapshots` and read by people: each change to it is a change of privacy.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

from site_builder.access.audience import audience
from site_builder.access.sites import site_for
from site_builder.render.site import render_site
from tests.exchange.handed_in import KEY
from tests.leaks.canary_school import write_school
from tests.leaks.facts import MANAGER, PRINCIPAL, Canary
from tests.leaks.suite import words_in_all
from tests.stores import TODAY, checked

TABLE = Path(__file__).with_name("field_by_role.md")
ROLES = {
    "student": "ann-alpha",
    "parent": "ma-alpha",
    "counselor": "cora",
    "teacher": "tess",
    "School Manager": MANAGER,
    "Principal": PRINCIPAL,
}
FAMILY = ("student", "parent")


def _shown(root: Path) -> dict[Canary, set[str]]:
    canaries = write_school(root).canaries
    store = checked(root).store
    assert store is not None
    found: dict[Canary, set[str]] = defaultdict(set)
    for role, viewer in ROLES.items():
        made = render_site(site_for(store, viewer, TODAY), KEY)
        output = words_in_all(made)
        for each in canaries:
            if each.student in ("", "alpha") and each.kind:
                found[each] |= {role} if each.word.lower() in output else set()
    return found


def _rows(shown: dict[Canary, set[str]]) -> dict[str, set[str]]:
    """Gather by kind and field; documents apart, each by its state, and participants by whose entry it is."""
    rows: dict[str, set[str]] = defaultdict(set)
    for each, roles in shown.items():
        entry = f" of {each.entry}" if each.kind in ("document", "participant") and each.entry else ""
        rows[f"{each.kind}{entry}: {each.field}"] |= roles
    return rows


def _table(rows: dict[str, set[str]]) -> str:
    head = "| field | " + " | ".join(ROLES) + " |\n|---|" + "---|" * len(ROLES) + "\n"
    return head + "".join(
        f"| {name} | " + " | ".join("yes" if role in roles else "-" for role in ROLES) + " |\n"
        for name, roles in sorted(rows.items())
    )


def test_the_table_of_fields_and_roles(tmp_path: Path) -> None:
    table = _table(_rows(_shown(tmp_path / "records")))
    if os.environ.get("SEP_UPDATE_SNAPSHOTS") == "1":
        TABLE.write_text(table, "utf-8", newline="\n")
    assert table == TABLE.read_text("utf-8")


def test_no_family_meets_a_field_that_is_not_for_families(tmp_path: Path) -> None:
    for each, roles in _shown(tmp_path / "records").items():
        if audience(each.kind, each.field) in ("staff", "manager"):
            assert not roles & set(FAMILY), each


def test_what_is_for_the_school_manager_is_met_by_nobody_else(tmp_path: Path) -> None:
    shown = {each: roles for each, roles in _shown(tmp_path / "records").items() if roles}
    for each, roles in shown.items():
        if audience(each.kind, each.field) == "manager":
            assert roles == {"School Manager"}, each
    assert any(audience(each.kind, each.field) == "manager" for each in shown)
