"""Why somebody may or may not see an item: the access rules one by one, with the facts they rest on (policy: P35, P36).

The answer is that of `decide` and of nothing else; the trail says which rule gave it, and where in the records the
facts stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.access.audience import audience
from site_builder.access.decide import decide, find_record
from site_builder.access.decision import Decision, Deny, Item
from site_builder.access.trail_facts import FACTS, Fact, Question
from site_builder.model.records import Record, SupportingDocument
from site_builder.model.store import Store

PASSED, FAILED, NOT_REACHED = "passed", "failed", "not reached"


@dataclass(frozen=True, slots=True)
class Step:
    """One rule of the trail: its number in the policy of access, what it asks, and how the answer came out.

    `outcome` is `passed`, `failed` or `not reached`. `reasons` are sentences of a rule that failed.
    """

    rule: int
    title: str
    outcome: str
    reasons: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Trail:
    """The whole answer for one viewer and one item on a day; one step at most has failed."""

    viewer: str
    item: Item
    on: dt.date
    allowed: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Stage:
    """A rule in the order in which it is asked; `name` tells two stages of the same rule apart."""

    name: str
    rule: int
    title: str


_FILE = (
    _Stage("identity", 0, "One id is one person in all files"),
    _Stage("sound", 1, "The student's file has no errors"),
    _Stage("in time", 2, "Takes part in this plan on that day"),
    _Stage("assigned", 3, "Staff have been assigned to it"),
    _Stage("rights", 4, "No court order has taken a parent's rights"),
    _Stage("of age", 5, "Parents of an adult student still have access"),
)
_THERE = _Stage("there", 6, "There is such an item in the file")
_FIELD = _Stage("field", 6, "The field is for this reader")
_ADDRESS = _Stage("address", 4, "No protected address")
_KIND = _Stage("kind", 6, "The document itself is there, of a kind that may be kept")
_SEVERAL = _Stage("several", 7, "It is about this student alone")
_RELEASED = _Stage("released", 6, "It is open, or the consents that it needs stand")
_EXCERPT = _Stage("excerpt", 8, "It refers to no document that is withheld")


def trail(store: Store, viewer: str, item: Item, on: dt.date) -> Trail:
    """Return how `decide` came to its answer, rule by rule (policy: P35, P36)."""
    stages = tuple(_stages(store, item))
    decision = decide(store, viewer, item, on)
    failed = _failed(store, viewer, item, on, decision)
    question = Question(store, viewer, item, on)
    steps: list[Step] = []
    over = False
    for stage in stages:
        if over:
            steps.append(Step(stage.rule, stage.title, NOT_REACHED))
            continue
        facts = tuple(FACTS[stage.name](question))
        if stage.name == failed and isinstance(decision, Deny):
            reasons = tuple(each.sentence for each in decision.reasons)
            steps.append(Step(stage.rule, stage.title, FAILED, reasons, facts))
            over = True
        else:
            steps.append(Step(stage.rule, stage.title, PASSED, (), facts))
    return Trail(viewer, item, on, not isinstance(decision, Deny), tuple(steps))


def _stages(store: Store, item: Item) -> Iterator[_Stage]:
    """Give the rules that are asked about `item`, in the order in which `decide` asks them."""
    yield from _FILE
    if not item.kind:
        return
    yield _THERE
    record = _record(store, item)
    if item.field:
        yield _FIELD
        if item.field == "address" and item.kind == "participant":
            yield _ADDRESS
    if isinstance(record, SupportingDocument):
        yield from (_KIND, _SEVERAL, _RELEASED)
    if record is not None and item.year:
        yield _EXCERPT


def _failed(store: Store, viewer: str, item: Item, on: dt.date, decision: Decision) -> str:
    """Return the name of the stage that denied, or an empty text where nothing did."""
    if not isinstance(decision, Deny):
        return ""
    rule = decision.reasons[0].rule
    if isinstance(decide(store, viewer, Item(item.student), on), Deny):
        return next(each.name for each in _FILE if each.rule == rule)
    if rule != 6:
        return {4: "address", 7: "several", 8: "excerpt"}[rule]
    record = _record(store, item)
    if record is None:
        return _THERE.name
    if item.field and audience(item.kind, item.field) != "participants":
        alone = decide(store, viewer, Item(item.student, item.kind, item.year, item.id), on)
        if alone != decision:
            return _FIELD.name
    return _RELEASED.name if _is_kept(store, item, record) else _KIND.name


def _is_kept(store: Store, item: Item, record: Record) -> bool:
    file = store.student(item.student)
    year = file.year(item.year) if file is not None else None
    attachment = year.attachment(record.file) if year is not None and isinstance(record, SupportingDocument) else None
    return attachment is not None and bool(attachment.media_type)


def _record(store: Store, item: Item) -> Record | None:
    file = store.student(item.student)
    return find_record(file, item) if file is not None else None
