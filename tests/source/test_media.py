from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from site_builder.source.media import media_type

_OPEN = "application/vnd.openxmlformats-officedocument."
_DOCX = _OPEN + "wordprocessingml.document"


@pytest.mark.parametrize(
    ("format", "kind"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("PDF", "application/pdf"),
    ],
)
def test_pictures_and_pdf(format: str, kind: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(stream, format)
    assert media_type(stream.getvalue()) == kind


def _zip(*members: tuple[str, bytes], stored: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def _office(part: str, kind: str, *more: tuple[str, bytes], types_last: bool = False) -> bytes:
    content = f'<Types><Override PartName="/{part}" ContentType="{kind}.main+xml"/></Types>'.encode()
    types = ("[Content_Types].xml", content)
    members = ((part, b"<x/>"), *more, types) if types_last else (types, (part, b"<x/>"), *more)
    return _zip(*members)


@pytest.mark.parametrize("types_last", [False, True])
@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "wordprocessingml.document"),
        ("xl/workbook.xml", "spreadsheetml.sheet"),
        ("ppt/presentation.xml", "presentationml.presentation"),
    ],
)
def test_microsoft_office(part: str, kind: str, types_last: bool) -> None:
    assert media_type(_office(part, _OPEN + kind, types_last=types_last)) == _OPEN + kind


@pytest.mark.parametrize("kind", ["text", "spreadsheet", "presentation"])
def test_libreoffice(kind: str) -> None:
    name = f"application/vnd.oasis.opendocument.{kind}"
    assert media_type(_zip(("mimetype", name.encode()), ("content.xml", b"<x/>"), stored=True)) == name


_ODT = b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"just words", id="text"),
        pytest.param(b"<!doctype html><script>alert(1)</script>", id="html"),
        pytest.param(b"\xef\xbb\xbf<html>", id="html with a mark"),
        pytest.param(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', id="svg"),
        pytest.param(b"#!/bin/sh\n", id="script"),
        pytest.param(b"MZ\x90\x00", id="windows program"),
        pytest.param(b"\x7fELF", id="linux program"),
        pytest.param(b"\xca\xfe\xba\xbe", id="java or mac program"),
        pytest.param(b"\x1f\x8b\x08", id="gzip"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", id="7z"),
        pytest.param(b"Rar!\x1a\x07", id="rar"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", id="old or locked office file"),
        pytest.param(b"RIFF\x00\x00\x00\x00WAVE", id="sound"),
        pytest.param(b"\n%PDF-1.7", id="pdf with something before"),
        pytest.param(b"GIF88a", id="no gif"),
        pytest.param(_zip(("a.txt", b"x")), id="zip"),
        pytest.param(_zip(), id="empty zip"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 50, id="broken zip"),
        pytest.param(b"#!/bin/sh\n" + _office("word/document.xml", _DOCX), id="script before a docx"),
        pytest.param(_office("word/document.xml", _DOCX, ("word/vbaProject.bin", b"x")), id="docx with macros"),
        pytest.param(_office("word/document.xml", "application/vnd.ms-word.document.macroEnabled"), id="docm"),
        pytest.param(_office("word/document.xml", _DOCX, ("word/activeX/activeX1.bin", b"x")), id="active parts"),
        pytest.param(_office("word/document.xml", _DOCX, ("word/embeddings/oleObject1.bin", b"x")), id="a packed file"),
        pytest.param(_office("word/other.xml", _DOCX), id="docx without its main part"),
        pytest.param(_zip(("mimetype", _ODT), ("content.xml", b"<x/>")), id="odt with packed type"),
        pytest.param(_zip(("content.xml", b"<x/>"), ("mimetype", _ODT), stored=True), id="odt with type not first"),
        pytest.param(
            _zip(("mimetype", _ODT), ("content.xml", b""), ("Basic/x.xml", b""), stored=True), id="odt macros"
        ),
        pytest.param(
            _zip(("mimetype", _ODT), ("content.xml", b""), ("Scripts/x.py", b""), stored=True), id="odt script"
        ),
        pytest.param(_zip(("mimetype", b"application/epub+zip"), ("content.xml", b""), stored=True), id="epub"),
    ],
)
def test_what_may_not_be_kept(content: bytes) -> None:
    assert media_type(content) == ""


def test_a_type_list_that_swells_is_not_unpacked() -> None:
    swelling = _zip(("[Content_Types].xml", b" " * 50_000_000), ("word/document.xml", b"<x/>"))
    assert len(swelling) < 100_000
    assert media_type(swelling) == ""


@given(st.binary(max_size=80), st.sampled_from([b"", b"PK\x03\x04", b"RIFF", b"\x89PNG\r\n\x1a\n", b"%PDF-"]))
def test_any_bytes_have_a_kind_or_none(content: bytes, start: bytes) -> None:
    assert isinstance(media_type(start + content), str)


@given(st.integers(4, 400), st.binary(min_size=1, max_size=6))
def test_a_damaged_office_file_is_no_fault_of_the_program(place: int, damage: bytes) -> None:
    whole = _office("word/document.xml", _DOCX)
    assert media_type(whole[:place] + damage + whole[place + len(damage) :]) in ("", _DOCX)


def test_the_documents_of_the_small_school_may_be_kept() -> None:
    folder = Path(__file__).parent.parent / "data/stores/good/small-school"
    kept = {path.name: media_type(path.read_bytes()) for path in folder.rglob("documents/*") if path.suffix != ".yaml"}
    assert kept == dict.fromkeys(kept, "image/png")
    assert kept
