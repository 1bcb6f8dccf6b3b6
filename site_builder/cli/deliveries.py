"""Whose sealed files are made, which stay, and which go: what `sep deliver` and `sep build` decide about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from site_builder.access.carry_over import Standing, may_keep
from site_builder.access.sites import viewers
from site_builder.base.errors import Refused, WrongUse
from site_builder.cli.output import counted
from site_builder.cli.phrase_book import PhraseBook
from site_builder.model.store import Store
from site_builder.publish import ledger
from site_builder.publish.generation import publish
from site_builder.publish.sealed import PART, SUFFIX, Deliveries, delivered, deliveries, intact


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose files are made and which stay, what the published ones rest on, who gets new words, and who gets paper."""

    files: Deliveries
    decided: ledger.Decided
    fresh: tuple[str, ...]
    lettered: tuple[str, ...]


def plan_deliveries(
    store: Store,
    on: dt.date,
    sealed: Path,
    book: PhraseBook,
    only: str | None = None,
    new_phrase: bool = False,
    letters: bool = False,
) -> Plan:
    """Say whose sealed files are made on the day `on`, which of those in `sealed` stay, and who gets new words.

    Raises `Refused` when `only` has nothing to see, and `WrongUse` where somebody has a sealed file whose words are
    not in the book: new ones must be asked for.
    """
    entitled = viewers(store, on)
    if only is not None and only not in entitled:
        raise Refused(f"`{only}` may see no student's file on {on}", "`sep show STUDENT` lists the participants")
    decided = ledger.read(sealed)
    published = delivered(sealed)
    files = deliveries(published, entitled, intact(published, entitled, decided, _allowed(store, decided, on)), only)
    wanted = (only,) if only else files.renewed
    lost = {each for each in files.renewed if each in published and each not in book.phrases}
    if lost and not (new_phrase and lost <= set(wanted)):
        raise WrongUse(
            f"the words of {counted(len(lost), 'person', 'people')} who have a sealed file are not in `{book.path}`",
            "name the file that has them with `--phrases`, or draw new ones for everyone with `--new-phrase`: "
            "all need a new sheet then",
        )
    fresh = tuple(each for each in files.renewed if each not in book.phrases or (new_phrase and each in wanted))
    lettered = tuple(
        each for each in files.renewed if each in fresh or each not in book.printed or (letters and each in wanted)
    )
    return Plan(files, decided, fresh, lettered)


def prune_sealed(store: Store, place: Path, on: dt.date, now: dt.datetime) -> tuple[str, ...]:
    """Take away the sealed files with something in them that their reader may not see any more; return whose."""
    published = delivered(place / PART)
    decided = ledger.read(place / PART)
    whole = intact(published, viewers(store, on), decided, _allowed(store, decided, on))
    gone = tuple(sorted(published - whole))
    kept = {pair: rests for pair, rests in decided.items() if pair[0] in whole}
    if gone or len(kept) < len(decided):  # what somebody deleted is spoken of no longer either
        publish(place, PART, {}, [each + SUFFIX for each in whole], now=now, ledger=lambda: ledger.written(kept))
    return gone


def _allowed(store: Store, decided: ledger.Decided, on: dt.date) -> Callable[[str, str], bool]:
    def allowed(viewer: str, student: str) -> bool:
        rests = decided.get((viewer, student), Standing())
        return may_keep(store, viewer, student, rests, on) and ledger.stands(decided, viewer, student, on)

    return allowed
