"""Which published pages stay while a student's file has errors: nothing new, and revocations still apply (rule 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.access.decide import decide, decide_document
from site_builder.access.decision import ALLOW, Item
from site_builder.access.participation import one_person, takes_part
from site_builder.access.tenure import PARENT_ROLES, employed, is_listed
from site_builder.model.ages import adult_on
from site_builder.model.identity import is_family
from site_builder.model.store import Store, StudentFile


@dataclass(frozen=True, slots=True)
class Standing:
    """What published pages rest on: the last day up to which access was sure (`None`: no such day), and the
    confidential documents in them, as `2026-27/psych-letter`.
    """

    until: dt.date | None = None
    papers: tuple[str, ...] = ()


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
    return Standing(_sure_until(store, file, viewer, on), tuple(papers))


def may_keep(store: Store, viewer: str, student: str, papers: Iterable[str], on: dt.date) -> bool:
    """Tell whether `viewer` may keep published pages with these confidential `papers` in them on the day `on`.

    Where the student's own entry cannot be read, nobody's age and no consent is known; then pages without confidential
    documents stand up to the day of their `Standing`.
    """
    file = store.student(student)
    if file is not None:
        part = takes_part(store, file, viewer, on)
        return part is ALLOW and all(_still_released(store, file, each, viewer, on) for each in papers)
    if one_person(store, viewer) is not ALLOW or any(papers):
        return False
    stray = next((each for each in store.strays.get(student, ()) if each.id == viewer), None)
    member = store.staff_member(viewer)
    known = stray is not None and (is_family(stray) or (member is not None and employed(member, on)))
    return stray is not None and known and is_listed(stray, on)


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
