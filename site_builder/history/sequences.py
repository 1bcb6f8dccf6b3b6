"""Two people's edits of one row of things (lines, paragraphs, keys), laid on what both began with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

Row: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A stretch that both have changed, each in another way."""

    base: Row
    ours: Row
    theirs: Row


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands in place of `base[start:end]`."""

    start: int
    end: int
    row: Row


def merge_rows(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    *,
    same: Callable[[str], str] = str,
    apart: bool = False,
) -> Iterator[Row | Clash]:
    """Give the merged row stretch by stretch, and a `Clash` for each that only a person can decide.

    Two things are the same where `same` gives the same text for them. What both put in at one place stands there one
    after the other, ours first. With `apart`, edits that touch each other clash too, as they do in git.
    """
    mine = _edits(base, ours, same)
    other = _edits(base, theirs, same)
    position = 0
    for start, end, first, second in _clusters(mine, other, apart=apart):
        if position < start:
            yield tuple(base[position:start])
        yield _decided(base, start, end, first, second, same, apart=apart)
        position = end
    if position < len(base):
        yield tuple(base[position:])


def _edits(base: Sequence[str], row: Sequence[str], same: Callable[[str], str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, [same(each) for each in base], [same(each) for each in row], autojunk=False)
    return [
        _Edit(start, end, tuple(row[low:high]))
        for tag, start, end, low, high in matcher.get_opcodes()
        if tag != "equal"
    ]


def _meet(one: _Edit, other: _Edit, *, apart: bool) -> bool:
    """Tell whether two edits cannot be made independently of each other."""
    if one.start == other.start and one.end == other.end:
        return True
    if apart:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _clusters(
    mine: list[_Edit], other: list[_Edit], *, apart: bool
) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Give the stretches of the base that were changed, with the edits of both that meet in each."""
    waiting = sorted(
        [(each, 0) for each in mine] + [(each, 1) for each in other],
        key=lambda pair: (pair[0].start, pair[0].end, pair[1]),
    )
    while waiting:
        group = [waiting.pop(0)]
        grown = True
        while grown:
            met = [each for each in waiting if any(_meet(each[0], one[0], apart=apart) for one in group)]
            grown = bool(met)
            group += met
            waiting = [each for each in waiting if each not in met]
        yield (
            min(each.start for each, _ in group),
            max(each.end for each, _ in group),
            [each for each, side in group if side == 0],
            [each for each, side in group if side == 1],
        )


def _decided(
    base: Sequence[str],
    start: int,
    end: int,
    mine: list[_Edit],
    other: list[_Edit],
    same: Callable[[str], str],
    *,
    apart: bool,
) -> Row | Clash:
    ours, theirs = _with(base, start, end, mine), _with(base, start, end, other)
    alike = {same(each) for each in ours}
    if not other or [same(each) for each in ours] == [same(each) for each in theirs]:
        return ours
    if not mine:
        return theirs
    if start == end and not apart:
        return (*ours, *(each for each in theirs if same(each) not in alike))
    return Clash(tuple(base[start:end]), ours, theirs)


def _with(base: Sequence[str], start: int, end: int, edits: list[_Edit]) -> Row:
    """Return `base[start:end]` with these edits made."""
    made: list[str] = []
    position = start
    for each in edits:
        made += [*base[position : each.start], *each.row]
        position = each.end
    return (*made, *base[position:end])
