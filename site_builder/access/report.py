"""The annual report of a school and of a district: a view for patrons, which only this floor can make (policy: P34).

A school's numbers pass `suppression`, each school year by itself, so that the trend shows of an earlier year nothing
but what that year's own report showed. The district adds up what its schools publish: its sums tell nobody anything
new, whoever knows whichever school, and with whichever school left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from site_builder.access.counting import count_year, figures, trainings
from site_builder.access.suppression import SMALLEST, Pair, Shown, added, alone
from site_builder.access.view import Words
from site_builder.access.view_report import (
    OUTCOMES,
    STATUSES,
    ConsultationLine,
    Contribution,
    DistrictView,
    Figures,
    PartnershipLine,
    ReportView,
    SchoolLine,
    SchoolWords,
    TrainingLine,
    YearLine,
)
from site_builder.base.errors import WrongUse
from site_builder.model.records import SchoolYear
from site_builder.model.store import Store

_MET = STATUSES.index("met")
_GRANTED = OUTCOMES.index("granted")
_MOST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Reported:
    """A school of a district and its own report."""

    name: str
    view: ReportView


def report_for(store: Store, year: str, on: dt.date, language: str = "") -> ReportView:
    """Return the annual report of a school year as of the day `on`; `language` is the school's own if left out.

    Raises `WrongUse` for a year that the school does not have or that has not begun. Policy: P34.
    """
    wanted = _year(store, year, on)
    school = store.school
    until = min(wanted.ends, on)
    begun = [each for each in school.school_years if each.starts <= wanted.starts]
    by_year = {
        each.id: _figures(store, each, on) for each in sorted(begun, key=lambda each: each.starts)[-_MOST_YEARS:]
    }
    return ReportView(
        school=school.name,
        district=school.district,
        address=school.address,
        phone=school.phone,
        email=school.email or "",
        language=language or school.language,
        labels=dict(school.labels),
        year=year,
        as_of=on if on <= wanted.ends else None,
        smallest=_smallest(store),
        figures=by_year[year],
        trend=tuple(_year_line(name, each) for name, each in by_year.items()),
        trainings=tuple(
            TrainingLine(title=each.title, date=each.date, hours=each.hours) for each in trainings(store, wanted, until)
        ),
        partnerships=tuple(
            PartnershipLine(partner=each.partner, program=each.program, since=each.since)
            for each in sorted(store.partnerships, key=lambda each: each.partner.casefold())
            if each.since <= until and (each.until is None or each.until >= wanted.starts)
        ),
        consultations=_consultations(store, wanted, until),
        contributions=tuple(
            Contribution(title=each.title, by=each.by, words=Words(each.origin.body.strip(), each.language, "reports"))
            for each in store.contributions
            if each.school_year == year
        ),
    )


def district_report(
    name: str, schools: Sequence[Reported], left_out: Iterable[str], language: str = "en"
) -> DistrictView:
    """Return a district's report over its schools' own reports, at least one, of one school year (policy: P34)."""
    lines = tuple(_school_line(each) for each in schools)
    views = [each.view for each in schools]
    years = sorted({line.year for view in views for line in view.trend})
    drafts = [each.as_of for each in views if each.as_of is not None]
    return DistrictView(
        district=name,
        language=language,
        year=views[0].year,
        as_of=max(drafts, default=None),
        smallest=max(each.smallest for each in views),
        schools=lines,
        total=_total(lines),
        trend=tuple(line for year in years if (line := _district_year(year, views)) is not None),
        left_out=tuple(left_out),
        words=tuple(SchoolWords(school=each.name, contributions=each.view.contributions) for each in schools),
    )


def _year(store: Store, year: str, on: dt.date) -> SchoolYear:
    found = store.school_year(year)
    if found is None:
        known = ", ".join(each.id for each in store.school.school_years)
        raise WrongUse(f"`{year}` is no school year of {store.school.name}", f"its school years: {known}")
    if on < found.starts:
        raise WrongUse(
            f"the school year {year} begins on {found.starts}",
            "a report can be made once it has begun; until it is over, as a draft",
        )
    return found


def _smallest(store: Store) -> int:
    return max(SMALLEST, store.school.privacy.smallest_group)


def _figures(store: Store, year: SchoolYear, on: dt.date) -> Figures:
    return figures(count_year(store, year, min(year.ends, on)), _smallest(store))


def _year_line(year: str, own: Figures) -> YearLine:
    return YearLine(
        year=year,
        students=own.students,
        held=own.held.whole,
        occupational=own.occupational.whole,
        objectives_met=own.objectives.parts[_MET],
    )


def _consultations(store: Store, year: SchoolYear, until: dt.date) -> tuple[ConsultationLine, ...]:
    ends = [each.ends for each in store.school.school_years if each.ends < year.starts]
    after = max(ends, default=year.starts - dt.timedelta(days=92))
    return tuple(
        ConsultationLine(
            date=each.date,
            with_=each.with_,
            topic=each.topic,
            present=alone(each.present, _smallest(store)) if each.present is not None else None,
        )
        for each in sorted(store.consultations, key=lambda each: each.date)
        if after < each.date <= until
    )


def _school_line(school: Reported) -> SchoolLine:
    own = school.view.figures
    return SchoolLine(
        school=school.name,
        students=own.students,
        planned=own.planned.yes,
        held=own.held.whole.yes,
        family=own.family.yes,
        occupational=own.occupational.whole.yes,
        objectives=own.objectives.total,
        objectives_met=own.objectives.parts[_MET],
        requests=own.requests.total,
        granted=own.requests.parts[_GRANTED],
        trainings=len(school.view.trainings),
        partnerships=len(school.view.partnerships),
    )


def _total(lines: Sequence[SchoolLine]) -> SchoolLine:
    def of(number: Callable[[SchoolLine], Shown]) -> Shown:
        return added(number(each) for each in lines)

    return SchoolLine(
        school="",
        students=of(lambda each: each.students),
        planned=of(lambda each: each.planned),
        held=of(lambda each: each.held),
        family=of(lambda each: each.family),
        occupational=of(lambda each: each.occupational),
        objectives=of(lambda each: each.objectives),
        objectives_met=of(lambda each: each.objectives_met),
        requests=of(lambda each: each.requests),
        granted=of(lambda each: each.granted),
        trainings=sum(each.trainings for each in lines),
        partnerships=sum(each.partnerships for each in lines),
    )


def _district_year(year: str, views: Sequence[ReportView]) -> YearLine | None:
    """Return the sums of a school year; `None` where not every school tells about it: such sums cannot be compared."""
    lines = [line for view in views for line in view.trend if line.year == year]
    if len(lines) < len(views):
        return None
    return YearLine(
        year=year,
        students=added(each.students for each in lines),
        held=_pairs_added(each.held for each in lines),
        occupational=_pairs_added(each.occupational for each in lines),
        objectives_met=added(each.objectives_met for each in lines),
    )


def _pairs_added(pairs: Iterable[Pair]) -> Pair:
    own = list(pairs)
    return Pair(added(each.yes for each in own), added(each.no for each in own))
