"""The search finds a word in every way of writing it, and none where none is."""

from __future__ import annotations

import pytest

from tests.leaks.canary_files import SUFFIXES, document
from tests.leaks.search import ways_of_writing, words_in

WAYS = ways_of_writing("Qybcdfury")


@pytest.mark.parametrize("way", WAYS)
def test_a_word_is_found_however_it_is_written(way: str) -> None:
    alone = way in ("gzip", "a member of an archive")
    assert words_in(WAYS[way] if alone else b"<p>before " + WAYS[way] + b" after</p>") == {"qybcdfury"}


def test_where_no_word_is_none_is_found() -> None:
    assert words_in(b"Query the jury: &#81; %20 aGVsbG8gd29ybGQ= 0123456789abcdef0123") == set()


@pytest.mark.parametrize("form", SUFFIXES)
def test_all_words_of_a_document_are_found(form: str) -> None:
    made: list[str] = []

    def word(_: str) -> str:
        made.append(f"Qy{'bcdfghjk'[len(made)] * 4}ury")
        return made[-1]

    content = document(form, word)
    assert words_in(content) == {each.lower() for each in made}
    assert len(made) >= 2
