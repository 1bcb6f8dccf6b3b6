from __future__ import annotations

import io
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


@pytest.mark.parametrize("content", [b"", b"GIF89a", photo()[:200], pdf()])
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
