"""An attacker on published tables: what can be known of a number, worked out by linear programming.

It shares no code with the product. It reads the HTML that everybody gets, knows how such tables add up, and asks of
each number for the least and the most that it can be. Its own solver is a plain simplex on numbers that stay whole.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

Key = tuple[str, ...]
"""Names a number: the table, the row, the column."""
_NOTHING = 1e-7


@dataclass
class Knowledge:
    """What an attacker knows: the least and the most of numbers, and sums (coefficients that make zero)."""

    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    sums: list[dict[Key, int]] = field(default_factory=list)

    def between(self, key: Key, low: float, high: float = math.inf) -> None:
        """Learn that a number lies between two others; contradictions are the publisher's fault."""
        before = self.bounds.get(key, (0, math.inf))
        self.bounds[key] = (max(before[0], low), min(before[1], high))
        assert self.bounds[key][0] <= self.bounds[key][1], f"the report contradicts itself about {key}"

    def adds_up(self, total: Key, parts: Iterable[Key]) -> None:
        """Learn that `total` is the sum of `parts`."""
        coefficients: dict[Key, int] = defaultdict(int, {total: -1})
        for part in parts:
            coefficients[part] += 1
        self.sums.append({key: each for key, each in coefficients.items() if each})
        for key in coefficients:
            self.bounds.setdefault(key, (0, math.inf))

    def at_most(self, small: Key, large: Key) -> None:
        """Learn that one number is no larger than another."""
        self.adds_up(large, (small, ("the rest of", *large, "over", *small)))

    def ranges(self, wanted: Iterable[Key]) -> dict[Key, tuple[float, float]]:
        """Return the least and the most that each wanted number can be."""
        for each in self.sums:
            if all(self.bounds[key][0] == self.bounds[key][1] for key in each):
                assert not sum(n * self.bounds[key][0] for key, n in each.items()), f"does not add up: {each}"
        groups = self._connected()
        found: dict[Key, tuple[float, float]] = {}
        by_group: dict[int, list[Key]] = defaultdict(list)
        for key in wanted:
            by_group[groups.get(key, -1)].append(key)
        for group, keys in by_group.items():
            if group == -1:
                found |= {key: self.bounds.get(key, (0, math.inf)) for key in keys}
                continue
            program = _Program(
                {key: each for key, each in self.bounds.items() if groups.get(key) == group or each[0] == each[1]},
                [each for each in self.sums if any(groups.get(key) == group for key in each)],
            )
            found |= {key: (program.least({key: 1}), -program.least({key: -1})) for key in keys}
        return found

    def _connected(self) -> dict[Key, int]:
        """Number the groups of open numbers that hang together by sums; what is known exactly separates."""
        leader: dict[Key, Key] = {key: key for key, (low, high) in self.bounds.items() if low < high}

        def top(key: Key) -> Key:
            while leader[key] != key:
                key = leader[key]
            return key

        tied: set[Key] = set()
        for each in self.sums:
            keys = [key for key in each if key in leader]
            tied.update(keys)
            for key in keys[1:]:
                leader[top(key)] = top(keys[0])
        numbers: dict[Key, int] = {}
        return {key: numbers.setdefault(top(key), len(numbers)) for key in leader if key in tied}


class _Program:
    """A linear program in standard form; the tableau stays at a feasible corner from one question to the next."""

    def __init__(self, bounds: Mapping[Key, tuple[float, float]], sums: Iterable[Mapping[Key, int]]) -> None:
        self._low = {key: low for key, (low, high) in bounds.items() if low < high}
        fixed = {key: low for key, (low, high) in bounds.items() if low == high}
        names: list[Key] = list(self._low)
        rows: list[tuple[dict[Key, float], float]] = []
        for each in sums:
            known = sum(n * fixed[key] for key, n in each.items() if key in fixed)
            shifted = sum(n * self._low[key] for key, n in each.items() if key in self._low)
            coefficients = {key: float(n) for key, n in each.items() if key in self._low}
            rows.append((coefficients, -known - shifted))
        for key, (low, high) in bounds.items():
            if low < high < math.inf:
                slack = ("slack", *key)
                names.append(slack)
                rows.append(({key: 1.0, slack: 1.0}, high - low))
        self._column = {key: place for place, key in enumerate(names)}
        self._build(rows)

    def _build(self, rows: list[tuple[dict[Key, float], float]]) -> None:
        width, height = len(self._column), len(rows)
        self._rows: list[list[float]] = []
        self._basis: list[int] = []
        for place, (coefficients, value) in enumerate(rows):
            sign = -1.0 if value < 0 else 1.0
            row = [0.0] * (width + height + 1)
            for key, each in coefficients.items():
                row[self._column[key]] = sign * each
            row[width + place] = 1.0
            row[-1] = sign * value
            self._rows.append(row)
            self._basis.append(width + place)
        missing = [0.0] * width + [1.0] * height
        left = self._minimize(missing, width + height)
        assert abs(left) < 1e-6, "the report contradicts itself"
        for place in reversed(range(height)):
            if self._basis[place] >= width:
                column = next((n for n in range(width) if abs(self._rows[place][n]) > _NOTHING), None)
                if column is None:
                    del self._rows[place], self._basis[place]
                else:
                    self._pivot(place, column)
        self._rows = [[*row[:width], row[-1]] for row in self._rows]

    def least(self, objective: Mapping[Key, int]) -> float:
        """Return the least value of the objective."""
        costs = [0.0] * len(self._column)
        shift = 0.0
        for key, each in objective.items():
            if key not in self._low:
                continue
            costs[self._column[key]] = float(each)
            shift += each * self._low[key]
        found = self._minimize(costs, len(self._column))
        return found if math.isinf(found) else round(found + shift, 6)

    def _minimize(self, costs: list[float], width: int) -> float:
        reduced = [*costs, 0.0]
        for row, column in zip(self._rows, self._basis, strict=True):
            if costs[column]:
                factor = costs[column]
                reduced = [a - factor * b for a, b in zip(reduced, row, strict=True)]
        while True:
            entering = next((n for n in range(width) if reduced[n] < -_NOTHING), None)
            if entering is None:
                return -reduced[-1]
            candidates = [
                (row[-1] / row[entering], self._basis[place], place)
                for place, row in enumerate(self._rows)
                if row[entering] > _NOTHING
            ]
            if not candidates:
                return -math.inf
            place = min(candidates)[2]
            self._pivot(place, entering)
            factor = reduced[entering]
            reduced = [a - factor * b for a, b in zip(reduced, self._rows[place], strict=True)]

    def _pivot(self, place: int, column: int) -> None:
        divisor = self._rows[place][column]
        pivot = self._rows[place] = [each / divisor for each in self._rows[place]]
        for other, row in enumerate(self._rows):
            if other != place and row[column]:
                factor = row[column]
                self._rows[other] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        self._basis[place] = column


class Tables(HTMLParser):
    """The tables of a page: by id, rows of cells as text, the first row the column heads where there are any."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.text = ""
        self._rows: list[list[str]] | None = None
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._rows = self.tables.setdefault(str(dict(attrs).get("id")), [])
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows is not None:
            self._rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._rows = None
        elif tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_cell and self._rows is not None:
            self._rows[-1][-1] += data


def told(text: str) -> tuple[float, float]:
    """Return the bounds that a cell states."""
    numbers = [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text)]
    if text.startswith("fewer than"):
        return 0, numbers[0] - 1
    if text.startswith("at least"):
        return numbers[0], math.inf
    if " to " in text:
        return numbers[0], numbers[1]
    if text == "not shown":
        return 0, math.inf
    assert re.fullmatch(r"[\d,]+", text), text
    return numbers[0], numbers[0]


def learn(html: str, school: str = "") -> Knowledge:
    """Return what a school's report tells; numbers are named after `school` (`north@2025-26`), to be put together."""
    page, known = Tables(html), Knowledge()
    everyone = (school, "students", "all")
    for kind in ("held", "occupational"):
        rows = page.tables.get(f"by-grade-{kind}", [])
        if rows and len(rows[0]) == 5:
            _by_grade(known, rows[1:], school, kind)
        else:
            _lines(known, rows, [(school, kind, "yes", "all"), (school, kind, "no", "all")], everyone)
        known.adds_up(everyone, [(school, kind, "yes", "all"), (school, kind, "no", "all")])
    for kind in ("planned", "family", "small-group"):
        _lines(known, page.tables.get(kind, []), [(school, kind, "yes"), (school, kind, "no")], everyone)
    _lines(
        known,
        page.tables.get("trained", []),
        [(school, "trained", "yes"), (school, "trained", "no")],
        (school, "staff"),
    )
    for kind in ("not-held", "objectives-by-status", "means-by-source", "requests-by-outcome"):
        rows = page.tables.get(kind, [])
        total = (school, "held", "no", "all") if kind == "not-held" else (school, kind)
        _lines(known, rows, [(school, kind, str(place)) for place in range(len(rows) - 1)], total)
    for row in page.tables.get("by-year", [])[1:]:
        at = school.partition("@")[0] + "@" + row[0]
        keys = [(at, "students", "all"), (at, "held", "yes", "all"), (at, "occupational", "yes", "all")]
        for key, text in zip([*keys, (at, "objectives-by-status", "3")], row[1:], strict=True):
            known.between(key, *told(text))
    # What everybody can work out about such numbers: a family that took part took part in a conference that was held.
    known.at_most((school, "family", "yes"), (school, "held", "yes", "all"))
    groups = re.search(r"The school held (\d+) small-group", page.text)
    if groups:
        known.between((school, "small-group", "yes"), 0, 5 * int(groups[1]))
    return known


def _by_grade(known: Knowledge, rows: list[list[str]], school: str, kind: str) -> None:
    names = [re.sub(r"\D", "", row[0]) or "all" for row in rows]
    for name, row in zip(names, rows, strict=True):
        keys = [(school, "students", name), (school, kind, "yes", name), (school, kind, "no", name)]
        for key, text in zip(keys, row[1:4], strict=True):
            known.between(key, *told(text))
        known.adds_up(keys[0], keys[1:])
        if row[4] != "not shown":
            assert all(told(text)[0] == told(text)[1] for text in row[1:4]), "a share of a number that is not told"
    for column in (("students",), (kind, "yes"), (kind, "no")):
        known.adds_up((school, *column, "all"), [(school, *column, name) for name in names if name != "all"])


def _lines(known: Knowledge, rows: list[list[str]], keys: list[Key], total: Key) -> None:
    if not rows:
        return
    for key, row in zip([*keys, total], rows, strict=True):
        known.between(key, *told(row[1]))
    known.adds_up(total, keys)


def together(parts: Iterable[Knowledge]) -> Knowledge:
    """Return what several reports tell somebody who has all of them."""
    whole = Knowledge()
    for each in parts:
        for key, (low, high) in each.bounds.items():
            whole.between(key, low, high)
        whole.sums += each.sums
    return whole
