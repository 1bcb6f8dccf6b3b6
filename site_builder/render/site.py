"""One viewer's private site: pages, papers and the stylesheet, made of the view and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from site_builder.access.view import Copy, Site, StudentView
from site_builder.base.artifact import Artifact
from site_builder.base.resources import folder
from site_builder.render.binder import render_binder
from site_builder.render.environment import environment
from site_builder.render.i18n import Messages
from site_builder.render.overview import row, waiting
from site_builder.render.pages import student_pages
from site_builder.render.papers import copy_papers

STYLES = ("parts/parts.css", "binder/charts.css", "site/site.css")
"""The parts of the one stylesheet, in order."""


def render_site(site: Site) -> Iterator[Artifact]:
    """Yield every file of the viewer's site, paths relative to that viewer's folder; `index.html` comes last.

    The same view gives the same bytes (policy: P8, P25, P35).
    """
    yield _stylesheet()
    starts_at_child = site.viewer.audience == "family" and len(site.files) == 1 and not site.kept
    for file in site.files:
        yield from _student(site, file, start=starts_at_child)
    manager = site.viewer.id == site.school.school_manager.id
    if manager:
        yield _list(site, "withheld", manager=True)
    if not starts_at_child:
        yield _list(site, "students", manager=manager)


def _student(site: Site, file: StudentView, *, start: bool) -> Iterator[Artifact]:
    copies = copy_papers(paper for year in file.years for paper in year.papers)
    for copy in copies.values():
        yield Artifact(f"{file.id}/{copy.href}", copy.content)
    yield from student_pages(site, file, copies, start=start)
    reader = Copy(viewer=site.viewer, on=site.on, school=site.school, file=file)
    yield Artifact(f"{file.id}/binder.html", render_binder(reader))


def _list(site: Site, name: str, *, manager: bool) -> Artifact:
    messages = Messages(site.viewer.language, site.school.labels)
    html = (
        environment(site.viewer.language, site.school.labels)
        .get_template(f"site/{name}.html")
        .render(
            site=site,
            root="",
            rows=[row(file, site.school.current_year, messages) for file in site.files],
            waiting=waiting(site.files),
            manager=manager,
        )
    )
    return Artifact("index.html" if name == "students" else f"{name}.html", html.encode())


@cache
def _stylesheet() -> Artifact:
    templates = folder("templates")
    return Artifact("assets/sep.css", b"\n".join((templates / name).read_bytes() for name in STYLES))
