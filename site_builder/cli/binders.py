"""Making binders: which are asked for, which stand already, and what there is to say of the others."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from site_builder.access.carry_over import Standing, common_standing, standing
from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Item
from site_builder.access.narrowing import narrowed
from site_builder.access.printed import Printed, remembered, since
from site_builder.access.sites import Past, common_copy, copy_for, nothing_known
from site_builder.access.view import Copy
from site_builder.base.artifact import Artifact
from site_builder.base.errors import SepError
from site_builder.model.store import Store
from site_builder.publish.binder_keys import Made, key_of, stands
from site_builder.publish.binding import MENDED, Bound, Sheets, bind, digests_of, papers_of
from site_builder.publish.executor import Ready, in_order
from site_builder.publish.keeping import FOR, whose
from site_builder.publish.typeset import Paper, manuscript
from site_builder.render.binder import render_binder
from site_builder.render.binder_data import binder_data
from site_builder.render.more_letters import INSTALL, SCRIPTS, complete

PDF, HTML = "pdf", "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: whose copy (`None`: everyone's), as what, on which paper, and which parts of the file."""

    person: str | None = None
    kinds: tuple[str, ...] = (PDF,)
    paper: Paper = field(default_factory=Paper)
    sections: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Return whether only a part of the file is wanted."""
        return bool(self.sections or self.years)

    def stem(self, student: str) -> str:
        """Return the name of a student's copy without what follows the first dot."""
        return f"{student}{FOR}{self.person}" if self.person else student

    def names(self, student: str) -> dict[str, str]:
        """Return the file name by kind; a part of a file, and a copy to be kept, stand beside the whole."""
        variant = ".part" * self.partial + ".archive" * self.paper.archive
        return {kind: f"{self.stem(student)}{variant}.{kind}" for kind in self.kinds}


@dataclass(frozen=True, slots=True)
class About:
    """What the one who prints has to know of a copy: its pages, and how copies are sorted."""

    name: str
    student: str
    student_name: str
    homeroom: str
    counselor: str


@dataclass(slots=True)
class Round:
    """One run: what was made or stands, by file name; `kept` are published files that stay as they are."""

    made: dict[str, Made] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    about: list[About] = field(default_factory=list)
    printed: dict[str, Printed] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def notes(self) -> list[tuple[str, str]]:
        """Return what there is to look at: a path in the store and a sentence, each once."""
        of = {each.name: each.student for each in self.about}
        found = (
            (f"students/{of[name]}/{path}" if path != "school.yaml" else path, sentence)
            for name, each in self.made.items()
            if name in of
            for path, sentence in each.notes
        )
        return list(dict.fromkeys(found))

    @property
    def lacks_something(self) -> bool:
        """Return whether something of a file is not in its binder."""
        return bool(self.failed) or any(sentence != MENDED for _, sentence in self.notes())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What a run works with: the records on a day, the binders published before, and the prints remembered.

    `remembers` tells whether what is in these copies is to be remembered as printed; `salt` draws a random text for
    each of them. `past` gives the history.
    """

    store: Store
    on: dt.date
    binders: Path
    before: Mapping[str, Made]
    memory: Mapping[str, Printed]
    salt: Callable[[], str]
    processes: int = 1
    remembers: bool = False
    past: Past = nothing_known


@dataclass(frozen=True, slots=True)
class Work:
    """A binder to be typeset, handed to a process."""

    name: str
    key: str
    notes: tuple[tuple[str, str], ...]
    sheets: Sheets = field(repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """A finished binder, or why there is none."""

    name: str
    made: Made
    bound: Bound | None
    fault: str = ""


def copy_of(shop: Shop, wish: Wish, student: str) -> Copy:
    """Return the copy that is asked for; raises `Refused` where its reader may not see the file.

    Raises `LookupError` where the file has none of the years.
    """
    if wish.person is None:
        whole = common_copy(shop.store, student, shop.on, shop.past)
    else:
        whole = copy_for(shop.store, student, wish.person, shop.on, shop.past)
    if wish.partial:
        return narrowed(whole, wish.sections, wish.years)
    before = shop.memory.get(wish.stem(student))
    return replace(whole, since=since(whole, before)) if before is not None else whole


def make(
    shop: Shop, wish: Wish, students: Sequence[str], round: Round, step: Callable[[], None] = lambda: None
) -> Iterator[Artifact]:
    """Give the binders that do not stand already, and enter into `round` what became of each."""
    processes = shop.processes if PDF in wish.kinds else 1
    for done in in_order(finish, _pieces(shop, wish, students, round, step), processes):
        if isinstance(done, Artifact):
            yield done
            continue
        if done.bound is None:
            round.failed[done.name] = done.fault
            round.kept.append(done.name)
        else:
            round.made[done.name] = replace(done.made, rests=_rests(shop, wish, whose(done.name)[0]))
            yield Artifact(done.name, done.bound.pdf)
        step()


def finish(work: Work) -> Done:
    """Return the finished binder; a fault of one is told and stops no other."""
    try:
        bound = bind(work.sheets)
    except SepError as fault:
        return Done(work.name, Made(work.key, ""), None, fault.sentence)
    return Done(work.name, Made(work.key, _digest(bound.pdf), bound.pages, work.notes), bound)


def _pieces(
    shop: Shop, wish: Wish, students: Sequence[str], round: Round, step: Callable[[], None]
) -> Iterator[Work | Ready[Artifact]]:
    """Give what is to be done for each student in turn: a page is ready, a PDF is still to be typeset."""
    counted = PDF if PDF in wish.kinds else HTML
    for student in students:
        copy = copy_of(shop, wish, student)
        digests = digests_of(copy)
        if shop.remembers and not wish.partial:
            round.printed[wish.stem(student)] = remembered(copy, shop.salt())
        for kind, name in wish.names(student).items():
            _enter(round, student, copy, name)
            key = key_of(copy, digests, wish.paper, kind)
            there = _stands(shop, wish, name, key, round)
            if not there:
                yield _work(wish, copy, name, key) if kind == PDF else _page(shop, wish, copy, name, key, round)
            if kind == counted and (there or kind == HTML):  # a PDF to be made is counted when it is finished
                step()


def _page(shop: Shop, wish: Wish, copy: Copy, name: str, key: str, round: Round) -> Ready[Artifact]:
    page = render_binder(copy, paper=wish.paper.size, large_print=wish.paper.large_print)
    round.made[name] = Made(key, _digest(page), rests=_rests(shop, wish, copy.file.id))
    return Ready(Artifact(name, page))


def _work(wish: Wish, copy: Copy, name: str, key: str) -> Work:
    papers = papers_of(copy)
    data = binder_data(copy, papers.pages, papers.unprinted)
    notes = [(each.path, each.sentence) for each in papers.notes]
    notes += [(each.path, _lacking(each.characters)) for each in data.missing]
    sheets = Sheets(manuscript=manuscript(data, wish.paper), papers=papers.laid, duplex=wish.paper.duplex)
    return Work(name, key, tuple(notes), sheets)


def _lacking(characters: str) -> str:
    way_out = "" if complete() else f" (`{INSTALL}` brings {SCRIPTS})"
    return f"has letters that no font here has: {characters}{way_out}"


def _stands(shop: Shop, wish: Wish, name: str, key: str, round: Round) -> bool:
    if not stands(shop.binders, name, shop.before, key):
        return False
    round.made[name] = replace(shop.before[name], rests=_rests(shop, wish, whose(name)[0]))
    round.kept.append(name)
    return True


def _enter(round: Round, student: str, copy: Copy, name: str) -> None:
    counselor = next((each.name for each in copy.file.people if each.role == "counselor"), "")
    round.about.append(About(name, student, copy.file.name, copy.file.homeroom, counselor))


def _rests(shop: Shop, wish: Wish, student: str) -> Standing:
    """Return on what the copy rests: for its reader, or for everyone who takes part."""
    if wish.person is None:
        return common_standing(shop.store, student, shop.on)
    return standing(shop.store, wish.person, student, shop.on)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def may_be_made(shop: Shop, wish: Wish, student: str) -> bool:
    """Tell whether the reader may see the student's file at all."""
    return wish.person is None or decide(shop.store, wish.person, Item(student), shop.on) is ALLOW


def has_years(shop: Shop, wish: Wish, student: str) -> bool:
    """Tell whether the student's file has one of the years that are asked for."""
    file = shop.store.student(student)
    return not wish.years or (file is not None and any(each.id in wish.years for each in file.years))
