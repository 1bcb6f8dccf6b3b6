"""`sep access`: who sees a student's file and why, and what was made available to whom (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.disclosing import PARTS, log_path
from site_builder.cli.output import counted
from site_builder.cli.who_sees import as_data, as_text
from site_builder.model.store import Store, StudentFile
from site_builder.publish.disclosures import Entry, Read, of_student, read_log


@click.command()
@click.argument("student", required=False)
@click.option("--on", type=day, metavar="DATE", help="The day; today if left out.")
@click.option("--log", is_flag=True, help="List what was made available of this file, to whom and when.")
@click.option("--verify-log", is_flag=True, help="See whether the log of disclosures is whole.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@pass_context
def command(context: Context, student: str | None, on: dt.date | None, log: bool, verify_log: bool, form: str) -> int:
    """Say who sees a student's file, and what was given to whom.

    Of STUDENT: who sees the file and why, and for each confidential document who sees it, what is missing for the
    others, and whose signature would release it. With --log: what was made available to whom, when, and from which
    version of the records. (policy: P35, P36)
    """
    if (student is None) != verify_log or (verify_log and log):
        raise WrongUse(
            "name a student, or give `--verify-log`", "for instance: sep access rivera-ana, or: sep access --verify-log"
        )
    store = context.read_store()
    path = log_path(context.surroundings.settings, store.school.name, store.school.district)
    if student is None:
        return _verify(context, read_log(path), str(path), form)
    file = context.student(store, student)
    if log:
        return _log(context, store, file, read_log(path), form)
    if form == "json":
        context.put(json.dumps(as_data(store, file, on or context.today), ensure_ascii=False, indent=2))
    else:
        for line in as_text(store, file, on or context.today):
            context.put(line)
    return 0


def _verify(context: Context, found: Read, path: str, form: str) -> int:
    breaks = [{"line": each.line, "sentence": each.sentence} for each in found.breaks]
    if form == "json":
        data = {"format_version": 1, "log": path, "entries": len(found.entries), "breaks": breaks}
        context.put(json.dumps(data, indent=2))
        return int(bool(breaks))
    for each in found.breaks:
        context.put(f"{path}:{each.line}: {each.sentence}")
    if breaks:
        context.say("The log of disclosures is broken there: bring back a copy, or note what happened with the date.")
        return 1
    context.put(f"The log of disclosures is whole: {counted(len(found.entries), 'entry', 'entries')} in {path}")
    return 0


def _log(context: Context, store: Store, file: StudentFile, found: Read, form: str) -> int:
    entries = list(of_student(found.entries, file.id))
    if form == "json":
        context.put(json.dumps(_log_data(file, entries), ensure_ascii=False, indent=2))
    else:
        for line in _log_text(store, file, entries):
            context.put(line)
    if found.breaks:
        context.say(f"The log is broken in line {found.breaks[0].line}: `sep access --verify-log` says where and how.")
    return int(bool(found.breaks))


def _log_text(store: Store, file: StudentFile, entries: list[Entry]) -> Iterator[str]:
    yield click.style(f"Made available of the file of {visible(file.student.name)} ({file.id})", bold=True)
    for each in entries:
        given = each.given
        papers = f", with {', '.join(given.papers)}" if given.papers else ""
        version = f"  from {given.version[:12] if not given.version.startswith('files:') else 'unsaved records'}"
        yield f"  {each.on}  {PARTS.get(given.part, given.part):<11}  {_name(store, file, given.viewer)}{papers}" + (
            version if given.version else ""
        )
    if not entries:
        yield "  nothing that the log of this computer knows of"
    if file.disclosures:
        yield click.style("\nGiven away, as recorded in the file", bold=True)
    for record in sorted(file.disclosures, key=lambda each: (each.on, each.id)):
        yield f"  {record.on}  {visible(record.what)} - to {visible(record.to)}, for: {visible(record.purpose)}"


def _log_data(file: StudentFile, entries: list[Entry]) -> dict[str, Any]:
    return {
        "format_version": 1,
        "student": file.id,
        "made_available": [
            {
                "at": each.at,
                "on": each.on,
                "part": each.given.part,
                "viewer": each.given.viewer,
                "version": each.given.version,
                "papers": list(each.given.papers),
            }
            for each in entries
        ],
        "disclosures": [
            {"id": each.id, "on": each.on.isoformat(), "to": each.to, "what": each.what, "purpose": each.purpose}
            for each in file.disclosures
        ],
    }


def _name(store: Store, file: StudentFile, person: str) -> str:
    participant, member = file.participant(person), store.staff_member(person)
    name = participant.name if participant is not None else member.name if member is not None else ""
    return f"{visible(name)} ({person})" if name else person
