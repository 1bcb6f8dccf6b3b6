"""Laying the pages of supporting documents into a typeset binder, each on the empty page that waits for it.

The binder's page keeps its head, number and bookmark. What is laid there is drawn within the page's one figure, whose
words stand for it: whoever listens to the binder hears them and no stray ones.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Dictionary, Name, Object

from site_builder.publish.papers import Box, Prepared, placed_box
from site_builder.publish.pdf_objects import Taken, stream, with_entries
from site_builder.publish.pdf_update import Update
from site_builder.publish.typeset import Laid, TypesettingFailed

HOLES, OUTER, HEAD, FOOT = 72.0, 36.0, 62.0, 58.0
"""Margins around a laid page, in points."""

_CLAIMS = re.compile(rb"<(pdfuaid|pdfaid):(\w+)>[^<>]*</\1:\2>|\s(?:pdfuaid|pdfaid):\w+=(?:\"[^\"]*\"|'[^']*')")
_FIGURE = re.compile(rb"<<\s*/MCID \d+\s*>>\s*BDC\s")
_WORTH_TURNING = 1.2
"""A wide page is laid on its side where it becomes larger by this much: small print has to stay readable."""


def lay(binder: bytes, laid: Sequence[Laid], papers: Mapping[str, Prepared], *, duplex: bool = False) -> bytes:
    """Return the PDF `binder` with the pages of `papers`, by path, on the pages that `laid` tells.

    The same gives the same bytes. Raises `TypesettingFailed` where no page waits.
    With `duplex` the margins are mirrored. A binder with pages of others in it claims no conformance any more: nothing
    has shown it of those.
    """
    if not laid:
        return binder
    with pikepdf.open(io.BytesIO(binder)) as target:
        update = Update(binder, target)
        for each in laid:
            with pikepdf.open(io.BytesIO(papers[each.path].content)) as source:
                taken = Taken(update.new_number)
                for number, paper in enumerate(source.pages[: each.pages], each.first):
                    form = paper.obj.Resources.XObject.P
                    page = target.pages[number - 1]
                    room = _room(page, mirrored=duplex and number % 2 == 0)
                    _draw(update, page.obj, update.copy(form, taken), _matrix(placed_box(form), room))
        _drop_claims(update, target)
        return update.content()


def _draw(update: Update, page: Object, form: bytes, matrix: tuple[float, ...]) -> None:
    """Let `page` draw `form` (the words that refer to it) where `matrix` puts it."""
    moved = " ".join(f"{each:.4f}".rstrip("0").rstrip(".") for each in matrix)
    orders = _within_figure(page.Contents.read_bytes(), f"q {moved} cm /Laid Do Q\n".encode())
    # Pages share their resources; what is laid here is no other page's.
    named = page.Resources.get(Name.XObject, Dictionary())
    entries = {
        "Contents": update.add(stream(b"<</Filter/FlateDecode>>", zlib.compress(orders))),
        "Resources": with_entries(page.Resources, XObject=with_entries(named, Laid=form)),
    }
    update.replace(page.objgen[0], with_entries(page, **entries))


def _within_figure(orders: bytes, drawn: bytes) -> bytes:
    """Return a page's orders with `drawn` within the one figure that waits on it."""
    marks = list(_FIGURE.finditer(orders))
    if len(marks) != 1:
        raise TypesettingFailed(
            "the binder could not be finished: a page that waits for a document holds something else"
        )
    return orders[: marks[0].end()] + drawn + orders[marks[0].end() :]


def _room(page: pikepdf.Page, *, mirrored: bool) -> Box:
    """Return the part of a binder's page that holes, head, foot and thumb mark leave."""
    wide, tall = float(page.mediabox[2]), float(page.mediabox[3])
    left, right = (OUTER, HOLES) if mirrored else (HOLES, OUTER)
    return left, FOOT, wide - right, tall - HEAD


def _matrix(box: Box, room: Box) -> tuple[float, float, float, float, float, float]:
    """Return what moves `box` into the middle of `room`, as large as it fits and never larger than it is."""
    wide, tall = box[2] - box[0], box[3] - box[1]
    across, up = room[2] - room[0], room[3] - room[1]
    middle, centre = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    x, y = (room[0] + room[2]) / 2, (room[1] + room[3]) / 2
    upright = min(across / wide, up / tall, 1.0)
    turned = min(across / tall, up / wide, 1.0)
    if turned > upright * _WORTH_TURNING:
        return 0, turned, -turned, 0, x + turned * centre, y - turned * middle
    return upright, 0, 0, upright, x - upright * middle, y - upright * centre


def _drop_claims(update: Update, target: pikepdf.Pdf) -> None:
    metadata = target.Root.get(Name.Metadata)
    if isinstance(metadata, pikepdf.Stream):
        said = _CLAIMS.sub(b"", metadata.read_bytes())
        update.replace(metadata.objgen[0], stream(b"<</Type/Metadata/Subtype/XML>>", said))
