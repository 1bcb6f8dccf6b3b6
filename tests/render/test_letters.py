"""The characters that the bundled fonts have, and what becomes of others."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from site_builder.render.letters import MissingLetters, fonts, has, missing_letters, respell
from tests.render.example_site import copy_for_everyone

ALPHABETS = {
    "spanish": "áéíóúüñ¿¡ªº«»",
    "navajo": "ąęįǫáéíóńł" + "ą\u0301ę\u0301į\u0301ǫ\u0301" + "ʼ’",
    "vietnamese": "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "hawaiian and samoan": "āēīōūʻ‘",
    "french, german, portuguese": "àâæçèêëîïôœùûÿßäöãõ",
    "polish, czech, turkish": "ąćęłńśźżčďěňřšťůžğışİ",
    "greek and cyrillic": "αβγδΩабвгдяёїі",
    "arabic and hebrew": "ابتثجحخدذرزسشصضטיכלמנ",
    "signs": "€£½¾°±×÷–—…•·→✓★☐☑●◐○✕™©®",
    "emoji": "👍🎉😀🎓🐾❤️",
}


@pytest.mark.parametrize("name", ALPHABETS)
def test_the_fonts_have_these(name: str) -> None:
    text = ALPHABETS[name]
    both = {*text, *unicodedata.normalize("NFC", text), *unicodedata.normalize("NFD", text)}
    assert {each for each in both if not has(each)} == set()


def test_what_shows_nothing_needs_no_letter() -> None:
    assert all(map(has, " \n\t\u00a0\u200b\u200d\u00ad\ufe0f"))


@pytest.mark.parametrize("character", ["ა", "Ꭰ", "ᠮ", "අ", "ꆈ", "\U0001f9ff\U000f0000"[1], "\ue000"])
def test_other_scripts_and_private_signs_are_known_to_be_missing(character: str) -> None:
    assert not has(character)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("Ana", ["Ana"]),
        ("Ánh ở đây", ["Ánh ở đây"]),
        ("ა", [{"is": "missing", "code": "U+10D0"}]),
        ("aაb", ["a", {"is": "missing", "code": "U+10D0"}, "b"]),
        ("\U0002a6d6!", [{"is": "missing", "code": "U+2A6D6"}, "!"]),
    ],
)
def test_a_missing_letter_becomes_its_number(text: str, pieces: list[object]) -> None:
    assert respell(text) == pieces


def test_missing_letters_are_found_with_their_file_and_each_once() -> None:
    copy = copy_for_everyone()
    year = copy.file.years[0]
    goal = replace(year.objectives[0], statement="ა and აბ")
    people = (replace(copy.file.people[0], address="Ꭰ 1"), *copy.file.people[1:])
    file = replace(copy.file, people=people, years=(replace(year, objectives=(goal,)), *copy.file.years[1:]))
    assert missing_letters(replace(copy, file=file)) == (
        MissingLetters(f"participants/{people[0].id}.yaml", "Ꭰ"),
        MissingLetters(f"{year.id}/objectives/{goal.id}.yaml", "აბ"),
    )


def test_a_copy_in_our_letters_lacks_none() -> None:
    assert missing_letters(copy_for_everyone()) == ()


def test_the_fonts_come_with_their_licence() -> None:
    text = (fonts() / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Reserved Font Name" not in text.partition("PREAMBLE")[0]
    assert len(list(fonts().glob("*.ttf"))) == 11
