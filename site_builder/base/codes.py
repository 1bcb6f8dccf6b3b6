"""The codes of findings: what each means, why it exists, and an example that fails and one that passes.

A layer declares its codes beside the place that raises them; the checker's catalogue gathers them, `sep explain` prints
them, and a test lays every example over a small sound store to see that the one is found and the other is not.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.base.diagnostics import Diagnostic, Related, Severity, Span

HERE = "# <-- here"
"""Marks, in a failing example, the line that the finding must name."""


@dataclass(frozen=True, slots=True)
class Example:
    """One file of an example, laid over a sound store: its path relative to the store, and its whole text."""

    file: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A kind of finding; `why` is a paragraph for those who meet it.

    `policy` names the requirements that it serves (`P12`, or `P13, U6`), or is empty.
    """

    code: str
    severity: Severity
    title: str
    why: str
    policy: str = ""
    fails: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()

    def at(
        self,
        span: Span,
        message: str,
        *help: str,
        related: tuple[Related, ...] = (),
        redacted: str = "",
    ) -> Diagnostic:
        """Return a finding of this kind at `span`; each `help` is one way out."""
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            message=message,
            span=span,
            help=help,
            policy=self.policy,
            related=related,
            redacted=redacted or self.title,
        )
