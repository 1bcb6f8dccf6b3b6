"""When a student comes of age, and which school year a day belongs to."""

from __future__ import annotations

import datetime as dt

from site_builder.model.records import Student
from site_builder.model.store import Store

ADULT_AGE = 18


def adult_on(birth_date: dt.date) -> dt.date:
    """Return the 18th birthday; somebody born on 29 February comes of age on 28 February in a year without one."""
    year = birth_date.year + ADULT_AGE
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)


def holds_own_rights(student: Student, on: dt.date) -> bool:
    """Tell whether consent is the student's own to give: 18, emancipated, or under McKinney-Vento (34 CFR 99.5)."""
    return student.independence != "none" or on >= adult_on(student.birth_date)


def school_year_on(store: Store, on: dt.date) -> str:
    """Return the school year that has begun last on the day `on`, or the first one of all before any has begun."""
    years = sorted(store.school.school_years, key=lambda each: each.starts)
    begun = [each.id for each in years if each.starts <= on]
    return begun[-1] if begun else years[0].id if years else store.school.current_year
