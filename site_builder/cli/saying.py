"""What is about to be saved or taken back, as a list that people read: by student, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click

from site_builder.base.changes import Change
from site_builder.cli.console import visible
from site_builder.cli.context import Context
from site_builder.cli.past import change_words
from site_builder.history.compare import Delta, changes_of, version_of
from site_builder.model.store import Store
from site_builder.source.git import Plumbing, blob_id

_MOST = 12
"""So many sentences about one student are told; the rest is counted, with `-v` told too."""


def changes_from(folder: Path, files: Mapping[str, tuple[str | None, bytes | None]]) -> tuple[Change, ...]:
    """Return what these files change: by path the id of the version before and the new bytes, `None` for no file."""
    git = Plumbing(folder)
    length = max((len(old) for old, _ in files.values() if old is not None), default=40)
    new = {blob_id(content, length): content for _, content in files.values() if content is not None}
    deltas = [
        Delta(path, old, blob_id(content, length) if content is not None else None)
        for path, (old, content) in sorted(files.items())
    ]

    def content_of(name: str) -> bytes:
        try:
            return new[name] if name in new else git.blob(name)
        except OSError:  # this copy of the repository lacks it: it is told as a form that cannot be read
            return b""

    return changes_of(deltas, lambda path, name: version_of(path, content_of(name)))


def say_changes(context: Context, store: Store | None, changes: Sequence[Change]) -> None:
    """Tell the changes, each student's under the name."""
    words = change_words(store, None, context.language)
    for student, of_one in groupby(changes, key=lambda each: each.student):
        context.say(click.style(visible(_student(store, student)), bold=True))
        sentences = [visible(words.sentence(each)) for each in of_one]
        shown = sentences if context.verbosity > 0 else sentences[:_MOST]
        for each in shown:
            context.say(f"  {each}")
        if len(sentences) > len(shown):
            context.say(f"  ... and {len(sentences) - len(shown)} more (`-v` tells them)")


def _student(store: Store | None, student: str) -> str:
    file = store.student(student) if store is not None and student else None
    if file is not None:
        return file.student.name
    return student or "The school"
