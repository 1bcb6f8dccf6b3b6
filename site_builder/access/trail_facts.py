"""What each access rule looks at, with its place in the records (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.access.audience import audience
from site_builder.access.consents import WHOLE_FILE, covers, in_force
from site_builder.access.decide import find_record
from site_builder.access.decision import Item
from site_builder.access.tenure import PARENT_ROLES
from site_builder.base.diagnostics import Span
from site_builder.model.ages import adult_on
from site_builder.model.identity import is_family
from site_builder.model.records import Consent, Participant, Record, StaffDirectory, SupportingDocument
from site_builder.model.store import Store, StudentFile, YearSection


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands in the records (or does not), and where; without a place, what stands nowhere."""

    sentence: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks for what, and when."""

    store: Store
    viewer: str
    item: Item
    on: dt.date

    @property
    def file(self) -> StudentFile | None:
        """Return the student's file, where it can be read."""
        return self.store.student(self.item.student)

    @property
    def participant(self) -> Participant | None:
        """Return the viewer's entry in the file."""
        return self.file.participant(self.viewer) if self.file is not None else None

    @property
    def year(self) -> YearSection | None:
        """Return the year section of the item."""
        return self.file.year(self.item.year) if self.file is not None else None

    @property
    def record(self) -> Record | None:
        """Return what the item names."""
        return find_record(self.file, self.item) if self.file is not None else None

    @property
    def document(self) -> SupportingDocument | None:
        """Return the description of a document, where the item is one."""
        record = self.record
        return record if isinstance(record, SupportingDocument) else None


def _identity(asked: Question) -> Iterator[Fact]:
    for file in asked.store.students:
        entry = file.participant(asked.viewer)
        if entry is not None and (asked.viewer in asked.store.conflicted or file.id == asked.item.student):
            yield Fact(f"`{asked.viewer}` is {entry.name}, {entry.role}", entry.origin.span(("name",)))
    yield from _in_directory(asked, "name")


def _sound(asked: Question) -> Iterator[Fact]:
    place = f"students/{asked.item.student}"
    if asked.file is None:
        yield Fact("`student.yaml` cannot be read", Span.whole_file(f"{place}/student.yaml"))
    elif asked.item.student in asked.store.broken:
        yield Fact(f"`sep check {place}` shows the errors", Span.whole_file(f"{place}/student.yaml"))


def _in_time(asked: Question) -> Iterator[Fact]:
    entry = asked.participant
    if entry is None:
        yield Fact(f"there is no `participants/{asked.viewer}.yaml` in this student's file")
        return
    yield Fact(f"since {entry.since.isoformat()}", entry.origin.span(("since",)))
    if entry.until is not None:
        yield Fact(f"until {entry.until.isoformat()}, that day included", entry.origin.span(("until",)))
    elif is_family(entry):
        yield Fact("no last day (`until`) is recorded")


def _assigned(asked: Question) -> Iterator[Fact]:
    entry = asked.participant
    if entry is None:
        return
    if is_family(entry):
        yield Fact(f"a {entry.role} needs no assignment", entry.origin.span(("role",)))
        return
    yield from _in_directory(asked, "id")
    yield from _days_on_the_staff(asked)
    if entry.assigned_by is not None:
        yield Fact(f"assigned by {_name(asked, entry.assigned_by)}", entry.origin.span(("assigned_by",)))
    if entry.assigned_on is not None:
        yield Fact(f"assigned on {entry.assigned_on.isoformat()}", entry.origin.span(("assigned_on",)))


def _name(asked: Question, person: str) -> str:
    """Return the name of a person of the plan or the staff; the id where nobody has it."""
    entry, member = asked.file.participant(person) if asked.file else None, asked.store.staff_member(person)
    return entry.name if entry is not None else member.name if member is not None else person


def _in_directory(asked: Question, field: str) -> Iterator[Fact]:
    directory: StaffDirectory = asked.store.staff
    for index, member in enumerate(directory.staff):
        if member.id == asked.viewer:
            yield Fact(
                f"{member.name}, {member.position}, is in the staff directory",
                directory.origin.span(("staff", index, field)),
            )


def _days_on_the_staff(asked: Question) -> Iterator[Fact]:
    directory = asked.store.staff
    for index, member in enumerate(directory.staff):
        for name, on in (("since", member.since), ("until", member.until)):
            if member.id == asked.viewer and on is not None:
                yield Fact(f"on the staff {name} {on.isoformat()}", directory.origin.span(("staff", index, name)))


def _rights(asked: Question) -> Iterator[Fact]:
    entry = asked.participant
    if entry is None or entry.role not in PARENT_ROLES:
        return
    rights = entry.rights
    if rights.status == "full":
        yield Fact("no court order is recorded")
        return
    yield Fact(f"rights are {rights.status}", entry.origin.span(("rights", "status")))
    if rights.order is not None:
        yield Fact(f"by {rights.order}", entry.origin.span(("rights", "order")))
    if rights.from_ is not None:
        yield Fact(f"from {rights.from_.isoformat()}", entry.origin.span(("rights", "from")))


def _of_age(asked: Question) -> Iterator[Fact]:
    entry, file = asked.participant, asked.file
    if entry is None or file is None or entry.role not in PARENT_ROLES:
        return
    student = file.student
    day = adult_on(student.birth_date)
    words = "of age since" if day <= asked.on else "a minor until"
    yield Fact(f"the student is {words} {day.isoformat()}", student.origin.span(("birth_date",)))
    if student.independence != "none":
        yield Fact(f"independent: {student.independence}", student.origin.span(("independence",)))
    if day > asked.on and student.independence == "none":
        return
    school = asked.store.school
    setting = school.privacy.adult_parent_access
    yield Fact(f"the school's setting is {setting}", school.origin.span(("privacy", "adult_parent_access")))
    if student.dependent_for_tax:
        yield Fact("recorded as dependent for tax", student.origin.span(("dependent_for_tax",)))
    yield from (_consent(asked, each) for each in file.consents if each.document == WHOLE_FILE)


def _there(asked: Question) -> Iterator[Fact]:
    record = asked.record
    if record is not None:
        yield Fact("it stands in the file", Span.whole_file(record.origin.path))


def _field(asked: Question) -> Iterator[Fact]:
    record = asked.record
    widest = audience(asked.item.kind, asked.item.field)
    place = record.origin.span((asked.item.field,)) if record is not None else None
    yield Fact(f"`{asked.item.field}` is for {widest} at the widest", place)


def _address(asked: Question) -> Iterator[Fact]:
    record = asked.record
    if isinstance(record, Participant):
        protected = "protected" if record.protected_address else "not marked as protected in this entry"
        yield Fact(f"the address is {protected}", record.origin.span(("protected_address",)))


def _kind(asked: Question) -> Iterator[Fact]:
    document, year = asked.document, asked.year
    attachment = year.attachment(document.file) if document is not None and year is not None else None
    if attachment is not None:
        kind = attachment.media_type or "of a kind that may not be kept"
        yield Fact(f"`{attachment.name}` is {kind}", Span.whole_file(attachment.path))
    elif document is not None:
        yield Fact(f"there is no `{document.file}` beside the description", document.origin.span(("file",)))


def _several(asked: Question) -> Iterator[Fact]:
    document = asked.document
    if document is not None and document.affects is not None:
        stated = (document.affects,) if isinstance(document.affects, str) else document.affects
        affected = ", ".join(_name(asked, each) for each in stated)
        yield Fact(f"it affects {affected}", document.origin.span(("affects",)))


def _released(asked: Question) -> Iterator[Fact]:
    document, file = asked.document, asked.file
    if document is None or file is None:
        return
    stated = "level" in document.origin.data if isinstance(document.origin.data, dict) else False
    words = f"the level is {document.level}" if stated else "no level is stated: it counts as confidential"
    yield Fact(words, document.origin.span(("level",)))
    if document.level != "open":
        key = f"{asked.item.year}/{document.id}"
        yield from (_consent(asked, each) for each in file.consents if each.document == key)


def _consent(asked: Question, consent: Consent) -> Fact:
    """Say what a consent allows that day, and what keeps it from counting for this viewer."""
    words = [
        f"{consent.answer} of {_name(asked, consent.signer)} ({consent.capacity}) of {consent.signed_on.isoformat()}"
    ]
    place: tuple[str, ...] = ("signer",)
    if consent.revoked_on is not None and consent.revoked_on <= asked.on:
        words, place = [*words, f"taken back on {consent.revoked_on.isoformat()}"], ("revoked_on",)
    elif consent.expires is not None and consent.expires < asked.on:
        words, place = [*words, f"ended on {consent.expires.isoformat()}"], ("expires",)
    elif not in_force(consent, asked.on):
        words, place = [*words, "not signed yet that day"], ("signed_on",)
    elif consent.answer == "consent":
        document, year, entry = asked.document, asked.year, asked.participant
        attachment = year.attachment(document.file) if document is not None and year is not None else None
        if attachment is not None and consent.sha256 != attachment.sha256:
            words, place = [*words, "for other bytes than the document has now"], ("sha256",)
        elif entry is not None and not covers(consent, entry):
            words, place = [*words, "not for this viewer"], ("recipients",)
    return Fact(", ".join(words), consent.origin.span(place))


def _excerpt(asked: Question) -> Iterator[Fact]:
    record = asked.record
    if record is not None:
        yield Fact("its words are searched for the names of other documents", Span.whole_file(record.origin.path))


FACTS: Mapping[str, Callable[[Question], Iterator[Fact]]] = {
    "identity": _identity,
    "sound": _sound,
    "in time": _in_time,
    "assigned": _assigned,
    "rights": _rights,
    "of age": _of_age,
    "there": _there,
    "field": _field,
    "address": _address,
    "kind": _kind,
    "several": _several,
    "released": _released,
    "excerpt": _excerpt,
}
"""By the name of a stage of the trail, what it looks at."""
