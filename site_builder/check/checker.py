"""From a store's files to its records and everything that is wrong with them, all at once.

A broken file is a finding and never a crash: it takes its own student out of `Store.students` or into
`Store.broken`, and nobody else.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from site_builder.base.diagnostics import Diagnostic, Severity, Span
from site_builder.check.families import FAMILIES
from site_builder.check.schemas import validate
from site_builder.check.structure_codes import MISSING_FILE, TOO_LARGE, UNREADABLE_DOCUMENT
from site_builder.model.assemble import Placed, assemble
from site_builder.model.build import build_record
from site_builder.model.store import Attachment, Store
from site_builder.source.layout import Location, attachment_owner, locate, student_of
from site_builder.source.media import media_type
from site_builder.source.names import check_names
from site_builder.source.pdf import active_parts
from site_builder.source.reader import read_document
from site_builder.source.tree import Entry, EntryKind, SourceTree

MOST_DOCUMENT_BYTES = 25 * 1024 * 1024
_NEVER = 2**30
NEEDED = ("school.yaml", "staff.yaml", "courses.yaml")


@dataclass(frozen=True, slots=True)
class Checked:
    """A store and its findings in order of file and place; `store` is `None` where the school itself is unreadable.

    `waived` are findings that the School Manager lets stand.
    """

    store: Store | None
    findings: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Tell whether any finding is an error."""
        return any(each.severity is Severity.ERROR for each in self.findings)


def check_store(tree: SourceTree, today: dt.date) -> Checked:
    """Read, validate and check the whole store as of the day `today`."""
    with _young_garbage_only():
        return _check(tree, today)


@contextmanager
def _young_garbage_only() -> Iterator[None]:
    """Let the search for garbage leave alone what has lasted: records are many, stay, and refer to each other nowhere.

    To look through all of them whenever there are a quarter more takes nearly as long as reading them.
    """
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)


def _check(tree: SourceTree, today: dt.date) -> Checked:
    entries = tree.entries()
    findings = [*check_names(entries), *_missing_files(entries)]
    placed: list[Placed] = []
    unread: list[Location] = []
    attachments: dict[tuple[str, str], list[Attachment]] = defaultdict(list)
    for entry in entries:
        location = locate(entry.path)
        if location is not None and entry.kind is EntryKind.FILE:
            record, found = _record(tree, entry, location)
            findings.extend(found)
            placed.extend(record)
            unread.extend([] if record else [location])
        elif entry.kind is EntryKind.FILE and (owner := attachment_owner(entry.path)) is not None:
            attachment, found = _attachment(tree, entry, owner[2])
            findings.extend(found)
            attachments[owner[0], owner[1]].extend(attachment)
    store = assemble(placed, {key: tuple(each) for key, each in attachments.items()}, tuple(unread))
    if store is not None:
        findings.extend(_broken_rules(store, today))
        findings, waived = _without_waived(store, findings, today)
        store = replace(store, broken=_broken_students(findings))
        return Checked(store, _in_order(findings), _in_order(waived))
    return Checked(None, _in_order(findings))


def _record(tree: SourceTree, entry: Entry, location: Location) -> tuple[list[Placed], list[Diagnostic]]:
    document, reading = read_document(tree, entry)
    findings = list(reading)
    if document is not None:
        findings.extend(validate(document, location.kind))
    if document is None or _any_error(findings):
        return [], findings
    return [Placed(location, build_record(document, location.kind, location.id))], findings


def _attachment(tree: SourceTree, entry: Entry, name: str) -> tuple[list[Attachment], list[Diagnostic]]:
    place = Span.whole_file(entry.path)
    if entry.size > MOST_DOCUMENT_BYTES:
        message = f"this document has {entry.size / 1024 / 1024:.0f} MB; at most 25 MB can be kept"
        return [], [TOO_LARGE.at(place, message, "scan it again at 150 dpi, or keep only the pages that matter")]
    try:
        content = tree.read(entry.path)
    except OSError:
        return [], [UNREADABLE_DOCUMENT.at(place, "this document cannot be read", "check the file's permissions")]
    digest = hashlib.sha256(content).hexdigest()
    load: Callable[[], bytes] = partial(_load_unchanged, tree, entry.path, digest)
    kind = media_type(content)
    attachment = Attachment(
        path=entry.path,
        name=name,
        media_type=kind,
        size=len(content),
        sha256=digest,
        active=active_parts(content) if kind == "application/pdf" else (),
        load=load,
    )
    return [attachment], []


def _load_unchanged(tree: SourceTree, path: str, digest: str) -> bytes:
    """Return the bytes that were decided on; somebody may have saved the file since."""
    content = tree.read(path)
    if hashlib.sha256(content).hexdigest() != digest:
        raise OSError("the document was changed while the pages were made")
    return content


def _missing_files(entries: Iterable[Entry]) -> list[Diagnostic]:
    paths = {each.path for each in entries}
    students = sorted({student_of(path) for path in paths if path.count("/") >= 2} - {""})
    needed = (*NEEDED, *(f"students/{student}/student.yaml" for student in students))
    return [
        MISSING_FILE.at(
            Span.whole_file(path),
            f"`{path}` is missing",
            "`sep new student` makes a student's folder with all that it needs"
            if path.startswith("students/")
            else "copy it from the sample school and put your own school's facts in",
        )
        for path in needed
        if path not in paths
    ]


def _broken_rules(store: Store, today: dt.date) -> list[Diagnostic]:
    return [finding for family in FAMILIES for rule in family for finding in rule.find(store, today)]


def _without_waived(
    store: Store, findings: list[Diagnostic], today: dt.date
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Set aside what the School Manager lets stand; reading faults (1xx) and privacy (4xx) cannot be waived."""
    allowed = {
        (each.code, each.file)
        for each in store.school.waivers
        if today <= each.until and not each.code.startswith(("SEP1", "SEP4"))
    }
    stand = [each for each in findings if (each.code, each.span.file) not in allowed]
    return stand, [each for each in findings if (each.code, each.span.file) in allowed]


def _broken_students(findings: Iterable[Diagnostic]) -> frozenset[str]:
    errors = (student_of(each.span.file) for each in findings if each.severity is Severity.ERROR)
    return frozenset(errors) - {""}


def _any_error(findings: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)


def _in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(findings, key=lambda each: (each.span, each.code, each.message)))
