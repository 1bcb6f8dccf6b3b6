"""A line of the binder: single spaces between its words, breaks where they are wanted, long words that may break."""

from __future__ import annotations

import re
from typing import Any

Inline = str | dict[str, Any]
"""A text, or a mapping as `render.blocks` describes them."""

BREAK = "\u200b"
"""A place where a word may break; it shows nothing."""

_LONGEST, _SIDE = 25, 22
"""Letters of a word that may break, and of each side of an address of mail that breaks nowhere but between them."""
_LONG = re.compile(rf"\S{{{_LONGEST},}}|\S+@\S+|\S+://\S+")
_JOINT = re.compile(r"(?<=[@./_?&=-])(?=\w)")


def soft(text: str) -> str:
    """Return the text with places to break in words too long for a line: at the joints of an address, else anywhere."""
    if "@" not in text and "://" not in text and max(map(len, text.split()), default=0) < _LONGEST:
        return text

    def opened(match: re.Match[str]) -> str:
        sides = match[0].split("@")
        if len(sides) == 2 and max(map(len, sides)) <= _SIDE:
            return f"@{BREAK}".join(sides)
        parts = _JOINT.sub(BREAK, match[0]).split(BREAK)
        return BREAK.join(
            BREAK.join(part[at : at + 12] for at in range(0, len(part), 12)) if len(part) > 24 else part
            for part in parts
        )

    return _LONG.sub(opened, text)


def tidy(kids: list[Inline]) -> list[Inline]:
    """Return a line with single spaces between its words, none at its ends, and no empty lines."""
    if len(kids) == 1 and isinstance(kids[0], str):
        text = kids[0].strip(" ")
        return [text] if text else []
    found, _ = _spaced(kids, after_space=True)
    while found and (_is_break(found[-1]) or found[-1] == ""):
        found.pop()
    _strip_end(found)
    return [each for each in found if each != ""]


def _spaced(kids: list[Inline], *, after_space: bool) -> tuple[list[Inline], bool]:
    found: list[Inline] = []
    for kid in kids:
        if isinstance(kid, str):
            text = kid.lstrip(" ") if after_space else kid
            if text:
                after_space = text.endswith(" ")
                before = found.pop() if found and isinstance(found[-1], str) else ""
                found.append(f"{before}{text}")
        elif _is_break(kid):
            _strip_end(found)
            if found and not _is_break(found[-1]):
                found.append(kid)
            after_space = True
        elif "kids" in kid:
            inner, after_space = _spaced(kid["kids"], after_space=after_space)
            if inner:
                found.append({**kid, "kids": inner})
        else:
            found.append(kid)
            after_space = False
    return found, after_space


def _is_break(kid: Inline) -> bool:
    return isinstance(kid, dict) and kid["is"] == "break"


def _strip_end(found: list[Inline]) -> None:
    if not found:
        return
    last = found[-1]
    if isinstance(last, str):
        found[-1] = last.rstrip(" ")
        if not found[-1]:
            found.pop()
            _strip_end(found)
    elif last.get("kids"):
        _strip_end(last["kids"])
