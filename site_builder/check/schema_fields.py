"""Fields that should not be there, and fields that should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from site_builder.base.diagnostics import Diagnostic, Span
from site_builder.check.schema_codes import MISSING_FIELD, MISSING_WITH, UNKNOWN_FIELD, WRONG_FORM
from site_builder.check.schema_fault import Fault, Finding
from site_builder.check.schema_files import Schema, resolved
from site_builder.check.schema_words import about, as_way_out, as_yaml, comma_list, lines_to_paste, nearest, shown
from site_builder.source.document import Value


def unknown(fault: Fault) -> Iterator[Finding]:
    """Name every field that the schema does not have."""
    mapping, fields = _mapping(fault), fault.field["properties"]
    title = fault.field["title"]
    for key in mapping:
        if key in fields:
            continue
        pointer = (*fault.pointer, key)
        free = [each for each in fields if each not in mapping]
        guess = nearest(key, free)
        ways = [f"did you mean `{guess}`?"] if guess else []
        if free:
            ways.append(f"fields that can still be added: {comma_list(free)}")
        yield Finding(
            pointer,
            "",
            UNKNOWN_FIELD.at(
                fault.document.key_span(pointer),
                f"{title} has no field {shown(key)}",
                *ways,
                redacted=f"a field that {title} does not have",
            ),
        )


def missing(fault: Fault) -> Iterator[Finding]:
    """Name every field that is needed always, or because of what another field says."""
    mapping, fields = _mapping(fault), fault.field["properties"]
    meant = {nearest(key, [each for each in fields if each not in mapping]) for key in mapping if key not in fields}
    because, reason = fault.rule.get("x-because", ""), fault.rule.get("description", "")
    for name in fault.limit:
        if name in mapping or name in meant:
            continue
        yield _with(fault, name, because, reason) if because else _always(fault, name)


def paired(fault: Fault) -> Iterator[Finding]:
    """Name the fields that go together with one that is there."""
    mapping = _mapping(fault)
    for present, needed in fault.limit.items():
        if present not in mapping:
            continue
        for name in needed:
            if name not in mapping:
                yield _with(fault, name, present, "These two belong together: one without the other says half.")


def wrong_name(fault: Fault) -> Iterator[Finding]:
    """Say that a field's name has not the form that names have here; here the fault's value is the name."""
    key = str(fault.value)
    pointer = (*fault.pointer, key)
    hint = resolved(fault.field["propertyNames"]).get("patternErrorMessage", "Write a shorter name.")
    yield Finding(
        pointer,
        "",
        WRONG_FORM.at(
            fault.document.key_span(pointer),
            f"{shown(key)} is not in the form that {fault.name} needs before the colon",
            as_way_out(hint),
            redacted=f"a name in {fault.name} is not in the form that is needed",
        ),
    )


def _always(fault: Fault, name: str) -> Finding:
    field = resolved(fault.field["properties"][name])
    where = "" if not fault.pointer else f" in {fault.name}"
    diagnostic = MISSING_FIELD.at(_beginning(fault), f"`{name}` is missing{where}", *_ways(name, field))
    return Finding(fault.pointer, name, _resting_on(field, diagnostic))


def _with(fault: Fault, name: str, because: str, reason: str) -> Finding:
    field = resolved(fault.field["properties"][name])
    value = _mapping(fault)[because]
    choice = "enum" in fault.field["properties"][because] or value == "none"
    trigger = f"{because}: {as_yaml(value)}" if choice else because
    diagnostic = MISSING_WITH.at(
        fault.document.span((*fault.pointer, because)),
        f"`{name}` is missing, which `{trigger}` needs",
        as_way_out(reason),
        *_ways(name, field),
        redacted=f"`{name}` is missing, which `{because}` needs here",
    )
    return Finding(fault.pointer, name, _resting_on(field, diagnostic))


def _resting_on(field: Schema, diagnostic: Diagnostic) -> Diagnostic:
    """Return the finding with the requirement for which the missing field is asked."""
    return replace(diagnostic, policy=field.get("x-policy", diagnostic.policy))


def _ways(name: str, field: Schema) -> tuple[str, ...]:
    """Return what to write there, the choices where there are some, and an example to paste."""
    text = lines_to_paste(name, field["examples"][0])
    example = f"add, for example:\n{text}" if "\n" in text else f"add, for example: `{text}`"
    choices = (f"choices: {comma_list(field['enum'])}",) if "enum" in field else ()
    return about(field), *choices, example


def _beginning(fault: Fault) -> Span:
    """Return where an entry begins: its own key, the first key of a list's entry, or the top of the file."""
    if not fault.pointer:
        return Span.whole_file(fault.document.path)
    first = next(iter(_mapping(fault)), None)
    if isinstance(fault.pointer[-1], int) and first is not None:
        return fault.document.key_span((*fault.pointer, first))
    return fault.document.key_span(fault.pointer)


def _mapping(fault: Fault) -> Mapping[str, Value]:
    return fault.value if isinstance(fault.value, dict) else {}
