"""Texts that end a careless reader's process; each is read in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

_SCRIPT = """
import sys
from site_builder.source.builder import Builder
from site_builder.source.positions import Ruler
from site_builder.source.yaml_reader import read_yaml
text = {text}
if sys.argv[1] == "reader":
    document, findings = read_yaml("x.yaml", text)
    assert document is None
else:  # the builder alone, without the caps before it
    builder = Builder(Ruler("x.yaml", text))
    builder.run("nothing")
    findings = builder.findings
    assert not builder.sound
print(",".join(sorted({finding.code for finding in findings})))
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("'[' * 600_000", "SEP113"),
        ("'[' * 262_144", "SEP112"),
        ("'[' * 1_001", "SEP112"),
        ("'[' * 999", "SEP112"),
        ("'{a: ' * 50_000", "SEP112"),
        ("'[{' * 120_000", "SEP112"),
        ("'[\\n' * 120_000", "SEP112"),
        ("'- ' * 130_000", "SEP112"),
        ("'? ' * 130_000", "SEP112,SEP117"),
        ("''.join(' ' * n + 'a:\\n' for n in range(700))", "SEP112"),
        ("'a: ' + '[' * 40 + ']' * 40", "SEP112"),
    ],
)
def test_nesting_ends_in_a_finding(text: str, code: str) -> None:
    assert _codes(text, "reader") == code


@pytest.mark.parametrize("text", ["'[' * 600_000", "'[\\n' * 300_000", "'{a: ' * 200_000", "'- ' * 300_000"])
def test_the_builder_needs_no_cap_to_survive(text: str) -> None:
    assert _codes(text, "builder") == "SEP112"


def test_many_brackets_beside_each_other_are_not_deep() -> None:
    assert _codes("'a: [' + '[1], ' * 5_000 + 'x\\n'", "reader") == "SEP101"


def _codes(text: str, what: str) -> str:
    script = _SCRIPT.replace("{text}", text)
    done = subprocess.run([sys.executable, "-c", script, what], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
