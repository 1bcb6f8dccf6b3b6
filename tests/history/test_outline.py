"""An outline put together again is the text it was made of; held on every record of the sample school."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from site_builder.history.merge import merge
from site_builder.history.outline import BLOCKS, FLOWS, Node, outline
from site_builder.source.document import Document
from site_builder.source.reader import read_content

SAMPLE = Path(__file__).parents[2] / "records"


@cache
def documents() -> tuple[Document, ...]:
    found = []
    for path in sorted([*SAMPLE.rglob("*.yaml"), *SAMPLE.rglob("*.md")]):
        document, _ = read_content(path.relative_to(SAMPLE).as_posix(), path.read_bytes())
        assert document is not None
        found.append(document)
    return tuple(found)


def lines_of(document: Document) -> tuple[int, int]:
    markdown = document.path.endswith(".md")
    return (1, document.body_line - 2) if markdown else (0, document.text.count("\n") + 1)


def put_together(node: Node) -> str:
    if node.form in BLOCKS and node.parts:
        parts = (
            each.lead + each.before + put_together(each.node)[each.node.room :] + each.after for each in node.parts
        )
        return "".join(parts) + node.closing
    if node.form in FLOWS and node.parts and "\n" not in node.text:
        between = node.between.join(each.before + put_together(each.node) for each in node.parts)
        return node.opening + between + node.closing
    return node.text


def test_every_record_of_the_sample() -> None:
    apart = 0
    for document in documents():
        first, end = lines_of(document)
        node = outline(document, first, end)
        assert put_together(node) == "".join(document.text.splitlines(keepends=True)[first:end]), document.path
        apart += node.form in BLOCKS
    assert apart == len(documents())


def test_a_remark_above_every_field_and_one_at_the_end_meet_in_every_record() -> None:
    """Two people write into every record of the sample; what comes of it holds both and is never left to lines."""
    for document in documents():
        first, end = lines_of(document)
        lines = document.text.splitlines(keepends=True)
        ours = "".join([*lines[:first], "# from the one\n", *lines[first:]]).encode()
        theirs = "".join([*lines[:end], "# from the other\n", *lines[end:]]).encode()
        made = merge(document.path, document.text.encode(), ours, theirs)
        assert not made.conflicts
        both = [*lines[:first], "# from the one\n", *lines[first:end], "# from the other\n", *lines[end:]]
        assert made.content.decode() == "".join(both), document.path
