"""Which published pages stay while a student's file has errors: nothing new, and revocations still apply (rule 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.access.addresses import address_shown
from site_builder.access.decide import decide, decide_document
from site_builder.access.decision import ALLOW, Item
from site_builder.access.participation import one_person, takes_part
from site_builder.access.readers import readers
from site_builder.access.tenure import PARENT_ROLES, employed, is_listed
from site_builder.model.ages import adult_on
from site_builder.model.identity import is_family
from site_builder.model.records import Participant
from site_builder.model.store import Store, StudentFile


@dataclass(frozen=True, slots=True)
class Standing:
    """What published pages rest on.

    `until` is the last day up to which access was sure (`None`: no such day), `papers` are the confidential documents
    in them, as `2026-27/psych-letter`, `addresses` the ids of others whose address stands in them.
    """

    until: dt.date | None = None
    papers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def standing(store: Store, viewer: str, student: str, on: dt.date) -> Standing:
    """Return what the pages of `student` rest on that are made for `viewer` on the day `on`."""
    file = store.student(student)
    if file is None:
        return Standing(until=on)
    papers = [
        f"{year.id}/{document.id}"
        for year in file.years
        for document in year.documents
        if document.level != "open"
        and decide(store, viewer, Item(student, "document", year.id, document.id), on) is ALLOW
    ]
    addresses = [
        each.id
        for each in file.participants
        if each.address and each.id != viewer and is_listed(each, on)
        and decide(store, viewer, Item(student, "participant", id=each.id, field="address"), on) is ALLOW
    ]  # fmt: skip
    return Standing(_sure_until(store, file, viewer, on), tuple(papers), tuple(addresses))


def common_standing(store: Store, student: str, on: dt.date) -> Standing:
    """Return what a copy rests on that holds only what every current participant may see."""
    each = [standing(store, reader, student, on) for reader in readers(store, student, on)]
    file = store.student(student)
    if not each or file is None:
        return Standing()
    papers = set(each[0].papers).intersection(*(one.papers for one in each))
    own = {reader: {*one.addresses, reader} for reader, one in zip(readers(store, student, on), each, strict=True)}
    addresses = set.intersection(*own.values())
    return Standing(None, tuple(sorted(papers)), tuple(sorted(addresses)))


def may_keep(store: Store, viewer: str, student: str, rests: Standing, on: dt.date) -> bool:
    """Tell whether `viewer` may keep published pages that rest on `rests` on the day `on`; its `until` is not asked.

    Where the student's own entry cannot be read, nobody's age and no consent is known; then pages without confidential
    documents stand up to the day of their `Standing`.
    """
    file = store.student(student)
    entries = file.participants if file is not None else store.strays.get(student, ())
    own = next((each for each in entries if each.id == viewer), None)
    if own is None or not all(_still_shown(store, entries, own, each) for each in rests.addresses):
        return False
    if file is not None:
        part = takes_part(store, file, viewer, on)
        return part is ALLOW and all(_still_released(store, file, each, viewer, on) for each in rests.papers)
    if one_person(store, viewer) is not ALLOW or rests.papers:
        return False
    member = store.staff_member(viewer)
    return (is_family(own) or (member is not None and employed(member, on))) and is_listed(own, on)


def may_keep_common(store: Store, student: str, rests: Standing, on: dt.date) -> bool:
    """Tell whether a copy for everyone may stay: everyone who takes part on the day `on` still may see all of it."""
    file = store.student(student)
    if file is None:
        return not (rests.papers or rests.addresses)
    part = [each.id for each in file.participants if takes_part(store, file, each.id, on) is ALLOW]
    return all(may_keep(store, each, student, rests, on) for each in part)


def _still_shown(store: Store, entries: Iterable[Participant], viewer: Participant, owner: str) -> bool:
    """Tell whether the address of `owner` still is for the viewer; that of an entry that is gone is for nobody."""
    found = next((each for each in entries if each.id == owner), None)
    return found is not None and address_shown(store, viewer, found) is ALLOW


def _still_released(store: Store, file: StudentFile, key: str, viewer: str, on: dt.date) -> bool:
    year_id, _, document_id = key.partition("/")
    year, participant = file.year(year_id), file.participant(viewer)
    document = next((each for each in year.documents if each.id == document_id), None) if year is not None else None
    if year is None or document is None or participant is None:
        return False
    return decide_document(store, file, year, document, participant, on) is ALLOW


def _sure_until(store: Store, file: StudentFile, viewer: str, on: dt.date) -> dt.date | None:
    participant = file.participant(viewer)
    if participant is None:
        return on
    ends = [participant.until, *(each.expires for each in file.consents if each.expires and each.expires >= on)]
    member = store.staff_member(viewer)
    ends.append(member.until if member is not None else None)
    if participant.role in PARENT_ROLES:
        day_before_adult = adult_on(file.student.birth_date) - dt.timedelta(days=1)
        ends.append(day_before_adult if on <= day_before_adult else None)
        if participant.rights.from_ is not None:
            ends.append(participant.rights.from_ - dt.timedelta(days=1))
    return min((each for each in ends if each is not None), default=None)
