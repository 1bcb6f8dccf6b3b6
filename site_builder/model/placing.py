"""Where credits count best: each in one place only, moved when that makes room for another (policy: P3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UNIT = 1200
"""Parts of a credit that are placed: two, three or four terms share a credit without a rest."""


@dataclass(frozen=True, slots=True)
class Load:
    """An amount in parts of a credit (`UNIT`), and the places that may hold it, the best first."""

    amount: int
    places: tuple[int, ...]


def place(loads: Sequence[Load], rooms: Sequence[int]) -> list[dict[int, int]]:
    """Return for each load how much of it each place holds.

    Loads come in order of right: an earlier one is never pushed out by a later one, only moved to another of its places
    (an augmenting path). What fits nowhere is in no place.
    """
    room = list(rooms)
    held: list[dict[int, int]] = [{} for _ in loads]
    for load, each in enumerate(loads):
        left = each.amount
        while left and (moved := _push(load, left, loads, room, held, set())):
            left -= moved
    return held


def _push(
    load: int, amount: int, loads: Sequence[Load], room: list[int], held: list[dict[int, int]], seen: set[int]
) -> int:
    """Put up to `amount` of a load into one of its places, making room by moving others; return how much it was."""
    for target in loads[load].places:
        if target not in seen and room[target] > 0:
            moved = min(amount, room[target])
            room[target] -= moved
            held[load][target] = held[load].get(target, 0) + moved
            return moved
    for target in loads[load].places:
        if target in seen:
            continue
        seen.add(target)
        for other, places in enumerate(held):
            if other != load and places.get(target, 0):
                moved = _push(other, min(amount, places[target]), loads, room, held, seen)
                if moved:
                    places[target] -= moved
                    held[load][target] = held[load].get(target, 0) + moved
                    return moved
    return 0
