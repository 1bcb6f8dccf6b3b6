"""Passages of words: the paragraphs of a text, its lines, comments, and the marks around two versions."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from site_builder.history.sequences import Clash, merge_rows

MARKS = ("<<<<<<< yours\n", "=======\n", ">>>>>>> theirs\n")


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of `body`, each with the empty lines around it that follow or, at the top, precede it."""
    found: list[str] = []
    for line in body.splitlines(keepends=True):
        if not found or (line.strip() and found[-1].strip() and not found[-1].splitlines()[-1].strip()):
            found.append(line)
        else:
            found[-1] += line
    return found


def in_common(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the paragraphs that stand in both, in their order."""
    matcher = SequenceMatcher(None, [each.strip() for each in ours], [each.strip() for each in theirs], autojunk=False)
    return [ours[at] for start, _, count in matcher.get_matching_blocks() for at in range(start, start + count)]


def lines(rows: Sequence[str]) -> list[str]:
    """Return the lines of some passages, each with its end."""
    return [ended(line) for line in "".join(rows).splitlines(keepends=True)]


def comments(base: str, ours: str, theirs: str) -> str:
    """Return comments and empty lines merged by line; of what both have changed, both stays."""
    made = ""
    rows = (each.splitlines(keepends=True) for each in (base, ours, theirs))
    for each in merge_rows(*rows):
        if isinstance(each, Clash):
            each = (*each.ours, *(line for line in each.theirs if line not in each.ours))
        made += "".join(map(ended, each))
    return made


def marks(ours: str, theirs: str) -> str:
    """Return two versions between the marks that editors know."""
    return MARKS[0] + ended(ours) + MARKS[1] + ended(theirs) + MARKS[2]


def ended(text: str) -> str:
    """Return `text` with a line end, unless it is empty."""
    return text if not text or text.endswith("\n") else text + "\n"


def line_ends(text: str) -> int:
    """Return how many line ends, at most two, `text` closes with."""
    return min(2, len(text) - len(text.rstrip("\n")))
