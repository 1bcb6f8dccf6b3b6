"""Who may read one student's file on a date."""

from __future__ import annotations

import datetime as dt

from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Item
from site_builder.model.store import Store


def readers(store: Store, student: str, on: dt.date) -> tuple[str, ...]:
    """Return the participants with access to one student's file on the day `on`."""
    file = store.student(student)
    own = file.participants if file is not None else ()
    return tuple(each.id for each in own if decide(store, each.id, Item(student), on) is ALLOW)
