"""The templates' surroundings: autoescape, labels in one language, dates, numbers and words.

Macros in `templates/parts` are given what they show and a `Page` (see `page.py`); the rest they find here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache, partial

from babel.dates import format_date, format_time
from babel.lists import format_list
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from site_builder.access.said import AnyOf, Part
from site_builder.access.view import Named, Said
from site_builder.base.resources import folder
from site_builder.render.i18n import SOURCE_LANGUAGE, Messages, decimal_text, language_attribute
from site_builder.render.spoken import Spoken
from site_builder.render.vocabulary import WORDS, word

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_MONTH = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])")
_DAYS = 4096
"""So many dates are kept as they were written: a school's files name the same few hundred of a year."""

_DAY_PATTERNS = {
    "en": {"day": "MMM d, y", "weekday": "EEEE, MMM d", "short": "MMM d"},
    "es": {"day": "d MMM y", "weekday": "EEEE d 'de' MMM", "short": "d MMM"},
}


def environment(language: str, labels: Mapping[str, str]) -> Spoken:
    """Return the environment of one language and one school's terms; the same one for the same question.

    Filters: `date` (text; formats `long`, `day`, `weekday`, `short`), `day` (a `<time>`), `clock`, `edition`, `number`,
    `names`, `named`, `tel`, `size`, `first_upper`, `grade_word`, `translated` (a school's own title), `said` and, for
    each field of `vocabulary.WORDS`, `<field>_word` (`status_word`, `role_word`, ...).
    Globals: `lang(tag)` (a `lang` attribute where it differs from the page's), `language` (the labels' language),
    `messages` (for the charts).
    """
    return _environment(Messages(language, labels).language, tuple(sorted(labels.items())))


@cache
def _environment(language: str, labels: tuple[tuple[str, str], ...]) -> Spoken:
    messages = Messages(language, dict(labels))
    made = Spoken(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        auto_reload=False,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.speak(messages)
    made.filters.update(
        date=partial(date_text, messages),
        day=lru_cache(maxsize=_DAYS)(partial(_day, messages)),
        clock=partial(clock_text, messages),
        edition=partial(edition_text, messages),
        number=partial(number_text, messages),
        names=partial(_names, messages),
        named=partial(_named, messages),
        size=partial(_size, messages),
        grade_word=partial(grade_text, messages),
        tel=_tel,
        first_upper=_first_upper,
        translated=messages.translated,
        said=partial(said_text, messages),
    )
    for name in WORDS:
        made.filters[f"{name}_word"] = partial(word, messages, name)
    made.globals["language"] = messages.language
    made.globals["messages"] = messages
    made.globals["lang"] = partial(language_attribute, messages.language)
    return made


def date_text(messages: Messages, day: dt.date, format: str = "long") -> str:
    """Return a date in words: `long` (October 3, 2026), `day` (Oct 3, 2026) `weekday` (Saturday, Oct 3) or `short`."""
    pattern = _DAY_PATTERNS[messages.language].get(format, format)
    return format_date(day, pattern, locale=messages.locale).replace(".", "")


def clock_text(messages: Messages, time: str) -> str:
    """Return a time of the day (`15:30`) as it is said in the United States; words that are no time as they are."""
    found = _CLOCK.fullmatch(time)
    if not found:
        return time
    said = format_time(dt.time(int(found[1]), int(found[2])), "short", locale=messages.locale)
    return said.replace("\u202f", "\u00a0")


def edition_text(messages: Messages, edition: str) -> str:
    """Return the edition of a template: a month (`2026-08`) in words, another mark as it is."""
    found = _MONTH.fullmatch(edition)
    if not found:
        return edition
    pattern = "MMMM y" if messages.language == SOURCE_LANGUAGE else "MMMM 'de' y"
    return format_date(dt.date(int(found[1]), int(found[2]), 1), pattern, locale=messages.locale)


def number_text(messages: Messages, value: float) -> str:
    """Return a number with no more decimals than it has, two at most."""
    return decimal_text(value, "#,##0.##", messages.locale)


def grade_text(messages: Messages, grade: int | None) -> str:
    """Return `Grade 9`, or nothing when the year has no grade."""
    return "" if grade is None else messages.gettext("Grade %(grade)s") % {"grade": grade}


def said_text(messages: Messages, said: Said) -> str:
    """Return what is said in this language; somebody's own words in its gaps stay as they are."""
    text = messages.gettext(said.text)
    return text % {name: _part(messages, part) for name, part in said.parts} if said.parts else text


def _part(messages: Messages, part: Part) -> str:
    if isinstance(part, dt.date):
        return date_text(messages, part)
    if isinstance(part, AnyOf):
        return str(format_list(part.names, style="or", locale=messages.locale))
    if isinstance(part, tuple):
        return messages.gettext(", and ").join(said_text(messages, each) for each in part)
    return part if isinstance(part, str) else said_text(messages, part)


def _day(messages: Messages, day: dt.date, format: str = "day") -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), date_text(messages, day, format))


def _names(messages: Messages, people: Iterable[Named]) -> str:
    return str(format_list([person.name for person in people], locale=messages.locale))


def _named(messages: Messages, person: Named) -> Markup:
    role = word(messages, "role", person.role)
    return Markup("{} ({})").format(person.name, role) if role else escape(person.name)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _size(messages: Messages, count: int) -> str:
    if count >= 1_000_000:
        return f"{number_text(messages, round(count / 1_000_000, 1))} MB"
    return f"{number_text(messages, max(1, round(count / 1000)))} kB"


def _tel(number: str) -> str:
    """Return the `tel:` address of a number as it is written in the United States."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\s*(?:ext|x)\.?\s*", number)[0])
    if len(digits) == 10:
        digits = "1" + digits
    return f"tel:+{digits}"
