"""Ten mistakes of ten kinds planted in a copy of the sample: `sep check` names each at its line, and no other."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent.parent / "records"
ANA = "students/rivera-ana/2026-27"


@dataclass(frozen=True)
class Mistake:
    """In `file`, the first `old` becomes `new`; the finding must have `code` and stand where `new` begins."""

    code: str
    file: str
    old: str
    new: str


MISTAKES = (
    Mistake("SEP123", f"{ANA}/objectives/learn-to-weld.yaml", "status: on-track", "status: ontrack"),
    Mistake("SEP102", f"{ANA}/objectives/teach-somebody.yaml", "kind: personal", "kind: personal\nkind: academic"),
    Mistake("SEP202", "students/okafor-grace/2026-27/registration/fall.yaml", "course: ", "course: X-"),
    Mistake("SEP201", "students/tran-linh/2026-27/plan.yaml", "linh-tran", "lin-tran"),
    Mistake("SEP204", "students/jensen-cole/2026-27/registration/spring.yaml", "term: spring", "term: sprang"),
    Mistake("SEP127", "students/hansen-jack/student.yaml", "birth_date: 2009-01-15", "birth_date: 01/15/2009"),
    Mistake("SEP420", "students/peterson-mia/2026-27/strengths.md", "\n---\n", "\n---\nHer number is 123-45-6789.\n"),
    Mistake(
        "SEP421", "students/chen-oliver/2026-27/strengths.md", "\n---\n", "\n---\n[Here](../../smith-tyler/plan.yaml)\n"
    ),
    Mistake("SEP320", "students/larsen-emma/2026-27/plan.yaml", "grade: 11", "grade: 10"),
    Mistake("SEP109", "students/vargas-diego/2026-27/plan.yaml", "grade: 8", "<<<<<<< yours\ngrade: 8"),
)


def _place(text: str, mistake: Mistake) -> int:
    """Return the line on which the changed words stand; of an added line, the added one."""
    before = text.split(mistake.old)[0]
    shared = next(
        (n for n, (a, b) in enumerate(zip(mistake.old, mistake.new, strict=False)) if a != b), len(mistake.old)
    )
    return (before + mistake.new[: shared + 2]).count("\n") + 1


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    root = tmp_path_factory.mktemp("planted") / "records"
    shutil.copytree(SAMPLE, root)
    for mistake in MISTAKES:
        path = root / mistake.file
        text = path.read_text("utf-8")
        assert mistake.old in text, mistake
        path.write_text(text.replace(mistake.old, mistake.new, 1), "utf-8", newline="")
    command = [
        sys.executable,
        "-c",
        "from site_builder.cli.main import run; run()",
        "-C",
        str(root),
        "--today",
        "2026-11-24",
        "check",
    ]
    done = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    content = json.loads(done.stdout)
    assert content["format_version"] == 1
    return list(content["findings"])


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.code)
def test_each_planted_mistake_is_named_at_its_line(mistake: Mistake, findings: list[dict[str, object]]) -> None:
    line = _place((SAMPLE / mistake.file).read_text("utf-8"), mistake)
    found = [(each["code"], each["line"]) for each in findings if each["file"] == mistake.file]
    assert (mistake.code, line) in found


def test_nothing_else_is_an_error(findings: list[dict[str, object]]) -> None:
    files = {each["file"] for each in findings if each["severity"] == "error"}
    assert files == {each.file for each in MISTAKES}
