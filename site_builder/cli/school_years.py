"""A new school year in school.yaml: which one it is, its dates, and the lines that are added (policy: P8)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.context import Context
from site_builder.cli.days import day
from site_builder.cli.edits import append_item, replace_scalar
from site_builder.cli.scaffold import scaffold
from site_builder.cli.writing import Change
from site_builder.model.records import SchoolYear, Term
from site_builder.model.store import Store
from site_builder.source.document import Document
from site_builder.source.yaml_reader import read_yaml

_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_52_WEEKS = dt.timedelta(weeks=52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What the options say about a year's dates; `None` and empty where they say nothing."""

    starts: dt.date | None
    ends: dt.date | None
    terms: tuple[Term, ...]
    like_last_year: bool
    make_current: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewYear:
    """A school year that begins, the one before it, and what that changes in school.yaml."""

    year: SchoolYear
    before: SchoolYear
    becomes_current: bool
    changes: tuple[Change, ...]


def term(text: str) -> Term:
    """Return the term that `--term fall:Fall 2027:2027-08-18:2027-12-17` states."""
    parts = text.split(":")
    if len(parts) != 4:
        raise click.BadParameter(
            "write id, title, first and last day with colons between: fall:Fall:2027-08-18:2027-12-17"
        )
    return Term(id=parts[0].strip(), title=parts[1].strip(), starts=day(parts[2].strip()), ends=day(parts[3].strip()))


_OPTIONS = (
    click.option("--starts", type=day, metavar="DATE", help="First day of school."),
    click.option("--ends", type=day, metavar="DATE", help="Last day of school."),
    click.option(
        "--term", "terms", type=term, multiple=True, metavar="ID:TITLE:DATE:DATE", help="A term; once for each."
    ),
    click.option("--like-last-year", is_flag=True, help="Take all dates from the year before, 52 weeks later."),
    click.option(
        "--make-current/--keep-current", default=None, help="Whether it becomes the current year; else by its dates."
    ),
)


def dates_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options about a year's dates, in their order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def new_year(context: Context, store: Store, year: str, dates: Dates) -> NewYear:
    """Return the school year `year` as it stands, or as it is to be added; raises `WrongUse` where it cannot be."""
    before = year_before(store, year)
    new = store.school_year(year)
    added = new is None
    if new is None:
        new = _dates(context, _later(before, year), dates)
        _make_sense(new, before)
    current = _has_begun(context, store, new) if dates.make_current is None else dates.make_current
    changes = _school(context, store, new, added=added, becomes_current=current)
    return NewYear(
        year=new,
        before=before,
        becomes_current=current or store.school.current_year == new.id,
        changes=tuple(changes),
    )


def _has_begun(context: Context, store: Store, new: SchoolYear) -> bool:
    """Tell whether the year runs by its dates, and later than the one that is called current."""
    current = store.school_year(store.school.current_year)
    return context.today >= new.starts and (current is None or current.starts < new.starts)


def year_after(year: str) -> str:
    """Return the school year that follows `year`: `2027-28` for `2026-27`."""
    first = int(year[:4]) + 1
    return f"{first}-{(first + 1) % 100:02}"


def year_before(store: Store, year: str) -> SchoolYear:
    """Return the school year before `year`; raises `WrongUse` where `year` is none, or does not follow one."""
    match = _YEAR.fullmatch(year)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise WrongUse(f"`{year}` is no school year", "write it as 2027-28")
    first = int(match[1]) - 1
    wanted = f"{first}-{(first + 1) % 100:02}"
    found = store.school_year(wanted)
    if found is None:
        years = ", ".join(each.id for each in store.school.school_years)
        raise WrongUse(f"{year} would follow {wanted}, which is not in school.yaml", f"the years there: {years}")
    return found


def _later(before: SchoolYear, year: str) -> SchoolYear:
    """Return the dates of `before` moved on by 52 weeks, so that a Monday stays a Monday."""
    return SchoolYear(
        id=year,
        starts=before.starts + _52_WEEKS,
        ends=before.ends + _52_WEEKS,
        terms=tuple(_later_term(each) for each in before.terms),
    )


def _later_term(term: Term) -> Term:
    title = re.sub(r"\b20\d\d\b", lambda match: str(int(match[0]) + 1), term.title)
    return Term(id=term.id, title=title, starts=term.starts + _52_WEEKS, ends=term.ends + _52_WEEKS)


def _dates(context: Context, proposed: SchoolYear, given: Dates) -> SchoolYear:
    """Return the dates as the options say, as answered, or, where that was asked for, as proposed."""
    starts, ends, terms = given.starts, given.ends, given.terms
    if given.like_last_year:
        starts, ends, terms = starts or proposed.starts, ends or proposed.ends, terms or proposed.terms
    if not context.asks and not (starts and ends and terms):
        raise WrongUse(
            f"the dates of {proposed.id} are missing",
            f"`--starts`, `--ends` and a `--term` for each term give them; `--like-last-year` takes {proposed.starts}"
            f" to {proposed.ends}, and the terms likewise",
        )
    starts = starts or _ask_day("First day of school", proposed.starts)
    ends = ends or _ask_day("Last day of school", proposed.ends)
    return SchoolYear(
        id=proposed.id, starts=starts, ends=ends, terms=terms or tuple(_ask_term(each) for each in proposed.terms)
    )


def _ask_term(proposed: Term) -> Term:
    return replace(
        proposed,
        starts=_ask_day(f"{proposed.title}: first day", proposed.starts),
        ends=_ask_day(f"{proposed.title}: last day", proposed.ends),
    )


def _ask_day(question: str, proposed: dt.date) -> dt.date:
    answer: dt.date = click.prompt(question, default=proposed, value_proc=day, err=True)
    return answer


def _make_sense(new: SchoolYear, before: SchoolYear) -> None:
    """Make sure that the dates follow each other; raises `WrongUse` with the two that do not."""
    days = [(f"the end of {before.id}", before.ends), ("the first day of school", new.starts)]
    for term in new.terms:
        days += [(f"the first day of {term.title}", term.starts), (f"the last day of {term.title}", term.ends)]
    days.append(("the last day of school", new.ends))
    for (earlier, first), (later, second) in pairwise(days):
        if second < first:
            raise WrongUse(f"{later}, {second}, lies before {earlier}, {first}", "correct one of the two")


def _school(context: Context, store: Store, new: SchoolYear, *, added: bool, becomes_current: bool) -> list[Change]:
    """Return the change of school.yaml: the year's entry, and `current_year` where it is to change."""
    document = store.school.origin
    if added:
        item = scaffold("school-year.yaml", id=new.id, starts=new.starts, ends=new.ends, terms=new.terms)
        document = _read_again(document, append_item(document, ("school_years",), item))
    if becomes_current and store.school.current_year != new.id:
        document = _read_again(document, replace_scalar(document, ("current_year",), new.id))
    return [] if document is store.school.origin else [Change.of(context.tree, store.school.origin, document.text)]


def _read_again(document: Document, text: str) -> Document:
    again, _ = read_yaml(document.path, text)
    if again is None:
        raise AssertionError("an edit is read back before it is handed on")
    return again
