from __future__ import annotations

import hashlib
from itertools import pairwise
from math import log2

import pytest

from site_builder.base.resources import folder
from site_builder.publish.passphrase import WORDS, draw_phrase, is_phrase, normalised, word_list


def test_the_list_is_the_one_that_was_published() -> None:
    content = (folder("data") / "eff_large_wordlist.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e"


def test_six_words_are_at_least_77_bits() -> None:
    assert len(set(word_list())) == len(word_list()) == 7772
    assert WORDS * log2(len(word_list())) > 77


def test_no_word_begins_another_so_that_spaces_carry_nothing() -> None:
    words = sorted(word_list())
    assert [(one, other) for one, other in pairwise(words) if other.startswith(one)] == []
    assert all(normalised(word) == word.encode() for word in words)


def test_a_phrase_is_drawn_from_the_whole_list() -> None:
    asked: list[int] = []

    def last(words: object) -> str:
        assert words is word_list()
        asked.append(1)
        return word_list()[-1]

    assert draw_phrase(last) == " ".join(["zoom"] * 6)
    assert len(asked) == 6
    assert len({draw_phrase() for _ in range(200)}) == 200
    assert all(is_phrase(draw_phrase()) for _ in range(50))


@pytest.mark.parametrize(
    "typed",
    [
        "abacus zoom cafe latte ivory unify",
        "  ABACUS  Zoom\tcafé\nlatté ivory-unify. ",
        "abacuszoomcafelatteivoryunify",
        "Abacus, Zoom, Cafe, Latte, Ivory, Unify",
        "1 abacus 2 zoom 3 cafe 4 latte 5 ivory 6 unify",
        "\N{FULLWIDTH LATIN SMALL LETTER A}bacus zoom cafe\N{NO-BREAK SPACE}latte ivory unify",
        "abacus zoom cafe latte \N{LATIN CAPITAL LETTER I WITH DOT ABOVE}vory unify",
        "abacus zoom cafe\N{COMBINING ACUTE ACCENT} latte ivory uni\N{SOFT HYPHEN}fy",
        "abacus zoom cafe latte ivory un\N{MATHEMATICAL BOLD SMALL I}fy",
        "abacus zoom ca\N{LATIN SMALL LETTER F}e latte ivory unif\N{FULLWIDTH LATIN SMALL LETTER Y}",
    ],
)
def test_sloppy_typing_makes_no_difference(typed: str) -> None:
    assert normalised(typed) == b"abacuszoomcafelatteivoryunify"


@pytest.mark.parametrize("typed", ["abacus zoom cafe latte ivory", "zoom abacus cafe latte ivory unify", "", "..."])
def test_other_words_are_other_words(typed: str) -> None:
    assert normalised(typed) != b"abacuszoomcafelatteivoryunify"


@pytest.mark.parametrize(
    "text", ["", "zoom", "zoom " * 6, "Zoom zoom zoom zoom zoom zoom", "yo-yo zoom zoom zoom zoom zoom", "a b c d e f"]
)
def test_what_is_no_phrase_of_ours(text: str) -> None:
    assert not is_phrase(text)
