"""The tables that travel with the program, read when they are first asked for."""

from __future__ import annotations

import csv
from functools import cache

from site_builder.base.resources import folder


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `site_builder/data/<name>.csv` without its head; no rows where there is no such table."""
    path = folder("data") / f"{name}.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(tuple(row) for row in csv.reader(stream))[1:]
