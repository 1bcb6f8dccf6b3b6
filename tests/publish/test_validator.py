"""Binders of the sample before a validator that others wrote: PDF/UA-1, and PDF/A-2a of a copy to be kept.

A binder with pages of others in it claims neither, so there all but the claim has to hold.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import page as validator
import pikepdf
import pytest
from pikepdf import Name, Pdf

from site_builder.access.sites import common_copy
from site_builder.publish.binding import Sheets, bind, papers_of
from site_builder.publish.typeset import Paper, Typesetter, manuscript
from site_builder.render.binder_data import binder_data
from tests.publish.test_laying import bound
from tests.publish.test_more_letters import WORDS, extra, note
from tests.sample import sample
from tests.stores import TODAY

LISTENERS, KEPT = "ua1", "2a"
CLAIMS = {
    LISTENERS: {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"},
    KEPT: {"PDFA2A-ID-SCHEMA-001"},
}
"""What is found where a binder does not say that it follows these rules."""

PLAIN, LARGE, ARCHIVE, BOOK = Paper(), Paper(large_print=True), Paper(archive=True), Paper(size="a4", duplex=True)
SOME = (
    ("aguilar-tomas", LARGE),  # without documents
    ("smith-tyler", ARCHIVE),
    ("yellowhorse-nathan", PLAIN),
    ("morales-lucia", BOOK),  # in Spanish
    ("rivera-ana", ARCHIVE),
)


def test_binders_are_what_they_say_they_are(long: bool) -> None:
    students = [each.id for each in sample().students]
    forms = [(each, paper) for each in students for paper in (PLAIN, LARGE, ARCHIVE, BOOK)] if long else SOME
    claiming: Counter[bool] = Counter()
    for student, paper in forms:
        copy = common_copy(sample(), student, TODAY)
        papers = papers_of(copy)
        given = manuscript(binder_data(copy, papers.pages, papers.unprinted), paper)
        pdf = bind(Sheets(manuscript=given, papers=papers.laid, duplex=paper.duplex)).pdf
        laid = any(papers.pages.values())
        claiming[laid] += 1
        for rules in (LISTENERS, KEPT) if paper.archive else (LISTENERS,):
            assert set(amiss(pdf, rules)) == (CLAIMS[rules] if laid else set()), (student, paper)
    assert claiming.keys() == {True, False}


@extra
@pytest.mark.parametrize("language", [*WORDS, "ar"])
def test_words_of_any_script_are_kept_as_they_are_read(language: str) -> None:
    kept = Typesetter().typeset(note(language, WORDS.get(language, "مرحبا بالعالم")), ARCHIVE).pdf
    assert [*amiss(kept, LISTENERS), *amiss(kept, KEPT)] == []


def test_a_document_without_its_letters_is_why_such_a_binder_claims_nothing() -> None:
    _, _, done = bound("letter.pdf")
    assert set(amiss(done.pdf, LISTENERS)) == CLAIMS[LISTENERS] | {"PDFUA1-FONT-EMBEDDING-001"}


def test_the_validator_finds_what_is_taken_away() -> None:
    whole = bound()[2].pdf
    assert not list(amiss(whole, LISTENERS))
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        del pdf.Root.Lang
        for each in figures_of(pdf):
            del each.Alt
        out = io.BytesIO()
        pdf.save(out)
    assert {"PDFUA1-FIGURE-ALTERNATIVE-TEXT-001", "PDFUA1-TEXT-LANGUAGE-001"} <= set(amiss(out.getvalue(), LISTENERS))


def amiss(pdf: bytes, rules: str) -> Iterator[str]:
    """Give the rules that the validator finds broken."""
    for each in validator.validate_pdf_bytes(pdf, profile=rules).failures:
        if each.rule_id == "PDFA2A-STREAM-LENGTH-001" and each.object_id and _ends_as_it_says(pdf, each.object_id):
            continue
        yield each.rule_id


def _ends_as_it_says(pdf: bytes, place: validator.PdfObjectId) -> bool:
    """Tell whether a stream has the length it gives and happens to end as a line of old does.

    The typesetter sets one sign behind it; the validator takes both for the line's end, veraPDF reads by the length.
    """
    with pikepdf.open(io.BytesIO(pdf)) as read:
        content = read.get_object(place.object_number, place.generation).read_raw_bytes()
    return content.endswith(b"\r") and content + b"\nendstream" in pdf


def figures_of(pdf: Pdf) -> Iterator[pikepdf.Dictionary]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get(Name.S) == Name.Figure and Name.Alt in each:
            yield each
