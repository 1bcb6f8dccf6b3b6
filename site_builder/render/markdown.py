"""People's own words: Markdown made into safe HTML, with links only to where a page may lead.

Two fences stand one behind the other: the link rule below works on tokens, and `nh3` cleans what comes out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from textwrap import shorten
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from site_builder.access.view import Words
from site_builder.render.papers import PaperCopy

Find = Callable[[str], PaperCopy | None]
"""Gives the copy of the paper at a path in the student's file, or nothing when this reader has none."""

_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "h2", "h3", "h4", "h5", "h6"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_TAGS = _BLOCKS | _TABLES | {"br", "em", "strong", "s", "code", "a", "img"}
_ATTRIBUTES = {"a": {"href", "rel"}, "img": {"src", "alt", "width", "height"}, "th": {"scope"}, "ol": {"start"}}
_OUTSIDE = re.compile(r"(?:https://[^/\\\s]|mailto:|tel:)", re.IGNORECASE)
_INSIDE = re.compile(r"#[\w-]+|[\w.-]+(?:/[\w.-]+)*", re.ASCII)
_INLINE_IMAGE = re.compile(r"data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=]+")
# Quotes and lists within one another: the parser leaves out what lies too deep, and words must not be lost.
_DEEP_QUOTES = re.compile(r"^((?: {0,3}>){8})(?: {0,3}>)+", re.MULTILINE)
_DEEP_LISTS = re.compile(r"^((?:[ >]*(?:[-*+]|\d{1,9}[.)]) +){6})(?:(?:[-*+]|\d{1,9}[.)]) +)+", re.MULTILINE)
_DEEP_INDENT = re.compile(r"^( {24}) +", re.MULTILINE)
_DEEPEST = 64


class Markdown:
    """Renders `Words` for one page depth; the same words at the same heading level are rendered once.

    `find` resolves the papers of this view. `base` leads from the page to the student's folder (`../`).
    """

    def __init__(self, find: Find, base: str = "") -> None:
        self._find = find
        self._base = base
        self._done: dict[tuple[Words, int], Markup] = {}
        # Nobody writes lists forty levels deep, and each level more is work for a text of nothing but brackets.
        self._parser = MarkdownIt("js-default", {"maxNesting": _DEEPEST})
        # Every link is taken apart by `_links`, so that a refused one keeps its text and loses its brackets.
        self._parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005

    def render(self, words: Words, level: int = 4) -> Markup:
        """Return `words` as HTML; its highest heading becomes `<h{level}>` (2 to 6)."""
        key = (words, level)
        if key not in self._done:
            self._done[key] = self._render(words, level)
        return self._done[key]

    def opening(self, words: Words, longest: int = 140) -> str:
        """Return the first sentence of `words` as plain text, cut at a word after `longest` characters."""
        for token in self._parser.parse(words.markdown):
            if token.type == "inline" and token.children:
                text = "".join(
                    child.content if child.content else " " for child in token.children if child.nesting == 0
                )
                sentence = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
                if sentence:
                    return shorten(sentence, longest, placeholder=" …")
        return ""

    def _render(self, words: Words, level: int) -> Markup:
        tokens = self._parser.parse(_shallow(words.markdown))
        _push_down_headings(tokens, level)
        for token in tokens:
            if token.type == "th_open":
                token.attrSet("scope", "col")
            if token.children:
                token.children = list(self._links(token.children, words.folder))
        html = self._parser.renderer.render(tokens, self._parser.options, {})
        return Markup(clean(html))  # noqa: S704 - nh3 has cleaned it

    def _links(self, tokens: Sequence[Token], start: str) -> Iterator[Token]:
        kept: list[bool] = []
        for token in tokens:
            if token.type == "link_open":
                href = self._target(str(token.attrGet("href") or ""), start)
                kept.append(bool(href))
                if href:
                    token.attrs = {"href": href}
                    if _OUTSIDE.match(href):
                        token.attrSet("rel", "noopener noreferrer")
                    yield token
            elif token.type == "link_close":
                if kept.pop():
                    yield token
            elif token.type == "image":
                yield self._image(token, start)
            else:
                yield token

    def _target(self, url: str, start: str) -> str:
        if _OUTSIDE.match(url):
            return url
        copy = self._paper(url, start)
        return copy.link(self._base) if copy else ""

    def _image(self, token: Token, start: str) -> Token:
        copy = self._paper(str(token.attrGet("src") or ""), start)
        alt = token.content or (copy.alt if copy else "")
        if copy is None or not copy.image:
            return Token("text", "", 0, content=alt)
        token.attrs = {"src": copy.image_link(self._base), "alt": ""}
        if copy.width and copy.height:
            token.attrs |= {"width": copy.width, "height": copy.height}
        token.children = [Token("text", "", 0, content=alt)]  # the renderer writes the children as `alt`
        return token

    def _paper(self, url: str, start: str) -> PaperCopy | None:
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return None
        return self._find(posixpath.normpath(posixpath.join(start, unquote(parts.path))))


def clean(html: str) -> str:
    """Return `html` with nothing but the tags, attributes and addresses that people's words may have."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_allowed,
        url_schemes={"https", "mailto", "tel", "data"},
        link_rel=None,
    )


def _allowed(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if _OUTSIDE.match(value) or _INSIDE.fullmatch(value) else None
    if attribute == "src":
        return value if _INSIDE.fullmatch(value) or _INLINE_IMAGE.fullmatch(value) else None
    return value


def _shallow(markdown: str) -> str:
    """Return the text with no more quotes and lists in one another than the parser follows."""
    for pattern in (_DEEP_QUOTES, _DEEP_LISTS, _DEEP_INDENT):
        markdown = pattern.sub(r"\1", markdown)
    return markdown


def _push_down_headings(tokens: Sequence[Token], top: int) -> None:
    """Give the headings consecutive levels below `top`, so that the page's outline has no holes."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    last = top - 1
    tag = ""
    for token in tokens:
        if token.type == "heading_open":
            last = min(top + used.index(token.tag), last + 1, 6)
            tag = f"h{last}"
        if token.type in {"heading_open", "heading_close"}:
            token.tag = tag
