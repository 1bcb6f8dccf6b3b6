"""`sep request STUDENT`: a request for a resource, passed on to the Principal (policy: P21, P29)."""

from __future__ import annotations

import datetime as dt

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.answers import identifier, needed, optional, words
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.participants import current, described_person, find_participant
from site_builder.cli.people import dated_id
from site_builder.cli.scaffold import scaffold
from site_builder.cli.writing import Change, carry_out
from site_builder.model.identity import folded
from site_builder.model.records import Participant
from site_builder.model.store import StudentFile, YearSection

_NONE = "none"


@click.command("add")
@click.argument("student")
@click.option("--resource", type=words, metavar="WORDS", help="What is asked for.")
@click.option("--objective", metavar="ID", help="The objective of this year that it serves; `none` for no one.")
@click.option("--by", "asker", metavar="PERSON", help="Who asks: the id or name of a participant.")
@click.option("--reason", type=words, metavar="WORDS", help="Why it is needed.")
@click.option("--referred-on", type=day, metavar="DATE", help="The day it goes to the Principal; today if left out.")
@click.option("--id", "name", type=identifier, metavar="ID", help="The file's name; made of day and resource.")
@click.option("--another", is_flag=True, help="Ask again for something that has been asked for already.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@pass_context
def command(
    context: Context,
    student: str,
    resource: str | None,
    objective: str | None,
    asker: str | None,
    reason: str | None,
    referred_on: dt.date | None,
    name: str | None,
    another: bool,
    dry_run: bool,
) -> None:
    """Ask the Principal for a resource for STUDENT.

    Writes the request into the current school year. It waits until `sep request decide` writes down the answer.
    """
    store = context.read_store()
    file = context.student(store, student)
    year = file.year(store.school.current_year)
    if year is None:
        raise WrongUse(
            f"the file of {file.student.name} has no section for {store.school.current_year}",
            "`sep rollover` makes one for everybody",
        )
    on = referred_on or context.today
    if on > context.today:
        raise WrongUse(f"{on} has not come yet", "give the day on which it was passed on to the Principal")
    resource = needed(context, resource, "What is asked for", "--resource", words)
    if not another:
        _not_asked_yet(year, resource)
    serves = _objective(context, year, objective)
    person = _asker(context, file, asker, on)
    reason = optional(context, reason, "Why it is needed")
    text = scaffold(
        "request.yaml", resource=resource, requested_by=person.id, referred_on=on, objective=serves, reason=reason
    )
    entry = name or dated_id(on, resource, {each.id for each in year.requests})
    carry_out(context, [Change(f"students/{file.id}/{year.id}/requests/{entry}.yaml", text)], dry_run=dry_run)
    if not dry_run:
        context.say(f"\nIt waits for the Principal: `sep request decide {file.id} {entry}` writes down the answer.")


def _not_asked_yet(year: YearSection, resource: str) -> None:
    same = next((each for each in year.requests if each.is_open and folded(each.resource) == folded(resource)), None)
    if same is not None:
        raise WrongUse(
            f"`{same.resource}` was asked for on {same.referred_on} and waits for a decision (`{same.id}`)",
            "`--another` asks once more",
        )


def _objective(context: Context, year: YearSection, given: str | None) -> str | None:
    """Return the id of the objective that the resource serves, or `None` where it serves none."""
    known = [each.id for each in year.objectives]
    if given is None and context.asks and known:
        listed = [f"{each.statement} ({each.id})" for each in year.objectives]
        answer = context.choose("Which objective does it serve", [*listed, "none of them"], or_last=True)
        return known[answer] if answer < len(known) else None
    if given is None or given == _NONE:
        return None
    if given not in known:
        raise WrongUse(
            f"`{given}` is no objective of {year.id} in this file", "these are: " + (", ".join(known) or "none")
        )
    return given


def _asker(context: Context, file: StudentFile, given: str | None, on: dt.date) -> Participant:
    """Return who asks: somebody whose part in the plan runs that day."""
    there = current(file, on)
    if given is None and context.asks:
        return there[context.choose("Who asks", [described_person(each) for each in there])]
    text = needed(context, given, "Who asks", "--by", words)
    person = find_participant(file, text, context.choose if context.asks else None)
    if person not in there:
        raise WrongUse(
            f"{person.name} takes no part in the plan on {on}",
            "these do:\n" + "\n".join(described_person(each) for each in there),
        )
    return person
