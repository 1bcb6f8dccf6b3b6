"""The six pages about a student, for the newest school year and for every earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from site_builder.access.plan_parts import may_write
from site_builder.access.view import ConferenceView, Date, Site, StudentView, YearView
from site_builder.base.artifact import Artifact
from site_builder.render.changes import changes_said
from site_builder.render.charts import credits_chart, grades_chart, steps_chart
from site_builder.render.course_table import course_table
from site_builder.render.environment import environment
from site_builder.render.i18n import Messages
from site_builder.render.markdown import Markdown
from site_builder.render.overview import needs, strength
from site_builder.render.page import Page
from site_builder.render.papers import PaperCopy
from site_builder.render.vocabulary import N_

TABS = (
    ("index", N_("Overview")),
    ("plan", N_("Objectives and plan")),
    ("classes", N_("Classes and grades")),
    ("strengths", N_("Strengths and progress")),
    ("conferences", N_("Conferences")),
    ("people", N_("People and papers")),
)
"""The pages in their order: the file's and template's name, and the title."""

CHANGES = ("changes", N_("What changed"))
"""The page beside them, which has no school year: what was entered lately, and by whom."""

_CHARTS = {
    "course_table": course_table,
    "credits_chart": credits_chart,
    "grades_chart": grades_chart,
    "steps_chart": steps_chart,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the page's head; `current` marks where the reader is."""

    name: str
    title: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: the ways from it to the viewer's folder, to the student's, and to its own year's pages.

    `home` is the viewer's list of students, its address from the viewer's folder. `form` tells whether the student's
    folder holds an offline form.
    """

    path: str
    root: str
    base: str
    here: str
    home: Link | None = None
    form: bool = False


def student_pages(
    site: Site,
    file: StudentView,
    copies: Mapping[str, PaperCopy],
    *,
    start: bool,
    home: Link | None = None,
    form: bool = False,
) -> Iterator[Artifact]:
    """Yield the pages about `file`; with `start`, its overview is the viewer's first page as well.

    `home` leads to the viewer's list of students, from the viewer's folder; `form` tells whether there is an offline
    form for those who write a part of the plan (policy: P5, P19).
    """
    made = environment(site.viewer.language, site.school.labels)
    for year in file.years:
        newest = year is file.years[0]
        folder = f"{file.id}/" if newest else f"{file.id}/{year.id}/"
        root, base = ("../", "") if newest else ("../../", "../")
        markdown = Markdown(copies.get, base)
        for name, _ in TABS:
            place = Place(path=f"{folder}{name}.html", root=root, base=base, here="", home=home, form=form)
            yield _page(made, site, file, year, name, place, markdown, copies)
        if newest:
            place = Place(path=f"{folder}{CHANGES[0]}.html", root=root, base=base, here="", home=home, form=form)
            yield _page(made, site, file, year, CHANGES[0], place, markdown, copies)
    if start:
        base = f"{file.id}/"
        place = Place(path="index.html", root="", base=base, here=base, form=form)
        yield _page(made, site, file, file.years[0], "index", place, Markdown(copies.get, base), copies)


def _page(
    made: Environment,
    site: Site,
    file: StudentView,
    year: YearView,
    name: str,
    place: Place,
    markdown: Markdown,
    copies: Mapping[str, PaperCopy],
) -> Artifact:
    messages = Messages(site.viewer.language, site.school.labels)
    newest = year is file.years[0]
    tabs = tuple(Link(each, messages.gettext(title), f"{place.here}{each}.html", each == name) for each, title in TABS)
    own = next((tab for tab in tabs if tab.current), Link(name, messages.gettext(CHANGES[1]), f"{name}.html", True))
    page = Page(viewer=site.viewer, on=site.on, file=file, markdown=markdown, copies=copies, base=place.base)
    guidelines = site.school.guidelines
    html = made.get_template(f"site/{name}.html").render(
        site=site,
        file=file,
        year=year,
        newest=newest,
        page=page,
        root=place.root,
        here=place.here,
        home=place.home,
        tabs=tabs,
        tab=own,
        years=_years(file, year, name if name != CHANGES[0] else TABS[0][0], place),
        days=changes_said(file, messages, file.years[0].id) if name == CHANGES[0] else (),
        asks=needs(file, messages) if newest else (),
        writes=newest and may_write(file, site.viewer.id),
        form=place.form,
        writes_plan=any(ask.kind == "write-your-part" for ask in file.asks),
        strength=strength(file.years[file.years.index(year) :], markdown),
        notes=sorted(year.progress, key=lambda note: (note.date, note.id), reverse=True),
        meetings=sorted(year.conferences, key=_meeting_day, reverse=True),
        guidelines=page.words(guidelines, 3) if guidelines else Markup(""),
        nothing_then=messages.gettext("Nothing was written here in that school year."),
        template_language=guidelines.language if guidelines else "",
        **_CHARTS,
    )
    return Artifact(place.path, html.encode())


def _years(file: StudentView, shown: YearView, name: str, place: Place) -> tuple[Link, ...]:
    """Return the years switch: the same page in each school year."""
    newest = file.years[0]
    return tuple(
        Link(year.id, year.id, f"{place.base}{'' if year is newest else year.id + '/'}{name}.html", year is shown)
        for year in file.years
    )


def _meeting_day(meeting: ConferenceView) -> tuple[Date, str]:
    """Return what puts conferences in order: the day it was or will be, else the day it came up."""
    days = (meeting.held_on, meeting.scheduled_on, meeting.declined_on, meeting.requested_on, meeting.offered_on)
    return next((day for day in days if day), Date.min), meeting.id
