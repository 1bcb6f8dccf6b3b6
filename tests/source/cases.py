"""The case files of `tests/data/yaml`, and the text of findings that stands beside each."""

from __future__ import annotations

import json
import os
from pathlib import Path

from site_builder.base.diagnostics import Diagnostic, Span
from site_builder.source.document import Document
from site_builder.source.front_matter import read_markdown
from site_builder.source.yaml_reader import read_yaml

CASES = Path(__file__).parent.parent / "data" / "yaml"


def files(folder: str) -> list[Path]:
    return sorted(path for path in (CASES / folder).iterdir() if path.suffix in (".yaml", ".md"))


def read(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    text = path.read_bytes().decode("utf-8")
    return read_markdown(path.name, text) if path.suffix == ".md" else read_yaml(path.name, text)


def told(findings: tuple[Diagnostic, ...]) -> str:
    lines = []
    for finding in findings:
        lines.append(f"{place(finding.span)} {finding.code} {finding.message}")
        lines += [f"    {place(related.span)} {related.message}" for related in finding.related]
        lines += [f"  = {help}" for help in finding.help]
    return "".join(f"{line}\n" for line in lines)


def place(span: Span) -> str:
    start, end = span.start, span.end
    until = f"{end.column}" if end.line == start.line else f"{end.line}:{end.column}"
    return f"{span.file}:{start.line}:{start.column}-{until}"


def shown(document: Document | None) -> str:
    if document is None:
        return "null\n"
    return json.dumps({"data": document.data, "body": document.body, "body_line": document.body_line}, indent=1) + "\n"


def same_as_file(text: str, path: Path) -> None:
    """Compare with the snapshot at `path`; with SEP_UPDATE_SNAPSHOTS=1 write it instead."""
    if os.environ.get("SEP_UPDATE_SNAPSHOTS") == "1":
        path.write_bytes(text.encode("utf-8"))
    assert path.exists(), f"{path} is missing: run with SEP_UPDATE_SNAPSHOTS=1 and read it"
    assert text == path.read_bytes().decode("utf-8")
