"""What is said where lines, colons, quotes or indentation do not fit together."""

from __future__ import annotations

import re

from yaml.events import ScalarEvent

from site_builder.base.diagnostics import Diagnostic
from site_builder.source.codes import SEVERAL_DOCUMENTS, TAB
from site_builder.source.positions import in_quotes, offset, shown
from site_builder.source.trouble import COMMENT, COMPARE, Trouble, line_above, no_key, rest, width

# Nothing is given back once it was read: a line of many dashes would else be read again from each of them.
_FIELD = re.compile(r"(?P<before>\s*+(?:- ++)*+)(?P<key>[^\s:#'\"\[{][^:#'\"\[{]*+):[ \t]+(?P<value>\S.*)")
_NO_SPACE = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*(?P<colon>:)[^\s:/]")


def tab(trouble: Trouble) -> Diagnostic:
    """Return the finding for a tab."""
    return trouble.says(
        "a tab stands where only spaces may",
        "Replace the tab by spaces; two for each level",
        "In VS Code, the command `Convert Indentation to Spaces` does it for the whole file",
        code=TAB,
        place=trouble.span(trouble.at),
    )


def open_quote(trouble: Trouble, start: int | None = None) -> Diagnostic:
    """Return the finding for a quote without its second one; it opens at `start`, or where the parser began."""
    start = trouble.begun if start is None else start
    quote = trouble.ruler.text[start : start + 1]
    apostrophe = ("An apostrophe inside '…' is written twice: `'Sam''s book'`",) if quote == "'" else ()
    return trouble.says(
        "the quote that opens here is not closed",
        f"Write a second {quote} at the end of the text",
        *apostrophe,
        place=trouble.span(start),
    )


def _after_quote(trouble: Trouble, quoted: ScalarEvent) -> Diagnostic:
    start = offset(quoted.start_mark)
    line = trouble.ruler.line_of(start)
    whole = line[start - trouble.ruler.start_of_line(start) :].rstrip()
    meant = whole[1:-1] if len(whole) > 1 and whole[-1] == whole[0] == "'" else whole
    return trouble.says(
        "more text stands after the closing quote",
        f"Put quotes of the other kind around the whole text: `{in_quotes(meant)}`",
    )


def expected_field(trouble: Trouble) -> Diagnostic:
    """Return the finding for what stands where a field of a group should."""
    last = trouble.last
    if isinstance(last, ScalarEvent) and last.style in ("'", '"'):
        end = offset(last.end_mark)
        if not trouble.ruler.text[end : trouble.at].strip(" \t"):
            if "\n" in trouble.ruler.text[offset(last.start_mark) : end]:
                return open_quote(trouble, offset(last.start_mark))
            return _after_quote(trouble, last)
    if not trouble.first_in_line:
        return trouble.says("this cannot follow here", "Put quotes around the whole value", *COMPARE)
    if trouble.sign == ":":
        return no_key(trouble)
    if trouble.ruler.line_of(trouble.at).lstrip().startswith("- "):
        return trouble.says(
            "an entry of a list stands where a field is expected",
            "Indent it like the other entries of its list",
            "Or write the list's name, with a colon, on a line above it",
        )
    return _indentation(trouble)


def _indentation(trouble: Trouble) -> Diagnostic:
    column = trouble.ruler.position(trouble.at).column
    return trouble.says(
        f"this line begins in column {column}, where no line above it begins",
        "Lines that belong together begin in the same column; put spaces before it or take some away",
    )


def expected_entry(trouble: Trouble) -> Diagnostic:
    """Return the finding for what stands where an entry of a list should."""
    return trouble.says(
        "a list goes on here, but this line does not begin with `- `",
        "Write `- ` before it if it is one more entry",
        "Or put it in the column of the field that it belongs to",
    )


def second_colon(trouble: Trouble) -> Diagnostic:
    """Return the finding for a colon at a place where none can be."""
    ruler = trouble.ruler
    start = ruler.start_of_line(trouble.at)
    line = ruler.line_of(trouble.at)
    field = _FIELD.fullmatch(line)
    if field and start + field.start("value") < trouble.at:
        value = COMMENT.sub("", field["value"]).rstrip()
        return trouble.says(
            "a second colon stands in one line, so it is not clear where the value begins",
            f"Put the value in quotes: `{field['key']}: {in_quotes(value)}`",
            "Or begin a new line, if it is another field",
            place=trouble.span(trouble.at),
        )
    above = line_above(ruler, start)
    if above is not None:
        text = ruler.line_of(above)
        missing = _NO_SPACE.match(text)
        if missing:
            return _space_after_colon(trouble, above + missing.start("colon"))
        if ":" not in text:
            return _no_colon_in(trouble, above)
        if width(line) > width(text):
            return trouble.says(
                "this line is indented further than the line above it, which already has its value",
                "Begin it in the column of the line above",
                "Or put the value above in quotes, if this is its second line",
                place=trouble.word(start + width(line)),
            )
    return trouble.says("this colon cannot stand here", "Put quotes around the text that holds it", *COMPARE)


def _space_after_colon(trouble: Trouble, colon: int) -> Diagnostic:
    return trouble.says("a space is missing after this colon", "Write `: `", place=trouble.span(colon))


def _no_colon_in(trouble: Trouble, line_start: int) -> Diagnostic:
    text = trouble.ruler.line_of(line_start)
    begin = line_start + width(text)
    return trouble.says(
        f"{shown(text.strip())} has no colon, so it is not a field",
        "Write the field's name, a colon and a space before it",
        "Or indent it, if it belongs to the text above",
        place=trouble.span(begin, len(text.strip())),
    )


def no_colon(trouble: Trouble) -> Diagnostic:
    """Return the finding for a line without a colon."""
    start = trouble.ruler.start_of_line(trouble.begun)
    missing = _NO_SPACE.match(trouble.ruler.line_of(trouble.begun))
    if missing:
        return _space_after_colon(trouble, start + missing.start("colon"))
    return _no_colon_in(trouble, start)


def after_end(trouble: Trouble) -> Diagnostic:
    """Return the finding for what follows a complete record."""
    above = line_above(trouble.ruler, trouble.ruler.start_of_line(trouble.at))
    if above is not None and width(trouble.ruler.line_of(above)) > 0:
        return trouble.says(
            "this line begins further to the left than the first line of the file",
            "Begin the fields of the file in the first column, without spaces before them",
        )
    if above is not None and trouble.ruler.line_of(above).startswith("..."):
        way_out = "Move what follows into a file of its own, or delete the line of `...`"
        return trouble.says("a second record begins here", way_out, code=SEVERAL_DOCUMENTS)
    return trouble.says("this cannot follow here: what stands above is already complete", *COMPARE)


def dash(trouble: Trouble) -> Diagnostic:
    """Return the finding for a list that begins on the line of its name."""
    return trouble.says(
        "a list cannot begin on the line of its name",
        "Begin it on the next line, indented by two spaces",
        f"If it is a text, put it in quotes: `{in_quotes(rest(trouble))}`",
        place=trouble.span(trouble.at),
    )
