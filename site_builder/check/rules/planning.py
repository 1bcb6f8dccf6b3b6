"""How a plan is made and kept alive: whose advice, by what means, and how it goes on (SEP39x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.ages import holds_own_rights
from site_builder.model.records import Objective, Plan
from site_builder.model.store import Store, StudentFile, YearSection

LONGEST_SILENCE = dt.timedelta(days=90)
_PLAN = "students/lopez-sam/2026-27/plan.yaml"
_OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"
_NOTE = "students/lopez-sam/2026-27/progress/2026-10-01-first-book.md"
_REYES = "{person: reyes, on: 2026-08-20}"
_ROSA = "{person: rosa-lopez, on: 2026-08-20}"


def _plan(consulted: str) -> str:
    return (
        "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-08-20\n"
        f"occupational_review: {{by: cruz, on: 2026-09-20}}\n{consulted}\n"
    )


def _objective(rest: str) -> str:
    return f"statement: Read one book a month\nkind: academic\nsuggested_by: park\n{rest}\n"


def _note(objective: str) -> str:
    return f"---\nby: park\ndate: 2026-10-01\n{objective}---\nSam finished a book a week early.\n"


_MEANS = "means: [{what: Library pass in third period, source: school}]"

CONSULTED = Code(
    code="SEP390",
    severity=Severity.ADVICE,
    title="nobody at school, or no parent, was consulted on a plan",
    why=(
        "A plan is made in consultation with counselors, teachers and administrators; from grade 9 on, when the "
        "student prepares it, with a parent or guardian too. `consulted` says who was asked and when."
    ),
    policy="P5",
    fails=(Example(_PLAN, _plan(f"consulted: [{_REYES}]  # <-- here")),),
    passes=(Example(_PLAN, _plan(f"consulted: [{_REYES}, {_ROSA}]")),),
)
NO_MEANS = Code(
    code="SEP391",
    severity=Severity.ADVICE,
    title="an objective has no means",
    why=(
        "With each objective stand the activities and means that help: programs of the school, and what the family, "
        "the student or others can give. An objective without any is a wish that nobody has begun to help with."
    ),
    policy="P22",
    fails=(Example(_OBJECTIVE, _objective("status: on-track  # <-- here")),),
    passes=(Example(_OBJECTIVE, _objective(f"status: on-track\n{_MEANS}")),),
)
SILENCE = Code(
    code="SEP392",
    severity=Severity.ADVICE,
    title="nothing has been written for 90 days about an objective that is under way",
    why=(
        "The file keeps a record of progress toward each objective: a note, a step that is done. After 90 days without "
        "either, somebody should ask how it goes, or set the objective aside."
    ),
    policy="P24",
    fails=(
        Example(_PLAN, _plan(f"consulted: [{_REYES}, {_ROSA}]")),
        Example(_NOTE, _note("")),
        Example(_OBJECTIVE, _objective(f"{_MEANS}\nsuggested_on: 2026-08-20\nstatus: on-track  # <-- here")),
    ),
    passes=(
        Example(_PLAN, _plan(f"consulted: [{_REYES}, {_ROSA}]")),
        Example(_NOTE, _note("objective: read-more\n")),
        Example(_OBJECTIVE, _objective(f"{_MEANS}\nsuggested_on: 2026-08-20\nstatus: on-track")),
    ),
)
NOT_COMMUNITY = Code(
    code="SEP393",
    severity=Severity.WARNING,
    title="means name a partnership but do not come from the community",
    why=(
        "What a partner of the school gives, such as a work/study place, is a resource of the community. The pages "
        "show what the school provides and what comes from elsewhere in two groups, and the source decides which."
    ),
    policy="P32",
    fails=(
        Example(
            "partnerships/metal-shop.yaml", "partner: Metal Shop\nprogram: Welding\noffers: [Shop]\nsince: 2026-02-01\n"
        ),
        Example(
            _OBJECTIVE,
            _objective(
                "status: on-track\nmeans:\n  - what: Saturdays in the shop\n    partnership: metal-shop\n"
                "    source: school  # <-- here"
            ),
        ),
    ),
    passes=(
        Example(
            "partnerships/metal-shop.yaml", "partner: Metal Shop\nprogram: Welding\noffers: [Shop]\nsince: 2026-02-01\n"
        ),
        Example(
            _OBJECTIVE,
            _objective(
                "status: on-track\nmeans:\n  - what: Saturdays in the shop\n    partnership: metal-shop\n"
                "    source: community"
            ),
        ),
    ),
)


def active_objectives(store: Store, file: StudentFile) -> Iterator[Objective]:
    """Give this school year's objectives that are neither met nor set aside."""
    year = file.year(store.school.current_year)
    for each in year.objectives if year is not None else ():
        if each.status not in ("met", "set-aside"):
            yield each


def _consulted(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    plan = _current_plan(store, file)
    if plan is None or plan.prepared_on is None or store.unread_ids("participant", file.id):
        return
    roles = {found.role for each in plan.consulted if (found := file.participant(each.person)) is not None}
    # A parent who prepared the plan with the student has been asked.
    roles |= {found.role for each in plan.prepared_by if (found := file.participant(each)) is not None}
    missing = [] if roles - {"student", "parent", "guardian"} else ["nobody at school"]
    alone = holds_own_rights(file.student, plan.prepared_on)
    if plan.grade >= 9 and not alone and not roles & {"parent", "guardian"}:
        missing.append("no parent or guardian")
    if missing:
        yield CONSULTED.at(
            plan.origin.span(("consulted",) if plan.consulted else ("prepared_on",)),
            f"{' and '.join(missing)} is named among those consulted on this plan",
            "ask for their advice at the next conference, and write who and when under `consulted`",
        )


def _means(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for each in active_objectives(store, file):
        if not each.means:
            yield NO_MEANS.at(
                each.origin.span(("status",)),
                "this objective has no means yet",
                "add `means:` with what helps and its source: school, family, student or community",
            )


def _silence(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    year, school_year = file.year(store.school.current_year), store.school_year(store.school.current_year)
    if year is None or school_year is None or store.unread_ids("progress", file.id, year.id):
        return
    if file.student.left_on is not None and file.student.left_on <= today:
        return
    prepared = year.plan.prepared_on if year.plan is not None else None
    for each in active_objectives(store, file):
        if each.status == "not-started":
            continue
        days = [school_year.starts, *(day for day in (prepared, each.suggested_on) if day is not None)]
        last = max((*days, *_movement(year, each)))
        if today - last > LONGEST_SILENCE:
            yield SILENCE.at(
                each.origin.span(("status",)),
                f"nothing has been written about this objective for {(today - last).days} days",
                "write a progress note, mark a step as done, or set the objective aside",
            )


def _movement(year: YearSection, objective: Objective) -> Iterator[dt.date]:
    """Give the days on which something was written about the objective."""
    yield from (each.date for each in year.progress if each.objective == objective.id)
    yield from (each.done_on for each in objective.steps if each.done_on is not None)


def _partners(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for objective in year.objectives:
            for index, each in enumerate(objective.means):
                if each.partnership is not None and each.source != "community":
                    yield NOT_COMMUNITY.at(
                        objective.origin.span(("means", index, "source")),
                        f"a partner of the school gives this, but its source is `{each.source}`",
                        "write `source: community`, or take `partnership` out",
                    )


def _current_plan(store: Store, file: StudentFile) -> Plan | None:
    year = file.year(store.school.current_year)
    return year.plan if year is not None else None


RULES: tuple[Rule, ...] = (
    per_student(CONSULTED, _consulted),
    per_student(NO_MEANS, _means),
    per_student(SILENCE, _silence),
    per_student(NOT_COMMUNITY, _partners),
)
