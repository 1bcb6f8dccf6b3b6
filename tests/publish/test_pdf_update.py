"""What is added behind the end of a PDF: read again, it is what it was, and what stood before is as it was."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from site_builder.publish.pdf_objects import Taken, stream, with_entries
from site_builder.publish.pdf_update import Update
from tests.publish.making_papers import LETTER, paper, saved


def plain() -> bytes:
    """Return a PDF with a table at its end, as the typesetter writes it."""
    return saved(paper(LETTER, "STANDS")[0], object_stream_mode=pikepdf.ObjectStreamMode.disable)


def opened(content: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(content))


def odd() -> Pdf:
    """Return a PDF whose `Odd` has every kind of value, and refers to itself."""
    pdf, _ = paper(LETTER, "ODD")
    form = pdf.make_indirect(Stream(pdf, b"q 5 0 R Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1.5, -2]))
    shared = pdf.make_indirect(Array([1, 2, form]))
    form.Shared = shared
    form.Packed = pdf.make_indirect(Dictionary(Words=String("see 9 0 R (here) \\ ")))
    form[Name("/A b#/(").unparse().decode()] = String(b"\x00\xff\xfe")
    form.Direct = Dictionary(
        Deep=Array([None, True, False, 0.25, Name("/x y"), Array([shared, Dictionary(Again=form)])])
    )
    form.Raw = pdf.make_indirect(Stream(pdf, b"\r\nendstream\r\nendobj", Length1=3))
    pdf.Root.Odd = form
    return pdf


def said(value: object, seen: set[tuple[int, int]]) -> Iterator[object]:
    """Give what a value says, through all it refers to, in an order that does not depend on numbers."""
    if not isinstance(value, (Array, Dictionary, Stream)):
        yield value.unparse() if isinstance(value, Object) else value
        return
    if value.is_indirect:
        if value.objgen in seen:
            yield "again"
            return
        seen.add(value.objgen)
    if isinstance(value, Array):
        yield "["
        for each in value:
            yield from said(each, seen)
        return
    if isinstance(value, Stream):
        yield value.read_bytes()
    for key, each in sorted(value.items()):
        if key not in {"/Length", "/Filter"}:
            yield key
            yield from said(each, seen)


def test_an_object_of_another_pdf_comes_whole_with_all_that_it_refers_to() -> None:
    with odd() as source:
        content = saved(source, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with opened(content) as source, opened(plain()) as target:
        form = source.Root.Odd
        update = Update(plain(), target)
        count = target.trailer.Size
        taken = Taken(update.new_number)
        reference = update.copy(form, taken)
        assert update.copy(form, taken) == reference, "what is there is not added twice"
        update.replace(target.Root.objgen[0], with_entries(target.Root, Odd=reference))
        done = update.content()
        with opened(done) as read:
            assert read.check_pdf_syntax() == []
            assert read.trailer.Size == count + 4
            assert list(said(read.Root.Odd, set())) == list(said(form, set()))


def test_what_stands_before_stays_and_the_same_additions_give_the_same_bytes() -> None:
    made = []
    for words in (b"(one)", b"(one)", b"(other)"):
        with opened(plain()) as target:
            update = Update(plain(), target)
            words = update.add(stream(b"<</Odd true>>", words))
            update.replace(target.Root.objgen[0], with_entries(target.Root, Odd=words))
            made.append(update.content())
    assert made[0] == made[1] != made[2]
    assert made[0].startswith(plain().rstrip())
    with opened(plain()) as before, opened(made[0]) as first, opened(made[2]) as other:
        assert first.Root.Odd.read_bytes() == b"(one)"
        assert len(first.pages) == 1
        first_id, before_id, other_id = (bytes(each.trailer.ID[0]) for each in (first, before, other))
        assert first_id == before_id == other_id
        assert bytes(first.trailer.ID[1]) != bytes(other.trailer.ID[1])


@pytest.mark.parametrize("content", [b"", b"x", b"x\r", b"x\n", b"x\r\n"])
def test_where_a_stream_ends_is_the_same_by_its_length_and_by_the_line_behind_it(content: bytes) -> None:
    body = stream(b"<<>>", content)
    inside = body[body.index(b"stream\n") + 7 : body.rindex(b"endstream")]
    without_line_end = inside.removesuffix(b"\n").removesuffix(b"\r")
    assert without_line_end == content
    assert b"/Length %d>>" % len(content) in body


def test_what_has_no_table_at_its_end_is_not_added_to() -> None:
    whole = plain()
    with opened(whole) as target:
        update = Update(whole[:-9], target)
        with pytest.raises(ValueError, match="not a PDF"):
            update.content()
