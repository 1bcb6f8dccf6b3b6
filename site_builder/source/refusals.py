"""What is said of each piece of YAML that a record may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.events import Event, NodeEvent, ScalarEvent

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Related
from site_builder.source.characters import hidden_in_value, named
from site_builder.source.codes import (
    ALIAS,
    ANCHOR,
    DIRECTIVE,
    DUPLICATE_KEY,
    EMPTY,
    HIDDEN_CHARACTER,
    KEY_NOT_TEXT,
    MERGE_KEY,
    SEVERAL_DOCUMENTS,
    TAG,
    TOO_DEEP,
    UNREADABLE,
)
from site_builder.source.positions import Ruler, in_quotes, offset, shown

DEEPEST = 32
_COMMENT = re.compile(r"#[^\n]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(#[^\n]*)")
_TAG = re.compile(r"!\S*")


def extent(ruler: Ruler, event: Event) -> tuple[int, int]:
    """Return the offsets at which what `event` stands for begins and ends, without the empty lines after it."""
    start, end = offset(event.start_mark), offset(event.end_mark)
    if isinstance(event, ScalarEvent) and event.style and event.style in "|>":
        end = start + len(ruler.text[start:end].rstrip())
    return start, end


def _at(ruler: Ruler, event: Event, code: Code, sentence: str, *help: str) -> Diagnostic:
    return code.at(ruler.span(*extent(ruler, event)), sentence, *help)


def _written(ruler: Ruler, event: Event) -> str:
    start, end = extent(ruler, event)
    return ruler.text[start:end]


def nothing_in_it(ruler: Ruler, sentence: str) -> Diagnostic:
    """Return the finding for a text without content."""
    return EMPTY.at(ruler.span(0, 0), sentence, "Write its fields, or delete the file if nothing belongs in it")


def duplicate_key(ruler: Ruler, second: ScalarEvent, first: ScalarEvent) -> Diagnostic:
    """Return the finding for a key that stands in its mapping already."""
    return DUPLICATE_KEY.at(
        ruler.span(*extent(ruler, second)),
        f"{shown(second.value)} stands twice here",
        "Keep the one that is right, and delete the other",
        related=(Related(ruler.span(*extent(ruler, first)), "it stands here first"),),
    )


def merge_key(ruler: Ruler, event: ScalarEvent) -> Diagnostic:
    """Return the finding for `<<` as a key."""
    sentence = "`<<` copies fields from elsewhere, which is not used here"
    return _at(ruler, event, MERGE_KEY, sentence, "Write the fields themselves")


def no_key(ruler: Ruler, event: ScalarEvent) -> Diagnostic:
    """Return the finding for a colon with nothing before it."""
    sentence = "nothing stands in front of this colon"
    return _at(ruler, event, KEY_NOT_TEXT, sentence, "Write the field's name before it")


def key_not_text(ruler: Ruler, event: ScalarEvent) -> Diagnostic:
    """Return the finding for a key that is a number, true, false or null."""
    sentence = f"{shown(event.value)} in front of a colon is read as a number, true, false or nothing, not as a name"
    return _at(ruler, event, KEY_NOT_TEXT, sentence, f"Put it in quotes: `{in_quotes(event.value)}:`")


def group_as_key(ruler: Ruler, event: Event) -> Diagnostic:
    """Return the finding for a list or mapping as a key."""
    sentence = "a list or a group of fields stands in front of a colon"
    return _at(ruler, event, KEY_NOT_TEXT, sentence, "Write a word in front of the colon")


def too_deep(ruler: Ruler, event: Event) -> Diagnostic:
    """Return the finding for a list or mapping on the 33rd level."""
    sentence = f"lists and fields stand inside each other more than {DEEPEST} levels deep"
    return _at(ruler, event, TOO_DEEP, sentence, "Check the brackets and the indentation")


def alias(ruler: Ruler, event: Event) -> Diagnostic:
    """Return the finding for `*name`."""
    written = _written(ruler, event)
    return _at(
        ruler,
        event,
        ALIAS,
        f"{shown(written)} refers to another place, which is not used here",
        "Write the value itself",
        f"If it is text, put it in quotes: `{in_quotes(written)}`",
    )


def anchor(ruler: Ruler, event: NodeEvent) -> Diagnostic:
    """Return the finding for `&name` before a value."""
    sign = f"&{event.anchor}"
    sentence = f"{shown(sign)} gives this value a name, which is not used here"
    start = max(ruler.text.find(sign, offset(event.start_mark)), 0)
    return ANCHOR.at(ruler.span(start, start + len(sign)), sentence, f"Delete {shown(sign)}", *_as_text(ruler, event))


def tag(ruler: Ruler, event: NodeEvent) -> Diagnostic:
    """Return the finding for `!name` before a value."""
    sentence = "a word that begins with `!` gives this value a special meaning, which is not used here"
    word = _TAG.search(ruler.text, offset(event.start_mark))
    span = ruler.span(*word.span()) if word else ruler.span(*extent(ruler, event))
    return TAG.at(span, sentence, "Delete that word", *_as_text(ruler, event))


def _as_text(ruler: Ruler, event: NodeEvent) -> tuple[str, ...]:
    written = _written(ruler, event)
    if not isinstance(event, ScalarEvent) or event.style or "\n" in written:
        return ()
    return (f"If it is text, put it in quotes: `{in_quotes(written)}`",)


def directive(ruler: Ruler, event: Event) -> Diagnostic:
    """Return the finding for a line that begins with `%`."""
    start = offset(event.start_mark)
    return DIRECTIVE.at(ruler.span(start, start + len(ruler.line_of(start))), DIRECTIVE.title, "Delete this line")


def second_document(ruler: Ruler, event: Event) -> Diagnostic:
    """Return the finding for a second document in the file."""
    return _at(
        ruler,
        event,
        SEVERAL_DOCUMENTS,
        "a second record begins here",
        "Move what follows into a file of its own",
        "Or delete this line, if it all belongs together",
    )


def number(ruler: Ruler, event: ScalarEvent, code: Code) -> Diagnostic:
    """Return the finding for a number that cannot be kept, of the kind `code`."""
    way_out = "Put it in quotes if it is text, such as a code made of digits"
    return _at(ruler, event, code, f"{shown(event.value)} is {code.title}", way_out)


def hidden_code(ruler: Ruler, event: ScalarEvent, *, key: bool) -> Iterator[Diagnostic]:
    """Find a sign that was written as a code, such as `\\u202e`; those written as themselves are found elsewhere."""
    sign = hidden_in_value(event.value, key=key) if "\\" in _written(ruler, event) else ""
    if sign:
        sentence = f"this text holds the code of an invisible character ({named(sign)})"
        yield _at(ruler, event, HIDDEN_CHARACTER, sentence, "Delete the code that begins with a backslash")


def unspaced_comments(ruler: Ruler, last_end: int, event: Event) -> Iterator[Diagnostic]:
    """Find comments that only libyaml takes for such, so that words could be lost unseen.

    They stand between the last token, which ended at `last_end`, and that of `event`, or after its `|` or `>`.
    """
    start = offset(event.start_mark)
    found = [comment.span() for comment in _COMMENT.finditer(ruler.text, last_end, start)]
    header = (
        _BLOCK_HEADER.match(ruler.text, start)
        if isinstance(event, ScalarEvent) and event.style and event.style in "|>"
        else None
    )
    if header:
        found.append(header.span(1))
    for begin, end in found:
        if begin and ruler.text[begin - 1] not in " \t\n":
            yield UNREADABLE.at(
                ruler.span(begin, end),
                "`#` begins a comment here, but no space stands before it",
                "Put quotes around the text, if `#` belongs to it",
                "Write a space before `#`, if it is a comment",
            )


def unquoted_question(ruler: Ruler, event: Event) -> Iterator[Diagnostic]:
    """Find a text in brackets that begins with `?`, which libyaml alone takes for the mark of a key."""
    start, end = extent(ruler, event)
    if isinstance(event, ScalarEvent) and start < end and start and ruler.text[start - 1] == "?":
        yield UNREADABLE.at(
            ruler.span(start - 1, end),
            "a text in brackets cannot begin with `?`",
            f"Put it in quotes: `{in_quotes(ruler.text[start - 1 : end])}`",
        )
