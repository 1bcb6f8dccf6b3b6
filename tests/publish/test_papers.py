"""What a supporting document brings into a binder: its pages as they are printed, and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

import pikepdf
import pypdf
import pytest
from pikepdf import Dictionary, Name

from site_builder.publish.papers import CAUSES, MOST_PAGES, Prepared, placed_box, prepared
from tests.publish.making_papers import FOLDER, LARGEST, LETTER, MAKERS, paper, saved

UNPRINTABLE = {
    "locked.pdf": "locked",
    "junk.pdf": "damaged",
    "nothing.pdf": "damaged",
    "web-page.pdf": "damaged",
    "no-pages.pdf": "empty",
    "five-thousand-pages.pdf": "long",
    "bomb-in-content.pdf": "packed",
    "bomb-in-many.pdf": "packed",
    "bomb-in-objects.pdf": "damaged",
    "bomb-in-image.pdf": "packed",
    "pages-in-a-ring.pdf": "damaged",
    "no-box.pdf": "damaged",
}
MENDED = {"truncated.pdf", "cut-content.pdf", "no-size.pdf", "cropped.pdf"}
PRINTABLE = sorted(set(MAKERS) - set(UNPRINTABLE))
WHOLE, WIDE = (612, 792), (792, 612)
SIZES = {
    "letter.pdf": [WHOLE],
    "a4.pdf": [(595, 842)] * 2,
    "landscape.pdf": [WIDE],
    "rotated.pdf": [(720, 540)],
    "large-unit.pdf": [(1836, 2376)],
    "turned-over.pdf": [WHOLE],
    "turned-back.pdf": [WIDE, WIDE, WIDE, WHOLE, WHOLE],
    "no-size.pdf": [WHOLE, WHOLE],
    "odd-sizes.pdf": [WHOLE, (612, 892), (14400, 14400)],
    "cropped.pdf": [(540, 356), WHOLE, WHOLE, WHOLE, WHOLE, WHOLE],
}
MORE_THAN_DRAWING = """
    JavaScript JS OpenAction AA Launch URI A EmbeddedFile EmbeddedFiles EF AF AcroForm XFA Annots Metadata Info Author
    PieceInfo Thumb OCProperties OC OCGs StructTreeRoot StructParents MarkInfo Names Alternates OPI Properties MCID
    Outlines PageLabels B Filespec FS
"""


@cache
def made(name: str) -> Prepared:
    return prepared(MAKERS[name]())


def laid_open(content: bytes) -> bytes:
    """Return the PDF with all its streams unpacked."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            out, qdf=True, compress_streams=False, fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )  # fmt: skip
    return out.getvalue()


def printed_words(content: bytes) -> set[str]:
    return {word for page in pypdf.PdfReader(io.BytesIO(content)).pages for word in page.extract_text().split()}


@pytest.mark.parametrize("name", [each for each in MAKERS if (FOLDER / each).exists()])
def test_the_cases_are_as_they_are_made(name: str) -> None:
    assert (FOLDER / name).read_bytes() == MAKERS[name]()


def test_each_case_is_kept_unless_it_is_large() -> None:
    kept = {each.name for each in FOLDER.iterdir()}
    assert kept <= set(MAKERS)
    assert all(len(MAKERS[name]()) > LARGEST for name in set(MAKERS) - kept)


@pytest.mark.parametrize("name", UNPRINTABLE)
def test_what_cannot_be_printed_says_why(name: str) -> None:
    found = made(name)
    assert (found.cause, found.pages, found.content) == (UNPRINTABLE[name], 0, b"")
    assert found.cause in CAUSES


@pytest.mark.parametrize("name", PRINTABLE)
def test_what_is_printed_stays_and_nothing_else_comes_along(name: str) -> None:
    found, original = made(name), MAKERS[name]()
    assert found.cause == ""
    opened = laid_open(found.content)
    assert b"GOES" not in opened
    readable = laid_open(original)
    wanted = {each.decode() for each in re.findall(rb"STAYS\w+", readable)}
    assert wanted, "each case has words to look for"
    assert all(each.encode() in opened for each in wanted)
    if not found.mended:  # a font can be among what is lost
        words = " ".join(printed_words(found.content))
        assert all(each in words for each in wanted)


@pytest.mark.parametrize("name", PRINTABLE)
def test_no_key_of_a_copy_does_more_than_draw(name: str) -> None:
    with pikepdf.open(io.BytesIO(made(name).content)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        assert "/Encrypt" not in pdf.trailer
        keys = {key for each in pdf.objects if isinstance(each, Dictionary) for key in dictionary_keys(each)}
    assert not {f"/{each}" for each in MORE_THAN_DRAWING.split()} & keys


def dictionary_keys(found: pikepdf.Object) -> Iterator[str]:
    """Give the keys of a dictionary and of those in it, but for names that a page gave to what it draws."""
    for key, value in found.items():
        if key == "/Resources":
            for kind, named in value.items():
                yield kind
                for each in named.values():
                    if isinstance(each, Dictionary) and not each.is_indirect:
                        yield from dictionary_keys(each)
            continue
        yield key
        if isinstance(value, Dictionary) and not value.is_indirect:
            yield from dictionary_keys(value)


def test_the_original_of_a_case_holds_what_is_looked_for() -> None:
    """Without this the search above could be for words that were never there."""
    opened = laid_open(MAKERS["more-than-read.pdf"]())
    for each in (
        "SCRIPT",
        "NAME",
        "ATTACHED",
        "XMP",
        "AUTHOR",
        "PRIVATE",
        "THUMB",
        "ADDRESS",
        "PROGRAM",
        "VALUE",
        "XFA",
        "BOOKMARK",
        "LABEL",
        "ASSOCIATED",
        "THREAD",
        "PINNED",
        "FILENAME",
    ):
        assert f"GOES{each}".encode() in opened
    assert {b"GOESOFF", b"GOESFORM", b"GOESSTAMP"} <= set(re.findall(rb"GOES\w+", laid_open(MAKERS["layers.pdf"]())))


@pytest.mark.parametrize("name", PRINTABLE)
def test_mending_is_told(name: str) -> None:
    assert made(name).mended == (name in MENDED)


@pytest.mark.parametrize("name", SIZES)
def test_pages_stand_upright_in_their_size(name: str) -> None:
    with pikepdf.open(io.BytesIO(made(name).content)) as pdf:
        boxes = [placed_box(page.resources.XObject.P) for page in pdf.pages]
    assert [(round(right - left), round(high - low)) for left, low, right, high in boxes] == SIZES[name]


def test_marks_of_another_reading_order_are_gone_and_words_like_them_are_not() -> None:
    with pikepdf.open(io.BytesIO(made("tagged.pdf").content)) as pdf:
        orders = pdf.pages[0].resources.XObject.P.read_bytes()
    assert b"(STAYSTAGGED BDC) Tj" in orders
    assert not re.search(rb"BDC\s|\sEMC|\sMP", orders.replace(b"(STAYSTAGGED BDC)", b""))


def test_what_a_hidden_layer_sets_holds_for_what_comes_after() -> None:
    with pikepdf.open(io.BytesIO(made("layers.pdf").content)) as pdf:
        orders = [str(each.operator) for each in pikepdf.parse_content_stream(pdf.pages[0].resources.XObject.P)]
    assert orders[orders.index("re") :][:4] == ["re", "W", "n", "rg"], "the path cuts out, and is not painted"
    assert orders.count("T*") == 8, "lines of hidden words keep their room"


def test_the_same_document_gives_the_same_bytes() -> None:
    for name in ("more-than-read.pdf", "layers.pdf", "a4.pdf"):
        content = MAKERS[name]()
        first = prepared(content)
        prepared.cache_clear()
        assert prepared(content) == first


def test_the_longest_document_that_is_printed() -> None:
    pdf, page = paper(LETTER, "STAYSLONG")
    for _ in range(MOST_PAGES - 1):
        pdf.pages.append(page)
    assert prepared(saved(pdf)).pages == MOST_PAGES


def test_a_packing_without_limit_is_not_opened() -> None:
    pdf, page = paper()
    page.obj.Contents = pikepdf.Stream(pdf, b"\x80" * 300_000, Filter=Name.LZWDecode)
    assert prepared(saved(pdf)).cause == "packed"


@pytest.mark.parametrize("at", range(0, 4200, 83))
def test_a_document_cut_anywhere_is_mended_or_refused(at: int) -> None:
    found = prepared(MAKERS["more-than-read.pdf"]()[:at])
    assert bool(found.pages) != bool(found.cause)
    assert b"GOES" not in (laid_open(found.content) if found.pages else b"")
