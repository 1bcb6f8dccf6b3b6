"""The searches themselves: what each gives back is a list of faults, empty where all is well.

They are functions and no tests, so that they can be run against a product in which one rule has been broken.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from site_builder.access.carry_over import Standing, may_keep
from site_builder.access.sites import common_copy, site_for, viewers
from site_builder.access.view import Site
from site_builder.base.artifact import Artifact
from site_builder.model.store import Store
from site_builder.render.binder import render_binder
from site_builder.render.site import render_site
from tests.exchange.handed_in import KEY
from tests.leaks import tally
from tests.leaks.canary_school import Written
from tests.leaks.facts import MANAGER, PRINCIPAL, Canary, Facts
from tests.leaks.oracle import find, has_access, sees_paper
from tests.leaks.search import words_in

DAY = dt.date


@dataclass(frozen=True)
class Fault:
    """A word that stands where it may not (`leak`) or is missing where it must be, or another thing that is wrong."""

    kind: str
    what: str


_KNOWN: dict[bytes, frozenset[str]] = {}


def words_of(content: bytes) -> frozenset[str]:
    """Return the words in a file; many files are the same for several readers."""
    digest = hashlib.sha256(content).digest()
    if digest not in _KNOWN:
        _KNOWN[digest] = frozenset(words_in(content))
    return _KNOWN[digest]


def words_in_all(artifacts: Iterable[Artifact]) -> frozenset[str]:
    """Return the words in files and in their names."""
    found: set[str] = set()
    for each in artifacts:
        found |= words_of(each.path.encode()) | words_of(each.content)
    return frozenset(found)


def key_of(site: Site) -> bytes:
    """Return what tells two views apart, the bytes of their papers included."""
    digest = hashlib.sha256(repr(site).encode())
    for paper in (each for file in site.files for year in file.years for each in year.papers):
        try:
            digest.update(hashlib.sha256(paper.load()).digest())
        except OSError:
            digest.update(b"gone")
    return digest.digest()


def compared(written: Written, viewer: str, shown: frozenset[str], on: DAY) -> list[Fault]:
    """Hold the words that are shown to a viewer against the oracle."""
    found = []
    for each in written.canaries:
        there, may = each.word.lower() in shown, find(written.facts, viewer, each, on)
        if there and not may:
            found.append(Fault("leak", f"{_name(each)} to {viewer} on {on}"))
        elif not there and may == "must":
            found.append(Fault("missing", f"{_name(each)} for {viewer} on {on}"))
    unknown = shown - {each.word.lower() for each in written.canaries}
    return [*found, *(Fault("leak", f"{each}, which is no word of this school") for each in sorted(unknown))]


@dataclass
class Searched:
    """A written school and its store; what a view shows is looked up where the same view has been searched before."""

    written: Written
    store: Store
    known: dict[bytes, frozenset[str]] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        return self.written.facts

    @cached_property
    def everybody(self) -> tuple[str, ...]:
        people = {each.id for each in self.facts.people} | set(self.facts.staff)
        return (*sorted(people), "nobody")

    def shown(self, site: Site) -> frozenset[str]:
        """Return the words in all that a viewer gets: pages, forms, worksheets, binders, papers, file names."""
        key = key_of(site)
        if key not in self.known:
            self.known[key] = words_in_all(render_site(site, KEY))
        return self.known[key]

    def expected(self, on: DAY) -> set[str]:
        """Return who gets a site, by the oracle."""
        own = {each.id for each in self.facts.people if has_access(self.facts, each.id, each.student, on)}
        return own | {PRINCIPAL, MANAGER}

    def day(self, on: DAY) -> list[Fault]:
        """Search everybody's pages of one day, both ways."""
        found: list[Fault] = []
        entitled, expected = set(viewers(self.store, on)), self.expected(on)
        found += [Fault("leak", f"{each} has a site on {on}") for each in sorted(entitled - expected)]
        found += [Fault("missing", f"{each} has no site on {on}") for each in sorted(expected - entitled)]
        for viewer in self.everybody:
            tally.views()
            if viewer in entitled | expected:
                site = site_for(self.store, viewer, on)
                found += compared(self.written, viewer, self.shown(site), on)
                held = words_of(repr(site).encode())  # what pages do not show, they could show tomorrow
                found += [
                    each
                    for each in compared(self.written, viewer, held, on)
                    if each.kind == "leak" and each not in found
                ]
            elif site_for(self.store, viewer, on).files:
                found.append(Fault("leak", f"a file for {viewer}, who takes no part on {on}"))
        return found

    def common(self, on: DAY) -> list[Fault]:
        """Search the copies that hold what every current participant may see."""
        found = []
        for student in (each.id for each in self.facts.pupils.values() if each.sound):
            people = [each.id for each in self.facts.people if each.student == student]
            seers = [each for each in people if has_access(self.facts, each, student, on)]
            tally.views()
            shown = words_of(render_binder(common_copy(self.store, student, on)))
            for each in self.written.canaries:
                answers = [find(self.facts, viewer, each, on) for viewer in seers]
                there = each.word.lower() in shown
                of_nobody = not seers and find(self.facts, "nobody", each, on) == "" and each.field not in _HEAD
                if there and (not all(answers) or of_nobody):
                    found.append(Fault("leak", f"{_name(each)} in everybody's copy of {student} on {on}"))
                must = answers and all(answer == "must" for answer in answers)
                if not there and must and each.student == student and each.field != "content":
                    found.append(Fault("missing", f"{_name(each)} in everybody's copy of {student} on {on}"))
        return found

    def kept(self, on: DAY) -> list[Fault]:
        """Ask of everybody whether published pages may stay while files are broken: as if none were."""
        pupils = {each.id: replace(each, sound=True) for each in self.facts.pupils.values()}
        facts = replace(self.facts, pupils=pupils)
        found = []
        for person in facts.people:
            may = has_access(facts, person.id, person.student, on) and person.id != "jo-both"
            if may_keep(self.store, person.id, person.student, Standing(), on) != may:
                found.append(
                    Fault("missing" if may else "leak", f"kept pages of {person.student} for {person.id}, {on}")
                )
            for paper in (each for each in facts.papers if each.student == person.student):
                seen = may and sees_paper(facts, person.id, paper, on)
                if (
                    may_keep(self.store, person.id, person.student, Standing(papers=(self._key(paper.id),)), on)
                    and not seen
                ):
                    found.append(Fault("leak", f"kept pages with {paper.id} for {person.id}, {on}"))
        return found

    def _key(self, paper: str) -> str:
        id = next(each.word for each in self.written.canaries if each.kind == "document" and each.entry == paper)
        return f"2026-27/{id.lower()}"


_HEAD = {"name", "preferred_name", "student_number", "homeroom", "id"}
"""What stands on the copy of a student whom nobody takes part with."""


def _name(canary: Canary) -> str:
    return " ".join(each for each in (canary.student, canary.kind, canary.entry, canary.field) if each)
