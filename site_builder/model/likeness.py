"""Which titles a few words mean, best first: by whole words, by how words begin, by words of the same family."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from site_builder.base.plain import plain

_T = TypeVar("_T")
_ENDINGS = ("ing", "ers", "ors", "ists", "ans", "er", "or", "ist", "an", "ies", "es", "ed", "y", "e", "s")
_SHORTEST = 4
"""A word's root has at least so many letters; shorter ones would make strangers kin."""
_WHOLE, _BEGINS, _KIN = 8, 4, 2
_FILLERS = frozenset({"a", "all", "and", "except", "for", "in", "of", "on", "or", "other", "the", "to", "with"})


def likeness(words: str, title: str) -> int:
    """Return how well `words` fit `title`: 0 where one of them is not in it, more the nearer they are."""
    wanted, there = plain(words).split(), plain(title).split()
    scores = [_best(word, there) for word in wanted]
    if not scores or not all(scores):
        return 0
    # The same words count for more in a title that has few others, and at its beginning.
    first = 1 if there and _word_likeness(wanted[0], there[0]) else 0
    return 20 * sum(scores) // len(scores) + 4 * first + max(0, 12 - len(there))


def best_first(words: str, entries: Iterable[_T], title: Callable[[_T], str], key: Callable[[_T], str]) -> list[_T]:
    """Return the entries whose `title` holds all the words, in whatever form; the nearest first, then by `key`."""
    scored = [(likeness(words, title(each)), key(each), each) for each in entries]
    return [each for _, _, each in sorted((s for s in scored if s[0]), key=lambda scored: (-scored[0], scored[1]))]


def mentions(words: str, text: str) -> bool:
    """Tell whether a longer text holds all the words, whole or as beginnings of its words."""
    there = plain(text).split()
    wanted = plain(words).split()
    return bool(wanted) and all(_best(word, there) >= _BEGINS for word in wanted)


def kin(title: str, other: str) -> bool:
    """Tell whether two titles have any word in common that says something, in whatever form."""
    return any(_best(word, _telling(other)) for word in _telling(title))


def _telling(text: str) -> list[str]:
    return [word for word in plain(text).split() if word not in _FILLERS]


def _best(word: str, there: Sequence[str]) -> int:
    return max((_word_likeness(word, each) for each in there), default=0)


def _word_likeness(word: str, other: str) -> int:
    if word == other or _singular(word) == _singular(other):
        return _WHOLE
    if len(word) > 2 and other.startswith(word):
        return _BEGINS
    root, other_root = _root(word), _root(other)
    if min(len(root), len(other_root)) >= _SHORTEST and (root.startswith(other_root) or other_root.startswith(root)):
        return _KIN
    return 0


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _root(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
