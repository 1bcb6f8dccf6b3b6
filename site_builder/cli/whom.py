"""Finding a person, anywhere in the school, by whatever somebody types: an id, a name, or a part of it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.cli.students import Chooser

_ENOUGH = 20
"""More people than this are not worth a list."""


def find_whom(known: Mapping[str, tuple[str, str]], text: str, nobody: str, choose: Chooser | None = None) -> str:
    """Return the id of the one person of `known` (name and part, by id) whom `text` means.

    An id comes before a whole name, a whole name before some words of one. Where several fit, `choose` asks; without
    it, or where nobody fits, raises `WrongUse`: with the list, or with the sentence `nobody` and the nearest name.
    """
    wanted = plain(text)
    by_id = [each for each in known if each == text.strip().casefold()]
    by_name = [each for each, (name, _) in known.items() if wanted and plain(name) == wanted]
    by_words = [each for each, (name, _) in known.items() if wanted and set(wanted.split()) <= set(plain(name).split())]
    found = by_id or by_name or by_words
    if len(found) == 1:
        return found[0]
    if not found:
        raise WrongUse(nobody, f"{_nearest(known, text)}give the name, or the file's name in participants/")
    lines = [" - ".join(part for part in (*known[each], each) if part) for each in found]
    if choose is not None and len(found) <= _ENOUGH:
        return found[choose("Who is it", lines)]
    more = [f"... {len(lines) - _ENOUGH} more"] if len(lines) > _ENOUGH else []
    raise WrongUse(
        f"{len(found)} people fit `{text}`",
        "\n".join(["name one by the id, which stands last:", *lines[:_ENOUGH], *more]),
    )


def _nearest(known: Mapping[str, tuple[str, str]], text: str) -> str:
    forms = {form: each for each, (name, _) in known.items() for form in (each, plain(name))}
    near = difflib.get_close_matches(plain(text), forms, n=1, cutoff=0.7)
    return f"did you mean `{forms[near[0]]}`, {known[forms[near[0]]][0]}?\n" if near else ""
