"""The pages that staff start from: their students, the offices of Principal and School Manager, and the school itself.

All counts and lists are made of the view's desk: what the desk does not hold is on no page (policy: P6, P14, P18,
P26-P30, P33, U6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from site_builder.access.view import Date, RequestView, Site, StudentView
from site_builder.access.view_desk import Case, StudentDue
from site_builder.base.artifact import Artifact
from site_builder.render.environment import environment
from site_builder.render.i18n import Messages
from site_builder.render.markdown import Markdown
from site_builder.render.pages import Link
from site_builder.render.vocabulary import N_, WORDS

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "conferences": (
        "annual-conference-offer",
        "annual-conference-hold",
        "parent-request-answer",
        "family-not-reached",
    ),
    "pairs": ("group-conference", "individual-conference"),
    "plans": ("plan",),
    "papers": ("own-part", "plan-review-occupational", "registration", "report-card", "earlier-credits"),
    "contacts": ("last-contact",),
    "requests": ("request-decision",),
    "people": ("adult-soon", "revocation-over"),
}
"""The sections of the School Manager's page and what is due in each; endings and trainings stand apart."""

OFFICE_PAGES = {"manager": "withheld.html", "principal": "students.html"}
"""A page by which one sees that a site was made for a holder of the office, among those who also have students."""

_TITLES = {
    "principal": N_("For the Principal"),
    "caseload": N_("Caseload"),
    "students": N_("My students"),
    "whole-school": N_("The whole school"),
    "withheld": N_("Papers withheld"),
    "our-school": N_("Our school"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A student in the list that staff start from; `statuses` counts this year's objectives by their status."""

    file: StudentView
    case: Case | None
    statuses: tuple[tuple[str, int], ...]
    needed: int
    no_strengths: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the students for whom the viewer has one kind of part: `caseload` as a counselor, else `students`."""

    name: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that has no answer yet (policy: P29)."""

    file: StudentView
    request: RequestView


def staff_pages(site: Site) -> Iterator[Artifact]:
    """Yield the pages of a staff member's site that are about no single student; `index.html` comes last."""
    made = environment(site.viewer.language, site.school.labels)
    messages = Messages(site.viewer.language, site.school.labels)
    groups = _groups(site, messages)
    tabs = _tabs(site, messages)
    markdown = Markdown(lambda _path: None)
    shared = {
        "site": site,
        "desk": site.desk,
        "root": "",
        "groups": groups,
        "waiting": waiting(site.files),
        "words": markdown.render,
        "sections": _sections(site),
    }
    for tab in reversed(tabs):
        shown = [replace(each, current=each is tab) for each in tabs]
        name = "students" if tab.name == "caseload" else tab.name
        html = made.get_template(f"site/staff-{name}.html").render(tabs=shown, tab=tab, first=tab is tabs[0], **shared)
        yield Artifact(tab.href, html.encode())
        if name == "our-school" and site.desk is not None and site.desk.school is not None:
            for plan in site.desk.school.inventory:
                page = made.get_template("site/staff-working-plan.html")
                html = page.render(tabs=shown, tab=tab, first=False, plan=plan, **shared)
                yield Artifact(working_plan_page(plan.id), html.encode())


def students_link(site: Site) -> Link | None:
    """Return the way back from a student's pages to the viewer's list of students, who may have none."""
    messages = Messages(site.viewer.language, site.school.labels)
    return next((each for each in _tabs(site, messages) if each.name in ("caseload", "students")), None)


def working_plan_page(plan: str) -> str:
    """Return the file name of a working plan's page; no student's folder can have that name."""
    return f"working-plan-{plan}.html"


def waiting(files: Iterable[StudentView]) -> tuple[Waiting, ...]:
    """Return the requests of these students that wait for the Principal, the oldest first."""
    open_ones = (Waiting(file, request) for file in files for request in file.years[0].requests if not request.outcome)
    return tuple(sorted(open_ones, key=lambda each: (each.request.referred_on, each.file.name, each.request.id)))


def picked(students: Iterable[StudentDue], kinds: Collection[str]) -> tuple[StudentDue, ...]:
    """Return who has something of `kinds` due, with that alone; the first due first."""
    found = []
    for each in students:
        due = tuple(one for one in each.due if one.kind in kinds)
        if due:
            found.append(replace(each, due=due))
    return tuple(sorted(found, key=lambda each: (each.due[0].by or Date.max, each.student)))


def _tabs(site: Site, messages: Messages) -> tuple[Link, ...]:
    """Return the viewer's pages, the one to start from first: an office before a list that is empty."""
    desk = site.desk
    counselor = desk is not None and any(each.role == "counselor" for each in desk.cases)
    own = "caseload" if counselor else "students"
    names = [own] if site.files or site.kept else []
    if desk is not None and desk.principal is not None:
        names = ["principal", *names]
    if desk is not None and desk.manager is not None:
        names += ["whole-school", "withheld"]
    names = names or [own]
    if desk is not None and desk.school is not None:
        names += ["our-school"]
    files = ["index.html", *(f"{'students' if each == own else each}.html" for each in names[1:])]
    return tuple(Link(name, messages.gettext(_TITLES[name]), file) for name, file in zip(names, files, strict=True))


def _sections(site: Site) -> Mapping[str, Mapping[str, tuple[StudentDue, ...]]]:
    """Return by office who has something due in each section."""
    desk = site.desk
    offices = {"manager": desk.manager, "principal": desk.principal} if desk is not None else {}
    return {
        office: {name: picked(held.students, kinds) for name, kinds in SECTIONS.items()}
        for office, held in offices.items()
        if held is not None
    }


def _groups(site: Site, messages: Messages) -> tuple[Group, ...]:
    cases = {each.student: each for each in site.desk.cases} if site.desk is not None else {}
    rows: dict[str, list[Row]] = {"caseload": [], "students": []}
    for file in site.files:
        case = cases.get(file.id)
        name = "caseload" if case is not None and case.role == "counselor" else "students"
        rows[name].append(_row(file, case, site.school.current_year))
    return tuple(Group(name, messages.gettext(_TITLES[name]), tuple(own)) for name, own in rows.items() if own)


def _row(file: StudentView, case: Case | None, current_year: str) -> Row:
    year = file.years[0] if file.years[0].id == current_year else None
    counted = Counter(each.status for each in year.objectives) if year is not None else Counter()
    return Row(
        file=file,
        case=case,
        statuses=tuple((each, counted[each]) for each in WORDS["status"] if counted[each]),
        needed=len(file.asks),
        no_strengths=year is None or year.strengths is None,
    )
