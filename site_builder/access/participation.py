"""Who takes part in a student's plan on a date: access rules 0 and 2-5 (policy: P13, P35)."""

from __future__ import annotations

import datetime as dt

from site_builder.access.consents import file_consent
from site_builder.access.decision import ALLOW, Decision, deny
from site_builder.access.tenure import PARENT_ROLES, employed, in_time, rights_hold
from site_builder.model.ages import holds_own_rights
from site_builder.model.identity import is_family
from site_builder.model.records import Participant, StaffMember
from site_builder.model.store import Store, StudentFile

CONFLICTED = "This id stands for different people in different files; give each person an id of their own"


def one_person(store: Store, person: str) -> Decision:
    """Decide rule 0: the id stands for one person in all files."""
    return deny(0, CONFLICTED) if person in store.conflicted else ALLOW


def takes_part(store: Store, file: StudentFile, person: str, on: dt.date) -> Decision:
    """Decide whether `person` is a participant with access to this file on the day `on`."""
    one = one_person(store, person)
    participant = file.participant(person)
    if one is not ALLOW:
        return one
    if participant is None:
        return deny(2, "Not a participant in this student's plan")
    for decision in (
        in_time(participant, on),
        assigned(store, participant, on),
        rights_hold(participant, on),
        parent_of_adult(store, file, participant, on),
    ):
        if decision is not ALLOW:
            return decision
    return ALLOW


def assigned(store: Store, participant: Participant, on: dt.date) -> Decision:
    """Decide rule 3: staff are in the directory on that day, and somebody has assigned them from a day on."""
    if is_family(participant):
        return ALLOW
    member = store.staff_member(participant.id)
    if member is None:
        return deny(3, "Not in the staff directory")
    if not employed(member, on):
        return deny(3, _not_employed(member, on))
    if participant.assigned_by is None or participant.assigned_on is None:
        return deny(3, "Nobody is recorded as having assigned this staff member (`assigned_by`, `assigned_on`)")
    if on < participant.assigned_on:
        return deny(3, f"Assigned only from {participant.assigned_on.isoformat()}")
    return ALLOW


def _not_employed(member: StaffMember, on: dt.date) -> str:
    if member.since is not None and on < member.since:
        return f"By the staff directory, on the staff only from {member.since.isoformat()}"
    return f"By the staff directory, on the staff until {member.until.isoformat() if member.until else ''}"


def parent_of_adult(store: Store, file: StudentFile, participant: Participant, on: dt.date) -> Decision:
    """Decide rule 5: whether a parent still has access when the rights are the student's own."""
    if participant.role not in PARENT_ROLES or not holds_own_rights(file.student, on):
        return ALLOW
    setting = store.school.privacy.adult_parent_access
    if setting == "policy-participant":
        return ALLOW
    if setting == "dependent-or-consent" and file.student.dependent_for_tax:
        return ALLOW
    if file_consent(file, participant, on):
        return ALLOW
    return deny(5, "The student is an adult and has recorded no consent to share the file with this parent")
