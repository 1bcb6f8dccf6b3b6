"""Writing to a console that may not know every character, and never letting a record's text steer it."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

_PLAIN = {
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MIDDLE DOT}": "-",
    "\N{BULLET}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{CHECK MARK}": "x",
    "\N{NO-BREAK SPACE}": " ",
    **dict(zip("ŁłØøĐđ", "LlOoDd", strict=True)),
    **{"ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Þ": "Th", "þ": "th", "Ð": "D", "ð": "d"},
}
HANDLER = "sep-plain"
"""The name under which `plain_characters` is registered as an error handler of encodings."""


def plain_characters(error: UnicodeError) -> tuple[str, int]:
    """Return the nearest ASCII text for what an encoding lacks, and where to go on; `?` where there is none."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return ascii_text(missing), error.end


def ascii_text(text: str) -> str:
    """Return `text` in ASCII: letters without their accents, `?` for what has nothing like it there."""
    return text if text.isascii() else "".join(_plain(each) for each in text)


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    base = "".join(each for each in unicodedata.normalize("NFKD", character) if each.isascii())
    if base:
        return base
    return "" if unicodedata.combining(character) else "?"


def prepare_streams() -> None:
    """Make standard output and error write the nearest plain text where their encoding lacks a character."""
    codecs.register_error(HANDLER, plain_characters)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def visible(text: str) -> str:
    """Return `text` with control and direction characters written out, so that they cannot steer a terminal."""
    if text.isprintable():
        return text
    return "".join(_written_out(each) for each in text)


def _written_out(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    point = ord(character)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes: wide characters two, combining ones none."""
    return sum(_columns(each) for each in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
