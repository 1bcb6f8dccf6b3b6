"""Values that are not what their field needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from site_builder.base.diagnostics import Related
from site_builder.check.date_words import YEARS, meant
from site_builder.check.schema_codes import (
    LIST_LENGTH,
    NEEDS_QUOTES,
    NO_CHOICE,
    NO_DATE,
    NO_VALUE,
    NUMBER_RANGE,
    OTHER_FORMAT,
    TEXT_LENGTH,
    TWICE,
    WRONG_FORM,
    WRONG_SHAPE,
)
from site_builder.check.schema_fault import Fault, Finding
from site_builder.check.schema_files import fits
from site_builder.check.schema_words import as_way_out, comma_list, nearest, quoted, shown
from site_builder.source.document import Value

_NEEDED = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "fields of its own",
}
_YES_NO = {"yes": True, "y": True, "on": True, "x": True, "no": False, "n": False, "off": False}
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BLANK = r"\S"


def kind_of_value(fault: Fault) -> Iterator[Finding]:
    """Say which kind of value is needed: text, a number, a list, fields of its own."""
    needed = fault.limit if isinstance(fault.limit, list) else [fault.limit]
    if "enum" in fault.field and not isinstance(fault.value, list | dict):
        yield from choice(fault)
    elif fault.field.get("format") == "date" and not isinstance(fault.value, list | dict | bool):
        yield from date(fault)
    elif needed == ["string"] and isinstance(fault.value, bool | int | float):
        yield _quotes(fault)
    else:
        kinds = (
            " or ".join(_NEEDED[each] for each in needed) if fault.pointer else "a field and its value on every line"
        )
        yield fault.found(
            WRONG_SHAPE.at(
                fault.span(),
                f"{fault.name} needs {kinds}, but {_is(fault.value)}",
                *_reshaped(fault, needed[0]),
                redacted=f"{fault.name} needs {kinds}",
            )
        )


def no_value(fault: Fault) -> Finding:
    """Say that a field stands there without a value."""
    return fault.found(
        NO_VALUE.at(
            fault.document.key_span(fault.pointer),
            f"{fault.name} has no value",
            fault.example(),
            "if there is nothing to say yet, take the line out",
        )
    )


def choice(fault: Fault) -> Iterator[Finding]:
    """Say which words can stand there, and which one was probably meant."""
    choices: list[str] = fault.field["enum"]
    guess = nearest(fault.raw.strip("\"'"), choices)
    start = f"did you mean `{guess}`?  " if guess else ""
    yield fault.found(
        NO_CHOICE.at(
            fault.span(),
            f"{shown(fault.raw)} is not a choice for {_within(fault)}",
            f"{start}choices: {comma_list(choices)}",
            redacted=f"a word that is not a choice for {_within(fault)}",
        )
    )


def store_format(fault: Fault) -> Iterator[Finding]:
    """Say that the records are of another format than this program reads."""
    newer = isinstance(fault.value, int) and fault.value > fault.limit
    way = "use the version of the program that the records were written with, or a newer one" if newer else ""
    yield fault.found(
        OTHER_FORMAT.at(
            fault.span(),
            f"this program reads records of format {fault.limit}, not of format {shown(fault.raw)}",
            way or f"write {fault.line(fault.limit)}",
            redacted=f"this program reads records of format {fault.limit}",
        )
    )


def date(fault: Fault) -> Iterator[Finding]:
    """Say that a value is no date, and which day was meant where that is certain."""
    text = str(fault.value)
    day = meant(text) or meant(re.sub(r"([0-9]{4})([0-9]{2})([0-9]{2})", r"\1-\2-\3", text))
    no_such_day = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and int(text[:4]) in YEARS
    ways = [f"did you mean `{day}`?"] if day else []
    if day is None or no_such_day:
        ways.append("write a day that exists as year-month-day, such as `2026-11-24`")
    message = f"there is no day {shown(text)}" if no_such_day else f"{shown(text)} is not a date"
    yield fault.found(
        NO_DATE.at(
            fault.span(), f"{message}, which {_within(fault)} needs", *ways, redacted=f"{fault.name} is not a date"
        )
    )


def form(fault: Fault) -> Iterator[Finding]:
    """Say which form a text must have."""
    if fault.limit == _BLANK:
        yield from length(fault)
        return
    text = str(fault.value)
    guess = next((each for each in _rewritten(text) if each != text and fits(fault.limit, each)), None)
    ways = [f"did you mean `{guess}`?"] if guess else []
    yield fault.found(
        WRONG_FORM.at(
            fault.span(),
            f"{shown(text)} is not in the form that {_within(fault)} needs",
            *ways,
            as_way_out(fault.field["patternErrorMessage"]),
            redacted=f"{fault.name} is not in the form that is needed",
        )
    )


def length(fault: Fault) -> Iterator[Finding]:
    """Say that a text is empty, or longer than its place."""
    text = str(fault.value)
    if text.strip():
        message = f"{fault.name} has {len(text)} characters, more than the {fault.limit} that fit"
        ways = ["say it in fewer words, or put the rest into a note"]
    else:
        message = f"{fault.name} is empty"
        ways = [fault.example(), "if there is nothing to say yet, take the line out"]
    yield fault.found(TEXT_LENGTH.at(fault.span(), message, *filter(None, ways), redacted=message))


def bounds(fault: Fault) -> Iterator[Finding]:
    """Say between which numbers a number must lie."""
    least, most = fault.field["minimum"], fault.field["maximum"]
    yield fault.found(
        NUMBER_RANGE.at(
            fault.span(),
            f"{fault.name} is {fault.raw}, but must be from {least} to {most}",
            *filter(None, [as_way_out(fault.field.get("description", ""))]),
            redacted=f"{fault.name} is a number that does not lie between {least} and {most}",
        )
    )


def count(fault: Fault) -> Iterator[Finding]:
    """Say how many entries a list must have."""
    few = str(fault.error.validator).startswith("min")
    entries = "entry" if fault.limit == 1 else "entries"
    message = f"{fault.name} needs at {'least' if few else 'most'} {fault.limit} {entries}"
    yield fault.found(
        LIST_LENGTH.at(fault.span(), message, fault.example() if few else as_way_out(fault.field["description"]))
    )


def twice(fault: Fault) -> Iterator[Finding]:
    """Name every entry of a list that stood there before."""
    values = fault.value if isinstance(fault.value, list) else []
    for number, value in enumerate(values):
        first = values.index(value)
        if first == number:
            continue
        pointer = (*fault.pointer, number)
        related = Related(fault.document.span((*fault.pointer, first)), "it stands here first")
        yield Finding(
            pointer,
            "",
            TWICE.at(
                fault.document.span(pointer),
                f"{shown(str(value))} stands twice in {fault.name}",
                "take one of the two out",
                related=(related,),
                redacted=f"an entry stands twice in {fault.name}",
            ),
        )


def _quotes(fault: Fault) -> Finding:
    read_as = "true or false" if isinstance(fault.value, bool) else "a number"
    key = "- " if isinstance(fault.pointer[-1], int) else f"{fault.key}: "
    return fault.found(
        NEEDS_QUOTES.at(
            fault.span(),
            f"{_within(fault)} is text, but {shown(fault.raw)} is read as {read_as}",
            f"put it in quotes: `{key}{quoted(fault.raw)}`",
            redacted=f"{_within(fault)} is text, but the value is read as {read_as}",
        )
    )


def _reshaped(fault: Fault, needed: str) -> tuple[str, ...]:
    """Return the ways to give the value the kind that is needed."""
    value = fault.value
    if not fault.pointer:
        return ("begin every line with a field's name, a colon and a space, such as `name: Maria Rivera`",)
    if needed == "boolean" and isinstance(value, str) and value.lower() in _YES_NO:
        return (f"write {fault.line(_YES_NO[value.lower()])}",)
    if needed in ("integer", "number") and isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return (f"write it without quotes: `{fault.line(0)[1:-2]}{value.strip()}`",)
    if needed == "integer" and isinstance(value, float) and value.is_integer():
        return (f"write {fault.line(int(value))}",)
    if needed == "array" and isinstance(value, str) and "properties" not in fault.field["items"]:
        parts: list[Value] = [each.strip() for each in value.split(",") if each.strip()]
        return (f"put it in brackets: {fault.line(parts)}",)
    if needed == "array" and isinstance(value, dict):
        return ("begin each entry with a hyphen", fault.example())
    return (fault.example(),)


def _rewritten(text: str) -> Iterator[str]:
    """Yield what a text in a wrong form may have been meant to be."""
    yield text.strip()
    if "/" not in text and "@" not in text:
        plain = unicodedata.normalize("NFKD", text.strip()).encode("ascii", "ignore").decode()
        hyphens = re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"\.(?:yaml|yml|md)$", "", plain)).strip("-")
        yield hyphens.lower()
        yield hyphens.upper()
    if match := re.fullmatch(r"([0-9]{4})\D{1,3}(?:20)?([0-9]{2})", text.strip()):
        yield f"{match[1]}-{match[2]}"
    if match := re.fullmatch(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?([AaPp])\.?[Mm]\.?", text.strip()):
        yield f"{int(match[1]) % 12 + (12 if match[3] in 'Pp' else 0)}:{match[2] or '00'}"


def _is(value: Value) -> str:
    if isinstance(value, bool):
        return f"this is {str(value).lower()}"
    if isinstance(value, int | float):
        return f"this is the number {value}"
    if isinstance(value, str):
        return f"{shown(value)} is text"
    return "this is a list" if isinstance(value, list) else "there are fields below it"


def _within(fault: Fault) -> str:
    """Return how to name the field itself, whichever of its entries is faulty."""
    return f"`{fault.key}`"
