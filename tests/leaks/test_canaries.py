"""Nothing forbidden is in anybody's output, and all that is allowed is: every viewer, each day that changes things."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.access.sites import copy_for
from site_builder.base.errors import Refused, WrongUse
from tests.leaks import tally
from tests.leaks.facts import SMALL, days_of, school_of
from tests.leaks.oracle import has_access
from tests.leaks.suite import Fault, Searched

ALL_DAYS = days_of(school_of(tally.size()))
FEW = tuple(
    dt.date.fromisoformat(each)
    for each in [
        *(
            "2026-02-27",
            "2026-02-28",
            "2026-03-02",
            "2026-08-18",
            "2026-08-19",
            "2026-09-10",
            "2026-10-01",
            "2026-10-31",
        ),
        *("2026-11-19", "2026-11-20", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-30", "2026-12-01"),
        *("2027-05-28", "2027-05-29"),
    ]
)
"""The days searched at the small size; they are among those that the tables give."""
DAYS = ALL_DAYS if tally.size().students else FEW
COMMON = tuple(each for each in DAYS if dt.date(2026, 11, 18) <= each <= dt.date(2026, 12, 1))


def _none(found: list[Fault]) -> None:
    tally.faults(each.kind for each in found)
    assert [(each.kind, each.what) for each in found] == []


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_sites_and_binders_hold_what_is_allowed_and_nothing_else(searched: Searched, on: dt.date) -> None:
    """Policy: P13, P25, P35, P36."""
    _none(searched.day(on))


@pytest.mark.parametrize("on", COMMON, ids=str)
def test_the_common_copy_holds_what_every_reader_may_see(searched: Searched, on: dt.date) -> None:
    _none(searched.common(on))


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_published_pages_stay_with_those_alone_who_still_may_see_them(searched: Searched, on: dt.date) -> None:
    _none(searched.kept(on))


@pytest.mark.parametrize("on", COMMON, ids=str)
def test_a_copy_of_the_file_is_made_for_those_with_access_alone(searched: Searched, on: dt.date) -> None:
    for student in searched.facts.pupils:
        for viewer in searched.everybody:
            if has_access(searched.facts, viewer, student, on):
                assert copy_for(searched.store, student, viewer, on).file.id == student
            else:
                with pytest.raises((Refused, WrongUse)):
                    copy_for(searched.store, student, viewer, on)


def test_the_days_of_the_small_size_are_days_that_change_something() -> None:
    assert set(FEW) <= set(days_of(school_of(SMALL)))
