"""What the suites have counted, for the line that closes `make test-leaks`; and how large the school is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.leaks.facts import DEFAULT, SMALL, Size

ASKED = "SEP_LEAKS"
"""The environment variable that asks for the default size (`default`), or for STUDENTS,YEARS,DOCUMENTS[,SEED]."""


@dataclass
class Tally:
    """Counts of one run; `rules` has each broken rule with the suites that caught it."""

    views: int = 0
    forbidden: int = 0
    missing: int = 0
    rules: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counting: bool = True


COUNTS = Tally()


def views() -> None:
    """Count one viewer on one day; not while a rule is broken on purpose."""
    COUNTS.views += COUNTS.counting


def faults(kinds: Iterable[str]) -> None:
    """Count what a search has found."""
    for each in kinds:
        COUNTS.forbidden += each != "missing"
        COUNTS.missing += each == "missing"


def told() -> dict[str, Any]:
    """Return the counts as plain values, to be sent to another process."""
    return {**asdict(COUNTS), "rules": {rule: list(each) for rule, each in COUNTS.rules.items()}}


def add(counted: dict[str, Any]) -> None:
    """Add the counts of another process."""
    COUNTS.views += counted["views"]
    COUNTS.forbidden += counted["forbidden"]
    COUNTS.missing += counted["missing"]
    COUNTS.rules |= {rule: tuple(each) for rule, each in counted["rules"].items()}


def size() -> Size:
    """Return the size that was asked for, the small one where none was."""
    asked = os.environ.get(ASKED, "")
    if not asked:
        return SMALL
    return DEFAULT if asked == "default" else Size(*(int(each) for each in asked.split(",")))


def closing_line() -> str:
    """Return the one line that sums the run up."""
    caught = sum(bool(each) for each in COUNTS.rules.values())
    return (
        f"rules broken and caught {caught}/{len(COUNTS.rules)}, views searched {COUNTS.views}, "
        f"forbidden found {COUNTS.forbidden}, allowed missing {COUNTS.missing}"
    )


def perfect() -> bool:
    """Tell whether every broken rule was caught and the searches found nothing wrong."""
    return bool(COUNTS.rules and COUNTS.views) and all(COUNTS.rules.values()) and not COUNTS.forbidden + COUNTS.missing
