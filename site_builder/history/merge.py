"""Three-way merge of a record: field by field, items by what they are called, words by the paragraph.

Text is moved in the stretches in which it was written, so that comments and form stay. What comes out is read back and
must say what the merge of the data says; else the merge is `Unsure`, and leaves the file to a merge of lines.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from site_builder.history.conflict import Choice, Chooser, Conflict
from site_builder.history.outline import BLOCKS, FLOWS, MAPPINGS, Form, Node, Part, named, outline
from site_builder.history.passages import comments, ended, in_common, line_ends, lines, marks, paragraphs
from site_builder.history.sequences import Clash, merge_rows
from site_builder.source.document import Document, Value
from site_builder.source.front_matter import read_markdown
from site_builder.source.yaml_reader import plain_lines, read_yaml

_BOM = b"\xef\xbb\xbf"


class Unsure(Exception):
    """These three versions cannot be merged by what they say."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged bytes; where `conflicts` is not empty, both versions stand in them between marks."""

    content: bytes
    conflicts: tuple[Conflict, ...] = ()


def merge(path: str, base: bytes | None, ours: bytes, theirs: bytes, choose: Chooser | None = None) -> Merged:
    """Return what `ours` and `theirs` make of `base` together; `None` where both have begun the file.

    `choose` decides conflicts; those that it leaves open stay. Raises `Unsure` where the record cannot be read in all
    versions, or where what was put together does not say what it should.
    """
    if ours == theirs or theirs == base:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    texts = [_text(each) for each in (base or b"", ours, theirs)]
    merging = _Merging(choose or _leave)
    made = merging.file(path, texts[0] if base is not None else None, texts[1], texts[2])
    if merging.found:
        # With marks in it nothing can be read; but whatever is chosen later must give a sound file.
        for each in (Choice.MINE, Choice.THEIRS):
            _Merging(_always(each)).file(path, texts[0] if base is not None else None, texts[1], texts[2])
    content = made.encode()
    if b"\r\n" in ours and b"\r\n" in theirs:
        content = content.replace(b"\n", b"\r\n")
    return Merged(
        _BOM + content if ours.startswith(_BOM) and theirs.startswith(_BOM) else content, tuple(merging.found)
    )


def merge_lines(base: bytes | None, ours: bytes, theirs: bytes, choose: Chooser | None = None) -> Merged:
    """Return a merge of lines, as git makes it, for what cannot be merged by what it says; raises `Unsure` likewise."""
    rows = [_text(each).splitlines(keepends=True) for each in (base or b"", ours, theirs)]
    merging = _Merging(choose or _leave)
    made = merging.rows(rows, apart=True)
    return Merged(made.encode(), tuple(merging.found))


def _leave(_conflict: Conflict) -> None:
    return None


def _always(choice: Choice) -> Chooser:
    return lambda _conflict: choice


def _text(content: bytes) -> str:
    try:
        return plain_lines(content.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise Unsure from error


class _Open(Exception):
    """Something was left open inside a stretch that cannot hold marks."""


class _Whole(Exception):
    """Two values cannot be merged piece by piece; nobody has been asked yet."""


@dataclass(slots=True)
class _Made:
    """A merged stretch: its text, its data, how much room for a dash stands before it, and whether marks do in it."""

    text: str
    data: Value
    room: int = 0
    marked: bool = False


@dataclass(slots=True)
class _Merging:
    choose: Chooser
    found: list[Conflict] = field(default_factory=list)

    # --- whole files ------------------------------------------------------------------------------------------------

    def file(self, path: str, base: str | None, ours: str, theirs: str) -> str:
        old = _read(path, base) if base is not None else None
        mine, other = _read(path, ours), _read(path, theirs)
        made = self.value((), _fields(old) if old is not None else None, _fields(mine), _fields(other))
        text, body = made.text, ""
        if path.endswith(".md"):
            rows = paragraphs(mine.body), paragraphs(other.body)
            body = self.rows([paragraphs(old.body) if old else in_common(*rows), *rows])
            opening, closing = _dashes(mine)
            text = f"{opening}{text}{closing}{body}"
        if not self.found:
            again = _read(path, text)
            if again.data != made.data or again.body != body:
                raise Unsure
        return text

    def rows(self, rows: Sequence[Sequence[str]], *, apart: bool = False) -> str:
        """Return rows of paragraphs (with `apart`: of lines) merged to one text, with marks where a clash is left."""
        made = ""
        for each in merge_rows(rows[0], rows[1], rows[2], same=str if apart else str.strip, apart=apart):
            texts = self.clash(each, apart=apart) if isinstance(each, Clash) else each
            for text in texts:
                gap = "" if not made or apart or not text.strip() else "\n" * (2 - line_ends(made))
                made = (ended(made) if apart else made + gap) + text
        return made

    def clash(self, clash: Clash, *, apart: bool) -> Sequence[str]:
        """Return what stands for a passage that both have changed."""
        if not apart:
            finer = list(merge_rows(*(lines(each) for each in (clash.base, clash.ours, clash.theirs)), apart=True))
            if not any(isinstance(each, Clash) for each in finer):
                return ["".join(ended(line) for each in finer if isinstance(each, tuple) for line in each)]
        texts = ["".join(each) or None for each in (clash.base, clash.ours, clash.theirs)]
        ours, theirs = texts[1] or "", texts[2] or ""
        match self.decide(Conflict((), texts[0], texts[1], texts[2], bool(ours and theirs))):
            case Choice.MINE:
                return [ours]
            case Choice.THEIRS:
                return [theirs]
            case Choice.BOTH:
                return [ours, theirs]
        return [marks(ours, theirs)]

    def decide(self, conflict: Conflict) -> Choice | None:
        choice = self.choose(conflict)
        if choice is Choice.BOTH and not conflict.can_keep_both:
            raise ValueError("of these two only one can be kept")
        if choice is None:
            self.found.append(conflict)
        return choice

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, path: tuple[str, ...], base: Node | None, ours: Node, theirs: Node) -> _Made:
        """Return the merge of two mappings or two lists; raises `_Open`, `_Whole` or `Unsure`."""
        if base is not None and (not base.parts or (base.form in MAPPINGS) != (ours.form in MAPPINGS)):
            base = None
        by_name = named(base, ours, theirs)
        if by_name is None:
            raise _Whole
        if ours.form in BLOCKS and _margin(ours) != _margin(theirs):
            raise _Whole if path else Unsure
        old, mine, other = by_name
        made = _Made("", {} if ours.form in MAPPINGS else [], ours.room)
        texts: list[str] = []
        for name in _in_order(list(old), list(mine), list(other), strict=ours.form not in MAPPINGS):
            part = self.part((*path, name), old.get(name), mine.get(name), other.get(name), ours.form)
            if part is None:
                continue
            texts.append(part.text)
            made.marked = made.marked or part.marked
            if isinstance(made.data, dict):
                made.data[name] = part.data
            elif isinstance(made.data, list):
                made.data.append(part.data)
        if ours.form in FLOWS:
            made.text = ours.opening + ours.between.join(texts) + ours.closing
        else:
            closing = comments(base.closing if base else "", ours.closing, theirs.closing)
            made.text = "".join(map(ended, texts)) + closing
        return made

    def part(
        self, path: tuple[str, ...], base: Part | None, ours: Part | None, theirs: Part | None, form: Form
    ) -> _Made | None:
        """Return the merge of one field or item, or `None` where it goes; raises `_Open` where marks do not fit."""
        if _same(ours, theirs) or _same(base, theirs):
            return _as_it_is(ours)
        if _same(base, ours):
            return _as_it_is(theirs)
        if ours is not None and theirs is not None:
            try:
                made = self.inside(path, base, ours, theirs)
            except _Whole:
                pass
            except _Open:
                if form in FLOWS:
                    raise
                return _Made(marks(ours.whole, theirs.whole), None, marked=True)
            else:
                # Marks do not fit behind a dash: there they stand around the whole item.
                marked = made.marked and form is Form.LIST
                return _Made(marks(ours.whole, theirs.whole), None, marked=True) if marked else made
        return self.chosen(path, base, ours, theirs, form)

    def inside(self, path: tuple[str, ...], base: Part | None, ours: Part, theirs: Part) -> _Made:
        """Merge what stands above a part, in it and behind it, each by itself."""
        if ours.before != theirs.before:
            raise _Whole
        lead = comments(base.lead if base else "", ours.lead, theirs.lead)
        after = _picked(base.after if base else None, ours.after, theirs.after)
        node = _settled(base.node if base else None, ours.node, theirs.node)
        if node is not None:
            made = _Made(node.text, node.data, node.room)
        elif ours.node.parts and theirs.node.parts and ours.node.form is theirs.node.form:
            made = self.value(path, base.node if base else None, ours.node, theirs.node)
        else:
            made = self.scalar(path, base, ours, theirs)
        return _Made(lead + ours.before + made.text[made.room :] + after, made.data, 0, made.marked)

    def scalar(self, path: tuple[str, ...], base: Part | None, ours: Part, theirs: Part) -> _Made:
        """Decide about a value that is one thing; raises `_Open` where it is left open."""
        mine, other = ours.node, theirs.node
        if mine.parts or other.parts or mine.room or other.room:
            raise _Whole
        both = _joined(mine.data, other.data)
        match self.decide(
            Conflict(path, base.node.text if base else None, mine.text, other.text, can_keep_both=both is not None)
        ):
            case Choice.MINE:
                return _Made(mine.text, mine.data)
            case Choice.THEIRS:
                return _Made(other.text, other.data)
            case Choice.BOTH:
                return _Made(json.dumps(both, ensure_ascii=False), both)
        raise _Open

    def chosen(
        self, path: tuple[str, ...], base: Part | None, ours: Part | None, theirs: Part | None, form: Form
    ) -> _Made | None:
        """Decide about a part as a whole."""
        texts = [each.text if each else None for each in (base, ours, theirs)]
        match self.decide(Conflict(path, texts[0], texts[1], texts[2])):
            case Choice.MINE:
                return _as_it_is(ours)
            case Choice.THEIRS:
                return _as_it_is(theirs)
        if form in FLOWS:
            raise _Open
        first, second = (each.whole if each else "" for each in (ours, theirs))
        return _Made(marks(first, second), None, marked=True)


def _read(path: str, text: str) -> Document:
    document, findings = read_markdown(path, text) if path.endswith(".md") else read_yaml(path, text)
    if document is None or findings:
        raise Unsure
    return document


def _fields(document: Document) -> Node:
    count = document.text.count("\n") + 1
    markdown = document.path.endswith(".md")
    if not isinstance(document.data, dict) or not document.data:
        raise Unsure
    found = outline(document, 1, document.body_line - 2) if markdown else outline(document, 0, count)
    if found.form is not Form.MAPPING:
        raise Unsure
    return found


def _dashes(document: Document) -> tuple[str, str]:
    lines = document.text.split("\n")
    return f"{lines[0]}\n", f"{lines[document.body_line - 2]}\n"


def _in_order(base: list[str], ours: list[str], theirs: list[str], *, strict: bool) -> list[str]:
    """Return all names in the order of who has changed it; a new one of the other stands behind what it followed there.

    Raises `_Whole` with `strict` where both have changed the order, each in another way.
    """
    common = [set(base) & set(ours) & set(theirs)]
    rows = [[name for name in row if name in common[0]] for row in (base, ours, theirs)]
    if strict and rows[1] != rows[2] and rows[0] not in (rows[1], rows[2]):
        raise _Whole
    first, second = (theirs, ours) if rows[0] == rows[1] != rows[2] else (ours, theirs)
    made = list(first)
    new = set(second) - set(first) - set(base)
    for number, name in enumerate(second):
        if name in made:
            continue
        before = next((each for each in reversed(second[:number]) if each in made), None)
        at = made.index(before) + 1 if before is not None else 0
        while name in new and at < len(made) and made[at] not in second and made[at] not in base:
            at += 1  # what the first has put in at the same place stands before it
        made.insert(at, name)
    return made


def _same(one: Part | None, other: Part | None) -> bool:
    if one is None or other is None:
        return one is other
    return ended(one.whole) == ended(other.whole)


def _as_it_is(part: Part | None) -> _Made | None:
    return _Made(part.whole, part.node.data) if part is not None else None


def _settled(base: Node | None, ours: Node, theirs: Node) -> Node | None:
    """Return the value where only one has changed it, or both alike; `None` else. A change of form alone gives way."""
    if ours.text == theirs.text:
        return ours
    plain = "#" not in ours.text, "#" not in theirs.text
    if base is not None and base.text == theirs.text:
        return ours
    if base is not None and base.text == ours.text:
        return theirs
    if ours.data == theirs.data and any(plain):
        return ours if plain[1] else theirs
    if base is not None and base.data == ours.data and plain[0]:
        return theirs
    if base is not None and base.data == theirs.data and plain[1]:
        return ours
    return None


def _picked(base: str | None, ours: str, theirs: str) -> str:
    if ended(ours) == ended(theirs) or theirs == base:
        return ours
    if ours == base:
        return theirs
    raise _Whole


def _joined(ours: Value, theirs: Value) -> str | None:
    """Return both texts as one, or `None` where that makes no sense."""
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return None
    if ours.strip() in theirs or theirs.strip() in ours:
        return max(ours, theirs, key=len)
    between = "\n\n" if "\n" in (ours.strip() + theirs.strip()) else " "
    return ours.rstrip() + between + theirs.lstrip()


def _margin(node: Node) -> int:
    before = node.parts[0].before
    return len(before) - len(before.lstrip(" "))
