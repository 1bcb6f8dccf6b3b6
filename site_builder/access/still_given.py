"""Whether a package for somebody outside may still be handed over: while the same could be made (policy: P35, P36).

What a new package needs is said in `release.ground` alone, and asked here again on the day: of the consents that the
package names, and of no other, for its cover sheet and its record name these. So all of them stand, or it goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from site_builder.access.consents import in_force
from site_builder.access.release import Choice, document_digest, ground
from site_builder.model.records import Disclosure, ThirdParty
from site_builder.model.store import Store, StudentFile


@dataclass(frozen=True, slots=True)
class Package:
    """What was made for a third party, by its id: of which student, which disclosure tells of it, and what it holds.

    `documents` gives the sha256 of each document in it by key (`2026-27/psych-letter`).
    """

    student: str
    record: str
    party: str
    sections: tuple[str, ...]
    documents: Mapping[str, str]


def still_given(store: Store, package: Package, on: dt.date) -> bool:
    """Tell whether the package may be handed over on the day `on`; what is not known to be allowed may not.

    A document that stands in another form by now, or no more, is not given in the form of then. Of a file with errors
    nothing is known but that a law which asks for no consent let it go.
    """
    file = store.student(package.student)
    record = next((each for each in file.disclosures if each.id == package.record), None) if file is not None else None
    if file is None or record is None:
        return False
    by_law = record.law is not None
    if file.id in store.broken:
        return by_law and not record.consents
    if any(document_digest(file, key) != sha256 for key, sha256 in package.documents.items()):
        return False
    choice = Choice((), package.sections, tuple(package.documents))
    party = ThirdParty(id=package.party, name=record.to)
    alone = _with_these_consents_alone(file, record)
    return _all_stand(alone, record, on) and not ground(store, alone, party, choice, on, by_law=by_law).missing


def _with_these_consents_alone(file: StudentFile, record: Disclosure) -> StudentFile:
    """Return the file with the consents that the record names; objections count whoever made them."""
    consents = (each for each in file.consents if each.answer != "consent" or each.id in record.consents)
    return replace(file, consents=tuple(consents))


def _all_stand(file: StudentFile, record: Disclosure, on: dt.date) -> bool:
    standing = {each.id for each in file.consents if each.answer == "consent" and in_force(each, on)}
    return standing.issuperset(record.consents)
