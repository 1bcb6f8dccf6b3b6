"""The offline form: one HTML file in which a participant writes their part of the plan (policy: P5, P18, P19).

It is opened from disk, needs no network and may ask for none; its one script is allowed by its hash. The same view and
key give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache

from babel import Locale
from markupsafe import Markup

from site_builder.access.plan_parts import base_of
from site_builder.access.view import Site, StudentView
from site_builder.base.form_token import FormKey, HandedOut
from site_builder.base.resources import folder
from site_builder.render.environment import environment
from site_builder.render.i18n import Messages, base_language
from site_builder.render.markdown import Markdown
from site_builder.render.page import Page
from site_builder.render.papers import PaperCopy

_SHEETS = ("parts/parts.css", "site/site.css", "form/form.css")
_LAST_GRADE = 12
_OTHER_LANGUAGES = ("en", "es", "nv", "vi", "zh", "ar", "so", "pt")


def render_form(site: Site, file: StudentView, key: FormKey) -> bytes:
    """Return the form of the site's reader about the newest year of `file`, as UTF-8 (policy: P5, P18, P19)."""
    messages = Messages(site.viewer.language, site.school.labels)
    page = Page(viewer=site.viewer, on=site.on, file=file, markdown=Markdown(_no_papers))
    style, script = _read(_SHEETS), _read(("form/form.js",))
    _ = messages.gettext
    html = (
        environment(site.viewer.language, site.school.labels)
        .get_template("form/form.html")
        .render(
            viewer=site.viewer,
            school=site.school,
            on=site.on,
            file=file,
            year=file.years[0],
            page=page,
            title=page.pick(_("My part of the plan"), _("Our part of the plan")),
            facts=json.dumps(facts(site, file, key), sort_keys=True),
            grades=[*range(file.grade, _LAST_GRADE + 1)] if file.grade is not None else [],
            languages=languages(site.viewer.language, messages.locale),
            style=Markup(style),  # noqa: S704 - our own sheet
            style_hash=_hash(style),
            script=Markup(script),  # noqa: S704 - our own script
            script_hash=_hash(script),
        )
    )
    return html.encode()


def facts(site: Site, file: StudentView, key: FormKey) -> dict[str, object]:
    """Return what the form knows of itself, sealed: it comes back in the file that is saved."""
    handed_out = HandedOut(
        school=site.school.name,
        participant=site.viewer.id,
        student=file.id,
        year=file.years[0].id,
        on=site.on,
        base=base_of(file),
    )
    return {
        "school": handed_out.school,
        "participant": handed_out.participant,
        "student": handed_out.student,
        "year": handed_out.year,
        "on": handed_out.on.isoformat(),
        "base": dict(handed_out.base),
        "key": key.id,
        "seal": key.seal(handed_out),
    }


def languages(first: str, locale: Locale) -> list[tuple[str, str]]:
    """Return the languages that people may write in, the reader's own first, each called as the reader calls it."""
    tags = dict.fromkeys([base_language(first) or "en", *_OTHER_LANGUAGES])
    return [(tag, locale.languages.get(tag, tag)) for tag in tags]


@cache
def _read(names: tuple[str, ...]) -> str:
    return "\n".join((folder("templates") / name).read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _no_papers(_path: str) -> PaperCopy | None:
    """Return nothing: the page stands alone, and what people wrote about a paper keeps its words only."""
    return None
