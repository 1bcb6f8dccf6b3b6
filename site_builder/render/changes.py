"""What changed in a student's file, said for a page: by day and by who entered it (policy: P8, P24)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from site_builder.access.view import Date, Named, StudentView
from site_builder.render.change_words import ChangeWords, filled_markup
from site_builder.render.i18n import Messages, language_attribute


@dataclass(frozen=True, slots=True)
class Entered:
    """What one person entered on a day, a sentence an entry; nobody where that is not known."""

    who: Named | None
    sentences: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class DayOfChanges:
    """A day, and what was entered on it."""

    day: Date
    by: tuple[Entered, ...]


def changes_said(file: StudentView, messages: Messages, current_year: str) -> tuple[DayOfChanges, ...]:
    """Return the changes of a file in sentences, the newest day first; `current_year` goes without saying."""
    words = ChangeWords(messages, current_year=current_year, quote=partial(_title, messages), fill=filled_markup)
    days: dict[Date, list[Entered]] = {}
    for each in file.changes:
        said = dict.fromkeys(Markup(words.sentence(change)) for change in each.changes)  # noqa: S704 - it is Markup
        days.setdefault(each.day, []).append(Entered(each.who, tuple(said)))
    return tuple(DayOfChanges(day, tuple(by)) for day, by in days.items())


def _title(messages: Messages, text: str, language: str) -> Markup:
    """Return what somebody called an entry, in the language that they wrote it in."""
    return Markup("<em{}>{}</em>").format(language_attribute(messages.language, language), text)
