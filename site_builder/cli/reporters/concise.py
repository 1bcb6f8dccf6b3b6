"""Findings one a line, in the form that editors and other tools recognise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

import click

from site_builder.base.diagnostics import Diagnostic
from site_builder.cli.console import visible
from site_builder.cli.reporters.sources import Sources


def report(findings: Sequence[Diagnostic], sources: Sources, stream: TextIO) -> None:  # noqa: ARG001 - as every reporter
    """Write `file:line:column: severity[CODE] message` for every finding."""
    for each in findings:
        start = each.span.start
        place = f"{visible(each.span.file)}:{start.line}:{start.column}"
        click.echo(f"{place}: {each.severity}[{each.code}] {visible(each.message)}", file=stream)
