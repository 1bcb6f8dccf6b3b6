"""A part of a binder: some of its sections, some of its years (policy: P8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from site_builder.access.view import Copy

SECTIONS = (
    "reading",
    "this-year",
    "strengths",
    "objectives",
    "courses",
    "occupation",
    "progress",
    "registrations",
    "report-cards",
    "conferences",
    "requests",
    "people",
    "papers",
    "signatures",
)
"""The parts of a binder that can be asked for, in their order; earlier years come with the same parts."""


def narrowed(copy: Copy, sections: Collection[str], years: Collection[str]) -> Copy:
    """Return the copy with these sections and school years alone; an empty collection leaves all as they are.

    Raises `LookupError` where the file has none of the years. policy: P8
    """
    kept = tuple(each for each in copy.file.years if not years or each.id in years)
    if not kept:
        raise LookupError("none of these years is in the file")
    wanted = tuple(each for each in SECTIONS if each in sections)
    if wanted and "papers" not in wanted:
        kept = tuple(replace(each, papers=()) for each in kept)
    newest = kept[0]
    file = replace(copy.file, years=kept, grade=newest.grade, occupational=newest.occupational)
    whole = copy.whole and not wanted and len(kept) == len(copy.file.years)
    if not whole:  # what changed is of all parts and years
        file = replace(file, changes=())
    return replace(copy, file=file, sections=wanted, whole=whole)
