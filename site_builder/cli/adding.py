"""The command behind `sep add KIND`, made of the schema of that kind: an option a field, and a question a field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from site_builder.base.errors import WrongUse
from site_builder.check.schema_files import resolved, schema_file
from site_builder.check.schemas import validate
from site_builder.cli.adding_document import DocumentBesides
from site_builder.cli.answers import identifier, words
from site_builder.cli.context import Context, pass_context
from site_builder.cli.entry_besides import Besides
from site_builder.cli.entry_fields import CHOICE, DATE, LIST, MAPPING, YES_NO, Field, Place, fields_of
from site_builder.cli.entry_kinds import ENTRY_KINDS
from site_builder.cli.entry_questions import ask, wanted
from site_builder.cli.people import dated_id, worded_id
from site_builder.cli.writing import Change, carry_out
from site_builder.cli.yaml_text import yaml_text
from site_builder.model.store import Store, YearSection
from site_builder.source.document import Value
from site_builder.source.layout import Kind, kind_named, locate
from site_builder.source.yaml_reader import read_yaml

BESIDES: Mapping[str, type[Besides]] = {"document": DocumentBesides}
"""The kinds of which adding an entry is more than writing its file."""


def adding(name: str) -> click.Command:
    """Return the command that adds an entry of the kind `name`."""
    kind, peculiar = kind_named(name), ENTRY_KINDS[name]
    schema = schema_file(name)
    policy = schema.get("x-policy", "")
    help = f"{peculiar.says}\n\n{peculiar.explains or schema['description']}" + (
        f" (policy: {policy})" if policy else ""
    )
    return click.Command(
        name,
        params=[*_parameters(kind)],
        help=help,
        short_help=peculiar.says,
        callback=pass_context(lambda context, /, **given: _add(context, kind, given)),
    )


def _parameters(kind: Kind) -> Iterator[click.Parameter]:
    if ENTRY_KINDS[kind.name].of_student:
        yield click.Argument(["student"])
    yield from BESIDES.get(kind.name, Besides).parameters()
    for each in _fields(kind):
        yield _option(each)
    if kind.markdown:
        yield click.Option(["--words"], metavar="WORDS", multiple=True, help="The words below; again: a new paragraph.")
    if ENTRY_KINDS[kind.name].of_student:
        yield click.Option(["--year"], metavar="YEAR", help="The school year; the current one if left out.")
    yield click.Option(["--id", "id"], type=identifier, metavar="ID", help="The file's name; made of what it says.")
    yield click.Option(["--dry-run"], is_flag=True, help="Print what would be written, and write nothing.")


def _fields(kind: Kind) -> tuple[Field, ...]:
    return tuple(each for each in fields_of(schema_file(kind.name)) if each.name not in ENTRY_KINDS[kind.name].without)


def _option(field: Field) -> click.Option:
    names = [field.option, f"field_{field.name}"]
    inner = field.item if field.form == LIST else field
    if field.form == YES_NO:
        return click.Option([f"{field.option}/--no-{field.option[2:]}", names[1]], default=None, help=_first(field))
    if inner.form == CHOICE:
        return click.Option(names, metavar="|".join(resolved(inner.schema)["enum"]), help=_first(field))
    metavar = {DATE: "DATE", MAPPING: "FIELDS", "person": "PERSON", "staff-person": "STAFF", "entry": "ID"}
    shown = metavar.get(inner.form, "NUMBER" if inner.form in ("number", "whole") else "WORDS")
    said = _first(field)
    if inner.form == MAPPING:
        parts = ", ".join(f"{each.name}: ..." for each in inner.parts)
        said += f' Written as "{parts}".'
    said += " Again for one more." if field.form == LIST else ""
    return click.Option(names, metavar=shown, multiple=field.form == LIST, help=said)


def _first(field: Field) -> str:
    """Return what is to be written, without the back quotes that only an editor shows well."""
    return field.said.replace("`", "")


def _add(context: Context, kind: Kind, given: Mapping[str, Any]) -> None:
    store = context.read_store()
    place = _place(context, store, kind, given)
    besides = BESIDES.get(kind.name, Besides)(context, place, given)
    fields = _fields(kind)
    found: dict[str, Value] = {}
    for each in fields:
        value = _given(place, each, given[f"field_{each.name}"])
        if value is not None:
            found[each.name] = place.sound(each.name, value)
    if context.asks:
        context.say("Enter alone leaves a line out where that is allowed. Ctrl-C stops, and nothing is written.")
    for each in wanted(place, besides.asked_for(fields), found):
        value = ask(place, each)
        if value is not None:
            found[each.name] = place.sound(each.name, value)
    ordered = {each.name: found[each.name] for each in fields if each.name in found}
    body = _body(context, given["words"]) if kind.markdown else ()
    entry = given["id"] or _named(place, ordered, body, _taken(context, place) | besides.taken_names())
    ordered = besides.completed(entry, ordered)
    _as_a_whole(kind, ordered)
    text = yaml_text(ordered)
    if kind.markdown:
        text = f"---\n{text}---\n" + "".join(f"{each}\n" for each in body)
    path = _path(place, kind, entry)
    carry_out(context, besides.changes(Change(path, text), ordered), dry_run=given["dry_run"])
    besides.say_what_is_next(entry, ordered)
    if kind.markdown and not body:
        context.say(f"\nThe words are still to be written, below the second `---` of {path}.")


def _place(context: Context, store: Store, kind: Kind, given: Mapping[str, Any]) -> Place:
    if not ENTRY_KINDS[kind.name].of_student:
        return Place(context=context, store=store, kind=kind.name)
    file = context.student(store, given["student"])
    year = given["year"] or store.school.current_year
    if year not in file.student.grades:
        raise WrongUse(
            f"{file.student.name} has no grade for {year}",
            f"there are: {', '.join(sorted(file.student.grades))}; `sep rollover` begins a new school year",
        )
    section = file.year(year) or YearSection(id=year)
    return Place(context=context, store=store, kind=kind.name, file=file, year=section)


def _given(place: Place, field: Field, option: Any) -> Value:
    """Return what an option says, or `None` where it is not there."""
    if option is None or option == ():
        return None
    try:
        if field.form == LIST:
            return [place.read(field.item, each) for each in option]
        return bool(option) if field.form == YES_NO else place.read(field, option)
    except click.BadParameter as fault:
        raise WrongUse(fault.message, f"`{field.option}` takes it") from fault


def _as_a_whole(kind: Kind, fields: Mapping[str, Value]) -> None:
    """Make sure that the fields go together; raises `WrongUse` with every fault else, before anything is written."""
    document, _ = read_yaml("entry.yaml", yaml_text(fields))
    faults = validate(document, kind) if document is not None else ()
    if faults:
        lines = [each.message for each in faults[1:]] + [line for each in faults for line in each.help]
        raise WrongUse(faults[0].message, "\n".join(lines))


def _body(context: Context, given: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs, a blank line between two of them."""
    paragraphs = [words(each) for each in given]
    if not paragraphs and context.asks:
        context.say(click.style("\nThe words below: a line is a paragraph. More can be written in the file.", dim=True))
        while answer := click.prompt("Words (Enter ends)", default="", show_default=False, err=True).strip():
            paragraphs.append(answer)
    return tuple(line for each in paragraphs for line in ("", each))[1:]


def _named(place: Place, fields: Mapping[str, Value], body: Sequence[str], taken: frozenset[str]) -> str:
    """Return a free name for the file, of its day and its words."""
    peculiar = ENTRY_KINDS[place.kind]
    said = " ".join(str(fields[each]) for each in peculiar.named_by if each in fields)
    said = said or next(iter(body), "") or place.kind
    day = next((str(fields[each]) for each in peculiar.dated_by if each in fields), "")
    if peculiar.dated_by:
        return dated_id(dt.date.fromisoformat(day) if day else place.context.today, said, taken)
    return worded_id(said, taken)


def _taken(context: Context, place: Place) -> frozenset[str]:
    student, year = (place.file.id if place.file else ""), (place.year.id if place.year else "")
    located = (locate(each.path) for each in context.tree.entries())
    return frozenset(
        each.id
        for each in located
        if each is not None and (each.kind.name, each.student, each.year) == (place.kind, student, year)
    )


def _path(place: Place, kind: Kind, entry: str) -> str:
    student, year = (place.file.id if place.file else ""), (place.year.id if place.year else "")
    return kind.pattern.format(student=student, year=year, id=entry)
