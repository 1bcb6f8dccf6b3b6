"""Until when it was decided that a viewer may see a student: written with the pages, for the day their file breaks.

While a student's file cannot be read, nobody can say who may see it. The last pages then stay up to the day for which
that was sure when they were made: the end of a term of office, a birthday, a consent that runs out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_builder.access.carry_over import Standing

LEDGER = ".sep-decided"
"""The name of the ledger beside the viewers' folders."""

Decided = Mapping[tuple[str, str], Standing]
"""By viewer and student: what the pages rest on."""


def written(decided: Decided) -> bytes:
    """Return the ledger as it is kept."""
    people: dict[str, dict[str, object]] = {}
    for (viewer, student), each in sorted(decided.items(), key=lambda entry: entry[0]):
        people.setdefault(viewer, {})[student] = as_data(each)
    return noted(people)


def noted(kept: Mapping[str, Any]) -> bytes:
    """Return a note as it stands beside what it tells of."""
    return (json.dumps(kept, indent=1) + "\n").encode()


def read(sites: Path) -> dict[tuple[str, str], Standing]:
    """Return the ledger of the published `sites`; what cannot be read was decided for nobody."""
    try:
        people = json.loads((sites / LEDGER).read_text(encoding="utf-8"))
        return {
            (viewer, student): of_data(each)
            for viewer, students in people.items()
            for student, each in students.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def as_data(rests: Standing) -> dict[str, object]:
    """Return what pages rest on as it is kept."""
    until = rests.until.isoformat() if rests.until else None
    return {"until": until, "papers": list(rests.papers), "addresses": list(rests.addresses)}


def of_data(kept: Any) -> Standing:
    """Return what was kept; raises `ValueError`, `TypeError` or `KeyError` where it is something else."""
    return Standing(
        dt.date.fromisoformat(kept["until"]) if kept["until"] is not None else None,
        tuple(str(paper) for paper in kept["papers"]),
        tuple(str(person) for person in kept["addresses"]),
    )


def stands(decided: Decided, viewer: str, student: str, on: dt.date) -> bool:
    """Tell whether the pages of `student` made for `viewer` may stand on the day `on` by what was decided then."""
    if (viewer, student) not in decided:
        return False
    until = decided[viewer, student].until
    return until is None or on <= until
