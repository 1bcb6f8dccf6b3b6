"""References in the school's own files: staff by their id, and school years (SEP20x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import did_you_mean, kind_name, school_records, values_at
from site_builder.check.rulebook import Rule
from site_builder.model.store import Store

_TRAINING = "training/2026-08-12-plan.yaml"
_REPORT = "reports/2025-26-parent.md"


def _training(attended: str) -> str:
    return f"title: Plans that help\ndate: 2026-08-12\nhours: 2\nattended: {attended}\n"


def _report(year: str) -> str:
    return f"---\nschool_year: {year}\nby: A parent\ntitle: What changed for us\n---\nWe were asked first.\n"


STAFF = Code(
    code="SEP208",
    severity=Severity.ERROR,
    title="a staff member is named who is not in the staff directory",
    why=(
        "Trainings, small groups and the Principal's authorizations name staff by their id in `staff.yaml`. A wrong id "
        "would leave somebody without the training that they attended."
    ),
    policy="P27",
    fails=(Example(_TRAINING, _training("[park, principal-stone, reyes, cruz, pork]  # <-- here")),),
    passes=(Example(_TRAINING, _training("[park, principal-stone, reyes, cruz]")),),
)
SCHOOL_YEAR = Code(
    code="SEP209",
    severity=Severity.ERROR,
    title="a school year is named that `school.yaml` does not have",
    why="The annual report of a school year gathers the contributions for that year; a year by mistake loses them.",
    policy="P34",
    fails=(Example(_REPORT, _report("2015-16  # <-- here")),),
    passes=(Example(_REPORT, _report("2025-26")),),
)
_Table: TypeAlias = Mapping[str, tuple[str, ...]]
"""Kind of file -> places in it that name something."""

_STAFF: _Table = {
    "school": ("waivers/*/who",),
    "group": ("staff/*",),
    "training": ("attended/*",),
    "authorization": ("authorized_by",),
}
_YEARS: _Table = {"school": ("current_year",), "contribution": ("school_year",)}


def _staff(store: Store) -> frozenset[str]:
    return frozenset(each.id for each in store.staff.staff)


def _years(store: Store) -> frozenset[str]:
    return frozenset(each.id for each in store.school.school_years)


def _rule(code: Code, table: _Table, known: Callable[[Store], frozenset[str]], message: str, way_out: str) -> Rule:
    def find(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
        choices = known(store)
        for record in school_records(store):
            for pattern in table.get(kind_name(record), ()):
                for pointer, value in values_at(record.origin, pattern):
                    if isinstance(value, str) and value not in choices:
                        place = record.origin.span(pointer)
                        yield code.at(place, message.format(value), *did_you_mean(value, choices), way_out)

    return Rule(code, find)


RULES: tuple[Rule, ...] = (
    _rule(
        STAFF,
        _STAFF,
        _staff,
        "`{}` is not in the staff directory",
        "add the person to `staff.yaml`, or write the id that stands there",
    ),
    _rule(
        SCHOOL_YEAR,
        _YEARS,
        _years,
        "`{}` is not a school year of this school",
        "the school years stand in `school.yaml`",
    ),
)
