"""`sep diff`: what is not saved yet, or what changed between two versions of the records, in sentences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

import click

from site_builder.base.changes import Change
from site_builder.base.errors import WrongUse
from site_builder.cli.commands.history import FORMAT_VERSION, change_data
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.past import change_words
from site_builder.cli.versions import as_it_stood, is_before
from site_builder.history.compare import compare_trees
from site_builder.model.store import Store
from site_builder.source.commit_tree import CommitTree, open_commit
from site_builder.source.tree import SourceTree


@click.command()
@click.argument("student", required=False)
@click.option("--from", "from_", metavar="DATE|SAVE", help="The older version; otherwise the last save.")
@click.option("--to", metavar="DATE|SAVE", help="The newer version; otherwise the files as they are now.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@pass_context
def command(context: Context, student: str | None, from_: str | None, to: str | None, format_: str) -> None:
    """Tell what is not saved yet, or what changed between two versions.

    A version is a day (2026-10-03: as it stood at its end) or the id of a save. Given the other way round, two versions
    are put in order. With STUDENT, only that student's file is looked at; otherwise all that the school keeps.
    """
    if to is not None and from_ is None:
        raise WrongUse("`--to` needs an older version to begin with", "give `--from` too")
    old, new = _versions(context, from_, to)
    store = context.check().store
    within = f"students/{_folder(context, store, student)}/" if student is not None else ""
    changes = compare_trees(old, new, within)
    if format_ == "json":
        words = change_words(store, None, context.language)
        data = {"format_version": FORMAT_VERSION, "changes": [change_data(each, words) for each in changes]}
        context.put(json.dumps(data, indent=2))
        return
    _tell(context, store, changes)
    if not changes:
        context.say("Nothing has changed since the last save." if from_ is None else "Nothing changed between the two.")


def _versions(context: Context, from_: str | None, to: str | None) -> tuple[CommitTree, SourceTree]:
    """Return the older and the newer version, also where somebody gave them the other way round."""
    if from_ is None:
        return open_commit(context.store, "HEAD"), context.tree
    old = as_it_stood(context, from_)
    if to is None:
        return old.tree, context.tree
    new = as_it_stood(context, to)
    if is_before(context, new, old):
        context.say(f"{visible(to)} lies before {visible(from_)}: told from the older to the newer.")
        old, new = new, old
    return old.tree, new.tree


def _folder(context: Context, store: Store | None, student: str) -> str:
    if store is None:
        raise WrongUse("the school's own files have errors, so no student is found by name", "`sep check` shows them")
    return context.student(store, student).id


def _tell(context: Context, store: Store | None, changes: Sequence[Change]) -> None:
    """Print the changes under the name of each student; what is the school's own comes first."""
    for number, (student, own) in enumerate(groupby(changes, key=lambda each: each.student)):
        file = store.student(student) if store is not None else None
        name = file.student.name if file is not None else student or "The school"
        words = change_words(store, file, context.language)
        if number:
            context.put()
        context.put(click.style(visible(name), bold=True))
        for each in own:
            context.put(f"  {visible(words.sentence(each))}")
