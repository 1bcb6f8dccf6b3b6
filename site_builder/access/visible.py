"""One student's file without what a reader may not see: so that what is worked out from it tells them nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, TypeVar

from site_builder.access.decision import Item
from site_builder.model.build import RECORD_CLASSES
from site_builder.model.records import Record
from site_builder.model.store import StudentFile, YearSection

Sees: TypeAlias = Callable[[Item], bool]
_R = TypeVar("_R", bound=Record)
_KINDS = {cls: kind for kind, cls in RECORD_CLASSES.items()}


def visible(file: StudentFile, sees: Sees) -> StudentFile:
    """Return `file` with the entries of its years that the reader sees; the same object where nothing is withheld."""
    years = tuple(_year(file.id, each, sees) for each in file.years)
    return file if years == file.years else replace(file, years=years)


def _year(student: str, year: YearSection, sees: Sees) -> YearSection:
    def may(record: Record) -> bool:
        return sees(Item(student, _KINDS[type(record)], year.id, record.id))

    def seen(entries: tuple[_R, ...]) -> tuple[_R, ...]:
        return tuple(each for each in entries if may(each))

    return replace(
        year,
        plan=year.plan if year.plan is not None and may(year.plan) else None,
        strengths=year.strengths if year.strengths is not None and may(year.strengths) else None,
        objectives=seen(year.objectives),
        progress=seen(year.progress),
        registrations=seen(year.registrations),
        report_cards=seen(year.report_cards),
        tests=seen(year.tests),
        conferences=seen(year.conferences),
        requests=seen(year.requests),
        documents=seen(year.documents),
    )
