from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from site_builder.access.said import AnyOf, said
from site_builder.render.environment import date_text, environment, grade_text, number_text
from site_builder.render.i18n import Messages, catalogue_path
from site_builder.render.vocabulary import WORDS, word
from tests.render.catalogue import messages_in_source
from tests.render.example_site import ON


def spanish() -> Catalog:
    with catalogue_path("es").open("rb") as source:
        return read_po(source, locale="es")


def test_spanish_says_everything_and_nothing_that_is_gone() -> None:
    wanted = {(message.id, message.context) for message in messages_in_source() if message.id}
    kept = {(message.id, message.context) for message in spanish() if message.id}
    assert len(wanted) > 200
    assert wanted - kept == set()
    assert kept - wanted == set()


def forms(said: object) -> list[str]:
    """Return the forms of a message, singular first; one where it has no plural."""
    return [str(form or "") for form in said] if isinstance(said, tuple | list) else [str(said or "")]


def test_spanish_has_no_gap_and_no_guess() -> None:
    for message in spanish():
        if message.id:
            assert all(forms(message.string)), message.id
            assert not message.fuzzy, message.id


def test_the_gaps_of_a_sentence_are_the_same_in_spanish() -> None:
    gaps = re.compile(r"%\(\w+\)s|\{\w+\}")
    for message in spanish():
        if message.id:
            wanted = set(gaps.findall(forms(message.id)[-1]))
            said = [set(gaps.findall(form)) for form in forms(message.string)]
            assert said[-1] == wanted, message.id
            assert all(each <= wanted for each in said), message.id


@pytest.mark.parametrize(
    ("wanted", "had"),
    [
        ("en", "en"),
        ("es", "es"),
        ("es-MX", "es"),
        ("ES_us", "es"),
        ("vi", "en"),
        ("nv", "en"),
        ("", "en"),
        ("../x", "en"),
    ],
)
def test_a_language_falls_back_to_english(wanted: str, had: str) -> None:
    assert Messages(wanted).language == had


def test_plurals_and_titles() -> None:
    messages = Messages("es")
    one, many = "%(count)s student", "%(count)s students"
    assert messages.ngettext(one, many, 1) == "%(count)s estudiante"
    assert messages.ngettext(one, many, 2) == "%(count)s estudiantes"
    assert messages.translated("Mathematics") == "Matemáticas"
    assert messages.translated("Sheep care") == "Sheep care"
    assert messages.translated("") == ""


def test_dates_and_numbers_are_written_as_people_write_them() -> None:
    english, spanish = Messages("en"), Messages("es")
    assert date_text(english, ON) == "November 24, 2026"
    assert date_text(english, ON, "weekday") == "Tuesday, Nov 24"
    assert date_text(spanish, ON) == "24 de noviembre de 2026"
    assert date_text(spanish, ON, "weekday") == "martes 24 de nov"
    assert [number_text(english, value) for value in (0.5, 24.0, 0.25, 1234.5)] == ["0.5", "24", "0.25", "1,234.5"]
    assert grade_text(spanish, 9) == "Grado 9"
    assert grade_text(spanish, None) == ""


def test_every_choice_has_a_word_and_others_stay() -> None:
    messages = Messages("es")
    for field, choices in WORDS.items():
        for choice in choices:
            assert word(messages, field, choice)
            assert word(messages, field, choice) != choice or choice in {"personal"}
    assert word(messages, "role", "Bus driver") == "Bus driver"


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("435-555-0160", "tel:+14355550160"),
        ("(435) 555-0160 ext. 12", "tel:+14355550160"),
        ("435.555.0160 x4", "tel:+14355550160"),
        ("+52 55 1234 5678", "tel:+525512345678"),
    ],
)
def test_telephones_can_be_dialled(number: str, address: str) -> None:
    assert environment("en", {}).filters["tel"](number) == address


def test_one_environment_serves_a_language() -> None:
    assert environment("es", {}) is environment("es-MX", {})
    assert environment("es", {}) is not environment("es", {"SEP": "ILP"})


def test_reasons_are_said_in_the_readers_language() -> None:
    lacking = (said("expired on %(day)s", day=ON), said("does not cover this reader"))
    text = "The consent of the custodian (%(who)s) %(state)s"
    reason = said(text, who=AnyOf(("Ada Bell", "Lee 100%", "Ana Ríos")), state=lacking)
    assert str(reason) == (
        "The consent of the custodian (Ada Bell, Lee 100% or Ana Ríos) expired on November 24, 2026, "
        "and does not cover this reader"
    )
    assert environment("es", {}).filters["said"](reason) == (
        "El consentimiento del custodio (Ada Bell, Lee 100% o Ana Ríos) venció el 24 de noviembre de 2026 "
        "y no incluye a esta persona"
    )
    nobody = said(text, who=said("the staff directory names none who is not affected"), state=(said("is missing"),))
    assert "(el directorio del personal no nombra a ninguno" in environment("es", {}).filters["said"](nobody)
