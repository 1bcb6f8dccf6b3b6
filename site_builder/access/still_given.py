"""Whether what was made for a third party may still be handed over (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt

from site_builder.access.consents import WHOLE_FILE, in_force
from site_builder.access.tenure import holds_parental_rights
from site_builder.model.ages import holds_own_rights
from site_builder.model.records import Consent, Disclosure
from site_builder.model.store import StudentFile


def still_given(file: StudentFile, record: Disclosure, on: dt.date) -> bool:
    """Tell whether all consents of a release stand on the day `on`, and nobody objects by then."""
    by_id = {each.id: each for each in file.consents}
    used = [by_id[each] for each in record.consents if each in by_id]
    if not used or len(used) != len(record.consents):
        return False
    return all(_stands(file, each, on) for each in used) and not any(
        _against(each, used) and in_force(each, on) for each in file.consents if each.answer != "consent"
    )


def _stands(file: StudentFile, consent: Consent, on: dt.date) -> bool:
    """Tell whether a consent holds that day; a parent's does so with that parent's rights."""
    signer = file.participant(consent.signer)
    parent_counts = (
        consent.capacity != "parent"
        or holds_own_rights(file.student, on)
        or (signer is not None and holds_parental_rights(signer, on))
    )
    return consent.answer == "consent" and in_force(consent, on) and parent_counts


def _against(objection: Consent, used: list[Consent]) -> bool:
    """Tell whether an objection is to one of these documents, or to the third party of one of these consents."""
    parties = {party.id for each in used for party in each.third_parties}
    documents = {each.document for each in used} - {WHOLE_FILE}
    return objection.document in documents or bool(parties & {each.id for each in objection.third_parties})
