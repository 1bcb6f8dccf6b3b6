"""Ways into a document's plain data for rules that are tables: values by pattern, and every text."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping

from site_builder.model.build import RECORD_CLASSES
from site_builder.model.records import Record
from site_builder.model.store import Store, StudentFile
from site_builder.source.document import Document, Pointer, Value

_SCHOOL_BEGINS = dt.timedelta(days=14)
_DAYS: Mapping[str, tuple[str, ...]] = {
    "participant": ("until",),
    "consent": ("signed_on",),
    "disclosure": ("on",),
    "plan": ("prepared_on",),
    "strengths": ("date",),
    "objective": ("suggested_on",),
    "progress": ("date",),
    "registration": ("registered_on",),
    "report-card": ("issued_on",),
    "conference": ("held_on", "scheduled_on", "offered_on"),
    "request": ("referred_on",),
    "document": ("date",),
}
"""The day that a record is of, by kind of file: the first of these fields that is filled in."""

_KIND_NAMES = {cls: name for name, cls in RECORD_CLASSES.items()}


def kind_name(record: Record) -> str:
    """Return the name of the kind of file the record was read from."""
    return _KIND_NAMES[type(record)]


def school_records(store: Store) -> Iterator[Record]:
    """Give every record of the school itself, those that belong to no student."""
    yield from (store.school, store.staff, store.courses)
    yield from (each for each in (store.program, store.guidelines) if each is not None)
    lists: tuple[Iterable[Record], ...] = (
        store.earlier_programs,
        store.groups,
        store.training,
        store.partnerships,
        store.inventory,
        store.consultations,
        store.authorizations,
        store.contributions,
    )
    for entries in lists:
        yield from entries


def records_of(file: StudentFile) -> Iterator[tuple[str, Record]]:
    """Give every record of a student's file with its school year (empty for what belongs to none)."""
    for own in (file.student, *file.participants, *file.consents, *file.disclosures):
        yield "", own
    for year in file.years:
        single = [each for each in (year.plan, year.strengths) if each is not None]
        lists: tuple[Iterable[Record], ...] = (
            single,
            year.objectives,
            year.progress,
            year.registrations,
            year.report_cards,
            year.tests,
            year.conferences,
            year.requests,
            year.documents,
        )
        for entries in lists:
            for record in entries:
                yield year.id, record


def before_enrollment(store: Store, file: StudentFile, year: str, record: Record) -> bool:
    """Tell whether a record is from before the student came to this school: it names what another school has.

    A record without a day of its own counts from the beginning of its school year. Whoever enrolls when a school year
    begins has registered for it earlier, and here.
    """
    enrolled = file.student.enrolled_on
    day = next((each for name in _DAYS.get(kind_name(record), ()) if (each := getattr(record, name)) is not None), None)
    if not year:
        return day is not None and day < enrolled
    return before_this_school(store, file, year) and (day is None or day < enrolled)


def before_this_school(store: Store, file: StudentFile, year: str) -> bool:
    """Tell whether a school year had begun before the student came to this school."""
    here = store.school_year(year)
    begins = here.starts if here is not None else dt.date(int(year[:4]), 8, 31)
    return begins + _SCHOOL_BEGINS < file.student.enrolled_on


def values_at(document: Document, pattern: str) -> Iterator[tuple[Pointer, Value]]:
    """Give pointer and value of all that stands at `pattern`, such as `consulted/*/person`; `*` is any list item."""
    yield from _walk(document.data, tuple(pattern.split("/")), ())


def _walk(value: Value, rest: tuple[str, ...], pointer: Pointer) -> Iterator[tuple[Pointer, Value]]:
    if not rest:
        yield pointer, value
    elif rest[0] == "*" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, rest[1:], (*pointer, index))
    elif isinstance(value, dict) and rest[0] in value:
        yield from _walk(value[rest[0]], rest[1:], (*pointer, rest[0]))


def texts_in(document: Document) -> Iterator[tuple[Pointer, str]]:
    """Give pointer and text of every text value of the document, in order; the Markdown body is not among them."""
    yield from _texts(document.data, ())


def _texts(value: Value, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*pointer, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*pointer, key))


def words_in(document: Document) -> str:
    """Return every text value of the document and its Markdown body, each on a line of its own."""
    found: list[str] = []
    _gather(document.data, found)
    found.append(document.body)
    return "\n".join(found)


def _gather(value: Value, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, list):
        for item in value:
            _gather(item, found)
    elif isinstance(value, dict):
        for item in value.values():
            _gather(item, found)


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return a help line with the known word that is nearest, or nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return (f"did you mean `{near[0]}`?",) if near else ()
