"""What goes into the annual report names nobody: contributions and the topics of consultations (SEP43x)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Position, Severity, Span
from site_builder.check.entries import texts_in
from site_builder.check.rulebook import Rule
from site_builder.model.identity import is_family
from site_builder.model.records import Record
from site_builder.model.store import Store

_FILE = "reports/2025-26-parent.md"


def _contribution(words: str) -> str:
    return f"---\nschool_year: 2025-26\nby: A parent\ntitle: What changed for us\n---\n{words}\n"


NAMED = Code(
    code="SEP430",
    severity=Severity.ERROR,
    title="words for the annual report name a student or a parent",
    why=(
        "The annual report goes to everybody, and nobody may be recognized in it. A contribution to it, or the topic "
        "of a consultation, that holds the name, the student number or the e-mail address of a student, a parent or a "
        "guardian would publish who takes part in a plan; with such words there is no report."
    ),
    policy="P34",
    fails=(Example(_FILE, _contribution("They asked Sam Lopez what he is good at. <!-- # <-- here -->")),),
    passes=(Example(_FILE, _contribution("They asked our son what he is good at.")),),
)


def _named(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    reported: tuple[Record, ...] = (*store.contributions, *store.consultations)
    if not reported:
        return
    telling = _telling(store)
    if telling is None:
        return
    for record in reported:
        for words, span in _lines(record):
            if telling.search(" ".join(words.split())):
                yield NAMED.at(
                    span,
                    "somebody who takes part in a student's plan can be recognized here",
                    "take the name, the number or the address out, and say it without it: `a parent`, `our son`",
                )


def _telling(store: Store) -> re.Pattern[str] | None:
    """Return a pattern of all that names one of the families; one part of a name alone could be anybody's."""
    found: set[str] = set()
    for file in store.students:
        student = file.student
        found |= {student.name, student.student_number}
        if student.preferred_name:
            found.add(f"{student.preferred_name} {student.name.split()[-1]}")
        for each in file.participants:
            if is_family(each) and store.staff_member(each.id) is None:
                found |= {each.name, each.email or ""}
    telling = sorted(" ".join(each.split()) for each in found if " " in each.strip() or "@" in each or _number(each))
    if not telling:
        return None
    return re.compile(rf"(?<![\w@.])(?:{'|'.join(map(re.escape, telling))})(?![\w@])", re.IGNORECASE)


def _number(text: str) -> bool:
    return text.isalnum() and sum(each.isdigit() for each in text) > 4


def _lines(record: Record) -> Iterator[tuple[str, Span]]:
    document = record.origin
    for pointer, value in texts_in(document):
        yield value, document.span(pointer)
    if record.origin.path.startswith("consultations/"):
        return  # of a consultation the report tells the topic, not the notes
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        yield line, Span(document.path, Position(number, 1), Position(number, len(line) + 1))


RULES: tuple[Rule, ...] = (Rule(NAMED, _named),)
