"""What a page of a PDF draws, without its marks: tags of another document's reading order, and layers not printed.

Within the binder a supporting document is a picture of itself. Its own tags would contradict the binder's, and words
on a hidden layer would be in the file although nobody sees them on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Operator, Stream

from site_builder.publish.pdf_layers import Layers

_MARKS = re.compile(rb"(?<![A-Za-z0-9])(?:BDC|BMC|EMC|DP|MP)(?![A-Za-z0-9])")
_BUILDS_PATH = {"m", "l", "c", "v", "y", "h", "re"}
_CLIPS = {"W", "W*"}
_PAINTS_PATH = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_SHOWS = {"Tj", "TJ", "Do", "sh", "INLINE IMAGE"}
_SHOWS_ON_NEXT_LINE = {"'", '"'}

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def plain_content(content: bytes, stream: Stream, resources: Dictionary, layers: Layers) -> bytes:
    """Return the drawing orders `content` (those of `stream`, with its `resources`) without marks and hidden parts.

    What has neither is returned as it is. Raises `pikepdf.PdfError` where it cannot be read.
    """
    if not _MARKS.search(content):
        return content
    instructions = pikepdf.parse_content_stream(stream)
    return pikepdf.unparse_content_stream(list(_unmarked(instructions, resources, layers)))


def _unmarked(instructions: list[Instruction], resources: Dictionary, layers: Layers) -> Iterator[Instruction]:
    open_marks: list[bool] = []
    path: list[Instruction] = []
    for each in instructions:
        name = str(each.operator)
        if name in {"BDC", "BMC"}:
            open_marks.append(name == "BDC" and _is_hidden(each, resources, layers))
        elif name == "EMC":
            if open_marks:
                open_marks.pop()
        elif name in {"DP", "MP"}:
            continue
        elif not any(open_marks):
            yield from path
            path.clear()
            yield each
        elif name in _BUILDS_PATH or name in _CLIPS:
            path.append(each)
        elif name in _PAINTS_PATH or name == "n":
            yield from _only_clipping(path)
            path.clear()
        elif name in _SHOWS_ON_NEXT_LINE:
            yield pikepdf.ContentStreamInstruction([], Operator("T*"))
        elif name not in _SHOWS:
            yield each  # the state it sets holds for what is shown afterwards


def _only_clipping(path: list[Instruction]) -> Iterator[Instruction]:
    """Give a path that is not drawn where it cuts out what is drawn later, else nothing."""
    if any(str(each.operator) in _CLIPS for each in path):
        yield from path
        yield pikepdf.ContentStreamInstruction([], Operator("n"))


def _is_hidden(instruction: Instruction, resources: Dictionary, layers: Layers) -> bool:
    operands = list(instruction.operands)
    if len(operands) != 2 or operands[0] != Name.OC or not isinstance(operands[1], Name):
        return False
    named = resources.get(Name.Properties)
    return layers.hides(named.get(operands[1]) if isinstance(named, Dictionary) else None)
