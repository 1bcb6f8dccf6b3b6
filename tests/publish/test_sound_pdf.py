"""Binders of the sample as a program reads them: sound, with their letters, and with all that is drawn in its place.

It is what PDF/UA-1 asks and a program can see without a validator: nothing is drawn that is neither decoration nor an
element's, and each piece of the structure is drawn where it says (7.1); every font is embedded and says its letters
(7.21.4.1, 7.21.7).
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from site_builder.access.sites import common_copy
from site_builder.publish.binding import Sheets, bind, papers_of
from site_builder.publish.typeset import Paper, manuscript
from site_builder.render.binder_data import binder_data
from tests.publish.making_papers import LETTER
from tests.publish.making_papers import paper as foreign
from tests.publish.pdf_reading import pages
from tests.sample import sample
from tests.stores import TODAY

STUDENTS = [each.id for each in sample().students]
FORMS = [(each, Paper()) for each in STUDENTS[::2]] + [
    ("rivera-ana", Paper(large_print=True)),
    ("tran-linh", Paper(archive=True)),
    ("smith-tyler", Paper(archive=True)),
    ("chen-oliver", Paper(size="a4", duplex=True)),
]
DRAWS = {*"SsfFBb", "f*", "B*", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"}


@pytest.mark.parametrize(("student", "paper"), FORMS)
def test_a_binder_is_sound(student: str, paper: Paper) -> None:
    copy = common_copy(sample(), student, TODAY)
    papers = papers_of(copy)
    given = manuscript(binder_data(copy, papers.pages, papers.unprinted), paper)
    done = bind(Sheets(manuscript=given, papers=papers.laid, duplex=paper.duplex)).pdf
    with pikepdf.open(io.BytesIO(done)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        assert not list(fonts_amiss(pdf))
        elements = dict(pairs_of(pdf.Root.StructTreeRoot.ParentTree))
        for page in pdf.pages:
            drawn = numbers_drawn(page)
            waiting = elements.get(int(page.obj.get(Name.StructParents, -1)), Array())
            assert drawn == {at for at, each in enumerate(waiting) if isinstance(each, Dictionary)}
    assert not [text for text in pages(done) if "\u200b" in text], "a sign within a word hides it from a search"


def test_what_is_amiss_would_be_seen() -> None:
    pdf, page = foreign(LETTER, "untagged")
    assert list(fonts_amiss(pdf)) == ["/Helvetica"]
    with pytest.raises(AssertionError, match="nobody's"):
        numbers_drawn(page)


def fonts_amiss(pdf: Pdf) -> Iterator[str]:
    """Give the fonts whose letters are not in the file, or that do not say which they are."""
    for each in pdf.objects:
        if not isinstance(each, Dictionary) or each.get(Name.Type) != Name.Font:
            continue
        below = each.get(Name.DescendantFonts)
        about = (below[0] if isinstance(below, Array) else each).get(Name.FontDescriptor, Dictionary())
        if each.get(Name.Subtype) in {Name.CIDFontType0, Name.CIDFontType2, Name.Type3}:
            continue
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(about.keys()) or Name.ToUnicode not in each:
            yield str(each.get(Name.BaseFont))


def numbers_drawn(page: Page) -> set[int]:
    """Return the numbers of the elements' pieces on a page; nothing is drawn outside of them but decoration."""
    marks: list[str] = []
    found: set[int] = set()
    for each in pikepdf.parse_content_stream(page):
        name = str(each.operator)
        if name in {"BDC", "BMC"}:
            about = each.operands[1] if len(each.operands) > 1 else Dictionary()
            number = about.get(Name.MCID)
            assert number is None or not marks, "an element within another or within decoration"
            assert marks or number is not None or str(each.operands[0]) == "/Artifact", "a mark that says nothing"
            marks.append(name)
            if number is not None:
                assert int(number) not in found, "two pieces of one number"
                found.add(int(number))
        elif name == "EMC":
            marks.pop()
        elif name in DRAWS:
            assert marks, f"{name} draws what is nobody's"
    assert not marks
    return found


def pairs_of(tree: Object) -> Iterator[tuple[int, Object]]:
    """Give the entries of a tree of numbers."""
    numbers = list(tree.get(Name.Nums, Array()))
    yield from ((int(numbers[at]), numbers[at + 1]) for at in range(0, len(numbers), 2))
    for kid in tree.get(Name.Kids, Array()):
        yield from pairs_of(kid)
