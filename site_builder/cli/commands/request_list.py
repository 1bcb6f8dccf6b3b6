"""`sep request list`: what waits for the Principal, the longest first (policy: P29)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any

import click

from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.output import counted
from site_builder.model.records import ResourceRequest
from site_builder.model.store import Store, StudentFile

FORMAT_VERSION = 1
_STATES = {"waiting": "Waiting for a decision", "deferred": "Put off", "granted": "Granted", "declined": "Declined"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A request with where it stands and how far it is; `state` is a key of `_STATES`."""

    file: StudentFile
    year: str
    request: ResourceRequest

    @property
    def state(self) -> str:
        return self.request.answer.outcome if self.request.answer else "waiting"

    @property
    def since(self) -> dt.date:
        """Return the day from which it has stood like this."""
        return self.request.answer.on if self.request.answer else self.request.referred_on


@click.command("list")
@click.argument("student", required=False)
@click.option("--all", "everything", is_flag=True, help="List those that have been decided too.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print.")
@pass_context
def command(context: Context, student: str | None, everything: bool, format_: str) -> None:
    """List the requests that wait for a decision, of STUDENT or of the whole school.

    For the Principal, and for you who hold the records: it names students.
    """
    store = context.read_store()
    files = (context.student(store, student),) if student else store.students
    rows = [
        _Row(file, year.id, request)
        for file in files
        for year in file.years
        for request in year.requests
        if everything or request.is_open
    ]
    rows.sort(key=lambda each: (list(_STATES).index(each.state), each.since, each.file.id, each.request.id))
    if format_ == "json":
        context.put(
            json.dumps({"format_version": FORMAT_VERSION, "requests": [_data(each) for each in rows]}, indent=2)
        )
    elif format_ == "csv":
        context.put(_csv(rows))
    elif rows:
        context.put("\n".join(_text(store, rows, context.today)))
    else:
        context.say("No request waits for a decision.")


def _text(store: Store, rows: list[_Row], today: dt.date) -> list[str]:
    lines: list[str] = []
    for state, title in _STATES.items():
        own = [each for each in rows if each.state == state]
        if own:
            lines += ["", click.style(title, bold=True)] if lines else [click.style(title, bold=True)]
            lines += [line for each in own for line in _entry(store, each, today)]
    return lines


def _entry(store: Store, row: _Row, today: dt.date) -> list[str]:
    """Give a request: since when, for whom and what; below, who asked, what was said, and how to decide."""
    request, answer = row.request, row.request.answer
    asker = row.file.participant(request.requested_by)
    below = [f"asked by {asker.name if asker else request.requested_by}, {request.referred_on}"]
    if answer is not None:
        member = store.staff_member(answer.by)
        below.append(f"{member.name if member else answer.by}, {answer.on}: {answer.reason}")
    if request.is_open:
        below.append(f"sep request decide {row.file.id} {request.id}")
    head = f"  {row.since}  {counted((today - row.since).days, 'day'):>8}  "
    lines = [f"{head}{row.file.student.name}: {request.resource}", *(f"{' ' * len(head)}{each}" for each in below)]
    return [visible(line) for line in lines]


def _data(row: _Row) -> dict[str, Any]:
    request, answer = row.request, row.request.answer
    return {
        "student": row.file.id,
        "year": row.year,
        "id": request.id,
        "resource": request.resource,
        "requested_by": request.requested_by,
        "objective": request.objective,
        "reason": request.reason,
        "referred_on": request.referred_on.isoformat(),
        "state": row.state,
        "decided_by": answer.by if answer else None,
        "decided_on": answer.on.isoformat() if answer else None,
        "decision_reason": answer.reason if answer else None,
    }


def _csv(rows: list[_Row]) -> str:
    """Return a table for a spreadsheet; a value that begins like a formula is kept from being one."""
    fields = ("student", "year", "id", "resource", "requested_by", "referred_on", "state", "decided_on")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        data = _data(row)
        writer.writerow([_cell(data[each]) for each in fields])
    return out.getvalue().rstrip("\n")


def _cell(value: str | None) -> str:
    text = value or ""
    return f"'{text}" if text[:1] in "=+-@\t" and text else text
