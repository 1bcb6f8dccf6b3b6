"""What a bare `sep` prints: how the records stand today, what is due first, and five commands to begin with."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import click

from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.cli.console import visible
from site_builder.cli.context import Context
from site_builder.cli.reporters.closing import by_severity, counted
from site_builder.cli.todo_list import FAR, rows, todo
from site_builder.model.records import Conference
from site_builder.model.store import Store
from site_builder.source.layout import student_of

_AHEAD = dt.timedelta(days=14)
_LISTED = 8
_KINDS = {"annual": "yearly", "small-group": "small group", "parent-requested": "asked for by a parent"}
EXAMPLES = (
    ("sep todo --for PERSON", "what one person has to do, and by when"),
    ("sep check", "everything that is wrong or missing"),
    ("sep show STUDENT", "one student's file in short: a name, a number or a folder will do"),
    ("sep new student", "start the file of a new student"),
    ("sep build", "make everybody's private pages"),
)


def show_today(context: Context) -> None:
    """Print findings by severity, students with errors, conferences of the next 14 days, and what is due first."""
    checked, today = context.check(), context.today
    name = checked.store.school.name if checked.store else "The school"
    lines = [click.style(f"{visible(name)}, {_day(today)} {today.year}", bold=True), "", *_findings(checked.findings)]
    if checked.store is None:
        lines.append("The school's own files have errors, so nothing can be said about students.")
    else:
        lines += ["", *_ahead(checked.store, today), "", *_due(checked.store, today)]
    widest = max(len(each) for each, _ in EXAMPLES)
    lines += ["", click.style("Commands to begin with", bold=True)]
    lines += [f"  {example:<{widest}}  {meaning}" for example, meaning in EXAMPLES]
    context.put("\n".join(lines))


def _day(date: dt.date) -> str:
    return f"{date:%a} {date.day} {date:%b}"


def _findings(findings: Sequence[Diagnostic]) -> Iterator[str]:
    """Give the number of findings, and the students whose files have errors: nothing new of theirs is published."""
    yield f"{by_severity(findings)}: `sep check` shows them" if findings else "The records are sound."
    files = Counter(student_of(each.span.file) for each in findings if each.severity is Severity.ERROR)
    students = [(student, number) for student, number in sorted(files.items()) if student]
    if students:
        yield click.style("Errors in the files of", bold=True)
        yield from _first([f"{visible(student)}: {counted(number, 'error', 'errors')}" for student, number in students])


def _ahead(store: Store, today: dt.date) -> Iterator[str]:
    """Give the conferences that are to be held from today on, the next first."""
    rows = sorted(_coming(store, today))
    if not rows:
        yield "No conference is set for the next 14 days."
        return
    yield click.style("Conferences in the next 14 days", bold=True)
    yield from _first([_row(*each) for each in rows])


def _due(store: Store, today: dt.date) -> Iterator[str]:
    """Give the first lines of the to-do list: what is late, and what comes next."""
    list_ = todo(store, today)
    near = [each for each in list_.items if each.by is not None and each.by <= today + FAR]
    if not near:
        yield "Nothing is due in the next three months."
        return
    yield click.style("Due first", bold=True)
    yield from rows(list_, near[:_LISTED], who=True)
    more = len(list_.items) - len(near[:_LISTED])
    if more:
        yield f"  ... {more} more: `sep todo` shows them"


def _coming(store: Store, today: dt.date) -> Iterator[tuple[dt.date, str, str, str]]:
    """Give day, time, student's name, and the rest of a line for each conference that is still to be held."""
    for file in store.students:
        for conference in (each for year in file.years for each in year.conferences):
            on = conference.scheduled_on
            if on is not None and today <= on <= today + _AHEAD and not (conference.held_on or conference.declined_on):
                yield on, conference.time or "", file.student.name, _about(conference)


def _about(conference: Conference) -> str:
    return ", ".join(each for each in (_KINDS.get(conference.kind, conference.kind), conference.place) if each)


def _row(on: dt.date, time: str, student: str, about: str) -> str:
    return visible(f"{_day(on):<10}  {time:<5}  {student} ({about})")


def _first(rows: Sequence[str]) -> Iterator[str]:
    """Give the first rows, indented, and how many more there are."""
    for row in rows[:_LISTED]:
        yield f"  {row}"
    if len(rows) > _LISTED:
        yield f"  ... {len(rows) - _LISTED} more"
