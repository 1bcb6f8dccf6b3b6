"""Finds every message that templates, `render` and `access` show: what a catalogue must hold, no more and no less."""

from __future__ import annotations

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

import site_builder.access
import site_builder.render
from site_builder.base.resources import folder

_KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_TEMPLATE_OPTIONS = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}


def messages_in_source() -> Catalog:
    """Return the messages of `templates` and of `site_builder/render` and `access`, with the files they stand in."""
    found = Catalog(project="sep", charset="utf-8")
    for root, methods, options in (
        (str(folder("templates")), [("**.html", "jinja2")], {"**.html": _TEMPLATE_OPTIONS}),
        (next(iter(site_builder.render.__path__)), [("**.py", "python")], {}),
        (next(iter(site_builder.access.__path__)), [("**.py", "python")], {}),
    ):
        for name, _line, message, comments, context in extract_from_dir(
            root, methods, options, keywords=_KEYWORDS, comment_tags=("Translators:",)
        ):
            found.add(message, None, [(name.replace("\\", "/"), 0)], auto_comments=comments, context=context)
    return found
