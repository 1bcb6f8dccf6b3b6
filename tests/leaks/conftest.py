"""The generated school, written and read once for all suites."""

from __future__ import annotations

import pytest

from site_builder.model.store import Store
from tests.leaks import tally
from tests.leaks.canary_school import Written, write_school
from tests.leaks.facts import Size
from tests.leaks.suite import Searched
from tests.stores import checked


def read(written: Written) -> Store:
    """Return the store of a written school; only the students that are meant to be broken are."""
    store = checked(written.root).store
    assert store is not None
    assert store.broken == {each.id for each in written.facts.pupils.values() if not each.sound}
    return store


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that gathers the counts, where this is one of several."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[tally.ASKED] = tally.told()


@pytest.fixture(scope="session")
def size() -> Size:
    return tally.size()


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory, size: Size) -> Searched:
    written = write_school(tmp_path_factory.mktemp("canaries") / "records", size)
    return Searched(written, read(written))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    written = write_school(tmp_path_factory.mktemp("small") / "records")
    return Searched(written, read(written))
