"""What a reporter needs besides the findings: the lines they point at, and whose files were looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic
from site_builder.source.tree import SourceTree

_TOO_LONG = 1 << 20


def for_outsiders(finding: Diagnostic) -> str:
    """Return the message without the values that stand in a file; where nobody wrote one, the code alone."""
    return finding.redacted or finding.code


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that were checked.

    `students` are the students whose files were looked at as a whole; it is empty where only some kinds of findings
    were asked for. `prefix` leads from the folder in which the program runs to the store (`records/`, or empty), and
    `codes` is the catalogue of findings: both for formats that other programs read.
    """

    tree: SourceTree
    students: frozenset[str] = frozenset()
    prefix: str = ""
    codes: tuple[Code, ...] = ()
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def line(self, file: str, number: int) -> str | None:
        """Return the line `number` (from 1) of `file` without its end, or `None` where there is none to show."""
        if file not in self._lines:
            self._lines[file] = self._read(file)
        lines = self._lines[file]
        return lines[number - 1] if 1 <= number <= len(lines) else None

    def _read(self, file: str) -> tuple[str, ...]:
        """Return the lines as the readers of records count them; nothing of a file that is no text."""
        try:
            content = self.tree.read(file)
        except OSError:
            return ()
        if b"\0" in content or len(content) > _TOO_LONG:
            return ()
        text = content.decode("utf-8-sig", errors="replace")
        return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
