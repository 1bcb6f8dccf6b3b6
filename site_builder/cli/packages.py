"""Packages in the output for somebody outside: put there, and taken away when they may not be handed over any more.

(policy: P35, P36)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from site_builder.access.release import Choice, document_digest
from site_builder.access.still_given import Package, still_given
from site_builder.base.artifact import Artifact
from site_builder.cli.context import Context
from site_builder.model.records import ThirdParty
from site_builder.model.store import Store, StudentFile
from site_builder.publish.generation import publish
from site_builder.publish.given import read, written

RELEASES, TRANSFERS = "releases", "transfers"
"""The folders of the packages in the output."""
_DATED = "[a-z0-9-]+-[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OURS = {
    RELEASES: re.compile(rf"{_DATED}-[a-z0-9-]+(?:\.zip)?", re.ASCII),
    TRANSFERS: re.compile(rf"{_DATED}\.zip", re.ASCII),
}
"""How packages are called; what somebody else has put beside them is left alone."""


def package_of(file: StudentFile, record: str, party: ThirdParty, choice: Choice) -> Package:
    """Return what there is to know of a package of this choice, of which the disclosure `record` tells."""
    documents = {key: document_digest(file, key) for key in choice.documents}
    return Package(file.id, record, party.id, choice.sections, documents)


def put_package(
    context: Context, store: Store, place: Path, part: str, name: str, package: Package, made: Iterable[Artifact]
) -> None:
    """Publish the package `name` beside the others; say which of these are gone, for they may not be handed over."""
    stays, gone = packages_that_stay(store, place / part, context.today)
    publish(
        place,
        part,
        {"": made},
        [each for each in stays if each.removesuffix(".zip") != name],
        now=context.surroundings.now(None),
        ledger=partial(written, {**_known(stays), name: package}),
    )
    tell_gone(context, [each for each in gone if each.removesuffix(".zip") != name])


def prune_packages(store: Store, place: Path, on: dt.date, now: dt.datetime) -> tuple[str, ...]:
    """Take away the packages that may not be handed over any more, and return their names."""
    every: list[str] = []
    for part in (RELEASES, TRANSFERS):
        stays, gone = packages_that_stay(store, place / part, on)
        known = _known(stays)
        if gone or set(read(place / part)) != set(known):  # what somebody deleted is spoken of no longer either
            publish(place, part, {}, list(stays), now=now, ledger=partial(written, known))
        every.extend(gone)
    return tuple(every)


def packages_that_stay(store: Store, folder: Path, on: dt.date) -> tuple[dict[str, Package | None], tuple[str, ...]]:
    """Return what stays in a folder of packages on the day `on`, and the names of those that go.

    What stays is given by name, with what is known of it; nothing is of what is none of ours, such as somebody's note.
    """
    there = sorted(each.name for each in folder.iterdir() if each.name[0] != ".") if folder.is_dir() else []
    known = read(folder)
    stays: dict[str, Package | None] = {}
    for each in there:
        about = known.get(each.removesuffix(".zip"))
        if not _OURS[folder.name].fullmatch(each):
            stays[each] = None
        elif about is not None and still_given(store, about, on):
            stays[each] = about
    return stays, tuple(each for each in there if each not in stays)


def _known(stays: Mapping[str, Package | None]) -> dict[str, Package]:
    return {each.removesuffix(".zip"): about for each, about in stays.items() if about is not None}


def tell_gone(context: Context, names: Iterable[str]) -> None:
    """Say which packages were taken away."""
    for each in names:
        context.say(f"Took away the package {each}: what allowed it does not stand any more, or is not known.")
