"""Findings as JSON, for scripts; the form is fixed by its `format_version`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from site_builder.base.diagnostics import Diagnostic
from site_builder.cli.reporters.sources import Sources

FORMAT_VERSION = 1


def report(findings: Sequence[Diagnostic], sources: Sources, stream: TextIO) -> None:  # noqa: ARG001 - as every reporter
    """Write one object; `file` is relative to the store, `help` one text, a way out a line."""
    rows = [_row(each) for each in findings]
    json.dump({"format_version": FORMAT_VERSION, "findings": rows}, stream, indent=2)
    stream.write("\n")


def _row(finding: Diagnostic) -> dict[str, str | int]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.span.file,
        "line": finding.span.start.line,
        "column": finding.span.start.column,
        "message": finding.message,
        "help": "\n".join(finding.help),
        "policy": finding.policy,
    }
