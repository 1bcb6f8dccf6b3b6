"""What a store's folder and this computer's git need: attributes, ignored files, the hook, the merge driver."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from site_builder.base.disk import reason
from site_builder.base.errors import MissingTool
from site_builder.source.git import Plumbing
from site_builder.source.git_begin import hooks_folder, set_up, setting

ATTRIBUTES = """\
# Every computer keeps the same bytes, and two versions of one record are joined field by field.
* -text
*.yaml text eol=lf merge=sep
*.md text eol=lf merge=sep
"""
IGNORED = """\
# What is made of the records, and what other programs leave: none of it is saved.
/build/
.vscode/sep/
.DS_Store
Thumbs.db
desktop.ini
~$*
.~lock.*
*.tmp
*.swp
"""
_DRIVER = (
    "if command -v sep >/dev/null 2>&1; then sep merge-driver %O %A %B %P; "
    "case $? in 0) exit 0;; 1) exit 1;; esac; fi; "
    "git merge-file -L yours -L before -L theirs %A %O %B"
)
SETTINGS = (
    ("merge.sep.name", "records of a school, field by field"),
    ("merge.sep.driver", _DRIVER),
    ("pull.rebase", "false"),
    ("branch.main.mergeOptions", "--no-edit"),
    ("core.longpaths", "true"),
)
"""Set in the repository alone: `git pull` joins two lines of saves, and opens no editor for it.

Without `sep`, or where it is unsure, git joins the lines of a record as of any file.
"""
_SIGN = "# This hook was written by sep"
_HOOK = f"""\
#!/bin/sh
{_SIGN}: it looks at the records of a save before git makes it.
# It holds nobody's words back: `sep save --draft` and `git commit --no-verify` save whatever is there.
if ! command -v sep >/dev/null 2>&1; then
  echo "The command sep is not found here: saved without a look at the records." >&2
  exit 0
fi
sep -C {{store}} --no-input --color never check --staged
if [ $? -eq 1 ]; then
  exit 1
fi
exit 0
"""
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "box": "Box",
    "nextcloud": "Nextcloud",
}


class Hook(StrEnum):
    """What stands where git looks for the hook."""

    OURS = "ours"
    OTHER = "other"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Setup:
    """What is set up for a store on this computer."""

    hook: Hook
    place: Path
    settings: tuple[str, ...]
    """The names of settings that are missing or other than they should be."""


def look(git: Plumbing) -> Setup:
    """Return what is set up in the repository of `git`, and change nothing."""
    place = hooks_folder(git) / "pre-commit"
    wanting = tuple(name for name, value in SETTINGS if name.startswith("merge.") and setting(git, name) != value)
    return Setup(_hook(place), place, wanting)


def _hook(place: Path) -> Hook:
    if not os.path.lexists(place):
        return Hook.MISSING
    try:
        return Hook.OURS if _SIGN in place.read_text(encoding="utf-8", errors="replace") else Hook.OTHER
    except OSError:
        return Hook.OTHER


def install(git: Plumbing, store: str) -> Setup:
    """Set up hook and merge driver for the store at `store`, seen from the top of the repository; nothing is replaced.

    A hook of somebody else stays, and so it says in what is returned. Raises `MissingTool` where the disk refuses.
    """
    set_up(git, SETTINGS)
    found = look(git)
    if found.hook is Hook.OTHER:
        return found
    try:
        found.place.parent.mkdir(parents=True, exist_ok=True)
        found.place.write_text(_HOOK.format(store=shlex.quote(store or ".")), encoding="utf-8", newline="\n")
        found.place.chmod(0o755)
    except OSError as fault:
        raise MissingTool(
            f"the hook cannot be written: {reason(fault)}", f"see to `{found.place}`, then call `sep doctor --fix`"
        ) from fault
    return look(git)


def hook_by_hand(store: str) -> str:
    """Return the line that somebody with a hook of their own may add to it."""
    return f"sep -C {shlex.quote(store or '.')} --no-input --color never check --staged || exit 1"


def copied_by_others(folder: Path) -> str:
    """Return the name of the program that copies this folder to other computers by itself, or an empty text."""
    return next(_copying(folder), "")


def _copying(folder: Path) -> Iterator[str]:
    for part in folder.parts:
        word = part.casefold()
        for name, program in _SYNCED.items():
            if word == name or word.startswith((f"{name} ", f"{name}-")):
                yield program
