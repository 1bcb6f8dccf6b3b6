"""A PDF as a program for blind readers meets it: its words, and the elements of its structure with what they say."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdf
import pypdfium2

_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Element:
    """An element of the structure: its role without the slash, what it says of itself, and those inside it."""

    role: str
    alt: str = ""
    scope: str = ""
    language: str = ""
    inside: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Give the element and all inside it, in reading order."""
        yield self
        for each in self.inside:
            yield from each.walk()


def opened(pdf: bytes) -> pypdf.PdfReader:
    """Return the PDF's reader."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(pdf) as read:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in read]


def words(text: str) -> Counter[str]:
    """Return the words with how often they stand; places where a word may break are no part of it."""
    return Counter(_WORD.findall(re.sub("[\u200b\u00ad]", "", text)))


def structure(pdf: bytes) -> Element:
    """Return the document's element with all inside it."""
    root: Any = opened(pdf).trailer["/Root"]
    return Element("root", inside=list(_elements(root["/StructTreeRoot"]["/K"])))


def _elements(kids: Any) -> Iterator[Element]:
    kids = kids.get_object()
    if isinstance(kids, list):
        for kid in kids:
            yield from _elements(kid)
    elif isinstance(kids, dict) and "/S" in kids:
        said: Any = kids
        asked = said.get("/A", [])
        scopes = [each["/Scope"][1:] for each in asked if "/Scope" in each]
        inside = list(_elements(said["/K"])) if "/K" in said else []
        yield Element(said["/S"][1:], str(said.get("/Alt", "")), "".join(scopes), str(said.get("/Lang", "")), inside)
