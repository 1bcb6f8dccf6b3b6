"""Thousands of wrong files: no reader crashes, none takes more than a second of work, none asks for much memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.access.view import Words
from site_builder.render.markdown import Markdown
from site_builder.source.reader import read_document
from site_builder.source.yaml_reader import LARGEST
from tests.conftest import Figures
from tests.fuzz.mutator import corpus, papers, wrong_paper, wrong_record
from tests.fuzz.worker import OneFile, bound, read_record, watched

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "tests/data/fuzz"
PLAN, STRENGTHS = "students/lopez-sam/2026-27/plan.yaml", "students/lopez-sam/2026-27/strengths.md"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="work and memory are watched by POSIX systems")


def test_wrong_files_are_findings(tmp_path: Path, long: bool, figures: Figures) -> None:
    """5,000 inputs, or 200,000 in the long run; the number in the message makes the same input again."""
    inputs = 200_000 if long else 5_000
    workers = min(2, os.cpu_count() or 1)
    started = []
    for worker in range(workers):
        progress = tmp_path / f"{worker}"
        progress.write_bytes(bytes(8))
        first, count = worker * inputs // workers, inputs // workers
        command = [sys.executable, "-m", "tests.fuzz.worker", str(progress), str(first), str(count)]
        started.append((progress, subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True), count))
    for progress, process, count in started:
        said = process.communicate()[1]
        number = int.from_bytes(progress.read_bytes(), "little")
        took_long = process.returncode == -signal.SIGPROF
        assert process.returncode == 0, f"input {number}{' took more than a second' if took_long else ''}\n{said}"
        figures.inputs += count


def test_the_same_number_is_the_same_input() -> None:
    assert len({wrong_record(number) for number in range(50)}) > 45
    assert [wrong_record(number) for number in range(50)] == [wrong_record(number) for number in range(50)]
    assert [wrong_paper(number) for number in range(9)] == [wrong_paper(number) for number in range(9)]
    assert len(corpus()) > 300
    assert len(papers()) > 40


def within_bounds(work: Callable[[], object]) -> None:
    """Do it in a process of its own, within the bounds of time and memory."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            bound()
            watched()
            work()
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0, "took more than a second" if status == -signal.SIGPROF else status


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load what is loaded when it is first needed: that is no input's fault."""
    read_record(PLAN, b"grade: 9\n")
    read_record(STRENGTHS, b"---\nlanguage: en\n---\nx\n")
    render("*x*")


def render(words: str) -> object:
    return Markdown(lambda _: None).render(Words(words, "en", ""))


def read(path: str, text: str) -> object:
    tree = OneFile(path, text.encode("utf-8"))
    return read_document(tree, tree.entries()[0])


@pytest.mark.parametrize("case", sorted(FOUND.iterdir()), ids=lambda case: case.name)
def test_cases_that_were_found(case: Path) -> None:
    within_bounds(lambda: read_record(STRENGTHS if case.suffix == ".md" else PLAN, case.read_bytes()))
    if case.suffix == ".md":
        within_bounds(lambda: render(case.read_text("utf-8", "replace")))


def test_a_watch_that_goes_off() -> None:
    """So that the tests above can fail: endless work and endless memory are seen."""

    def endless() -> None:
        while True:
            pass

    with pytest.raises(AssertionError, match="more than a second"):
        within_bounds(endless)
    with pytest.raises(AssertionError):
        within_bounds(lambda: bytearray(4 << 30))


PIECES = (
    *(
        "[",
        "{",
        "[[],",
        "{a: ",
        "- ",
        "? ",
        ": ",
        " ",
        "\n",
        "\t",
        "a: b\n",
        "a:\n ",
        "- a\n",
        "'",
        '"',
        "\\",
        '"\\',
        "#",
        " #",
    ),
    *(
        "!",
        "!!a ",
        "&a ",
        "*a ",
        "%a\n",
        "@",
        "`",
        "|",
        "| ",
        ">\n",
        "---\n",
        "...\n",
        "<<: ",
        "~",
        "9",
        "0x",
        ".",
        "_",
        "-",
        "=",
    ),
    *(
        "\u0301",
        "\u202e",
        "\u2028",
        "\x85",
        "\x00",
        "\U0001f600",
        "é",
        "<<<<<<< a\n",
        "=======\n",
        "a: &a b\n",
        "a: *a\n",
    ),
    *(
        "x" * 1000 + "\n",
        "? a\n",
        "? [a\n",
        "- - - \n",
        "a: 'b\n",
        'a: "b\n',
        "a: |\n",
        " a: b\n",
        "{a: b}, ",
        "[a: b], ",
    ),
)
WORDS = (
    *(
        "[",
        "](",
        "[a](b",
        "![",
        "*",
        "**a",
        "_a",
        "`",
        "``",
        "<",
        "<a ",
        "<!--",
        "&",
        "&#",
        "> ",
        "- ",
        "1. ",
        "#",
        "|",
        "|-",
    ),
    *(
        "\\",
        "[a]: b\n",
        "[a][",
        "~~",
        "***a ",
        "a\n=\n",
        "    a\n",
        "```\n",
        "| a |\n|---|\n",
        "<a@b.c>",
        "https://a",
        "((",
        "[^",
    ),
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_again_and_again_up_to_the_largest_file(piece: str) -> None:
    size = len(piece.encode("utf-8"))
    for start, end in (("", "\n"), ("aspiration: ", "\n"), ('aspiration: "', '"\n')):
        text = start + piece * ((LARGEST - 100) // size) + end
        within_bounds(lambda text=text: read(PLAN, text))  # type: ignore[misc]


@pytest.mark.parametrize("end", ["'a: |#b", "a: b: c", "a"])
def test_dashes_before_what_cannot_stand_there(end: str) -> None:
    """A line of dashes is read once, whatever comes behind them."""
    text = "a\n  b\n " + "- " * (LARGEST // 2 - 100) + end + "\nc: d\n"
    within_bounds(lambda: read(PLAN, text))
    within_bounds(lambda: read(PLAN, text.replace("a\n", "a: b\n", 1)))


@pytest.mark.parametrize("piece", WORDS)
def test_words_again_and_again(piece: str) -> None:
    """Read as the largest file there may be; shown as a page of them."""
    text = "---\nlanguage: en\n---\n" + piece * ((LARGEST - 100) // len(piece)) + "\n"
    within_bounds(lambda: read(STRENGTHS, text))
    within_bounds(lambda: render(piece * (8192 // len(piece))))
