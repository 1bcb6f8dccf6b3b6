"""Findings as workflow commands of GitHub, without the values that stand in the records: logs have other readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.cli.reporters.sources import Sources, for_outsiders

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def report(findings: Sequence[Diagnostic], sources: Sources, stream: TextIO) -> None:
    """Write one workflow command a finding; files are relative to the folder in which the program runs."""
    for each in findings:
        stream.write(_command(each, sources.prefix) + "\n")


def _command(finding: Diagnostic, prefix: str) -> str:
    start, end = finding.span.start, finding.span.end
    properties = {"file": prefix + finding.span.file, "line": start.line, "endLine": end.line, "col": start.column}
    if start.line == end.line:
        # The service takes an end column only for a stretch within one line; it counts the last character in.
        properties["endColumn"] = max(start.column, end.column - 1)
    properties["title"] = finding.code
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(for_outsiders(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
