"""The package for a third party: a page to print that opens with the notice of 34 CFR 99.33, and documents (P35)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache

from markupsafe import Markup

from site_builder.access.view import YearView
from site_builder.access.view_release import ReleaseView
from site_builder.base.artifact import Artifact
from site_builder.base.resources import folder
from site_builder.render.environment import date_text, environment
from site_builder.render.i18n import Messages
from site_builder.render.markdown import Markdown
from site_builder.render.page import Page
from site_builder.render.paper import RunningHead, page_rules
from site_builder.render.papers import PaperCopy, copy_papers

PAGE = "release.html"
_SHEETS = ("parts/parts.css", *(f"binder/{name}.css" for name in ("charts", "binder", "print", "cards")))


class Unreadable(ValueError):
    """A document that was to be given cannot be read; the text is its title."""


def render_release(release: ReleaseView, paper: str = "letter") -> Iterator[Artifact]:
    """Give the page and the documents of a release, photos freed of what a camera wrote into them (policy: P35).

    Raises `Unreadable` where a document cannot be read: then nothing of the release may be handed over.
    """
    file = release.copy.file
    papers = [each for year in file.years for each in year.papers]
    copies = copy_papers(papers)
    for each in papers:
        if each.path not in copies:
            raise Unreadable(each.title)
    yield Artifact(PAGE, _page(release, copies, paper))
    for copy in copies.values():
        yield Artifact(copy.href, copy.content)


def _page(release: ReleaseView, copies: Mapping[str, PaperCopy], paper: str) -> bytes:
    copy = release.copy
    labels = copy.school.labels
    messages = Messages(copy.viewer.language, labels)
    titles = _titles(messages)
    sections = {year.id: [each for each in release.sections if _has(year, each)] for year in copy.file.years}
    style = _style(release, messages, paper)
    html = (
        environment(copy.viewer.language, labels)
        .get_template("release/release.html")
        .render(
            release=release,
            file=copy.file,
            school=copy.school,
            page=Page(viewer=copy.viewer, on=copy.on, file=copy.file, markdown=Markdown(_no_papers), copies=copies),
            titles=titles,
            sections_of=sections,
            headings={year: [titles[each] for each in found] for year, found in sections.items()},
            style=Markup(style),  # noqa: S704 - our own sheet; names in it are CSS escapes
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            grades="",
            steps_of=lambda _year: "",
        )
    )
    return html.encode()


def _titles(messages: Messages) -> Mapping[str, str]:
    _ = messages.gettext
    return {
        "strengths": _("Strengths and achievements"),
        "objectives": _("Objectives and means"),
        "plan": _("Course plan and requirements"),
        "progress": _("Record of progress"),
        "registrations": _("Registrations and teachers’ telephones"),
        "report-cards": _("Report cards"),
        "tests": _("Tests"),
        "conferences": _("Conferences"),
        "requests": _("Requests and answers"),
    }


def _has(year: YearView, section: str) -> bool:
    """Tell whether the year has anything in this section: an empty one is not named."""
    found = {
        "strengths": year.strengths,
        "objectives": year.objectives,
        "plan": year.plan,
        "progress": year.progress,
        "registrations": year.registrations,
        "report-cards": year.report_cards,
        "tests": year.tests if not year.report_cards else (),  # they stand below the report cards
        "conferences": year.conferences,
        "requests": year.requests,
    }
    return bool(found[section])


def _style(release: ReleaseView, messages: Messages, paper: str) -> str:
    _ = messages.gettext
    private = _("Do not pass this on · 34 CFR 99.33 · %(day)s") % {"day": date_text(messages, release.copy.on)}
    head = RunningHead("release", release.to)
    numbering = _("Page {page} of {pages}")
    return page_rules(paper, release.copy.file.name, private, numbering, [head]) + _sheet()


@cache
def _sheet() -> str:
    return "".join((folder("templates") / name).read_text(encoding="utf-8") for name in _SHEETS)


def _no_papers(_path: str) -> PaperCopy | None:
    """Return nothing: what people wrote about a paper keeps its words only."""
    return None
