"""A process that reads wrong files one after the other, within bounds of time and memory that the system watches.

`python -m tests.fuzz.worker PROGRESS FIRST COUNT` reads COUNT inputs from the number FIRST on, and keeps in the file
PROGRESS the number of the one at hand. Whoever takes more than a second of work is killed by SIGPROF; asking for more
memory than is allowed is an error; so is every exception.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.diagnostics import Severity
from site_builder.check.schemas import validate
from site_builder.model.build import build_record
from site_builder.render.papers import picture
from site_builder.source.layout import locate
from site_builder.source.media import media_type
from site_builder.source.pdf import active_parts
from site_builder.source.reader import read_document
from site_builder.source.tree import Entry, EntryKind
from tests.fuzz.mutator import wrong_paper, wrong_record

SECONDS = 1.0
MEMORY = 1 << 30
PAPER_EVERY = 8


@dataclass(frozen=True)
class OneFile:
    """A store of one file."""

    path: str
    content: bytes
    version: str = ""

    def entries(self) -> tuple[Entry, ...]:
        return (Entry(self.path, EntryKind.FILE, len(self.content)),)

    def read(self, path: str) -> bytes:
        assert path == self.path
        return self.content


def read_record(path: str, content: bytes) -> None:
    """Read, place, validate and build what may be a record; says nothing is sound without saying why it is not."""
    tree = OneFile(path, content)
    document, findings = read_document(tree, tree.entries()[0])
    assert document is not None or findings
    assert all(each.message and each.help and each.span.start.line >= 0 for each in findings)
    location = locate(path)
    if document is None or location is None:
        return
    assert all(document.places[pointer] is not None for pointer in document.places)
    faults = validate(document, location.kind)
    assert all(each.message for each in faults)
    if not any(each.severity is Severity.ERROR for each in (*findings, *faults)):
        build_record(document, location.kind, location.id)


def read_paper(content: bytes) -> None:
    """Tell the kind of a document, look into it, and make a copy of an image."""
    kind = media_type(content)
    active_parts(content)
    if kind.startswith("image/"):
        with suppress(OSError):
            picture(content, kind)


def read_number(number: int) -> None:
    """Read the input of that number."""
    if number % PAPER_EVERY == 0:
        read_paper(wrong_paper(number))
    else:
        read_record(*wrong_record(number))


def bound() -> None:
    """Let the system watch over memory and over time, as work and not as the clock has it."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def watched() -> None:
    """Begin the second of the next input."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def main(progress: Path, first: int, count: int) -> None:
    read_number(0)  # what is loaded when it is first needed is no input's fault
    read_number(1)
    bound()
    with progress.open("r+b", buffering=0) as file:
        for number in range(first, first + count):
            os.pwrite(file.fileno(), number.to_bytes(8, "little"), 0)
            watched()
            read_number(number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
