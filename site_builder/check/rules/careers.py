"""Careers and programs after graduation: their codes, what they are tied to, and what colleges say of them (SEP35x).

The tables are the U.S. Department of Labor's and the College Scorecard's (`model/occupations.py`, `model/programs.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.check.entries import kind_name, records_of, values_at
from site_builder.check.rulebook import Rule, per_student
from site_builder.model import programs
from site_builder.model.likeness import best_first, kin
from site_builder.model.occupations import find_occupations, occupation
from site_builder.model.records import Career, CareerRef, Objective, Plan, PostSecondary, Record
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.source.document import Pointer

_PLAN = "students/lopez-sam/2026-27/plan.yaml"
_WELDING = "students/lopez-sam/2026-27/objectives/learn-to-weld.yaml"
_TIED = "    objectives: [learn-to-weld]"


def _plan(*entries: str) -> str:
    head = (
        "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\nconsulted: [{person: reyes, on: 2026-09-10}]\n"
        "occupational_review: {by: cruz, on: 2026-09-20}\n"
    )
    return head + "".join(f"{each}\n" for each in entries)


def _objective(*lines: str) -> str:
    head = "statement: Learn to weld\nkind: occupational\nstatus: on-track\nsuggested_by: sam-lopez\n"
    return head + "".join(f"{each}\n" for each in lines)


_CAREER = "careers:\n  - title: Welder"
_COLLEGE = (
    "post_secondary:\n  - institution: Uintah Basin Technical College\n    program: Welding Technology\n"
    '    cip: "48.05"\n    objectives: [learn-to-weld]'
)
_COMMUNITY = "means: [{what: Saturdays in the county shop, source: community}]"
_AIM = "career: {title: Welder, soc: 51-4121.00}"

OCCUPATION = Code(
    code="SEP350",
    severity=Severity.ERROR,
    title="an occupation code that does not exist",
    why=(
        "A career may carry its O*NET-SOC code, so that everybody who plans with the student means the same one. The "
        "codes are those of the U.S. Department of Labor; `sep find career weld` finds them by words. A career without "
        "a code is fine."
    ),
    policy="P4",
    fails=(Example(_PLAN, _plan(_CAREER, "    soc: 51-4112.00  # <-- here", _TIED)),),
    passes=(Example(_PLAN, _plan(_CAREER, "    soc: 51-4121", _TIED)),),
)
PROGRAM = Code(
    code="SEP351",
    severity=Severity.WARNING,
    title="a program code under which no college reports a program",
    why=(
        "A program after graduation may carry its CIP code; with it the pages show who offers it in the state. The "
        "first four digits are compared with the programs that colleges report to the U.S. Department of Education; "
        "`sep find program nursing` finds codes by words. A program without a code is fine."
    ),
    policy="P4",
    fails=(Example(_PLAN, _plan(_COLLEGE.replace('"48.05"', '"48.85"  # <-- here'))),),
    passes=(Example(_PLAN, _plan(_COLLEGE.replace("48.05", "48.0508"))),),
)
TITLE = Code(
    code="SEP352",
    severity=Severity.ADVICE,
    title="a career's title and its occupation code seem to mean two occupations",
    why=(
        "The title is the student's own, and may say anything. But when it shares no word with the title that belongs "
        "to the code, the code may be a slip of the pen."
    ),
    policy="P4",
    fails=(Example(_PLAN, _plan(_CAREER, "    soc: 23-1011.00  # <-- here", _TIED)),),
    passes=(Example(_PLAN, _plan("careers:\n  - title: Structural welder", "    soc: 51-4121.00", _TIED)),),
)
UNTIED = Code(
    code="SEP353",
    severity=Severity.ADVICE,
    title="a career or program that no objective and no course of the plan leads to",
    why=(
        "The plan links what the student does now to what comes after graduation. A career or program that stands "
        "alone says nothing about how to get there: `objectives` and `courses` do."
    ),
    policy="P4",
    fails=(Example(_PLAN, _plan("careers:\n  - title: Welder  # <-- here")),),
    passes=(Example(_PLAN, _plan(_CAREER, "    courses: [CTE-201]")),),
)
AIMLESS = Code(
    code="SEP354",
    severity=Severity.ADVICE,
    title="an occupational objective that names no career",
    why=(
        "An occupational objective makes the plan an SEOP, which occupational staff reviews. They can help better when "
        "the objective says, under `career`, which occupation it leads toward."
    ),
    policy="P31",
    fails=(Example(_WELDING, _objective(_COMMUNITY).replace("occupational", "occupational  # <-- here")),),
    passes=(Example(_WELDING, _objective(_COMMUNITY, _AIM)),),
)
OFFER = Code(
    code="SEP355",
    severity=Severity.ADVICE,
    title="a college reports no such program, or another credential in it",
    why=(
        "Where the institution is one that reports to the U.S. Department of Education, what the plan says of it is "
        "held against what it reported. Programs change: the college itself knows best, and this is only a reason to "
        "ask."
    ),
    policy="P4",
    fails=(Example(_PLAN, _plan(_COLLEGE, "    credential: bachelor  # <-- here")),),
    passes=(Example(_PLAN, _plan(_COLLEGE, "    credential: certificate")),),
)
ALONE = Code(
    code="SEP356",
    severity=Severity.ADVICE,
    title="an occupational objective without any help from the community",
    why=(
        "Community resources such as work/study places, visits and people of the trade support an occupational "
        "objective. They are written among its `means` with `source: community`, and name a `partnership` of the "
        "school where they come from one."
    ),
    policy="P32",
    fails=(Example(_WELDING, _objective(_AIM).replace("occupational", "occupational  # <-- here")),),
    passes=(Example(_WELDING, _objective(_COMMUNITY, _AIM)),),
)

_OCCUPATIONS = {"plan": ("careers/*/soc",), "objective": ("career/soc",)}
_PROGRAMS = ("post_secondary/*/cip", "careers/*/cip")


def _occupation_exists(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for _, record in records_of(file):
        for pattern in _OCCUPATIONS.get(kind_name(record), ()):
            titles = dict(values_at(record.origin, pattern.replace("soc", "title")))
            for pointer, code in values_at(record.origin, pattern):
                if isinstance(code, str) and occupation(code) is None:
                    title = str(titles.get((*pointer[:-1], "title"), ""))
                    yield OCCUPATION.at(
                        record.origin.span(pointer),
                        f"there is no occupation with the code `{code}`",
                        *_nearest_occupation(code, title),
                        "`sep find career WORD` finds the code; without one, leave `soc` out",
                    )


def _nearest_occupation(code: str, title: str) -> tuple[str, ...]:
    """Return a help line with the occupation that was probably meant: by its title, else by six digits of the code."""
    found = (find_occupations(title) or find_occupations(code[:7]))[:1]
    return tuple(f"did you mean `{each.code}`, {each.title}?" for each in found)


def _program_exists(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for plan in _plans(file):
        for pattern in _PROGRAMS:
            for pointer, code in values_at(plan.origin, pattern):
                if isinstance(code, str) and not programs.knows_field(code):
                    yield PROGRAM.at(
                        plan.origin.span(pointer),
                        f"no college reports a program with the code `{code}`",
                        *_fields_beside(code),
                        "`sep find program WORD` finds the code; without one, leave `cip` out",
                    )


def _fields_beside(code: str) -> tuple[str, ...]:
    beside = [f"`{each}` {title}" for each, title in programs.fields_of_study().items() if each[:2] == code[:2]]
    return (f"codes that begin with {code[:2]}: {'; '.join(beside)}",) if beside else ()


def _title_fits(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for record, pointer, career in _english_careers(file):
        found = occupation(career.soc) if career.soc else None
        if found is not None and not kin(career.title, found.title):
            yield TITLE.at(
                record.origin.span((*pointer, "soc")),
                f"`{career.soc}` is the code of {found.title}, and the title says {career.title}",
                "correct the one that is wrong; `sep find career WORD` finds codes",
            )


def _english_careers(file: StudentFile) -> Iterator[tuple[Record, Pointer, Career | CareerRef]]:
    """Give the careers of plans and objectives that are written in English, as the titles of the codes are."""
    for year in file.years:
        if year.plan is not None and _english(year.plan.language):
            for index, career in enumerate(year.plan.careers):
                yield year.plan, ("careers", index), career
        for objective in year.objectives:
            if objective.career is not None and _english(objective.language):
                yield objective, ("career",), objective.career


def _untied(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    plan = _plan_now(store, file)
    if plan is None:
        return
    entries: list[tuple[Pointer, str, Career | PostSecondary]] = [
        *((("post_secondary", index, "program"), each.program, each) for index, each in enumerate(plan.post_secondary)),
        *((("careers", index, "title"), each.title, each) for index, each in enumerate(plan.careers)),
    ]
    for pointer, name, entry in entries:
        if not entry.objectives and not entry.courses:
            yield UNTIED.at(
                plan.origin.span(pointer),
                f"nothing in the plan leads to {name} yet",
                "name `objectives` of this year, or `courses`, that lead there",
            )


def _aimless(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for objective in _occupational(store, file):
        if objective.career is None:
            yield AIMLESS.at(
                objective.origin.span(("kind",)),
                "this occupational objective does not say which career it leads toward",
                "add `career: {title: ...}`; `sep find career WORD` finds a code for it",
            )


def _alone(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for objective in _occupational(store, file):
        if not any(each.source == "community" for each in objective.means):
            yield ALONE.at(
                objective.origin.span(("kind",)),
                "nobody from the community helps with this occupational objective yet",
                "ask for a visit or a work/study place, and add it to `means` with `source: community`",
            )


def _offered(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    plan = _plan_now(store, file)
    for index, program in enumerate(plan.post_secondary if plan is not None else ()):
        named = programs.institutions_named(program.institution)
        code = programs.four_digits(program.cip or "")
        if plan is None or len(named) != 1 or code not in programs.fields_of_study():
            continue
        at_college = programs.offered_at(named[0])
        offer = next((each for each in at_college if each.cip == code), None)
        credential = program.credential
        if offer is None:
            yield OFFER.at(
                plan.origin.span(("post_secondary", index, "cip")),
                f"{named[0].name} reports no program `{code}`, {programs.fields_of_study()[code]}",
                *_nearest_offer(program.program, code, at_college),
                "ask the college, and correct the code or leave it out",
            )
        elif credential in programs.CREDENTIALS and credential not in offer.credentials:
            yield OFFER.at(
                plan.origin.span(("post_secondary", index, "credential")),
                f"{named[0].name} reports {' and '.join(offer.credentials)} for `{code}`, and no {credential}",
                "ask the college, and correct the credential or the code",
            )


def _nearest_offer(program: str, code: str, offers: tuple[programs.Offer, ...]) -> tuple[str, ...]:
    near = best_first(program, offers, lambda each: each.title, lambda each: each.cip)
    beside = near or [each for each in offers if each.cip[:2] == code[:2]]
    return (f"it reports {'; '.join(f'`{each.cip}` {each.title}' for each in beside[:4])}",) if beside else ()


def _plans(file: StudentFile) -> Iterator[Plan]:
    for year in file.years:
        if year.plan is not None:
            yield year.plan


def _plan_now(store: Store, file: StudentFile) -> Plan | None:
    year = file.year(store.school.current_year)
    return year.plan if year is not None else None


def _occupational(store: Store, file: StudentFile) -> Iterator[Objective]:
    year = file.year(store.school.current_year) or YearSection(id="")
    for objective in year.objectives:
        if objective.kind == "occupational" and objective.status not in ("set-aside", "met"):
            yield objective


def _english(language: str) -> bool:
    return language.partition("-")[0] == "en"


RULES: tuple[Rule, ...] = (
    per_student(OCCUPATION, _occupation_exists),
    per_student(PROGRAM, _program_exists),
    per_student(TITLE, _title_fits),
    per_student(UNTIED, _untied),
    per_student(AIMLESS, _aimless),
    per_student(OFFER, _offered),
    per_student(ALONE, _alone),
)
