"""No number under the smallest group can be worked out from the reports (policy: P34, P38).

An attacker who has all the reports, the size of the school and even the size of each grade cannot narrow a withheld
number down to fewer values than there are under the smallest group. Breaking the suppression in any of its parts makes
the attacker succeed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.access import suppression
from site_builder.access.counting import Counts, figures
from site_builder.access.report import Reported, district_report
from site_builder.access.suppression import Count
from site_builder.access.view_report import ReportView, YearLine
from site_builder.render.report import render_district_report, render_report
from tests.leaks.attack import Key, Knowledge, Tables, learn, together, told

YEAR = "2025-26"
GRADES = (7, 8, 9, 10, 11, 12)


def view(counts: Counts, smallest: int = 10, year: str = YEAR, before: dict[str, Counts] | None = None) -> ReportView:
    own = figures(counts, smallest)
    trend = {each: figures(past, smallest) for each, past in (before or {}).items()} | {year: own}
    return ReportView(
        school="A School",
        district="A District",
        address="1 Main Street",
        phone="435-555-0100",
        email="",
        language="en",
        labels={},
        year=year,
        as_of=None,
        smallest=smallest,
        figures=own,
        trend=tuple(
            YearLine(
                year=name,
                students=each.students,
                held=each.held.whole,
                occupational=each.occupational.whole,
                objectives_met=each.objectives.parts[3],
            )
            for name, each in trend.items()
        ),
        trainings=(),
        partnerships=(),
        consultations=(),
        contributions=(),
    )


def read(counts: Counts, at: str = f"A School@{YEAR}", smallest: int = 10) -> Knowledge:
    return learn(render_report(view(counts, smallest)).decode(), at)


def truth(counts: Counts, at: str) -> dict[Key, int]:
    """Return every number that a report could tell, by the attacker's names."""
    size = sum(counts.students)
    found: dict[Key, int] = {(at, "students", "all"): size, (at, "staff"): counts.staff}
    for kind, yes in (("held", counts.held), ("occupational", counts.occupational)):
        for grade, students, own in zip(GRADES, counts.students, yes, strict=True):
            found |= {(at, "students", str(grade)): students, (at, kind, "yes", str(grade)): own}
            found[at, kind, "no", str(grade)] = students - own
        found |= {(at, kind, "yes", "all"): sum(yes), (at, kind, "no", "all"): size - sum(yes)}
    for kind, number, whole in (
        ("planned", counts.planned, size),
        ("family", counts.family, size),
        ("small-group", counts.small_group, size),
        ("trained", counts.trained, counts.staff),
    ):
        found |= {(at, kind, "yes"): number, (at, kind, "no"): whole - number}
    not_held = size - sum(counts.held)
    parts = (counts.declined, counts.offered_open, not_held - counts.declined - counts.offered_open)
    found |= {(at, "not-held", str(place)): each for place, each in enumerate(parts)}
    for kind, items in _items(counts):
        found |= {(at, kind, str(place)): each.value for place, each in enumerate(items)}
    return found


def _items(counts: Counts) -> Iterable[tuple[str, tuple[Count, ...]]]:
    yield "objectives-by-status", counts.objectives
    yield "means-by-source", counts.means
    yield "requests-by-outcome", counts.requests


def small(counts: Counts, at: str, smallest: int) -> dict[Key, int]:
    """Return the numbers that nobody may learn, with how many people there are to choose from at most."""
    true = truth(counts, at)
    size = sum(counts.students)
    by_grade = dict(zip(map(str, GRADES), counts.students, strict=True))
    found: dict[Key, int] = {}
    for key, number in true.items():
        if number < smallest:
            found[key] = by_grade.get(key[-1], size) if len(key) == 4 else size
    for kind, items in _items(counts):
        for place, each in enumerate(items):
            found.pop((at, kind, str(place)), None)
            if each.value < smallest or each.people < smallest:
                found[at, kind, str(place)] = smallest
    for key in ((at, "trained", "yes"), (at, "trained", "no"), (at, "staff")):
        if key in found:
            found[key] = counts.staff
    return found


def found_out(known: Knowledge, counts: Counts, at: str, smallest: int = 10, sizes: bool = True) -> list[str]:
    """Say which small numbers the attacker can narrow down; `sizes` of grades may be known from elsewhere."""
    true = truth(counts, at)
    known.between((at, "students", "all"), true[at, "students", "all"], true[at, "students", "all"])
    if sizes:
        for grade, each in zip(GRADES, counts.students, strict=True):
            known.between((at, "students", str(grade)), each, each)
    protected = small(counts, at, smallest)
    if sizes:
        protected = {key: each for key, each in protected.items() if key[1] != "students"}
    protected.pop((at, "students", "all"), None)
    narrow = []
    for key, (low, high) in known.ranges(key for key in true if key in known.bounds).items():
        assert low <= true[key] <= high, f"the report is wrong about {key}: {low} to {high}, in truth {true[key]}"
        if key in protected and high - low < min(smallest - 1, protected[key]):
            narrow.append(f"{key}: {low:g} to {high:g}")
    return narrow


# --- schools made by chance --------------------------------------------------------------------------------------


def _part(whole: int) -> st.SearchStrategy[int]:
    """A part of a group: anything, nearly nobody or nearly everybody."""
    near = min(whole, 12)
    return st.one_of(st.integers(0, whole), st.integers(0, near), st.integers(whole - near, whole))


@st.composite
def schools(draw: st.DrawFn) -> Counts:
    sizes = tuple(draw(st.one_of(st.integers(0, 25), st.integers(8, 90))) for _ in GRADES)
    size = sum(sizes)
    held = tuple(draw(_part(each)) for each in sizes)
    not_held = size - sum(held)
    declined = draw(_part(not_held))
    small_group = draw(_part(size))
    staff = draw(st.integers(0, 40))
    items = []
    for parts in (5, 4, 4):
        values = [draw(st.one_of(st.integers(0, 14), st.integers(0, 300))) for _ in range(parts)]
        items.append(tuple(Count(each, draw(st.integers(min(each, 1), each))) for each in values))
    behind = [max((each.people for each in own), default=0) for own in items]
    return Counts(
        grades=GRADES,
        students=sizes,
        held=held,
        occupational=tuple(draw(_part(each)) for each in sizes),
        planned=draw(_part(size)),
        family=draw(_part(sum(held))),
        small_group=small_group,
        declined=declined,
        offered_open=draw(_part(not_held - declined)),
        objectives=items[0],
        means=items[1],
        requests=items[2],
        with_objectives=behind[0],
        with_means=behind[1],
        with_requests=behind[2],
        groups=-(-small_group // 5),
        staff=staff,
        trained=draw(_part(staff)),
    )


@given(schools(), st.sampled_from([10, 10, 10, 12, 20]), st.booleans())
def test_nothing_small_can_be_worked_out_from_a_schools_report(counts: Counts, smallest: int, sizes: bool) -> None:
    at = f"A School@{YEAR}"
    assert found_out(read(counts, at, smallest), counts, at, smallest, sizes) == []


@given(schools(), schools())
def test_nor_from_the_reports_of_two_years(first: Counts, second: Counts) -> None:
    before = "A School@2024-25"
    old = learn(render_report(view(first, year="2024-25")).decode(), before)
    new = learn(render_report(view(second, before={"2024-25": first})).decode(), f"A School@{YEAR}")
    assert found_out(together([old, new]), first, before) == []
    assert found_out(together([old, new]), second, f"A School@{YEAR}") == []


@given(schools(), schools())
def test_an_earlier_year_is_told_as_in_its_own_report(first: Counts, second: Counts) -> None:
    own = Tables(render_report(view(first, year="2024-25")).decode()).tables["by-year"][-1]
    later = Tables(render_report(view(second, before={"2024-25": first})).decode()).tables["by-year"]
    assert own in later


DISTRICT: dict[str, Key] = {
    "Students": ("students", "all"),
    "With a plan": ("planned", "yes"),
    "Family took part": ("family", "yes"),
    "Yearly conference held": ("held", "yes", "all"),
    "SEOPs": ("occupational", "yes", "all"),
}


@given(st.lists(schools(), min_size=2, max_size=3))
def test_nor_from_the_districts_report_beside_its_schools(every: list[Counts]) -> None:
    names = [f"School {number}" for number in range(len(every))]
    parts = [
        learn(render_report(view(each)).decode(), f"{name}@{YEAR}") for name, each in zip(names, every, strict=True)
    ]
    report = district_report(
        "A District", [Reported(name, view(each)) for name, each in zip(names, every, strict=True)], ()
    )
    heads, *rows = Tables(render_district_report(report).decode()).tables["plans"]
    whole = together(parts)
    for head, key in DISTRICT.items():
        column = heads.index(head)
        for row in rows[:-1]:
            whole.between((f"{row[0]}@{YEAR}", *key), *told(row[column]))
        whole.between(("district", *key), *told(rows[-1][column]))
        whole.adds_up(("district", *key), [(f"{name}@{YEAR}", *key) for name in names])
    for name, each in zip(names, every, strict=True):
        assert found_out(whole, each, f"{name}@{YEAR}") == []


# --- the attacker works ------------------------------------------------------------------------------------------

EVEN = Counts(
    grades=GRADES,
    students=(50, 50, 50, 50, 50, 50),
    held=(47, 30, 28, 35, 25, 36),
    occupational=(20, 30, 28, 35, 25, 36),
    planned=297,
    family=180,
    small_group=60,
    declined=40,
    offered_open=52,
    objectives=(Count(40, 40), Count(136, 120), Count(61, 55), Count(118, 103), Count(5, 5)),
    means=(Count(455, 240), Count(101, 90), Count(95, 80), Count(69, 60)),
    requests=(Count(18, 18), Count(15, 3), Count(30, 20), Count(14, 14)),
    with_objectives=240,
    with_means=240,
    with_requests=50,
    groups=13,
    staff=30,
    trained=18,
)


def test_a_school_of_three_hundred_tells_much() -> None:
    tables = Tables(render_report(view(EVEN)).decode()).tables
    rows = [row for table in tables.values() for row in table]
    numbers = [cell for row in rows for cell in row[1:] if cell[:1].isdigit()]
    withheld = [cell for row in rows for cell in row[1:] if cell == "not shown"]
    assert len(numbers) > 4 * len(withheld) > 0
    assert found_out(read(EVEN), EVEN, f"A School@{YEAR}") == []


def _no_complement(rows: list[suppression._Row], _total: int, _smallest: int) -> list[suppression._Row]:
    return list(rows)


def _part_without_company(counts: tuple[Count, ...], smallest: int, _people: int) -> suppression.Partition:
    parts = tuple(
        suppression.exact(each.value) if each.value >= smallest else suppression.Shown(0, None, "hidden")
        for each in counts
    )
    return suppression.Partition(suppression.exact(sum(each.value for each in counts)), parts)


def _nothing_small(size: int, yes: int, _smallest: int) -> suppression.Pair:
    return suppression.Pair(suppression.exact(yes), suppression.exact(size - yes))


def _only_one_side(size: int, yes: int, smallest: int) -> suppression.Pair:
    hidden = suppression.Shown(0, size, "hidden")
    yes_shown, no_shown = (suppression.exact(each) if each >= smallest else hidden for each in (yes, size - yes))
    return suppression.Pair(yes_shown, no_shown)


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("_complemented", _no_complement),
        ("partition", _part_without_company),
        ("pair", _nothing_small),
        ("pair", _only_one_side),
    ],
    ids=["no complement", "a part alone", "no suppression", "one side of two"],
)
def test_a_broken_suppression_is_found(
    monkeypatch: pytest.MonkeyPatch, part: str, broken: Callable[..., object]
) -> None:
    from site_builder.access import counting

    monkeypatch.setattr(suppression, part, broken)
    if hasattr(counting, part):
        monkeypatch.setattr(counting, part, broken)
    assert found_out(read(EVEN), EVEN, f"A School@{YEAR}") != []


def test_a_sum_that_is_told_twice_is_found() -> None:
    """A trend that showed what the year's own report withholds would give it away."""
    open_view = view(EVEN)
    line = open_view.trend[0]
    leaky = replace(open_view, trend=(replace(line, objectives_met=suppression.exact(118)),))
    short = replace(EVEN, objectives=(Count(4, 4), Count(136, 120), Count(61, 55), Count(118, 103), Count(4, 4)))
    assert found_out(read(short), short, f"A School@{YEAR}") == []
    told_more = replace(view(short), trend=leaky.trend)
    known = learn(render_report(told_more).decode(), f"A School@{YEAR}")
    known.between((f"A School@{YEAR}", "objectives-by-status", "2"), 61, 61)
    assert found_out(known, short, f"A School@{YEAR}") != []


def test_the_attacker_reckons_right() -> None:
    known = Knowledge()
    known.adds_up(("all",), [("a",), ("b",), ("c",)])
    known.between(("all",), 30, 30)
    known.between(("a",), 0, 9)
    known.between(("b",), 12, 15)
    assert known.ranges([("a",), ("b",), ("c",), ("all",), ("d",)]) == {
        ("a",): (0, 9),
        ("b",): (12, 15),
        ("c",): (6, 18),
        ("all",): (30, 30),
        ("d",): (0, float("inf")),
    }
