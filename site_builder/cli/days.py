"""Dates on the command line, and in words."""

from __future__ import annotations

import datetime as dt
import re

import click

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day(text: str | dt.date) -> dt.date:
    """Return the date that an option states as `2026-11-24`, the only form that nobody reads in two ways."""
    if isinstance(text, dt.date):
        return text
    try:
        if _ISO.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise click.BadParameter(f"`{text}` is no date: write year, month and day as 2026-11-24")
