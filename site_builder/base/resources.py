"""The schemas, templates and tables that travel with the program, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def folder(name: str) -> Path:
    """Return the folder `schemas`, `templates`, `records` (the sample school) or `data`.

    It lies inside the package; in a checkout, all but the data stand at the top, where people look for them.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
