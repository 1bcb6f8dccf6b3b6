"""Asking for the fields of a new entry one by one, in the words of its schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import click

from site_builder.check.schema_files import Schema, resolved, schema_file
from site_builder.cli.answers import asking_again, needed
from site_builder.cli.console import visible
from site_builder.cli.entry_fields import CHOICE, DATE, ENTRY, LIST, MAPPING, PERSON, YES_NO, Field, Place
from site_builder.cli.entry_kinds import ENTRY_KINDS
from site_builder.cli.participants import current, described_person
from site_builder.model.identity import is_family
from site_builder.model.records import Participant
from site_builder.model.store import StudentFile
from site_builder.source.document import Value

_NUMBERS = "numbers, such as 1 3"


def ask(place: Place, field: Field) -> Value:
    """Return the answer to the question for `field`, or `None` where it is left out; it is asked until it is sound."""
    context, form = place.context, field.form
    if context.asks:
        context.say()
    # Of yes and no the title says enough: the schema speaks of what a file holds.
    if context.asks and field.said and form != YES_NO:
        context.say(click.style(field.said, dim=True))
    if form == LIST:
        return _list(place, field)
    if form == MAPPING:
        return _mapping(place, field)
    if context.asks and form == CHOICE and field.required:
        return _one_of(place, field)
    if context.asks and form == PERSON and field.required and place.file is not None:
        people = _in_order(place.file, context.today)
        return people[context.choose(field.title, [described_person(each) for each in people])].id
    if context.asks and form == ENTRY:
        return _entry(place, field)
    if context.asks and form == YES_NO:
        return click.confirm(field.title, default=False, err=True) or None
    return _text(place, field)


def wanted(place: Place, fields: tuple[Field, ...], given: Mapping[str, Value]) -> Iterator[Field]:
    """Give the fields to ask for in order, looking at what has been answered by then (`given` grows meanwhile)."""
    peculiar = ENTRY_KINDS[place.kind]
    for each in fields:
        conditions = _conditions(place.kind, each.name, given)
        needed_here = each.required or any(conditions)
        behind = peculiar.only_with.get(each.name)
        if each.name in given or (each.name in peculiar.silent and not needed_here):
            continue
        if (conditions and not any(conditions)) or (behind is not None and behind not in given):
            continue
        if peculiar.never_with.get(each.name) in given:
            continue
        yield Field(each.name, each.schema, needed_here)


def _conditions(kind: str, name: str, given: Mapping[str, Value]) -> list[bool]:
    """Tell of each condition in the schema that asks for the field whether it holds."""
    found = []
    for each in schema_file(kind).get("allOf", ()):
        if name in each["then"].get("required", ()):
            properties: Mapping[str, Schema] = each["if"]["properties"]
            found.append(all(given.get(key) == value.get("const") for key, value in properties.items()))
    return found


def _text(place: Place, field: Field) -> Value:
    def read(text: str) -> Value:
        if not text.strip() and not field.required:
            return None
        return place.sound(field.name, place.read(field, text)) if place.context.asks else place.read(field, text)

    if not place.context.asks:
        return needed(place.context, None, field.title, field.option, read) if field.required else None
    if field.form == DATE and field.required:
        return _prompt(f"{field.title} (Enter for today)", read, "today")
    if field.required:
        return needed(place.context, None, field.title, field.option, read)
    return _prompt(f"{field.title} (Enter to leave it out)", read, "")


def _prompt(question: str, read: Callable[[str], Value], default: str) -> Value:
    answer: Value = click.prompt(question, default=default, show_default=False, value_proc=asking_again(read), err=True)
    return answer


def _one_of(place: Place, field: Field) -> str:
    whole = resolved(field.schema)
    choices = cast("list[str]", whole["enum"])
    meanings = cast("list[str]", whole.get("enumDescriptions", [""] * len(choices)))
    lines = [f"{choice}: {meaning}" if meaning else choice for choice, meaning in zip(choices, meanings, strict=True)]
    return choices[place.context.choose(field.title, lines)]


def _entry(place: Place, field: Field) -> Value:
    known = place.listed(field)
    if not known and not field.required:
        return None
    lines = [f"{title} ({entry})" for entry, title in known.items()]
    answer = place.context.choose(
        field.title, lines if field.required else [*lines, "none of them"], or_last=not field.required
    )
    return list(known)[answer] if answer < len(known) else None


def _list(place: Place, field: Field) -> Value:
    item = field.item
    if not place.context.asks:
        return needed(place.context, None, field.title, field.option, _nothing) if field.required else None
    if _is_people(field) and place.file is not None:
        return _people(place, field)
    found: list[Value] = []
    while True:
        more = bool(found) or not field.required
        value = _part(place, item, more=more)
        if value is None:
            return found or None
        found.append(value)


def _nothing(_text: str) -> Value:
    return None


def _part(place: Place, item: Field, *, more: bool) -> Value:
    """Return an entry of a list, or `None` where that was the last; with `more` an empty answer ends the list."""
    if item.form == MAPPING:
        return _mapping(place, Field(item.name, item.schema, required=not more))

    def read(text: str) -> Value:
        return place.sound(item.name, [place.read(item, text)]) if text.strip() else None

    if not more:
        first = needed(place.context, None, f"{item.title}, one at a time", f"--{item.name}", _filled(read))
        return cast("list[Value]", first)[0]
    answer = _prompt(f"{item.title}, one more (Enter ends the list)", read, "")
    return cast("list[Value]", answer)[0] if answer else None


def _filled(read: Callable[[str], Value]) -> Callable[[str], Value]:
    def reader(text: str) -> Value:
        if not text.strip():
            raise click.BadParameter("something must stand here")
        return read(text)

    return reader


def _people(place: Place, field: Field) -> Value:
    """Ask for people of the plan by their numbers in a list."""
    if place.file is None:
        raise LookupError(f"no student's file for {field.name}")
    people = _in_order(place.file, place.context.today)
    for number, each in enumerate(people, start=1):
        click.echo(f"  {number}  {visible(described_person(each))}", err=True)

    def read(text: str) -> Value:
        words = text.replace(",", " ").split()
        if not words and not field.required:
            return None
        if not words or not all(each.isdecimal() and 1 <= int(each) <= len(people) for each in words):
            raise click.BadParameter(f"give numbers from 1 to {len(people)}, with spaces between")
        return list(dict.fromkeys(people[int(each) - 1].id for each in words))

    return _prompt(f"{field.title} ({_NUMBERS}{'' if field.required else '; Enter to leave it out'})", read, "")


def _is_people(field: Field) -> bool:
    return field.form == LIST and field.item.form == PERSON


def _in_order(file: StudentFile, on: dt.date) -> list[Participant]:
    """Return who takes part that day: the student, the family, then staff."""
    return sorted(current(file, on), key=lambda each: (each.role != "student", not is_family(each), each.name))


def _mapping(place: Place, field: Field) -> Value:
    """Ask for the fields of a mapping; where its first is left out, so is the whole."""
    if not place.context.asks:
        return needed(place.context, None, field.title, field.option, _nothing) if field.required else None
    found: dict[str, Any] = {}
    for number, part in enumerate(field.parts):
        first = number == 0
        part_asked = Field(part.name, part.schema, part.required and (field.required or not first))
        value = _within(place, field, part_asked, ends=first and not field.required)
        if first and value is None:
            return None
        if value is not None:
            found[part.name] = value
    return found


def _within(place: Place, field: Field, part: Field, *, ends: bool) -> Value:
    """Ask for one field of a mapping."""
    if part.form == CHOICE:
        return _one_of(place, part)
    title = f"{field.title}: {part.title[:1].lower()}{part.title[1:]}" if part.title != field.title else part.title

    def read(text: str) -> Value:
        return place.read(part, text) if text.strip() else None

    if part.required:
        return needed(place.context, None, title, field.option, _filled(read))
    return _prompt(f"{title} ({'Enter goes on' if ends else 'Enter to leave it out'})", read, "")
