"""The binder: one student's file for one reader as a single page that prints well and asks for nothing else.

Images stand in the page as `data:` addresses, the stylesheet in its head, allowed by its hash; there is no script.
The same copy gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from markupsafe import Markup

from site_builder.access.view import Copy, PaperView, StudentView, YearView
from site_builder.base.resources import folder
from site_builder.render.changes import changes_said
from site_builder.render.chart_data import credits_data, credits_sentence
from site_builder.render.charts import credits_chart, grades_chart, steps_chart
from site_builder.render.course_table import course_table
from site_builder.render.environment import date_text, environment
from site_builder.render.i18n import Messages
from site_builder.render.markdown import Markdown
from site_builder.render.page import Page
from site_builder.render.paper import RunningHead, page_rules
from site_builder.render.papers import PaperCopy, copy_papers
from site_builder.render.pdf_pages import count_pages

_WIDTH = re.compile(r"\((m(?:ax|in)-width): ([0-9]+)rem\)")
_SHEETS = ("parts/parts.css", *(f"binder/{name}.css" for name in ("charts", "binder", "print", "cards")))
_ENTRY_ID = re.compile(r'(<article class="[^"<>]*" id=")')


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the binder; `number` is empty for those that stand outside the count.

    `sheet` names the part on whose sheets it is printed: its own, or the one before when it has next to nothing to say.
    """

    key: str
    title: str
    sheet: str
    number: str = ""

    @property
    def heading(self) -> str:
        """Return number and title as the contents and the running head give them."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as the binder keeps it: its place in the page and how many pages it has, where that is known.

    `laid` when its own pages follow in the binder; else the reader inserts them, and `why` says why, where that is
    known: `locked`, `damaged`, `empty`, `long` or `packed`.
    """

    paper: PaperView
    anchor: str
    pages: int | None = None
    laid: bool = False
    why: str = ""


def render_binder(copy: Copy, paper: str = "letter", large_print: bool = False) -> bytes:
    """Return the binder as HTML (UTF-8); `paper` is `letter` or `a4`, `large_print` sets the text in 18 pt.

    Raises `ValueError` for another paper. Policy: P3-P11, P20, P22-P24, P31, P35-P37.
    """
    messages = Messages(copy.viewer.language, copy.school.labels)
    style = _style(copy, messages, tuple(sections_of(copy, messages)), paper, large_print)
    copies, sheets = documents_of(copy.file)
    shown = {path: replace(each, image=_data_address(each), content=b"") for path, each in copies.items()}
    return page_of(copy, shown, sheets, style, large_print=large_print).encode()


def page_of(
    copy: Copy,
    copies: Mapping[str, PaperCopy],
    sheets: Mapping[str, Sheet],
    style: str = "",
    *,
    large_print: bool = False,
    drawn: bool = True,
) -> str:
    """Return the page whose words the print page and the PDF share; `copies` say where its images are.

    Where the charts are drawn from their numbers elsewhere (`drawn=False`), their drawings are left out.
    """
    labels = copy.school.labels
    messages = Messages(copy.viewer.language, labels)
    page = Page(
        viewer=copy.viewer,
        on=copy.on,
        file=copy.file,
        markdown=Markdown(copies.get),
        copies=copies,
    )
    template = environment(copy.viewer.language, labels).get_template("binder/binder.html")
    return template.render(
        copy=copy,
        file=copy.file,
        school=copy.school,
        page=page,
        sections=tuple(sections_of(copy, messages)),
        sheets=sheets,
        style=Markup(style),  # noqa: S704 - our own sheet; names in it are CSS escapes
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        large_print=large_print,
        credits_said=credits_sentence(credits_data(copy.file, messages), messages),
        credits=credits_chart(copy.file, messages, drawn=drawn),
        grades=grades_chart(copy.file, messages, drawn=drawn),
        course_table=course_table(copy.file, messages),
        steps_of=partial(steps_chart, messages=messages, drawn=drawn),
        in_year=in_year,
        days=changes_said(copy.file, messages, copy.file.years[0].id),
    )


def sections_of(copy: Copy, messages: Messages) -> Iterator[Section]:
    """Give the parts of the binder in their order, numbered as they come."""
    _ = messages.gettext
    file = copy.file
    this_year = file.years[0].id == copy.school.current_year
    numbered = [
        ("this-year", _("This year at a glance") if this_year else _("The newest year at a glance")),
        ("strengths", _("Strengths and achievements")),
        ("objectives", _("Objectives and means")),
        ("courses", _("Course plan and requirements")),
        *([("occupation", _("Occupation plan"))] if file.years[0].occupational else []),
        ("progress", _("Record of progress")),
        ("registrations", _("Registrations and teachers’ telephones")),
        ("report-cards", _("Report cards and tests")),
        ("conferences", _("Conferences")),
        ("requests", _("Requests and answers")),
        ("people", _("People who take part")),
        ("papers", _("Documents and consents")),
        *([("earlier", _("Earlier years"))] if len(file.years) > 1 else []),
    ]
    if copy.holds("reading"):
        yield Section("reading", _("How to read this binder"), "contents")
    empty, sheet = _empty(file.years[0]), ""
    held = (each for each in numbered if each[0] == "earlier" or copy.holds(each[0]))
    for number, (key, title) in enumerate(held, 1):
        sheet = sheet if key in empty and sheet else key
        yield Section(key, title, sheet, str(number))
    if copy.holds("signatures"):
        yield Section("signatures", _("Signatures"), "signatures")
    if copy.since is not None:
        yield Section("changes", _("Changes since the last print"), "changes")
    if file.changes and not copy.sections:
        yield Section("history", _("What changed"), "history")


def _empty(year: YearView) -> frozenset[str]:
    """Return the parts that hold one sentence in `year`; a sheet of its own for each would be paper for nothing."""
    holds = {
        "strengths": year.strengths,
        "progress": year.progress or any(each.steps for each in year.objectives),
        "registrations": year.registrations,
        "report-cards": year.report_cards or year.tests,
        "conferences": year.conferences,
        "requests": year.requests,
        "papers": year.papers,
    }
    return frozenset(key for key, held in holds.items() if not held)


def in_year(html: Markup, year: YearView) -> Markup:
    """Return an earlier year's entries with ids of their own: an objective's id may stand in several years."""
    return Markup(_ENTRY_ID.sub(rf"\g<1>{year.id}-", str(html)))  # noqa: S704 - escaped before; ids are [a-z0-9-]


def _style(copy: Copy, messages: Messages, sections: tuple[Section, ...], paper: str, large: bool) -> str:
    _ = messages.gettext
    heads = [RunningHead("contents", _("Contents"))]
    own = (section for section in sections if section.sheet == section.key != "earlier")
    heads += [RunningHead(section.key, section.heading) for section in own]
    earlier = next((section.heading for section in sections if section.key == "earlier"), "")
    heads += [RunningHead(f"earlier-{n}", f"{earlier}: {year.id}") for n, year in enumerate(copy.file.years[1:], 1)]
    name = f"{copy.file.name} · {copy.file.years[0].id}"
    private = _("Private · copy of %(day)s") % {"day": date_text(messages, copy.on)}
    return page_rules(paper, name, private, _("Page {page} of {pages}"), heads, large_print=large) + _sheet(large)


@cache
def _sheet(large: bool) -> str:
    at = folder("templates")
    sheet = "".join((at / name).read_text(encoding="utf-8") for name in _SHEETS)
    # The width of a screen is told in letters of the browser's own size; where ours are larger it is narrow sooner.
    return _WIDTH.sub(lambda found: f"({found[1]}: {int(found[2]) * 3 // 2}rem)", sheet) if large else sheet


def documents_of(
    file: StudentView, laid: Mapping[str, int] | None = None, unprinted: Mapping[str, str] | None = None
) -> tuple[Mapping[str, PaperCopy], Mapping[str, Sheet]]:
    """Return the copies of the student's papers and their sheets, both by path in the student's file.

    `laid` gives the pages of those documents that lie in the binder themselves, behind their divider; `unprinted` why
    others cannot.
    """
    papers = [paper for year in file.years for paper in year.papers]
    copies: dict[str, PaperCopy] = {}
    sheets: dict[str, Sheet] = {}
    read = copy_papers(papers)
    for number, paper in enumerate(papers, 1):
        sheet = Sheet(paper, f"document-{number}")
        if paper.path in read:
            found = read[paper.path]
            laid_pages = (laid or {}).get(paper.path, 0)
            pages = 1 if found.image else laid_pages or count_pages(found.content)
            why = (unprinted or {}).get(paper.path, "")
            sheet = replace(sheet, pages=pages, laid=bool(laid_pages), why=why)
            copies[paper.path] = replace(found, href=f"#{sheet.anchor}")
        sheets[paper.path] = sheet
    return copies, sheets


def _data_address(copy: PaperCopy) -> str:
    if not copy.image:
        return ""
    return f"data:{copy.media_type};base64,{base64.b64encode(copy.content).decode()}"
