"""The binder set in type: `binder_data` in, a tagged PDF out (Typst; no program is started and nothing is written)."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.base.errors import SepError
from site_builder.base.resources import folder
from site_builder.render.binder_data import BinderData
from site_builder.render.blocks import Block
from site_builder.render.letters import fonts, rare
from site_builder.render.more_letters import Font, fonts_with

SIZES = ("letter", "a4")
_FORGETS_AFTER = 4
"""Binders after which the typesetter is made to forget them: what it remembers of ten would fill the memory."""

_REMEMBERS = 11
"""So many sheets later the typesetter lets go of what it has not used since."""


class TypesettingFailed(SepError):
    """The typesetter refused what it was given: a fault of the templates, told without a word of the student's."""

    exit_code = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a binder is printed on and how.

    `large_print` sets the text in 18 pt; `duplex` mirrors the margins and begins each part on a right-hand page;
    `archive` makes a PDF/A-2a, to be kept, beside PDF/UA-1.
    """

    size: str = "letter"
    large_print: bool = False
    duplex: bool = False
    archive: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """Where the empty pages of a document are: its path in the student's file, the first page from 1, and how many."""

    path: str
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class Typeset:
    """A binder as PDF; `laid` in the order of its pages. `data.missing` says which letters no font had."""

    pdf: bytes = field(repr=False)
    pages: int
    laid: tuple[Laid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A binder as the typesetter takes it: texts in JSON, which go to another process sooner than the tree they say."""

    binder: str = field(repr=False)
    paper: str = field(repr=False)
    letters: tuple[Font, ...]
    on: dt.date
    standards: tuple[str, ...]


def manuscript(data: BinderData, paper: Paper = Paper()) -> Manuscript:
    """Return what the typesetter takes; raises `ValueError` for a paper that is not in `SIZES`."""
    if paper.size not in SIZES:
        raise ValueError(f"no paper is called {paper.size!r}; there are {', '.join(SIZES)}")
    words = _json({name: part for name, part in data.content.items() if name != "charts"})
    more = fonts_with(rare(words) | rare(_json(data.content["charts"])))
    about = _json({**_given(data, paper), "letters": [each.family for each in more]})
    standards = ("ua-1", "a-2a") if paper.archive else ("ua-1",)
    return Manuscript(binder=words, paper=about, letters=more, on=data.on, standards=standards)


class Typesetter:
    """Sets one binder after another in one process; not for several threads at once."""

    def __init__(self) -> None:
        self._compiler: Any = None
        self._fonts: tuple[Font, ...] = ()
        self._nothing: Any = None
        self._left = _FORGETS_AFTER

    def typeset(self, data: BinderData, paper: Paper = Paper()) -> Typeset:
        """Return the binder as a tagged PDF; raises as `manuscript` and `set_in_type`."""
        return self.set_in_type(manuscript(data, paper))

    def set_in_type(self, given: Manuscript) -> Typeset:
        """Return the manuscript as a tagged PDF; the same gives the same bytes.

        Raises `TypesettingFailed` for anything the typesetter says against it, warnings included.
        """
        import typst

        compiler = self._ready(given.letters)
        midnight = dt.datetime.combine(given.on, dt.time(), dt.UTC)
        try:
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf",
                sys_inputs={"binder": given.binder, "paper": given.paper},
                pdf_standards=list(given.standards),
                timestamp=midnight,
            )
            told = json.loads(compiler.eval("query(<typeset>).map(it => it.value).first()"))
        except typst.TypstError as fault:
            self._compiler = None
            raise TypesettingFailed(_without_words(fault)) from None
        if warnings:
            raise TypesettingFailed(_without_words(warnings[0]))
        return Typeset(pdf, told["pages"], tuple(Laid(**each) for each in told["laid"]))

    def _ready(self, more: tuple[Font, ...]) -> Any:
        """Return the compiler, which knows the bundled fonts and `more`, and has forgotten the binders before
        after some of them.

        What it remembers is one memory of the whole process, which goes by the sheets that were set since; so some of
        nothing are set.
        """
        import typst

        if self._compiler is None or self._fonts != more:
            at = folder("templates") / "binder"
            paths = [str(fonts()), *dict.fromkeys(str(each.path.parent) for each in more)]
            kept = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
            self._compiler = typst.Compiler(at / "binder.typ", root=at, font_paths=kept)
            self._nothing = typst.Compiler(at / "nothing.typ", root=at, font_paths=kept)
            self._fonts = more
        if self._left == 0:
            for _ in range(_REMEMBERS):
                self._nothing.compile(format="pdf")
            self._left = _FORGETS_AFTER
        self._left -= 1
        return self._compiler


def _given(data: BinderData, paper: Paper) -> dict[str, Any]:
    """Return what the templates need beside the words; an image travels inside a drawing, for texts alone go in."""
    return {
        "size": paper.size,
        "large": paper.large_print,
        "duplex": paper.duplex,
        "on": {"year": data.on.year, "month": data.on.month, "day": data.on.day},
        "paging": data.content["paging"],
        "charts": data.content["charts"],
        "images": {name: _drawing(name, content) for name, content in data.images.items()},
        "places": sorted(_places(data.content["parts"])),
    }


def _drawing(name: str, content: bytes) -> str:
    kind = name.rpartition(".")[2]
    inside = base64.b64encode(content).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1">'
        f'<image width="1" height="1" preserveAspectRatio="none" href="data:image/{kind};base64,{inside}"/></svg>'
    )


def _places(blocks: list[Block]) -> set[str]:
    """Return the documents' sheets, to which the words may lead."""
    found: set[str] = set()
    for block in blocks:
        if "document" in block.get("class", ()):
            found.add(block["id"])
        found |= _places(block.get("blocks", []))
    return found


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _without_words(fault: Any) -> str:
    """Return what went wrong without the source around it, in which words of the student could stand."""
    return "the binder could not be typeset: " + re.sub(r"[\"`“].*?[\"`”]", "…", fault.message, flags=re.S)
