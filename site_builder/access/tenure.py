"""Whether a person's part in a plan runs on a date, and with which rights: access rules 2 and 4 (policy: P13)."""

from __future__ import annotations

import datetime as dt

from site_builder.access.decision import ALLOW, Decision, deny
from site_builder.model.identity import is_family
from site_builder.model.records import Participant, StaffMember

PARENT_ROLES = frozenset({"parent", "guardian"})
STAFF_ROLES = frozenset({"teacher", "counselor", "administrator", "occupational-specialist", "other-staff"})


def is_listed(participant: Participant, on: dt.date) -> bool:
    """Tell whether others see this person among the participants: in time, and with rights that no court has taken."""
    return in_time(participant, on) is ALLOW and rights_hold(participant, on) is ALLOW


def holds_parental_rights(participant: Participant, on: dt.date) -> bool:
    """Tell whether the participant may give a parent's consent on the day `on`."""
    return participant.role in PARENT_ROLES and is_listed(participant, on)


def employed(member: StaffMember, on: dt.date) -> bool:
    """Tell whether the staff directory has this member on the day `on`; the first and the last day are included."""
    return (member.since is None or member.since <= on) and (member.until is None or on <= member.until)


def in_time(participant: Participant, on: dt.date) -> Decision:
    """Decide rule 2: the day lies between `since` and `until`, both included, and staff have a last day."""
    for decision in (begun(participant, on), not_over(participant, on), known_role(participant)):
        if decision is not ALLOW:
            return decision
    return ALLOW


def begun(participant: Participant, on: dt.date) -> Decision:
    """Decide the first half of rule 2: from `since` on."""
    return deny(2, f"Takes part only from {participant.since.isoformat()}") if on < participant.since else ALLOW


def not_over(participant: Participant, on: dt.date) -> Decision:
    """Decide the second half of rule 2: up to `until`, that day included."""
    if participant.until is not None and on > participant.until:
        return deny(2, f"Took part until {participant.until.isoformat()}")
    return ALLOW


def known_role(participant: Participant) -> Decision:
    """Decide what rule 2 asks of the role: family, or staff with a last day."""
    if is_family(participant):
        return ALLOW
    if participant.role not in STAFF_ROLES:
        return deny(2, f"`{participant.role}` is not a role of a participant; partners and employers need consents")
    if participant.until is None:
        return deny(2, "A staff member's part needs a last day (`until`)")
    return ALLOW


def rights_hold(participant: Participant, on: dt.date) -> Decision:
    """Decide rule 4: a parent has full rights unless a court order took them; one that ran out holds."""
    rights = participant.rights
    if rights.status == "full":
        return ALLOW
    if rights.status == "revoked" and rights.from_ is not None and on < rights.from_ and rights.order:
        return ALLOW
    return deny(
        4, "A court order has taken this parent's rights; only a new order or the School Manager can restore them"
    )
