"""The log of disclosures of a school: where it is kept, and what goes into it (34 CFR 99.32; policy: P35)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from site_builder.access.carry_over import Standing
from site_builder.base.errors import MissingTool, SepError
from site_builder.cli.context import Context
from site_builder.cli.phrase_book import usual_path
from site_builder.cli.versions import AsItStood
from site_builder.model.records import School
from site_builder.publish.disclosures import WITHDRAWN, Given, append
from site_builder.publish.generation import MadeFrom
from site_builder.source.git import Plumbing
from site_builder.source.version import SavedVersion, StudentFiles, descends_from, saved_version, student_files

PARTS = {
    "site": "pages",
    "sealed": "sealed file",
    "binder": "binder",
    "release": "released",
    "transfer": "handed on",
    WITHDRAWN: "taken away",
}
"""What was made available, in words."""


@dataclass(frozen=True, slots=True)
class Disclosing:
    """What is needed to write down what is made available: the log's place, and the version the records are in."""

    context: Context
    path: Path
    version: SavedVersion | None
    files: Mapping[str, StudentFiles]

    @property
    def made_from(self) -> MadeFrom:
        """Return what pages remember of the version they are made from."""
        if self.version is None:
            return MadeFrom()
        follows = partial(descends_from, self.context.store, self.version.commit)
        return MadeFrom(self.version.commit, self.version.at, follows)

    def given(self, part: str, viewer: str, student: str, papers: Iterable[str]) -> Given:
        """Return the entry of what `viewer` is given of `student`, without the place in the chain."""
        about = self.files.get(student, StudentFiles("", False))
        commit = self.version.commit if self.version is not None and about.saved else ""
        return Given(
            part=part,
            viewer=viewer,
            student=student,
            content=about.content,
            version=commit or f"files:{about.content[:16]}",
            papers=tuple(papers),
        )

    def write(self, given: Iterable[Given]) -> None:
        """Add what is new to the log; raises `MissingTool` where that cannot be done."""
        append(self.path, given, self.context.today, self.context.surroundings.now(None))

    def write_decided(self, part: str, decided: Mapping[tuple[str, str], Standing]) -> None:
        """Add what the pages of `part` newly hold, by viewer and student.

        Participants may be given their pages without a record of it (34 CFR 99.32(d)): where none can be made that is
        said, and the next run adds it.
        """
        try:
            self.write(self.given(part, viewer, student, each.papers) for (viewer, student), each in sorted_by(decided))
        except MissingTool as fault:
            self.context.say(f"Not written down: {fault.sentence}.")


def disclosing(
    context: Context, school: School, then: AsItStood | None = None, *, students: Collection[str] | None = None
) -> Disclosing:
    """Return what writes the log of this school, with the files as they stand now or stood `then`.

    `students` are those of whom something may be given; without them it is any. Of others no file is read.
    Raises `MissingTool` where the records are kept in git and there is none on this computer: nobody could tell then
    whether they are older than the pages that stand.
    """
    version = SavedVersion(then.tree.version, then.at) if then is not None else saved_version(context.store)
    if version is None:
        _ask_git(context)
    tree = then.tree if then is not None else context.tree
    files = student_files(tree, context.store, version.commit if version is not None else None, students)
    return Disclosing(context, log_path(context.surroundings.settings, school.name, school.district), version, files)


def _ask_git(context: Context) -> None:
    """Find out why there is no saved version in a folder that is kept in git, and say so."""
    store = context.store.resolve()
    if not any((each / ".git").exists() for each in (store, *store.parents)):
        return
    try:
        Plumbing(store).prefix()
    except MissingTool as fault:
        raise MissingTool(f"these records are kept in git, and {fault.sentence}", fault.way_out) from fault
    except SepError as fault:
        context.say(f"No saved version can be told: {fault.sentence}.\n{fault.way_out}")


def log_path(settings: Path, school: str, district: str) -> Path:
    """Return where the log of a school stands: in the settings of this account, by the school's name."""
    return settings / "disclosures" / f"{usual_path(settings, school, district).stem}.jsonl"


def sorted_by(decided: Mapping[tuple[str, str], Standing]) -> list[tuple[tuple[str, str], Standing]]:
    """Return the entries in order of viewer and student."""
    return sorted(decided.items(), key=lambda entry: entry[0])
