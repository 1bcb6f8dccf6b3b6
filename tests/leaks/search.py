"""Finds words in bytes, however they are written: as they are, escaped, encoded, packed, also one in the other.

Every canary has the same shape, so what is there is found by its shape and not by a list. Each way of writing is undone
and what comes out is searched again.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

SHAPE = re.compile(rb"qy[b-z]{4}ury", re.IGNORECASE)
FOLDERS = (b"alpha", b"omega", b"delta", b"leapt", b"taxed", b"emanc", b"sigma", b"zetta", b"drawn")
"""How the names of students' folders begin."""
_FOLDER = re.compile(rb"(?<![a-z])(?:" + b"|".join(FOLDERS[:-1]) + rb"|drawn[a-z]+)(?![a-z])")
_WIDE = (re.compile(rb"(?:[\x20-\x7e]\0){9,}"), re.compile(rb"(?:\0[\x20-\x7e]){9,}"))
"""Plain letters in UTF-16, small end and big end first."""
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b")
_DEEPEST = 4
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_HEX = re.compile(rb"[0-9A-Fa-f]{18,}")
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MOST = 8 * 1024 * 1024


def words_in(content: bytes) -> set[str]:
    """Return every canary in `content`, in small letters."""
    found: set[str] = set()
    seen: set[bytes] = set()
    open_: list[tuple[bytes, int]] = [(content, 0)]
    while open_:
        each, depth = open_.pop()
        if each in seen:
            continue
        seen.add(each)
        found |= _seen_in(each.lower())
        if depth < _DEEPEST:
            open_.extend((other, depth + 1) for other in _undone(each))
    return found


def _seen_in(content: bytes) -> set[str]:
    """Return the words that stand in `content` as they are; it is in small letters."""
    found = SHAPE.findall(content) if b"ury" in content else []
    if any(each in content for each in FOLDERS):
        found += _FOLDER.findall(content)
    return {each.decode() for each in found}


def _undone(content: bytes) -> Iterator[bytes]:
    """Give what `content` says when one way of writing is undone."""
    if b"&#" in content or b"\\u" in content or b"\\x" in content:
        plain = html.unescape(content.decode("utf-8", "replace"))
        yield re.sub(r"\\u00|\\x", "%", plain).encode()
    if b"%" in content:
        yield unquote_to_bytes(content)
    wide = [run.replace(b"\0", b"") for each in _WIDE for run in each.findall(content)]
    if wide:
        yield b"\n".join(wide)
    decoded = [*_from_base64(content), *_from_hex(content)]
    if decoded:
        yield b"\n".join(decoded)
        yield from (each for each in decoded if each.startswith(_ARCHIVES))
    yield from _unpacked(content)


def _from_base64(content: bytes) -> Iterator[bytes]:
    for run in _BASE64.findall(content):
        usual = run.replace(b"-", b"+").replace(b"_", b"/")
        for start in range(4):
            part = usual[start:-1] if (len(usual) - start) % 4 == 1 else usual[start:]
            yield binascii.a2b_base64(part + b"=" * (-len(part) % 4))


def _from_hex(content: bytes) -> Iterator[bytes]:
    for run in _HEX.findall(content):
        for start in (0, 1):
            part = run[start:]
            yield bytes.fromhex(part[: len(part) // 2 * 2].decode())


def _unpacked(content: bytes) -> Iterator[bytes]:
    for match in _PACKED.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[match.start() :], _MOST)
        except zlib.error:
            continue
    if content.startswith(b"\x1f\x8b"):
        with contextlib.suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(content)
    if content.startswith(b"PK\x03\x04"):
        yield from _members(content)


def _members(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.filename.encode() + b"\n" + member.comment
                yield archive.read(member)
    except zipfile.BadZipFile:  # only the first bytes look like one
        return


def ways_of_writing(word: str) -> dict[str, bytes]:
    """Return `word` in every way that is searched for, by the name of the way: what the search itself is tried on."""
    raw = word.encode()
    packed = zlib.compress(b"BT (" + raw + b") Tj ET")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.xml", b"<a>" * 50 + raw)
        made.writestr(f"{word}.txt", b"-")
    return {
        "as it is": raw,
        "in capital letters": raw.upper(),
        "decimal entities": "".join(f"&#{each};" for each in raw).encode(),
        "hexadecimal entities": "".join(f"&#x{each:x};" for each in raw).encode(),
        "URL": "".join(f"%{each:02X}" for each in raw).encode(),
        "JSON escapes": "".join(f"\\u{each:04x}" for each in raw).encode(),
        **{f"base64, {pad} before": b"(" + base64.b64encode(b"x" * pad + raw + b"yz") + b")" for pad in range(3)},
        "base64 for URLs": base64.urlsafe_b64encode(b"\xff\xfe>?" + raw),
        "base64 within base64": base64.b64encode(base64.b64encode(b"ab" + raw)),
        "hexadecimal": b"<" + raw.hex().encode() + b">",
        "UTF-16, small end first": b"\xff\xfe" + word.encode("utf-16-le"),
        "UTF-16, big end first": b"(\xfe\xff" + word.encode("utf-16-be") + b")",
        "UTF-16 in hexadecimal": b"<FEFF" + word.encode("utf-16-be").hex().upper().encode() + b">",
        "a PDF's packed stream": b"4 0 obj<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream",
        "a member of an archive": archive.getvalue(),
        "an archive in a data address": b"data:x/y;base64," + base64.b64encode(archive.getvalue()),
        "gzip": gzip.compress(raw),
    }
