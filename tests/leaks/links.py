"""Every address in a reader's pages leads to a file of the same reader, to a place in the page, or says it goes out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from site_builder.access.naming import Words
from site_builder.access.view import Site
from site_builder.base.artifact import Artifact
from site_builder.render import markdown
from site_builder.render.site import render_site
from tests.exchange.handed_in import KEY

HOSTILE = (
    "../../../omega/2026-27/plan.yaml",
    "../../omega/index.html",
    "../../../../school.yaml",
    "%2e%2e/%2e%2e/omega/index.html",
    "/etc/passwd",
    "//elsewhere.example/x.png",
    "http://elsewhere.example/x.png",
    "https:/elsewhere.example",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    "blob:https://elsewhere.example/1",
    "intent://x#Intent;end",
    "\\\\\\\\elsewhere.example\\\\x",
)
MARKUP = (
    '<img src="http://elsewhere.example/x.png">',
    "<script>fetch('http://elsewhere.example')</script>",
    '<a href="http://elsewhere.example" ping="http://elsewhere.example">x</a>',
    '<svg onload="alert(1)"><use href="http://elsewhere.example/x.svg#a"/></svg>',
    '<meta http-equiv="refresh" content="0;url=http://elsewhere.example">',
    '<form action="http://elsewhere.example"><input formaction="http://elsewhere.example"></form>',
    "<style>@import 'http://elsewhere.example'</style>",
    '<p style="background:url(http://elsewhere.example)" onclick="alert(1)">x</p>',
)
_ADDRESSES = frozenset(
    ["href", "src", "srcset", "action", "formaction", "poster", "data", "ping", "background", "cite"]
)
_OUT = ("https", "mailto", "tel")


class _Addresses(HTMLParser):
    """Gathers tags, addresses and attributes that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            runs = name.startswith("on") or (name == "http-equiv" and (value or "").lower() == "refresh")
            if name in _ADDRESSES or name == "xlink:href" or runs:
                self.found.append((tag, "runs" if runs else name, value or ""))


def addresses(html: str) -> list[tuple[str, str, str]]:
    parser = _Addresses()
    parser.feed(html)
    return parser.found


def stray_addresses(pages: Sequence[Artifact]) -> Iterator[str]:
    """Give each address that leads to nothing of these pages and is no link that says it goes out."""
    names = {each.path for each in pages}
    for page in (each for each in pages if each.path.endswith(".html")):
        for tag, name, value in addresses(page.content.decode()):
            if not _is_sound(tag, name, value, page.path, names):
                yield f"{page.path}: <{tag} {name}={value[:60]}>"


def _is_sound(tag: str, name: str, value: str, page: str, names: set[str]) -> bool:
    if name == "runs":
        return False
    if tag == "img" and value.startswith("data:image/"):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return (
            tag == "a" and name == "href" and parts.scheme in _OUT and (parts.scheme != "https" or bool(parts.netloc))
        )
    if not parts.path:
        return value.startswith("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) in names


def hostile(site: Site) -> Site:
    """Return the site with notes that say what the checker would never let through."""
    words = [f"[w]({each}) ![w]({each})\n\n<{each}>" for each in HOSTILE] + list(MARKUP)
    file = site.files[0]
    year = file.years[0]
    note = replace(year.progress[0], words=Words("\n\n".join(words), "en", f"{year.id}/progress"))
    years = (replace(year, progress=(note, *year.progress[1:])), *file.years[1:])
    return replace(site, files=(replace(file, years=years), *site.files[1:]))


def faults(site: Site) -> list[str]:
    """Return the addresses that go astray in pages with hostile words, and what the second fence alone lets through."""
    found = list(stray_addresses(tuple(render_site(hostile(site), KEY))))
    for each in MARKUP:
        left = markdown.clean(each)
        found += [f"clean lets through {each}"] if "elsewhere" in left or "alert" in left else []
    return found
