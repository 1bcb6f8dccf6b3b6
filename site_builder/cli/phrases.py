"""The words of summaries in the language that `--lang` asks for: choice words as on the pages, dates, and headings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_date
from babel.numbers import format_decimal

from site_builder.render.i18n import Messages
from site_builder.render.vocabulary import word

LANGUAGES = ("en", "es")

_SPANISH: Mapping[str, str] = {
    "grade {}": "grado {}",
    "number {}": "número {}",
    "born {}": "nacimiento: {}",
    "People": "Personas",
    "Objectives": "Objetivos",
    "Credits": "Créditos",
    "Conferences": "Reuniones",
    "Open requests": "Solicitudes sin respuesta",
    "Papers": "Documentos",
    "since {}": "desde {}",
    "until {}": "hasta {}",
    "not any more": "ya no participa",
    "not yet": "todavía no",
    "rights changed by a court order": "derechos cambiados por orden judicial",
    "protected address: pass nothing on": "dirección protegida: no la comparta",
    "steps done: {} of {}": "pasos hechos: {} de {}",
    "no steps yet": "todavía sin pasos",
    "beyond the school's means": "más allá de los medios de la escuela",
    "{} of {} earned, {} in progress, {} planned": "{} de {} obtenidos, {} en curso, {} planeados",
    "{} without a course": "faltan {} por elegir",
    "begin by grade {}, {}": "empezar a más tardar en el grado {}, {}",
    "too few courses are left for it": "ya no quedan cursos suficientes",
    "the credits of grade {} at another school are not entered yet": (
        "aún no se registran los créditos del grado {} de otra escuela"
    ),
    "held {}": "celebrada el {}",
    "on {}": "el {}",
    "declined {}": "rechazada el {}",
    "offered {}, no date yet": "ofrecida el {}, sin fecha",
    "asked for {}, no date yet": "solicitada el {}, sin fecha",
    "no date yet": "sin fecha",
    "referred {}": "enviada el {}",
    "As saved on {}": "Como se guardó el {}",
    "open": "abierto",
    "confidential": "confidencial",
    "nothing": "nada",
    "not enrolled in {}": "no inscrito en {}",
    "left {}": "salió el {}",
    "{} errors in this file": "{} errores en este expediente",
    "1 error in this file": "1 error en este expediente",
    "`sep check {}` shows what is to be done": "`sep check {}` muestra lo que falta por hacer",
}
"""The phrases of `sep show`; each `{}` is filled in order."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words in one language, with the school's own terms."""

    messages: Messages

    @classmethod
    def of(cls, language: str, labels: Mapping[str, str]) -> Phrases:
        """Return the words in `language` (one of `LANGUAGES`), where `labels` are the school's own terms."""
        return cls(Messages(language, labels))

    def phrase(self, text: str, *parts: object) -> str:
        """Return the phrase `text` in this language, its gaps filled with `parts`."""
        known = _SPANISH[text] if self.messages.language == "es" else text
        return known.format(*parts)

    def word(self, field: str, choice: str) -> str:
        """Return the word that the pages show for `choice` of `field`."""
        return word(self.messages, field, choice)

    def term(self, text: str) -> str:
        """Return a term of the trade (`SEP`), or the school's own word for it."""
        return self.messages.gettext(text)

    def day(self, date: dt.date) -> str:
        """Return a date in words."""
        return format_date(date, "medium", locale=self.messages.locale)

    def number(self, number: float) -> str:
        """Return a number of credits."""
        return format_decimal(number, "0.##", locale=self.messages.locale)
