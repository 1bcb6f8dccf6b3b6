"""The history tells nobody more than today's file does: not in a word, not by a date, a count or an order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.leaks import tally
from tests.leaks.broken_rules import PAST_BREAKS, Break, broken
from tests.leaks.past import PASSING, SchoolWithPast, TwinsWithPast
from tests.leaks.suite import Searched
from tests.leaks.twins import TODAY, TWINS, Twin


@pytest.fixture(scope="module")
def school(small: Searched, tmp_path_factory: pytest.TempPathFactory) -> SchoolWithPast:
    return SchoolWithPast(small, tmp_path_factory.mktemp("past"))


@pytest.fixture(scope="module")
def twins(small: Searched, tmp_path_factory: pytest.TempPathFactory) -> TwinsWithPast:
    return TwinsWithPast(small.written, tmp_path_factory.mktemp("twins-with-past"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("twins")


@pytest.mark.parametrize("on", [TODAY, dt.date(2026, 11, 10)], ids=str)
def test_no_word_of_an_earlier_version_is_in_anybodys_pages(school: SchoolWithPast, on: dt.date) -> None:
    """Policy: P35, P36."""
    found = school.faults(on)
    tally.faults(each.kind for each in found)
    assert [each.what for each in found] == []


@pytest.mark.parametrize("twin", [*TWINS, PASSING], ids=lambda each: each.name)
def test_the_history_of_withheld_content_is_no_history(twins: TwinsWithPast, folder: Path, twin: Twin) -> None:
    """Policy: P35, P36."""
    found = twins.faults(twin, folder)
    tally.faults(each.kind for each in found)
    assert [each.what for each in found] == []


@pytest.mark.parametrize("rule", PAST_BREAKS, ids=lambda each: each.rule)
def test_it_is_noticed_when_more_is_told(
    school: SchoolWithPast, twins: TwinsWithPast, tmp_path: Path, rule: Break
) -> None:
    withheld = next(each for each in TWINS if each.name == "the date of a withheld document")
    with broken(rule):
        red = bool(school.faults()) or any(twins.faults(each, tmp_path) for each in (PASSING, withheld))
    assert red
