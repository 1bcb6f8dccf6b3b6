"""Findings as SARIF 2.1.0, without the values that stand in the records: such logs are kept and shown elsewhere."""

from __future__ import annotations

import importlib.metadata
import json
import urllib.parse
from collections.abc import Sequence
from typing import Any, TextIO

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.base.policy import cited
from site_builder.cli.reporters.sources import Sources, for_outsiders

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def report(findings: Sequence[Diagnostic], sources: Sources, stream: TextIO) -> None:
    """Write one log with one run; its rules are the codes that were found, with their text from the catalogue."""
    found = {each.code for each in findings}
    codes = tuple(each for each in sources.codes if each.code in found)
    index = {each.code: position for position, each in enumerate(codes)}
    driver = {
        "name": "sep",
        "semanticVersion": _version(),
        "rules": [_rule(each) for each in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, index, sources.prefix) for each in findings],
    }
    json.dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, stream, indent=2)
    stream.write("\n")


def _version() -> str:
    try:
        return importlib.metadata.version("sepfile")
    except importlib.metadata.PackageNotFoundError:
        return "0.0.0"


def _rule(code: Code) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }
    if code.policy:
        rule["properties"] = {"tags": [*cited(code.policy)]}
    return rule


def _result(finding: Diagnostic, index: dict[str, int], prefix: str) -> dict[str, Any]:
    start, end = finding.span.start, finding.span.end
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    artifact = {"uri": urllib.parse.quote(prefix + finding.span.file)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": for_outsiders(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    return result
