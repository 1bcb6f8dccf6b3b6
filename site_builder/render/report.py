"""The annual reports as pages that stand by themselves: no script, no other file, and good on paper (policy: P34).

The same view gives the same bytes. What a page says in numbers it says in its tables; sentences and charts are made
from the same published numbers.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache, partial

from markupsafe import Markup

from site_builder.access.view import Words
from site_builder.access.view_report import OUTCOMES, SOURCES, STATUSES, DistrictView, ReportView
from site_builder.base.resources import folder
from site_builder.render import report_charts as charts
from site_builder.render.environment import environment
from site_builder.render.i18n import Messages
from site_builder.render.markdown import Markdown
from site_builder.render.paper import page_rules
from site_builder.render.report_words import district_short, offered_sentence, short, shown_text
from site_builder.render.vocabulary import word

_SHEETS = (
    "parts/parts.css",
    *(f"binder/{name}.css" for name in ("charts", "binder", "print", "cards")),
    "report/report.css",
)


def render_report(report: ReportView, paper: str = "letter") -> bytes:
    """Return a school's report as HTML (UTF-8); raises `ValueError` for an unknown paper (policy: P34)."""
    messages = Messages(report.language, report.labels)
    own = report.figures
    style = _style(messages, f"{report.school} · {report.year}", report.as_of is not None, paper)
    template = environment(report.language, report.labels).get_template("report/report.html")
    html = template.render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own sheet; names in it are CSS escapes
        style_hash=_hash(style),
        said={"short": short(report, messages), "offered": offered_sentence(own, messages)},
        charts={
            "occupational": charts.occupational_chart(own, messages),
            "held": charts.held_chart(own, messages),
            "objectives": charts.objectives_chart(own, messages),
            "means": charts.means_chart(own, messages),
            "trend": charts.trend_chart(report, messages),
        },
        words={
            "status": [word(messages, "status", each) for each in STATUSES],
            "source": [word(messages, "source", each) for each in SOURCES],
            "outcome": [word(messages, "outcome", each) for each in OUTCOMES],
        },
        say=_words(),
        shown=partial(shown_text, messages),
    )
    return html.encode()


def render_district_report(report: DistrictView, paper: str = "letter") -> bytes:
    """Return a district's report as HTML (UTF-8); raises `ValueError` for an unknown paper (policy: P34)."""
    messages = Messages(report.language)
    style = _style(messages, f"{report.district} · {report.year}", report.as_of is not None, paper)
    template = environment(report.language, {}).get_template("report/district.html")
    html = template.render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own sheet; names in it are CSS escapes
        style_hash=_hash(style),
        said=district_short(report, messages),
        say=_words(),
        shown=partial(shown_text, messages),
    )
    return html.encode()


def _words() -> Callable[[Words, int], Markup]:
    """Return what makes people's words safe HTML; a report has no papers that they could show."""
    return Markdown(lambda _path: None).render


def _style(messages: Messages, name: str, draft: bool, paper: str) -> str:
    _ = messages.gettext
    mark = _("Draft: not to be handed out") if draft else _("Annual report on the Student Education Plans")
    return page_rules(paper, name, mark, _("Page {page} of {pages}"), ()) + _sheet()


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _sheet() -> str:
    at = folder("templates")
    return "".join((at / name).read_text(encoding="utf-8") for name in _SHEETS)
