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
from pikepdf import Array, Dictionary, Name, Object, Stream

_REFERENCE = re.compile(rb" R\b")
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
        number = self._new()
        self._bodies[number] = body
        return b"%d 0 R" % number

    def replace(self, number: int, body: bytes) -> None:
        """Let the object of this number be `body` from now on."""
        self._bodies[number] = body

    def copy(self, found: Object, numbers: dict[tuple[int, int], int]) -> bytes:
        """Add an object of another PDF with all that it refers to, and return the words that refer to it.

        `numbers` holds what was added of that PDF before, which is not added twice.
        """
        waiting: list[Object] = []

        def of(value: Object) -> bytes:
            if value.objgen not in numbers:
                numbers[value.objgen] = self._new()
                waiting.append(value)
            return b"%d 0 R" % numbers[value.objgen]

        def written(value: object, *, whole: bool = False) -> bytes:
            if not isinstance(value, Object):
                return Array([value]).unparse()[1:-1]
            if value.is_indirect and not whole:
                return of(value)
            plain = value.unparse(resolved=True)
            if not isinstance(value, (Array, Dictionary)) or not _REFERENCE.search(plain):
                return plain
            if isinstance(value, Array):
                return b"[" + b" ".join(written(each) for each in value) + b"]"
            return b"<<" + b" ".join(Name(key).unparse() + b" " + written(each) for key, each in value.items()) + b">>"

        said = of(found)
        while waiting:
            each = waiting.pop()
            number = numbers[each.objgen]
            if isinstance(each, Stream):
                about = Dictionary({key: value for key, value in each.items() if key != "/Length"})
                self._bodies[number] = stream(written(about), each.read_raw_bytes())
            else:
                self._bodies[number] = written(each, whole=True)
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
            out.write(b"%d 0 obj\n%b\nendobj\n" % (number, self._bodies[number]))
        table = out.tell()
        out.write(b"xref\n")
        for run in _runs(sorted(places)):
            out.write(b"%d %d\n" % (run[0], len(run)))
            out.writelines(b"%010d 00000 n\r\n" % places[each] for each in run)
        trailer = Dictionary({key: each for key, each in self._pdf.trailer.items() if key != "/ID"})
        trailer.Size = self._next
        trailer.Prev = int(last[1])
        trailer.ID = Array([self._pdf.trailer.ID[0], pikepdf.String(_digest(out.getvalue()))])
        out.write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer.unparse(resolved=True), table))
        return out.getvalue()

    def _new(self) -> int:
        self._next += 1
        return self._next - 1


def stream(about: bytes, content: bytes) -> bytes:
    """Return the body of a stream with `content` as it is packed; `about` is its dictionary but for the length."""
    return b"%b /Length %d>>\nstream\n%b\nendstream" % (about.removesuffix(b">>"), len(content), content)


def with_entries(about: Object, **entries: bytes) -> bytes:
    """Return a dictionary in writing, in which each of `entries` stands for the one of its name."""
    kept = Dictionary({key: each for key, each in about.items() if key[1:] not in entries})
    more = b" ".join(b"/%b %b" % (name.encode(), said) for name, said in entries.items())
    return kept.unparse(resolved=True).removesuffix(b">>") + more + b">>"


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
