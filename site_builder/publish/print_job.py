"""One print job of many binders: each begins on the front of a sheet, in the order in which they are handed out.

It is for the printer and for nobody's reading: reading order, links and contents of the single binders stay behind.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Name


@dataclass(frozen=True, slots=True)
class Piece:
    """A binder of the job: the file it stands in, and its bookmark."""

    path: Path
    title: str


def sheets_of(pages: int, *, duplex: bool) -> int:
    """Return on how many sheets so many pages are printed."""
    return (pages + 1) // 2 if duplex else pages


def print_job(pieces: Sequence[Piece], *, duplex: bool) -> bytes:
    """Return one PDF of all pieces in their order; with `duplex` an empty side follows one of an odd number of pages.

    The same pieces give the same bytes. Raises `OSError` where one cannot be read.
    """
    out = io.BytesIO()
    with pikepdf.new() as job, pikepdf.new() as blanks:
        opened = []
        starts: list[int] = []
        try:
            for piece in pieces:
                binder = pikepdf.open(piece.path)
                opened.append(binder)
                starts.append(len(job.pages))
                for page in binder.pages:
                    for key in (Name.Annots, Name.StructParents, Name.Tabs):
                        if key in page.obj:
                            del page.obj[key]
                job.pages.extend(binder.pages)
                if duplex and len(binder.pages) % 2:
                    _, _, wide, tall = (float(each) for each in binder.pages[-1].mediabox)
                    job.pages.append(blanks.add_blank_page(page_size=(wide, tall)))
            with job.open_outline() as outline:
                outline.root.extend(
                    pikepdf.OutlineItem(piece.title, start) for piece, start in zip(pieces, starts, strict=True)
                )
            job.save(
                out,
                force_version="1.7",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
                fix_metadata_version=False,
            )
        finally:
            for binder in opened:
                binder.close()
    return out.getvalue()
