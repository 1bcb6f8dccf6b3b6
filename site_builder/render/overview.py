"""What stands first: what the school needs from the reader, a recent strength, and what staff should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.access.view import Ask, Date, RequestView, StudentView, YearView
from site_builder.render.i18n import Messages
from site_builder.render.markdown import Markdown


@dataclass(frozen=True, slots=True)
class Need:
    """A thing that is needed from the reader, in words; `language` is that of `text`."""

    text: str
    language: str
    due: Date | None


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that goes well, and the day it was written down (policy: P23)."""

    text: str
    language: str
    on: Date


@dataclass(frozen=True, slots=True)
class Row:
    """A student in the list that staff start from."""

    file: StudentView
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that has no answer yet (policy: P29)."""

    file: StudentView
    request: RequestView


def needs(file: StudentView, messages: Messages) -> tuple[Need, ...]:
    """Return what is needed from the reader, at most three things, the first due first."""
    in_order = sorted(file.asks, key=lambda ask: (ask.due or Date.max, ask.kind, ask.text))
    return tuple(_need(ask, file, messages) for ask in in_order[:3])


def _need(ask: Ask, file: StudentView, messages: Messages) -> Need:
    _ = messages.gettext
    sentences = {
        "write-your-part": _("Write your part of the plan with a counselor or teacher"),
        "take-part": _("Read the plan and sign that you took part"),
        "confirm-conference": _("Say which day suits you for a conference"),
    }
    if ask.kind in sentences:
        return Need(sentences[ask.kind], messages.language, ask.due)
    languages = (
        objective.language
        for year in file.years
        for objective in year.objectives
        for step in objective.steps
        if step.what == ask.text
    )
    return Need(ask.text, next(languages, messages.language), ask.due)


def strength(years: Iterable[YearView], markdown: Markdown) -> Strength | None:
    """Return the newest strength of the first year that has one: an achievement, else the opening words."""
    for year in years:
        if year.strengths is None:
            continue
        language = year.strengths.words.language
        if year.strengths.achievements:
            best = max(year.strengths.achievements, key=lambda each: each.date)
            return Strength(best.what, language, best.date)
        opening = markdown.opening(year.strengths.words)
        if opening:
            return Strength(opening, language, year.strengths.date)
    return None


def row(file: StudentView, current_year: str, messages: Messages) -> Row:
    """Return the student's line in the staff's list; `current_year` is the school's, such as `2026-27`."""
    return Row(file, tuple(_flags(file, current_year, messages)))


def waiting(files: Iterable[StudentView]) -> tuple[Waiting, ...]:
    """Return the requests of these students that wait for the Principal, the oldest first."""
    open_ones = (Waiting(file, request) for file in files for request in file.years[0].requests if not request.outcome)
    return tuple(sorted(open_ones, key=lambda each: (each.request.referred_on, each.file.name, each.request.id)))


def _flags(file: StudentView, current_year: str, messages: Messages) -> Iterator[str]:
    """Yield what is worth a look in this school year, in words."""
    _ = messages.gettext
    year = file.years[0]
    if year.id != current_year:
        year = YearView(id=current_year, grade=file.grade, occupational=False)
    if file.asks:
        count = len(file.asks)
        yield messages.ngettext("%(count)s thing needed from you", "%(count)s things needed from you", count) % {
            "count": count
        }
    if year.plan is None:
        yield _("no plan yet this year")
    if not any(each.held_on for each in year.conferences):
        yield _("no conference held yet this year")
    troubled = sum(1 for objective in year.objectives if objective.status == "needs-help")
    if troubled:
        yield messages.ngettext("%(count)s objective needs help", "%(count)s objectives need help", troubled) % {
            "count": troubled
        }
    if year.strengths is None:
        yield _("no strengths written yet")
