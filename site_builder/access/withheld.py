"""The School Manager's list of what is withheld from whom: the only place where a withheld title stands (rule 9)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from site_builder.access.decide import decide, entries_of
from site_builder.access.decision import Deny, Item
from site_builder.access.excerpts import referred_to
from site_builder.access.readers import readers
from site_builder.access.view import Named, Said, Withheld
from site_builder.model.build import RECORD_CLASSES
from site_builder.model.records import SupportingDocument
from site_builder.model.store import Store, StudentFile

_KINDS = {cls: kind for kind, cls in RECORD_CLASSES.items()}


def withheld(store: Store, on: dt.date) -> tuple[Withheld, ...]:
    """Return, by document, the readers who may not see it and why; the reasons name what would release it."""
    found: list[Withheld] = []
    for file in store.students:
        if file.id in store.broken:
            continue
        for year in file.years:
            for document in year.documents:
                by_reasons: dict[tuple[Said, ...], list[Named]] = defaultdict(list)
                for person in readers(store, file.id, on):
                    decision = decide(store, person, Item(file.id, "document", year.id, document.id), on)
                    if isinstance(decision, Deny):
                        participant = file.participant(person)
                        named = Named(participant.name, participant.role, person) if participant else Named(person)
                        by_reasons[tuple(each.said for each in decision.reasons)].append(named)
                found.extend(
                    Withheld(
                        student=file.id,
                        student_name=file.student.name,
                        year=year.id,
                        title=document.title,
                        people=tuple(people),
                        reasons=reasons,
                        along=_along(file, document),
                    )
                    for reasons, people in by_reasons.items()
                )
    return tuple(found)


def _along(file: StudentFile, document: SupportingDocument) -> tuple[str, ...]:
    """Return the kinds of the entries that go no further than the document, because they name it (rule 8)."""
    return tuple(
        _KINDS[type(each)]
        for year in file.years
        for each in entries_of(year)
        if any(named is document for _, named in referred_to(each, file.years))
    )
