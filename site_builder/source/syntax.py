"""What the YAML parser stumbled over, said for the person who wrote the file.

The parser names what it missed ("did not find expected key"); here the lines around the place are looked at to tell
what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import Event, ScalarEvent

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Related, Span
from site_builder.source.codes import (
    ALIAS,
    ANCHOR,
    DIRECTIVE,
    KEY_NOT_TEXT,
    SEVERAL_DOCUMENTS,
    SURROGATE,
    TAB,
    TAG,
    TOO_DEEP,
    UNREADABLE,
)
from site_builder.source.positions import Ruler, in_quotes, offset, shown

_FIELD = re.compile(r"(?P<before>\s*(?:- +)*)(?P<key>[^\s:#'\"\[{][^:#'\"\[{]*?):[ \t]+(?P<value>\S.*)")
_NO_SPACE = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*(?P<colon>:)[^\s:/]")
_WORD = re.compile(r"\S+")
_COMMENT = re.compile(r"\s+#.*")


@dataclass(frozen=True, slots=True)
class _Trouble:
    """One stumble: the parser's words, where it gave up, where it had begun, and the last thing it understood."""

    ruler: Ruler
    problem: str
    context: str
    at: int
    begun: int
    last: Event | None

    @property
    def sign(self) -> str:
        return self.ruler.text[self.at : self.at + 1]

    @property
    def first_in_line(self) -> bool:
        return not self.ruler.text[self.ruler.start_of_line(self.at) : self.at].strip(" -")

    def span(self, start: int, length: int = 1) -> Span:
        return self.ruler.span(start, min(start + length, len(self.ruler.text)))

    def word(self, start: int) -> Span:
        match = _WORD.match(self.ruler.text, start)
        return self.span(start, len(match[0]) if match else 0)

    def says(self, sentence: str, *help: str, code: Code = UNREADABLE, place: Span | None = None) -> Diagnostic:
        return code.at(place or self.word(self.at), sentence, *help)


def explain(error: YAMLError, ruler: Ruler, last: Event | None) -> Diagnostic:
    """Return the finding for what stopped the parser; `last` is the last event it gave before."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return UNREADABLE.at(ruler.span(0, 0), "this file cannot be read", *_COMPARE)
    at = min(error.problem_mark.index, len(ruler.text))
    begun = at if error.context_mark is None else min(error.context_mark.index, len(ruler.text))
    trouble = _Trouble(ruler, error.problem or "", error.context or "", at, begun, last)
    if trouble.sign == "\t" or "tab character" in trouble.problem:
        return _tab(trouble)
    for words, tell in _TELLERS:
        if words in trouble.problem or words in trouble.context:
            return tell(trouble)
    return _other(trouble)


_COMPARE = ("Compare it with the lines above it and with another file of this folder",)


def _other(trouble: _Trouble) -> Diagnostic:
    return trouble.says("this line cannot be read", *_COMPARE)


def _tab(trouble: _Trouble) -> Diagnostic:
    return trouble.says(
        "a tab stands where only spaces may",
        "Replace the tab by spaces; two for each level",
        "In VS Code, the command `Convert Indentation to Spaces` does it for the whole file",
        code=TAB,
        place=trouble.span(trouble.at),
    )


def _open_quote(trouble: _Trouble, start: int | None = None) -> Diagnostic:
    start = trouble.begun if start is None else start
    quote = trouble.ruler.text[start : start + 1]
    apostrophe = ("An apostrophe inside '…' is written twice: `'Sam''s book'`",) if quote == "'" else ()
    return trouble.says(
        "the quote that opens here is not closed",
        f"Write a second {quote} at the end of the text",
        *apostrophe,
        place=trouble.span(start),
    )


def _after_quote(trouble: _Trouble, quoted: ScalarEvent) -> Diagnostic:
    start = offset(quoted.start_mark)
    line = trouble.ruler.line_of(start)
    whole = line[start - trouble.ruler.start_of_line(start) :].rstrip()
    meant = whole[1:-1] if len(whole) > 1 and whole[-1] == whole[0] == "'" else whole
    return trouble.says(
        "more text stands after the closing quote",
        f"Put quotes of the other kind around the whole text: `{in_quotes(meant)}`",
    )


def _expected_field(trouble: _Trouble) -> Diagnostic:
    last = trouble.last
    if isinstance(last, ScalarEvent) and last.style in ("'", '"'):
        end = offset(last.end_mark)
        if not trouble.ruler.text[end : trouble.at].strip(" \t"):
            if "\n" in trouble.ruler.text[offset(last.start_mark) : end]:
                return _open_quote(trouble, offset(last.start_mark))
            return _after_quote(trouble, last)
    if not trouble.first_in_line:
        return trouble.says("this cannot follow here", "Put quotes around the whole value", *_COMPARE)
    if trouble.sign == ":":
        return _no_key(trouble)
    if trouble.ruler.line_of(trouble.at).lstrip().startswith("- "):
        return trouble.says(
            "an entry of a list stands where a field is expected",
            "Indent it like the other entries of its list",
            "Or write the list's name, with a colon, on a line above it",
        )
    return _indentation(trouble)


def _no_key(trouble: _Trouble) -> Diagnostic:
    sentence = "nothing stands in front of this colon"
    help = ("Write the field's name before it", "Put quotes around the text that begins with it, if it is no field")
    return trouble.says(sentence, *help, code=KEY_NOT_TEXT, place=trouble.span(trouble.at))


def _indentation(trouble: _Trouble) -> Diagnostic:
    column = trouble.ruler.position(trouble.at).column
    return trouble.says(
        f"this line begins in column {column}, where no line above it begins",
        "Lines that belong together begin in the same column; put spaces before it or take some away",
    )


def _expected_entry(trouble: _Trouble) -> Diagnostic:
    return trouble.says(
        "a list goes on here, but this line does not begin with `- `",
        "Write `- ` before it if it is one more entry",
        "Or put it in the column of the field that it belongs to",
    )


def _second_colon(trouble: _Trouble) -> Diagnostic:
    ruler = trouble.ruler
    start = ruler.start_of_line(trouble.at)
    line = ruler.line_of(trouble.at)
    field = _FIELD.fullmatch(line)
    if field and start + field.start("value") < trouble.at:
        value = _COMMENT.sub("", field["value"]).rstrip()
        return trouble.says(
            "a second colon stands in one line, so it is not clear where the value begins",
            f"Put the value in quotes: `{field['key']}: {in_quotes(value)}`",
            "Or begin a new line, if it is another field",
            place=trouble.span(trouble.at),
        )
    above = _line_above(ruler, start)
    if above is not None:
        text = ruler.line_of(above)
        missing = _NO_SPACE.match(text)
        if missing:
            return _space_after_colon(trouble, above + missing.start("colon"))
        if ":" not in text:
            return _no_colon_in(trouble, above)
        if _width(line) > _width(text):
            return trouble.says(
                "this line is indented further than the line above it, which already has its value",
                "Begin it in the column of the line above",
                "Or put the value above in quotes, if this is its second line",
                place=trouble.word(start + _width(line)),
            )
    return trouble.says("this colon cannot stand here", "Put quotes around the text that holds it", *_COMPARE)


def _line_above(ruler: Ruler, start: int) -> int | None:
    """Return the offset of the nearest line above `start` that is neither empty nor a comment."""
    while start > 0:
        start = ruler.start_of_line(start - 1)
        text = ruler.line_of(start).strip()
        if text and not text.startswith("#"):
            return start
    return None


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def _space_after_colon(trouble: _Trouble, colon: int) -> Diagnostic:
    return trouble.says("a space is missing after this colon", "Write `: `", place=trouble.span(colon))


def _no_colon_in(trouble: _Trouble, line_start: int) -> Diagnostic:
    text = trouble.ruler.line_of(line_start)
    begin = line_start + _width(text)
    return trouble.says(
        f"{shown(text.strip())} has no colon, so it is not a field",
        "Write the field's name, a colon and a space before it",
        "Or indent it, if it belongs to the text above",
        place=trouble.span(begin, len(text.strip())),
    )


def _no_colon(trouble: _Trouble) -> Diagnostic:
    start = trouble.ruler.start_of_line(trouble.begun)
    missing = _NO_SPACE.match(trouble.ruler.line_of(trouble.begun))
    if missing:
        return _space_after_colon(trouble, start + missing.start("colon"))
    return _no_colon_in(trouble, start)


def _after_end(trouble: _Trouble) -> Diagnostic:
    above = _line_above(trouble.ruler, trouble.ruler.start_of_line(trouble.at))
    if above is not None and _width(trouble.ruler.line_of(above)) > 0:
        return trouble.says(
            "this line begins further to the left than the first line of the file",
            "Begin the fields of the file in the first column, without spaces before them",
        )
    if above is not None and trouble.ruler.line_of(above).startswith("..."):
        way_out = "Move what follows into a file of its own, or delete the line of `...`"
        return trouble.says("a second record begins here", way_out, code=SEVERAL_DOCUMENTS)
    return trouble.says("this cannot follow here: what stands above is already complete", *_COMPARE)


def _cannot_begin(trouble: _Trouble) -> Diagnostic:
    return trouble.says(
        f"a value cannot begin with {'a back-quote' if trouble.sign == '`' else shown(trouble.sign)}",
        f"Put quotes around the value: `{in_quotes(_rest(trouble))}`",
        place=trouble.span(trouble.at),
    )


def _rest(trouble: _Trouble, start: int | None = None) -> str:
    """Return what stands from `start` to the end of its line, without a comment."""
    start = trouble.at if start is None else start
    line = trouble.ruler.line_of(start)
    return _COMMENT.sub("", line[start - trouble.ruler.start_of_line(start) :]).rstrip()


def _mark_before(code: Code, sign: str) -> Callable[[_Trouble], Diagnostic]:
    def tell(trouble: _Trouble) -> Diagnostic:
        return trouble.says(
            f"`{sign}` before a value has a meaning of its own in YAML that is not used here",
            f"Put quotes around the value if it is text: `{in_quotes(_rest(trouble, trouble.begun))}`",
            code=code,
            place=trouble.word(trouble.begun),
        )

    return tell


def _directive(trouble: _Trouble) -> Diagnostic:
    start = trouble.ruler.start_of_line(trouble.begun)
    return trouble.says(
        "a line that begins with `%` is not used here",
        "Delete this line",
        "If it belongs to a text, indent it",
        code=DIRECTIVE,
        place=trouble.span(start, len(trouble.ruler.line_of(start))),
    )


def _in_brackets(trouble: _Trouble) -> Diagnostic:
    opening = trouble.ruler.text[trouble.begun : trouble.begun + 1]
    closing = "}" if opening == "{" else "]"
    same_line = trouble.ruler.start_of_line(trouble.at) == trouble.ruler.start_of_line(trouble.begun)
    if same_line and trouble.sign.strip():
        return UNREADABLE.at(
            trouble.word(trouble.at),
            f"a comma, or the closing `{closing}`, is missing before this",
            "Write a comma between two entries",
            "Put quotes around a text that holds a comma, a bracket or a colon",
            related=(Related(trouble.span(trouble.begun), "the brackets open here"),),
        )
    return trouble.says(
        "the bracket that opens here is not closed, or a comma is missing between its entries",
        f"Write `{closing}` after the last entry, and a comma between two entries",
        place=trouble.span(trouble.begun),
    )


def _no_value(trouble: _Trouble) -> Diagnostic:
    if not trouble.sign.strip():
        return _other(trouble)
    if trouble.sign == ":":
        return _no_key(trouble)
    brackets = "flow" in trouble.context
    text = re.split(r"[,\]}]", _rest(trouble))[0] if brackets else _rest(trouble)
    as_text = f"If it is part of a text, put quotes around the text: `{in_quotes(text)}`"
    return trouble.says(
        f"{shown(trouble.sign)} stands where a value is expected",
        "Write the value before it, or delete it",
        *(() if brackets and trouble.sign in ",]}" else (as_text,)),
        place=trouble.span(trouble.at),
    )


def _block_text(trouble: _Trouble) -> Diagnostic:
    sign = trouble.ruler.text[trouble.begun : trouble.begun + 1]
    meant = _rest(trouble, trouble.begun).lstrip("|>+-0123456789 ")
    return trouble.says(
        f"`{sign}` begins a text of several lines, so nothing may follow on its own line",
        "Begin the text on the next line, indented",
        *((f"Or put it in quotes on this line: `{in_quotes(meant)}`",) if meant else ()),
        place=trouble.word(trouble.begun),
    )


def _backslash(trouble: _Trouble) -> Diagnostic:
    start = trouble.ruler.text.rfind("\\", trouble.begun, trouble.at + 1)
    return trouble.says(
        'inside "…" a backslash begins a code, and this is not one',
        "Write the backslash twice, or put the text in '…' instead",
        place=trouble.span(start if start >= 0 else trouble.at, 2),
    )


def _half_character(trouble: _Trouble) -> Diagnostic:
    start = max(trouble.ruler.text.rfind("\\", trouble.begun, trouble.at + 1), 0)
    return trouble.says(
        "this code is only half of a character",
        "Type or paste the character itself",
        code=SURROGATE,
        place=trouble.span(start, 10 if trouble.ruler.text[start + 1 : start + 2] == "U" else 6),
    )


def _dash(trouble: _Trouble) -> Diagnostic:
    return trouble.says(
        "a list cannot begin on the line of its name",
        "Begin it on the next line, indented by two spaces",
        f"If it is a text, put it in quotes: `{in_quotes(_rest(trouble))}`",
        place=trouble.span(trouble.at),
    )


def _deep(trouble: _Trouble) -> Diagnostic:
    return trouble.says(TOO_DEEP.title, "Check the brackets", code=TOO_DEEP, place=trouble.span(trouble.at))


_TELLERS: tuple[tuple[str, Callable[[_Trouble], Diagnostic]], ...] = (
    ("maximum nesting depth", _deep),
    ("found unexpected end of stream", _open_quote),
    ("found unexpected document indicator", _open_quote),
    ("invalid Unicode character escape", _half_character),
    ("unknown escape character", _backslash),
    ("hexdecimal number", _backslash),
    ("scanning an alias", _mark_before(ALIAS, "*")),
    ("scanning an anchor", _mark_before(ANCHOR, "&")),
    ("tag handle", _mark_before(TAG, "!")),
    ("scanning a tag", _mark_before(TAG, "!")),
    ("parsing a tag", _mark_before(TAG, "!")),
    ("directive", _directive),
    ("incompatible YAML document", _directive),
    ("scanning a block scalar", _block_text),
    ("mapping values are not allowed", _second_colon),
    ("block sequence entries are not allowed", _dash),
    ("could not find expected ':'", _no_colon),
    ("did not find expected ','", _in_brackets),
    ("did not find expected node content", _no_value),
    ("cannot start any token", _cannot_begin),
    ("did not find expected key", _expected_field),
    ("did not find expected '-'", _expected_entry),
    ("did not find expected <document start>", _after_end),
)
