"""Proposals for tests, as the form saves them: sealed with a key that the tests keep."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from site_builder.access.sites import site_for
from site_builder.base.form_token import FormKey
from site_builder.cli.form_keys import keys_file
from site_builder.render.form import facts
from tests.stores import TODAY, checked

KEY = FormKey(b"the key of these tests, 32 bytes")


def keep_key(settings: Path, key: FormKey = KEY) -> None:
    """Let the program find the tests' key."""
    settings.mkdir(parents=True, exist_ok=True)
    keys_file(settings).write_text(f"{key.secret.hex()}\n", "ascii")
    keys_file(settings).chmod(0o600)


def proposal(
    records: Path,
    person: str,
    student: str,
    parts: dict[str, Any],
    *,
    language: str = "en",
    made_on: dt.date = TODAY,
    key: FormKey = KEY,
) -> dict[str, Any]:
    """Return what the form that `person` has today saves, as plain data."""
    store = checked(records).store
    assert store is not None
    site = site_for(store, person, TODAY)
    file = next(each for each in site.files if each.id == student)
    return {
        "format_version": 1,
        "form": facts(site, file, key),
        "made_on": made_on.isoformat(),
        "language": language,
        "parts": parts,
    }


def hand_in(path: Path, data: object) -> Path:
    """Write a proposal as the form does."""
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path
