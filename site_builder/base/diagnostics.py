"""Findings as values: what is wrong, where, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error stops a student's new pages, advice says "not filled in yet"."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text file; line and column count from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file; `file` is relative to the store with `/`, `end` is just past the last character."""

    file: str
    start: Position
    end: Position

    @classmethod
    def whole_file(cls, file: str) -> Span:
        """Return the first place of `file`, for findings about a file as such (missing, too large, a link)."""
        return cls(file, Position(1, 1), Position(1, 1))


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a finding, such as the first of two equal keys."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `message` is one sentence without a full stop, back-quoting what stands in a file. `help` holds the ways out,
    one a line. `policy` names what it rests on (`P12`, or `P13, U6`), or is empty. `redacted` is the message without
    the values that stood in the file, which are a student's data; reporters that write for outsiders print it instead.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    help: tuple[str, ...] = ()
    policy: str = ""
    related: tuple[Related, ...] = ()
    redacted: str = ""

    def public_message(self) -> str:
        """Return the message without a student's data, for logs that others can read."""
        return self.redacted or self.message
