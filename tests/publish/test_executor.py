from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from site_builder.publish.executor import Ready, Stopped, in_order


def doubled(number: int) -> int:
    if number == 13:
        raise ValueError("thirteen")
    return number * 2


def process_of(_: int) -> tuple[int, str]:
    return os.getpid(), os.environ.get("RAYON_NUM_THREADS", "")


def falls_over(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_results_come_in_order(processes: int) -> None:
    assert list(in_order(doubled, range(10), processes)) == [each * 2 for each in range(10)]


def test_several_processes_are_at_work_and_none_takes_all_cores() -> None:
    found = set(in_order(process_of, range(20), 2))
    assert os.getpid() not in {each for each, _ in found}
    assert {threads for _, threads in found} == {"1"}
    assert {each for each, _ in in_order(process_of, range(3), 1)} == {os.getpid()}


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_ready_goes_to_no_process(processes: int) -> None:
    page = object()  # one that comes back from another process would be another one
    given: list[int | Ready[object]] = [1, Ready(page), 2]
    found = list(in_order(doubled, given, processes))
    assert page in found
    assert [each for each in found if each is not page] == [2, 4]


def test_no_more_is_drawn_than_the_processes_can_use() -> None:
    drawn: list[int] = []

    def given() -> Iterator[int]:
        for number in range(1000):
            drawn.append(number)
            yield number

    results = in_order(doubled, given(), 2)
    assert next(results) == 0
    assert len(drawn) < 10
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_the_work_raises_is_raised_here(processes: int) -> None:
    with pytest.raises(ValueError, match="thirteen"):
        list(in_order(doubled, [1, 13, 2], processes))


def test_a_process_that_ends_without_a_word_is_told() -> None:
    with pytest.raises(Stopped, match="ended from outside"):
        list(in_order(falls_over, range(8), 2))
