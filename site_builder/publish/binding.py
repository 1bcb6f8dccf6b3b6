"""One binder from its data to the finished PDF: typeset, and the supporting documents laid in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from site_builder.access.view import Copy, PaperView
from site_builder.publish.laying import lay
from site_builder.publish.papers import CAUSES, Prepared, prepared
from site_builder.publish.typeset import Manuscript, Typesetter
from site_builder.render.papers import is_image, picture

MENDED = "was damaged; what could be read of it is printed, so look at its pages"
GONE = "cannot be read just now, so its place in the binder is empty"
NO_IMAGE = "cannot be read as an image: a sheet in the binder says so"
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at in a supporting document: its path in the student's file, and what there is to say."""

    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Papers:
    """The supporting documents of one copy: those that are laid in, by path, and what there is to say of others.

    `unprinted` gives by path the cause (a key of `papers.CAUSES`) why a document's own pages are not in the binder.
    """

    laid: Mapping[str, Prepared] = field(repr=False)
    unprinted: Mapping[str, str]
    notes: tuple[Note, ...]

    @property
    def pages(self) -> dict[str, int]:
        """Return how many pages each document fills."""
        return {path: each.pages for path, each in self.laid.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A binder to be made: everything that goes into it and can be handed to another process."""

    manuscript: Manuscript = field(repr=False)
    papers: Mapping[str, Prepared] = field(repr=False)
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A finished binder."""

    pdf: bytes = field(repr=False)
    pages: int


def digests_of(copy: Copy) -> dict[str, str]:
    """Return the hash of every document's bytes by path, empty for one that cannot be read.

    It is what a binder depends on beside its view.
    """
    found = {}
    for paper in _papers(copy):
        try:
            found[paper.path] = hashlib.sha256(paper.load()).hexdigest()
        except OSError:
            found[paper.path] = ""
    return found


def papers_of(copy: Copy) -> Papers:
    """Return the supporting documents that this copy's reader may see, made ready to be laid in."""
    laid: dict[str, Prepared] = {}
    unprinted: dict[str, str] = {}
    notes: list[Note] = []
    for paper in _papers(copy):
        try:
            content = paper.load()
        except OSError:
            notes.append(Note(paper.path, GONE))
            continue
        if is_image(paper) and not _can_be_seen(paper, content):
            notes.append(Note(paper.path, NO_IMAGE))
        if paper.media_type != _PDF:
            continue
        found = prepared(content)
        if not found.pages:
            unprinted[paper.path] = found.cause
            notes.append(Note(paper.path, f"{CAUSES[found.cause]}: a sheet in the binder says so"))
            continue
        laid[paper.path] = found
        if found.mended:
            notes.append(Note(paper.path, MENDED))
    return Papers(laid, unprinted, tuple(notes))


def _can_be_seen(paper: PaperView, content: bytes) -> bool:
    try:
        picture(content, paper.media_type)
    except OSError:
        return False
    return True


def _papers(copy: Copy) -> list[PaperView]:
    return [paper for year in copy.file.years for paper in year.papers]


def bind(sheets: Sheets) -> Bound:
    """Return the finished binder; raises as `Typesetter.set_in_type`."""
    done = _typesetter().set_in_type(sheets.manuscript)
    return Bound(lay(done.pdf, done.laid, sheets.papers, duplex=sheets.duplex), done.pages)


@cache
def _typesetter() -> Typesetter:
    """Return this process's own typesetter, which remembers fonts and templates from one binder to the next."""
    return Typesetter()
