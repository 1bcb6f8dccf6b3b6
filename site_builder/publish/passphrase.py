"""The six words that open a sealed file: drawn by the computer, never chosen by anybody (policy: P35).

Both sides compare phrases by their letters alone, so that capitals, accents, hyphens and spaces cannot keep a family
out. No word of the list begins another one, so that words typed without spaces are still six certain words.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from site_builder.base.resources import folder

WORDS = 6
"""So many words make 77 bits: guessing all of them at a billion tries a second takes millions of years."""

_LIST = "eff_large_wordlist.txt"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


@cache
def word_list() -> tuple[str, ...]:
    """Return the words that are drawn: the large list of the Electronic Frontier Foundation, 7,772 of its 7,776.

    The four with a hyphen are left out: `yo-yo` and `yoyo` have the same letters.
    """
    text = (folder("data") / _LIST).read_text(encoding="ascii")
    return tuple(word for line in text.splitlines() if (word := line.split()[1]).isalpha())


def draw_phrase(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Return six words with single spaces; `choose` takes each word from the whole list, a word may come twice."""
    return " ".join(choose(word_list()) for _ in range(WORDS))


def normalised(phrase: str) -> bytes:
    """Return what the key is made of: the letters a to z of the phrase, as ASCII.

    The text is taken apart by Unicode's NFKD, A to Z become a to z, and all that is not a to z is left out.
    """
    letters = unicodedata.normalize("NFKD", phrase)
    return "".join(each for each in map(_small, letters) if each in _LETTERS).encode("ascii")


def is_phrase(text: str) -> bool:
    """Tell whether `text` is a phrase as we draw them: six words of the list, in small letters."""
    words = text.split(" ")
    return len(words) == WORDS and all(word in _known() for word in words)


@cache
def _known() -> frozenset[str]:
    return frozenset(word_list())


def _small(character: str) -> str:
    return character.lower() if "A" <= character <= "Z" else character
