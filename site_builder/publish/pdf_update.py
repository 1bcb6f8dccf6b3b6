"""Adding objects to a finished PDF behind its end, as ISO 32000-1, 7.5.6, lays down: what stands before is not touched.

To read a binder's thousands of objects and write them anew takes twenty times as long as to add the few of a document.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Object

from site_builder.publish.pdf_objects import Taken, ending, numbered, table_row

_LAST_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


class Update:
    """What is added to the PDF `content`; `pdf` is the same, read. Its own objects are written anew by `replace`.

    Nothing asks pikepdf for a new object of the binder: it would first read all that are there.
    """

    def __init__(self, content: bytes, pdf: pikepdf.Pdf) -> None:
        self._content = content
        self._pdf = pdf
        self._next = int(pdf.trailer.Size)
        self._bodies: dict[int, bytes] = {}

    def add(self, body: bytes) -> bytes:
        """Add an object and return the words that refer to it."""
        number = self.new_number()
        self._bodies[number] = body
        return b"%d 0 R" % number

    def replace(self, number: int, body: bytes) -> None:
        """Let the object of this number be `body` from now on."""
        self._bodies[number] = body

    def copy(self, found: Object, taken: Taken) -> bytes:
        """Add an object of another PDF with all that it refers to, and return the words that refer to it."""
        said = taken.said(found)
        self._bodies.update(taken.rest())
        return said

    def content(self) -> bytes:
        """Return the PDF with what was added. The same additions give the same bytes."""
        last = _LAST_TABLE.search(self._content)
        if last is None:
            raise ValueError("not a PDF with a table at its end")
        out = io.BytesIO()
        out.write(self._content.rstrip() + b"\n")
        places: dict[int, int] = {}
        for number in sorted(self._bodies):
            places[number] = out.tell()
            out.write(numbered(number, self._bodies[number]))
        table = out.tell()
        out.write(b"xref\n")
        for run in _runs(sorted(places)):
            out.write(b"%d %d\n" % (run[0], len(run)))
            out.writelines(table_row(places[each]) for each in run)
        trailer = Dictionary({key: each for key, each in self._pdf.trailer.items() if key != "/ID"})
        trailer.Size = self._next
        trailer.Prev = int(last[1])
        trailer.ID = Array([self._pdf.trailer.ID[0], pikepdf.String(_digest(out.getvalue()))])
        out.write(ending(trailer.unparse(resolved=True), table))
        return out.getvalue()

    def new_number(self) -> int:
        """Return a number that no object has yet."""
        self._next += 1
        return self._next - 1


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Give the numbers as rows without a gap."""
    run: list[int] = []
    for each in numbers:
        if run and each != run[-1] + 1:
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()[:16]).decode()
