"""`sep new school-year`: the dates of a new year, and a section with a plan for everyone who is enrolled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.edits import append_entry, append_item, replace_scalar
from site_builder.cli.new_files import plan_file
from site_builder.cli.scaffold import scaffold
from site_builder.cli.writing import Change, carry_out
from site_builder.model.records import SchoolYear, Term
from site_builder.model.store import Store, StudentFile
from site_builder.source.document import Document
from site_builder.source.yaml_reader import read_yaml

_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_52_WEEKS = dt.timedelta(weeks=52)
_LAST_GRADE = 12


def _term(text: str) -> Term:
    """Return the term that `--term fall:Fall 2027:2027-08-18:2027-12-17` states."""
    parts = text.split(":")
    if len(parts) != 4:
        raise click.BadParameter(
            "write id, title, first and last day with colons between: fall:Fall:2027-08-18:2027-12-17"
        )
    return Term(id=parts[0].strip(), title=parts[1].strip(), starts=day(parts[2].strip()), ends=day(parts[3].strip()))


@click.command("school-year")
@click.argument("year", metavar="YEAR")
@click.option("--starts", type=day, metavar="DATE", help="First day of school.")
@click.option("--ends", type=day, metavar="DATE", help="Last day of school.")
@click.option("--term", "terms", type=_term, multiple=True, metavar="ID:TITLE:DATE:DATE", help="A term; once for each.")
@click.option("--like-last-year", is_flag=True, help="Take all dates from the year before, 52 weeks later.")
@click.option(
    "--make-current/--keep-current", default=None, help="Whether it becomes the current year; else by its dates."
)
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@pass_context
def command(
    context: Context,
    year: str,
    starts: dt.date | None,
    ends: dt.date | None,
    terms: tuple[Term, ...],
    like_last_year: bool,
    make_current: bool | None,
    dry_run: bool,
) -> None:
    """Start the school year YEAR (such as 2027-28).

    Adds the year to school.yaml, the next grade to every enrolled student, and the year's section with a plan to each
    file. Who was in grade 12 gets none. Comments and order of what is there stay as they are. Called again, it does
    only what is still missing.
    """
    store = context.read_store()
    before = _year_before(store, year)
    new = store.school_year(year)
    added = new is None
    if new is None:
        new = _dates(context, _later(before, year), starts, ends, terms, like_last_year=like_last_year)
        _make_sense(new, before)
    becomes_current = context.today >= new.starts if make_current is None else make_current
    staying = [each for each in store.students if _goes_on(each, before)]
    changes = _school(context, store, new, added=added, becomes_current=becomes_current)
    for file in staying:
        changes += _student(context, store, file, before, new)
    if not changes:
        context.say(f"Nothing to do: {year} and everybody's section of it are there.")
        return
    carry_out(context, changes, dry_run=dry_run)
    for line in _left_to_do(store, before, new, current=becomes_current or store.school.current_year == new.id):
        context.say(line)


def _year_before(store: Store, year: str) -> SchoolYear:
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


def _dates(
    context: Context,
    proposed: SchoolYear,
    starts: dt.date | None,
    ends: dt.date | None,
    terms: tuple[Term, ...],
    *,
    like_last_year: bool,
) -> SchoolYear:
    """Return the dates as the options say, as answered, or, where that was asked for, as proposed."""
    if like_last_year:
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


def _goes_on(file: StudentFile, before: SchoolYear) -> bool:
    """Tell whether a student was here at the end of the year before, and below grade 12."""
    student = file.student
    here = student.left_on is None or student.left_on > before.ends
    return here and student.grades.get(before.id, _LAST_GRADE) < _LAST_GRADE


def _student(context: Context, store: Store, file: StudentFile, before: SchoolYear, new: SchoolYear) -> list[Change]:
    """Return what a student's file lacks for the new year: the grade in student.yaml, and the plan."""
    student = file.student
    grade = student.grades.get(new.id, student.grades[before.id] + 1)
    changes = []
    if new.id not in student.grades:
        text = append_entry(student.origin, ("grades",), new.id, grade)
        changes.append(Change.of(context.tree, student.origin, text))
    plan = plan_file(store, file.id, student.participant, new.id, grade, context.today)
    if not (context.store / plan.path).exists():
        changes.append(plan)
    return changes


def _left_to_do(store: Store, before: SchoolYear, new: SchoolYear, *, current: bool) -> Iterator[str]:
    """Give, in sentences, what the command leaves to people."""
    yield ""
    unreadable = sorted(store.broken - {each.id for each in store.students})
    if unreadable:
        yield f"Left out, for student.yaml cannot be read: {', '.join(unreadable)}. Mend it and call this again."
    last = [each.student.name for each in store.students if each.student.grades.get(before.id) == _LAST_GRADE]
    if last:
        yield f"In grade 12 in {before.id}, so without a section: {', '.join(last)}."
    if not current:
        yield f"The current year stays {store.school.current_year}; `--make-current` changes it when {new.id} begins."
    yield f"Staff take part until the end of {before.id}: write a new `until` into the files of those who stay."
