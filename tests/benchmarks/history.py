"""How long the history of a large school takes: read at once, then incrementally: `python -m tests.benchmarks.history`.

The goal is 3 s for 2,000 students and 5,000 saves read, compared and said, on two cores; nothing is asserted. Reading
on after one more save, and reading nothing at all, are measured beside it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from site_builder.history.history import History, forget
from site_builder.render.change_words import ChangeWords
from site_builder.render.i18n import Messages
from tests.benchmarks.large_school import Size, make_school
from tests.benchmarks.table import Row, run

STUDENT = "student-0007"


def rows() -> Iterator[Row]:
    """Measure each way of reading in turn."""
    size = Size()
    with tempfile.TemporaryDirectory() as folder:
        root = make_school(Path(folder), size)
        about = f"{size.students} students, {size.saves + 1} saves"
        words = ChangeWords(Messages("en"))

        def at_once() -> None:
            for revision in History(root, keeps=False).all():
                for change in revision.changes:
                    words.sentence(change)

        def first() -> None:
            forget(root)
            History(root).of(STUDENT)

        yield _measured("history: read, compared and said", about, at_once)
        yield _measured("history: read, compared and kept", about, first)
        yield _measured("history: one student, nothing new", about, lambda: History(root).of(STUDENT))
        yield _measured("history: every student, nothing new", about, lambda: _everybody(root, size))
        _one_more_save(root)
        yield _measured("history: one student, one save more", about, lambda: History(root).of(STUDENT), runs=1)


def _everybody(root: Path, size: Size) -> None:
    history = History(root)
    for number in range(size.students):
        history.of(f"student-{number:04}")


def _one_more_save(root: Path) -> None:
    path = root / f"students/{STUDENT}/2026-27/objectives/read-more.yaml"
    path.write_text(path.read_text("utf-8") + "suggested_on: 2026-09-01\n", "utf-8")
    identity = ("-c", "user.name=Rae", "-c", "user.email=rae@school.example")
    subprocess.run(["git", *identity, "commit", "-q", "-a", "-m", "one more"], cwd=root, check=True)


def _measured(what: str, about: str, work: Callable[[], object], runs: int = 3) -> Row:
    seconds, busy = [], []
    for _ in range(runs):
        begun, before = time.perf_counter(), _processor()
        work()
        seconds.append(time.perf_counter() - begun)
        busy.append(_processor() - before)
    return Row(what, about, tuple(seconds), tuple(busy))


def _processor() -> float:
    """Return the seconds of processor time of this process and of those it has called."""
    used = (resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    sys.exit(run(rows()))
