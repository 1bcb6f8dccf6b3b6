"""Findings for people: each with its line, a caret below what is wrong, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

import click

from site_builder.base.diagnostics import Diagnostic, Severity, Span
from site_builder.cli.console import visible, width
from site_builder.cli.reporters.closing import closing
from site_builder.cli.reporters.sources import Sources

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
_TAB = 4
_WIDEST = 110
"""Columns of a source line that are shown at most; a longer one is cut around the caret."""


def report(findings: Sequence[Diagnostic], sources: Sources, stream: TextIO) -> None:
    """Write every finding with its source line, and a last line that counts them."""
    for finding in findings:
        click.echo(described(finding, sources) + "\n", file=stream)
    click.echo(closing(findings, sources.students), file=stream)


def described(finding: Diagnostic, sources: Sources) -> str:
    """Return one finding as several lines."""
    colour = COLOURS[finding.severity]
    numbers = [finding.span.start.line, *(each.span.start.line for each in finding.related)]
    gutter = len(str(max(numbers)))
    head = click.style(f"{finding.severity}[{finding.code}]", fg=colour, bold=True)
    lines = [f"{head}{click.style(': ' + visible(finding.message), bold=True)}"]
    lines += _place(finding.span, sources, gutter, "-->", "^", colour)
    for each in finding.related:
        lines += _place(each.span, sources, gutter, ":::", "-", "blue", visible(each.message))
    for help in finding.help:
        first, *rest = help.splitlines() or [""]
        lines.append(f"{' ' * (gutter + 2)}{_edge('=')} {click.style('help', bold=True)}: {visible(first)}")
        lines += [f"{' ' * (gutter + 10)}{visible(each)}" for each in rest]
    return "\n".join(lines)


def _edge(text: str) -> str:
    return click.style(text, fg="blue", bold=True)


def _place(span: Span, sources: Sources, gutter: int, arrow: str, mark: str, colour: str, label: str = "") -> list[str]:
    """Return the lines that show one stretch of a file; a place without a line to show keeps its name and label."""
    where = f"{visible(span.file)}:{span.start.line}:{span.start.column}"
    line = None if span == Span.whole_file(span.file) else sources.line(span.file, span.start.line)
    if line is None:
        return [f"{' ' * (gutter + 1)}{_edge(arrow)} {where}{': ' + label if label else ''}"]
    shown, before, under = _shown(line, span)
    pointer = click.style(" " * before + mark * under, fg=colour, bold=True)
    bar = " " * (gutter + 2) + _edge("|")
    return [
        f"{' ' * (gutter + 1)}{_edge(arrow)} {where}",
        bar,
        f" {_edge(f'{span.start.line:>{gutter}} |')} {shown}".rstrip(),
        f"{bar} {pointer}{' ' + click.style(label, fg=colour) if label else ''}",
    ]


def _shown(line: str, span: Span) -> tuple[str, int, int]:
    """Return the line as printed, the columns before the mark, and the columns of the mark (at least one)."""
    start = min(span.start.column - 1, len(line))
    end = span.end.column - 1 if span.end.line == span.start.line else len(line.rstrip())
    head, middle, tail = (
        _printed(each) for each in (line[:start], line[start : max(start, end)], line[max(start, end) :])
    )
    if width(head + middle + tail) > _WIDEST:
        head, middle, tail = _cut(head, middle, tail)
    return head + middle + tail, width(head), max(1, width(middle))


def _cut(head: str, middle: str, tail: str) -> tuple[str, str, str]:
    """Shorten a long line around its mark: a little of what stands before, then the mark, then what still fits."""
    if len(head) > 40:
        head = "..." + head[-36:]
    if len(middle) > 60:
        return head, middle[:60] + "...", ""
    room = max(0, _WIDEST - len(head) - len(middle) - 3)
    return head, middle, tail if len(tail) <= room else tail[:room] + "..."


def _printed(text: str) -> str:
    return visible(text.replace("\t", " " * _TAB))
