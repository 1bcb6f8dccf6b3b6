"""What a plan takes from elsewhere: from the template SEP, and from the year before (SEP366-369, SEP211)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity
from site_builder.check.entries import did_you_mean
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.editions import edition, edition_of
from site_builder.model.identity import folded
from site_builder.model.store import Store, StudentFile

_PLAN = "students/lopez-sam/2026-27/plan.yaml"
_OBJECTIVES = "students/lopez-sam/2026-27/objectives"
_EARLIER = "template/earlier/2025.yaml"


def _plan(version: str) -> str:
    return (
        "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\n"
        "consulted: [{person: reyes, on: 2026-09-10}]\noccupational_review: {by: cruz, on: 2026-09-20}\n"
        f"template_version: {version}\n"
    )


def _edition(version: str) -> str:
    return (
        f"version: {version}\ntitle: What every student completes\n"
        "requirements:\n  - {subject: language-arts, title: Language arts, credits: 4}\n"
    )


def _objective(statement: str) -> str:
    return f"statement: {statement}\nkind: academic\nstatus: on-track\nsuggested_by: park\n"


UNKNOWN = Code(
    code="SEP366",
    severity=Severity.WARNING,
    title="a plan follows an edition of the template that is not on file",
    why=(
        "A plan says under which edition of the school's template it was made. Today's edition is "
        "`template/program.yaml`, earlier ones are kept in `template/earlier`; `sep adopt-template` puts them there."
    ),
    policy="P18",
    fails=(Example(_PLAN, _plan('"2025"  # <-- here')),),
    passes=(Example(_PLAN, _plan('"2026"')),),
)
OLDER = Code(
    code="SEP367",
    severity=Severity.ADVICE,
    title="this year's plan was made under an earlier edition of the template",
    why=(
        "The school asks something else of everyone by now. The pages show what was asked when the plan was made, and "
        "what has changed since; at the next conference the plan can follow the new edition."
    ),
    policy="P18",
    fails=(Example(_PLAN, _plan('"2025"  # <-- here')), Example(_EARLIER, _edition('"2025"'))),
    passes=(Example(_PLAN, _plan('"2026"')), Example(_EARLIER, _edition('"2025"'))),
)
REPEATS = Code(
    code="SEP368",
    severity=Severity.ADVICE,
    title="a plan only repeats the template",
    why=(
        "The template says what is asked of everyone. Teacher, parent and student add what is this student's own: with "
        "objectives that are the template's steps and nothing else, a plan says nothing about the student."
    ),
    policy="P18",
    fails=(
        Example(f"{_OBJECTIVES}/read-more.yaml", _objective("Visit one workplace")),
        Example(f"{_OBJECTIVES}/learn-to-weld.yaml", _objective("Visit one workplace.")),
    ),
    passes=(Example(f"{_OBJECTIVES}/read-more.yaml", _objective("Visit one workplace")),),
)
TWICE = Code(
    code="SEP369",
    severity=Severity.WARNING,
    title="two editions of the template have the same version",
    why="Plans name the edition that they follow by its version; with two of the same nobody knows which one is meant.",
    policy="P18",
    fails=(Example(_EARLIER, _edition('"2026"  # <-- here')),),
    passes=(Example(_EARLIER, _edition('"2025"')),),
)


CARRIED = Code(
    code="SEP211",
    severity=Severity.WARNING,
    title="an objective goes on from a school year that does not have it",
    why=(
        "An objective that goes on says from which school year, and stands there under the same id: so the family can "
        "read what was done for it before."
    ),
    policy="U3",
    fails=(Example(f"{_OBJECTIVES}/read-more.yaml", _objective("Read more") + "carried_from: 2025-26  # <-- here\n"),),
    passes=(
        Example(f"{_OBJECTIVES}/read-more.yaml", _objective("Read more") + "carried_from: 2025-26\n"),
        Example("students/lopez-sam/2025-26/objectives/read-more.yaml", _objective("Read more")),
    ),
)


def _unknown(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    if store.unread_ids("program"):
        return
    known = [each.version for each in (store.program, *store.earlier_programs) if each is not None]
    for plan in (year.plan for year in file.years if year.plan is not None):
        if plan.template_version is not None and edition(store, plan.template_version) is None:
            yield UNKNOWN.at(
                plan.origin.span(("template_version",)),
                f"there is no edition `{plan.template_version}` of the template",
                *did_you_mean(plan.template_version, known),
                "put that edition into `template/earlier`, or write the version of one that is on file",
            )


def _older(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    year = file.year(store.school.current_year)
    plan = year.plan if year is not None else None
    if plan is None or plan.template_version is None or store.program is None:
        return
    own = edition(store, plan.template_version)
    if own is not None and own.version != store.program.version:
        yield OLDER.at(
            plan.origin.span(("template_version",)),
            f"the school has a newer edition, `{store.program.version}`",
            f"go through what has changed, then write `template_version: {store.program.version}`",
        )


def _repeats(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    year = file.year(store.school.current_year)
    if year is None or year.plan is None or not year.objectives:
        return
    own = edition_of(store, year.plan)
    steps = {folded(step) for each in (own.steps if own is not None else ()) for step in each.steps}
    if all(folded(each.statement) in steps for each in year.objectives):
        yield REPEATS.at(
            year.objectives[0].origin.span(("statement",)),
            "every objective of this plan is a step of the template",
            "write down what this student wants to reach, in the student's or the parents' words",
            related=tuple(Related(each.origin.span(("statement",)), "this too") for each in year.objectives[1:]),
        )


def _twice(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    first = {store.program.version: store.program} if store.program is not None else {}
    for each in store.earlier_programs:
        other = first.setdefault(each.version, each)
        if other is not each:
            yield TWICE.at(
                each.origin.span(("version",)),
                f"`{each.version}` is also the version of `{other.origin.path}`",
                "give each edition a version of its own",
                related=(Related(other.origin.span(("version",)), "the other edition"),),
            )


def _carried(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for each in year.objectives:
            if each.carried_from is None or each.carried_from >= year.id:
                before, known = None, False
            else:
                before = file.year(each.carried_from)
                known = each.id in store.unread_ids("objective", file.id, each.carried_from)
            there = before is not None and any(other.id == each.id for other in before.objectives)
            if each.carried_from is not None and not there and not known:
                yield CARRIED.at(
                    each.origin.span(("carried_from",)),
                    f"there is no objective `{each.id}` in {each.carried_from} before this one",
                    "correct the school year, or leave `carried_from` out",
                )


RULES: tuple[Rule, ...] = (
    per_student(UNKNOWN, _unknown),
    per_student(OLDER, _older),
    per_student(REPEATS, _repeats),
    Rule(TWICE, _twice),
    per_student(CARRIED, _carried),
)
