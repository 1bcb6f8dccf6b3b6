"""`sep rollover`: everybody into a new school year, with what goes on (policy: P1, P8, P18, U3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import click

from site_builder.base.diagnostics import Severity
from site_builder.base.errors import WrongUse
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.output import counted
from site_builder.cli.rollover import Turn
from site_builder.cli.school_years import Dates, NewYear, dates_options, new_year, year_after
from site_builder.cli.writing import Change, carry_out
from site_builder.model.records import Term
from site_builder.model.store import Store

STAFF = ("counselor", "occupational-specialist", "administrator", "teacher", "other-staff")
_ROLES_WORDS = {
    "counselor": "Counselors",
    "occupational-specialist": "Occupational specialists",
    "administrator": "Administrators",
    "teacher": "Teachers",
    "other-staff": "Other staff",
}
_STAY = frozenset({"counselor", "occupational-specialist", "administrator"})
"""Who as a rule goes on with the same students; teachers change with the classes."""
_EARLY = dt.timedelta(days=120)
"""The next year is begun at most so long before the last one ends, unless it is named."""


@click.command("rollover")
@click.argument("year", metavar="[NEW_YEAR]", required=False)
@dates_options
@click.option(
    "--keep", type=click.Choice([*STAFF, "all", "nobody"]), multiple=True, metavar="ROLE",
    help=f"Staff in this role go on with the same students; once for each role: {', '.join(STAFF)}, all or nobody.",
)  # fmt: skip
@click.option("--repeats", multiple=True, metavar="STUDENT", help="A student who stays in the same grade.")
@click.option("--graduated-on", type=day, metavar="DATE", help="The last day of those who finish grade 12.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@pass_context
def command(
    context: Context,
    year: str | None,
    starts: dt.date | None,
    ends: dt.date | None,
    terms: tuple[Term, ...],
    like_last_year: bool,
    make_current: bool | None,
    keep: tuple[str, ...],
    repeats: tuple[str, ...],
    graduated_on: dt.date | None,
    dry_run: bool,
) -> None:
    """Take everybody into a new school year.

    Adds NEW_YEAR (such as 2027-28) to school.yaml, the next grade to every student who stays, and a section with a
    plan to each file. Objectives that are neither met nor set aside go on, without the steps that are done; so do
    the courses still to come. The plan waits to be prepared: who did it and when is written when it has been.
    Nothing that stands is changed but `grades`, `until` of the staff who go on, and `left_on` of those who finish.
    Called again, it does only what is still missing.
    """
    store = context.read_store()
    year = year or _next(store, context.today)
    _newest(store, year)
    dates = Dates(starts=starts, ends=ends, terms=terms, like_last_year=like_last_year, make_current=make_current)
    new = new_year(context, store, year, dates)
    again = {context.student(store, each).id for each in repeats}
    turn = Turn(
        store=store,
        tree=context.tree,
        there=frozenset(each.path for each in context.tree.entries()),
        before=new.before,
        new=new.year,
        today=context.today,
        repeats=again,
    )
    turn = replace(turn, keep=_kept(context, turn, keep), graduated_on=graduated_on or _last_day(context, turn))
    changes = [*new.changes, *(change for file in store.students for change in turn.changes(file))]
    if not changes:
        context.say(f"Nothing to do: {year} and everybody's section of it are there.")
    else:
        # Hundreds of files are touched; what was to be done in them before is no news now.
        carry_out(context, changes, dry_run=dry_run, least=Severity.ERROR)
    for line in _closing(store, turn, new, changes):
        context.say(line)


def _next(store: Store, today: dt.date) -> str:
    """Return the year to begin: the newest one, or, when that nears its end, the one that follows."""
    years = sorted(store.school.school_years, key=lambda each: each.starts)
    newest = years[-1]
    return newest.id if len(years) > 1 and today < newest.ends - _EARLY else year_after(newest.id)


def _newest(store: Store, year: str) -> None:
    """Make sure that no school year has come after `year`: what is past is not begun."""
    later = [each.id for each in store.school.school_years if each.id > year]
    if later:
        raise WrongUse(f"{year} is past: {later[-1]} stands in school.yaml", f"`sep rollover {later[-1]}` completes it")


def _kept(context: Context, turn: Turn, given: Sequence[str]) -> Collection[str]:
    """Return the roles of staff who go on: as given, or as answered; where nobody is asked, none (their part ends)."""
    if "all" in given:
        return STAFF
    if given or not context.asks:
        return [each for each in given if each != "nobody"]
    names: dict[str, set[str]] = defaultdict(set)
    for file in turn.store.students:
        if turn.goes_on(file):
            for each in turn.staff_in_turn(file):
                names[each.role].add(each.name)
    kept = []
    for role in STAFF:
        if role in names:
            question = f"{_ROLES_WORDS[role]} go on with the same students ({', '.join(sorted(names[role]))})"
            if click.confirm(question, default=role in _STAY, err=True):
                kept.append(role)
    return kept


def _last_day(context: Context, turn: Turn) -> dt.date | None:
    """Ask for the last day of those who finish, where there are any and somebody can answer."""
    finish = [each for each in turn.store.students if turn.graduates(each)]
    if not finish or not context.asks:
        return None
    answer: dt.date = click.prompt(
        f"Last day of the {counted(len(finish), 'student')} who finish grade 12",
        default=turn.before.ends, value_proc=day, err=True,
    )  # fmt: skip
    return answer


def _closing(store: Store, turn: Turn, new: NewYear, changes: Sequence[Change]) -> Iterator[str]:
    """Give, in sentences, what was done and what the command leaves to people."""
    objectives = sum("/objectives/" in each.path for each in changes)
    plans = sum(each.path.endswith("/plan.yaml") for each in changes)
    parts = sum("/participants/" in each.path for each in changes)
    if plans or objectives or parts:
        yield ""
        yield (
            f"{counted(plans, 'plan')} to prepare, {counted(objectives, 'objective')} carried over,"
            f" {counted(parts, 'assignment')} of staff extended."
        )
    unread = [each.student.name for each in store.students if turn.goes_on(each) and turn.unreadable(each)]
    gone = sorted(store.broken - {each.id for each in store.students})
    if unread or gone:
        names = ", ".join([*unread, *gone])
        yield f"Left out, for a file of theirs cannot be read: {names}. Mend it and call this again."
    finish = [each.student.name for each in store.students if turn.graduates(each)]
    if finish and turn.graduated_on is None:
        yield f"They finish grade 12 in {turn.before.id}: {', '.join(finish)}. `--graduated-on` writes their last day."
    yield from _staff_left(store, turn)
    if not new.becomes_current:
        yield f"The current year stays {store.school.current_year} until {turn.new.id} begins and this is called again."


def _staff_left(store: Store, turn: Turn) -> Iterator[str]:
    ended: set[str] = set()
    for file in store.students:
        if turn.goes_on(file):
            ended |= {each.name for each in turn.staff_in_turn(file) if each.role not in turn.keep}
    if ended:
        yield (
            f"Their part ends with {turn.before.id}: {', '.join(sorted(ended))}. `--keep` lets a role go on;"
            " `sep new participant` adds the new teachers."
        )
