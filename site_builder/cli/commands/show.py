"""`sep show`: one student's file in short."""

from __future__ import annotations

import json

import click

from site_builder.base.diagnostics import Severity
from site_builder.base.errors import WrongUse
from site_builder.check.checker import check_store
from site_builder.cli.context import Context, pass_context
from site_builder.cli.phrases import Phrases
from site_builder.cli.summary import Summary, as_data, lines
from site_builder.cli.versions import as_it_stood, say_errors_then
from site_builder.source.layout import student_of


@click.command("show")
@click.argument("student")
@click.option("--at", metavar="DATE|SAVE", help="As it stood at the end of that day, or at the save with that id.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@pass_context
def command(context: Context, student: str, at: str | None, format_: str) -> None:
    """Show one student's file in short.

    STUDENT is a name, a student number, or the folder below students/. What is shown is for you who hold the records,
    not for passing on: it also names papers that others may not know of.
    """
    then = as_it_stood(context, at) if at is not None else None
    checked = check_store(then.tree, then.on) if then is not None else context.check()
    faults = [each for each in checked.findings if each.severity is Severity.ERROR]
    if then is not None and (checked.store is None or student.strip().casefold() in checked.store.broken):
        say_errors_then(context, then, faults)
        raise WrongUse("the records as they stood then cannot be shown", "name another day or save with `--at`")
    if checked.store is None:
        raise WrongUse("the school's own files have errors, so no student can be shown", "`sep check` shows them")
    file = context.student(checked.store, student)
    summary = Summary.of(checked.store, file, then.on if then is not None else context.today)
    if format_ == "json":
        saved = {"save": then.tree.version, "saved_at": then.at.isoformat()} if then is not None else {}
        context.put(json.dumps(as_data(summary) | saved, indent=2))
        return
    words = Phrases.of(context.language, checked.store.school.labels)
    if then is not None:
        context.say(words.phrase("As saved on {}", words.day(then.at.date())))
    context.put("\n".join(lines(summary, words)))
    own = [each for each in faults if student_of(each.span.file) == file.id]
    errors = len(own)
    if own and then is not None:
        context.say()
        say_errors_then(context, then, own)
    elif errors:
        found = words.phrase("1 error in this file") if errors == 1 else words.phrase("{} errors in this file", errors)
        context.say(f"\n{found}: {words.phrase('`sep check {}` shows what is to be done', file.id)}")
