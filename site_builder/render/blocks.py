"""The binder's content as a tree of blocks, read from the page's own markup: one text for the page and for the PDF.

A block is a mapping whose `is` says what it is:

* `heading` (`level` 1 for a part, `kids`), `text` (`kids`), `quote` and `group` (`blocks`), `pre` (`kids`), `rule`;
* `list` (`ordered`, `start`, `items` with `blocks`), `facts` (`items`: lines);
* `pairs` (`rows` of `term` and `blocks`; `room` says about how many letters' room each takes);
* `table`: `caption`, `widths` of its columns in letters (`least`, `two` for texts in two lines, `wish`; `number`),
  `head` and `rows` of cells; `tall` says of each row what `room` says of pairs. A cell is no block: it has the
  `kids` of its one line or else `blocks`, neither where it is empty, and true where it is so `row` (a row's own
  heading), `none` (nothing was entered) or `choice` (one of what may be chosen);
* `chart` (`chart`: credits, grades, steps; `sentence`, `alt`), `image` (`source`, `alt`, sizes in pixels).

What stands in a line is a text or a mapping: `strong`, `em`, `strike`, `code`, `span`, `link` (`to`; `shown` where the
paper must say the address), `break`, `status` (`choice`) or `missing` (`code`), with `kids`. `class`, `id` and `lang`
are there where the markup has them; `size` says about how many letters' room a group, table or pairs take.
All of it is data: nothing here is ever read as anybody's markup again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from site_builder.render.lines import BREAK, Inline, soft, tidy

Block = dict[str, Any]
_PAGES = etree.HTMLParser()
Respell = Callable[[str], list[Inline]]
"""Takes a text and gives it as it can be set: what no letter is there for has become a mark."""

_DATE, _TERM = 15, 21
"""What is no longer and holds a figure, a date above all, stands in one line in a table: "Grado 12, Primavera" too."""
_SHORT, _LINE, _LONG_LINE = 26, 44, 60
"""Letters of a line that is not parted lightly, that a column may wish for, and one that has whole sentences."""
_SQUARE = re.compile("[\u1100-\U0010ffff]")
"""From here on scripts have letters as broad as they are high."""
PICTURE_ROOM = 1400
"""A picture that has its own width of the text takes the room of so many letters at most."""
_DEEPEST = 6
"""Lists and quotes within one another; what lies deeper stands at this depth."""
_NAMES = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "strike", "code": "code", "a": "link"}
# An image is set apart from the text around it: in a line of text it would be lost on the way.
_IN_LINE = {*_NAMES, "span", "time", "br", "svg", "small", "abbr"}
_LINES = {"p", "figcaption", "caption", "li", "dt", "dd", "summary"}
_HEADINGS = {f"h{level}": max(1, level - 1) for level in range(1, 7)}
_BOXES = {"div", "article", "header", "section", "nav", "main", "figure", "footer"}
_UNSEEN = {"svg", "details", "style", "script", "head"}
_ROWS = ("p", "li", "dt", "h2", "h3", "h4", "h5", "h6", "tr", "br")
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
# Characters that show nothing and may turn the order of what does, or that no file may hold: none is a word.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


@dataclass(slots=True)
class Reader:
    """Reads markup into blocks; `respell` is asked about each text."""

    respell: Respell = field(default=lambda text: [text])
    _depth: int = 0

    def document(self, page: str) -> Any:
        """Return the body of a page as elements."""
        return etree.fromstring(_CONTROLS.sub("", page), _PAGES).find("body")

    def blocks(self, element: Any) -> list[Block]:
        """Return what an element holds, block by block; text between blocks becomes a block of its own."""
        found: list[Block] = []
        line: list[Inline] = []
        self._text(element.text, line)
        for child in element:
            if _in_line(child):
                self._piece(child, line)
            else:
                found += _line(line)
                found += self._block(child)
                line = []
            self._text(child.tail, line)
        return found + _line(line)

    def inline(self, element: Any) -> list[Inline]:
        """Return the words of an element as one line, with single spaces and none at its ends."""
        return tidy(self._inside(element))

    def _inside(self, element: Any) -> list[Inline]:
        found: list[Inline] = []
        self._text(element.text, found)
        for child in element:
            self._piece(child, found)
            self._text(child.tail, found)
        return found

    def _block(self, element: Any) -> list[Block]:
        tag, classes = element.tag, (element.get("class") or "").split()
        if tag in _UNSEEN:
            return []
        named = _named(element, classes)
        if tag in _LINES and "facts" not in classes:
            found = self.blocks(element)
            for each in found:
                each.update(named)
            return found
        made = self._made(element, tag, classes)
        made.update(named)
        return [made]

    def _made(self, element: Any, tag: str, classes: list[str]) -> Block:
        if "facts" in classes:
            return {"is": "facts", "items": list(self._facts(element))}
        if "chart" in classes:
            return self._chart(element)
        if tag in _BOXES:
            return {"is": "group", "blocks": self.blocks(element), "size": _size(element)}
        if tag in _HEADINGS:
            return {"is": "heading", "level": _HEADINGS[tag], "kids": self.inline(element)}
        if tag in {"ul", "ol"}:
            return self._list(element)
        if tag == "dl":
            rows = list(self._pairs(element))
            return {"is": "pairs", "rows": rows, "size": sum(row["room"] for row in rows)}
        if tag == "table":
            return self._table(element)
        if tag == "pre":
            return {"is": "pre", "kids": self.respell(soft(_letters(element).rstrip("\n")))}
        if tag == "img":
            return _picture(element)
        if tag == "blockquote":
            return self._deeper("quote", element)
        return {"is": "rule"} if tag == "hr" else {"is": "group"}

    def _facts(self, element: Any) -> Iterator[list[Inline]]:
        for part in (element.text, *(part for child in element for part in (child, child.tail))):
            found: list[Inline] = []
            if part is None or isinstance(part, str):
                self._text(part, found)
            else:
                self._piece(part, found)
            if kids := tidy(found):
                yield kids

    def _deeper(self, name: str, element: Any) -> Block:
        if self._depth >= _DEEPEST:
            return {"is": "group", "blocks": [{"is": "text", "kids": self.inline(element)}]}
        self._depth += 1
        made = {"is": name, "blocks": self.blocks(element)}
        self._depth -= 1
        return made

    def _list(self, element: Any) -> Block:
        if self._depth >= _DEEPEST:
            return {"is": "group", "blocks": [{"is": "text", "kids": self.inline(each)} for each in element]}
        self._depth += 1
        items = [
            {"is": "item", "blocks": self.blocks(each), **_named(each, (each.get("class") or "").split())}
            for each in element
            if each.tag == "li"
        ]
        self._depth -= 1
        start = element.get("start") or "1"
        return {
            "is": "list",
            "ordered": element.tag == "ol",
            "start": int(start) if start.isdigit() and len(start) < 10 else 1,
            "items": items,
        }

    def _pairs(self, element: Any) -> Iterator[Block]:
        for term in element.iter("dt"):
            told = term.getnext()
            blocks = self.blocks(told) if told is not None else []
            # A term stands in a column of about a quarter of the line.
            room = 40 + max(4 * _breadth(_letters(term)), _size(told) * 4 // 3 if told is not None else 0)
            yield {"is": "pair", "term": self.inline(term), "blocks": blocks, "room": room}

    def _table(self, element: Any) -> Block:
        head: list[Block] = []
        rows: list[list[Block]] = []
        rooms: list[_Room] = []
        said_in: list[list[int]] = []
        size = 0
        caption = element.find("caption")
        for row in element.iter("tr"):
            choice = "choice" in (row.get("class") or "").split()
            found = [cell for cell in row if cell.tag in {"th", "td"}]
            rooms += [_Room() for _ in range(len(found) - len(rooms))]
            cells = [self._cell(cell, choice, room) for cell, room in zip(found, rooms, strict=False)]
            size += max(90, _size(row) - 30 * len(cells))
            if not head and row.getparent().tag == "thead":
                head = cells
            elif cells:
                rows.append(cells)
                said_in.append([_size(cell) if len(cell) else _breadth(cell.text or "") for cell in found])
        widths = [room.asked() for room in rooms]
        width = max((len(row) for row in (head, *rows)), default=0)
        for row in (head, *rows):
            row += [{} for _ in range(width - len(row) if row else 0)]
        return {
            "is": "table",
            "caption": self.inline(caption) if caption is not None else [],
            "widths": widths,
            "head": head,
            "rows": rows,
            "tall": [_tall(row, [each["wish"] for each in widths]) for row in said_in],
            "size": size,
        }

    def _chart(self, element: Any) -> Block:
        """Return a chart by its name, with its sentence, and its numbers as the words that stand for the drawing."""
        said, table = element.find("figcaption"), element.find(".//table")
        rows = [[" ".join(_letters(cell).split()) for cell in row] for row in table.iter("tr")]
        told = ["; ".join(f"{name}: {cell}" for name, cell in zip(rows[0], row, strict=True)) for row in rows[1:]]
        caption = _letters(table.find("caption"))
        return {
            "is": "chart",
            "chart": element.get("data-chart"),
            "sentence": self.inline(said),
            "alt": ". ".join(each.rstrip(". ") for each in (caption, _letters(said), *told)),
        }

    def _cell(self, cell: Any, choice: bool, column: _Room) -> Block:
        classes, scope = (cell.get("class") or "").split(), cell.get("scope")
        for said, alone in _cell_lines(cell):
            column.take(said, choice=choice, number="num" in classes, head=scope == "col", alone=alone)
        made: Block = {"row": True} if scope == "row" else {}
        blocks = self.blocks(cell)
        if len(blocks) == 1 and blocks[0]["is"] == "text":
            made["kids"] = blocks[0]["kids"]
        elif blocks:
            made["blocks"] = blocks
        if "none" in classes:
            made["none"] = True
        if choice:
            made["choice"] = True
        return made

    def _text(self, part: str | None, found: list[Inline]) -> None:
        if not part:
            return
        text = _SPACE.sub(" ", part)
        if len(text) > 24 or "@" in text:
            text = soft(text)
        found += self.respell(text)

    def _piece(self, element: Any, found: list[Inline]) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN:
            return
        if tag == "br":
            found.append({"is": "break"})
            return
        if tag == "img":
            found.append(_picture(element))
            return
        kids, classes = self._inside(element), (element.get("class") or "").split()
        named = _named(element, classes)
        if tag not in _NAMES and not named:
            found += kids
            return
        made: dict[str, Any] = {"is": _NAMES.get(tag, "span"), "kids": kids, **named}
        if tag == "a":
            made["to"] = element.get("href") or ""
            if made["to"].startswith("https:") and made["to"] != _letters(element):
                made["shown"] = soft(f" ({made['to']})")
        if "status" in classes:
            made |= {"is": "status", "choice": classes[1].removeprefix("status-"), "kids": tidy(kids)}
        if "line" in classes:
            found += [{"is": "break"}, made, {"is": "break"}]
        else:
            found.append(made)


def _line(kids: list[Inline]) -> list[Block]:
    kids = tidy(kids)
    return [{"is": "text", "kids": kids}] if kids else []


def _picture(element: Any) -> Block:
    return {
        "is": "image",
        "source": element.get("src") or "",
        "alt": element.get("alt") or "",
        "width": int(element.get("width") or 0),
        "height": int(element.get("height") or 0),
    }


def words_in(part: Any) -> Iterator[str]:
    """Give the texts in blocks, lines and cells, in their order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for each in part:
            yield from words_in(each)
    elif isinstance(part, dict):
        if part.get("is") == "missing":
            yield part["code"]
        for name in ("number", "title", "caption", "head", "term", "kids", "items", "rows", "sentence", "blocks"):
            yield from words_in(part.get(name, []))


def _letters(element: Any) -> str:
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _size(element: Any) -> int:
    """Return about how many letters' room an element takes on paper: its letters, and the ends of its lines."""
    said = _letters(element)
    ends = sum(1 for _ in element.iter(*_ROWS)) + sum(_letters(each).count("\n") + 1 for each in element.iter("pre"))
    return _breadth(said) + 40 * ends + PICTURE_ROOM * sum(1 for _ in element.iter("img"))


def _tall(said: list[int], widths: list[int]) -> int:
    """Return about how many letters' room a row takes that is as high as the highest of its cells."""
    whole = sum(widths)
    return 30 + max(letters * whole // width for letters, width in zip(said, widths, strict=False))


def _breadth(text: str) -> int:
    """Return how many letters' room a text takes in a line: one of a square script takes that of two."""
    return len(text) if text.isascii() else len(text) + len(_SQUARE.findall(text))


@dataclass(slots=True)
class _Room:
    """How many letters a column must have room for, its longest word; how many let its texts stand in two lines; and
    how many it would like.
    """

    least: int = 2
    two: int = 2
    whole: int = 2
    number: bool = False

    def take(self, text: str, *, choice: bool, number: bool, head: bool, alone: bool = False) -> None:
        """Take in a text of the column; one that is `alone` has lines above or below it, and is not to make more."""
        words = soft(text).replace(BREAK, " ").split()
        if not words:
            return
        whole = sum(map(len, words)) + len(words) + 1
        self.least = max(self.least, max(map(len, words)) + 2 + 2 * choice)
        self.whole = max(self.whole, whole)
        if head:
            return  # A head may stand in two lines: what stands below it is what the column is for.
        self.number |= number
        if self.least < whole <= _DATE and any(map(str.isdigit, text)):
            self.least = whole
        if whole > self.two:
            kept = whole <= _SHORT if alone else whole <= _TERM and any(map(str.isdigit, text))
            self.two = max(self.two, whole + 1 if kept else _halved(words) + 2)

    def asked(self) -> Block:
        most = max(_LINE, min(self.whole // 3, _LONG_LINE))
        wish = self.least if self.number else max(self.least, min(self.whole, most))
        return {"least": self.least, "two": min(max(self.least, self.two), wish), "wish": wish, "number": self.number}


def _halved(words: list[str]) -> int:
    """Return how many letters the longer of two lines has where the words stand in two as well as they can."""
    rest = sum(map(len, words)) + len(words) - 1
    first, best = -1, rest
    for word in words:
        first += len(word) + 1
        rest -= len(word) + 1
        best = min(best, max(first, rest))
    return best


def _cell_lines(cell: Any) -> Iterator[tuple[str, bool]]:
    """Give a cell's text, or each of its items, and apart from it what stands in lines of its own."""
    if not len(cell):
        yield cell.text or "", False
    elif cell.find(".//li") is not None:
        yield from ((_letters(item), False) for item in cell.iter("li"))
    else:
        rest = cell.text or ""
        for part in cell:
            if "line" in (part.get("class") or "").split():
                yield _letters(part), True
            else:
                rest += f" {' '.join(part.itertext())}"
            rest += part.tail or ""
        yield rest, False


def _in_line(element: Any) -> bool:
    tag = element.tag
    return (tag in _IN_LINE and "facts" not in (element.get("class") or "").split()) or not isinstance(tag, str)


def _named(element: Any, classes: list[str]) -> dict[str, Any]:
    named: dict[str, Any] = {"class": classes} if classes else {}
    for name in ("id", "lang"):
        if value := element.get(name):
            named[name] = value
    return named
