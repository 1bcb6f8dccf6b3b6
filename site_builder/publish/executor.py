"""Work that is a map over students, on as many processes as the machine has for it, with its results in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder.base.errors import SepError

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_There = TypeVar("_There")
_AHEAD = 3
"""So many pieces of work a process may have waiting: enough that it never waits, and few enough to keep in memory."""


class Stopped(SepError):
    """A process at work was ended from outside, or fell over."""

    exit_code = 70


@dataclass(frozen=True, slots=True)
class Ready(Generic[_There]):
    """Something that is made already: it goes to no process, and is given at once."""

    made: _There


def in_order(
    work: Callable[[_Given], _Made], given: Iterable[_Given | Ready[_There]], processes: int
) -> Iterator[_Made | _There]:
    """Give `work` of each of `given`, in their order, made by so many `processes`; with one or none, by this one.

    `given` is drawn as far ahead as the processes can use, and what is `Ready` in it is given as soon as it is drawn.
    What `work` raises is raised here; the rest is then left undone. Raises `Stopped` where a process ends without a
    word.
    """
    with _at_rest():
        if processes > 1:
            yield from _by_processes(work, given, processes)
            return
        for each in given:
            yield each.made if isinstance(each, Ready) else work(each)


def _by_processes(
    work: Callable[[_Given], _Made], given: Iterable[_Given | Ready[_There]], processes: int
) -> Iterator[_Made | _There]:
    waiting: deque[Future[_Made]] = deque()
    fresh = multiprocessing.get_context("spawn")  # a fork would carry along threads and locks of what runs here
    pool = ProcessPoolExecutor(processes, mp_context=fresh, initializer=_settle_in)
    try:
        for each in given:
            if isinstance(each, Ready):
                yield each.made
                continue
            waiting.append(pool.submit(work, each))
            if len(waiting) >= processes * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as fault:
        raise Stopped(
            "one of the processes at work was ended from outside, or had no memory left",
            "close other programs, then start again; what was made last still stands",
        ) from fault
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _at_rest() -> Iterator[None]:
    """Let the search for garbage pass over all that is there by now.

    A school's records stay to the end, and to look through them again and again takes as long as the work itself.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _settle_in() -> None:
    """Let Ctrl-C reach the process that can put things in order and no other, and use one core for each process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["RAYON_NUM_THREADS"] = "1"  # libraries that would take all cores for each piece of work ask this
