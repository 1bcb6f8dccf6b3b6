"""Supporting documents that carry a word in every place where cameras, scanners and office programs write."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

Word = Callable[[str], str]
"""Makes the canary for a field: `exif` is taken out of every copy, `content` belongs to the document."""

SUFFIXES = {"png": ".png", "jpg": ".jpg", "pdf": ".pdf", "docx": ".docx"}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def document(form: str, word: Word) -> bytes:
    """Return a file of the kind `form`."""
    return {"png": _png, "jpg": _jpeg, "pdf": _pdf, "docx": _docx}[form](word)


def _pixels(word: str) -> Image.Image:
    return Image.new("RGB", (8, 8), (zlib.crc32(word.encode()) % 200, 120, 90))


def _png(word: Word) -> bytes:
    plain = io.BytesIO()
    first = word("exif")
    _pixels(first).save(plain, "PNG")
    packed = zlib.compress(word("exif").encode())
    chunks = [
        _chunk(b"tEXt", b"Comment\0" + first.encode()),
        _chunk(b"zTXt", b"Author\0\0" + packed),
        _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _xmp(word("exif"))),
        _chunk(b"eXIf", _exif(word).tobytes()[6:]),
    ]
    content = plain.getvalue()
    return content[:33] + b"".join(chunks) + content[33:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _jpeg(word: Word) -> bytes:
    made = io.BytesIO()
    comment = word("exif")
    _pixels(comment).save(made, "JPEG", exif=_exif(word), comment=comment.encode(), xmp=_xmp(word("exif")))
    return made.getvalue()


def _exif(word: Word) -> Image.Exif:
    """Return what a camera writes: its owner, words, and the place."""
    made = Image.Exif()
    made[Base.ImageDescription] = word("exif")
    made[Base.Artist] = word("exif")
    made.get_ifd(IFD.Exif)[Base.UserComment] = b"UNICODE\0" + word("exif").encode("utf-16-le")
    place = made.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (38.0, 17.0, 42.0)
    place[GPS.GPSAreaInformation] = word("exif").encode()
    return made


def _xmp(word: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{word}</dc:creator></x:xmpmeta>'.encode()


def _pdf(word: Word) -> bytes:
    """Return a page with a word in its packed text, its packed metadata and, in UTF-16, its properties."""
    text = zlib.compress(f"BT /F1 12 Tf 72 720 Td ({word('content')}) Tj ET".encode())
    title = ("\ufeff" + word("content")).encode("utf-16-be").hex().upper()
    metadata = zlib.compress(_xmp(word("content")))
    packed = "/Filter/FlateDecode"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}{packed}>>stream\n".encode() + text + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/Metadata/Subtype/XML/Length {len(metadata)}{packed}>>stream\n".encode() + metadata + b"\nendstream",
        f"<</Title<{title}>>>".encode(),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj".encode() + part + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return bytes(out) + f"trailer<</Size {len(parts) + 1}/Root 1 0 R/Info 7 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def _docx(word: Word) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {
            "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
            "word/document.xml": f"<w:document><w:body><w:p>{word('content')}</w:p></w:body></w:document>",
            "docProps/core.xml": f"<cp:coreProperties><dc:creator>{word('content')}</dc:creator></cp:coreProperties>",
        }.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()
