"""Pages of supporting documents within the binder: where they stand, and what they leave as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from site_builder.access.view import Copy, PaperView
from site_builder.publish.binding import GONE, MENDED, NO_IMAGE, Bound, Papers, Sheets, bind, papers_of
from site_builder.publish.laying import FOOT, HEAD, HOLES, OUTER
from site_builder.publish.typeset import Paper, Typeset, Typesetter, manuscript
from site_builder.render.binder_data import binder_data
from tests.publish.making_papers import MAKERS
from tests.render.example_site import ana, copy_for_parent

LAID = ("letter.pdf", "a4.pdf", "landscape.pdf", "rotated.pdf", "large-unit.pdf", "more-than-read.pdf", "layers.pdf")


def copy_with(*names: str) -> Copy:
    """Return a copy whose only papers are these cases, in this year's section."""
    file = ana()
    like = next(each for year in file.years for each in year.papers if each.media_type == "application/pdf")
    papers = tuple(paper_of(name, like) for name in names)
    years = tuple(replace(each, papers=papers if each is file.years[0] else ()) for each in file.years)
    return replace(copy_for_parent(), file=replace(file, years=years))


def paper_of(name: str, like: PaperView) -> PaperView:
    path = f"2026-27/documents/{name}"
    return replace(like, path=path, title=f"Paper {name}", confidential=False, consents=(), load=MAKERS[name])


@cache
def bound(*names: str, paper: Paper = Paper()) -> tuple[Papers, Typeset, Bound]:  # noqa: B008 - it is frozen
    copy = copy_with(*names)
    papers = papers_of(copy)
    data = binder_data(copy, papers.pages, papers.unprinted)
    plain = Typesetter().typeset(data, paper)
    return papers, plain, bind(Sheets(manuscript=manuscript(data, paper), papers=papers.laid, duplex=paper.duplex))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def laid_form(page: pikepdf.Page) -> Stream | None:
    found = page.resources.get(Name.XObject, Dictionary()).get(Name.Laid)
    return found if isinstance(found, Stream) else None


def corners(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return left, low, right and high of what is laid on the page, worked out anew from the drawing order."""
    orders = list(pikepdf.parse_content_stream(page))
    drawn = next(
        place for place, each in enumerate(orders) if str(each.operator) == "Do" and each.operands[0] == Name.Laid
    )
    assert [str(each.operator) for each in orders[drawn - 2 : drawn + 2]] == ["q", "cm", "Do", "Q"]
    placed = pikepdf.Matrix(*(float(each) for each in orders[drawn - 1].operands))
    form = laid_form(page)
    assert form is not None
    inner = pikepdf.Matrix(*(float(each) for each in form.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0]))))
    x0, y0, x1, y1 = (float(each) for each in form.BBox)
    points = [(inner @ placed).transform((x, y)) for x in (x0, x1) for y in (y0, y1)]
    return (
        min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points),
    )  # fmt: skip


def test_every_page_of_every_document_stands_once_on_the_page_that_waits_for_it() -> None:
    papers, plain, done = bound(*LAID)
    waiting = [page for each in plain.laid for page in range(each.first, each.first + each.pages)]
    assert sum(papers.pages.values()) == len(waiting) == 8
    with opened(done.pdf) as pdf:
        filled = [number for number, page in enumerate(pdf.pages, 1) if laid_form(page) is not None]
        assert len(pdf.pages) == done.pages == plain.pages
    assert filled == waiting


@pytest.mark.parametrize("duplex", [False, True])
@pytest.mark.parametrize("size", ["letter", "a4"])
def test_a_laid_page_keeps_clear_of_holes_head_and_foot(size: str, duplex: bool) -> None:
    _, plain, done = bound(*LAID, paper=Paper(size=size, duplex=duplex))
    with opened(done.pdf) as pdf:
        for number in (page for each in plain.laid for page in range(each.first, each.first + each.pages)):
            page = pdf.pages[number - 1]
            left, low, right, high = corners(page)
            wide, tall = float(page.mediabox[2]), float(page.mediabox[3])
            back = duplex and number % 2 == 0
            assert left >= (OUTER if back else HOLES) - 0.1
            assert right <= wide - (HOLES if back else OUTER) + 0.1
            assert low >= FOOT - 0.1
            assert high <= tall - HEAD + 0.1


def test_a_wide_page_is_turned_and_a_small_one_is_not_blown_up() -> None:
    _, plain, done = bound("landscape.pdf", "letter.pdf")
    with opened(done.pdf) as pdf:
        wide, upright = (corners(pdf.pages[each.first - 1]) for each in plain.laid)
    assert wide[3] - wide[1] > wide[2] - wide[0]
    assert upright[3] - upright[1] > upright[2] - upright[0]
    assert wide[3] - wide[1] <= 792


def test_the_words_of_a_document_can_be_found_and_what_must_not_come_along_cannot() -> None:
    _, plain, done = bound(*LAID)
    reader = pypdf.PdfReader(io.BytesIO(done.pdf))
    texts = {each.path.rpartition("/")[2]: reader.pages[each.first - 1].extract_text() for each in plain.laid}
    assert "STAYSLETTER" in texts["letter.pdf"]
    assert "STAYSFILLED" in texts["more-than-read.pdf"]
    assert all("Page" in text for text in texts.values()), "the foot of the binder is still there"
    out = io.BytesIO()
    with opened(done.pdf) as pdf:
        pdf.save(out, qdf=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    assert b"GOES" not in out.getvalue()


def test_tags_contents_and_bookmarks_are_those_of_the_typeset_binder() -> None:
    _, plain, done = bound(*LAID)
    with opened(plain.pdf) as before, opened(done.pdf) as after:
        assert str(after.Root.Lang) == str(before.Root.Lang)
        assert after.docinfo.get("/Title") == before.docinfo.get("/Title")
        assert bool(after.Root.MarkInfo.Marked)
        assert tree_of(after) == tree_of(before)
        assert outline_of(after) == outline_of(before)
        assert [each.get(Name.StructParents) for each in after.pages] == [
            each.get(Name.StructParents) for each in before.pages
        ]
    titles = [title for title, _ in outline_of(opened(done.pdf))]
    assert "Paper a4.pdf" in titles


def test_a_laid_page_is_drawn_within_the_figure_whose_words_stand_for_it() -> None:
    _, plain, done = bound(*LAID)
    with opened(done.pdf) as pdf:
        parents = dict(pairs_of(pdf.Root.StructTreeRoot.ParentTree))
        for each in plain.laid:
            for place in range(each.pages):
                page = pdf.pages[each.first + place - 1]
                figure = parents[int(page.obj.StructParents)][mark_around_laid(page)]
                assert str(figure.S) == "/Figure"
                assert re.search(
                    rf"Paper {each.path.rpartition('/')[2]}.* {place + 1} of {each.pages}$", str(figure.Alt)
                )


def pairs_of(tree: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """Give the entries of a tree of numbers."""
    numbers = list(tree.get(Name.Nums, Array()))
    yield from ((int(numbers[place]), numbers[place + 1]) for place in range(0, len(numbers), 2))
    for kid in tree.get(Name.Kids, Array()):
        yield from pairs_of(kid)


def mark_around_laid(page: pikepdf.Page) -> int:
    """Return the number of the marked content in which the laid page is drawn."""
    marks: list[pikepdf.Object | None] = []
    for each in pikepdf.parse_content_stream(page):
        if str(each.operator) in {"BDC", "BMC"}:
            marks.append(each.operands[1].get(Name.MCID) if len(each.operands) > 1 else None)
        elif str(each.operator) == "EMC":
            marks.pop()
        elif str(each.operator) == "Do" and each.operands[0] == Name.Laid:
            return int(marks[-1])  # type: ignore[arg-type]
    raise AssertionError("nothing is laid here")


def test_what_stood_before_is_not_touched() -> None:
    """The binder is added to behind its end; nothing of it is lost or written otherwise."""
    _, plain, done = bound(*LAID)
    assert done.pdf.startswith(plain.pdf)
    with opened(done.pdf) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []


def tree_of(pdf: pikepdf.Pdf) -> list[tuple[int, str, str]]:
    """Return depth, kind and words in place of each element of the reading order."""
    found: list[tuple[int, str, str]] = []
    waiting = [(0, pdf.Root.StructTreeRoot)]
    while waiting:
        depth, each = waiting.pop()
        if isinstance(each, Dictionary):
            found.append((depth, str(each.get(Name.S, "")), str(each.get(Name.Alt, ""))))
            below = each.get(Name.K)
            kids = list(below) if isinstance(below, Array) else [below] if isinstance(below, Dictionary) else []
            waiting.extend((depth + 1, kid) for kid in reversed(kids))
    return found


def outline_of(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Return title and page of each bookmark."""
    reader = io.BytesIO()
    pdf.save(reader)
    read = pypdf.PdfReader(reader)
    found: list[tuple[str, int]] = []

    def gather(items: list[object]) -> None:
        for each in items:
            if isinstance(each, list):
                gather(each)
            elif isinstance(each, pypdf.generic.Destination):
                found.append((str(each.title), read.get_destination_page_number(each) or 0))

    gather(list(read.outline))
    return found


def test_a_binder_with_others_pages_claims_no_conformance_and_one_without_keeps_its_claim() -> None:
    for archive in (False, True):
        _, plain, done = bound("letter.pdf", paper=Paper(archive=archive))
        assert b"pdfuaid:part" in plain.pdf
        with opened(done.pdf) as pdf:
            metadata = pdf.Root.Metadata.read_bytes()
            assert b"pdfuaid:part>" not in metadata
            assert b"pdfaid:part>" not in metadata
            assert b"dc:title" in metadata
            with pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as read:
                assert (read.pdfa_status, read["dc:language"]) == ("", {"en-US"})
    _, plain, done = bound()
    assert done.pdf == plain.pdf


def test_what_cannot_be_printed_has_a_sheet_that_says_so() -> None:
    papers, plain, done = bound("locked.pdf", "junk.pdf", "truncated.pdf", "five-thousand-pages.pdf", "letter.pdf")
    assert [(each.path.rpartition("/")[2], each.sentence.partition(":")[0]) for each in papers.notes] == [
        ("locked.pdf", "is locked with a password"),
        ("junk.pdf", "is damaged, and its pages cannot be read"),
        ("truncated.pdf", MENDED.partition(":")[0]),
        ("five-thousand-pages.pdf", "has more than 300 pages"),
    ]
    assert [each.path.rpartition("/")[2] for each in plain.laid] == ["truncated.pdf", "letter.pdf"]
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(done.pdf)).pages).split())
    assert "The file is locked with a password" in text
    assert "The file is damaged" in text
    assert "The document is too long" in text
    assert text.count("Insert the printed document here.") == 3


def test_a_document_that_is_gone_is_told() -> None:
    def gone() -> bytes:
        raise OSError("gone")

    copy = copy_with("letter.pdf")
    years = tuple(
        replace(year, papers=tuple(replace(each, load=gone) for each in year.papers)) for year in copy.file.years
    )
    papers = papers_of(replace(copy, file=replace(copy.file, years=years)))
    assert [each.sentence for each in papers.notes] == [GONE]
    assert papers.laid == {}


def test_an_image_that_is_none_is_told_and_has_a_sheet_that_says_so() -> None:
    file = ana()
    like = next(each for year in file.years for each in year.papers)
    bad = replace(
        like,
        path="2026-27/documents/shot.jpg",
        media_type="image/jpeg",
        load=lambda: b"\0\0\0\x18ftypheic",
        consents=(),
    )
    years = tuple(replace(each, papers=(bad,) if each is file.years[0] else ()) for each in file.years)
    copy = replace(copy_for_parent(), file=replace(file, years=years))
    papers = papers_of(copy)
    assert [(each.path, each.sentence) for each in papers.notes] == [(bad.path, NO_IMAGE)]
    done = Typesetter().typeset(binder_data(copy, papers.pages, papers.unprinted))
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(done.pdf)).pages).split())
    assert "The file of this paper cannot be read at the moment." in text


def test_the_same_records_give_the_same_bytes() -> None:
    first = bound(*LAID)[2].pdf
    bound.cache_clear()
    assert bound(*LAID)[2].pdf == first
