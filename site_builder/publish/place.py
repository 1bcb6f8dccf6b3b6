"""Where pages may be written: a folder of our own, and never among the records."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.base.disk import reason, unreadable
from site_builder.base.errors import Refused
from site_builder.publish.generation import NotWritten

MARKER = ".sep-output"
"""The file by which we know a folder again as one that holds nothing but our own pages."""

_MARKER_TEXT = """\
This folder is written by `sep`. Everything in it is made anew from the records, and what is put here by hand
goes away. It holds private pages: give each person their own folder only.
"""
_NOTHING = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what a file browser leaves in an empty folder
_SHOWN = 80
_CHOOSE = "choose an empty folder with `--out`, or one that does not exist yet"


def look_at(target: Path, store: Path, home: Path) -> Path:
    """Return the real path of `target` where pages may be written, changing nothing.

    Raises `Refused` for the top of a drive, the home folder, anything in or around the store, a git folder, a file,
    and a folder that holds something and was not made by us.
    """
    try:
        place = target.resolve()
        place.exists()
    except RuntimeError as fault:  # links that lead to each other
        raise Refused(f"`{target}` leads nowhere", _CHOOSE) from fault
    except OSError as fault:
        raise unreadable(f"`{_short(target)}`", fault, _CHOOSE) from fault
    way = (place, *place.parents)
    if place == Path(place.anchor):
        raise Refused("pages are not written to the top of a drive", _CHOOSE)
    if any(_same(each, place) for each in (home.resolve(), *home.resolve().parents)):
        raise Refused("pages are not written to the home folder itself", _CHOOSE)
    if any(_same(each, store) for each in way):
        raise Refused(f"`{target}` lies in the records: pages are kept apart from them", _CHOOSE)
    if any(_same(each, place) for each in store.resolve().parents):
        raise Refused(f"`{target}` holds the records: pages are kept apart from them", _CHOOSE)
    if ".git" in place.parts:
        raise Refused(f"`{target}` lies in a git folder", _CHOOSE)
    if place.exists() and not place.is_dir():
        raise Refused(f"`{target}` is a file, not a folder", _CHOOSE)
    if place.is_dir() and not _ours(place):
        raise Refused(f"`{target}` holds files that `sep` did not write", _CHOOSE)
    return place


def claim(target: Path, store: Path, home: Path) -> Path:
    """Return the real path of `target` as a folder of ours, made and marked where needed.

    Raises as `look_at`, and `NotWritten` where the disk does not take it.
    """
    place = look_at(target, store, home)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir(mode=0o700, exist_ok=True)
        _write_once(place / MARKER, _MARKER_TEXT)
        _write_once(place / ".gitignore", "*\n")  # private pages must not slip into anybody's history
    except OSError as fault:
        raise NotWritten(
            f"`{target}` could not be made: {reason(fault)}",
            "see that its disk can be written to and has room, or choose another place with `--out`",
        ) from fault
    return place


def _ours(folder: Path) -> bool:
    marker = folder / MARKER
    try:
        if marker.is_file() and not marker.is_symlink():
            return True
        return all(each.name in _NOTHING for each in folder.iterdir())
    except OSError as fault:
        raise Refused(f"`{folder}` cannot be opened: {reason(fault)}", _CHOOSE) from fault


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) < _SHOWN else f"{text[:_SHOWN]}..."


def _same(one: Path, other: Path) -> bool:
    # By inode where both exist, so that `RECORDS` is `records` on a disk that does not tell them apart.
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _write_once(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError:
        path.unlink()
        raise
