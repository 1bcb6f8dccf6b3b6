"""What a text that should be a date was meant to be, where only one day can be meant."""

from __future__ import annotations

import datetime as dt
import re

YEARS = range(1900, 2200)
"""Years that a school's records can hold; any other is a slip of the finger."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[T ][0-9:.+Z-]*)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?,? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\.?[- ]+([A-Za-z]{3,9})\.?,?[- ]+([0-9]{4})")


def is_date(text: str) -> bool:
    """Tell whether `text` is a day that exists, as year-month-day with leading zeros."""
    match = _ISO.fullmatch(text)
    return match is not None and _day(*map(int, match.groups())) is not None


def meant(text: str) -> dt.date | None:
    """Return the one day that `text` can mean, or `None` where it means none or could mean two."""
    text = text.strip()
    if match := _YEAR_FIRST.fullmatch(text):
        year, first, second = map(int, match.groups())
        return _day(year, first, second) or _day(year, second, first)
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, match.groups())
        days = {_day(year, first, second), _day(year, second, first)} - {None}
        return days.pop() if len(days) == 1 else None
    if match := _MONTH_DAY.fullmatch(text):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    if match := _DAY_MONTH.fullmatch(text):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    if year not in YEARS:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return the month that an English word or its abbreviation names, or 0."""
    start = word[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0
