"""Two schools that differ in withheld content alone give byte-identical sites to all from whom it is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.access.sites import site_for
from site_builder.render.site import render_site
from tests.exchange.handed_in import KEY
from tests.leaks import tally
from tests.leaks.suite import Searched
from tests.leaks.twins import TWINS, Twin, pair


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("twins")


@pytest.mark.parametrize("twin", TWINS, ids=lambda each: each.name)
def test_nobody_can_tell_the_two_schools_apart(small: Searched, folder: Path, twin: Twin) -> None:
    """Policy: P35, P36."""
    made = pair(twin, folder, small.written)
    assert len(made.watchers()) >= 2
    assert made.one.broken == made.other.broken
    for _ in made.watchers():
        tally.views()
    found = made.faults()
    tally.faults(each.kind for each in found)
    assert [each.what for each in found] == []


@pytest.mark.parametrize("twin", [each for each in TWINS if each.seen_by], ids=lambda each: each.name)
def test_those_who_may_see_it_do_see_a_difference(small: Searched, folder: Path, twin: Twin) -> None:
    """Or the pair would prove nothing."""
    made = pair(twin, folder, small.written)
    seers = set(small.everybody) - set(made.watchers()) if "*" in twin.seen_by else twin.seen_by
    assert any(
        [*render_site(site_for(made.one, each, twin.on), KEY)]
        != [*render_site(site_for(made.other, each, twin.on), KEY)]
        for each in seers
    )
