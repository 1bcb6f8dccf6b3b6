"""How fast binders are made, beside WeasyPrint and Chromium printing the same words: `make bench-binder`.

Every engine is given binders of the sample school, but for the four longest files, so that they have 23 pages on an
average; each has another name so that nothing is remembered. They work in turns: A B C, A B C. Ours is measured whole,
from the view to the PDF with its documents in it; the other two are given the ready page, and their figures are without
documents. Then the command itself makes the binders of a whole school: all of them, again with nothing changed, and
once more with one student's file changed. Seconds depend on what else runs; those of the processor less.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from site_builder.access.sites import common_copy
from site_builder.access.view import Copy
from site_builder.publish.binder_keys import read_made
from site_builder.publish.binding import Bound, Sheets, bind, papers_of
from site_builder.publish.executor import in_order
from site_builder.publish.typeset import manuscript
from site_builder.render.binder import render_binder
from site_builder.render.binder_data import binder_data
from tests.benchmarks.full_school import ONCE, make_full_school
from tests.browser.conftest import chromium as find_chromium
from tests.sample import sample
from tests.stores import TODAY

ROUNDS = 3
RESULTS = Path("benchmarks-binder.json")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one engine did in one round."""

    binders: int
    pages: int
    seconds: float
    processor: float  # seconds, of all processes together
    megabytes: int


def copies(number: int, start: int) -> Iterator[Copy]:
    """Give so many copies; the number in each name makes it a document of its own."""
    students = [each.id for each in sample().students if each.id not in ONCE]
    for count, student in enumerate(islice(cycle(students), number), start):
        copy = common_copy(sample(), student, TODAY)
        yield replace(copy, file=replace(copy.file, name=f"{copy.file.name} {count}"))


def sheets(number: int, start: int) -> Iterator[Sheets]:
    """Give the binders as they are handed to a process."""
    for copy in copies(number, start):
        papers = papers_of(copy)
        data = binder_data(copy, papers.pages, papers.unprinted)
        yield Sheets(manuscript=manuscript(data), papers=papers.laid)


def bound(given: Sheets) -> tuple[Bound, int]:
    """Return the binder, and how much memory this process has needed so far."""
    return bind(given), _megabytes()


def ours(number: int, start: int, processes: int) -> Figure:
    """Make binders as `sep binder --all` does."""
    began, worked = time.perf_counter(), _processor()
    done = list(in_order(bound, sheets(number, start), processes))
    took, worked = time.perf_counter() - began, _processor() - worked
    return Figure(number, sum(each.pages for each, _ in done), took, worked, max(memory for _, memory in done))


def chromium(pages: Sequence[bytes]) -> tuple[int, int]:
    """Print pages with one Chromium that is kept open; return the pages and its memory."""
    from playwright.sync_api import sync_playwright

    found = 0
    with sync_playwright() as started, tempfile.TemporaryDirectory() as folder:
        browser = started.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for number, html in enumerate(pages):
            path = Path(folder) / f"{number}.html"
            path.write_bytes(html)
            page.goto(path.as_uri())
            found += _count(page.pdf(prefer_css_page_size=True, outline=True, tagged=True))
        browser.close()
    return found, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def weasyprint(pages: Sequence[bytes]) -> tuple[int, int]:
    """Print pages with WeasyPrint; return the pages and its memory."""
    from weasyprint import HTML  # type: ignore[import-not-found,import-untyped,unused-ignore]

    found = 0
    for html in pages:
        found += _count(HTML(string=html.decode()).write_pdf(pdf_variant="pdf/ua-1") or b"")
    return found, _megabytes()


def apart(engine: Callable[[Sequence[bytes]], tuple[int, int]], pages: Sequence[bytes]) -> Figure:
    """Let an engine print in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(_megabytes).result()  # the process has begun
        began, worked = time.perf_counter(), _processor()
        found, memory = pool.submit(engine, pages).result()
        took = time.perf_counter() - began
    return Figure(len(pages), found, took, _processor() - worked, memory)


def whole_school(students: int) -> Iterator[tuple[str, Figure]]:
    """Let `sep binder --all` make the binders of so many students in git: what was done, and what it took."""
    with tempfile.TemporaryDirectory() as folder:
        store, out = make_full_school(Path(folder), students), Path(folder) / "out"
        changed = store / "students" / "rivera-ana" / "2026-27" / "strengths.md"
        yield "whole school", _command(store, out)
        yield "nothing changed", _command(store, out)
        changed.write_text(changed.read_text(encoding="utf-8") + "\nShe stays calm.\n", encoding="utf-8")
        yield "one file changed", _command(store, out)


def _command(store: Path, out: Path) -> Figure:
    """Run the command; its memory is that of the largest of its processes."""
    command = [sys.executable, "-c", "from site_builder.cli.main import run; run()", "-C", str(store), "--quiet"]
    command += ["--today", TODAY.isoformat(), "binder", "--all", "--out", str(out)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    made = read_made(out / "binders")
    if process.returncode or not made:
        raise SystemExit("The binders of the whole school could not be made.")
    pages = sum(each.pages for each in made.values())
    return Figure(len(made), pages, took, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all engines in turn and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binders", type=int, default=34, help="binders a round for ours; the others print a part")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds; with none, the whole school alone")
    parser.add_argument("--school", type=int, default=60, help="students of the whole school; 0 leaves it out")
    given = parser.parse_args(arguments)
    few = max(2, given.binders // 8)
    cores = os.cpu_count() or 1
    found: dict[str, list[Figure]] = {}
    missing = []
    for turn in range(given.rounds):
        start = turn * given.binders
        html = [render_binder(copy) for copy in copies(few, start)]
        found.setdefault("ours, 1 process", []).append(ours(few * 2, start, 1))
        found.setdefault(f"ours, {cores} processes", []).append(ours(given.binders, start, cores))
        if find_chromium() is not None:
            found.setdefault("Chromium, kept open", []).append(apart(chromium, html))
        elif not turn:
            missing.append("Chromium is not on this computer: not measured.")
        if importlib.util.find_spec("weasyprint") is not None:
            found.setdefault("WeasyPrint", []).append(apart(weasyprint, html))
        elif not turn:
            missing.append("WeasyPrint is not installed (`pip install -e '.[bench]'`): not measured.")
    school = dict(whole_school(given.school)) if given.school else {}
    _report(found, school, missing)
    return 0


def _report(found: dict[str, list[Figure]], school: dict[str, Figure], missing: list[str]) -> None:
    rows = _engines(found) if found else {}
    for name, figure in school.items():
        print(  # noqa: T201
            f"sep binder --all, {figure.binders} binders of {figure.pages / figure.binders:.1f} pages, {name}: "
            f"{figure.seconds:.1f} s, {figure.processor:.1f} s of processor, {figure.megabytes} MB"
        )
    for each in missing:
        print(each)  # noqa: T201
    versions = {name: importlib.metadata.version(name) for name in ("typst", "pikepdf")}
    about = {"cores": os.cpu_count(), "python": sys.version.split()[0], "versions": versions, "engines": rows}
    about["school"] = {name: asdict(figure) for name, figure in school.items()}
    RESULTS.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _engines(found: dict[str, list[Figure]]) -> dict[str, dict[str, float]]:
    rows: dict[str, dict[str, float]] = {}
    for name, figures in found.items():
        per_binder = statistics.median(each.seconds / each.binders for each in figures)
        per_page = statistics.median(each.seconds / each.pages for each in figures)
        work = statistics.median(each.processor / each.pages for each in figures)
        rows[name] = {
            "binders_per_second": round(1 / per_binder, 2),
            "pages_per_second": round(1 / per_page, 1),
            "processor_ms_per_page": round(work * 1000, 1),
            "pages_per_binder": round(statistics.mean(each.pages / each.binders for each in figures), 1),
            "megabytes": max(each.megabytes for each in figures),
        }
    first = next(iter(rows.values()))["processor_ms_per_page"]
    print(f"{'engine':<22} {'binders/s':>10} {'pages/s':>9} {'CPU ms/page':>12} {'ratio':>7} {'pages':>7} {'MB':>6}")  # noqa: T201
    for name, row in rows.items():
        print(  # noqa: T201
            f"{name:<22} {row['binders_per_second']:>10} {row['pages_per_second']:>9} "
            f"{row['processor_ms_per_page']:>12} {row['processor_ms_per_page'] / first:>7.2f} "
            f"{row['pages_per_binder']:>7} {row['megabytes']:>6}"
        )
    return rows


def _count(pdf: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as read:
        return len(read)


def _processor() -> float:
    """Return the seconds that this process and those it has seen end have used of the processor."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
