"""The worksheet: what the offline form asks, on paper, in the binder's style (policy: P5, P18, P19)."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from markupsafe import Markup

from site_builder.access.view import Site, StudentView
from site_builder.base.resources import folder
from site_builder.render.environment import date_text, environment
from site_builder.render.i18n import Messages
from site_builder.render.markdown import Markdown
from site_builder.render.page import Page
from site_builder.render.paper import RunningHead, page_rules
from site_builder.render.papers import PaperCopy

_SHEETS = ("parts/parts.css", "binder/binder.css", "binder/print.css", "worksheet/worksheet.css")


def render_worksheet(site: Site, file: StudentView, paper: str = "letter") -> bytes:
    """Return the worksheet of the site's reader about the newest year of `file`, as UTF-8 (policy: P5, P18, P19)."""
    messages = Messages(site.viewer.language, site.school.labels)
    page = Page(viewer=site.viewer, on=site.on, file=file, markdown=Markdown(_no_papers))
    _ = messages.gettext
    title = page.pick(_("Worksheet: my part of the plan"), _("Worksheet: our part of the plan"))
    style = _style(site, file, messages, title, paper)
    html = (
        environment(site.viewer.language, site.school.labels)
        .get_template("worksheet/worksheet.html")
        .render(
            viewer=site.viewer,
            school=site.school,
            file=file,
            year=file.years[0],
            page=page,
            title=title,
            style=Markup(style),  # noqa: S704 - our own sheet; names in it are CSS escapes
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        )
    )
    return html.encode()


def _style(site: Site, file: StudentView, messages: Messages, title: str, paper: str) -> str:
    _ = messages.gettext
    name = f"{file.name} · {file.years[0].id}"
    private = _("Private · copy of %(day)s") % {"day": date_text(messages, site.on)}
    head = RunningHead("worksheet", title)
    return page_rules(paper, name, private, _("Page {page} of {pages}"), [head]) + _sheet()


@cache
def _sheet() -> str:
    return "".join((folder("templates") / name).read_text(encoding="utf-8") for name in _SHEETS)


def _no_papers(_path: str) -> PaperCopy | None:
    """Return nothing: the page stands alone, and what people wrote about a paper keeps its words only."""
    return None
