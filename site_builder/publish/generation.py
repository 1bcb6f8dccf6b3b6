"""Publishing: a whole generation of pages takes the place of the last one, or nothing changes."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.base.artifact import Artifact, Streamed
from site_builder.base.disk import reason, write_whole
from site_builder.base.errors import Refused, SepError
from site_builder.publish import swap
from site_builder.publish.anchor import anchored
from site_builder.publish.ledger import LEDGER
from site_builder.publish.lock import locked
from site_builder.publish.paths import checked
from site_builder.publish.staging import Staging, settle

STAGING = ".sep-staging-"
"""How the folders begin in which something is made ready or taken away; the next run clears them."""

MADE_FROM = ".sep-made-from"
"""The note in a published part that says from which saved version it was made."""


class NotWritten(SepError):
    """The disk did not take the pages."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """The saved version from which pages are made, or on which the unsaved changes stand; empty where nothing is saved.

    `at` is when it was saved. `follows` tells whether the commit given to it is this one, or came before it.
    """

    commit: str = ""
    at: dt.datetime | None = None
    follows: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a part of the output: files written (of them unchanged), and the names that are gone from it."""

    files: int
    unchanged: int
    removed: tuple[str, ...]


def publish(
    place: Path,
    part: str,
    folders: Mapping[str, Iterable[Artifact | Streamed]],
    keep: Collection[str] = (),
    *,
    now: dt.datetime,
    ledger: Callable[[], bytes] | None = None,
    made_from: MadeFrom | None = None,
    force_older: bool = False,
    pause: swap.Pause = lambda _: None,
    exchange: swap.Exchange = swap.exchange,
) -> Published:
    """Make `place/part` hold the files of `folders`, the published paths in `keep`, and nothing else.

    `place` comes from `place.claim`. `folders` names a folder each (empty: `part` itself); its files are drawn one by
    one. A path in `keep` that was never published is passed over. `ledger` is asked for last and kept beside the
    folders. `now` is told to a second builder, `pause` is called between the steps with their names. Pages `made_from`
    an older version than those published never take their place without `force_older`; without `made_from` nothing new
    is made, and the note that stands stays.

    Raises `Busy`, `Refused` where `part` is a link or newer or `place` is moved away, and `NotWritten`. Then, and when
    killed, the last generation stands as it was, and the next run clears away what was begun.
    """
    live = place / checked(part)
    try:
        with locked(place, now), anchored(place) as anchor:
            clear_away(place)
            if live.is_symlink() or (live.exists() and not live.is_dir()):
                raise Refused(f"`{live}` is not a folder that `sep` made", "remove it, then start again")
            if made_from is not None and not force_older:
                _keep_newer(live, made_from)
            before = _names(live)
            staging = Staging(Path(tempfile.mkdtemp(prefix=STAGING, dir=place)), live)
            try:
                _fill(staging, folders, keep, pause)
                if ledger is not None:
                    staging.note(LEDGER, ledger())
                note = _noted(made_from) if made_from is not None else _note(live)
                if note:
                    staging.note(MADE_FROM, note)
                settle(staging.folder)
                pause("ready")
                anchor.check()
                swap.put_in_place(staging.folder, live, exchange, pause)
                pause("swapped")
                settle(place)
            finally:
                anchor.remove(staging.folder.name)
            return Published(staging.written, staging.unchanged, tuple(sorted(before - _names(live))))
    except OSError as fault:
        raise NotWritten(
            f"the pages could not be written: {reason(fault)}",
            f"see that `{place}` can be written to, has room and no file in it is open; then start again",
        ) from fault


def _fill(
    staging: Staging, folders: Mapping[str, Iterable[Artifact | Streamed]], keep: Collection[str], pause: swap.Pause
) -> None:
    for folder, artifacts in folders.items():
        for artifact in artifacts:
            path = f"{folder}/{artifact.path}" if folder else artifact.path
            staging.write(replace(artifact, path=path))
            pause("written")
    for path in sorted(keep):
        staging.carry_over(path)
        pause("carried over")


def _keep_newer(live: Path, made_from: MadeFrom) -> None:
    """Raise `Refused` where the published pages were made from a newer version than `made_from`."""
    before = _made_from(live)
    at = before.at
    if at is None:
        return  # pages from before anything was saved, or from before there was such a note
    if made_from.commit == before.commit or (made_from.commit and made_from.follows(before.commit)):
        return
    way_out = "bring the records up to date, or give `--force-older` if the older pages are meant"
    if made_from.at is None:
        raise Refused(
            "the pages there were made from a saved version, and these records have none: they may be older", way_out
        )
    if made_from.at < at:
        raise Refused(
            f"the pages there were made from a newer version of the records, saved on {at:%Y-%m-%d} at {at:%H:%M} UTC",
            way_out,
        )


def made_from_versions(place: Path) -> frozenset[str]:
    """Return the saved versions from which the parts of the output `place` were made."""
    return frozenset(_made_from(part).commit for part in _parts(place)) - {""}


def count_as_made_from(place: Path, gone: Collection[str], made_from: MadeFrom, *, now: dt.datetime) -> None:
    """Let the parts that were made from a version in `gone` count as made from `made_from`, which stands in its place.

    Raises `Busy`, and `OSError` where the disk does not take it.
    """
    if not any(_made_from(part).commit in gone for part in _parts(place)):
        return
    with locked(place, now):
        for part in _parts(place):
            if _made_from(part).commit in gone:
                write_whole(part / MADE_FROM, _noted(made_from))


def _parts(place: Path) -> list[Path]:
    if not place.is_dir() or place.is_symlink():
        return []
    return [each for each in sorted(place.iterdir()) if each.is_dir() and not each.is_symlink()]


def _made_from(live: Path) -> MadeFrom:
    """Return what the note of a published part says; of one that does not say it, nothing."""
    try:
        said = json.loads(_note(live) or b"{}")
        commit, at = str(said["commit"]), dt.datetime.fromisoformat(said["at"])
    except (ValueError, TypeError, KeyError):
        return MadeFrom()
    return MadeFrom(commit, at) if at.tzinfo is not None else MadeFrom()


def _note(live: Path) -> bytes:
    path = live / MADE_FROM
    try:
        return b"" if path.is_symlink() else path.read_bytes()
    except OSError:
        return b""


def _noted(made_from: MadeFrom) -> bytes:
    if made_from.at is None:
        return b""
    return (json.dumps({"commit": made_from.commit, "at": made_from.at.isoformat()}) + "\n").encode()


def clear_away(place: Path) -> None:
    """Remove what a run that was broken off has left in `place`, which must be locked."""
    for each in place.iterdir():
        if each.name.startswith(STAGING):
            swap.remove(each)


def _names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir() if not each.name.startswith(".")} if folder.is_dir() else set()
