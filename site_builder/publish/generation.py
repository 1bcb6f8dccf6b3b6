"""Publishing: a whole generation of pages takes the place of the last one, or nothing changes."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.base.artifact import Artifact
from site_builder.base.errors import Refused, SepError
from site_builder.publish import swap
from site_builder.publish.ledger import LEDGER
from site_builder.publish.lock import locked
from site_builder.publish.paths import checked
from site_builder.publish.staging import Staging, settle

_STAGING = ".sep-staging-"


class NotWritten(SepError):
    """The disk did not take the pages."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a part of the output: files written (of them unchanged), and the names that are gone from it."""

    files: int
    unchanged: int
    removed: tuple[str, ...]


def publish(
    place: Path,
    part: str,
    folders: Mapping[str, Iterable[Artifact]],
    keep: Collection[str] = (),
    *,
    now: dt.datetime,
    ledger: Callable[[], bytes] | None = None,
    pause: swap.Pause = lambda _: None,
    exchange: swap.Exchange = swap.exchange,
) -> Published:
    """Make `place/part` hold the files of `folders`, the published paths in `keep`, and nothing else.

    `place` comes from `place.claim`. `folders` names a folder each (empty: `part` itself); its files are drawn one by
    one. A path in `keep` that was never published is passed over. `ledger` is asked for last and kept beside the
    folders. `now` is told to a second builder, `pause` is called between the steps with their names.

    Raises `Busy`, `Refused` where `part` is a link, and `NotWritten`. Then, and when killed, the last generation
    stands as it was, and the next run clears away what was begun.
    """
    live = place / checked(part)
    try:
        with locked(place, now):
            _clear_away(place)
            if live.is_symlink() or (live.exists() and not live.is_dir()):
                raise Refused(f"`{live}` is not a folder that `sep` made", "remove it, then start again")
            before = _names(live)
            staging = Staging(Path(tempfile.mkdtemp(prefix=_STAGING, dir=place)), live)
            try:
                _fill(staging, folders, keep, pause)
                if ledger is not None:
                    staging.note(LEDGER, ledger())
                settle(staging.folder)
                pause("ready")
                swap.put_in_place(staging.folder, live, exchange, pause)
                pause("swapped")
                settle(place)
            finally:
                swap.remove(staging.folder)
            return Published(staging.written, staging.unchanged, tuple(sorted(before - _names(live))))
    except OSError as fault:
        raise NotWritten(
            f"the pages could not be written: {fault.strerror or 'the disk gave no reason'}",
            f"see that `{place}` can be written to, has room and no file in it is open; then start again",
        ) from fault


def _fill(
    staging: Staging, folders: Mapping[str, Iterable[Artifact]], keep: Collection[str], pause: swap.Pause
) -> None:
    for folder, artifacts in folders.items():
        for artifact in artifacts:
            path = f"{folder}/{artifact.path}" if folder else artifact.path
            staging.write(Artifact(path, artifact.content))
            pause("written")
    for path in sorted(keep):
        staging.carry_over(path)
        pause("carried over")


def _clear_away(place: Path) -> None:
    for each in place.iterdir():
        if each.name.startswith(_STAGING):
            swap.remove(each)


def _names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir() if not each.name.startswith(".")} if folder.is_dir() else set()
