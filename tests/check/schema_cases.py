"""The case files of `tests/data/schemas/`: one folder a kind, read as the program reads records."""

from __future__ import annotations

from pathlib import Path

from site_builder.base.diagnostics import Diagnostic
from site_builder.source.document import Document
from site_builder.source.front_matter import read_markdown
from site_builder.source.yaml_reader import read_yaml

FOLDER = Path(__file__).parents[1] / "data" / "schemas"
CASES = sorted(path for path in FOLDER.glob("*/*") if path.suffix in (".yaml", ".md"))
GOOD = [path for path in CASES if path.name.startswith("good-")]
BAD = [path for path in CASES if path.name.startswith("bad-")]


def shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def read(file: str, text: str) -> Document:
    reader = read_markdown if file.endswith(".md") else read_yaml
    document, findings = reader(file, text)
    assert document is not None, findings
    assert findings == ()
    return document


def case(path: Path) -> Document:
    return read(path.name, path.read_text(encoding="utf-8"))


def as_text(findings: tuple[Diagnostic, ...]) -> str:
    """Write findings as a person reads them, with what outsiders are told below."""
    lines = []
    for each in findings:
        start, end = each.span.start, each.span.end
        lines.append(f"{start.line}:{start.column}-{end.line}:{end.column} {each.severity} {each.code} {each.message}")
        lines += [f"  = {line}" for way in each.help for line in way.split("\n")]
        lines += [f"  see {other.span.start.line}:{other.span.start.column} {other.message}" for other in each.related]
        lines.append(f"  ~ {each.public_message()}")
    return "\n".join(lines) + "\n"
