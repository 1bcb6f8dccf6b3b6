"""What the packages for others hold: kept beside them, to tell later whether they may still be handed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from site_builder.access.still_given import Package
from site_builder.publish.ledger import LEDGER, noted


def written(packages: Mapping[str, Package]) -> bytes:
    """Return what the packages hold, by name, as it is kept."""
    return noted({name: asdict(each) for name, each in sorted(packages.items())})


def read(folder: Path) -> dict[str, Package]:
    """Return what the packages in `folder` hold, by name; of those for which it cannot be read nothing is known."""
    try:
        kept = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
        return {
            name: Package(
                student=str(each["student"]),
                record=str(each["record"]),
                party=str(each["party"]),
                sections=tuple(str(section) for section in each["sections"]),
                documents={str(key): str(sha256) for key, sha256 in each["documents"].items()},
            )
            for name, each in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}
