"""Which numbers of a report may be published, so that none under the school's smallest group can be worked out.

A number is published as itself, as a range ("fewer than 10", "at least 291"), or not at all. Zero counts as small: that
nobody did something tells as much about each of them as that everybody did. What is withheld keeps, against a reader
who knows every published number and the size of every group from elsewhere, at least as many possible values as there
are numbers under the smallest group, or in a smaller group all that are possible (policy: P34, P38).

The tables are made so that this can be said exactly: each shares with the others only the sizes of groups, which that
reader is taken to know. Within a table the bounds follow from its own sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

SMALLEST = 10
"""No school may set its smallest group lower."""


@dataclass(frozen=True, slots=True)
class Count:
    """A true number and how many people it is about: twelve objectives may be those of three students."""

    value: int
    people: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader is told of a number: that it lies from `low` to `high`, both included; no `high` is no limit.

    `form`: `number` (both are equal), `few` (fewer than the smallest group), `most` (all but fewer than that), `range`
    (of sums), `hidden` (no more than what everybody knows anyway).
    """

    low: int
    high: int | None
    form: str

    @property
    def value(self) -> int | None:
        """Return the number where it is published as itself."""
        return self.low if self.form == "number" else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Those in a group of which something holds, and the others."""

    yes: Shown
    no: Shown

    @property
    def percent(self) -> int | None:
        """Return the share in whole percent, where both parts are published."""
        if self.yes.value is None or self.no.value is None:
            return None
        return (200 * self.yes.value + self.yes.value + self.no.value) // (2 * (self.yes.value + self.no.value))


@dataclass(frozen=True, slots=True)
class Partition:
    """A total and the parts that it falls into."""

    total: Shown
    parts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class PairTable:
    """A pair for each of several groups and for all of them together."""

    whole: Pair
    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row while it is being decided: the true numbers and what a reader would be told of the first."""

    size: int
    pair: Pair


def exact(value: int) -> Shown:
    """Return a number published as itself."""
    return Shown(value, value, "number")


def alone(value: int, smallest: int) -> Shown:
    """Return a number of people that stands in no sum."""
    return exact(value) if value >= smallest else Shown(0, smallest - 1, "few")


def pair(size: int, yes: int, smallest: int) -> Pair:
    """Return a group's pair on its own; `size` is taken as known."""
    no = size - yes
    if yes >= smallest and no >= smallest:
        return Pair(exact(yes), exact(no))
    if size < 2 * smallest:
        return _hidden_pair(size)
    few, most = Shown(0, smallest - 1, "few"), Shown(size - smallest + 1, size, "most")
    return Pair(few, most) if yes < smallest else Pair(most, few)


def lone_pair(size: int, yes: int, smallest: int) -> Pair:
    """Return the pair of a group whose size is published only where it is large enough."""
    return pair(size, yes, smallest) if size >= smallest else _hidden_pair(smallest - 1)


def partition(counts: Sequence[Count], smallest: int, people: int) -> Partition:
    """Return a total and its parts; `people` is how many people the whole is about.

    A part that stays hidden needs company, and enough of it together to be anything from nothing to a whole group.
    """
    total = sum(each.value for each in counts)
    if total < smallest or people < smallest:
        return Partition(Shown(0, None, "hidden"), tuple(Shown(0, None, "hidden") for _ in counts))
    hidden = {n for n, each in enumerate(counts) if each.value < smallest or each.people < smallest}
    while hidden and (len(hidden) < 2 or sum(counts[n].value for n in hidden) < smallest - 1):
        hidden.add(min(set(range(len(counts))) - hidden, key=lambda n: (counts[n].value, n)))
    most = sum(counts[n].value for n in hidden)
    parts = tuple(Shown(0, most, "hidden") if n in hidden else exact(each.value) for n, each in enumerate(counts))
    return Partition(exact(total), parts)


def sizes(values: Sequence[int], smallest: int) -> Partition:
    """Return the sizes of groups and of all together; those of one school are also known from elsewhere."""
    found = partition([Count(each, each) for each in values], smallest, sum(values))
    return found if found.total.value is not None else replace(found, total=alone(sum(values), smallest))


def pair_table(groups: Sequence[int], yes: Sequence[int], shown: Partition, smallest: int) -> PairTable:
    """Return the pairs of groups and of all together; `shown` is what is published of the groups' sizes.

    Where the sum over all would give a row away, further rows stay hidden, as few as will do; where even that does not
    help, the sum does.
    """
    size = sum(groups)
    if shown.total.value is None:
        return PairTable(lone_pair(size, sum(yes), smallest), tuple(_hidden_pair(smallest - 1) for _ in groups))
    whole = pair(size, sum(yes), smallest)
    rows = [
        _Row(each, pair(each, own, smallest) if known.value is not None else _hidden_pair(each))
        for each, own, known in zip(groups, yes, shown.parts, strict=True)
    ]
    if whole.yes.form == "number":
        kept = _complemented(rows, sum(yes), smallest)
        if kept is None:
            return PairTable(_hidden_pair(size), tuple(_hidden_pair(each) for each in groups))
        rows = kept
    if whole.yes.form == "hidden":
        rows = [_Row(each.size, _hidden_pair(each.size)) for each in rows]
    return PairTable(whole, tuple(_published(each, known) for each, known in zip(rows, shown.parts, strict=True)))


def added(shown: Iterable[Shown]) -> Shown:
    """Return what published numbers say about their sum, and no more: it tells nobody anything new."""
    parts = tuple(shown)
    low = sum(each.low for each in parts)
    high = None if any(each.high is None for each in parts) else sum(each.high or 0 for each in parts)
    if all(each.form == "hidden" for each in parts) or (high is None and low == 0):
        return Shown(low, high, "hidden")
    return Shown(low, high, "number" if low == high else "range")


def _hidden_pair(size: int) -> Pair:
    return Pair(Shown(0, size, "hidden"), Shown(0, size, "hidden"))


def _published(row: _Row, known: Shown) -> Pair:
    """Return a row's pair without the size that is not published, which its bounds would tell."""
    return row.pair if known.value is not None else Pair(known, known)


def _complemented(rows: Sequence[_Row], total: int, smallest: int) -> list[_Row] | None:
    """Return the rows with further ones hidden, so that `total` gives none away; `None` where that cannot be."""
    open_rows = [n for n, each in enumerate(rows) if each.pair.yes.form != "hidden"]
    for number in range(len(open_rows) + 1):
        for chosen in sorted(combinations(open_rows, number), key=lambda each: sum(rows[n].size for n in each)):
            tried = [
                replace(each, pair=_hidden_pair(each.size)) if n in chosen else each for n, each in enumerate(rows)
            ]
            if _wide(tried, total, smallest):
                return tried
    return None


def _wide(rows: Sequence[_Row], total: int, smallest: int) -> bool:
    """Tell whether every row that is not published as itself keeps its width when all of them add up to `total`."""
    rest = total - sum(each.pair.yes.low for each in rows if each.pair.yes.form == "number")
    unknown = [each for each in rows if each.pair.yes.form != "number"]
    lows = sum(each.pair.yes.low for each in unknown)
    highs = sum(each.pair.yes.high or 0 for each in unknown)
    for each in unknown:
        low, high = each.pair.yes.low, each.pair.yes.high or 0
        low, high = max(low, rest - (highs - high)), min(high, rest - (lows - low))
        if high - low < min(smallest - 1, each.size):
            return False
    return True
