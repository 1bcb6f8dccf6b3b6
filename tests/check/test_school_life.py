"""What the school does for its plans, beyond the rules' own examples (policy: P14, P16, P27, P28, P30, P33, P34)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.stores import SMALL_SCHOOL, TODAY, checked, lay_over

WORKING_PLAN = "inventory/two-roads.md"
COUNCIL = "consultations/2026-05-14-community-council.md"
AUTHORIZATION = "authorizations/2024-10-07-last-period.yaml"


def _found(root: Path, code: str, today: dt.date = TODAY) -> list[tuple[str, str]]:
    return [(each.span.file, each.message) for each in checked(root, today).findings if each.code == code]


def _authorized(by: str) -> str:
    return (
        "activity: Last period\npurpose: Conferences\ndate: 2024-10-07\nhours: 1\n"
        f"authorized_by: {by}\nauthorized_on: 2024-09-04\n"
    )


def _with_staff(extra: str) -> str:
    return (SMALL_SCHOOL / "staff.yaml").read_text("utf-8") + extra


def test_an_empty_inventory_is_named_once(tmp_path: Path) -> None:
    """Staff need sample plans to learn from (policy: P28)."""
    root = lay_over(tmp_path, {})
    assert _found(root, "SEP377") == []
    (root / WORKING_PLAN).unlink()
    assert _found(root, "SEP377") == [("school.yaml", "`inventory` holds no working plan")]


def test_a_working_plan_that_cannot_be_read_is_not_missing_too(tmp_path: Path) -> None:
    root = lay_over(tmp_path, {WORKING_PLAN: "---\ntitle: [\n---\nWords.\n"})
    assert _found(root, "SEP377") == []


def test_a_consultation_lasts_three_years_to_the_day(tmp_path: Path) -> None:
    """The policy is talked over with personnel, parents and the council (policy: P14)."""
    root = lay_over(tmp_path, {})
    assert _found(root, "SEP373", dt.date(2029, 5, 14)) == []
    message = "the last consultation on record was on 2026-05-14"
    assert _found(root, "SEP373", dt.date(2029, 5, 15)) == [("school.yaml", message)]
    (root / COUNCIL).unlink()
    assert _found(root, "SEP373") == [("school.yaml", "no consultation is on record")]


def test_words_are_asked_for_when_the_school_year_is_over_and_not_before(tmp_path: Path) -> None:
    """Teachers, parents and the community speak in the annual report (policy: P34)."""
    root = lay_over(tmp_path, {})
    assert _found(root, "SEP374", dt.date(2027, 5, 28)) == []
    ((file, message),) = _found(root, "SEP374", dt.date(2027, 5, 29))
    assert (file, "2026-27" in message) == ("school.yaml", True)


def test_a_principal_who_has_left_has_authorized_in_their_time(tmp_path: Path) -> None:
    """Time is taken as the Principal of the day authorizes (policy: P30)."""
    entry = (
        "  - {id: old, name: Al Old, position: Principal, phone: 435-555-0101, email: o@school.example, "
        "duties: [%s], until: %s}\n"
    )
    files = {AUTHORIZATION: _authorized("old"), "staff.yaml": _with_staff(entry % ("administration", "2025-06-30"))}
    assert _found(lay_over(tmp_path / "a", files), "SEP371") == []
    files["staff.yaml"] = _with_staff(entry % ("administration", "2024-06-30"))
    assert _found(lay_over(tmp_path / "b", files), "SEP371") == [(AUTHORIZATION, "`old` is not the Principal")]
    files["staff.yaml"] = _with_staff(entry % ("teaching", "2025-06-30"))
    assert _found(lay_over(tmp_path / "c", files), "SEP371") != []


def test_a_group_that_no_file_names_is_told_without_naming_a_student(tmp_path: Path) -> None:
    """Groups are for classes or categories of students (policy: P16)."""
    group = "category: Ninth graders\ndate: 2026-10-07\nplace: Library\n"
    ((file, message),) = _found(lay_over(tmp_path, {"groups/ninth.yaml": group}), "SEP378")
    assert file == "groups/ninth.yaml"
    assert "lopez" not in message
    assert "ward" not in message


def test_a_group_is_not_alone_while_a_conference_cannot_be_read(tmp_path: Path) -> None:
    conference = "students/lopez-sam/2026-27/conferences/2026-10-07-group.md"
    assert _found(lay_over(tmp_path, {conference: "---\nkind: [\n---\n"}), "SEP378") == []


def test_an_objective_that_is_met_may_name_a_partnership_that_ended(tmp_path: Path) -> None:
    """Partnerships with businesses come and go (policy: P33)."""
    objective = (
        "statement: Read one book a month\nkind: academic\nstatus: {}\nsuggested_by: park\nmeans:\n"
        "  - {{what: Saturdays, source: community, partnership: shop}}\n"
    )
    path = "students/lopez-sam/2026-27/objectives/read-more.yaml"
    shop = "partner: Shop\nprogram: Welding\noffers: [Tools]\nsince: 2025-02-01\nuntil: 2026-11-23\n"
    files = {"partnerships/shop.yaml": shop, path: objective.format("met")}
    assert _found(lay_over(tmp_path / "a", files), "SEP375") == []
    files[path] = objective.format("on-track")
    assert _found(lay_over(tmp_path / "b", files), "SEP375") == [
        (path, "the partnership with Shop ended on 2026-11-23")
    ]
    assert _found(tmp_path / "b" / "records", "SEP375", dt.date(2026, 11, 23)) == []


def test_staff_without_training_are_named_where_they_stand(tmp_path: Path) -> None:
    """Assigned staff are trained in the process (policy: P27)."""
    training = "title: Plans\ndate: 2026-08-12\nhours: 2\nattended: [principal-stone, reyes, cruz]\n"
    root = lay_over(tmp_path, {"training/2026-08-12-plan.yaml": training})
    (finding,) = (each for each in checked(root).findings if each.code == "SEP370")
    assert (finding.span.file, finding.span.start.line) == ("staff.yaml", 4)
    assert "Sun Park" in finding.message
