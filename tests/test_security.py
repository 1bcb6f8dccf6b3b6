"""What SECURITY.md promises is shown by tests that are there, and its commands and options exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.cli.main import TABLE

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = [
    tuple(cell.strip() for cell in line.strip("|").split(" | "))
    for line in TEXT.partition("## What is promised")[2].partition("\n## ")[0].splitlines()
    if line.startswith("| ") and not line.startswith("| Promise")
]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[0][:40])
def test_a_promise_is_shown_by_tests(promise: tuple[str, ...]) -> None:
    words, shown_by = promise
    assert words.endswith(".")
    files = re.findall(r"`(tests/[a-z_/]+\.py)`", shown_by)
    assert files
    for file in files:
        assert re.search(r"^def test_", (ROOT / file).read_text("utf-8"), re.MULTILINE), file


def test_there_are_promises() -> None:
    assert len(PROMISES) > 12


def test_commands_and_options_that_are_named_exist() -> None:
    named = re.findall(r"`sep ([a-z-]+)([^`]*)`", TEXT)
    assert named
    assert {command for command, _ in named} <= set(TABLE)
    described = (ROOT / "docs/commands.md").read_text("utf-8")
    assert [option for _, rest in named for option in re.findall(r"--[a-z-]+", rest) if option not in described] == []
