"""Findings of every shape a reporter must print, and the files they point at."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic, Position, Related, Severity, Span
from site_builder.cli.reporters.sources import Sources
from site_builder.source.tree import Entry, EntryKind

CHOICE = Code(
    code="SEP901",
    severity=Severity.ERROR,
    title="A word that is not a choice",
    why="The pages show a word for each choice.",
    policy="P2",
)
TWICE = Code(
    code="SEP902",
    severity=Severity.ERROR,
    title="A key that stands twice",
    why="Nobody knows which of the two is meant.",
)
PHONE = Code(
    code="SEP903",
    severity=Severity.WARNING,
    title="A registration without a telephone",
    why="Families call teachers.",
    policy="P9",
)
EMPTY = Code(
    code="SEP904", severity=Severity.ADVICE, title="Nothing filled in yet", why="It will be, and then this goes away."
)
CODES = (CHOICE, TWICE, PHONE, EMPTY)

OBJECTIVE = "students/lopez-sam/2026-27/objectives/learn-to-weld.yaml"
FILES = {
    OBJECTIVE: "statement: Take Welding 1\nkind: occupational\nstatus: ontrack\nkind: academic\n",
    "students/lopez-sam/student.yaml": "name: 山田 太郎\tX\nhomeroom: B2\n",
    "staff.yaml": "staff:\n" + "\n" * 97 + "  - {id: reyes, note: " + "long " * 60 + "end}\n",
    "students/ward-ivy/2026-27/strengths.md": "---\nby: reyes\n---\n\x1b[31mred\n",
}


@dataclass(frozen=True, slots=True)
class Files:
    """A store in memory."""

    files: dict[str, str] = field(default_factory=lambda: FILES)
    version: str = ""

    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(path, EntryKind.FILE, len(text)) for path, text in sorted(self.files.items()))

    def read(self, path: str) -> bytes:
        try:
            return self.files[path].encode()
        except KeyError:
            raise FileNotFoundError(path) from None


def at(file: str, line: int, column: int, end: int) -> Span:
    return Span(file, Position(line, column), Position(line, end))


FINDINGS: tuple[Diagnostic, ...] = (
    CHOICE.at(Span.whole_file("school.yaml"), "`school.yaml` is missing", "copy it from the sample school"),
    TWICE.at(at("staff.yaml", 99, 323, 326), "`end` stands far to the right of a long line"),
    CHOICE.at(
        at(OBJECTIVE, 3, 9, 16),
        "`ontrack` is not a choice for `status`",
        "did you mean `on-track`?",
        "choices: not-started, on-track, needs-help, met, set-aside",
    ),
    TWICE.at(
        at(OBJECTIVE, 4, 1, 5),
        "`kind` stands twice",
        "keep the one that is meant\nand take the other away",
        related=(Related(at(OBJECTIVE, 2, 1, 5), "it stands here first"),),
    ),
    PHONE.at(at("students/lopez-sam/student.yaml", 1, 7, 12), "wide letters take two columns; 100% of them, or: more"),
    PHONE.at(at("students/lopez-sam/student.yaml", 1, 12, 13), "a tab is four columns"),
    EMPTY.at(
        at("students/ward-ivy/2026-27/strengths.md", 4, 1, 99), "escape \x1b[31m and \u202e signs are written out"
    ),
    EMPTY.at(at("students/ward-ivy/2026-27/strengths.md", 9, 1, 2), "a line that is not there any more"),
)
STUDENTS = frozenset({"lopez-sam", "ward-ivy", "rivera-ana"})
SOURCES = Sources(tree=Files(), students=STUDENTS, prefix="records/", codes=CODES)
