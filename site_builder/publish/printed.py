"""Which copies of binders were printed, and what was in them: keyed hashes in the settings of one account.

It belongs to no store and to no output: both are copied and shared, and this says who holds which paper. It holds ids
and hashes, no word of a student's.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path

from site_builder.access.printed import Printed
from site_builder.base.disk import write_whole
from site_builder.base.errors import MissingTool
from site_builder.publish.keeping import FOR
from site_builder.publish.ledger import noted

PRINTED = "printed"
"""The folder of the settings in which it stands, one file a school."""

_SALT = re.compile(r"[0-9a-f]{32,128}", re.ASCII)


def read_printed(path: Path) -> dict[str, Printed]:
    """Return the printed copies by name (`rivera-ana--for-maria-rivera`); none where the file is not there or not ours.

    Raises `MissingTool` where it is there and cannot be read.
    """
    try:
        found = json.loads(path.read_bytes())
        return {str(name): _entry(about) for name, about in found.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    except OSError as fault:
        raise _unusable(path, fault) from fault


def write_printed(path: Path, copies: Mapping[str, Printed]) -> None:
    """Keep the printed copies at `path`, whole or as it was, readable for this account alone. Raises `MissingTool`."""
    content = {
        name: {"on": each.on.isoformat(), "salt": each.salt, "entries": dict(each.entries)}
        for name, each in sorted(copies.items())
    }
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, noted(content))
    except OSError as fault:
        raise _unusable(path, fault) from fault


def forget_printed(path: Path, student: str) -> int:
    """Take the copies of one student's binder out of the memory at `path`, and return how many there were."""
    copies = read_printed(path)
    kept = {name: each for name, each in copies.items() if name.partition(FOR)[0] != student}
    if len(kept) != len(copies):
        write_printed(path, kept)
    return len(copies) - len(kept)


def _entry(about: Mapping[str, object]) -> Printed:
    salt, entries = str(about["salt"]), about["entries"]
    if not _SALT.fullmatch(salt) or not isinstance(entries, dict):
        raise ValueError("not as it was written")
    return Printed(
        dt.date.fromisoformat(str(about["on"])), salt, {str(key): str(each) for key, each in entries.items()}
    )


def _unusable(path: Path, fault: OSError) -> MissingTool:
    return MissingTool(
        f"the list of printed binders, `{path}`, cannot be used: {fault.strerror or 'the disk gave no reason'}",
        "make its folder one that you may write to",
    )
