"""What a supporting document is by its content, whatever its name says."""

from __future__ import annotations

import io
import zipfile
import zlib

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
_MOST_MEMBERS = 10_000
_MOST_TYPES = 1024 * 1024


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
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
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
    for part, kind, main in _MAIN_PARTS:
        if part in names and main in types:
            return kind
    return ""
