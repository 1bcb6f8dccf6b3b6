"""For whom a field is written at the widest: `x-audience` of its schema, the one place where that is said."""

from __future__ import annotations

import json
from functools import cache

from site_builder.base.resources import folder

NOBODY = "nobody"


def audience(kind: str, field: str) -> str:
    """Return `participants`, `staff` or `manager` for a field of a kind of file; `nobody` for one that is not known."""
    return _audiences(kind).get(field, NOBODY)


@cache
def _audiences(kind: str) -> dict[str, str]:
    path = folder("schemas") / f"{kind}.schema.json"
    if not path.is_file():
        return {}
    properties = json.loads(path.read_text(encoding="utf-8")).get("properties", {})
    return {name: str(each.get("x-audience", NOBODY)) for name, each in properties.items()}
