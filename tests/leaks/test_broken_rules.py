"""The suites notice it when a rule is broken: each access rule in turn, and what turns red.

A rule that nothing notices is a rule that may go missing one day; so the test is for the suites, not for the product.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from site_builder.access.sites import site_for
from site_builder.render import papers
from site_builder.render.site import render_site
from tests.access.test_decide import CASES, rows_of, store_of
from tests.exchange.handed_in import KEY
from tests.leaks import hand_made, links, tally
from tests.leaks.broken_rules import BREAKS, Break, broken
from tests.leaks.suite import Searched, compared, words_in_all
from tests.leaks.twins import TWINS, pair

DAYS = tuple(
    dt.date.fromisoformat(each)
    for each in [
        *("2026-11-24", "2026-11-23", "2026-11-25", "2026-11-20", "2026-12-01", "2026-02-28", "2026-03-02"),
        *("2026-08-18", "2026-10-31", "2026-09-09", "2027-05-29"),
    ]
)
TODAY = DAYS[0]
Suite = Callable[[], bool]
"""Tells whether the suite is red."""


@pytest.fixture(scope="module")
def suites(small: Searched, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Suite]]:
    """Give every suite by name, in the order in which they are quick."""
    folder = tmp_path_factory.mktemp("twins-of-broken")
    cases = [(rows_of(case), store_of(case, tmp_path_factory.mktemp("case"))) for case in CASES]
    pairs = [pair(each, folder, small.written) for each in TWINS]

    def family_site() -> object:
        return site_for(small.store, "ma-alpha", TODAY)

    tally.COUNTS.counting = False
    yield {
        "tables of cases": lambda: any(answers(store) != rows for (rows, answers), store in cases),
        "hand-made records": lambda: bool(hand_made.faults(small.store)),
        "canaries": lambda: any(small.day(on) for on in DAYS),
        "kept pages": lambda: any(small.kept(on) for on in DAYS),
        "twins": lambda: any(each.faults(alike_by_view=True) for each in pairs),
        "links": lambda: bool(links.faults(family_site())),  # type: ignore[arg-type]
    }
    tally.COUNTS.counting = True


@pytest.fixture(scope="module")
def drawn(small: Searched) -> Mapping[str, Suite]:
    """Give the suites for rules that pages are drawn by: nothing that was drawn before counts."""

    def pages() -> bool:
        papers.picture.cache_clear() if hasattr(papers.picture, "cache_clear") else None
        site = site_for(small.store, "ma-alpha", TODAY)
        return bool(compared(small.written, "ma-alpha", words_in_all(render_site(site, KEY)), TODAY))

    return {
        "canaries": pages,
        "links": lambda: bool(links.faults(site_for(small.store, "ma-alpha", TODAY))),
    }


@pytest.mark.parametrize("rule", [each for each in BREAKS if not each.drawn], ids=lambda each: each.rule)
def test_a_broken_rule_is_caught(suites: Mapping[str, Suite], rule: Break) -> None:
    """Policy: P35, P36."""
    _caught(suites, rule)


@pytest.mark.parametrize("rule", [each for each in BREAKS if each.drawn], ids=lambda each: each.rule)
def test_a_broken_rule_of_drawing_is_caught(drawn: Mapping[str, Suite], rule: Break) -> None:
    _caught(drawn, rule)


def test_with_all_rules_in_place_no_suite_is_red(suites: Mapping[str, Suite], drawn: Mapping[str, Suite]) -> None:
    """Also after all were broken: each was put back."""
    assert {name for each in (suites, drawn) for name, red in each.items() if red()} == set()


def test_rules_are_named_once() -> None:
    assert len({each.rule for each in BREAKS}) == len(BREAKS)


def _caught(suites: Mapping[str, Suite], rule: Break) -> None:
    with broken(rule):
        caught = tuple(name for name, red in suites.items() if red())
    tally.COUNTS.rules[rule.rule] = caught
    assert caught, f"nothing notices that this rule is broken: {rule.rule}"


def test_the_case_files_are_found(tmp_path: Path) -> None:
    assert len(CASES) > 15
    rows, answers = rows_of(CASES[0])
    assert answers(store_of(CASES[0], tmp_path)) == rows
