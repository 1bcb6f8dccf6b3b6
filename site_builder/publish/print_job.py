"""One print job of many binders: each begins on the front of a sheet, in the order in which they are handed out.

It is for the printer and for nobody's reading: reading order, links and contents of the single binders stay behind. One
binder after another is read and written, so that a whole school's job needs no more memory than its largest binder.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Dictionary, Name, String

from site_builder.publish.pdf_objects import Taken, ending, numbered, table_row, written

_OF_A_PAGE = ("Contents", "CropBox", "Rotate", "UserUnit", "Group")
_ROOT, _PAGES, _MARKS = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A binder of the job: the file it stands in, and its bookmark."""

    path: Path
    title: str


def sheets_of(pages: int, *, duplex: bool) -> int:
    """Return on how many sheets so many pages are printed."""
    return (pages + 1) // 2 if duplex else pages


def print_job(pieces: Sequence[Piece], out: BinaryIO, *, duplex: bool) -> None:
    """Write one PDF of all pieces in their order; with `duplex` an empty side follows one of an odd number of pages.

    The same pieces give the same bytes. Raises `OSError` where one cannot be read.
    """
    job = _Job(out)
    places = [job.add(piece.path, duplex=duplex) for piece in pieces]
    job.finish([(piece.title, *place) for piece, place in zip(pieces, places, strict=True)])


class _Job:
    """A PDF in the making: each object is written at once, and only where it stands is remembered."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._hash = hashlib.sha256()
        self._places = array("Q", [0] * (_MARKS + 1))
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, path: Path, *, duplex: bool) -> tuple[int, int, int]:
        """Write the pages of a binder; return the numbers of their branch and of the first, and how many they are."""
        branch = self._new_number()
        with pikepdf.open(path) as binder:
            taken = Taken(self._new_number)
            pages = [self._add_page(page, branch, taken) for page in binder.pages]
            if duplex and len(pages) % 2:
                blank = Dictionary(Type=Name.Page, MediaBox=binder.pages[-1].mediabox, Resources=Dictionary())
                pages.append(self._put_page(blank.unparse(), branch))
        kids = b" ".join(b"%d 0 R" % each for each in pages)
        # A branch a binder: no list has thousands of pages.
        self._put(branch, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (_PAGES, len(pages), kids))
        return branch, pages[0], len(pages)

    def finish(self, pieces: Sequence[tuple[str, int, int, int]]) -> None:
        """Write bookmarks, the tree of pages and the table of all objects; `pieces` as `add` gave, after the title."""
        marks = [self._new_number() for _ in pieces]
        for at, (title, _, first, _) in enumerate(pieces):
            beside = b"/Prev %d 0 R" % marks[at - 1] if at else b""
            beside += b"/Next %d 0 R" % marks[at + 1] if at + 1 < len(marks) else b""
            said = written(String(title))
            self._put(marks[at], b"<</Title%b/Parent %d 0 R/Dest[%d 0 R/Fit]%b>>" % (said, _MARKS, first, beside))
        ends = b"/First %d 0 R/Last %d 0 R" % (marks[0], marks[-1]) if marks else b""
        self._put(_MARKS, b"<</Type/Outlines/Count %d%b>>" % (len(marks), ends))
        kids = b" ".join(b"%d 0 R" % branch for _, branch, _, _ in pieces)
        count = sum(pages for *_, pages in pieces)
        self._put(_PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids))
        self._put(_ROOT, b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R>>" % (_PAGES, _MARKS))
        table, size, name = self._at, len(self._places), self._hash.hexdigest()[:32].encode()
        self._write(b"xref\n0 %d\n0000000000 65535 f\r\n" % size)
        self._out.writelines(map(table_row, self._places[1:]))
        about = b"<</Size %d/Root %d 0 R/ID[<%b><%b>]>>" % (size, _ROOT, name, name)
        self._out.write(ending(about, table))

    def _add_page(self, page: pikepdf.Page, branch: int, taken: Taken) -> int:
        kept = Dictionary(Type=Name.Page, MediaBox=page.mediabox, Resources=page.resources)
        for key in _OF_A_PAGE:
            if f"/{key}" in page.obj:
                kept[f"/{key}"] = page.obj[f"/{key}"]
        number = self._put_page(taken.said(kept), branch)
        for each, body in taken.rest():
            self._put(each, body)
        return number

    def _put_page(self, body: bytes, branch: int) -> int:
        number = self._new_number()
        self._put(number, b"%b/Parent %d 0 R>>" % (body.removesuffix(b">>"), branch))
        return number

    def _new_number(self) -> int:
        self._places.append(0)
        return len(self._places) - 1

    def _put(self, number: int, body: bytes) -> None:
        self._places[number] = self._at
        self._write(numbered(number, body))

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._hash.update(content)
        self._at += len(content)
