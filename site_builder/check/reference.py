"""The reference of every file and field, as Markdown, written from the schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.check.schema_files import Schema, resolved, schema_file
from site_builder.check.schema_words import as_yaml, comma_list, lines_to_paste
from site_builder.source.layout import KINDS, Kind

_HEAD = """\
# Every file and every field

This page is written from the schemas in `schemas/`, which the editor shows while you type and `sep check` holds every
file against. A field marked **needed** must be there; any other can be left out until there is something to say.

A date is written year-month-day (`2026-11-24`). An id is the name of a file without its ending, in small letters,
digits and hyphens. Text needs no quotes unless it is all digits, begins with a sign such as `[`, `{`, `"` or `*`,
or has a colon and a space in it.

"Shown to" says who can be shown a field at most: all *participants* of the student's plan, its *staff*, or the
*School Manager* alone. It never makes anything visible that the access rules withhold.

| File | What it holds |
|---|---|
"""

_AUDIENCES = {"participants": "participants", "staff": "staff", "manager": "School Manager"}
_COLUMNS = "| Field | What to write | Example | Shown to |\n|---|---|---|---|\n"


def reference() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD + "".join(map(_row, KINDS)), *map(_chapter, KINDS)])


def _row(kind: Kind) -> str:
    return f"| [`{_path(kind.pattern)}`](#{anchor(kind)}) | {_cell(kind.title)} |\n"


def _chapter(kind: Kind) -> str:
    schema = schema_file(kind.name)
    policy = f" (policy: {schema['x-policy']})" if "x-policy" in schema else ""
    where = "The fields stand between two lines of `---` at the top of the file." if kind.markdown else ""
    parts = [
        f"## {kind.title}\n",
        " and ".join(f"`{_path(each)}`" for each in kind.patterns) + "\n",
        " ".join(filter(None, (f"{schema['description']}{policy}", where))) + "\n",
        _least(kind, schema),
        _table(schema),
        *_conditions(schema),
        *(f"### {kind.title}: `{path}`\n\n{inner['description']}\n\n{_table(inner)}" for path, inner in _inner(schema)),
    ]
    return "\n".join(parts)


def _least(kind: Kind, schema: Schema) -> str:
    """Return an example of a file with the fields that are always needed."""
    fields = (lines_to_paste(name, schema["properties"][name]["examples"][0]) for name in schema["required"])
    edge = "---\n" if kind.markdown else ""
    language = "markdown" if kind.markdown else "yaml"
    return f"```{language}\n{edge}" + "\n".join(fields) + f"\n{edge}```\n"


def _table(schema: Schema) -> str:
    rows = (_field(name, resolved(field), name in schema["required"]) for name, field in schema["properties"].items())
    return _COLUMNS + "".join(rows)


def _field(name: str, field: Schema, needed: bool) -> str:
    words = [f"**{field['title']}.** {field['description']}"]
    choices = field if "enum" in field else resolved(field.get("items", {}))
    for word, meaning in zip(choices.get("enum", ()), choices.get("enumDescriptions", ()), strict=True):
        words.append(f"`{word}`: {meaning}")
    example = " or ".join(f"`{as_yaml(each)}`" for each in field["examples"])
    mark = "<br>**needed**" if needed else ""
    audience = _AUDIENCES[field["x-audience"]]
    return f"| `{name}`{mark} | {_cell('<br>'.join(words))} | {_cell(example)} | {audience} |\n"


def _conditions(schema: Schema) -> Iterator[str]:
    """Yield a sentence for every field that is needed because of what another says."""
    sentences = [
        f"- With {_trigger(each['if'])}, {_named(each['then']['required'])} needed. {each['then']['description']}"
        for each in (schema, *schema.get("allOf", ()))
        if "then" in each
    ]
    for present, needed in schema.get("dependentRequired", {}).items():
        sentences.append(f"- With `{present}`, {_named(needed)} needed.")
    if sentences:
        yield "\n".join(sentences) + "\n"


def _trigger(condition: Schema) -> str:
    (name, wanted), *_ = condition["properties"].items()
    words = wanted.get("enum", [wanted.get("const")])
    return f"`{name}` " + " or ".join(f"`{each}`" for each in words)


def _named(fields: list[str]) -> str:
    return comma_list(f"`{each}`" for each in fields) + (" is" if len(fields) == 1 else " are")


def _inner(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every mapping within a schema with the path of fields that leads to it."""
    for name, field in schema["properties"].items():
        entry = resolved(field.get("items", field))
        if "properties" in entry:
            yield f"{path}{name}", entry
            yield from _inner(entry, f"{path}{name}.")


def _path(pattern: str) -> str:
    return re.sub(r"\{(student|year|id)\}", r"<\1>", pattern)


def anchor(kind: Kind) -> str:
    """Return the fragment that leads to the chapter on `kind`."""
    return re.sub(r"[^a-z0-9 -]", "", kind.title.lower()).replace(" ", "-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
