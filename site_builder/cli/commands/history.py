"""`sep history`: what was changed in a student's file, by whom and when (policy: P8, P24)."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any

import click

from site_builder.base.changes import Change, Part, Revision
from site_builder.base.errors import WrongUse
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.past import author, change_words
from site_builder.history.compare import compare_trees
from site_builder.history.history import History
from site_builder.model.store import Store, StudentFile
from site_builder.render.change_words import ChangeWords
from site_builder.source.commit_tree import open_commit

FORMAT_VERSION = 1
LAST_CONFERENCE = "last-conference"
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")


@click.command()
@click.argument("student")
@click.option("--since", metavar="DATE", help=f"Only what changed since that day, or since the `{LAST_CONFERENCE}`.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@pass_context
def command(context: Context, student: str, since: str | None, format_: str) -> None:
    """Tell what was changed in a student's file, by whom and when.

    STUDENT is a name, a student number, or the folder below students/; a folder that had another name is followed. The
    newest save comes first. It is for you who hold the records: it also tells of papers that others may not know of.
    """
    store = context.check().store
    history = History(context.store)
    id, file = _student(context, store, student, history)
    first = _since(since, file, context.today)
    revisions = [each for each in reversed(history.of(id)) if first is None or each.day >= first]
    words = change_words(store, file, context.language)
    if format_ == "json":
        data = {
            "format_version": FORMAT_VERSION,
            "student": id,
            "complete": not history.is_cut,
            "saves": [_data(each, store, file, words) for each in revisions],
        }
        context.put(json.dumps(data, indent=2))
        return
    context.put(click.style(visible(file.student.name if file is not None else id), bold=True))
    for revision in revisions:
        context.put()
        who, _ = author(store, file, revision, words.messages)
        context.put(visible(words.heading(revision.day, who)))
        for change in revision.changes:
            context.put(f"  {visible(words.sentence(change))}")
    _close(context, id, history, revisions, since)


def _student(context: Context, store: Store | None, text: str, history: History) -> tuple[str, StudentFile | None]:
    """Return the student's folder, also of one whose file cannot be read or was taken out."""
    try:
        if store is None:
            raise WrongUse(
                "the school's own files have errors, so no student is found by name",
                "give the folder below students/; `sep check` shows what is wrong",
            )
        file = context.student(store, text)
    except WrongUse:
        folder = text.strip()
        if not _FOLDER.fullmatch(folder) or not history.of(folder):
            raise
        return folder, None
    return file.id, file


def _since(text: str | None, file: StudentFile | None, today: dt.date) -> dt.date | None:
    if text is None:
        return None
    if text != LAST_CONFERENCE:
        return day(text)
    conferences = (each.held_on for year in file.years for each in year.conferences) if file is not None else ()
    held = [each for each in conferences if each is not None and each <= today]
    if not held:
        raise WrongUse("no conference has been held yet", "give a day instead: --since 2026-08-20")
    return max(held)


def _close(context: Context, id: str, history: History, revisions: Sequence[Revision], since: str | None) -> None:
    if not revisions:
        context.say("\nNothing was saved since then." if since else "\nNothing of this file was saved yet.")
    if history.is_cut:
        context.say("\nThis copy of the records lacks the older saves: what was before is not known here.")
    unsaved = compare_trees(open_commit(context.store, history.tip), context.tree, f"students/{id}/")
    if unsaved:
        count = f"{len(unsaved)} changes are" if len(unsaved) > 1 else "1 change is"
        context.say(f"\n{count} not saved yet: `sep diff {id}` tells what.")


def _data(revision: Revision, store: Store | None, file: StudentFile | None, words: ChangeWords) -> dict[str, Any]:
    name, person = author(store, file, revision, words.messages)
    return {
        "save": revision.commit,
        "at": revision.at.isoformat(),
        "author": {"name": name, "participant": person or None},
        "changes": [change_data(each, words) for each in revision.changes],
    }


def change_data(change: Change, words: ChangeWords) -> dict[str, Any]:
    """Return a change as plain data, with its sentence; values are those of the files."""
    return {
        "kind": change.kind,
        "id": change.id,
        "student": change.student or None,
        "year": change.year or None,
        "title": change.title or None,
        "change": change.how.value,
        "was": change.was or None,
        "readable": not change.unread,
        "form_of_today": not change.older_form,
        "sentence": words.sentence(change),
        "parts": [_part_data(each) for each in change.parts],
    }


def _part_data(part: Part) -> dict[str, Any]:
    return {
        "field": list(part.field),
        "item": part.item or None,
        "change": part.how.value,
        "old": part.old,
        "new": part.new,
    }
