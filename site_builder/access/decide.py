"""May this viewer see this item on this date? Pure and total: the first rule that fails denies, as does the unknown."""

from __future__ import annotations

import datetime as dt

from site_builder.access.addresses import address_shown
from site_builder.access.audience import audience
from site_builder.access.consents import missing
from site_builder.access.decision import ALLOW, Decision, Deny, Item, deny
from site_builder.access.excerpts import References
from site_builder.access.participation import one_person, takes_part
from site_builder.access.said import N_
from site_builder.model.build import RECORD_CLASSES
from site_builder.model.identity import is_family
from site_builder.model.records import Participant, Record, SupportingDocument
from site_builder.model.store import Store, StudentFile, YearSection

BROKEN = "The student's file has errors; nothing new of it is shown until they are mended"


def decide(store: Store, viewer: str, item: Item, on: dt.date) -> Decision:
    """Decide whether `viewer` may see `item` on the day `on` (policy: P35, P36)."""
    for decision in (one_person(store, viewer), sound(store, item.student)):
        if decision is not ALLOW:
            return decision
    file = store.student(item.student)
    if file is None:
        return deny(1, BROKEN)
    part = takes_part(store, file, viewer, on)
    participant = file.participant(viewer)
    if part is not ALLOW or participant is None:
        return part
    if not item.kind:
        return ALLOW
    record = find_record(file, item)
    if record is None:
        return deny(6, "There is no such item in the student's file")
    for decision in (
        _field(store, participant, record, item),
        _content(store, file, participant, record, item.year, on),
    ):
        if decision is not ALLOW:
            return decision
    return ALLOW


def sound(store: Store, student: str) -> Decision:
    """Decide rule 1: nothing new is shown of a file with errors, or of one that is not there."""
    return deny(1, BROKEN) if store.student(student) is None or student in store.broken else ALLOW


def find_record(file: StudentFile, item: Item) -> Record | None:
    """Return the record that `item` names in `file`."""
    own: tuple[Record, ...] = (file.student, *file.participants, *file.consents, *file.disclosures)
    year = file.year(item.year)
    if item.year and year is None:
        return None
    cls = RECORD_CLASSES.get(item.kind)
    candidates = entries_of(year) if year is not None else own
    return next((each for each in candidates if each.id == item.id and type(each) is cls), None)


def entries_of(year: YearSection) -> tuple[Record, ...]:
    """Return every entry of a year section."""
    single = tuple(each for each in (year.plan, year.strengths) if each is not None)
    return (
        *single,
        *year.objectives,
        *year.progress,
        *year.registrations,
        *year.report_cards,
        *year.tests,
        *year.conferences,
        *year.requests,
        *year.documents,
    )


def _field(store: Store, participant: Participant, record: Record, item: Item) -> Decision:
    """Decide by the field's audience; an address is also protected wherever it stands (rule 4)."""
    if not item.field:
        return ALLOW
    decision = in_audience(store, participant, audience(item.kind, item.field))
    if decision is ALLOW and item.field == "address" and isinstance(record, Participant):
        return address_shown(store, participant, record)
    return decision


def in_audience(store: Store, participant: Participant, widest: str) -> Decision:
    """Decide whether a field that is for `widest` at the widest is for this participant."""
    manages = participant.id in (store.school.school_manager.person, store.school.principal)
    if widest == "manager" and not manages:
        return deny(6, "For the School Manager alone")
    if widest == "staff" and is_family(participant):
        return deny(6, "For staff alone")
    if widest not in ("participants", "staff", "manager"):
        return deny(6, "There is no such field")
    return ALLOW


def _content(
    store: Store, file: StudentFile, participant: Participant, record: Record, year_id: str, on: dt.date
) -> Decision:
    year = file.year(year_id)
    if year is None:
        return ALLOW
    if isinstance(record, SupportingDocument):
        decision = decide_document(store, file, year, record, participant, on)
        if decision is not ALLOW:
            return decision
    return excerpt_shown(store, file, record, participant, on)


def excerpt_shown(store: Store, file: StudentFile, record: Record, participant: Participant, on: dt.date) -> Decision:
    """Rule 8: what refers to a document counts as an excerpt of it, and goes no further than the document."""
    for year, document in store.once(References).of(record, file.years):
        if isinstance(decide_document(store, file, year, document, participant, on), Deny):
            return deny(8, N_("It refers to “%(title)s”, which is withheld"), title=document.title)
    return ALLOW


def decide_document(
    store: Store,
    file: StudentFile,
    year: YearSection,
    document: SupportingDocument,
    participant: Participant,
    on: dt.date,
) -> Decision:
    """Decide rules 6 and 7 for a participant who has access to the file as such."""
    attachment = year.attachment(document.file)
    if attachment is None or not attachment.media_type:
        return deny(6, N_("The file itself is missing or of a kind that may not be kept"))
    if about_several_students(store, file, document):
        return deny(7, N_("It is about several students: split it or take the others out before it is shared"))
    if is_open(document):
        return ALLOW
    reasons = missing(store, file, document, attachment, f"{year.id}/{document.id}", participant, on)
    return Deny(reasons) if reasons else ALLOW


def is_open(document: SupportingDocument) -> bool:
    """Tell whether every participant may see the document; what has no level, or another one, is confidential."""
    return document.level == "open"


def about_several_students(store: Store, file: StudentFile, document: SupportingDocument) -> bool:
    """Tell whether the document affects another student too (rule 7; 34 CFR 99.12)."""
    affected = document.affects if isinstance(document.affects, tuple) else ()
    pupils = store.once(_pupils)
    return any(pupils.get(each, set()) - {file.id} for each in affected)


def _pupils(store: Store) -> dict[str, set[str]]:
    """Return by person the folders of whose files they are the student."""
    found: dict[str, set[str]] = {}
    named = [(each.student.participant, each.id) for each in store.students]
    # Of a file that cannot be read, nobody knows who its student is: whoever may be, is.
    named += [(each.id, at) for at, entries in store.strays.items() for each in entries if each.role == "student"]
    named += [(each.id, each.student) for each in store.unread if each.kind.name == "participant"]
    for person, folder in named:
        found.setdefault(person, set()).add(folder)
    return found
