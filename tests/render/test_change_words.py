from __future__ import annotations

import json

import pytest
from markupsafe import Markup, escape

from site_builder.base.changes import BODY, Change, How, Part
from site_builder.base.field_titles import field_title
from site_builder.base.resources import folder
from site_builder.render.change_nouns import CHOICES, ENTRIES, FIELDS, ITEMS
from site_builder.render.change_words import ChangeWords, filled_markup
from site_builder.render.i18n import Messages
from site_builder.render.vocabulary import WORDS
from site_builder.source.layout import KINDS

ENGLISH, SPANISH = ChangeWords(Messages("en")), ChangeWords(Messages("es"))
NOT_KEPT = {"proposal", "common"}
"""Schemas of what is no record of a store."""


def changed(*parts: Part, kind: str = "objective", **more: str) -> Change:
    return Change(kind=kind, how=How.CHANGED, id="weld", title="Learn to weld", parts=parts, **more)  # type: ignore[arg-type]


def titles() -> set[str]:
    found: set[str] = set()

    def walk(schema: dict[str, dict[str, dict[str, object]]]) -> None:
        for each in schema.get("properties", {}).values():
            found.add(str(each["title"]))
            walk(each.get("items", each))  # type: ignore[arg-type]

    for path in folder("schemas").glob("*.schema.json"):
        if path.name.split(".")[0] not in NOT_KEPT:
            walk(json.loads(path.read_text("utf-8")))
    return found


def test_every_field_of_every_form_has_a_name_in_both_languages() -> None:
    assert titles() == set(FIELDS)


def test_every_kind_of_entry_has_a_name() -> None:
    assert {each.name for each in KINDS} <= set(ENTRIES)


def test_every_list_of_entries_has_a_name_for_its_items() -> None:
    wanted = set()
    for kind in KINDS:
        schema = json.loads((folder("schemas") / f"{kind.name}.schema.json").read_text("utf-8"))
        wanted |= {
            (kind.name, key) for key, each in schema["properties"].items() if "properties" in each.get("items", {})
        }
    assert wanted <= set(ITEMS)


def test_the_tables_of_choices_are_there() -> None:
    assert set(CHOICES.values()) <= set(WORDS)


@pytest.mark.parametrize(
    ("part", "english", "spanish"),
    [
        (Part(field=("suggested_on",), how=How.CHANGED), "suggested on changed", None),
        (
            Part(field=("status",), how=How.CHANGED, old="on-track", new="needs-help"),
            "on track → needs help",
            "va bien → necesita ayuda",
        ),
        (
            Part(field=("steps",), how=How.ADDED, item="Call", new={"what": "Call"}),
            "step *Call* added",
            "se agregó el paso *Call*",
        ),
        (
            Part(field=("steps", "due"), how=How.CHANGED, item="Call", old="2026-10-03", new="2026-10-05"),
            "step *Call*: due: Oct 3, 2026 → Oct 5, 2026",
            "el paso *Call*: fecha límite: 3 oct 2026 → 5 oct 2026",
        ),
        (Part(field=("steps",), how=How.MOVED), "steps in another order", "otro orden: pasos"),
        (Part(field=("beyond_school_means",), how=How.ADDED, new=True), "beyond the school's means: yes", None),
        (Part(field=("suggested_on",), how=How.REMOVED, old="2026-10-03"), "suggested on taken out", None),
        (Part(field=(BODY,), how=How.CHANGED), "the words were changed", "se cambió el texto"),
    ],
)
def test_sentences(part: Part, english: str, spanish: str | None) -> None:
    assert ENGLISH.sentence(changed(part)) == f"objective *Learn to weld*: {english}"
    if spanish is not None:
        assert SPANISH.sentence(changed(part)) == f"el objetivo *Learn to weld*: {spanish}"


def test_what_is_not_there_is_not_spoken_of() -> None:
    known = changed(Part(field=("statement",), how=How.CHANGED, new="Weld"))
    unknown = changed(Part(field=("statement",), how=How.CHANGED))
    assert ENGLISH.sentence(known) == "objective *Learn to weld*: statement: *Weld*"
    assert ENGLISH.sentence(unknown) == "objective *Learn to weld*: statement changed"


def test_long_words_and_many_changes_are_cut() -> None:
    parts = [Part(field=("steps",), how=How.ADDED, item=f"{n} " + "word " * 40) for n in range(9)]
    sentence = ENGLISH.sentence(changed(*parts))
    assert sentence.endswith("; 3 more changes")
    assert all(len(each) < 120 for each in sentence.split("; "))


def test_another_school_year_is_named() -> None:
    words = ChangeWords(Messages("en"), current_year="2026-27")
    assert words.sentence(changed(year="2025-26")) == (
        "objective *Learn to weld* (2025-26): written in another way, with the same content"
    )


def test_days_and_terms_in_titles() -> None:
    conference = Change(kind="conference", how=How.ADDED, id="a", title="2026-10-14")
    card = Change(kind="report-card", how=How.ADDED, id="fall", title="fall")
    assert ENGLISH.sentence(conference) == "conference of Oct 14, 2026 added"
    assert SPANISH.sentence(conference) == "se agregó la reunión del 14 oct 2026"
    assert ENGLISH.sentence(card) == "report card of Fall added"
    assert ENGLISH.sentence(Change(kind="conference", how=How.ADDED, id="a", title="2026-99-14")).endswith("added")


def test_html_is_escaped_whatever_a_record_says() -> None:
    words = ChangeWords(
        Messages("en", {"objective %(title)s": "<b>"}),
        quote=lambda text, _: Markup("<q>{}</q>").format(text),
        fill=filled_markup,
        person=lambda each: f"<{each}>",
    )
    bad = "<script>%(x)s %s {0}</script>"
    parts = (
        Part(field=("statement",), how=How.CHANGED, old=bad, new=bad),
        Part(field=("suggested_by",), how=How.CHANGED, old="a", new="b"),
        Part(field=("<i>",), how=How.ADDED, new=bad),
    )
    sentence = words.sentence(Change(kind="objective", how=How.CHANGED, title=bad, id="x", parts=parts))
    assert isinstance(sentence, Markup)
    assert "<script>" not in sentence
    assert "<i>" not in sentence
    assert str(escape(bad)) in sentence
    assert "&lt;a&gt; → &lt;b&gt;" in sentence


def test_a_title_is_that_of_the_form() -> None:
    assert field_title("objective", ("steps", "done_on")) == "Done on"
    assert field_title("objective", ("no-such",)) == ""
    assert field_title("no-such-kind", ("a",)) == ""
