"""Objects of a PDF in writing, as they stand in a file, and those of another PDF under numbers of their new one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

_REFERENCE = re.compile(rb" R\b")


class Taken:
    """What is taken over of one PDF into another, each object once; `new_number` gives the numbers it has there."""

    def __init__(self, new_number: Callable[[], int]) -> None:
        self._new_number = new_number
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[Object] = []

    def said(self, value: object, *, whole: bool = False) -> bytes:
        """Return a value in writing; with `whole` an object itself and not the words that refer to it."""
        if not isinstance(value, Object):
            return written(value)
        if value.is_indirect and not whole:
            return b"%d 0 R" % self._number_of(value)
        plain = value.unparse(resolved=True)
        if not isinstance(value, (Array, Dictionary)) or not _REFERENCE.search(plain):
            return plain
        if isinstance(value, Array):
            return b"[" + b" ".join(self.said(each) for each in value) + b"]"
        return b"<<" + b" ".join(Name(key).unparse() + b" " + self.said(each) for key, each in value.items()) + b">>"

    def rest(self) -> Iterator[tuple[int, bytes]]:
        """Give number and writing of each object that was referred to and is not given yet, and of theirs."""
        while self._waiting:
            each = self._waiting.pop()
            number = self._numbers[each.objgen]
            if isinstance(each, Stream):
                about = Dictionary({key: value for key, value in each.items() if key != "/Length"})
                yield number, stream(self.said(about), each.read_raw_bytes())
            else:
                yield number, self.said(each, whole=True)

    def _number_of(self, value: Object) -> int:
        if value.objgen not in self._numbers:
            self._numbers[value.objgen] = self._new_number()
            self._waiting.append(value)
        return self._numbers[value.objgen]


def written(value: object) -> bytes:
    """Return a plain value, such as a number or a text, in writing."""
    return Array([value]).unparse()[1:-1]


def numbered(number: int, body: bytes) -> bytes:
    """Return an object as it stands in a file under its number."""
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


def table_row(place: int) -> bytes:
    """Return the row of a table of objects for one that begins at the byte `place`."""
    return b"%010d 00000 n\r\n" % place


def ending(trailer: bytes, table: int) -> bytes:
    """Return the end of a file whose table of objects begins at the byte `table`."""
    return b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, table)


def stream(about: bytes, content: bytes) -> bytes:
    """Return the body of a stream with `content` as it is packed; `about` is its dictionary but for the length.

    Both signs of a line's end stand behind it: with one, a content that ends with the other would look shorter.
    """
    return b"%b /Length %d>>\nstream\n%b\r\nendstream" % (about.removesuffix(b">>"), len(content), content)


def with_entries(about: Object, **entries: bytes) -> bytes:
    """Return a dictionary in writing, in which each of `entries` stands for the one of its name."""
    kept = Dictionary({key: each for key, each in about.items() if key[1:] not in entries})
    more = b" ".join(b"/%b %b" % (name.encode(), said) for name, said in entries.items())
    return kept.unparse(resolved=True).removesuffix(b">>") + more + b">>"
