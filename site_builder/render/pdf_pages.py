"""How many pages a PDF says it has: enough to name on a divider sheet, and nothing when it is not certain."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n", re.S)
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_COUNT = re.compile(rb"/Type\s*/Pages(?![A-Za-z])(?:(?!endobj).){0,20000}?/Count\s+(\d+)", re.S)
_COUNT_FIRST = re.compile(rb"/Count\s+(\d+)(?:(?!endobj).){0,20000}?/Type\s*/Pages(?![A-Za-z])", re.S)
_MOST = 4_000_000


def count_pages(content: bytes) -> int | None:
    """Return the number of pages when the page tree and the pages themselves agree, else nothing."""
    if not content.startswith(b"%PDF-"):
        return None
    text = b"\n".join([content, *_packed(content)])
    found = len(_PAGE.findall(text))
    told = [int(count) for pattern in (_COUNT, _COUNT_FIRST) for count in pattern.findall(text)]
    return found if found and found in told else None


def _packed(content: bytes) -> Iterator[bytes]:
    """Give the objects that stand compressed in object streams, each unpacked to a limit."""
    for match in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[match.end() :], _MOST)
        except zlib.error:
            continue
