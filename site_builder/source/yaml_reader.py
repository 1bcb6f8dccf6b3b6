"""YAML 1.2 core, as strict as a student's record needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.base.diagnostics import Diagnostic
from site_builder.source.builder import Builder
from site_builder.source.characters import MOST_FINDINGS, conflicts, hidden, without_hidden
from site_builder.source.codes import TOO_DEEP
from site_builder.source.document import Document, Place, Pointer, Value
from site_builder.source.file_codes import TOO_LARGE
from site_builder.source.positions import Ruler
from site_builder.source.refusals import DEEPEST

LARGEST = 256 * 1024
"""Bytes that a record may have."""

_MOST_OPEN_BRACKETS = 1000
NOTHING = "there is nothing in this file yet"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a YAML text: `data` and `places` hold only where `sound` says that every value is known."""

    data: Value
    places: Mapping[Pointer, Place]
    findings: tuple[Diagnostic, ...]
    sound: bool


class Places(Mapping[Pointer, Place]):
    """The places of a YAML text that was read, worked out when first asked for: sound files never need them."""

    __slots__ = ("_first_line", "_found", "_path", "_text")

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self._path = path
        self._text = text
        self._first_line = first_line
        self._found: dict[Pointer, Place] | None = None

    def __getitem__(self, pointer: Pointer) -> Place:
        return self._all()[pointer]

    def __iter__(self) -> Iterator[Pointer]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[Pointer, Place]:
        if self._found is None:
            found: dict[Pointer, Place] = {}
            Builder(Ruler(self._path, self._text, self._first_line), found).run(NOTHING)
            self._found = found
        return self._found


def read_yaml(path: str, text: str, first_line: int = 1) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read the `text` of the file at `path`, which begins at line `first_line` of that file.

    Returns a document, or findings, or both: where there are findings and a document all the same (two equal keys, an
    invisible character), its values are good enough to look for more mistakes in, and for nothing else. Never raises
    for what stands in the text; raises `MissingTool` where PyYAML lacks libyaml.

    The schema is YAML 1.2 core, except that numbers with a leading zero stay text (see `scalars.resolve`).
    """
    text = plain_lines(text)
    too_large = size_finding(path, text)
    if too_large:
        return None, (too_large,)
    marks = conflicts(Ruler(path, text, first_line))
    if marks:
        return None, marks
    reading = read_part(path, text, first_line)
    if not reading.sound:
        return None, reading.findings
    return Document(path, reading.data, text, reading.places), reading.findings


def read_part(path: str, text: str, first_line: int = 1, nothing: str = NOTHING) -> Reading:
    """Read a YAML text whose size and marks of two versions were looked at; `nothing` is said of an empty one."""
    ruler = Ruler(path, text, first_line)
    found = hidden(ruler, yaml=True)
    clean = without_hidden(text)
    deep = _open_brackets(clean)
    if deep is not None:
        sentence = f"brackets are opened inside each other more than {DEEPEST} levels deep"
        finding = TOO_DEEP.at(ruler.span(deep, deep + 1), sentence, "Check that each bracket is closed")
        return Reading(None, {}, in_order((*found, finding)), sound=False)
    builder = Builder(Ruler(path, clean, first_line))
    builder.run(nothing)
    findings = in_order((*found, *builder.findings))
    return Reading(builder.data, Places(path, clean, first_line), findings, builder.sound)


def plain_lines(text: str) -> str:
    """Return `text` without a byte order mark and with `\\n` for every line end."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def size_finding(path: str, text: str) -> Diagnostic | None:
    """Return the finding for a text of more than `LARGEST` bytes."""
    if 4 * len(text) <= LARGEST or len(text.encode("utf-8", "surrogatepass")) <= LARGEST:
        return None
    return too_large(path)


def too_large(path: str) -> Diagnostic:
    """Return the finding for a file that is larger than a record may be."""
    return TOO_LARGE.at(
        Ruler(path, "").span(0, 0),
        f"this file is larger than {LARGEST // 1024} KiB, which no record needs",
        "Move long words into several entries, and papers into the folder `documents` of a school year",
    )


def in_order(findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return `findings` in order of place, at most `MOST_FINDINGS`."""
    return tuple(sorted(findings, key=lambda finding: (finding.span.start, finding.code))[:MOST_FINDINGS])


def _open_brackets(text: str) -> int | None:
    """Return where so many brackets are open that the parser must not even see them, or `None`.

    The builder stops at its own depth, event by event. The parser reads ahead, though, and this keeps it from a text of
    nothing but brackets whatever its release does with it. Quotes are not looked at: no record has a thousand.
    """
    if text.count("[") + text.count("{") <= _MOST_OPEN_BRACKETS:
        return None
    depth = 0
    for place, sign in enumerate(text):
        if sign in "[{":
            depth += 1
            if depth > _MOST_OPEN_BRACKETS:
                return place
        elif sign in "]}" and depth:
            depth -= 1
    return None
