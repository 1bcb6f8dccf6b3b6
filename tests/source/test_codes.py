"""The examples of `sep explain`: the failing ones fail where they say, the passing ones pass."""

from __future__ import annotations

import pytest

from site_builder.base.codes import HERE, Code, Example
from site_builder.base.diagnostics import Diagnostic
from site_builder.source.codes import CODES
from site_builder.source.names import check_names
from site_builder.source.reader import read_document
from site_builder.source.tree import Entry, EntryKind

_WITHOUT_EXAMPLE = {"SEP113", "SEP150", "SEP153", "SEP163", "SEP164", "SEP165"}
"""Size, bytes and kinds of files, which no text can show; each has a test of its own."""


class _Shown:
    """The files of one example."""

    version = ""

    def __init__(self, examples: tuple[Example, ...]) -> None:
        self._files = {example.file: example.text.encode("utf-8") for example in examples}

    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(path, EntryKind.FILE, len(content)) for path, content in sorted(self._files.items()))

    def read(self, path: str) -> bytes:
        return self._files[path]


def _findings(examples: tuple[Example, ...]) -> list[Diagnostic]:
    tree = _Shown(examples)
    found = list(check_names(tree.entries()))
    for entry in tree.entries():
        if entry.path.endswith((".yaml", ".md")):
            found.extend(read_document(tree, entry)[1])
    return found


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_examples_show_what_they_say(code: Code) -> None:
    if code.code in _WITHOUT_EXAMPLE:
        assert not code.fails
        return
    found = _findings(code.fails)
    assert {finding.code for finding in found} == {code.code}
    marked = {
        (example.file, number)
        for example in code.fails
        for number, line in enumerate(example.text.split("\n"), 1)
        if HERE in line
    }
    if marked:
        assert {(finding.span.file, finding.span.start.line) for finding in found} == marked
    assert code.passes
    assert _findings(code.passes) == []


def test_codes_are_in_order_and_each_says_why() -> None:
    assert [code.code for code in CODES] == sorted({code.code for code in CODES})
    for code in CODES:
        assert len(code.why) > 60
        assert not code.title.endswith(".")
