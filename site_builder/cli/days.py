"""Dates on the command line, and in words."""

from __future__ import annotations

import datetime as dt
import re

import click

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST, _LAST = 1900, 2199
"""Years between which a day can lie; a slip like 0206 is none of them."""


def day(text: str | dt.date) -> dt.date:
    """Return the date that an option states as `2026-11-24`, the only form that nobody reads in two ways."""
    if isinstance(text, dt.date):
        return text
    try:
        found = dt.date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        found = None
    if found is not None and not _FIRST <= found.year <= _LAST:
        raise click.BadParameter(f"`{text}` lies beyond all records: the year is one from {_FIRST} to {_LAST}")
    if found is not None:
        return found
    raise click.BadParameter(f"`{text}` is no date: write year, month and day as 2026-11-24")
