"""Credits count once, where they help most, and what has a place keeps one (policy: P3)."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.placing import Load, place

CHOICES = st.sets(st.integers(0, 2)).map(lambda places: tuple(sorted(places)))
LOADS = st.lists(st.builds(Load, st.integers(0, 3), CHOICES), max_size=4)
ROOMS = st.lists(st.integers(0, 3), min_size=3, max_size=3)


def test_a_load_moves_to_make_room_for_one_that_has_no_other_place() -> None:
    assert place([Load(2, (0, 1)), Load(2, (0,))], [2, 2]) == [{0: 0, 1: 2}, {0: 2}]


def test_what_came_first_is_never_pushed_out() -> None:
    assert place([Load(2, (0,)), Load(2, (0,))], [3]) == [{0: 2}, {0: 1}]


@given(LOADS, ROOMS)
def test_nothing_is_lost_doubled_or_put_where_it_may_not_be(loads: list[Load], rooms: list[int]) -> None:
    held = place(loads, rooms)
    for load, places in zip(loads, held, strict=True):
        assert sum(places.values()) <= load.amount
        assert all(amount >= 0 for amount in places.values())
        assert {target for target, amount in places.items() if amount} <= set(load.places)
    for target, room in enumerate(rooms):
        assert sum(places.get(target, 0) for places in held) <= room


@given(LOADS, ROOMS)
def test_each_start_of_the_list_holds_as_much_as_can_be(loads: list[Load], rooms: list[int]) -> None:
    """Compare with every possible way of placing single units, for each number of loads from the front."""
    held = place(loads, rooms)
    for count in range(len(loads) + 1):
        total = sum(sum(each.values()) for each in held[:count])
        assert total == _most(loads[:count], tuple(rooms))


def _most(loads: list[Load], rooms: tuple[int, ...]) -> int:
    if not loads:
        return 0
    first, best = loads[0], 0
    for split in product(*(range(min(room, first.amount) + 1) for room in rooms)):
        if sum(split) <= first.amount and all(
            not amount or target in first.places for target, amount in enumerate(split)
        ):
            left = tuple(room - amount for room, amount in zip(rooms, split, strict=True))
            best = max(best, sum(split) + _most(loads[1:], left))
    return best
