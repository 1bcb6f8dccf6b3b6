"""A student's file that comes from another school: read out of its package, every byte of it looked at (policy: U3).

What a package holds was made elsewhere, and is taken for what it says only as far as it can be verified: checksums,
every object of the history, the place and the kind of each file in each version. Nothing of it reaches the records or
their repository before all of that holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.base.errors import WrongUse
from site_builder.exchange.bag import LARGEST, unpacked
from site_builder.exchange.package import About, taken_out
from site_builder.exchange.transfer import FOLDER, MESSAGE
from site_builder.source.git import Plumbing
from site_builder.source.git_apart import unbundled
from site_builder.source.git_versions import NOBODY, PLAIN, Version, listed, saved_below
from site_builder.source.layout import attachment_owner, locate
from site_builder.source.names import portable
from site_builder.source.yaml_reader import LARGEST as LARGEST_RECORD

MOST_VERSIONS = 10_000
MOST_DOCUMENT_BYTES = 25 * 1024 * 1024
_ASK = "ask the school that made it for a new one"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came: what the package says of itself, and the versions of the folder, the oldest first."""

    about: About
    versions: tuple[Version, ...]

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the files as they stand in the last version, by path in the student's folder."""
        return self.versions[-1].files


def arriving(git: Plumbing, content: bytes) -> Arrival:
    """Return what the package `content` holds, read by way of the empty repository `git`.

    Raises `WrongUse` where it is damaged, was changed, or holds anything but the records and documents of one student.
    """
    about, bundle, files = taken_out(unpacked(content))
    tip = unbundled(git, bundle, LARGEST)
    if tip != about.version:
        raise WrongUse("the history in the package is not the one that it names", _ASK)
    saved = saved_below(git)
    if len(saved) > MOST_VERSIONS:
        raise WrongUse(f"the package holds more than {MOST_VERSIONS} saved versions", _ASK)
    number = {each.id: position for position, each in enumerate(saved)}
    blobs: dict[str, bytes] = {}
    versions = []
    for each in saved:
        held = {}
        for path, (mode, blob) in listed(git, each.id).items():
            if mode != PLAIN or not _belongs(about.student, path):
                raise WrongUse("the package holds something that belongs to no student's file", _ASK)
            if blob not in blobs:
                blobs[blob] = git.blob(blob)
            _make_sure_of_size(path, blobs[blob])
            held[path] = blobs[blob]
        versions.append(
            Version(
                tuple(number[parent] for parent in each.parents),
                held,
                author=each.author.strip() or NOBODY[0],
                email=each.email.strip() or NOBODY[1],
                at=each.at,
                message=MESSAGE,
            )
        )
    if not saved or saved[-1].id != tip or versions[-1].files != files or "student.yaml" not in files:
        raise WrongUse("the history in the package does not end with the files beside it", _ASK)
    return Arrival(about, tuple(versions))


def _belongs(student: str, path: str) -> bool:
    whole = FOLDER.format(student) + path
    return portable(path) and (locate(whole) is not None or attachment_owner(whole) is not None)


def _make_sure_of_size(path: str, content: bytes) -> None:
    most = MOST_DOCUMENT_BYTES if attachment_owner(FOLDER.format("any") + path) else LARGEST_RECORD
    if len(content) > most:
        raise WrongUse("the package holds a file that is larger than any that may be kept", _ASK)
