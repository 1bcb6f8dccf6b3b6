"""Whether an entry refers to a document by the name of its file: then it says something of the document (rule 8).

Everything that somebody wrote into an entry is looked at, its words and each of its fields: what refers to a withheld
document would tell that there is one (policy: P36).
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias
from urllib.parse import unquote

from site_builder.model.records import Record, SupportingDocument
from site_builder.model.store import Store, YearSection

_MARKS = str.maketrans("", "", "\\*_`~")
_MOST_CODES = 3
"""How often one code may stand in another."""

_Reference: TypeAlias = tuple[YearSection, SupportingDocument]


def referred_to(record: Record, years: Iterable[YearSection]) -> Iterator[_Reference]:
    """Give the documents of `years` whose file anything in `record` names, however it is written; never itself."""
    text: str | None = None
    for year in years:
        for document in year.documents:
            if document is record:
                continue
            if text is None:
                text = without_spelling("\n".join(_texts(record)))
            if without_spelling(document.file) in text:
                yield year, document


class References:
    """What the records of one store refer to, worked out once a record: it is the same whoever asks, on any day."""

    def __init__(self, _store: Store) -> None:
        self._found: dict[int, tuple[Record, tuple[YearSection, ...], tuple[_Reference, ...]]] = {}

    def of(self, record: Record, years: tuple[YearSection, ...]) -> tuple[_Reference, ...]:
        """Return what `referred_to` gives; an answer stands only for this very record among these very years."""
        known = self._found.get(id(record))
        if known is None or known[0] is not record or known[1] is not years:
            known = self._found[id(record)] = (record, years, tuple(referred_to(record, years)))
        return known[2]


def names_a_document(text: str, years: Iterable[YearSection]) -> bool:
    """Tell whether `text` names the file of a document that is not open to everyone who takes part in the plan."""
    plain = without_spelling(text)
    return any(
        without_spelling(each.file) in plain for year in years for each in year.documents if each.level != "open"
    )


def _texts(record: Record) -> Iterator[str]:
    yield record.origin.body
    yield from texts_within(record.origin.data)


def texts_within(content: Any) -> Iterator[str]:
    """Give every text in a file's fields; keys are ours."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for each in content.values():
            yield from texts_within(each)
    elif isinstance(content, list):
        for each in content:
            yield from texts_within(each)


def without_spelling(text: str) -> str:
    """Return `text` as it reads on a page: the same name can be written with codes, marks and capital letters."""
    for _ in range(_MOST_CODES):
        if "%" not in text and "&" not in text:
            break
        text = unquote(html.unescape(text))
    return text.translate(_MARKS).casefold()
