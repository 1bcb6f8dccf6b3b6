"""What is new in a binder since a copy for the same reader was printed last.

It is worked out from the view alone: what this reader may not see now is in neither list, and what they might not see
then is simply new. Of the earlier print nothing is kept but a keyed hash of each entry.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from site_builder.access.view import Copy, PaperView, PrintChange, SincePrint, YearView


@dataclass(frozen=True, slots=True)
class Printed:
    """The memory of one printed copy: the day, and a hash of each entry by its key; `salt` keys the hashes."""

    on: dt.date
    salt: str
    entries: Mapping[str, str] = field(repr=False)


def remembered(copy: Copy, salt: str) -> Printed:
    """Return what is kept of `copy` when it is printed; `salt` is a random text in hexadecimal digits."""
    return Printed(copy.on, salt, {key: _hash(salt, entry) for key, _, entry in _entries(copy)})


def since(copy: Copy, before: Printed) -> SincePrint:
    """Return what is new or changed in `copy` since `before`, in the order of the binder."""
    changes = []
    for key, change, entry in _entries(copy):
        known = before.entries.get(key)
        if known is None:
            changes.append(change)
        elif not hmac.compare_digest(known, _hash(before.salt, entry)):
            changes.append(replace(change, changed=True))
    return SincePrint(printed_on=before.on, changes=tuple(changes))


def _hash(salt: str, entry: object) -> str:
    return hmac.new(bytes.fromhex(salt), repr(entry).encode(), hashlib.sha256).hexdigest()


def _entries(copy: Copy) -> Iterator[tuple[str, PrintChange, object]]:
    """Give every entry of the file with a key that it keeps when its words change."""
    for year in copy.file.years:
        for section, name, title, language, entry in _of_year(year, copy.viewer.language):
            change = PrintChange(section=section, title=title, language=language, year=year.id)
            yield f"{year.id}/{section}/{name}", change, entry
    for person in copy.file.people:
        change = PrintChange(section="people", title=person.name, language="", year="")
        yield f"people/{person.id}", change, person


def _of_year(year: YearView, language: str) -> Iterator[tuple[str, str, str, str, object]]:
    """Give section, name, title, language and entry of what stands in a year; a title may be empty."""
    plan = year.plan
    if plan is not None:
        yield "courses", "plan", "", "", (plan.course_plan, plan.aspiration)
        yield "occupation", "ways", "", "", (plan.post_secondary, plan.careers, plan.occupational_review)
        for each in plan.signatures:
            yield "signatures", f"{each.person.id}/{each.on}/{each.meaning}", each.person.name, "", each
    if year.strengths is not None:
        yield "strengths", "words", "", "", year.strengths
    for objective in year.objectives:
        yield "objectives", objective.id, objective.statement, objective.language, objective
    for note in year.progress:
        yield "progress", note.id, note.title, note.words.language, note
    for registration in year.registrations:
        yield "registrations", registration.term.id, registration.term.title, language, registration
    for card in year.report_cards:
        yield "report-cards", f"{card.term.id}/{card.from_school}", card.term.title, language, card
    for test in year.tests:
        yield "report-cards", f"test/{test.name}/{test.date}", test.name, "", test
    for conference in year.conferences:
        yield "conferences", conference.id, "", "", conference
    for request in year.requests:
        yield "requests", request.id, request.resource, "", request
    for paper in year.papers:
        yield "papers", paper.path, paper.title, paper.language, (paper, _content(paper))


def _content(paper: PaperView) -> str:
    try:
        return hashlib.sha256(paper.load()).hexdigest()
    except OSError:
        return ""
