"""What the school itself does for its plans: training, time, advice, partners, groups (SEP37x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity, Span
from site_builder.check.rulebook import Rule, per_student
from site_builder.check.rules.planning import active_objectives
from site_builder.model.due_people import untrained
from site_builder.model.records import Authorization
from site_builder.model.store import Store, StudentFile

ADVICE_LASTS = 3
"""Years after which the policy should be talked over again."""

_TRAINING = "training/2026-08-12-plan.yaml"
_AUTHORIZATION = "authorizations/2026-10-07-last-period.yaml"
_CONSULTATION = "consultations/2026-05-14-community-council.md"
_CONTRIBUTION = "reports/2025-26-parent.md"
_GROUP = "groups/2026-10-07-eleventh-grade.yaml"
_PARTNERSHIP = Example(
    "partnerships/metal-shop.yaml",
    "partner: Metal Shop\nprogram: Welding\noffers: [Shop]\nsince: 2025-02-01\nuntil: 2026-08-31\n",
)


def _training(attended: str) -> str:
    return f"title: Plans that help\ndate: 2026-08-12\nhours: 2\nattended: {attended}\n"


def _authorization(by: str, on: str) -> str:
    return (
        "activity: Last period\npurpose: Conferences\ndate: 2026-10-07\n"
        f"authorized_by: {by}\nauthorized_on: {on}\nhours: 1\n"
    )


def _means(source: str) -> Example:
    return Example(
        "students/lopez-sam/2026-27/objectives/read-more.yaml",
        "statement: Read one book a month\nkind: academic\nstatus: on-track\nsuggested_by: park\nmeans:\n"
        f"  - what: Saturdays in the shop\n    source: community\n{source}",
    )


def _consultation(date: str) -> str:
    return (
        f"---\ndate: {date}\nwith: Community council\ntopic: How conferences are offered\n---\nEvenings are better.\n"
    )


def _contribution(year: str) -> str:
    return f"---\nschool_year: {year}\nby: A parent\ntitle: What changed for us\n---\nWe were asked first.\n"


UNTRAINED = Code(
    code="SEP370",
    severity=Severity.ADVICE,
    title="a staff member assigned to a plan has had no training in making plans",
    why=(
        "Staff who take part in plans are trained in it, within the school's in-service training. This member of staff "
        "is assigned to a plan today and stands in no training of this school year or the last."
    ),
    policy="P27",
    fails=(Example(_TRAINING, _training("[principal-stone, reyes, cruz]")),),
    passes=(Example(_TRAINING, _training("[principal-stone, reyes, cruz, park]")),),
)
AUTHORIZED_BY = Code(
    code="SEP371",
    severity=Severity.ERROR,
    title="time was authorized by somebody who is not the Principal",
    why="Plans may take time from other activities of the school as the Principal authorizes, and nobody else can.",
    policy="P30",
    fails=(Example(_AUTHORIZATION, _authorization("park  # <-- here", "2026-09-04")),),
    passes=(Example(_AUTHORIZATION, _authorization("principal-stone", "2026-09-04")),),
)
AUTHORIZED_LATE = Code(
    code="SEP372",
    severity=Severity.WARNING,
    title="time was authorized after it had been taken",
    why="The Principal authorizes before time is taken, so that teachers of the other activity can plan for it.",
    policy="P30",
    fails=(Example(_AUTHORIZATION, _authorization("principal-stone", "2026-10-09  # <-- here")),),
    passes=(Example(_AUTHORIZATION, _authorization("principal-stone", "2026-10-07")),),
)
NO_ADVICE = Code(
    code="SEP373",
    severity=Severity.ADVICE,
    title="the policy has not been talked over with anybody for three years",
    why=(
        "The District adopts its policy after consulting personnel, parents and community councils. What was said is "
        "kept in `consultations` and cited in the annual report; the latest here is more than three years old."
    ),
    policy="P14",
    fails=(Example(_CONSULTATION, _consultation("2023-05-14")),),
    passes=(Example(_CONSULTATION, _consultation("2026-05-14")),),
)
NO_WORDS = Code(
    code="SEP374",
    severity=Severity.ADVICE,
    title="nobody's words are there for the report on a school year that is over",
    why=(
        "Teachers, parents and the community take part in judging how well the school does: their words, in `reports`, "
        "stand in the annual report to the school's patrons."
    ),
    policy="P34",
    fails=(Example(_CONTRIBUTION, _contribution("2026-27")),),
    passes=(Example(_CONTRIBUTION, _contribution("2025-26")),),
)
PARTNERSHIP_OVER = Code(
    code="SEP375",
    severity=Severity.ADVICE,
    title="an objective counts on a partnership that has ended",
    why="A partnership that is over gives nothing any more: the student needs other means, or it has to be renewed.",
    policy="P33",
    fails=(_PARTNERSHIP, _means("    partnership: metal-shop  # <-- here\n")),
    passes=(_PARTNERSHIP, _means("")),
)
NO_WORKING_PLANS = Code(
    code="SEP377",
    severity=Severity.ADVICE,
    title="there is no working plan for staff to learn from",
    why=(
        "The school makes the State Board's inventory of working plans available to its staff. Copies of sample plans "
        "stand in `inventory`, and staff find them on their pages."
    ),
    policy="P28",
)
GROUP_OF_NONE = Code(
    code="SEP378",
    severity=Severity.ADVICE,
    title="no student is invited to a small group",
    why=(
        "A small-group conference stands in `groups`, and each student who is invited names it in a conference of "
        "their own file. A group that no file names was called off, or its invitations were never written down."
    ),
    policy="P16",
    fails=(Example(_GROUP, "category: Eleventh graders  # <-- here\ndate: 2026-10-07\nplace: Library\n"),),
)


def _untrained(store: Store, today: dt.date) -> Iterator[Diagnostic]:
    without = untrained(store, today)
    for index, each in enumerate(store.staff.staff):
        if each.id in without:
            yield UNTRAINED.at(
                store.staff.origin.span(("staff", index, "id")),
                f"{each.name} is assigned to plans and has had no training this school year or the last",
                "write the training into `training`, with who attended, or invite to the next one",
            )


def _authorizations(store: Store, today: dt.date) -> Iterator[Diagnostic]:
    for each in store.authorizations:
        if store.staff_member(each.authorized_by) is not None and not _by_a_principal(store, each, today):
            yield AUTHORIZED_BY.at(
                each.origin.span(("authorized_by",)),
                f"`{each.authorized_by}` is not the Principal",
                f"let the Principal, `{store.school.principal}`, authorize it",
            )


def _by_a_principal(store: Store, authorization: Authorization, today: dt.date) -> bool:
    """Tell whether the Principal of today has signed, or somebody of the administration who has left since."""
    member = store.staff_member(authorization.authorized_by)
    if member is None or authorization.authorized_by == store.school.principal:
        return True
    return (
        "administration" in member.duties
        and member.until is not None
        and authorization.authorized_on <= member.until < today
    )


def _authorized_late(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    for each in store.authorizations:
        if each.authorized_on > each.date:
            yield AUTHORIZED_LATE.at(
                each.origin.span(("authorized_on",)),
                f"authorized on {each.authorized_on.isoformat()} for {each.date.isoformat()}",
                "correct the day that is wrong, or ask the Principal beforehand next time",
                related=(Related(each.origin.span(("date",)), "the day on which the time was taken"),),
            )


def _no_advice(store: Store, today: dt.date) -> Iterator[Diagnostic]:
    held = [each.date for each in store.consultations if each.date <= today]
    last = max(held, default=None)
    if store.unread_ids("consultation") or (last is not None and _years_after(last, ADVICE_LASTS) >= today):
        return
    message = f"the last consultation on record was on {last.isoformat()}" if last else "no consultation is on record"
    yield NO_ADVICE.at(
        store.school.origin.span(("district",)),
        message,
        "talk it over with staff, parents and the council, and keep what was said in `consultations`",
    )


def _no_words(store: Store, today: dt.date) -> Iterator[Diagnostic]:
    over = [(each.ends, index) for index, each in enumerate(store.school.school_years) if each.ends < today]
    if not over or store.unread_ids("contribution"):
        return
    _, index = max(over)
    year = store.school.school_years[index].id
    if not any(each.school_year == year for each in store.contributions):
        yield NO_WORDS.at(
            store.school.origin.span(("school_years", index, "id")),
            f"no words of teachers, parents or the community are there for the report on {year}",
            "ask some of them, and keep what they write in `reports`",
        )


def _no_working_plans(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    if not store.inventory and not store.unread_ids("working-plan"):
        yield NO_WORKING_PLANS.at(
            Span.whole_file("school.yaml"),
            "`inventory` holds no working plan",
            "copy sample plans of the State Board into `inventory`, each with its source",
        )


def _group_of_none(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    if any(each.kind.name == "conference" for each in store.unread) or store.strays:
        return
    named = {each.group for file in store.students for year in file.years for each in year.conferences}
    for group in store.groups:
        if group.id not in named:
            yield GROUP_OF_NONE.at(
                group.origin.span(("category",)),
                "no student's file has a conference of this group",
                f"write a conference with `group: {group.id}` into the file of each student who is invited",
            )


def _partnership_over(store: Store, file: StudentFile, today: dt.date) -> Iterator[Diagnostic]:
    over = {each.id: each for each in store.partnerships if each.until is not None and each.until < today}
    for objective in active_objectives(store, file):
        for index, each in enumerate(objective.means):
            partnership = over.get(each.partnership or "")
            if partnership is not None and partnership.until is not None:
                yield PARTNERSHIP_OVER.at(
                    objective.origin.span(("means", index, "partnership")),
                    f"the partnership with {partnership.partner} ended on {partnership.until.isoformat()}",
                    "find other means, or renew the partnership and correct its `until`",
                    related=(Related(partnership.origin.span(("until",)), "its last day"),),
                )


def _years_after(day: dt.date, years: int) -> dt.date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


RULES: tuple[Rule, ...] = (
    Rule(UNTRAINED, _untrained),
    Rule(AUTHORIZED_BY, _authorizations),
    Rule(AUTHORIZED_LATE, _authorized_late),
    Rule(NO_ADVICE, _no_advice),
    Rule(NO_WORDS, _no_words),
    Rule(NO_WORKING_PLANS, _no_working_plans),
    Rule(GROUP_OF_NONE, _group_of_none),
    per_student(PARTNERSHIP_OVER, _partnership_over),
)
