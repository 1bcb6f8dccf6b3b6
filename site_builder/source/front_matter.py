"""Markdown files: the fields at the top, between two lines of `---`, and the words below."""

from __future__ import annotations

import re

from site_builder.base.diagnostics import Diagnostic
from site_builder.source.characters import conflicts, hidden
from site_builder.source.codes import NO_FRONT_MATTER, OPEN_FRONT_MATTER
from site_builder.source.document import Document
from site_builder.source.positions import Ruler
from site_builder.source.refusals import nothing_in_it
from site_builder.source.yaml_reader import NOTHING, in_order, plain_lines, read_part, size_finding

_DASHES = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_BEFORE = re.compile(r"(?:\s|<!--(?:(?!-->).)*+-->)++(?=---[ \t]*(?:\n|\Z))", re.DOTALL)
_EXAMPLE = "Begin the file with a line of `---`, the fields (such as `date: 2026-10-03`) and another line of `---`"
_NOTHING_BETWEEN = "there is nothing between the two lines of `---` yet"


def read_markdown(path: str, text: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read the `text` of the Markdown file at `path`: its fields as a document's data, its words as the body.

    Returns a document, or findings, or both, as `read_yaml` does. Places in the fields are those of the whole file.
    """
    text = plain_lines(text)
    too_large = size_finding(path, text)
    if too_large:
        return None, (too_large,)
    ruler = Ruler(path, text)
    if not text.strip():
        return None, (nothing_in_it(ruler, NOTHING),)
    opening = _DASHES.match(text)
    closing = _DASHES.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        marks = conflicts(ruler, words_from=0)
        return None, marks or (_no_end(ruler) if opening else _no_beginning(ruler),)
    marks = conflicts(ruler, words_from=closing.end())
    body_line = ruler.position(closing.end()).line
    body = text[closing.end() :]
    found = (*marks, *hidden(Ruler(path, body, body_line), yaml=False))
    if any(mark.span.start.line < body_line for mark in marks):
        return None, in_order(found)
    reading = read_part(path, text[opening.end() : closing.start()], first_line=2, nothing=_NOTHING_BETWEEN)
    findings = in_order((*found, *reading.findings))
    if not reading.sound:
        return None, findings
    return Document(path, reading.data, text, reading.places, body, body_line), findings


def _no_beginning(ruler: Ruler) -> Diagnostic:
    before = _BEFORE.match(ruler.text)
    if before:
        return NO_FRONT_MATTER.at(
            ruler.span(0, before.end()),
            "something stands before the first line of `---`",
            "Delete the empty lines and comments before it: `---` is the first line of the file",
        )
    span = ruler.span(0, len(ruler.line_of(0)))
    return NO_FRONT_MATTER.at(span, "this file does not begin with its fields between two lines of `---`", _EXAMPLE)


def _no_end(ruler: Ruler) -> Diagnostic:
    return OPEN_FRONT_MATTER.at(
        ruler.span(0, 3),
        "the fields that begin here have no end",
        "Write a line of three dashes (`---`) below the last field, before the words",
    )
