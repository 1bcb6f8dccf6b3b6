"""What is counted for the annual report, and what of it is published (policy: P34)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.access.counting import count_year
from site_builder.access.report import Reported, district_report, report_for
from site_builder.access.suppression import Count, Shown, added, alone, exact, pair, pair_table, partition, sizes
from site_builder.base.errors import WrongUse
from site_builder.model.store import Store
from tests.access.large_school import write_large_school
from tests.stores import TODAY, checked, overlaid_store

CONFERENCE = "students/lopez-sam/2026-27/conferences/2026-10-20-annual.md"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Store:
    result = checked(write_large_school(tmp_path_factory.mktemp("large") / "records"))
    assert not result.has_errors
    assert result.store is not None
    return result.store


def annual(lines: str) -> str:
    return f"---\nkind: annual\ninvited: [sam-lopez, rosa-lopez]\n{lines}---\nWords.\n"


def counted(folder: Path, files: dict[str, str], until: dt.date = TODAY) -> tuple[int, int, int, int]:
    """Return held, family, declined, offered and open."""
    store = overlaid_store(folder, files)
    year = store.school_year("2026-27")
    assert year is not None
    found = count_year(store, year, until)
    return sum(found.held), found.family, found.declined, found.offered_open


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        ("held_on: 2026-10-20\nattended: [sam-lopez, rosa-lopez]\n", (1, 1, 0, 0)),
        ("held_on: 2026-10-20\nattended: [sam-lopez]\n", (1, 0, 0, 0)),
        ("offered_on: 2026-10-01\n", (0, 0, 0, 1)),
        ("offered_on: 2026-10-01\ndeclined_on: 2026-10-05\n", (0, 0, 1, 0)),
        ("offered_on: 2026-12-01\n", (0, 0, 0, 0)),
    ],
    ids=["held with the family", "held without", "offered", "declined", "offered later"],
)
def test_a_conference_is_counted_once(tmp_path: Path, lines: str, more: tuple[int, int, int, int]) -> None:
    """Offered, held and declined are kept apart (policy: P15)."""
    before = counted(tmp_path / "before", {})
    after = counted(tmp_path / "after", {CONFERENCE: annual(lines)})
    assert tuple(b - a for a, b in zip(before, after, strict=True)) == more


def test_the_large_school_adds_up(large: Store) -> None:
    for year in large.school.school_years:
        found = count_year(large, year, min(year.ends, TODAY))
        size = sum(found.students)
        assert size > 200
        assert found.grades == tuple(sorted(found.grades))
        assert all(own <= each for own, each in zip(found.held, found.students, strict=True))
        assert found.family <= sum(found.held)
        assert found.declined + found.offered_open <= size - sum(found.held)
        assert all(each.people <= min(each.value, size) for each in (*found.objectives, *found.means, *found.requests))


def test_a_full_report_says_much(large: Store) -> None:
    view = report_for(large, "2025-26", TODAY)
    assert view.as_of is None
    assert view.figures.students.value == sum(count_year(large, large.school.school_years[0], TODAY).students)
    assert view.figures.held.whole.percent is not None
    assert view.figures.means.parts[0].value is not None


def test_years_that_have_no_report(large: Store) -> None:
    with pytest.raises(WrongUse, match="is no school year"):
        report_for(large, "2019-20", TODAY)
    with pytest.raises(WrongUse, match="begins on"):
        report_for(large, "2026-27", dt.date(2026, 7, 1))
    assert report_for(large, "2026-27", TODAY).as_of == TODAY


def test_the_school_may_raise_the_smallest_group(tmp_path: Path) -> None:
    small = Path(__file__).parents[1] / "data/stores/good/small-school/school.yaml"
    text = small.read_text("utf-8")
    assert "privacy:\n" in text
    store = overlaid_store(tmp_path, {"school.yaml": text.replace("privacy:\n", "privacy:\n  smallest_group: 25\n")})
    view = report_for(store, "2026-27", TODAY)
    assert (view.smallest, view.figures.students) == (25, Shown(0, 24, "few"))


def test_forms_of_a_pair() -> None:
    assert pair(100, 40, 10).percent == 40
    assert pair(300, 296, 10).yes == Shown(291, 300, "most")
    assert pair(300, 300, 10).no == Shown(0, 9, "few")
    assert pair(300, 0, 10).yes == Shown(0, 9, "few")
    assert pair(19, 12, 10).yes == pair(19, 0, 10).yes == Shown(0, 19, "hidden")
    assert pair(300, 296, 10).percent is None


def test_a_hidden_part_has_company() -> None:
    whole = partition([Count(60, 60), Count(40, 40), Count(3, 3), Count(90, 90)], 10, 100)
    assert [each.form for each in whole.parts] == ["number", "hidden", "hidden", "number"]
    assert whole.parts[2] == Shown(0, 43, "hidden")
    few_people = partition([Count(60, 60), Count(40, 4), Count(30, 30)], 10, 80)
    assert [each.form for each in few_people.parts] == ["number", "hidden", "hidden"]
    assert partition([Count(5, 5), Count(4, 4)], 10, 9).total.form == "hidden"


def test_rows_that_a_sum_would_give_away_are_hidden() -> None:
    groups, yes = (50, 50, 50), (47, 30, 28)
    shown = pair_table(groups, yes, sizes(groups, 10), 10)
    assert shown.whole.yes == exact(105)
    assert [each.yes.form for each in shown.rows].count("number") == 1


def test_a_number_alone_and_sums_of_what_is_told() -> None:
    assert (alone(9, 10), alone(10, 10)) == (Shown(0, 9, "few"), exact(10))
    assert added([exact(40), exact(50)]) == exact(90)
    assert added([exact(40), Shown(0, 9, "few")]) == Shown(40, 49, "range")
    assert added([exact(40), Shown(0, None, "hidden")]) == Shown(40, None, "range")
    assert added([Shown(0, 16, "hidden"), Shown(0, 12, "hidden")]).form == "hidden"


def test_a_district_adds_up_what_is_published(large: Store, tmp_path: Path) -> None:
    small = overlaid_store(tmp_path, {})
    views = [
        Reported("Large", report_for(large, "2026-27", TODAY)),
        Reported("Small", report_for(small, "2026-27", TODAY)),
    ]
    whole = district_report("District", views, ["Third"])
    big = views[0].view.figures.held.whole.yes.value
    assert big is not None
    assert whole.total.held == Shown(big, big + 9, "range")
    assert whole.left_out == ("Third",)
    assert [each.school for each in whole.schools] == ["Large", "Small"]
