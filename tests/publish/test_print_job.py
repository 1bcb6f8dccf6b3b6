"""Many binders as one print job: order, fronts of sheets, and nothing but pages."""

from __future__ import annotations

import io
import resource
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdf
import pytest

from site_builder.publish import print_job as printing
from site_builder.publish.print_job import Piece, sheets_of
from tests.publish.making_papers import MAKERS, paper, saved, sheet

if TYPE_CHECKING:
    from typing_extensions import Buffer


@pytest.fixture
def pieces(tmp_path: Path) -> list[Piece]:
    found = []
    for name in ("letter.pdf", "a4.pdf", "more-than-read.pdf"):
        (tmp_path / name).write_bytes(MAKERS[name]())
        found.append(Piece(tmp_path / name, f"Owner of {name} – ʻŌlelo, Nguyễn"))
    return found


def print_job(pieces: Sequence[Piece], *, duplex: bool) -> bytes:
    out = io.BytesIO()
    printing.print_job(pieces, out, duplex=duplex)
    return out.getvalue()


def read(job: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(job))


def marks(job: pypdf.PdfReader) -> list[tuple[str, int | None]]:
    found = [each for each in job.outline if isinstance(each, pypdf.generic.Destination)]
    return [(str(each.title), job.get_destination_page_number(each)) for each in found]


def test_on_both_sides_each_begins_on_a_front(pieces: list[Piece]) -> None:
    job = read(print_job(pieces, duplex=True))
    assert marks(job) == [(pieces[0].title, 0), (pieces[1].title, 2), (pieces[2].title, 4)]
    assert len(job.pages) == 6
    texts = [each.extract_text() for each in job.pages]
    assert "STAYSLETTER" in texts[0]
    assert (texts[1], texts[5]) == ("", "")
    assert "STAYSSECOND" in texts[3]
    assert job.pages[1].mediabox == job.pages[0].mediabox


def test_on_one_side_nothing_is_empty(pieces: list[Piece]) -> None:
    job = read(print_job(pieces, duplex=False))
    assert [page for _, page in marks(job)] == [0, 1, 3]
    assert len(job.pages) == 4
    assert all(each.extract_text() for each in job.pages)


def test_nothing_but_pages_comes_along(pieces: list[Piece]) -> None:
    with pikepdf.open(io.BytesIO(print_job(pieces, duplex=True))) as job:
        assert job.check_pdf_syntax() == []
        assert job.get_warnings() == []
        assert set(job.Root.keys()) == {"/Type", "/Pages", "/Outlines"}
        assert not any("/Annots" in page.obj or "/StructParents" in page.obj for page in job.pages)


def test_no_binder_is_kept_open_or_in_memory(pieces: list[Piece]) -> None:
    """A whole school is more files than a program may have open at once, and more than fits into its memory."""
    many = pieces * 400
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    seen: list[int] = []

    class Out(io.RawIOBase):
        def write(self, content: Buffer) -> int:
            seen.append(memoryview(content).nbytes)
            return seen[-1]

    resource.setrlimit(resource.RLIMIT_NOFILE, (200, before[1]))
    try:
        printing.print_job(many, Out(), duplex=False)  # type: ignore[arg-type]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert max(seen) < 20_000 < 1_000_000 < sum(seen)


def test_the_same_pieces_give_the_same_bytes(pieces: list[Piece]) -> None:
    assert print_job(pieces, duplex=True) == print_job(pieces, duplex=True)


def test_a_job_of_nothing_and_a_piece_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        print_job([Piece(tmp_path / "gone.pdf", "Nobody")], duplex=True)


@pytest.mark.parametrize(("pages", "both", "one"), [(0, 0, 0), (1, 1, 1), (2, 1, 2), (23, 12, 23)])
def test_sheets(pages: int, both: int, one: int) -> None:
    assert (sheets_of(pages, duplex=True), sheets_of(pages, duplex=False)) == (both, one)


def test_two_binders_with_fonts_of_one_name_keep_their_own(tmp_path: Path) -> None:
    found = []
    for word in ("first", "second"):
        pdf, _ = paper((612, 792), word)
        sheet(pdf, (612, 792), f"{word} again")
        (tmp_path / f"{word}.pdf").write_bytes(saved(pdf))
        found.append(Piece(tmp_path / f"{word}.pdf", word))
    assert [each.extract_text().strip() for each in read(print_job(found, duplex=True)).pages] == [
        "first", "first again", "second", "second again",
    ]  # fmt: skip
