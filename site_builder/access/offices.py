"""Who holds an office of the school on a day: the Principal and the School Manager (policy: P6)."""

from __future__ import annotations

import datetime as dt

from site_builder.access.decision import ALLOW
from site_builder.access.participation import one_person
from site_builder.access.tenure import employed
from site_builder.model.store import Store


def is_principal(store: Store, person: str, on: dt.date) -> bool:
    """Tell whether `person` is the Principal and on the staff on the day `on`."""
    return person == store.school.principal and on_staff(store, person, on)


def is_manager(store: Store, person: str, on: dt.date) -> bool:
    """Tell whether `person` is the School Manager and on the staff on the day `on`."""
    return person == store.school.school_manager.person and on_staff(store, person, on)


def office_holders(store: Store, on: dt.date) -> frozenset[str]:
    """Return who has a site for their office's sake, also without a part in any plan."""
    both = (store.school.principal, store.school.school_manager.person)
    return frozenset(each for each in both if on_staff(store, each, on))


def on_staff(store: Store, person: str, on: dt.date) -> bool:
    """Tell whether the staff directory has `person` on the day `on`, and the id stands for one person alone."""
    member = store.staff_member(person)
    return member is not None and one_person(store, person) is ALLOW and employed(member, on)
