"""An earlier version of the records, made available today: nobody is given by it what they may not see any more.

A court order, the end of somebody's part, a consent taken back: what has happened since then holds for old pages too
(policy: P35, P36).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.access.decide import decide, find_record
from site_builder.access.decision import ALLOW, Item
from site_builder.access.excerpts import referred_to
from site_builder.access.offices import is_manager, is_principal
from site_builder.model.store import Store


@dataclass(frozen=True, slots=True)
class RightsOfToday:
    """What the records of `today` say, as of the day `on`, of those for whom pages of the earlier `then` are made."""

    today: Store
    on: dt.date
    then: Store
    then_on: dt.date

    def may_have_site(self, viewer: str) -> bool:
        """Tell whether the viewer still has a part in some plan, and each office that they held then."""
        for holds in (is_manager, is_principal):
            if holds(self.then, viewer, self.then_on) and not holds(self.today, viewer, self.on):
                return False
        office = is_manager(self.today, viewer, self.on) or is_principal(self.today, viewer, self.on)
        return office or any(self.still(viewer, Item(each.id)) for each in self.then.students)

    def still(self, viewer: str, item: Item) -> bool:
        """Tell whether the viewer may see the item today as well, or could if it had not been taken out since.

        A document that is gone is not shown, nor is what speaks of a document that is gone or not released any more.
        """
        if decide(self.today, viewer, Item(item.student), self.on) is not ALLOW:
            return False
        if not item.kind:
            return True
        file = self.today.student(item.student)
        if file is not None and find_record(file, item) is not None:
            return decide(self.today, viewer, item, self.on) is ALLOW
        if item.kind == "document":
            return False
        before = self.then.student(item.student)
        record = find_record(before, item) if before is not None else None
        if before is None or record is None:
            return False
        named = referred_to(record, before.years)
        return all(self.still(viewer, Item(before.id, "document", year.id, paper.id)) for year, paper in named)
