"""Which published pages stay while a student's file has errors: nothing new, and revocations still apply (rule 1)."""

from __future__ import annotations

import datetime as dt

from site_builder.access.decision import ALLOW
from site_builder.access.participation import takes_part
from site_builder.access.tenure import is_listed
from site_builder.model.ages import adult_on
from site_builder.model.identity import is_family
from site_builder.model.store import Store


def may_keep(store: Store, viewer: str, student: str, on: dt.date) -> bool:
    """Tell whether `viewer` may keep the last published pages of a file that has errors now: revocations still apply.

    Where the student's own entry cannot be read, nobody's age is known; what a reader was given before then stands
    until the date up to which it was decided (`decided_until`).
    """
    file = store.student(student)
    if file is not None:
        return takes_part(store, file, viewer, on) is ALLOW
    if viewer in store.conflicted:
        return False
    stray = next((each for each in store.strays.get(student, ()) if each.id == viewer), None)
    return stray is not None and is_listed(stray, on) and (is_family(stray) or store.staff_member(viewer) is not None)


def decided_until(store: Store, viewer: str, student: str, on: dt.date) -> dt.date | None:
    """Return the last day up to which access that holds on the day `on` is sure to hold by what stands in the file."""
    file = store.student(student)
    participant = file.participant(viewer) if file is not None else None
    if file is None or participant is None:
        return on
    ends = [participant.until]
    day_before_adult = adult_on(file.student.birth_date) - dt.timedelta(days=1)
    if participant.role in ("parent", "guardian"):
        ends.append(day_before_adult if on <= day_before_adult else None)
        if participant.rights.from_ is not None:
            ends.append(participant.rights.from_ - dt.timedelta(days=1))
        ends.extend(each.expires for each in file.consents if each.expires is not None and each.expires >= on)
    return min((each for each in ends if each is not None), default=None)
