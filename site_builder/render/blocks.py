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

from site_builder.render.lines import Inline, soft, tidy
from site_builder.render.room import Column, breadth_of, height_of, letters_of, lines_of, size_of

Block = dict[str, Any]
_PAGES = etree.HTMLParser()
Respell = Callable[[str], list[Inline]]
"""Takes a text and gives it as it can be set: what no letter is there for has become a mark."""

_DEEPEST = 6
"""Lists and quotes within one another; what lies deeper stands at this depth."""
_NAMES = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "strike", "code": "code", "a": "link"}
# An image is set apart from the text around it: in a line of text it would be lost on the way.
_IN_LINE = {*_NAMES, "span", "time", "br", "svg", "small", "abbr"}
_LINES = {"p", "figcaption", "caption", "li", "dt", "dd", "summary"}
_HEADINGS = {f"h{level}": max(1, level - 1) for level in range(1, 7)}
_BOXES = {"div", "article", "header", "section", "nav", "main", "figure", "footer"}
_UNSEEN = {"svg", "details", "style", "script", "head"}
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
            return {"is": "group", "blocks": self.blocks(element), "size": size_of(element)}
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
            return {"is": "pre", "kids": self.respell(soft(letters_of(element).rstrip("\n")))}
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
            room = 40 + max(4 * breadth_of(letters_of(term)), size_of(told) * 4 // 3 if told is not None else 0)
            yield {"is": "pair", "term": self.inline(term), "blocks": blocks, "room": room}

    def _table(self, element: Any) -> Block:
        head: list[Block] = []
        rows: list[list[Block]] = []
        rooms: list[Column] = []
        said_in: list[list[int]] = []
        size = 0
        caption = element.find("caption")
        for row in element.iter("tr"):
            choice = "choice" in (row.get("class") or "").split()
            found = [cell for cell in row if cell.tag in {"th", "td"}]
            rooms += [Column() for _ in range(len(found) - len(rooms))]
            cells = [self._cell(cell, choice, room) for cell, room in zip(found, rooms, strict=False)]
            said = [size_of(cell) if len(cell) else breadth_of(cell.text or "") for cell in found]
            # Lists side by side are as high as the longest of them.
            size += max(90, 10 + (len(said) - 1) * (max(said[1:], default=0) - 30))
            if not head and row.getparent().tag == "thead":
                head = cells
            elif cells:
                rows.append(cells)
                said_in.append(said)
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
            "tall": [height_of(row, [each["wish"] for each in widths]) for row in said_in],
            "size": size,
        }

    def _chart(self, element: Any) -> Block:
        """Return a chart by its name, with its sentence, and its numbers as the words that stand for the drawing."""
        said, table = element.find("figcaption"), element.find(".//table")
        rows = [[" ".join(letters_of(cell).split()) for cell in row] for row in table.iter("tr")]
        told = ["; ".join(f"{name}: {cell}" for name, cell in zip(rows[0], row, strict=True)) for row in rows[1:]]
        caption = letters_of(table.find("caption"))
        return {
            "is": "chart",
            "chart": element.get("data-chart"),
            "sentence": self.inline(said),
            "alt": ". ".join(each.rstrip(". ") for each in (caption, letters_of(said), *told)),
        }

    def _cell(self, cell: Any, choice: bool, column: Column) -> Block:
        classes, scope = (cell.get("class") or "").split(), cell.get("scope")
        for said, alone in lines_of(cell):
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
            if made["to"].startswith("https:") and made["to"] != letters_of(element):
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


def _in_line(element: Any) -> bool:
    tag = element.tag
    return (tag in _IN_LINE and "facts" not in (element.get("class") or "").split()) or not isinstance(tag, str)


def _named(element: Any, classes: list[str]) -> dict[str, Any]:
    named: dict[str, Any] = {"class": classes} if classes else {}
    for name in ("id", "lang"):
        if value := element.get(name):
            named[name] = value
    return named
