"""What changed, without all that a reader may not know of (policy: P8, P24, P35, P36).

The history tells of everything that ever stood in the file. What a reader is told of it is decided by what they may see
today: a change of an entry, field or item that they do not see today, or that is not there any more, leaves no trace.
So does what was before their part in the plan began. A title is that of today, and no word of an earlier version is
told: it may have been taken out for a reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from site_builder.access.decide import find_record
from site_builder.access.decision import Item
from site_builder.access.excerpts import texts_within, without_spelling
from site_builder.access.naming import Named
from site_builder.access.tenure import is_listed
from site_builder.access.view_changes import ChangesView
from site_builder.base.changes import (
    BODY,
    SCHOOL_YEAR,
    WHOLE_FILE,
    Change,
    How,
    Part,
    Plain,
    Revision,
    label,
    title,
)
from site_builder.base.field_titles import choices, is_list
from site_builder.model.records import Participant, Record, SupportingDocument
from site_builder.model.store import Store, StudentFile

Sees: TypeAlias = Callable[[Item], bool]
_Key: TypeAlias = tuple[str, str, str]

LOOK_BACK = dt.timedelta(days=365)
"""So far back the pages tell what changed."""

TOLD = frozenset(
    (
        *("participant", "plan", "strengths", "objective", "progress", "registration", "report-card"),
        *("test-result", "conference", "request", "document"),
    )
)
"""Kinds of entries whose changes are told. Names, consents and what was given to whom are not.

Nor is it told when the bytes of a paper became others: what is in them and cannot be seen, such as the place where a
picture was taken, is nobody's.
"""

_NOT_TOLD = {
    "document": frozenset(("level", "affects", "custodian_reason")),
    "plan": frozenset(("proposals",)),
}
_OF_PARTICIPANT = frozenset(("position", "relation", "address", "phones", "email"))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FILE_NAME = re.compile(r"[\w.-]+\.(?:pdf|png|jpe?g|gif|webp|tiff?|heic|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv)\b")


@dataclass(slots=True)
class Lines:
    """Follows entries backwards through time; an entry of today has the same line only since it last came.

    What an earlier entry of the same id held, that was taken out since, is another one's history. `seen` and `hidden`
    are the names of the papers that the reader sees today and of the others; `spoken_of` counts, by entry, how often
    its version of that time named one that is not seen.
    """

    seen: frozenset[str]
    hidden: frozenset[str]
    keys: dict[_Key, _Key | None] = field(default_factory=dict)
    items: set[tuple[_Key, str, str]] = field(default_factory=set)
    spoken_of: defaultdict[_Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def of_today(self, key: _Key) -> _Key | None:
        """Return the entry of today that stood at `key` then, or nothing."""
        return self.keys.get(key, key)

    def pass_by(self, change: Change) -> None:
        """Go on to the time before `change`."""
        key = (change.kind, change.year, change.id)
        now = self.of_today(key)
        if now is not None:
            before, after = self.named_in(change)
            self.spoken_of[now].update(before)
            self.spoken_of[now].subtract(after)
            came_or_went = (each for each in change.parts if each.item and each.how in (How.ADDED, How.REMOVED))
            self.items.update((now, each.field[0], each.item) for each in came_or_went if len(each.field) == 1)
        if change.kind == SCHOOL_YEAR:
            self.keys.update(((each.field[0], change.year, each.field[-1]), None) for each in change.parts)
        elif change.how is How.MOVED:
            year, _, id = change.was.rpartition("/")
            # One that was changed as well may be another entry, taken for it: it counts as new.
            self.keys[change.kind, year or change.year, id] = None if change.parts else self.of_today(key)
            self.keys[key] = None
        elif change.how in (How.ADDED, How.REMOVED) or change.unread:  # what could not be read said nobody knows what
            self.keys[key] = None

    def named_in(self, change: Change) -> tuple[Counter[str], Counter[str]]:
        """Count what the parts of a change name, before and after, of papers that are not seen."""
        told = [each for each in change.parts if change.kind != "document" or each.field[:1] != ("file",)]
        return self._unseen(each.old for each in told), self._unseen(each.new for each in told)

    def _unseen(self, values: Iterable[Plain]) -> Counter[str]:
        text = without_spelling("\n".join(texts_within(list(values))))
        if not text:
            return Counter()
        known = self.seen | self.hidden
        named = Counter(each for each in _FILE_NAME.findall(text) if each not in known)
        return named + Counter({each: text.count(each) for each in self.hidden if each in text})

    def has_item(self, key: _Key, part: Part) -> bool:
        """Tell whether the item that a part is about is the one of today in the entry of today at `key`."""
        return not part.item or (key, part.field[0], part.item) not in self.items


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told to those for whom `sees` speaks, of one file, on the day `on`; nothing from before `since`."""

    store: Store
    file: StudentFile
    sees: Sees
    named: Callable[[str], Named]
    since: dt.date
    on: dt.date

    def told(self, revisions: Sequence[Revision]) -> tuple[ChangesView, ...]:
        """Return what is told of these saves (the oldest first), the newest first; what is of one day in one place."""
        papers = [(year.id, each) for year in self.file.years for each in year.documents]
        seen = frozenset(without_spelling(each.file) for year, each in papers if self._sees_document(year, each))
        lines = Lines(seen, frozenset(without_spelling(each.file) for _, each in papers) - seen)
        found: list[tuple[Revision, tuple[Change, ...]]] = []
        for revision in reversed(revisions):
            shown = tuple(self._shown(revision, lines))
            if shown and max(self.since, self.on - LOOK_BACK) <= revision.day <= self.on:
                found.append((revision, shown))
            if any(each.kind == WHOLE_FILE and each.how is not How.MOVED for each in revision.changes):
                break
        found.sort(key=lambda each: (each[0].day, each[0].order), reverse=True)
        return tuple(_by_day((each.day, self._author(each.email), changes) for each, changes in found))

    def _shown(self, revision: Revision, lines: Lines) -> Iterator[Change]:
        for change in reversed(revision.changes):
            told = self._change(change, lines)
            if told is not None:
                yield told
        for change in revision.changes:
            lines.pass_by(change)

    def _change(self, change: Change, lines: Lines) -> Change | None:
        if change.kind == WHOLE_FILE:
            return Change(kind=WHOLE_FILE, how=How.ADDED) if change.how is How.ADDED else None
        if change.kind == SCHOOL_YEAR:
            return replace(change, student="", parts=()) if self.file.year(change.year) is not None else None
        now = lines.of_today((change.kind, change.year, change.id)) if change.kind in TOLD else None
        record = self._record(now) if now is not None else None
        if now is None or record is None or change.unread or not self._speaks_freely(change, now, lines):
            return None
        new = change.how is How.ADDED or (change.how is How.MOVED and bool(change.parts))
        parts = () if new else tuple(dict.fromkeys(self._parts(change, now, record, lines)))
        if not parts and not new:
            return None
        return Change(
            kind=change.kind,
            how=How.ADDED if new else How.CHANGED,
            id=now[2],
            year=now[1],
            title=title(change.kind, record.origin.data, record.id),
            language=str(getattr(record, "language", "")) if not isinstance(record, Participant) else "",
            parts=parts,
        )

    def _record(self, key: _Key) -> Record | None:
        """Return the entry of today, where the reader sees it."""
        item = Item(self.file.id, *key)
        record = find_record(self.file, item)
        if record is None or not self.sees(item):
            return None
        return record if not isinstance(record, Participant) or is_listed(record, self.on) else None

    def _sees_document(self, year: str, document: SupportingDocument) -> bool:
        return self.sees(Item(self.file.id, "document", year, document.id))

    def _speaks_freely(self, change: Change, key: _Key, lines: Lines) -> bool:
        """Rule 8 for earlier versions: neither of the two speaks of a paper that the reader does not see today."""
        before, after = lines.named_in(change)
        return not (before or after or +lines.spoken_of[key])

    def _parts(self, change: Change, key: _Key, record: Record, lines: Lines) -> Iterator[Part]:
        for part in change.parts:
            if part.field == (BODY,):
                yield Part(field=(BODY,), how=How.CHANGED)
            elif part.field:
                told = self._part(change.kind, key, record, part, lines)
                if told is not None:
                    yield told

    def _part(self, kind: str, key: _Key, record: Record, part: Part, lines: Lines) -> Part | None:
        name = part.field[0]
        if part.how in (How.REMOVED, How.MOVED) or not lines.has_item(key, part) or not self._tells(kind, name, key):
            return None
        data = record.origin.data
        top = data.get(name) if isinstance(data, dict) else None
        if part.item:
            item = next((each for each in top if label(each) == part.item), None) if isinstance(top, list) else None
            if item is None:
                return None
            return self._of_item(kind, part, item)
        if is_list(kind, part.field) or isinstance(top, list):
            return Part(field=part.field[:1], how=How.CHANGED) if top else None
        now = _at(data, part.field)
        return None if now is None else _valued(kind, part, now)

    def _tells(self, kind: str, name: str, key: _Key) -> bool:
        if name in _NOT_TOLD.get(kind, frozenset()) or (kind == "participant" and name not in _OF_PARTICIPANT):
            return False
        return self.sees(Item(self.file.id, *key, name))

    def _of_item(self, kind: str, part: Part, item: Plain) -> Part | None:
        """Tell of an item of today; one that is called by a person gets the name of that person."""
        by_person = isinstance(item, dict) and part.item in (item.get("person"), item.get("by"))
        said = self.named(part.item).name if by_person else part.item
        if len(part.field) == 1:
            return Part(field=part.field, how=part.how, item=said)
        now = _at(item, part.field[1:])
        return None if now is None else replace(_valued(kind, part, now), item=said)

    def _author(self, email: str) -> Named | None:
        """Return who it was: by name where they take part in the plan today, by position where they are staff."""
        wanted = email.strip().casefold()
        if not wanted:
            return None
        people = [each for each in self.file.participants if is_listed(each, self.on)]
        staff = [member for member in self.store.staff.staff if member.email.casefold() == wanted]
        own = [each for each in people if (each.email or "").casefold() == wanted]
        ids = {*(each.id for each in own), *(member.id for member in staff)}
        if len(ids) != 1:
            return None
        if any(person.id in ids for person in people):
            return self.named(ids.pop())
        return Named("", staff[0].position)


def _at(data: Plain, path: Sequence[str]) -> Plain:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _valued(kind: str, part: Part, now: Plain) -> Part:
    """Return the part with the values that may be told: choices, and a date or number that holds today."""
    words = choices(kind, part.field)
    if part.new in words and (part.old is None or part.old in words):
        return part
    return replace(part, old=None, new=part.new if part.new == now and _is_plain(now) else None)


def _is_plain(value: Plain) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and bool(_DAY.fullmatch(value)))


def _by_day(found: Iterable[tuple[dt.date, Named | None, tuple[Change, ...]]]) -> Iterator[ChangesView]:
    """Put together what one person changed on one day: a reader asks what is new, not how often it was saved."""
    together: dict[tuple[dt.date, Named | None], list[Change]] = {}
    for day, who, changes in found:
        together.setdefault((day, who), []).extend(changes)
    for (day, who), listed in together.items():
        net = tuple(_net(reversed(listed)))
        if net:  # what was changed and changed back within the day is no change of that day
            yield ChangesView(day, who, net)


def _net(changes: Iterable[Change]) -> list[Change]:
    """Return one change an entry, from how it was before to how it was after all of them."""
    found: dict[_Key, Change] = {}
    for each in changes:
        key = (each.kind, each.year, each.id)
        before = found.get(key)
        if before is None:
            found[key] = each
        elif before.how is How.CHANGED and each.how is How.CHANGED:
            found[key] = replace(before, parts=_joined((*before.parts, *each.parts)))
        elif each.how is How.ADDED:
            found[key] = each
    return [each for each in found.values() if each.parts or each.how is not How.CHANGED]


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    found: dict[tuple[tuple[str, ...], str], Part] = {}
    for each in parts:
        before = found.get((each.field, each.item))
        if before is None:
            found[each.field, each.item] = each
        elif before.how is How.CHANGED:
            found[each.field, each.item] = replace(each, how=How.CHANGED, old=before.old)
    return tuple(each for each in found.values() if each.old is None or each.old != each.new)
