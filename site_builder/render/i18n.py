"""Labels in the reader's language: gettext catalogues read at run time, and a school's own terms above them."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from site_builder.base.resources import folder

SOURCE_LANGUAGE = "en"
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LOCALES = {"en": "en_US", "es": "es_US"}


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of `language` stands, whether or not it exists."""
    return folder("templates") / "locale" / language / "LC_MESSAGES" / "sep.po"


def base_language(tag: str) -> str:
    """Return the primary subtag of a BCP 47 tag: `es` of `es-MX`."""
    return tag.strip().lower().replace("_", "-").split("-")[0]


@lru_cache(maxsize=1024)
def language_attribute(page: str, tag: str) -> Markup:
    """Return the attribute of words in another language than the page's; nothing for the same one or for no tag."""
    if not _LANGUAGE_TAG.fullmatch(tag) or base_language(tag) == page:
        return Markup("")
    return Markup(' lang="{}"').format(tag)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    path = catalogue_path(language)
    if language == SOURCE_LANGUAGE or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=4096)
def decimal_text(value: float, pattern: str, locale: Locale) -> str:
    """Return a number as a language writes it, by a pattern of CLDR; a page has the same few hundreds of times."""
    return format_decimal(value, format=pattern, locale=locale)


class Messages:
    """The labels of one language, with a school's own terms: what `gettext` is to a page.

    `language` is the language that the labels really have: a language without a catalogue falls back to English.
    `labels` replaces whole terms (`{"SEP": "Individual Learning Plan"}`) in every language, but no sentence with gaps.
    """

    def __init__(self, language: str, labels: Mapping[str, str] | None = None) -> None:
        wanted = base_language(language)
        known = wanted in _LOCALES and (wanted == SOURCE_LANGUAGE or catalogue_path(wanted).is_file())
        self.language = wanted if known else SOURCE_LANGUAGE
        self.locale = Locale.parse(_LOCALES[self.language])
        self._labels = {term: own for term, own in (labels or {}).items() if own and "%" not in term}
        self._translations = _translations(self.language)

    def gettext(self, message: str) -> str:
        """Return `message` in this language, or the school's own term for it."""
        return self._labels.get(message) or self._translations.gettext(message)

    def template_gettext(self, message: str) -> str:
        """Return the same for a template, which takes every message for safe HTML with gaps to fill in.

        The catalogues are ours and are so; a school's own term is escaped, and its `%` is no gap.
        """
        own = self._labels.get(message)
        return self._translations.gettext(message) if own is None else str(escape(own)).replace("%", "%%")

    def translated(self, text: str) -> str:
        """Return a school's own title (of a subject, of a term with its year) where the catalogue knows it."""
        name, _, year = text.rpartition(" ")
        if name and year.isdecimal():
            return f"{self.gettext(name)} {year}"
        return self.gettext(text) if text else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of the message that goes with `n`."""
        return self._translations.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        """Return `message` as it reads in `context`."""
        return self._translations.pgettext(context, message)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """Return the form that goes with `n`, as it reads in `context`."""
        return self._translations.npgettext(context, singular, plural, n)
