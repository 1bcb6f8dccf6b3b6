"""Who may decide on a request for a resource (policy: P29)."""

from __future__ import annotations

import datetime as dt

from site_builder.model.store import Store


def may_decide(store: Store, person: str, on: dt.date) -> bool:
    """Tell whether `person` decides on the day `on`: the Principal, or whom the Principal lets decide that day."""
    return person == store.school.principal or any(
        each.person == person and each.delegated_on <= on and (each.until is None or on <= each.until)
        for each in store.school.decides_requests
    )
