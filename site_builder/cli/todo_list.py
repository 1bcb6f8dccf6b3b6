"""The to-do list in words: what is due, who has to act, and whether it is late (policy: P15, P26, P29, P36, U6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from site_builder.access.readers import readers
from site_builder.access.view import Withheld
from site_builder.access.withheld import withheld
from site_builder.cli.console import visible, width
from site_builder.model.due import KINDS, Due, due
from site_builder.model.store import Store

CONSENT = "consent"
ALL_KINDS = (*KINDS, CONSENT)
FAR = dt.timedelta(days=92)
"""What is due later than this is counted by kind, unless somebody asks for it."""

_WORDS: Mapping[str, str] = {
    "annual-conference-offer": "offer the yearly conference",
    "annual-conference-hold": "hold the yearly conference",
    "group-conference": "hold a",
    "individual-conference": "hold a",
    "parent-request-answer": "answer a parent who asked for a conference",
    "family-not-reached": "reach the parents: none at a conference this year",
    "last-contact": "get in touch",
    "plan": "begin the plan",
    "own-part": "write their own part of the plan",
    "plan-review-occupational": "review the plan, which has become an SEOP",
    "registration": "copy the registration",
    "report-card": "copy the report card",
    "earlier-credits": "enter the credits of the earlier school",
    "request-decision": "decide a request for resources",
    "training": "take part in a training on plans",
    "adult-soon": "talk with the family about coming of age",
    "revocation-over": "confirm a parent's rights",
    "participant-ends": "renew or end an assignment",
    CONSENT: "collect consents for",
}
_COUNTED: Mapping[str, tuple[str, str]] = {
    "annual-conference-offer": ("yearly conference to offer", "yearly conferences to offer"),
    "annual-conference-hold": ("yearly conference to hold", "yearly conferences to hold"),
    "group-conference": ("small-group conference to hold", "small-group conferences to hold"),
    "individual-conference": ("individual conference to hold", "individual conferences to hold"),
    "parent-request-answer": ("parent to answer", "parents to answer"),
    "family-not-reached": ("family to reach", "families to reach"),
    "last-contact": ("student to get in touch with", "students to get in touch with"),
    "plan": ("plan to begin", "plans to begin"),
    "own-part": ("part of a plan to write", "parts of plans to write"),
    "plan-review-occupational": ("plan to review", "plans to review"),
    "registration": ("registration to copy", "registrations to copy"),
    "report-card": ("report card to copy", "report cards to copy"),
    "earlier-credits": ("earlier school's credits to enter", "earlier schools' credits to enter"),
    "request-decision": ("request to decide", "requests to decide"),
    "training": ("person to train", "people to train"),
    "adult-soon": ("student who comes of age", "students who come of age"),
    "revocation-over": ("parent's rights to confirm", "parents' rights to confirm"),
    "participant-ends": ("assignment that ends", "assignments that end"),
    CONSENT: ("document that nobody may see", "documents that nobody may see"),
}


@dataclass(frozen=True, slots=True)
class Todo:
    """The list on a day: `items` in order of date, `left_out` the students whose files have errors."""

    store: Store
    today: dt.date
    items: tuple[Due, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the students of whom nothing can be said until the errors in their files are mended."""
        return tuple(sorted(self.store.broken))

    def late(self, item: Due) -> bool:
        """Tell whether the day for it has passed."""
        return item.by is not None and item.by < self.today

    def student_name(self, item: Due) -> str:
        """Return the student's name, empty where it is about none."""
        file = self.store.student(item.student)
        return file.student.name if file is not None else item.student

    def person(self, item: Due) -> tuple[str, str]:
        """Return the name of who has to act, and what they are."""
        member = self.store.staff_member(item.person)
        if member is not None:
            return member.name, member.position
        file = self.store.student(item.student)
        participant = file.participant(item.person) if file is not None else None
        return (participant.name, participant.role) if participant is not None else (item.person or "Somebody", "")


def todo(store: Store, today: dt.date) -> Todo:
    """Return all that is due on the day `today`, documents that wait for consents included."""
    items = (*due(store, today), *_consents(store, today))
    return Todo(store, today, tuple(sorted(items, key=_order)))


def _order(item: Due) -> tuple[dt.date, str, str]:
    return (item.by or dt.date.max, item.student, item.kind)


def _consents(store: Store, today: dt.date) -> Iterator[Due]:
    """Give the documents that nobody may see, with what is nearest to releasing them (policy: P36).

    One that is released to some is withheld from the others on purpose: its recipients are chosen.
    """
    documents: dict[tuple[str, str, str], list[Withheld]] = {}
    for each in withheld(store, today):
        documents.setdefault((each.student, each.year, each.title), []).append(each)
    for (student, _, title), entries in documents.items():
        if sum(len(each.people) for each in entries) >= len(readers(store, student, today)):
            reasons = min((each.reasons for each in entries), key=len)
            detail = "\n".join([f"“{title}”, which nobody may see", *map(str, reasons)])
            yield Due(
                kind=CONSENT,
                student=student,
                person=store.school.school_manager.person,
                policy="P36",
                detail=detail,
            )


def sentence(item: Due) -> str:
    """Return what is to be done, in words on one line."""
    words, detail = _WORDS[item.kind], "; ".join(item.detail.splitlines())
    if not detail:
        return words
    return f"{words} {detail}" if words.endswith((" a", " for")) else f"{words}: {detail}"


def by_person(list_: Todo, items: Sequence[Due]) -> Iterator[tuple[str, list[Due]]]:
    """Give, for each person who has to act, a heading and the items; who is latest comes first."""
    groups: dict[str, list[Due]] = {}
    for item in items:
        groups.setdefault(item.person, []).append(item)
    for found in groups.values():
        yield ", ".join(each for each in list_.person(found[0]) if each), found


def rows(list_: Todo, items: Sequence[Due], *, who: bool = False) -> list[str]:
    """Return the items as lines for a terminal: the day, the student, what is to be done; with `who` also by whom."""
    cells = [_cells(list_, item, who=who) for item in items]
    if not cells:
        return []
    widths = [max(width(row[column]) for row in cells) for column in range(len(cells[0]) - 1)]
    lines = []
    for item, row in zip(items, cells, strict=True):
        padded = [cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=False)]
        padded[0] = click.style(padded[0], fg="red") if list_.late(item) else padded[0]
        what, *more = row[-1].split("; ") if item.kind == CONSENT else [row[-1]]
        lines.append("  " + "  ".join([*padded, what]).rstrip())
        indent = sum(widths) + 2 * len(widths) + 4
        lines += [" " * indent + each for each in more]
    return lines


def _cells(list_: Todo, item: Due, *, who: bool) -> tuple[str, ...]:
    day = short_day(item.by, list_.today) if item.by else ""
    late = f"{day} late" if list_.late(item) else day
    doer = (visible(list_.person(item)[0]),) if who else ()
    return (late, *doer, visible(list_.student_name(item)), visible(sentence(item)))


def short_day(day: dt.date, today: dt.date) -> str:
    """Return a day as short as it stays clear: the year only where it is another."""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b} {day.year}"


def counted(items: Sequence[Due]) -> Iterator[str]:
    """Give a line a kind: how many there are, and the first day."""
    for kind in ALL_KINDS:
        found = [each for each in items if each.kind == kind]
        if found:
            first = min((each.by for each in found if each.by is not None), default=None)
            day = f", the first by {first.day} {first:%b} {first.year}" if first else ""
            one, several = _COUNTED[kind]
            yield f"  {len(found)} {one if len(found) == 1 else several}{day}"
