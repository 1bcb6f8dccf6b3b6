"""What stands first: what the school needs from the reader, and a recent strength."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.access.view import Ask, Date, StudentView, YearView
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
