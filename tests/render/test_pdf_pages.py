from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image
from pypdf import PdfWriter

from site_builder.render.pdf_pages import count_pages


def from_pillow(pages: int) -> bytes:
    out = io.BytesIO()
    images = [Image.new("L", (60, 80), 200) for _ in range(pages)]
    images[0].save(out, "PDF", save_all=True, append_images=images[1:])
    return out.getvalue()


def from_pypdf(pages: int) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    writer.write(out)
    return out.getvalue()


def packed(pages: int, told: int | None = None) -> bytes:
    """Return the way that newer programs write: the objects compressed in an object stream."""
    objects = (
        f"<< /Type /Pages /Kids [] /Count {pages if told is None else told} >> "
        + "<< /Type /Page /Parent 2 0 R >> " * pages
    )
    body = zlib.compress(objects.encode())
    about = f"/Type /ObjStm /N {pages + 1} /First 0 /Filter /FlateDecode /Length {len(body)}"
    head = f"%PDF-1.5\n4 0 obj\n<< {about} >>\nstream\n"
    return head.encode() + body + b"\nendstream\nendobj\n%%EOF"


@pytest.mark.parametrize("pages", [1, 2, 7])
@pytest.mark.parametrize("make", [from_pillow, from_pypdf, packed])
def test_pages_are_counted(make: object, pages: int) -> None:
    assert count_pages(make(pages)) == pages  # type: ignore[operator]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4 torn", b"GIF89a /Type /Page /Type /Pages /Count 1", packed(3, told=4), packed(2)[:-60]]
)
def test_what_is_not_certain_is_not_told(content: bytes) -> None:
    assert count_pages(content) is None
