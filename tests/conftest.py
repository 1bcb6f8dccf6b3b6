"""How many random cases are tried: a few by default, many with `make test-long`; none is timed.

What was tried by the thousand is counted, and the run ends with these figures.
"""

from __future__ import annotations

import sys
from dataclasses import astuple, dataclass
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("short", deadline=None)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("short")


@dataclass
class Figures:
    """What a run can say of itself: builders killed and what was left whole, and inputs given to the readers."""

    kills: int = 0
    survived: int = 0
    inputs: int = 0


_FIGURES = pytest.StashKey[Figures]()


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> Figures:
    """Return the figures that are told at the end."""
    return pytestconfig.stash.setdefault(_FIGURES, Figures())


@pytest.fixture(scope="session")
def long(pytestconfig: pytest.Config) -> bool:
    """Tell whether this is `make test-long`."""
    return bool(pytestconfig.getoption("--hypothesis-profile") == "long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of the long run what would be the same as in the short one."""
    if config.getoption("--hypothesis-profile") != "long":
        return
    config.hook.pytest_deselected(items=[each for each in items if not _is_longer(each)])
    items[:] = [each for each in items if _is_longer(each)]


def _is_longer(item: pytest.Item) -> bool:
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return drawn or "long" in getattr(item, "fixturenames", ())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the figures to the process that gathers them, where this is one of several."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = astuple(session.config.stash.get(_FIGURES, Figures()))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add the figures of a process that has ended."""
    told = Figures(*getattr(node, "workeroutput", {}).get("figures", ()))
    figures = node.config.stash.setdefault(_FIGURES, Figures())
    figures.kills += told.kills
    figures.survived += told.survived
    figures.inputs += told.inputs


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Tell the figures, after everything else."""
    told = config.stash.get(_FIGURES, Figures())
    if hasattr(config, "workerinput"):
        return
    if told.kills:
        sys.stdout.write(f"kills survived {told.survived}/{told.kills}\n")
    if told.inputs:
        sys.stdout.write(f"inputs fuzzed {told.inputs}\n")
