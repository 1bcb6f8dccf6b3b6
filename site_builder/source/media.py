"""What a supporting document is by its content, whatever its name says."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_OFFICE_OPEN = "application/vnd.openxmlformats-officedocument"
_MAIN_PARTS: tuple[tuple[str, str, bytes], ...] = (
    ("word/document.xml", f"{_OFFICE_OPEN}.wordprocessingml.document", b"wordprocessingml.document.main+xml"),
    ("xl/workbook.xml", f"{_OFFICE_OPEN}.spreadsheetml.sheet", b"spreadsheetml.sheet.main+xml"),
    ("ppt/presentation.xml", f"{_OFFICE_OPEN}.presentationml.presentation", b"presentationml.presentation.main+xml"),
)
_OPEN_DOCUMENT = {f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")}
_ACTIVE = ("vbaproject", "activex", "vbadata", "macrosheets", "oleobject")
_ACTIVE_FOLDERS = ("basic/", "scripts/", "object ")
_ELSEWHERE = re.compile(r"\s*(?:[\\/]{2}|(?!file:///)[a-z][a-z0-9+.-]+:)", re.IGNORECASE)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    LookupError,
)
_MOST_MEMBERS = 10_000
_MOST_TYPES = 1024 * 1024
_MOST_RELATIONS = 4 * 1024 * 1024


def media_type(content: bytes) -> str:
    """Return the media type of a document that may be kept, or an empty text for every other kind.

    Kept are PNG, JPEG, WebP, GIF, PDF, and files of office programs without macros: docx xlsx pptx odt ods odp. Web
    pages, SVG, scripts, programs, archives and everything unknown are not.
    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    return ""


def _office_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            if len(names) > _MOST_MEMBERS or len(set(names)) != len(names) or any(map(_is_active, names)):
                return ""
            if any(member.flag_bits & 1 for member in members):  # behind a password nobody can tell what is inside
                return ""
            return _open_document_type(archive, members) or _office_open_type(archive, set(names))
    except _DAMAGE:
        return ""


def _is_active(name: str) -> bool:
    lower = name.lower()
    return any(word in lower for word in _ACTIVE) or lower.startswith(_ACTIVE_FOLDERS)


def _open_document_type(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str:
    first = min(members, key=lambda member: member.header_offset, default=None)
    if (
        first is None
        or first.filename != "mimetype"
        or first.compress_type != zipfile.ZIP_STORED
        or first.file_size > 100
    ):
        return ""
    kind = archive.read(first).decode("ascii", "replace").strip()
    return kind if kind in _OPEN_DOCUMENT and "content.xml" in archive.namelist() else ""


def _office_open_type(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" not in names or archive.getinfo("[Content_Types].xml").file_size > _MOST_TYPES:
        return ""
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        return ""
    relations = [archive.getinfo(name) for name in names if name.lower().endswith(".rels")]
    if sum(each.file_size for each in relations) > _MOST_RELATIONS:
        return ""
    if any(_calls_elsewhere(archive.read(each)) for each in relations):
        return ""
    for part, kind, main in _MAIN_PARTS:
        if part in names and main in types:
            return kind
    return ""


def _calls_elsewhere(content: bytes) -> bool:
    """Tell whether an office file's list of relations has one fetched from another computer when the file is opened.

    Links to click on are none. A list that cannot be read is taken for one that has.
    """
    if b"<!" in content:  # entities could say anything, and no office program writes any
        return True
    try:
        relations = ElementTree.fromstring(content).iter()  # noqa: S314 - of bounded size, and without entities
    except (ElementTree.ParseError, LookupError):
        return True
    return any(
        each.get("TargetMode") == "External"
        and not each.get("Type", "").endswith("/hyperlink")
        and _ELSEWHERE.match(each.get("Target", ""))
        for each in relations
    )
