"""Laying the pages of supporting documents into a typeset binder, each beneath the empty page that waits for it.

The binder's page keeps its head, number and bookmark, and the words that stand for the picture. What is laid beneath is
marked as decoration: whoever listens to the binder hears its own words and no stray ones.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from site_builder.publish.papers import Prepared, placed_box
from site_builder.publish.pdf_copy import Copier
from site_builder.publish.pdf_layers import Layers
from site_builder.publish.typeset import Laid

HOLES, OUTER, HEAD, FOOT = 72.0, 36.0, 62.0, 58.0
"""Margins around a laid page, in points."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, low, right and high, in points from the lower left corner."""

_CLAIMS = re.compile(rb"<(pdfuaid|pdfaid):(\w+)>[^<>]*</\1:\2>|\s(?:pdfuaid|pdfaid):\w+=(?:\"[^\"]*\"|'[^']*')")
_WORTH_TURNING = 1.2
"""A wide page is laid on its side where it becomes larger by this much: small print has to stay readable."""


def lay(binder: bytes, laid: Sequence[Laid], papers: Mapping[str, Prepared], *, duplex: bool = False) -> bytes:
    """Return the PDF `binder` with the pages of `papers`, by path, on the pages that `laid` tells.

    The same gives the same bytes.
    With `duplex` the margins are mirrored. A binder with pages of others in it claims no conformance any more: nothing
    has shown it of those.
    """
    if not laid:
        return binder
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(binder)) as target:
        for each in laid:
            with pikepdf.open(io.BytesIO(papers[each.path].content)) as source:
                copier = Copier(target, Layers(source))
                for number, page in enumerate(source.pages[: each.pages], each.first):
                    _lay_one(target, number, copier.again(page.obj.Resources.XObject.P), duplex=duplex)
        _drop_claims(target)
        target.save(
            out, deterministic_id=True, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return out.getvalue()


def _lay_one(target: pikepdf.Pdf, number: int, form: Object, *, duplex: bool) -> None:
    page = target.pages[number - 1]
    # Pages share their resources; what is laid here is no other page's.
    resources = Dictionary(dict(page.resources.items()))
    named = resources.get(Name.XObject)
    resources.XObject = Dictionary(dict(named.items()) if isinstance(named, Dictionary) else {})
    resources.XObject.Laid = form
    page.obj.Resources = resources
    room = _room(page, mirrored=duplex and number % 2 == 0)
    matrix = " ".join(f"{each:.4f}".rstrip("0").rstrip(".") for each in _matrix(placed_box(form), room))
    drawn = target.make_stream(f"/Artifact BMC q {matrix} cm /Laid Do Q EMC\n".encode())
    contents = page.obj.Contents
    page.obj.Contents = Array([drawn, *(contents if isinstance(contents, Array) else [contents])])


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


def _drop_claims(target: pikepdf.Pdf) -> None:
    metadata = target.Root.get(Name.Metadata)
    if isinstance(metadata, pikepdf.Stream):
        metadata.write(_CLAIMS.sub(b"", metadata.read_bytes()))
