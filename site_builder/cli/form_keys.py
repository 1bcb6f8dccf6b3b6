"""The keys that seal the forms: on this person's computer alone, never in the store, readable by nobody else."""

from __future__ import annotations

import os
import re
import secrets
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from site_builder.base.disk import reason, unreadable
from site_builder.base.errors import MissingTool, WrongUse
from site_builder.base.form_token import LENGTH, FormKey

NAME = "form-keys.txt"
_LINE = re.compile(r"[0-9a-f]{64}")
_HEAD = (
    "# The keys that seal the forms which `sep build` makes, one a line; the first one seals new forms.\n"
    "# Whoever has them can make a form that looks like the school's. Keep this file to yourself.\n"
)
_MOST = 65_536


def keys_file(settings: Path) -> Path:
    """Return where the keys stand."""
    return settings / NAME


def known_keys(settings: Path) -> tuple[FormKey, ...]:
    """Return the keys of this computer, the one for new forms first; none where there are none yet."""
    path = keys_file(settings)
    try:
        return _read(path) if path.exists() else ()
    except OSError as fault:
        raise _unusable(path, fault) from fault


def sealing_key(settings: Path) -> FormKey:
    """Return the key for new forms, made now where there is none; raises `MissingTool` where it cannot be kept."""
    found = known_keys(settings)
    if found:
        return found[0]
    path = keys_file(settings)
    key = FormKey(secrets.token_bytes(LENGTH))
    try:
        settings.mkdir(mode=0o700, parents=True, exist_ok=True)
        _place(path, f"{_HEAD}{key.secret.hex()}\n")
    except OSError as fault:
        raise _unusable(path, fault) from fault
    return known_keys(settings)[0]


def _place(path: Path, text: str) -> None:
    """Put `text` at `path` as a whole; where two builds do so at once, the first one's stays and both use it."""
    with tempfile.NamedTemporaryFile("w", encoding="ascii", newline="\n", dir=path.parent, delete=False) as stream:
        stream.write(text)
    beside = Path(stream.name)
    try:
        (os.rename if os.name == "nt" else os.link)(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink(missing_ok=True)


def take_over(settings: Path, other: Path) -> Sequence[FormKey]:
    """Add the keys of another computer's file `other` to those here, and return the ones that are new."""
    try:
        given = _read(other)
    except OSError as fault:
        raise unreadable(f"`{other}`", fault, f"name the file `{NAME}` of the other computer") from fault
    if not given:
        raise WrongUse(f"`{other}` holds no key", f"name the file `{NAME}` of the other computer")
    own = known_keys(settings)
    fresh = [each for each in given if each not in own]
    if fresh:
        path = keys_file(settings)
        try:
            settings.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="ascii", newline="\n") as stream:
                stream.write(("" if own else _HEAD) + "".join(f"{each.secret.hex()}\n" for each in fresh))
        except OSError as fault:
            raise _unusable(path, fault) from fault
    return fresh


def _read(path: Path) -> tuple[FormKey, ...]:
    with path.open("rb") as stream:
        about = os.fstat(stream.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise WrongUse(f"`{path}` is no plain file", "put the file with the keys there")
        if os.name != "nt" and about.st_mode & 0o077 and about.st_uid == os.getuid():
            path.chmod(0o600)
        text = stream.read(_MOST).decode("ascii", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not all(_LINE.fullmatch(line) for line in lines):
        raise WrongUse(f"`{path}` is not a file of keys as `sep` writes it", "take it away, or bring back a copy of it")
    return tuple(FormKey(bytes.fromhex(line)) for line in dict.fromkeys(lines))


def _unusable(path: Path, fault: OSError) -> MissingTool:
    return MissingTool(
        f"the file with the keys of the forms, `{path}`, cannot be used: {reason(fault)}",
        "make that folder one that you may write to",
    )
