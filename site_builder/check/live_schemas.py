"""Schemas for the editor that know one school: its courses and terms as choices, and careers with their codes.

They are the schemas of `schemas/` with a few shared parts made narrower. What they call wrong is wrong as of the moment
they were made; `sep check` alone decides.
"""

from __future__ import annotations

import copy
import json

from site_builder.check.schema_files import Schema, schema_file
from site_builder.model.occupations import occupations
from site_builder.model.store import Store

LIVE_KINDS = ("plan", "objective", "registration", "report-card", "program")
"""The kinds of files that name courses, terms or careers. Where courses and terms are declared, any may be new."""
_SHARED = "common"


def live_schemas(store: Store) -> dict[str, str]:
    """Return the text of every schema by its file name; those that the others refer to are among them."""
    made = {kind: copy.deepcopy(schema_file(kind)) for kind in LIVE_KINDS}
    made[_SHARED] = copy.deepcopy(schema_file(_SHARED))
    parts = made[_SHARED]["$defs"]
    courses = {each.code: each.title for each in store.courses.courses}
    terms = {term.id: term.title for year in store.school.school_years for term in year.terms}
    _choices(parts["course-code"], courses, "This course is not in the course catalogue")
    _choices(parts["term"], terms, "This term is not among the school's terms")
    made["plan"]["properties"]["careers"]["items"]["defaultSnippets"] = _careers()
    made["objective"]["properties"]["career"]["defaultSnippets"] = _careers()
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in made.items()
    }


def _choices(part: Schema, choices: dict[str, str], complaint: str) -> None:
    """Make `part` a choice of the keys of `choices`, explained by their values; no choices leave it as it is."""
    if choices:
        part["enum"] = list(choices)
        part["enumDescriptions"] = list(choices.values())
        part["errorMessage"] = f"{complaint} as it was when `sep editor` was last called."


def _careers() -> list[Schema]:
    """Return a career with its code for each occupation, to be offered by the words of its title.

    They are no enum: the student's own words are as good, and an editor lists all choices of an enum at every turn.
    """
    return [
        {"label": each.title, "description": each.description, "body": {"title": each.title, "soc": each.code}}
        for each in occupations().values()
    ]
