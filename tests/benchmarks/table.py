"""What was measured, as a table for people and as `benchmarks.json` for comparing one day with another."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from os import cpu_count
from pathlib import Path
from statistics import median

FILE = Path("benchmarks.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what, of how much, the seconds of each run, and the processor's seconds in them."""

    what: str
    about: str
    seconds: tuple[float, ...]
    processor: tuple[float, ...] = ()


def run(rows: Iterable[Row]) -> int:
    """Print each row as it comes, and write all of them to `benchmarks.json`."""
    found = []
    for row in rows:
        found.append(row)
        busy = f"{median(row.processor):8.2f}" if row.processor else " " * 8
        sys.stdout.write(f"{row.what:<38} {median(row.seconds):8.2f} s {busy} s of processor   {row.about}\n")
        sys.stdout.flush()
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": cpu_count()}
    FILE.write_text(
        json.dumps({"machine": machine, "rows": [asdict(each) for each in found]}, indent=2) + "\n", "utf-8"
    )
    return 0
