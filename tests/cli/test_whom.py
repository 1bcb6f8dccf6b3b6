from __future__ import annotations

import pytest

from site_builder.base.errors import WrongUse
from site_builder.cli.whom import find_whom

KNOWN = {
    "maria-rivera": ("María Rivera", "mother"),
    "jorge-rivera": ("Jorge Rivera", "father"),
    "rivera": ("Pat Stone", "Principal"),
    "lee": ("Marcus Lee", "Teacher"),
    "lee-2": ("Marcus Lee", "father"),
}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("maria-rivera", "maria-rivera"),
        ("maria rivera", "maria-rivera"),
        (" Jorge ", "jorge-rivera"),
        ("rivera", "rivera"),
        ("LEE", "lee"),
        ("Rivera Maria", "maria-rivera"),
    ],
)
def test_an_id_comes_before_a_name_and_a_name_before_some_words_of_one(text: str, person: str) -> None:
    assert find_whom(KNOWN, text, "nobody") == person


def test_where_several_fit_they_are_listed_or_asked_for() -> None:
    with pytest.raises(WrongUse, match="2 people fit `Marcus Lee`") as found:
        find_whom(KNOWN, "Marcus Lee", "nobody")
    assert found.value.way_out.splitlines()[1:] == ["Marcus Lee - Teacher - lee", "Marcus Lee - father - lee-2"]
    assert find_whom(KNOWN, "marcus", "nobody", lambda _, lines: len(lines) - 1) == "lee-2"


@pytest.mark.parametrize("text", ["", "  ", "-", "zed", "../sites"])
def test_where_nobody_fits_that_is_said(text: str) -> None:
    with pytest.raises(WrongUse, match="nobody is called so") as found:
        find_whom(KNOWN, text, "nobody is called so")
    assert found.value.way_out.startswith("give the name")


def test_the_nearest_name_is_offered() -> None:
    with pytest.raises(WrongUse) as found:
        find_whom(KNOWN, "Jorje Rivera", "nobody")
    assert "did you mean `jorge-rivera`, Jorge Rivera?" in found.value.way_out


def test_a_long_list_is_cut() -> None:
    many = {f"smith-{number}": ("Ann Smith", "mother") for number in range(30)}
    with pytest.raises(WrongUse) as found:
        find_whom(many, "smith", "nobody")
    assert found.value.way_out.splitlines()[-1] == "... 10 more"
