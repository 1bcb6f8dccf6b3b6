"""What goes with a sealed file on paper: the letter, the words on their own sheet, the hand-over list (policy: P35).

Each is a page to print. A letter and a sheet with words are two pages, front and back of one sheet of paper, in the
reader's language and in the other one: printed on both sides, no sheet holds anything of two people.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from site_builder.access.view import SchoolView
from site_builder.base.resources import folder
from site_builder.render.environment import environment
from site_builder.render.i18n import Messages

_LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Handed:
    """One sealed file to hand over: whose it is, their language (BCP 47), the file's name, the six words."""

    name: str
    language: str
    file: str
    phrase: str


def render_letters(school: SchoolView, handed: Sequence[Handed], on: dt.date, paper: str = "letter") -> bytes:
    """Return the letters that say how to open each file, without the words; two pages a person (policy: P35)."""
    return _sheets("letters/letter.html", school, handed, on, paper)


def render_words(school: SchoolView, handed: Sequence[Handed], on: dt.date, paper: str = "letter") -> bytes:
    """Return the sheets with the words, nothing else on them; two pages a person (policy: P35)."""
    return _sheets("letters/words.html", school, handed, on, paper)


def render_hand_over(school: SchoolView, handed: Sequence[Handed], on: dt.date, language: str, paper: str) -> bytes:
    """Return the list on which each person signs for their file, in the school's `language` (policy: P35)."""
    made = environment(language, school.labels).get_template("letters/hand_over.html")
    return made.render(school=school, handed=handed, on=on, **_look(paper)).encode()


def _sheets(template: str, school: SchoolView, handed: Sequence[Handed], on: dt.date, paper: str) -> bytes:
    pages: list[Markup] = []
    for each in handed:
        for language in _both(each.language):
            page = environment(language, school.labels).get_template(template)
            pages.append(Markup(page.render(school=school, to=each, on=on)))  # noqa: S704 - the template escapes
    frame = environment(_LANGUAGES[0], school.labels).get_template("letters/sheets.html")
    return frame.render(school=school, pages=pages, **_look(paper)).encode()


def _both(language: str) -> tuple[str, str]:
    first = Messages(language).language
    return first, next(each for each in _LANGUAGES if each != first)


def _look(paper: str) -> dict[str, object]:
    size = {"letter": "letter", "a4": "A4"}[paper]
    style = f"@page {{ size: {size}; margin: 18mm 20mm; }}\n" + _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "style_hash": digest}  # noqa: S704 - our own sheet


@cache
def _style() -> str:
    return (folder("templates") / "letters" / "letters.css").read_text(encoding="utf-8")
