"""Copies of papers for one reader: photos freed of what a camera wrote into them, other files as they are."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageOps

from site_builder.access.view import PaperView

LONGEST_SIDE = 1600
"""Photos are made smaller than this many pixels: enough for a printed page."""

_MOST_PIXELS = 80_000_000
# What Pillow raises on damaged files: its readers let the errors of their parts through.
_DAMAGE = (OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)
_READERS = ("JPEG", "PNG", "WEBP", "GIF")  # others of Pillow's start programs, or were never meant for strangers' files
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "PNG"}
_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo made anew from its pixels; sizes in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCopy:
    """Where a page leads for a paper.

    `href` is relative to the student's folder, or a place in the page (`#paper-1`). `image` is what an `<img>` shows:
    relative likewise, or a `data:` address; empty for what is no image. Sizes are pixels, zero where unknown.
    """

    href: str
    image: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0
    media_type: str = ""
    content: bytes = field(default=b"", repr=False)

    def link(self, base: str) -> str:
        """Return the address of the paper from a page that reaches the student's folder by `base`."""
        return self.href if self.href.startswith("#") else base + self.href

    def image_link(self, base: str) -> str:
        """Return the address of the image, likewise."""
        return self.image if not self.image or self.image.startswith("data:") else base + self.image


@lru_cache(maxsize=32)
def picture(content: bytes, media_type: str) -> Picture:
    """Return the photo upright, at most `LONGEST_SIDE` pixels long, without EXIF, place, XMP, profile or comment.

    Raises `OSError` when the bytes are no image that can be read.
    """
    try:
        with _unsaid(), Image.open(io.BytesIO(content), formats=_READERS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise OSError("the image has too many pixels")
            coloured = _in_colour(opened, keep_alpha=media_type != "image/jpeg")
            coloured.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)  # before anything is copied
            pixels = _plain_pixels(_upright(coloured))
    except (*_DAMAGE, Image.DecompressionBombError) as fault:
        raise OSError("the image cannot be read") from fault
    kind = _FORMATS.get(media_type, "PNG")
    out = io.BytesIO()
    pixels.save(out, kind, **({"quality": 85, "optimize": True} if kind == "JPEG" else {}))
    return Picture(content=out.getvalue(), media_type=_MEDIA_TYPES[kind], width=pixels.width, height=pixels.height)


@contextmanager
def _unsaid() -> Iterator[None]:
    """Keep Pillow from printing to the terminal what it finds odd in a file: an image can be read, or it cannot."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _upright(image: Image.Image) -> Image.Image:
    """Return the image as it was held; what a camera wrote badly is no reason to lose the photo."""
    try:
        return ImageOps.exif_transpose(image)
    except _DAMAGE:
        return image


def _in_colour(image: Image.Image, *, keep_alpha: bool) -> Image.Image:
    """Return the image in a form whose pixels can be made smaller."""
    if image.mode not in {"L", "RGB", "RGBA"} or (image.mode == "RGBA" and not keep_alpha):
        return image.convert("RGBA" if keep_alpha and image.has_transparency_data else "RGB")
    return image


def _plain_pixels(image: Image.Image) -> Image.Image:
    """Return a new image of the same pixels: what is not a pixel stays behind."""
    return Image.frombytes(image.mode, image.size, image.tobytes())


def is_image(paper: PaperView) -> bool:
    """Return whether the paper is shown as an image."""
    return paper.media_type in _FORMATS


def copy_papers(papers: Iterable[PaperView], folder: str = "papers") -> Mapping[str, PaperCopy]:
    """Return a copy of each paper by its path in the student's file; one that can no longer be read has none."""
    copies: dict[str, PaperCopy] = {}
    taken: set[str] = set()
    for paper in papers:
        try:
            content = paper.load()
            shown = picture(content, paper.media_type) if is_image(paper) else None
        except OSError:
            continue
        media_type = shown.media_type if shown else paper.media_type
        href = _free_name(f"{folder}/{_safe_path(paper.path, media_type)}", taken)
        copies[paper.path] = PaperCopy(
            href=href,
            image=href if shown else "",
            alt=paper.alt or paper.title,
            width=shown.width if shown else 0,
            height=shown.height if shown else 0,
            media_type=media_type,
            content=shown.content if shown else content,
        )
    return copies


def _safe_path(path: str, media_type: str) -> str:
    """Return `<year>/<file>` in letters, digits and hyphens, with the suffix that its kind has."""
    year, _, rest = path.partition("/")
    stem = rest.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return f"{_safe(year)}/{_safe(stem)}{_SUFFIXES.get(media_type, '.bin')}"


def _safe(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "paper"


def _free_name(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{dot}{suffix}"
    taken.add(name)
    return name
