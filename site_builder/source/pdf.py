"""What in a PDF does more than be read: programs, other files, and calls to other places.

It is no reader of PDF: it looks for the few names without which none of these can be written, also where they are
spelled with `#`-codes or packed into an object stream. What cannot be looked into is said, not passed.
"""

from __future__ import annotations

import re
import zlib
from itertools import islice

LOCKED = "a lock, so that nobody can tell what is inside"
PACKED = "parts that are packed so that nobody can tell what is inside"

_ACTIVE = {
    b"JavaScript": "a program",
    b"Launch": "an order to start another program",
    b"EmbeddedFile": "another file inside",
    b"EmbeddedFiles": "another file inside",
    b"GoToE": "another file inside",
    b"RichMedia": "a film or a program",
    b"SubmitForm": "an order to send something elsewhere",
    b"ImportData": "an order to read another file",
    b"GoToR": "an order to open another file",
    b"XFA": "a form that is a program",
    b"Encrypt": LOCKED,
}
_END = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"
_PLAIN = re.compile(rb"/(" + b"|".join(sorted((*_ACTIVE, b"ObjStm"), reverse=True)) + rb")" + _END)
_CODED = re.compile(rb"/([A-Za-z]{0,16}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,60})" + _END)
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
_FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)")
_ELSEWHERE = re.compile(rb"/F(?![A-Za-z])")
_LONGEST_DESCRIPTION = 4096
_MOST_CODED = 100_000
_MOST_UNPACKED = 64 * 1024 * 1024


def active_parts(content: bytes) -> tuple[str, ...]:
    """Return what the PDF `content` holds beside pages, in plain words and in order; nothing for one that is read only.

    At most 64 MiB are unpacked. policy: P38
    """
    found: set[str] = set()
    streams = _look_through(content, found)
    left, end = _MOST_UNPACKED, 0
    for place in streams:
        if place < end:
            continue
        unpacked, end = _objects(content, place, left)
        if unpacked is None:
            found.add(PACKED)
            break
        left -= len(unpacked)
        _look_through(unpacked, found)
    return tuple(sorted(found))


def _look_through(content: bytes, found: set[str]) -> list[int]:
    """Add to `found` what the names in `content` say, and return where streams of objects are announced."""
    named = [(match[1], match.end()) for match in _PLAIN.finditer(content)]
    coded = list(islice(_CODED.finditer(content), _MOST_CODED))
    if len(coded) == _MOST_CODED:
        found.add(PACKED)
    named += [(_decoded(match[1]), match.end()) for match in coded]
    found.update(_ACTIVE[name] for name, _ in named if name in _ACTIVE)
    return sorted(place for name, place in named if name == b"ObjStm")


def _decoded(name: bytes) -> bytes:
    return _CODE.sub(lambda code: bytes([int(code[1], 16)]), name)


def _objects(content: bytes, place: int, most: int) -> tuple[bytes | None, int]:
    """Return the objects in the stream that the name at `place` announces, and where that stream ends.

    Nothing is returned for one that is packed otherwise than all writers do, is damaged, or holds more than `most`.
    """
    opening = _STREAM.search(content, place, place + _LONGEST_DESCRIPTION)
    if opening is None:
        return None, place
    first = content.rfind(b"obj", max(0, place - _LONGEST_DESCRIPTION), place)
    about = _decoded(content[max(0, first) : opening.start()])
    end = content.find(b"endstream", opening.end())
    if first < 0 or end < 0:
        return None, place
    if b"/Filter" not in about and not _ELSEWHERE.search(about):
        return b"", end  # its names stand in the open, and were seen
    if _FILTER.findall(about) != [b"FlateDecode"] or about.count(b"Decode") > 1:
        return None, end
    inflate = zlib.decompressobj()
    try:
        unpacked = inflate.decompress(content[opening.end() : end], most + 1)
    except zlib.error:
        return None, end
    return (unpacked if inflate.eof and len(unpacked) <= most else None), end
