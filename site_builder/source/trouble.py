"""A place where the YAML parser gave up, and what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaml.events import Event

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Span
from site_builder.source.codes import KEY_NOT_TEXT, UNREADABLE
from site_builder.source.positions import Ruler

_WORD = re.compile(r"\S+")


COMMENT = re.compile(r"(?<!\s)\s+#.*")


COMPARE = ("Compare it with the lines above it and with another file of this folder",)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One stumble: the parser's words, where it gave up, where it had begun, and the last thing it understood."""

    ruler: Ruler
    problem: str
    context: str
    at: int
    begun: int
    last: Event | None

    @property
    def sign(self) -> str:
        """Return the character at which the parser gave up."""
        return self.ruler.text[self.at : self.at + 1]

    @property
    def first_in_line(self) -> bool:
        """Tell whether nothing but spaces and list marks stands before it in its line."""
        return not self.ruler.text[self.ruler.start_of_line(self.at) : self.at].strip(" -")

    def span(self, start: int, length: int = 1) -> Span:
        """Return the place of `length` characters from `start` on."""
        return self.ruler.span(start, min(start + length, len(self.ruler.text)))

    def word(self, start: int) -> Span:
        """Return the place of the word that begins at `start`."""
        match = _WORD.match(self.ruler.text, start)
        return self.span(start, len(match[0]) if match else 0)

    def says(self, sentence: str, *help: str, code: Code = UNREADABLE, place: Span | None = None) -> Diagnostic:
        """Return a finding, at the word where the parser gave up unless a `place` is given."""
        return code.at(place or self.word(self.at), sentence, *help)


def rest(trouble: Trouble, start: int | None = None) -> str:
    """Return what stands from `start` to the end of its line, without a comment."""
    start = trouble.at if start is None else start
    line = trouble.ruler.line_of(start)
    return COMMENT.sub("", line[start - trouble.ruler.start_of_line(start) :]).rstrip()


def line_above(ruler: Ruler, start: int) -> int | None:
    """Return the offset of the nearest line above `start` that is neither empty nor a comment."""
    while start > 0:
        start = ruler.start_of_line(start - 1)
        text = ruler.line_of(start).strip()
        if text and not text.startswith("#"):
            return start
    return None


def width(line: str) -> int:
    """Return by how many columns `line` is indented."""
    return len(line) - len(line.lstrip())


def other(trouble: Trouble) -> Diagnostic:
    """Return the finding for what nothing better is known of."""
    return trouble.says("this line cannot be read", *COMPARE)


def no_key(trouble: Trouble) -> Diagnostic:
    """Return the finding for a colon without a key."""
    sentence = "nothing stands in front of this colon"
    help = ("Write the field's name before it", "Put quotes around the text that begins with it, if it is no field")
    return trouble.says(sentence, *help, code=KEY_NOT_TEXT, place=trouble.span(trouble.at))
