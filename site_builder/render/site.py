"""One viewer's private site: pages, papers and the stylesheet, made of the view and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from site_builder.access.plan_parts import may_write
from site_builder.access.view import Copy, Site, StudentView
from site_builder.base.artifact import Artifact
from site_builder.base.form_token import FormKey
from site_builder.base.resources import folder
from site_builder.render.binder import render_binder
from site_builder.render.environment import environment
from site_builder.render.form import render_form
from site_builder.render.i18n import Messages
from site_builder.render.pages import Link, student_pages
from site_builder.render.papers import copy_papers
from site_builder.render.staff import staff_pages, students_link
from site_builder.render.worksheet import render_worksheet

STYLES = ("parts/parts.css", "binder/charts.css", "site/site.css", "site/staff.css")
"""The parts of the one stylesheet, in order."""


def render_site(site: Site, key: FormKey | None = None) -> Iterator[Artifact]:
    """Yield every file of the viewer's site, paths relative to that viewer's folder; `index.html` comes last.

    With a `key`, those who write a part of the plan get the offline form, sealed with it; the worksheet they get in any
    case. The same view and key give the same bytes (policy: P5, P8, P19, P25, P35).
    """
    yield _stylesheet()
    staff = site.viewer.audience == "staff"
    starts_at_child = not staff and len(site.files) == 1 and not site.kept
    messages = Messages(site.viewer.language, site.school.labels)
    home = students_link(site) if staff else Link("students", messages.gettext("Choose a student"), "index.html")
    for file in site.files:
        yield from _student(site, file, key, start=starts_at_child, home=None if starts_at_child else home)
    if staff:
        yield from staff_pages(site)
    elif not starts_at_child:
        html = environment(site.viewer.language, site.school.labels).get_template("site/students.html")
        yield Artifact("index.html", html.render(site=site, root="").encode())


def _student(
    site: Site, file: StudentView, key: FormKey | None, *, start: bool, home: Link | None
) -> Iterator[Artifact]:
    copies = copy_papers(paper for year in file.years for paper in year.papers)
    for copy in copies.values():
        yield Artifact(f"{file.id}/{copy.href}", copy.content)
    writes = may_write(file, site.viewer.id)
    if writes:
        yield Artifact(f"{file.id}/worksheet.html", render_worksheet(site, file))
    if writes and key is not None:
        yield Artifact(f"{file.id}/form.html", render_form(site, file, key))
    yield from student_pages(site, file, copies, start=start, home=home, form=key is not None)
    reader = Copy(viewer=site.viewer, on=site.on, school=site.school, file=file)
    yield Artifact(f"{file.id}/binder.html", render_binder(reader))


@cache
def _stylesheet() -> Artifact:
    templates = folder("templates")
    return Artifact("assets/sep.css", b"\n".join((templates / name).read_bytes() for name in STYLES))
