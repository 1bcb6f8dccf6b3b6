"""Occupations are found by the words that people use, and by their codes (policy: P4)."""

from __future__ import annotations

import re

import pytest

from site_builder.model.likeness import kin, likeness
from site_builder.model.occupations import find_occupations, occupation, occupations


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("weld", "51-4121.00"),
        ("WELDERS", "51-4121.00"),
        ("welding", "51-4121.00"),
        ("registered nurse", "29-1141.00"),
        ("lawyer", "23-1011.00"),
        ("rancher", "11-9013.00"),
        ("preschool teachers", "25-2011.00"),
        ("chéf", "35-1011.00"),
        ("diesel mechanic", "49-3031.00"),
        ("51-4121", "51-4121.00"),
        ("51-4121.00", "51-4121.00"),
    ],
)
def test_words_find_an_occupation(words: str, code: str) -> None:
    assert code in [each.code for each in find_occupations(words)[:3]]


def test_the_nearest_comes_first() -> None:
    assert find_occupations("weld")[0].title == "Welders, Cutters, Solderers, and Brazers"
    assert find_occupations("network administrator")[0].code == "15-1244.00"
    assert find_occupations("nursing assistant")[0].code == "31-1131.00"


def test_a_word_of_the_descriptions_alone_still_finds() -> None:
    assert not any("horse" in each.title.lower() for each in occupations().values())
    found = find_occupations("horses")
    assert found
    assert all("horses" in each.description for each in found)


@pytest.mark.parametrize("words", ["", "   ", "!!!", "xyzzy", "weld xyzzy", "99-9999"])
def test_what_is_nowhere_is_not_found(words: str) -> None:
    assert find_occupations(words) == []


def test_a_code_without_detail_stands_for_the_occupation_itself() -> None:
    assert occupation("51-4121") == occupation("51-4121.00")
    assert occupation("29-1141.03") is not None
    assert occupation("51-4121.77") is None


def test_the_table_is_whole() -> None:
    assert len(occupations()) == 1016
    assert list(occupations()) == sorted(occupations())
    for each in occupations().values():
        assert re.fullmatch(r"\d{2}-\d{4}\.\d{2}", each.code)
        assert each.title == each.title.strip() != ""
        assert each.description.endswith((".", ")")), each


@pytest.mark.parametrize(
    ("own", "official", "same"),
    [
        ("Structural welder", "Welders, Cutters, Solderers, and Brazers", True),
        ("Preschool teachers", "Preschool Teachers, Except Special Education", True),
        ("Vet", "Veterinarians", True),
        ("Welder", "Lawyers", False),
        ("Teacher of the deaf", "Surgeons, All Other", False),
    ],
)
def test_kinship_of_titles(own: str, official: str, same: bool) -> None:
    assert kin(own, official) is same


def test_a_title_with_few_other_words_is_nearer() -> None:
    assert likeness("lawyer", "Lawyers") > likeness("lawyer", "Clerks of lawyers and judges") > 0
    assert likeness("lawyer judge", "Lawyers") == 0
