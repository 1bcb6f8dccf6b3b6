"""Taking away what was published for one person: at once, and without asking the records (policy: P35).

Each path goes in one step: it is moved into a folder that hides, which is then deleted. Killed in between, it does not
stand at its place any more, and the next run deletes what is left.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from site_builder.base.disk import reason, write_whole
from site_builder.base.errors import Refused
from site_builder.publish import ledger, swap
from site_builder.publish.generation import STAGING, NotWritten, clear_away
from site_builder.publish.keeping import PRINT_JOBS, whose
from site_builder.publish.lock import locked
from site_builder.publish.place import MARKER
from site_builder.publish.sealed import PART as SEALED
from site_builder.publish.sealed import SUFFIX, delivered

SITES, BINDERS, LETTERS = "sites", "binders", "letters"


def is_output(place: Path) -> bool:
    """Tell whether `place` is a folder of ours."""
    marker = place / MARKER
    return marker.is_file() and not marker.is_symlink()


def people_published(place: Path) -> frozenset[str]:
    """Return the ids of all for whom something stands in the output `place`."""
    sites, binders = place / SITES, place / BINDERS
    folders = [each.name for each in sites.iterdir() if not each.name.startswith(".")] if sites.is_dir() else []
    copies = [whose(each.name)[1] for each in binders.iterdir()] if binders.is_dir() else []
    return frozenset(folders) | delivered(place / SEALED) | frozenset(each for each in copies if each)


def published_for(place: Path, person: str, student: str | None = None) -> tuple[str, ...]:
    """Return what stands in `place` for `person`, relative to it; with `student`, only what has that student in it.

    A site names its students on its first page, and nothing can be taken out of a sealed file: both are all or nothing.
    Printed words go with the sealed file that they open.
    """
    return tuple(_paths(place, person, student))


def _paths(place: Path, person: str, student: str | None) -> Iterator[str]:
    site = place / SITES / person
    if _stands(site) and (student is None or (site / student).exists() or _holds(place / SITES, person, student)):
        yield f"{SITES}/{person}"
    sealed = f"{person}{SUFFIX}"
    opened = student is None or _holds(place / SEALED, person, student)
    if opened and _stands(place / SEALED / sealed):
        yield f"{SEALED}/{sealed}"
    binders = place / BINDERS
    for each in sorted(binders.iterdir()) if binders.is_dir() else ():
        about, reader = whose(each.name)
        if reader == person and student in (None, about):
            yield f"{BINDERS}/{each.name}"
    jobs = place / PRINT_JOBS
    for each in sorted(jobs.iterdir()) if jobs.is_dir() else ():
        if whose(each.name)[1] == person:  # many students' binders in one: it goes as a whole
            yield f"{PRINT_JOBS}/{each.name}"
    if opened and _names(place / LETTERS, sealed):
        yield LETTERS


def withdraw(place: Path, person: str, student: str | None, now: dt.datetime) -> tuple[str, ...]:
    """Take away what `published_for` names, and return it; raises `Busy`, `Refused` and `NotWritten`."""
    try:
        with locked(place, now):
            clear_away(place)
            for part in (SITES, SEALED, BINDERS, PRINT_JOBS, LETTERS):
                if (place / part).is_symlink():
                    raise Refused(f"`{place / part}` is not a folder that `sep` made", "remove it, then start again")
            paths = published_for(place, person, student)
            if paths:
                bin = Path(tempfile.mkdtemp(prefix=STAGING, dir=place))
                for number, path in enumerate(paths):
                    (place / path).rename(bin / str(number))
                swap.remove(bin)
                _forget(place, person, paths)
            return paths
    except OSError as fault:
        raise NotWritten(
            f"not everything could be taken away: {reason(fault)}",
            f"see that no file in `{place}` is open and that it can be written to; then start again",
        ) from fault


def _forget(place: Path, person: str, paths: tuple[str, ...]) -> None:
    """Take the person out of what was decided for the pages that are gone."""
    for part, gone in ((SITES, f"{SITES}/{person}"), (SEALED, f"{SEALED}/{person}{SUFFIX}")):
        folder = place / part
        decided = ledger.read(folder)
        if gone not in paths or not any(viewer == person for viewer, _ in decided):
            continue
        kept = {pair: rests for pair, rests in decided.items() if pair[0] != person}
        write_whole(folder / ledger.LEDGER, ledger.written(kept))


def _holds(folder: Path, person: str, student: str) -> bool:
    """Tell whether what stands in `folder` for `person` has that student in it; where that is not known, it has."""
    decided = ledger.read(folder)
    return (person, student) in decided or not any(viewer == person for viewer, _ in decided)


def _names(letters: Path, file: str) -> bool:
    """Tell whether one of the printed pages names the sealed file `file`."""
    if not letters.is_dir():
        return False
    pages = (each for each in letters.iterdir() if each.is_file() and not each.is_symlink())
    return any(f">{file}<".encode() in each.read_bytes() for each in pages)


def _stands(path: Path) -> bool:
    return path.is_symlink() or path.exists()
