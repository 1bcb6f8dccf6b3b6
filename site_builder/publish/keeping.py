"""What of the last generation stays: pages of students whose files cannot be read just now, and binders.

A broken file stops that student's new pages; the last ones stay, but only for those who still may see them. Whatever
is not known to be allowed goes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

FOR = "--for-"
"""Stands in a binder's file name between the student and the participant whose copy it is."""

PRINT_JOBS = "print-jobs"
"""The folder of the output in which many binders stand as one until they are printed."""

_SHARED = {"assets"}  # a site's own folders that belong to no student

Allowed = Callable[[str, str], bool]
"""Given a viewer and a student: may the pages published last stay with the viewer?"""


@dataclass(frozen=True, slots=True)
class Staying:
    """Viewers whose published folder stays whole; and students' folders that stay within sites that are made anew."""

    whole: tuple[str, ...]
    students: Mapping[str, tuple[str, ...]]

    def paths(self) -> tuple[str, ...]:
        """Return the paths that stay, relative to the sites."""
        return (*self.whole, *(f"{viewer}/{one}" for viewer, kept in self.students.items() for one in kept))


def what_stays(sites: Path, renewed: Collection[str], broken: Collection[str], allowed: Allowed) -> Staying:
    """Say what stays of the published `sites` when those of the viewers `renewed` are made anew.

    A folder stays whole only when every student in it is broken and still allowed to its viewer: its first page may
    name them all. Viewers whose folder could stay in part alone are in `students` too, and need a first page.
    """
    whole: list[str] = []
    students: dict[str, tuple[str, ...]] = {}
    for viewer, published in _published(sites).items():
        kept = tuple(each for each in published if each in broken and allowed(viewer, each))
        if viewer not in renewed and kept == published and kept:
            whole.append(viewer)
        elif kept:
            students[viewer] = kept
    return Staying(tuple(whole), students)


def still_whole(sites: Path, allowed: Allowed, offices: Collection[str] = ()) -> frozenset[str]:
    """Return the viewers who still may see every student in their published folder.

    A folder without any student is only that of somebody who holds one of the `offices` of the school.
    """
    return frozenset(
        viewer
        for viewer, published in _published(sites).items()
        if (published or viewer in offices) and all(allowed(viewer, each) for each in published)
    )


def whose(name: str) -> tuple[str, str]:
    """Return the student and the reader of the binder called `name`; a copy for everyone has no reader."""
    student, _, reader = name.partition(".")[0].partition(FOR)
    return student, reader


def binders_that_stay(binders: Path, students: Collection[str], allowed: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the published binders of `students` that are `allowed`, by name: whose readers still may see them."""
    if not binders.is_dir():
        return ()
    stays = []
    for path in sorted(binders.iterdir()):
        if path.is_file() and whose(path.name)[0] in students and allowed(path.name):
            stays.append(path.name)
    return tuple(stays)


def _published(sites: Path) -> dict[str, tuple[str, ...]]:
    if not sites.is_dir():
        return {}
    return {
        viewer.name: tuple(each.name for each in _folders(viewer) if each.name not in _SHARED)
        for viewer in _folders(sites)
    }


def _folders(folder: Path) -> list[Path]:
    return [each for each in sorted(folder.iterdir()) if each.is_dir() and not each.is_symlink()]
