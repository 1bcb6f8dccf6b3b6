"""A person's pages as one sealed file, and which sealed files stay when others are made anew (policy: P35).

A sealed file cannot be opened to take something out of it. So it stays whole, while all that is in it may still be
seen, or it goes.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from site_builder.access.view import Site
from site_builder.base.artifact import Artifact
from site_builder.publish.keeping import Allowed
from site_builder.publish.ledger import Decided
from site_builder.publish.passphrase import normalised
from site_builder.publish.sealed_format import Draw, Entry, packed, seal
from site_builder.render.loader import render_loader

PART = "sealed"
"""The folder of the sealed files in the output."""

SUFFIX = ".html"
_START = "index.html"
_KINDS = {".css": "style", ".png": "image", ".jpg": "image", ".webp": "image"}


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Whose sealed files are made anew, and whose stay as they are."""

    renewed: tuple[str, ...]
    staying: tuple[str, ...]

    def paths(self) -> tuple[str, ...]:
        """Return the names of the files that stay."""
        return tuple(each + SUFFIX for each in self.staying)


def sealed_file(site: Site, pages: Iterable[Artifact], phrase: str, draw: Draw = secrets.token_bytes) -> bytes:
    """Return the `pages` of the site's reader as one HTML file that opens with `phrase`; raises `TooLarge`."""
    content = packed((Entry(each.path, kind_of(each), each.content) for each in pages), _START)
    made = seal(content, normalised(phrase), draw)
    return render_loader(site, made.header, made.chunks)


def kind_of(page: Artifact) -> str:
    """Return what a reader does with a file: a page that has a script of its own is saved and opened from there."""
    suffix = PurePosixPath(page.path).suffix
    if suffix == ".html":
        return "file" if b"<script" in page.content.lower() else "page"
    return _KINDS.get(suffix, "file")


def delivered(sealed: Path) -> frozenset[str]:
    """Return whose sealed files stand in the published folder `sealed`."""
    if not sealed.is_dir() or sealed.is_symlink():
        return frozenset()
    return frozenset(each.stem for each in sealed.glob("*" + SUFFIX) if each.is_file() and not each.is_symlink())


def intact(published: Collection[str], entitled: Collection[str], decided: Decided, allowed: Allowed) -> frozenset[str]:
    """Return the people whose published sealed file holds nothing that they may not see any more.

    `decided` is the ledger that was kept beside the files; without it nothing is known, and nobody's stays.
    """
    students: dict[str, set[str]] = defaultdict(set)
    for viewer, student in decided:
        students[viewer].add(student)
    return frozenset(
        viewer
        for viewer in published
        if decided
        and (students[viewer] or viewer in entitled)
        and all(allowed(viewer, student) for student in students[viewer])
    )


def deliveries(
    published: Collection[str], entitled: Collection[str], whole: Collection[str], only: str | None = None
) -> Deliveries:
    """Say whose files are made and whose stay, where those of `whole` are `intact`.

    With `only`, another's file is made anew just where it holds what its reader has lost access to.
    """
    lost = set(published) & set(entitled) - set(whole)
    renewed = set(entitled) if only is None else {only, *lost}
    return Deliveries(tuple(sorted(renewed)), tuple(sorted(set(whole) - renewed)))
