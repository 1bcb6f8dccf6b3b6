"""What the YAML parser stumbled over, said for the person who wrote the file.

The parser names what it missed ("did not find expected key"); here the lines around the place are looked at to tell
what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import Event

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Related
from site_builder.source.codes import ALIAS, ANCHOR, DIRECTIVE, SURROGATE, TAG, TOO_DEEP, UNREADABLE
from site_builder.source.positions import Ruler, in_quotes, shown
from site_builder.source.syntax_lines import (
    after_end,
    dash,
    expected_entry,
    expected_field,
    no_colon,
    open_quote,
    second_colon,
    tab,
)
from site_builder.source.trouble import COMPARE, Trouble, no_key, other, rest


def explain(error: YAMLError, ruler: Ruler, last: Event | None) -> Diagnostic:
    """Return the finding for what stopped the parser; `last` is the last event it gave before."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return UNREADABLE.at(ruler.span(0, 0), "this file cannot be read", *COMPARE)
    at = min(error.problem_mark.index, len(ruler.text))
    begun = at if error.context_mark is None else min(error.context_mark.index, len(ruler.text))
    trouble = Trouble(ruler, error.problem or "", error.context or "", at, begun, last)
    if trouble.sign == "\t" or "tab character" in trouble.problem:
        return tab(trouble)
    for words, tell in _TELLERS:
        if words in trouble.problem or words in trouble.context:
            return tell(trouble)
    return other(trouble)


def _cannot_begin(trouble: Trouble) -> Diagnostic:
    return trouble.says(
        f"a value cannot begin with {'a back-quote' if trouble.sign == '`' else shown(trouble.sign)}",
        f"Put quotes around the value: `{in_quotes(rest(trouble))}`",
        place=trouble.span(trouble.at),
    )


def _mark_before(code: Code, sign: str) -> Callable[[Trouble], Diagnostic]:
    def tell(trouble: Trouble) -> Diagnostic:
        return trouble.says(
            f"`{sign}` before a value has a meaning of its own in YAML that is not used here",
            f"Put quotes around the value if it is text: `{in_quotes(rest(trouble, trouble.begun))}`",
            code=code,
            place=trouble.word(trouble.begun),
        )

    return tell


def _directive(trouble: Trouble) -> Diagnostic:
    start = trouble.ruler.start_of_line(trouble.begun)
    return trouble.says(
        "a line that begins with `%` is not used here",
        "Delete this line",
        "If it belongs to a text, indent it",
        code=DIRECTIVE,
        place=trouble.span(start, len(trouble.ruler.line_of(start))),
    )


def _in_brackets(trouble: Trouble) -> Diagnostic:
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


def _no_value(trouble: Trouble) -> Diagnostic:
    if not trouble.sign.strip():
        return other(trouble)
    if trouble.sign == ":":
        return no_key(trouble)
    brackets = "flow" in trouble.context
    text = re.split(r"[,\]}]", rest(trouble))[0] if brackets else rest(trouble)
    as_text = f"If it is part of a text, put quotes around the text: `{in_quotes(text)}`"
    return trouble.says(
        f"{shown(trouble.sign)} stands where a value is expected",
        "Write the value before it, or delete it",
        *(() if brackets and trouble.sign in ",]}" else (as_text,)),
        place=trouble.span(trouble.at),
    )


def _block_text(trouble: Trouble) -> Diagnostic:
    sign = trouble.ruler.text[trouble.begun : trouble.begun + 1]
    meant = rest(trouble, trouble.begun).lstrip("|>+-0123456789 ")
    return trouble.says(
        f"`{sign}` begins a text of several lines, so nothing may follow on its own line",
        "Begin the text on the next line, indented",
        *((f"Or put it in quotes on this line: `{in_quotes(meant)}`",) if meant else ()),
        place=trouble.word(trouble.begun),
    )


def _backslash(trouble: Trouble) -> Diagnostic:
    start = trouble.ruler.text.rfind("\\", trouble.begun, trouble.at + 1)
    return trouble.says(
        'inside "…" a backslash begins a code, and this is not one',
        "Write the backslash twice, or put the text in '…' instead",
        place=trouble.span(start if start >= 0 else trouble.at, 2),
    )


def _half_character(trouble: Trouble) -> Diagnostic:
    start = max(trouble.ruler.text.rfind("\\", trouble.begun, trouble.at + 1), 0)
    return trouble.says(
        "this code is only half of a character",
        "Type or paste the character itself",
        code=SURROGATE,
        place=trouble.span(start, 10 if trouble.ruler.text[start + 1 : start + 2] == "U" else 6),
    )


def _deep(trouble: Trouble) -> Diagnostic:
    return trouble.says(TOO_DEEP.title, "Check the brackets", code=TOO_DEEP, place=trouble.span(trouble.at))


_TELLERS: tuple[tuple[str, Callable[[Trouble], Diagnostic]], ...] = (
    ("maximum nesting depth", _deep),
    ("found unexpected end of stream", open_quote),
    ("found unexpected document indicator", open_quote),
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
    ("mapping values are not allowed", second_colon),
    ("block sequence entries are not allowed", dash),
    ("could not find expected ':'", no_colon),
    ("did not find expected ','", _in_brackets),
    ("did not find expected node content", _no_value),
    ("cannot start any token", _cannot_begin),
    ("did not find expected key", expected_field),
    ("did not find expected '-'", expected_entry),
    ("did not find expected <document start>", after_end),
)
