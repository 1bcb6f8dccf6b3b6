from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from site_builder.access.view import PaperView
from site_builder.render.papers import LONGEST_SIDE, copy_papers, picture
from tests.render.example_site import day, pdf, photo, unreadable


def paper(path: str, media_type: str, load: Callable[[], bytes]) -> PaperView:
    return PaperView(
        path=path,
        title="A paper",
        date=day("2026-10-03"),
        kind="photo",
        language="en",
        media_type=media_type,
        size=1,
        load=load,
    )


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def test_a_large_photo_is_made_smaller() -> None:
    made = picture(photo(4000, 1000), "image/jpeg")
    assert (made.width, made.height) == (LONGEST_SIDE, 400)


def test_a_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = picture(saved(Image.new("RGB", (60, 40), "red"), "JPEG", exif=exif), "image/jpeg")
    assert (made.width, made.height) == (40, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_comes_through(mode: str) -> None:
    source = Image.new(mode, (12, 8))
    kind, media_type = ("JPEG", "image/jpeg") if mode == "CMYK" else ("PNG", "image/png")
    made = picture(saved(source, kind), media_type)
    with Image.open(io.BytesIO(made.content)) as image:
        assert image.size == (12, 8)


def test_words_beside_the_pixels_stay_behind() -> None:
    notes = PngInfo()
    notes.add_text("Comment", "SECRET")
    notes.add_itxt("XML:com.adobe.xmp", "SECRET")
    png = saved(Image.new("RGB", (9, 9)), "PNG", pnginfo=notes, icc_profile=b"SECRET-PROFILE")
    webp = saved(Image.new("RGB", (9, 9)), "WEBP", exif=b"Exif\0\0SECRET", xmp=b"SECRET", icc_profile=b"SECRET")
    gif = saved(Image.new("P", (9, 9)), "GIF", comment=b"SECRET")
    for content, media_type in ((png, "image/png"), (webp, "image/webp"), (gif, "image/gif")):
        assert b"SECRET" in content
        made = picture(content, media_type).content
        assert b"SECRET" not in made
        with Image.open(io.BytesIO(made)) as image:
            assert set(image.info) <= {"loop", "background", "timestamp", "duration"}


def test_a_progressive_photo_in_the_colours_of_print_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    content = saved(Image.new("CMYK", (60, 40), (0, 255, 255, 0)), "JPEG", exif=exif, progressive=True)
    made = picture(content, "image/jpeg")
    with Image.open(io.BytesIO(made.content)) as image:
        assert (image.size, image.mode) == ((40, 60), "RGB")
        red, green, blue = image.getpixel((20, 30))  # type: ignore[misc]
        assert red > 200 > 60 > max(green, blue)


def png(width: int, height: int, depth: int, kind: int, rows: bytes, *, interlaced: bool = False) -> bytes:
    """Return a PNG of a form that Pillow does not write."""
    found = b"\x89PNG\r\n\x1a\n"
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        found += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return found


def test_sixteen_bits_a_colour_and_a_transparent_ground_come_through() -> None:
    row = b"\0" + b"\xff\xff\0\0\x80\x00\x40\x00" * 4
    made = picture(png(4, 2, 16, 6, row * 2), "image/png")
    with Image.open(io.BytesIO(made.content)) as image:
        assert (image.size, image.mode) == ((4, 2), "RGBA")
        assert image.getpixel((1, 1)) == (255, 0, 128, 64)


def test_an_interlaced_image_comes_through() -> None:
    passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]  # columns and rows of an image of 8 by 8
    rows = b"".join((b"\0" + bytes([number * 30] * wide)) * tall for number, (wide, tall) in enumerate(passes))
    made = picture(png(8, 8, 8, 0, rows, interlaced=True), "image/png")
    with Image.open(io.BytesIO(made.content)) as image:
        assert [image.getpixel(each) for each in ((0, 0), (4, 0), (0, 4), (1, 0), (0, 1))] == [0, 30, 60, 150, 180]


def test_an_image_under_the_name_of_another_kind_is_read_as_what_it_is() -> None:
    made = picture(saved(Image.new("RGB", (9, 7), "blue"), "WEBP"), "image/jpeg")
    assert (made.media_type, made.width, made.height) == ("image/jpeg", 9, 7)
    with Image.open(io.BytesIO(made.content)) as image:
        assert image.format == "JPEG"


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0" * 200
BOMB = png(100_000, 100_000, 1, 0, b"\0" * 100_000)


@pytest.mark.parametrize("content", [HEIC, BOMB, b"<!doctype html><p>a page", b"", b"GIF89a", photo()[:200], pdf()])
def test_what_is_no_image_has_no_copy(content: bytes) -> None:
    with pytest.raises(OSError, match=r"cannot be read"):
        picture(content, "image/jpeg")
    assert copy_papers([paper("2026-27/documents/a.jpg", "image/jpeg", lambda: content)]) == {}


def test_a_paper_that_changed_has_no_copy() -> None:
    assert copy_papers([paper("2026-27/documents/a.pdf", "application/pdf", unreadable)]) == {}


def test_names_are_plain_and_never_meet() -> None:
    paths = (
        "2026-27/documents/Año nuevo (1).PDF",
        "2026-27/documents/a-o-nuevo-1.pdf",
        "2026-27/documents/..%2f..pdf",
        "2026-27/documents/run.html",
    )
    copies = copy_papers([paper(path, "application/pdf", pdf) for path in paths])
    assert [copies[path].href for path in paths] == [
        "papers/2026-27/a-o-nuevo-1.pdf",
        "papers/2026-27/a-o-nuevo-1-2.pdf",
        "papers/2026-27/2f.pdf",
        "papers/2026-27/run.pdf",
    ]
