"""The page around a sealed file: asks for the six words, opens the pages in memory, locks them again (policy: P35).

What stands in it is for everybody's eyes: the school's name and telephone, our own script and style. Nothing of a
student, and not the reader's name.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache

from markupsafe import Markup

from site_builder.access.view import Site
from site_builder.base.resources import folder
from site_builder.render.environment import environment

_HERE = "@sealed-blocks@"


def render_loader(site: Site, header: bytes, chunks: Iterable[bytes]) -> bytes:
    """Return the one HTML file, in the language of the site's reader: the loader, the header and the chunks."""
    style, script = _read("loader.css"), _read("loader.js")
    html = (
        environment(site.viewer.language, site.school.labels)
        .get_template("sealed/loader.html")
        .render(
            school=site.school,
            style=Markup(style),  # noqa: S704 - our own sheet
            style_hash=_hash(style),
            script=Markup(script),  # noqa: S704 - our own script
            script_hash=_hash(script),
            blocks=Markup(_HERE),  # noqa: S704 - a mark of our own
        )
    )
    before, _, after = html.rpartition(_HERE)
    return b"".join((before.encode(), *_blocks(header, chunks), after.encode()))


def _blocks(header: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for name, content in (("header", header), *((f"chunk-{at}", each) for at, each in enumerate(chunks))):
        yield f'<script type="application/octet-stream" data-sep="{name}">'.encode()
        yield base64.b64encode(content)
        yield b"</script>\n"


@cache
def _read(name: str) -> str:
    return (folder("templates") / "sealed" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
