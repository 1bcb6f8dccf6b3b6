"""Characters that nobody can see, and the marks of two versions in one file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from site_builder.base.diagnostics import Diagnostic, Related
from site_builder.source.codes import CONFLICT, HIDDEN_CHARACTER, LINE_SEPARATOR, SURROGATE
from site_builder.source.positions import Ruler

MOST_FINDINGS = 100
"""So many findings of one file are told; a file with more is not a record with mistakes in it."""

_CONTROL = "\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_CHARACTER = "\ufeff\ufffe\uffff"
_SURROGATES = "\ud800-\udfff"
_IN_YAML = re.compile(f"[{_CONTROL}{_BIDI}{_NO_CHARACTER}{_SURROGATES}\x85\u2028\u2029]")
_IN_WORDS = re.compile(f"[{_CONTROL}{_BIDI}{_NO_CHARACTER}{_SURROGATES}\x85]")
_IN_VALUE = re.compile(f"[{_CONTROL}{_BIDI}{_NO_CHARACTER}\x85]")
_IN_KEY = re.compile(f"[{_CONTROL}{_BIDI}{_NO_CHARACTER}\x85\t\n\u2028\u2029]")
_BREAKS = frozenset("\x85\u2028\u2029")
_SAID = {
    "\x00": "null",
    "\x07": "bell",
    "\x08": "backspace",
    "\t": "tab",
    "\n": "line end",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    "\ufeff": "zero width no-break space",
}
_ASCII_ONLY = re.compile(r"[\t\n\x20-\x7e]*")

_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \n]|\Z)", re.MULTILINE)
_PICK = (
    "Keep the lines that are right, and delete the others together with the lines of marks",
    "In VS Code, `Accept Current Change` above the first mark keeps the upper version",
)


def hidden(ruler: Ruler, *, yaml: bool) -> tuple[Diagnostic, ...]:
    """Return a finding for each run of characters that cannot be seen; in `yaml` unusual line ends count too."""
    if _ASCII_ONLY.fullmatch(ruler.text):
        return ()
    return tuple(islice(_hidden(ruler, _IN_YAML if yaml else _IN_WORDS, yaml=yaml), MOST_FINDINGS))


def _hidden(ruler: Ruler, pattern: re.Pattern[str], *, yaml: bool) -> Iterator[Diagnostic]:
    previous_end = -1
    previous_sign = ""
    for match in pattern.finditer(ruler.text):
        sign = match[0]
        follows = match.start() == previous_end and sign == previous_sign
        previous_end, previous_sign = match.end(), sign
        if follows:
            continue
        span = ruler.span(match.start(), match.end())
        if "\ud800" <= sign <= "\udfff":
            yield SURROGATE.at(
                span, f"half of a character ({named(sign)}) stands here", "Delete it, and type or paste the character"
            )
        elif yaml and sign in _BREAKS:
            yield LINE_SEPARATOR.at(
                span,
                f"an unusual sign for the end of a line ({named(sign)}) stands here",
                "Delete it, and press Enter if a new line is wanted",
            )
        else:
            yield HIDDEN_CHARACTER.at(
                span,
                f"an invisible character ({named(sign)}) stands here",
                "Delete it: put the cursor after it and press Backspace, or type these words again",
            )


def without_hidden(text: str) -> str:
    """Return `text` of the same length, each character that a finding is about replaced by a visible one."""
    if _ASCII_ONLY.fullmatch(text):
        return text
    return _IN_YAML.sub(lambda match: " " if match[0] in _BREAKS else "\N{REPLACEMENT CHARACTER}", text)


def hidden_in_value(text: str, *, key: bool) -> str:
    """Return the first character of a written-out value (or a key) that cannot be seen, or an empty text."""
    match = (_IN_KEY if key else _IN_VALUE).search(text)
    return match[0] if match else ""


def named(sign: str) -> str:
    """Return how to speak of `sign`: `U+202E right-to-left override`."""
    name = _SAID.get(sign) or unicodedata.name(sign, "").lower()
    return f"U+{ord(sign):04X} {name}".rstrip()


def conflicts(ruler: Ruler, *, words_from: int | None = None) -> tuple[Diagnostic, ...]:
    """Return a finding for each place where two versions stand.

    From the offset `words_from` on the text is Markdown, where a line of `=======` alone underlines a heading.
    """
    if not any(mark in ruler.text for mark in ("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return ()
    return tuple(islice(_conflicts(ruler, len(ruler.text) if words_from is None else words_from), MOST_FINDINGS))


def _conflicts(ruler: Ruler, words_from: int) -> Iterator[Diagnostic]:
    opened: list[re.Match[str]] = []
    for match in _MARK.finditer(ruler.text):
        sign = match[0][0]
        if sign == "<":
            if opened:
                yield _conflict(ruler, opened)
            opened = [match]
        elif opened:
            opened.append(match)
            if sign == ">":
                yield _conflict(ruler, opened)
                opened = []
        elif sign == ">" or (sign in "=|" and match.start() < words_from):
            yield _conflict(ruler, [match])
    if opened:
        yield _conflict(ruler, opened)


def _conflict(ruler: Ruler, marks: list[re.Match[str]]) -> Diagnostic:
    related = tuple(
        Related(
            ruler.span(mark.start(), mark.end()),
            "the other version ends here" if mark[0][0] == ">" else "the other version begins here",
        )
        for mark in marks[1:]
        if mark[0][0] != "|"
    )
    first = marks[0]
    sentence = "two people changed this" if related else "a mark of two versions is left over here"
    return CONFLICT.at(ruler.span(first.start(), first.end()), sentence, *_PICK, related=related)
