"""Plain values built from the events of libyaml, with a finding for each thing that a record may not hold."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from site_builder.base.diagnostics import Diagnostic
from site_builder.base.errors import MissingTool
from site_builder.source import refusals
from site_builder.source.characters import MOST_FINDINGS
from site_builder.source.document import Place, Pointer, Value
from site_builder.source.positions import Ruler, offset
from site_builder.source.refusals import extent
from site_builder.source.scalars import NumberRefused, resolve
from site_builder.source.syntax import explain

if TYPE_CHECKING:
    from yaml._yaml import CParser

_SHORT = 32
"""Letters of a text that may well stand in many files: a key, an id, a day. It is kept in memory once for all."""

_Extent: TypeAlias = tuple[int, int]


class _Frame:
    """A list or mapping that is being filled; without a pointer it hangs on nothing (a refused key's value)."""

    __slots__ = ("begun", "data", "first", "flow", "is_key", "key", "key_extent", "parent_key", "pointer", "refused")

    def __init__(self, data: list[Value] | dict[str, Value], event: CollectionStartEvent) -> None:
        self.data = data
        self.begun = offset(event.start_mark)
        self.flow = bool(event.flow_style)
        self.is_key = False
        self.pointer: Pointer | None = None
        self.parent_key: _Extent | None = None
        self.key: str | None = None
        self.key_extent: _Extent | None = None
        self.refused = False
        self.first: dict[str, ScalarEvent] = {}


class Builder:
    """Builds the value of one YAML text; afterwards `data`, `findings` and `sound` tell what came of it.

    The text is that of `ruler`. `sound` says that the whole text was read and every value in it is known; there may be
    findings all the same (of two equal keys the first is kept). Where `places` is given, it is filled.
    """

    def __init__(self, ruler: Ruler, places: dict[Pointer, Place] | None = None) -> None:
        self.data: Value = None
        self.findings: list[Diagnostic] = []
        self.sound = True
        self._ruler = ruler
        self._places = places
        self._stack: list[_Frame] = []
        self._frame: _Frame | None = None
        self._documents = 0
        self._last: Event | None = None
        self._end = 0
        self._token_end = 0
        self._stopped = False
        self._wary = "#" in ruler.text or "?" in ruler.text

    def run(self, nothing: str) -> None:
        """Read the text once; `nothing` is the sentence for a text without content."""
        parser = _parser(self._ruler.text)
        try:
            self._read(parser)
        except YAMLError as error:
            self._refuse(explain(error, self._ruler, self._last), known=False)
            return
        if self.sound and self.data is None and not self._stopped:
            self._refuse(refusals.nothing_in_it(self._ruler, nothing), known=False)

    def _read(self, parser: CParser) -> None:
        get_event = parser.get_event
        event = get_event()
        while event is not None:
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)  # type: ignore[arg-type]  # mypy does not narrow by `type() is`
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._open(event)  # type: ignore[arg-type]
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._close(event)
            elif kind is AliasEvent:
                self._alias(event)  # type: ignore[arg-type]
            elif kind is DocumentStartEvent:
                self._document(event)  # type: ignore[arg-type]
            elif kind is StreamEndEvent and self._wary:
                self._look_between(event)
            if self._stopped:
                return
            self._last = event
            event = get_event()

    # --- events -------------------------------------------------------------------------------------------------

    def _scalar(self, event: ScalarEvent) -> None:
        if self._wary:
            self._look_between(event)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, event.tag)
        frame = self._frame
        if frame is not None and frame.key is None and type(frame.data) is dict:
            self._key(event, frame)
            return
        text = sys.intern(event.value) if len(event.value) <= _SHORT else event.value
        value: Value = text
        if not event.style:
            try:
                value = resolve(text)
            except NumberRefused as refused:
                value = None
                self._refuse(refusals.number(self._ruler, event, refused.code), known=False)
        elif event.style == '"':
            self._all(refusals.hidden_code(self._ruler, event, key=False))
        if self._places is not None:
            self._note(event)
        self._attach(value)

    def _key(self, event: ScalarEvent, frame: _Frame) -> None:
        text = frame.key = sys.intern(event.value)
        if self._places is not None:
            frame.key_extent = extent(self._ruler, event)
        if not event.style:
            if text == "<<":
                self._refuse(refusals.merge_key(self._ruler, event), known=False)
                frame.refused = True
                return
            if text == "":
                self._refuse(refusals.no_key(self._ruler, event), known=False)
                frame.refused = True
                return
            if not _is_text(text):
                self._refuse(refusals.key_not_text(self._ruler, event))
        elif event.style == '"':
            self._all(refusals.hidden_code(self._ruler, event, key=True))
        first = frame.first.setdefault(text, event)
        if first is not event:
            self._refuse(refusals.duplicate_key(self._ruler, event, first))
            frame.refused = True

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if self._wary and event.flow_style:
            self._look_between(event)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, event.tag)
        if len(self._stack) >= refusals.DEEPEST:
            self._refuse(refusals.too_deep(self._ruler, event), known=False)
            self._stopped = True
            return
        data: list[Value] | dict[str, Value] = {} if type(event) is MappingStartEvent else []
        frame = _Frame(data, event)
        parent = self._frame
        if parent is not None and parent.key is None and type(parent.data) is dict:
            frame.is_key = True
            self._refuse(refusals.group_as_key(self._ruler, event), known=False)
        else:
            if self._places is not None:
                frame.pointer = self._pointer()
                frame.parent_key = parent.key_extent if parent else None
            self._attach(data)
        self._stack.append(frame)
        self._frame = frame

    def _close(self, event: Event) -> None:
        frame = self._stack.pop()
        self._frame = parent = self._stack[-1] if self._stack else None
        if frame.flow:
            if self._wary:
                self._look_between(event)
            self._end = offset(event.end_mark)
        if self._places is not None and frame.pointer is not None:
            self._places[frame.pointer] = self._place((frame.begun, max(frame.begun, self._end)), frame.parent_key)
        if frame.is_key and parent is not None:
            parent.key = ""
            parent.refused = True

    def _alias(self, event: AliasEvent) -> None:
        frame = self._frame
        if frame is None or not frame.refused:
            self._refuse(refusals.alias(self._ruler, event), known=False)
        if frame is not None and frame.key is None and type(frame.data) is dict:
            frame.key = ""
            frame.refused = True
        else:
            self._attach(None)

    def _document(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(refusals.second_document(self._ruler, event), known=False)
            self._stopped = True
        elif event.version or event.tags:
            self._refuse(refusals.directive(self._ruler, event))

    # --- values -------------------------------------------------------------------------------------------------

    def _attach(self, value: Value) -> None:
        frame = self._frame
        if frame is None:
            self.data = value
            return
        data = frame.data
        if type(data) is dict:
            if not frame.refused:
                data[frame.key or ""] = value
            frame.key = frame.key_extent = None
            frame.refused = False
        else:
            data.append(value)  # type: ignore[union-attr]

    def _pointer(self) -> Pointer | None:
        frame = self._frame
        if frame is None:
            return ()
        if frame.pointer is None or frame.refused:
            return None
        return (*frame.pointer, len(frame.data) if frame.key is None else frame.key)

    def _note(self, event: ScalarEvent) -> None:
        start, end = extent(self._ruler, event)
        self._end = max(self._end, end)
        pointer = self._pointer()
        if pointer is not None and self._places is not None:
            self._places[pointer] = self._place((start, end), self._frame.key_extent if self._frame else None)

    def _place(self, value: _Extent, key: _Extent | None) -> Place:
        position = self._ruler.position
        return Place((position(value[0]), position(value[1])), (position(key[0]), position(key[1])) if key else None)

    # --- findings -----------------------------------------------------------------------------------------------

    def _refuse(self, finding: Diagnostic, *, known: bool = True) -> None:
        self.findings.append(finding)
        self.sound = self.sound and known
        if len(self.findings) >= MOST_FINDINGS:
            self._stopped = True
            self.sound = False

    def _all(self, findings: Iterable[Diagnostic], *, known: bool = True) -> None:
        for finding in findings:
            self._refuse(finding, known=known)

    def _decorated(self, event: NodeEvent, tag: str | None) -> None:
        if event.anchor is not None:
            self._refuse(refusals.anchor(self._ruler, event))
        if tag is not None:
            self._refuse(refusals.tag(self._ruler, event), known=False)

    def _look_between(self, event: Event) -> None:
        """Look at what libyaml skipped before this token, and takes otherwise than YAML 1.2 does."""
        self._all(refusals.unspaced_comments(self._ruler, self._token_end, event), known=False)
        self._all(refusals.unquoted_question(self._ruler, event), known=False)
        self._token_end = max(self._token_end, offset(event.end_mark))


def _is_text(key: str) -> bool:
    try:
        return isinstance(resolve(key), str)
    except NumberRefused:
        return False


def _parser(text: str) -> CParser:
    try:
        from yaml._yaml import CParser as Parser
    except ImportError as error:
        raise MissingTool(
            "PyYAML on this computer lacks libyaml, without which records cannot be read",
            "Install PyYAML again from a ready-made package: `pip install --force-reinstall pyyaml`",
        ) from error
    return Parser(text if text.endswith("\n") else text + "\n")  # so that a last line ends as all others do
