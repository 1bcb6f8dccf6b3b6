"""What is different in the fields of two versions of one record: by name, and in lists by what an item is about."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

from site_builder.base.changes import BODY, How, Part, Plain, label

_ABOUT: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("plan", "signatures"): ("person", "meaning"),
    ("plan", "proposals"): ("by", "proposed_on"),
    ("plan", "post_secondary"): ("institution", "program"),
    ("strengths", "added"): ("by", "proposed_on"),
    ("program", "steps"): ("grade",),
    ("school", "waivers"): ("code", "file"),
    ("request", "later_decisions"): ("on",),
}
"""What makes an item the same one in two versions, where it is not the first of the keys below that it has."""

_KEYS = ("id", "code", "number", "part", "person", "course", "subject", "what", "title", "path", "by")
_ALIKE = 0.6
_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


def changed_fields(kind: str, old: Plain, new: Plain) -> tuple[Part, ...]:
    """Return what changed from the fields `old` to `new` of a record of `kind`, in the order of the newer version."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return () if same(old, new) else (Part(field=(), how=How.CHANGED, old=old, new=new),)
    return tuple(_mapping(kind, (), old, new))


def changed_words(old: str, new: str) -> tuple[Part, ...]:
    """Return what changed from one text to another, a part a paragraph."""
    before, after = paragraphs(old), paragraphs(new)
    if before == after:
        return ()
    return tuple(_paragraphs(before, after))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without the lines and spaces around them."""
    return [each for part in _PARAGRAPHS.split(text) if (each := " ".join(part.split()))]


def same(old: Plain, new: Plain) -> bool:
    """Tell whether two values are one, `1` and `true` kept apart."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def _mapping(
    kind: str, above: tuple[str, ...], old: Mapping[str, Plain], new: Mapping[str, Plain], item: str = ""
) -> Iterator[Part]:
    for key in [*new, *(each for each in old if each not in new)]:
        before, after = old.get(key), new.get(key)
        where = (*above, key)
        if same(before, after):
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _mapping(kind, where, before, after, item)
        elif item or not isinstance(before or after, list):
            how = How.ADDED if before is None else How.REMOVED if after is None else How.CHANGED
            yield Part(field=where, how=how, item=item, old=before, new=after)
        elif isinstance(before or [], list) and isinstance(after or [], list):
            yield from _list(kind, where, before or [], after or [])  # type: ignore[arg-type]  # lists both, seen above
        else:
            yield Part(field=where, how=How.CHANGED, old=before, new=after)


def _list(kind: str, where: tuple[str, ...], old: Sequence[Plain], new: Sequence[Plain]) -> Iterator[Part]:
    pairs = _paired(kind, where[-1], old, new)
    matched_old, matched_new = {each[0] for each in pairs}, {each[1] for each in pairs}
    for at, each in enumerate(old):
        if at not in matched_old:
            yield Part(field=where, how=How.REMOVED, item=label(each), old=each)
    for before, after in sorted(pairs, key=lambda pair: pair[1]):
        yield from _item(kind, where, old[before], new[after])
    for at, each in enumerate(new):
        if at not in matched_new:
            yield Part(field=where, how=How.ADDED, item=label(each), new=each)
    order = [after for _, after in sorted(pairs)]
    if order != sorted(order):
        yield Part(field=where, how=How.MOVED)


def _item(kind: str, where: tuple[str, ...], old: Plain, new: Plain) -> Iterator[Part]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _mapping(kind, where, old, new, label(new))
    elif not same(old, new):
        yield Part(field=where, how=How.CHANGED, old=old, new=new)


def _paired(kind: str, name: str, old: Sequence[Plain], new: Sequence[Plain]) -> list[tuple[int, int]]:
    """Return the places of items that are the same one: equal ones first, then by what they are about, then alike."""
    pairs: list[tuple[int, int]] = []
    left, right = list(range(len(old))), list(range(len(new)))

    def pair(fit: object) -> None:
        for before in tuple(left):
            after = next((each for each in right if fit(old[before], new[each])), None)  # type: ignore[operator]
            if after is not None:
                pairs.append((before, after))
                left.remove(before)
                right.remove(after)

    pair(same)
    pair(lambda one, other: (about := _about(kind, name, one)) is not None and about == _about(kind, name, other))
    pair(_alike)
    return pairs


def _about(kind: str, name: str, item: Plain) -> tuple[Plain, ...] | None:
    if not isinstance(item, dict):
        return None
    keys = _ABOUT.get((kind, name)) or next(((key,) for key in _KEYS if key in item), ())
    found = tuple(item.get(key) for key in keys)
    return found if found and all(isinstance(each, str | int | float) for each in found) else None


def _alike(one: Plain, other: Plain) -> bool:
    """Tell whether an item was put in other words: what it is called reads much alike."""
    first, second = label(one), label(other)
    return bool(first and second) and difflib.SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _paragraphs(old: list[str], new: list[str]) -> Iterator[Part]:
    for what, start, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        gone, come = old[start:end], new[first:last]
        both = min(len(gone), len(come))
        for before, after in zip(gone, come, strict=False):
            yield Part(field=(BODY,), how=How.CHANGED, old=before, new=after)
        for before in gone[both:]:
            yield Part(field=(BODY,), how=How.REMOVED, old=before)
        for after in come[both:]:
            yield Part(field=(BODY,), how=How.ADDED, new=after)
