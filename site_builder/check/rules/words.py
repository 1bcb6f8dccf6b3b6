"""What may not stand in anybody's words: numbers that harm, links out of the folder, protected addresses (SEP42x)."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Position, Severity, Span
from site_builder.check.entries import records_of, texts_in, words_in
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.identity import folded
from site_builder.model.records import Participant, Record
from site_builder.model.store import Store, StudentFile
from site_builder.source.document import Document, Pointer

_NOTE = "students/lopez-sam/2026-27/progress/2026-10-01-first-book.md"
_SHORTEST_ADDRESS = 12
_SOCIAL_SECURITY = re.compile(r"(?<![0-9-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![0-9-])")
_END_OF_NUMBER = re.compile("-[0-9]{2}-[0-9]{4}")  # far quicker to look for than the whole
_SCHEMES = frozenset({"https", "mailto", "tel"})


def _note(words: str) -> str:
    return f"---\nby: park\ndate: 2026-10-01\nobjective: read-more\n---\n{words}\n"


SOCIAL_SECURITY = Code(
    code="SEP420",
    severity=Severity.ERROR,
    title="a Social Security number stands in the file",
    why=(
        "No purpose of the plan needs a Social Security number, Utah law (53E-9-305) keeps it out of student records "
        "of this kind, and whatever is saved stays in the history."
    ),
    policy="P38",
    fails=(Example(_NOTE, _note("His number is 123-45-6789.  <!-- # <-- here -->")),),
    passes=(Example(_NOTE, _note("His number is on file in the office.")),),
)
OUT_OF_FOLDER = Code(
    code="SEP421",
    severity=Severity.ERROR,
    title="a link leads out of the student's folder",
    why=(
        "The file is complete: it holds copies and refers to no other document or archive of the school. A link that "
        "leads out of the folder would break when the folder moves with the student, or show what is another student's."
    ),
    policy="P37",
    fails=(Example(_NOTE, _note("See [the list](../../../ward-ivy/2026-27/plan.yaml). <!-- # <-- here -->")),),
    passes=(Example(_NOTE, _note("See [the shelf](../documents/book-shelf.png).")),),
)
NOTHING_THERE = Code(
    code="SEP422",
    severity=Severity.WARNING,
    title="a link or picture names a file that is not there",
    why="Words and pictures refer to documents of the same file; where the document is missing, readers see no link.",
    policy="P37",
    fails=(Example(_NOTE, _note("See [the shelf](../documents/shelf.png). <!-- # <-- here -->")),),
    passes=(Example(_NOTE, _note("See [the shelf](../documents/book-shelf.png).")),),
)
ARCHIVE = Code(
    code="SEP423",
    severity=Severity.ERROR,
    title="the file refers to another archive of the school",
    why=(
        "`privacy.archives` in `school.yaml` names the school's other archives. The student's file holds copies of "
        "what it needs and no reference to them."
    ),
    policy="P37",
    fails=(Example(_NOTE, _note("The score is in cum-file 12. <!-- # <-- here -->")),),
    passes=(Example(_NOTE, _note("The score was 1050.")),),
)
PROTECTED_ADDRESS = Code(
    code="SEP424",
    severity=Severity.ERROR,
    title="a protected address stands in words that others can read",
    why=(
        "A protected address is never shown to other participants. In the address field of a participant it is left "
        "out of their pages; in a note or anywhere else it cannot be."
    ),
    policy="P35",
    fails=(
        Example(
            "students/lopez-sam/participants/rosa-lopez.yaml",
            "name: Rosa Lopez\nrole: parent\nsince: 2025-08-20\naddress: 77 Hidden Court, Smallville, UT 84001\n"
            "phones: [{kind: mobile, number: 435-555-0111}]\nlanguage: es\nprotected_address: true\n",
        ),
        Example(_NOTE, _note("Books go to 77 Hidden Court, Smallville. <!-- # <-- here -->")),
    ),
    passes=(Example(_NOTE, _note("Books go home with him.")),),
)


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of words in a document: the value at `pointer`, or a line of the body by its number."""

    words: str
    document: Document
    pointer: Pointer = ()
    line: int = 0

    @property
    def span(self) -> Span:
        """Return the place where the words stand."""
        if not self.line:
            return self.document.span(self.pointer)
        end = Position(self.line, len(self.words) + 1)
        return Span(self.document.path, Position(self.line, 1), end)


def _texts(document: Document) -> Iterator[_Text]:
    """Give every text value, and every line of the Markdown body."""
    for pointer, value in texts_in(document):
        yield _Text(value, document, pointer)
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        yield _Text(line, document, line=number)


@dataclass(frozen=True, slots=True)
class _Suspects:
    """The records, by student, that are read text by text: something may stand in them that may not."""

    numbers: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    archives: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))


def _suspects(store: Store) -> _Suspects:
    """Look once over all words of each record, for all rules together: nearly every record is in order."""
    archives, protected = store.once(_archive_names), store.once(_protected)
    found = _Suspects()
    for file in store.students:
        for _, record in records_of(file):
            words = words_in(record.origin)
            if _END_OF_NUMBER.search(words):
                found.numbers[file.id].append(record)
            if _archive_in(words, archives):
                found.archives[file.id].append(record)
            if _holds(protected, words):
                found.addresses[file.id].append(record)
    return found


def _social_security(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for record in store.once(_suspects).numbers.get(file.id, ()):
        for text in _texts(record.origin):
            if _SOCIAL_SECURITY.search(text.words):
                yield SOCIAL_SECURITY.at(
                    text.span,
                    "this looks like a Social Security number",
                    "take it out; if it was already saved, ask the School Manager about the history",
                )


def _links(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    """Find links that lead out of the student's folder, and those to files that are not there."""
    for _, record in records_of(file):
        for target, span in _targets(record):
            message = _leads_out(target, record.origin.path, file.id)
            if message:
                yield OUT_OF_FOLDER.at(
                    span, message, "copy the document into this student's `documents` folder and link to the copy"
                )


def _missing_targets(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    paths = {each.path for year in file.years for each in year.attachments}
    for _, record in records_of(file):
        for target, span in _targets(record):
            parts = urlsplit(target)
            if parts.scheme or not parts.path or _leads_out(target, record.origin.path, file.id):
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(record.origin.path), unquote(parts.path)))
            if path not in paths:
                yield NOTHING_THERE.at(
                    span, f"there is no document at `{target}`", "correct the path, or add the document"
                )


def _targets(record: Record) -> Iterator[tuple[str, Span]]:
    """Give the targets of links and pictures in the Markdown body, each with the line that holds it."""
    document = record.origin
    if "](" not in document.body and "]:" not in document.body and "<" not in document.body:
        return
    from markdown_it import MarkdownIt

    for block in MarkdownIt("js-default").parse(document.body):
        first = (block.map or (0, 0))[0]
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if target:
                yield str(target), _line_with(document, str(target), first)


def _line_with(document: Document, target: str, first: int) -> Span:
    lines = document.body.split("\n")
    spellings = (target, unquote(target))
    for number in range(first, len(lines)):
        for spelling in spellings:
            column = lines[number].find(spelling)
            if column >= 0:
                start = Position(document.body_line + number, column + 1)
                return Span(document.path, start, Position(start.line, start.column + len(spelling)))
    start = Position(document.body_line + first, 1)
    return Span(document.path, start, start)


def _leads_out(target: str, path: str, student: str) -> str:
    """Say why a link may not stand, or return an empty text."""
    parts = urlsplit(target.replace("\\", "/"))
    if parts.scheme:
        return "" if parts.scheme in _SCHEMES else f"a link cannot begin with `{parts.scheme}:`"
    if parts.netloc or parts.path.startswith("/"):
        return "this link leads to another place on this computer or network"
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    if parts.path and not joined.startswith(f"students/{student}/"):
        return "this link leads out of the student's folder"
    return ""


def _archive_names(store: Store) -> tuple[str, ...]:
    return tuple(each.casefold() for each in store.school.privacy.archives)


def _archive_in(words: str, names: tuple[str, ...]) -> str | None:
    plain = words.casefold() if names else ""
    return next((each for each in names if each in plain), None)


def _archives(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    names = store.once(_archive_names)
    for record in store.once(_suspects).archives.get(file.id, ()):
        for text in _texts(record.origin):
            found = _archive_in(text.words, names)
            if found is not None:
                yield ARCHIVE.at(
                    text.span,
                    f"this refers to the archive `{found}`",
                    "put a copy of what is needed into this student's `documents` folder",
                )


def _protected(store: Store) -> tuple[str, ...]:
    found = {
        folded(each.address.partition(",")[0] + each.address.partition(",")[2].partition(",")[0])
        for every in store.students
        for each in every.participants
        if each.protected_address and each.address
    }
    return tuple(each for each in found if len(each) >= _SHORTEST_ADDRESS)


def _protected_address(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    protected = store.once(_protected)
    for record in store.once(_suspects).addresses.get(file.id, ()):
        for text in _texts(record.origin):
            own = isinstance(record, Participant) and text.pointer == ("address",)
            if not own and _holds(protected, text.words):
                yield PROTECTED_ADDRESS.at(
                    text.span,
                    "a participant's protected address stands here",
                    "take the address out of these words; it belongs in the participant's `address` alone",
                )


def _holds(addresses: tuple[str, ...], words: str) -> bool:
    plain = folded(words) if addresses else ""
    return any(each in plain for each in addresses)


RULES: tuple[Rule, ...] = (
    per_student(SOCIAL_SECURITY, _social_security),
    per_student(OUT_OF_FOLDER, _links),
    per_student(NOTHING_THERE, _missing_targets),
    per_student(ARCHIVE, _archives),
    per_student(PROTECTED_ADDRESS, _protected_address),
)
