"""Binders in the scripts of the extra `letters`, and the same binders where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from site_builder.access.view import Words
from site_builder.publish.binder_keys import program
from site_builder.publish.typeset import Paper, Typeset, Typesetter
from site_builder.render import more_letters
from site_builder.render.binder_data import BinderData, binder_data
from site_builder.render.letters import has, rare
from site_builder.render.more_letters import complete, fonts_with, installed
from tests.publish.pdf_reading import opened, pages, structure
from tests.render.example_site import copy_for_everyone

WORDS = {
    "zh": "她叫王小明，喜欢数学。",
    "zh-Hant": "她叫王小明，喜歡數學。",
    "ja": "山田花子は直線を引く。",
    "ko": "김민준은 수학을 좋아합니다.",
    "km": "សួស្តី ភាសាខ្មែរ",
    "th": "สวัสดี ภาษาไทย",
    "lo": "ສະບາຍດີ",
    "my": "မင်္ဂလာပါ",
    "hi": "नमस्ते हिन्दी",
    "bn": "নমস্কার বাংলা",
    "ta": "வணக்கம் தமிழ்",
    "te": "నమస్కారం తెలుగు",
    "am": "ሰላም አማርኛ",
}

extra = pytest.mark.skipif(not complete(), reason="the extra `letters` is not installed: pip install -e '.[letters]'")


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make it a computer on which the extra is not installed."""
    monkeypatch.setattr(more_letters, "_PACKS", {"a_pack_that_nobody_has": ("Noto Sans SC",)})
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    installed.cache_clear()
    program.cache_clear()


def note(language: str, text: str) -> BinderData:
    copy = copy_for_everyone()
    year = copy.file.years[0]
    one = replace(year.progress[0], words=Words(f"{text}\n\n**{text}**", language, year.progress[0].words.folder))
    file = replace(copy.file, years=(replace(year, progress=(one,)), *copy.file.years[1:]))
    return binder_data(replace(copy, file=file, sections=("progress",), whole=False))


def fonts_of(made: Typeset) -> set[str]:
    """Return the names of the families in the PDF."""
    names: set[str] = set()
    for page in opened(made.pdf).pages:
        resources: Any = page["/Resources"]
        names |= {str(font.get_object()["/BaseFont"]) for font in resources.get("/Font", {}).values()}
    return {name.partition("+")[2].partition("-")[0] for name in names}


@extra
@pytest.mark.parametrize("language", WORDS)
def test_words_in_this_script_are_printed_tagged_and_without_a_number_in_a_box(language: str) -> None:
    text = WORDS[language]
    data = note(language, text)
    assert data.missing == ()
    made = Typesetter().typeset(data)
    printed = "".join(pages(made.pdf))
    assert set(text.replace(" ", "")) <= set(printed)
    assert "U+" not in printed
    assert structure(made.pdf).inside
    assert "NotoSans" in fonts_of(made)


@extra
@pytest.mark.parametrize("language", ["zh", "ja", "ko"])
def test_words_in_it_can_be_copied_as_they_were_written(language: str) -> None:
    printed = "".join("".join(pages(Typesetter().typeset(note(language, WORDS[language])).pdf)).split())
    assert printed.count("".join(WORDS[language].split())) == 2


@extra
@pytest.mark.parametrize(
    ("language", "family"),
    [("zh", "NotoSansSC"), ("zh-Hant", "NotoSansTC"), ("ja", "NotoSansJP"), ("en", "NotoSansSC")],
)
def test_one_letter_has_the_form_of_its_language(language: str, family: str) -> None:
    used = fonts_of(Typesetter().typeset(note(language, "直")))
    assert {each for each in used if each[8:] in {"SC", "TC", "JP", "KR"}} == {family}


@extra
def test_the_extra_is_asked_for_nothing_that_the_bundled_fonts_have() -> None:
    assert [each.family for each in fonts_with("가")] == ["Noto Sans KR"]
    assert rare("Ana ąęį Ω я ש ع 👍 ✓ \u200d") == set()
    assert fonts_with(rare("Ana 👍")) == ()


@extra
def test_one_typesetter_sets_binders_with_and_without_it_in_turn() -> None:
    plain, other = note("en", "She likes math."), note("ko", WORDS["ko"])
    turns = Typesetter()
    made = [turns.typeset(each).pdf for each in (plain, other, plain, other)]
    assert made[0] == made[2] == Typesetter().typeset(plain).pdf
    assert made[1] == made[3] == Typesetter().typeset(other).pdf


@extra
def test_a_binder_that_needs_none_of_it_has_the_same_bytes_without_it(request: pytest.FixtureRequest) -> None:
    data = binder_data(copy_for_everyone())
    with_it = Typesetter().typeset(data, Paper(archive=True)).pdf
    request.getfixturevalue("without")
    assert Typesetter().typeset(data, Paper(archive=True)).pdf == with_it


@extra
def test_the_extra_is_in_the_key_of_a_binder(request: pytest.FixtureRequest) -> None:
    before = program()
    request.getfixturevalue("without")
    assert program() != before


@extra
@pytest.mark.parametrize("language", WORDS)
def test_the_fonts_have_every_letter_of(language: str) -> None:
    assert all(map(has, WORDS[language]))


@pytest.mark.usefixtures("without")
def test_without_the_extra_its_letters_are_missing_and_numbered() -> None:
    data = note("zh", "王")
    assert [each.characters for each in data.missing] == ["王"]
    assert "U+738B" in "".join(pages(Typesetter().typeset(data).pdf))
    assert not complete()
