from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from site_builder.access.view import SchoolView
from site_builder.render.cover_letter import Handed, render_hand_over, render_letters, render_words
from tests.render import example_site as example

SCHOOL = example.parent_site().school
MARIA = Handed("Maria Rivera", "es-MX", "maria-rivera.html", "abacus zoom cafe latte ivory unify")
LONGEST = Handed(
    "Guadalupe Esperanza Hernández de la Cruz y Villanueva-Montgomery",
    "en",
    "guadalupe-esperanza-hernandez-de-la-cruz-y-villanueva-montgom.html",
    "viewpoint upscale unpicked unwritten unsolved unwelcome",
)
Render = Callable[[SchoolView, tuple[Handed, ...], str], bytes]
SHEETS: dict[str, Render] = {
    "letters": lambda school, handed, paper: render_letters(school, handed, example.ON, paper),
    "words": lambda school, handed, paper: render_words(school, handed, example.ON, paper),
}


def test_the_readers_language_stands_in_front() -> None:
    html = render_letters(SCHOOL, (MARIA, LONGEST), example.ON).decode()
    assert re.findall(r'class="page" lang="(\w+)"', html) == ["es", "en", "en", "es"]
    assert html.index("Páginas privadas para Maria Rivera") < html.index("Private pages for Maria Rivera")


def test_letter_and_list_hold_no_words_and_the_sheet_holds_them_in_order() -> None:
    others = render_letters(SCHOOL, (MARIA,), example.ON) + render_hand_over(
        SCHOOL, (MARIA,), example.ON, "en", "letter"
    )
    assert not [word for word in MARIA.phrase.split() if f">{word}<".encode() in others]
    assert MARIA.phrase.encode() not in others
    words = render_words(SCHOOL, (MARIA,), example.ON).decode()
    assert re.findall(r"<li>(\w+)</li>", words) == MARIA.phrase.split() * 2


def test_the_list_has_a_line_to_sign_for_each_in_the_schools_language() -> None:
    html = render_hand_over(SCHOOL, (MARIA, LONGEST), example.ON, "es", "a4").decode()
    assert "Entrega de archivos sellados" in html
    assert html.count('<th scope="row">') == 2
    assert "24 de noviembre de 2026" in html or "24 nov 2026" in html


def test_a_name_is_text() -> None:
    bad = replace(MARIA, name="<script>alert(1)</script>", file="<b>.html")
    made = [
        *(render(SCHOOL, (bad,), "letter") for render in SHEETS.values()),
        render_hand_over(SCHOOL, (bad,), example.ON, "en", "letter"),
    ]
    for html in made:
        assert b"<script" not in html
        assert b"<b>" not in html
        assert b"&lt;script&gt;" in html
