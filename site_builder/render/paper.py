"""The sheet of paper: size, margins, running heads and page numbers, as rules for the `@page` of a print stylesheet.

A name comes from a file and ends in a stylesheet here, so it is written in CSS escapes: nothing in it can end the
string, the rule or the style element.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif'
SIZES = {"letter": "8.5in 11in", "a4": "210mm 297mm"}
"""The papers that a binder is printed on; width and height."""


@dataclass(frozen=True, slots=True)
class RunningHead:
    """What stands at the top of the pages called `page`: on the left the same on all, on the right this part's name."""

    page: str
    title: str


def page_rules(
    paper: str, name: str, private: str, numbering: str, heads: Iterable[RunningHead], *, large_print: bool = False
) -> str:
    """Return the `@page` rules: mirrored for both sides of a sheet, with room for holes at the inner edge.

    `numbering` holds `{page}` and `{pages}`. Raises `ValueError` for a paper that is not in `SIZES`.
    """
    if paper not in SIZES:
        raise ValueError(f"no paper is called {paper!r}; there are {', '.join(SIZES)}")
    small = f"font-family: {_FACE}; font-size: {8.5 if not large_print else 12}pt; color: #333;"
    rules = [
        f"@page {{ size: {SIZES[paper]}; margin: 0.85in 0.65in 0.75in;\n"
        f"  @top-left {{ content: {string(name)}; {small} }}\n"
        f"  @bottom-left {{ content: {string(private)}; {small} font-weight: 700; }}\n"
        f"  @bottom-right {{ content: {_numbered(numbering)}; {small} }} }}",
        "@page :right { margin-left: 1in; margin-right: 0.65in; }",
        "@page :left { margin-left: 0.65in; margin-right: 1in; }",
        "@page cover { @top-left { content: none; } @bottom-left { content: none; } @bottom-right { content: none; } }",
    ]
    rules += [
        f"@page {head.page} {{ @top-right {{ content: {string(head.title)}; {small} }} }}\n"
        f".on-{head.page} {{ page: {head.page}; }}"
        for head in heads
    ]
    return "\n".join(rules) + "\n"


def string(text: str) -> str:
    """Return `text` as a CSS string; all but letters, digits and spaces becomes an escape."""
    return '"' + "".join(each if each.isalnum() or each == " " else f"\\{ord(each):x} " for each in text) + '"'


def _numbered(text: str) -> str:
    """Return the words around `{page}` and `{pages}` as strings, and the two as counters."""
    before, _, rest = text.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return f"{string(before)} counter(page) {string(between)} counter(pages) {string(after)}"
