"""Which paths an artifact may have: inside the output, and the same file on every system."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')
_LONGEST = 255  # bytes of one part, on every file system in use


class BadPath(ValueError):
    """A page was given a path that does not stay in the output or that some system cannot hold: our own fault."""


def is_plain(name: str) -> bool:
    """Tell whether every system can hold a file called `name`, and it does not hide."""
    if name.startswith(".") or name.endswith((".", " ")) or not name.isprintable():
        return False
    if _FORBIDDEN.search(name) or _RESERVED.fullmatch(name):
        return False
    return 0 < len(name.encode("utf-8", "surrogatepass")) <= _LONGEST


def checked(path: str) -> str:
    """Return `path` as it is; raises `BadPath` where it is not a plain relative path with `/`."""
    if not all(is_plain(part) for part in path.split("/")):
        raise BadPath(f"not a relative path that every system can hold: {path!r}")
    return path


def folded(path: str) -> str:
    """Return the form in which two paths are equal where a disk cannot tell them apart."""
    return unicodedata.normalize("NFC", path).casefold()
