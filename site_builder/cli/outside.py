"""Reading one record that does not stand in the store yet, with the same care and the same findings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from site_builder.base.diagnostics import Severity
from site_builder.base.disk import reason
from site_builder.base.errors import WrongUse
from site_builder.check.schemas import validate
from site_builder.cli.context import Context
from site_builder.cli.reporters.full import described
from site_builder.cli.reporters.sources import Sources
from site_builder.model.build import build_record
from site_builder.model.records import Record
from site_builder.source.layout import Kind
from site_builder.source.reader import read_document
from site_builder.source.tree import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class _OneFile:
    """A tree that holds one file, under the name that the person gave it."""

    name: str
    content: bytes

    @property
    def version(self) -> str:
        return ""

    def entries(self) -> tuple[Entry, ...]:
        return (Entry(self.name, EntryKind.FILE, len(self.content)),)

    def read(self, path: str) -> bytes:
        if path != self.name:
            raise FileNotFoundError(path)
        return self.content


def read_outside(context: Context, path: Path, name: str, kind: Kind) -> Record:
    """Return the record of `kind` that the file at `path` holds; `name` is what findings call it.

    Shows what is found in it, and ends the program with exit code 1 where that is an error. Raises `WrongUse` where the
    file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise WrongUse(f"`{name}` cannot be read: {reason(fault)}", "give the path of a file") from fault
    tree = _OneFile(name, content)
    document, findings = read_document(tree, tree.entries()[0])
    found = [*findings, *(validate(document, kind) if document is not None else ())]
    sources = Sources(tree)
    for finding in found:
        context.say("\n" + described(finding, sources))
    if document is None or any(each.severity is Severity.ERROR for each in found):
        click.get_current_context().exit(1)
    return build_record(document, kind, path.stem)
