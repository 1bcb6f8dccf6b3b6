"""The binder as data: what the PDF is typeset from, read out of the very page that prints from a browser.

So the two cannot say different things: the page's words are written once, in its templates, and `blocks` reads them
into a tree; only what is no words is added here (the numbers of the charts, the images, the pages of documents).

`BinderData.content` holds nothing but mappings, lists, texts and numbers:

* `language`, `title`, `author`; `head` and `foot` in the margin of each page, `paging` (texts around page and pages);
* `cover`: blocks; `contents`: the heading over the contents;
* `parts`: `key`, `number`, `title`, `joins` (what came before, on the same sheet), `room` (about how many letters' room
  it takes before its first document; none where it begins on a sheet of its own in any case), `blocks`; those of
  `earlier` are a group a school year, whose last entry and signatures say where they `goes-on` with what follows;
* `charts`: by name, what `binder_charts` gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from site_builder.access.view import Copy, Date
from site_builder.render.binder import documents_of, page_of, sections_of
from site_builder.render.binder_charts import chart_shapes
from site_builder.render.blocks import Block, Reader, words_in
from site_builder.render.environment import date_text
from site_builder.render.i18n import Messages
from site_builder.render.letters import MissingLetters, missing_letters, respell
from site_builder.render.papers import PaperCopy
from site_builder.render.room import PICTURE_ROOM

_MAY_JOIN = {
    *("strengths", "occupation", "progress", "registrations", "report-cards"),
    *("conferences", "requests", "people", "papers"),
}
"""Parts that may begin on the sheet of the part before, where they are short enough for the paper."""
_HOLDS = ("blocks", "items", "rows", "term", "kids", "sentence", "caption", "head")
_ENDS = {"chart": 700, "text": 40, "heading": 80, "pair": 20, "break": 40, "image": PICTURE_ROOM}
"""How many letters' room a block takes beside its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BinderData:
    """One copy of one student's binder, ready to be typeset; `images` are files by the `source` that names them.

    `missing` says which characters of it no bundled font has; in `content` their numbers stand in their place.
    """

    content: Mapping[str, Any] = field(repr=False)
    images: Mapping[str, bytes] = field(repr=False)
    on: Date
    missing: tuple[MissingLetters, ...] = ()


def binder_data(
    copy: Copy, laid: Mapping[str, int] | None = None, unprinted: Mapping[str, str] | None = None
) -> BinderData:
    """Return the copy's binder as data (policy: P3-P11, P20, P22-P24, P31, P35-P37).

    `laid` gives, by a document's path in the student's file, how many of its own pages the binder holds behind its
    divider sheet: as many empty pages follow there, to be filled. A document that is not in it is to be inserted by
    hand, and its divider says so, with the reason that `unprinted` gives. Images stand on the page itself and need no
    entry.
    """
    messages = Messages(copy.viewer.language, copy.school.labels)
    copies, sheets = documents_of(copy.file, laid, unprinted)
    named = {path: _named(each, number) for number, (path, each) in enumerate(copies.items(), 1)}
    reader = Reader(respell)
    body = reader.document(page_of(copy, named, sheets, drawn=False))
    pages = {sheets[path].anchor: (path, count) for path, count in (laid or {}).items() if path in sheets}
    year = copy.file.years[0]
    name = f"{copy.file.name} · {year.id}"
    private = messages.gettext("Private · copy of %(day)s") % {"day": date_text(messages, copy.on)}
    content = {
        "language": messages.language,
        "title": " · ".join(part for part in (name, _plan_name(body)) if part),
        "author": copy.school.name,
        "head": respell(name),
        "foot": respell(private),
        "paging": list(_around(messages.gettext("Page {page} of {pages}"))),
        "contents": messages.gettext("Contents"),
        "cover": reader.blocks(body.find("header")),
        "parts": list(_parts(copy, messages, reader, body, pages)),
        "charts": chart_shapes(copy.file, messages),
    }
    images = {each.image: copies[path].content for path, each in named.items() if each.image}
    return BinderData(content=content, images=images, on=copy.on, missing=missing_letters(copy))


def _named(copy: PaperCopy, number: int) -> PaperCopy:
    """Return the copy with a name for its image instead of the image."""
    suffix = copy.media_type.rpartition("/")[2]
    return replace(copy, image=f"image-{number}.{suffix}" if copy.image else "", content=b"")


def _plan_name(body: Any) -> str:
    found = body.find(".//p[@class='cover-plan']")
    return "".join(found.itertext()).strip() if found is not None else ""


def _around(sentence: str) -> Iterator[str]:
    before, _, rest = sentence.partition("{page}")
    between, _, after = rest.partition("{pages}")
    yield from (before, between, after)


def _parts(
    copy: Copy, messages: Messages, reader: Reader, body: Any, laid: Mapping[str, tuple[str, int]]
) -> Iterator[Block]:
    for section in sections_of(copy, messages):
        found = body.find(f".//section[@id='{section.key}']")
        blocks = [each for each in reader.blocks(found) if not _is_title(each)]
        for each in blocks:
            if section.key == "earlier":
                each["blocks"] = [inner for inner in each["blocks"] if not _is_title(inner)]
                _go_on(each["blocks"])
        _step_down(blocks, 1)
        _lay(blocks, laid)
        _line_up(blocks)
        yield {
            "is": "part",
            "key": section.key,
            "number": section.number,
            "joins": section.sheet != section.key,
            "room": room_of([each for each in blocks if not _is_document(each)]) if section.key in _MAY_JOIN else None,
            "title": respell(section.title),
            "blocks": blocks,
        }


def _is_title(block: Block) -> bool:
    return bool(block["is"] == "heading" and block["level"] == 1)


def _go_on(year: list[Block]) -> None:
    """Let the last entry of a year go with the documents and signatures below it, and these with what is not there."""
    for before, _, after in zip(year, year[1:], year[2:], strict=False):
        for few in ("documents", "signatures"):
            if "entry" in before.get("class", ()) and few in after.get("class", ()):
                before["goes-on"] = few
    for before, after in pairwise(year):
        if "signatures" in before.get("class", ()) and "empty" in after.get("class", ()):
            before["goes-on"] = "empty"


def _is_document(block: Block) -> bool:
    return "document" in block.get("class", ())


def _step_down(blocks: list[Block], last: int) -> int:
    """Let each heading go down one level at most; `last` is that of the one before. One without a word is none."""
    for block in blocks:
        if block["is"] == "heading" and not any(map(str.isalnum, "".join(words_in(block)))):
            block["is"] = "text"
        if block["is"] == "heading":
            last = block["level"] = min(block["level"], last + 1)
        for inner in (block, *block.get("items", ()), *block.get("rows", ())):
            if isinstance(inner, dict) and "blocks" in inner:
                last = _step_down(inner["blocks"], last)
    return last


def room_of(part: Any) -> int:
    """Return about how many letters' room blocks take: their words, the ends of their lines, and charts."""
    if isinstance(part, str):
        return len(part) + 40 * part.count("\n")
    if isinstance(part, list):
        return sum(map(room_of, part))
    kind = part.get("is", "text" if "kids" in part else "")  # A cell is its one line, or holds blocks.
    inside = sum(room_of(part[name]) for name in _HOLDS if name in part)
    return int(max(inside + _ENDS.get(kind, 0), part.get("room", 0), sum(part.get("tall", ()))))


def _line_up(blocks: list[Block]) -> None:
    """Give tables with the same heads the same columns, so that those of two terms stand in line."""
    alike: dict[tuple[str, ...], list[Block]] = {}
    for table in _tables(blocks):
        alike.setdefault(tuple(" ".join(words_in(cell)) for cell in table["head"]), []).append(table)
    for tables in alike.values():
        rooms = list(zip(*(table["widths"] for table in tables), strict=False))
        for table in tables:
            table["widths"] = [{name: max(each[name] for each in room) for name in room[0]} for room in rooms]


def _tables(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block["is"] == "table":
            yield block
        elif block["is"] == "group":
            yield from _tables(block["blocks"])


def _lay(blocks: list[Block], laid: Mapping[str, tuple[str, int]]) -> None:
    """Name each document's sheet in the contents, and note at it how many of its own pages follow."""
    for block in blocks:
        if _is_document(block):
            for each in block["blocks"]:
                each["listed"] = each["is"] == "heading"
            if block["id"] in laid:
                block["path"], block["pages"] = laid[block["id"]]
                block["heard"] = " ".join(words_in([each for each in block["blocks"] if each["is"] == "heading"]))
        elif block["is"] == "group":
            _lay(block["blocks"], laid)
