"""One field of a new entry, as its schema describes it: what a typed answer or option means (policy: P14, P27, P30)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import click

from site_builder.base.errors import WrongUse
from site_builder.check.schema_files import Schema, resolved
from site_builder.check.schemas import faults_in_field
from site_builder.cli.answers import words
from site_builder.cli.context import Context
from site_builder.cli.days import day
from site_builder.cli.entry_kinds import ENTRY_KINDS
from site_builder.cli.participants import find_participant
from site_builder.cli.people import find_staff
from site_builder.cli.yaml_text import yaml_text
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.source.document import Value
from site_builder.source.layout import kind_named
from site_builder.source.yaml_reader import read_yaml

PERSON, STAFF, ENTRY, DATE = "person", "staff-person", "entry", "date"
CHOICE, YES_NO, NUMBER, WHOLE, MAPPING, LIST, TEXT = "choice", "yes-no", "number", "whole", "mapping", "list", "text"


_IDS = re.compile(r"^(The id|Ids) of the ")
_BY_ID = re.compile(r", by their ids in `staff\.yaml`|'s id in `staff\.yaml`")


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its name and schema, in a file or in a mapping of one."""

    name: str
    schema: Schema
    required: bool

    @property
    def form(self) -> str:
        """Return what is to be typed: one of the words above."""
        shared = str(self.schema.get("$ref", "")).rpartition("/")[2]
        if shared in (PERSON, STAFF, ENTRY, DATE):
            return shared
        whole = resolved(self.schema)
        if "enum" in whole:
            return CHOICE
        forms = {"boolean": YES_NO, "number": NUMBER, "integer": WHOLE, "object": MAPPING, "array": LIST}
        return forms.get(str(whole.get("type")), TEXT)

    @property
    def title(self) -> str:
        """Return the title as a question has it."""
        return str(self.schema.get("title") or self.schema.get("$comment") or self.name)

    @property
    def said(self) -> str:
        """Return what is to be given, in the schema's words; those speak of ids, and here names do as well."""
        return _BY_ID.sub("", _IDS.sub("The ", str(self.schema.get("description", ""))))

    @property
    def option(self) -> str:
        """Return the option that gives it."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def item(self) -> Field:
        """Return an entry of a list."""
        items = resolved(self.schema)["items"]
        return Field(self.name, {"title": self.title, **items}, required=True)

    @property
    def parts(self) -> tuple[Field, ...]:
        """Return the fields of a mapping."""
        return fields_of(resolved(self.schema))


def fields_of(schema: Schema) -> tuple[Field, ...]:
    """Return the fields of a file or mapping in the schema's order."""
    needed = schema.get("required", ())
    return tuple(Field(name, each, name in needed) for name, each in schema["properties"].items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the entry belongs: a kind of file, and for a student's file the student and the section, where it is."""

    context: Context
    store: Store
    kind: str
    file: StudentFile | None = None
    year: YearSection | None = None

    def read(self, field: Field, text: str) -> Value:
        """Return what `text` means for `field`; raises `WrongUse` or `click.BadParameter` where it means nothing."""
        form = field.form
        value: Value
        if form == DATE:
            value = (self.context.today if text.strip().casefold() == "today" else day(text.strip())).isoformat()
        elif form in (PERSON, STAFF):
            value = self._person(form, text)
        elif form == ENTRY:
            value = self._entry(field, text)
        elif form in (NUMBER, WHOLE):
            value = _number(text)
        elif form == CHOICE:
            value = _choice(field, text)
        elif form == MAPPING:
            value = self._mapping(field, text)
        else:
            value = words(text)
        return value

    def sound(self, name: str, value: Value) -> Value:
        """Return `value` if the schema takes it in the field `name`; raises `WrongUse` with its sentence else."""
        document, _ = read_yaml("entry.yaml", yaml_text({name: value}))
        faults = faults_in_field(document, kind_named(self.kind), name) if document is not None else ()
        if faults:
            raise WrongUse(faults[0].message, "\n".join(faults[0].help))
        return value

    def listed(self, field: Field) -> Mapping[str, str]:
        """Return the entries that the field may name: id and what it is called."""
        kind = ENTRY_KINDS[self.kind].entries.get(field.name)
        if kind == "objective":
            return {each.id: each.statement for each in (self.year.objectives if self.year else ())}
        if kind == "group":
            year = self.store.school_year(self.year.id) if self.year else None
            own = [each for each in self.store.groups if year is None or year.starts <= each.date <= year.ends]
            return {each.id: f"{each.category}, {each.date}" for each in own}
        return {each.id: each.partner for each in self.store.partnerships}

    def _person(self, form: str, text: str) -> str:
        chooser = self.context.choose if self.context.asks else None
        if form == PERSON and self.file is not None:
            return find_participant(self.file, text, chooser).id
        return find_staff(self.store, text, chooser).id

    def _entry(self, field: Field, text: str) -> str:
        known = self.listed(field)
        if text.strip() not in known:
            lines = [f"{entry} - {title}" for entry, title in known.items()] or ["none is there yet"]
            raise WrongUse(f"there is no `{text.strip()}` for {field.option}", "\n".join(["there are:", *lines]))
        return text.strip()

    def _mapping(self, field: Field, text: str) -> Value:
        """Return the fields that `what: Welding 1, source: school` states; names of people become ids."""
        bare = text.strip()
        document, _ = read_yaml("option.yaml", f"given: {bare if bare.startswith('{') else f'{{{bare}}}'}")
        data = document.data if document is not None else None
        given = data.get("given") if isinstance(data, dict) else None
        if not isinstance(given, dict):
            parts = ", ".join(f"{each.name}: ..." for each in field.parts if each.required)
            raise WrongUse(f"`{text}` does not say what {field.option} needs", f'write it as "{parts}"')
        forms = {each.name: each for each in field.parts}
        people = {key for key, each in forms.items() if each.form in (PERSON, STAFF)}
        return {key: self.read(forms[key], str(value)) if key in people else value for key, value in given.items()}


def _number(text: str) -> int | float:
    try:
        number = float(text)
    except ValueError as fault:
        raise click.BadParameter(f"`{text}` is no number") from fault
    return int(number) if number.is_integer() else number


def _choice(field: Field, text: str) -> str:
    choices = cast("list[str]", resolved(field.schema)["enum"])
    wanted = "-".join(text.split()).casefold()
    found = next((each for each in choices if each.casefold() == wanted), None)
    if found is None:
        raise WrongUse(f"`{text}` is no choice for {field.option}", f"one of: {', '.join(choices)}")
    return found
