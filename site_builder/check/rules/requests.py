"""Requests for resources, and who decides on them (SEP36x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity
from site_builder.check.entries import before_enrollment
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.records import Decision, ResourceRequest
from site_builder.model.requests import may_decide
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.source.document import Pointer

PATIENCE = dt.timedelta(days=30)
"""So long a request may wait for the Principal before somebody should ask."""

_REQUEST = "students/lopez-sam/2026-27/requests/2026-11-02-gloves.yaml"
_OBJECTIVE = "students/lopez-sam/2026-27/objectives/read-more.yaml"
_SCHOOL = """\
format: 1
name: Small School
district: Small District
address: 1 Main Street, Smallville, UT 84001
phone: 435-555-0100
time_zone: America/Denver
principal: principal-stone
school_manager: {{person: reyes, appointed_by: principal-stone, appointed_on: 2026-08-03}}
decides_requests:
  - {{person: reyes, delegated_by: {by}, delegated_on: 2026-08-17, until: 2027-05-28}}{mark}
current_year: 2026-27
school_years:
  - id: 2025-26
    starts: 2025-08-20
    ends: 2026-05-29
    terms: [{{id: fall, title: Fall 2025, starts: 2025-08-20, ends: 2025-12-19}}]
  - id: 2026-27
    starts: 2026-08-19
    ends: 2027-05-28
    terms: [{{id: fall, title: Fall 2026, starts: 2026-08-19, ends: 2026-12-18}}]
"""


def _request(rest: str, referred_on: str = "2026-11-02") -> str:
    return f"resource: Welding gloves\nrequested_by: rosa-lopez\nreferred_on: {referred_on}\n{rest}"


def _decision(outcome: str = "granted", by: str = "principal-stone", on: str = "2026-11-09") -> str:
    return f"decision:\n  outcome: {outcome}\n  by: {by}\n  on: {on}\n  reason: The shop has a spare pair\n"


def _later(on: str) -> str:
    return (
        f"later_decisions:\n  - outcome: granted\n    by: principal-stone\n    on: {on}\n    reason: New gloves came\n"
    )


def _objective(beyond: str) -> str:
    return (
        "statement: Read one book a month\nkind: academic\nstatus: on-track\nsuggested_by: park\n"
        f"beyond_school_means: {beyond}\nmeans: [{{what: A reading machine, source: community}}]\n"
    )


DATES = Code(
    code="SEP360",
    severity=Severity.ERROR,
    title="a request was decided before it was made, or decided again before the first decision",
    why="A request is referred to the Principal first and decided then; with dates the other way round one is wrong.",
    policy="P29",
    fails=(Example(_REQUEST, _request(_decision(on="2026-11-01  # <-- here"))),),
    passes=(Example(_REQUEST, _request(_decision())),),
)
NOT_PRINCIPAL = Code(
    code="SEP361",
    severity=Severity.WARNING,
    title="a request was decided by somebody who is not the Principal",
    why=(
        "Requests for what is not at hand go to the Principal, who decides whether the school has the means. Somebody "
        "else decides only where `decides_requests` in `school.yaml` says that the Principal lets them."
    ),
    policy="P29",
    fails=(Example(_REQUEST, _request(_decision(by="reyes  # <-- here"))),),
    passes=(
        Example(_REQUEST, _request(_decision(by="reyes"))),
        Example("school.yaml", _SCHOOL.format(by="principal-stone", mark="")),
    ),
)
WAITING = Code(
    code="SEP362",
    severity=Severity.ADVICE,
    title="a request has been waiting for a decision for more than 30 days, or was put off and forgotten",
    why=(
        "Who asked plans with the answer, also with a no. A request that was put off is decided at the latest when its "
        "school year is over."
    ),
    policy="P29",
    fails=(Example(_REQUEST, _request("", referred_on="2026-10-01  # <-- here")),),
    passes=(Example(_REQUEST, _request("")),),
)
NOT_ASKED = Code(
    code="SEP363",
    severity=Severity.ADVICE,
    title="an objective lies beyond the school's means, and nobody has asked for what it takes",
    why=(
        "An objective may reach further than the school can provide. Then the plan names what is needed, and a request "
        "brings it to the Principal, who coordinates what others can give."
    ),
    policy="P21",
    fails=(Example(_OBJECTIVE, _objective("true  # <-- here")),),
    passes=(
        Example(_OBJECTIVE, _objective("true")),
        Example(_REQUEST, _request("objective: read-more\n" + _decision())),
    ),
)
DECIDED_TWICE = Code(
    code="SEP364",
    severity=Severity.ERROR,
    title="a request was decided again although it had not been put off",
    why=(
        "`later_decisions` follow a decision that was deferred. What was granted or declined stays; for a change of "
        "mind a new request keeps both answers readable."
    ),
    policy="P29",
    fails=(Example(_REQUEST, _request(_decision() + _later("2026-11-16").replace("granted", "granted  # <-- here"))),),
    passes=(Example(_REQUEST, _request(_decision("deferred") + _later("2026-11-16"))),),
)
DELEGATION = Code(
    code="SEP365",
    severity=Severity.WARNING,
    title="somebody may decide on requests without the Principal having said so",
    why="Only the Principal can let somebody else decide; both are named by their ids in `staff.yaml`.",
    policy="P29",
    fails=(Example("school.yaml", _SCHOOL.format(by="park", mark="  # <-- here")),),
    passes=(Example("school.yaml", _SCHOOL.format(by="principal-stone", mark="")),),
)


def _dates(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for _, request in _requests(file):
        pointer: Pointer = ("referred_on",)
        before, when = "was referred", request.referred_on
        for place, decision in _decisions(request):
            if decision.on < when:
                here = request.origin.span((*place, "on"))
                yield DATES.at(
                    here,
                    f"decided on {decision.on.isoformat()}, before it {before} on {when.isoformat()}",
                    "correct the date that is wrong",
                    related=(Related(request.origin.span(pointer), f"it {before} on this day"),),
                )
            before, when, pointer = "was decided first", decision.on, (*place, "on")


def _by_principal(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    for year, request in _requests(file):
        if before_enrollment(store, file, year.id, request):
            continue  # the Principal of another school has decided it
        for place, decision in _decisions(request):
            if not may_decide(store, decision.by, decision.on) and not _was_principal(store, decision.by, today):
                yield NOT_PRINCIPAL.at(
                    request.origin.span((*place, "by")),
                    f"`{decision.by}` is not the Principal, and had no leave to decide on {decision.on.isoformat()}",
                    "let the Principal decide, or add who may decide to `decides_requests` in `school.yaml`",
                )


def _was_principal(store: Store, person: str, today: dt.date) -> bool:
    """Tell whether somebody may have been the Principal once: of the administration, and not here any more."""
    member = store.staff_member(person)
    return (
        member is not None and "administration" in member.duties and member.until is not None and member.until < today
    )


def _waiting(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    for year, request in _requests(file):
        answer, school_year = request.answer, store.school_year(year.id)
        if answer is None and today - request.referred_on > PATIENCE:
            message = f"waiting for a decision since {request.referred_on.isoformat()}"
        elif answer is not None and answer.outcome == "deferred" and school_year and school_year.ends < today:
            message = f"put off on {answer.on.isoformat()} and not decided in the school year"
        else:
            continue
        yield WAITING.at(
            request.origin.span(("referred_on",)),
            message,
            f"ask the Principal, and write the answer down with `sep request decide {file.id} {request.id}`",
        )


def _not_asked(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    year = file.year(store.school.current_year)
    if year is None or any(store.unread_ids("request", file.id, each.id) for each in file.years):
        return
    asked = {request.objective for _, request in _requests(file)}
    for each in year.objectives:
        if each.beyond_school_means and each.status not in ("met", "set-aside") and each.id not in asked:
            yield NOT_ASKED.at(
                each.origin.span(("beyond_school_means",)),
                "this lies beyond the school's means, and no request to the Principal names it",
                f"`sep request {file.id} --objective {each.id}` asks for what it takes",
            )


def _decided_twice(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for _, request in _requests(file):
        for (place, first), (again, _) in pairwise(_decisions(request)):
            if first.outcome != "deferred":
                yield DECIDED_TWICE.at(
                    request.origin.span(again),
                    f"decided again, although it was {first.outcome} before",
                    "take this decision out again, and make a new request",
                    related=(Related(request.origin.span(place), "the decision before it"),),
                )


def _delegation(store: Store, today: dt.date) -> Iterator[Diagnostic]:
    school = store.school
    for index, each in enumerate(school.decides_requests):
        if each.until is not None and each.until < today:
            continue
        if each.delegated_by != school.principal:
            field, message = "delegated_by", f"`{each.delegated_by}` is not the Principal"
        elif store.staff_member(each.person) is None:
            field, message = "person", f"`{each.person}` is not in the staff directory"
        else:
            continue
        way_out = f"ask the Principal, `{school.principal}`, who may decide, and write down that"
        yield DELEGATION.at(school.origin.span(("decides_requests", index, field)), message, way_out)


def _requests(file: StudentFile) -> Iterator[tuple[YearSection, ResourceRequest]]:
    for year in file.years:
        for request in year.requests:
            yield year, request


def _decisions(request: ResourceRequest) -> tuple[tuple[Pointer, Decision], ...]:
    """Return every decision with its place in the file, in order."""
    first: tuple[tuple[Pointer, Decision], ...] = ((("decision",), request.decision),) if request.decision else ()
    return first + tuple((("later_decisions", index), each) for index, each in enumerate(request.later_decisions))


RULES: tuple[Rule, ...] = (
    per_student(DATES, _dates),
    per_student(NOT_PRINCIPAL, _by_principal),
    per_student(WAITING, _waiting),
    per_student(NOT_ASKED, _not_asked),
    per_student(DECIDED_TWICE, _decided_twice),
    Rule(DELEGATION, _delegation),
)
