"""Supporting documents made ready to be printed in a binder (policy: P7, P37, P38).

Of a PDF come along what its pages draw and what was filled in on them. Programs, forms, other files, actions, notes
about who wrote it and layers that are not printed do not. What can be mended is; what cannot says why.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, StreamDecodeLevel

from site_builder.publish.pdf_copy import DAMAGED, EMPTY, LOCKED, LONG, PACKED, Copier, Unprintable
from site_builder.publish.pdf_layers import Layers

MOST_PAGES = 300
"""A longer document would bury the plan, and no office means to print it with every binder."""

CAUSES = {
    LOCKED: "is locked with a password",
    DAMAGED: "is damaged, and its pages cannot be read",
    EMPTY: "has no page",
    LONG: f"has more than {MOST_PAGES} pages",
    PACKED: "is packed so that it cannot be opened safely",
}
"""What is said of a document that cannot be printed, by its cause."""

_UNSEEN = {"/Popup", "/Link", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/TrapNet"}
Box: TypeAlias = tuple[float, float, float, float]
"""Left, low, right and high, in points from the lower left corner."""

_SMALLEST, _LARGEST = 1.0, 1_000_000.0
_MOST_UNPACKED = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that can be laid into a binder: `content` is a PDF of `pages` upright pages, each one form.

    Where it cannot be printed, `pages` is 0 and `cause` a key of `CAUSES`. `mended` tells that it was damaged and what
    could be read of it is printed.
    """

    pages: int
    cause: str = ""
    mended: bool = False
    content: bytes = field(default=b"", repr=False)


@lru_cache(maxsize=16)
def prepared(content: bytes) -> Prepared:
    """Return the PDF `content` made ready; never raises for what stands in it. The same bytes give the same bytes."""
    _set_limits()
    try:
        with pikepdf.open(io.BytesIO(content)) as source:
            return _prepared(source)
    except pikepdf.PasswordError:
        return Prepared(0, LOCKED)
    except Unprintable as fault:
        return Prepared(0, fault.cause)
    except (
        pikepdf.PikepdfError,
        pikepdf.PdfError,
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        OSError,
    ) as fault:
        # What qpdf and its Python side raise on objects that are not what they should be.
        return Prepared(0, EMPTY if "no pages found" in str(fault) else DAMAGED)


def _set_limits() -> None:
    """Let nothing in a document grow without measure while it is read."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MOST_UNPACKED,
        run_length_max_memory=_MOST_UNPACKED,
        png_max_memory=_MOST_UNPACKED,
        tiff_max_memory=_MOST_UNPACKED,
        max_stream_filters=3,
        parser_max_nesting=100,
        parser_max_container_size=1_000_000,
        doc_max_warnings=10_000,
    )


def _prepared(source: pikepdf.Pdf) -> Prepared:
    pages = len(source.pages)
    if not pages or pages > MOST_PAGES:
        raise Unprintable(LONG if pages else EMPTY)
    layers = Layers(source)
    _draw_what_was_filled_in(source, layers)
    target = pikepdf.new()
    copier = Copier(target, layers)
    for page in source.pages:
        _copy_page(source, page, target, copier)
    out = io.BytesIO()
    target.save(
        out,
        force_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return Prepared(pages, mended=copier.cut or bool(source.get_warnings()), content=out.getvalue())


def _draw_what_was_filled_in(source: pikepdf.Pdf, layers: Layers) -> None:
    """Make the fields, stamps and notes that a printer would print a part of their pages."""
    for page in source.pages:
        found = page.obj.get(Name.Annots)
        if isinstance(found, Array):
            page.obj.Annots = Array(
                [each for each in found if isinstance(each, Dictionary) and _is_drawn(each, layers)]
            )
        elif found is not None:
            del page.obj.Annots
    form = source.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and bool(form.get(Name.NeedAppearances)):
        source.generate_appearance_streams()
    source.flatten_annotations("print")


def _is_drawn(note: Dictionary, layers: Layers) -> bool:
    return str(note.get(Name.Subtype, "")) not in _UNSEEN and not layers.hides(note.get(Name.OC))


def _copy_page(source: pikepdf.Pdf, page: pikepdf.Page, target: pikepdf.Pdf, copier: Copier) -> None:
    form = page.as_form_xobject()
    about: dict[str, Object] = {"BBox": Array(_seen(page))}
    about.update({key: form[f"/{key}"] for key in ("Matrix", "Group") if f"/{key}" in form})
    drawn = copier.form(form.get(Name.Resources), _orders(page, copier), about, source)
    left, low, right, high = placed_box(drawn)
    if not (_SMALLEST <= right - left <= _LARGEST and _SMALLEST <= high - low <= _LARGEST):
        raise Unprintable(DAMAGED)
    made = target.add_blank_page(page_size=(200, 200))
    made.obj.MediaBox = Array([left, low, right, high])
    made.obj.Resources = Dictionary(XObject=Dictionary(P=drawn))
    made.obj.Contents = target.make_stream(b"/P Do")


def _seen(page: pikepdf.Page) -> Box:
    """Return the part of the page that programs show: what is cropped, as far as the page goes, or else all of it."""
    media = _box(page.mediabox)
    if media is None:
        raise Unprintable(DAMAGED)
    crop = _box(page.cropbox) or media
    cut = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    return cut if cut[2] - cut[0] >= _SMALLEST and cut[3] - cut[1] >= _SMALLEST else media


def _box(found: Object) -> Box | None:
    try:
        x0, y0, x1, y1 = (float(each) for each in found)
    except (TypeError, ValueError):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _orders(page: pikepdf.Page, copier: Copier) -> bytes:
    contents = page.obj.get(Name.Contents)
    if isinstance(contents, Stream):
        return copier.content_of([contents])
    return copier.content_of(contents) if isinstance(contents, Array) else b""


def placed_box(form: Object) -> Box:
    """Return the corners (left, low, right, high) of the box in which `form` is drawn, turned as it says."""
    x0, y0, x1, y1 = (float(each) for each in form.BBox)
    a, b, c, d, e, f = (float(each) for each in form.get(Name.Matrix, (1, 0, 0, 1, 0, 0)))
    across = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    up = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(across), min(up), max(across), max(up)
