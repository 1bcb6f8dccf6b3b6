from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence

import pytest

from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.cli.commands.check import FORMATS
from site_builder.cli.console import width
from site_builder.cli.reporters.closing import closing
from site_builder.cli.reporters.sources import Sources
from tests.cli.reporters.examples import CODES, FINDINGS, SOURCES, STUDENTS, Files
from tests.cli.snapshots import snapshot

KINDS = {"full": "txt", "concise": "txt", "github": "txt", "json": "json", "sarif": "json"}
VERSION = re.compile(r'(?<="semanticVersion": ")[^"]+')
VALUES = ("ontrack", "`kind`", "far to the right", "wide letters", "escape")
"""Words of the messages that come from files: a student's data."""


def printed(format_: str, findings: Sequence[Diagnostic] = FINDINGS, sources: Sources = SOURCES) -> str:
    stream = io.StringIO()
    FORMATS[format_](findings, sources, stream)
    return stream.getvalue()


@pytest.mark.parametrize("format_", FORMATS)
def test_findings_are_printed_as_before(format_: str) -> None:
    snapshot(f"findings-{format_}.{KINDS[format_]}", VERSION.sub("VERSION", printed(format_)))


@pytest.mark.parametrize("format_", FORMATS)
def test_no_findings_are_printed_too(format_: str) -> None:
    snapshot(f"nothing-{format_}.{KINDS[format_]}", VERSION.sub("VERSION", printed(format_, ())))


def test_the_caret_stands_below_what_is_wrong() -> None:
    lines = printed("full").splitlines()
    pointers = [(lines[at - 1], line) for at, line in enumerate(lines) if line.strip().startswith("|") and "^" in line]
    marked = []
    for source, pointer in pointers:
        before = width(pointer[: pointer.index("^")])
        cut, columns = "", 0
        for each in source:
            if before <= columns < before + pointer.count("^"):
                cut += each
            columns += width(each)
        marked.append(cut)
    assert marked == ["end", "ontrack", "kind", "山田 太郎", "    ", "\\x1b[31mred"]


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_that_a_file_says_can_steer_a_terminal(format_: str) -> None:
    text = printed(format_)
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("format_", ["github", "sarif"])
def test_outsiders_see_no_value_of_a_record(format_: str) -> None:
    text = printed(format_)
    assert not [each for each in VALUES if each in text]
    for code in CODES:
        assert code.title in text


@pytest.mark.parametrize("format_", ["github", "sarif"])
def test_a_finding_without_a_message_for_outsiders_shows_its_code_alone(format_: str) -> None:
    bare = Diagnostic("SEP999", Severity.ERROR, "Ana has a secret", FINDINGS[2].span)
    assert "secret" not in printed(format_, (bare,))


def test_json_has_the_fixed_keys_and_types() -> None:
    data = json.loads(printed("json"))
    assert list(data) == ["format_version", "findings"]
    assert data["format_version"] == 1
    for row in data["findings"]:
        assert list(row) == ["code", "severity", "file", "line", "column", "message", "help", "policy"]
        assert (type(row["line"]), type(row["column"])) == (int, int)
    assert data["findings"][2]["help"].splitlines() == list(FINDINGS[2].help)


def test_sarif_is_a_log_as_the_standard_describes_it() -> None:
    log = json.loads(printed("sarif"))
    assert (log["version"], log["$schema"].endswith("sarif-schema-2.1.0.json"), len(log["runs"])) == ("2.1.0", True, 1)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "sep"
    assert re.fullmatch(r"\d+\.\d+\.\d+", run["tool"]["driver"]["semanticVersion"])
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert len({each["id"] for each in rules}) == len(rules) == len(CODES)
    assert len(run["results"]) == len(FINDINGS)
    for result, finding in zip(run["results"], FINDINGS, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("records/")
        region = place["region"]
        assert 1 <= region["startLine"] <= region["endLine"]
        assert region["endColumn"] >= 1
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_github_commands_are_one_line_each_and_escaped() -> None:
    odd = CODES[0].at(FINDINGS[2].span, "x", redacted="50% of it,\nor: none")
    (line,) = printed("github", (odd,)).splitlines()
    assert line.endswith("::50%25 of it,%0Aor: none")
    properties = line.removeprefix("::error ").partition("::")[0]
    assert dict(each.split("=") for each in properties.split(",")) == {
        "file": f"records/{odd.span.file}",
        "line": "3",
        "endLine": "3",
        "col": "9",
        "endColumn": "15",
        "title": "SEP901",
    }


CLOSINGS = [
    ((), STUDENTS, "All 3 files of students are sound."),
    ((), frozenset({"lopez-sam"}), "The file of the student is sound."),
    ((), frozenset[str](), "Nothing found."),
    (FINDINGS, STUDENTS, "Found 4 errors, 2 warnings, 2 pieces of advice in 5 files; 2 students are fine."),
    (FINDINGS[6:7], STUDENTS, "Found 1 piece of advice in 1 file; 3 students are fine."),
    (FINDINGS[4:5], frozenset[str](), "Found 1 warning in 1 file."),
]


@pytest.mark.parametrize(("findings", "students", "line"), CLOSINGS)
def test_the_last_line_counts(findings: Sequence[Diagnostic], students: frozenset[str], line: str) -> None:
    assert closing(findings, students) == line


def test_lines_are_counted_as_the_readers_count_them() -> None:
    sources = Sources(Files({"a.yaml": "\ufeffone\r\ntwo\x0bstill two\nthree"}))
    assert [sources.line("a.yaml", each) for each in range(5)] == [None, "one", "two\x0bstill two", "three", None]
    assert sources.line("gone.yaml", 1) is None


def test_a_photo_has_no_line_to_show() -> None:
    assert Sources(Files({"a.png": "\0PNG\n"})).line("a.png", 1) is None
