"""The binder as PDF: the page's words, a structure that can be heard, the same bytes from the same data."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import pypdf
import pytest

from site_builder.access.view import Copy
from site_builder.publish.typeset import Laid, Paper, Typeset, Typesetter
from site_builder.render.binder_data import BinderData, binder_data
from tests.render.example_site import ana, benjamin, copy_for_everyone, copy_for_parent


@cache
def typesetter() -> Typesetter:
    return Typesetter()


def copies() -> dict[str, Copy]:
    newcomer = replace(copy_for_parent(), file=benjamin())
    return {"parent": copy_for_parent(), "everyone": copy_for_everyone(), "newcomer": newcomer}


def pdf_of(data: BinderData, paper: Paper | None = None) -> tuple[Typeset, pypdf.PdfReader]:
    made = typesetter().typeset(data, paper or Paper())
    return made, pypdf.PdfReader(io.BytesIO(made.pdf))


@pytest.mark.parametrize("name", copies())
def test_every_copy_is_typeset_without_a_warning(name: str) -> None:
    made, read = pdf_of(binder_data(copies()[name]))
    assert made.pages == len(read.pages)


def test_the_same_data_give_the_same_bytes() -> None:
    data = binder_data(copy_for_parent())
    first = typesetter().typeset(data).pdf
    assert Typesetter().typeset(binder_data(copy_for_parent())).pdf == first


def test_pages_of_documents_are_left_free_behind_their_dividers() -> None:
    papers = [paper.path for paper in ana().years[0].papers if paper.media_type == "application/pdf"]
    assert papers
    data = binder_data(copy_for_parent(), {papers[0]: 3})
    made, read = pdf_of(data)
    laid = made.laid[0]
    assert made.laid == (Laid(papers[0], laid.first, 3),)
    without, _ = pdf_of(binder_data(copy_for_parent()))
    assert made.pages == without.pages + 3
    for page in range(laid.first, laid.first + 3):
        assert f"Page {page} of {made.pages}" in read.pages[page - 1].extract_text()


def test_an_unknown_paper_is_said() -> None:
    with pytest.raises(ValueError, match="no paper is called 'legal'"):
        typesetter().typeset(binder_data(copy_for_parent()), Paper(size="legal"))
