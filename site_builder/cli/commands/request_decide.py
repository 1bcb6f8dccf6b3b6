"""`sep request decide`: the Principal's answer to a request, added to what stands there (policy: P29)."""

from __future__ import annotations

import datetime as dt
import textwrap

import click

from site_builder.base.errors import Refused, WrongUse
from site_builder.cli.answers import needed, words
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.edits import add_fields, append_item
from site_builder.cli.people import find_staff
from site_builder.cli.scaffold import scaffold
from site_builder.cli.writing import Change, carry_out
from site_builder.model.records import ResourceRequest, StaffMember
from site_builder.model.requests import may_decide
from site_builder.model.store import Store, StudentFile

OUTCOMES = ("granted", "declined", "deferred")


def _outcome(text: str) -> str:
    if text.strip().casefold() not in OUTCOMES:
        raise click.BadParameter("write granted, declined or deferred")
    return text.strip().casefold()


@click.command("decide")
@click.argument("student")
@click.argument("request", metavar="ID", required=False)
@click.option("--outcome", type=click.Choice(OUTCOMES), help="What was decided; deferred is decided later.")
@click.option("--reason", type=words, metavar="WORDS", help="Why; for deferred, also when it will be decided.")
@click.option("--by", metavar="STAFF", help="Who decided; the Principal if left out.")
@click.option("--on", type=day, metavar="DATE", help="The day of the decision; today if left out.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@pass_context
def command(
    context: Context,
    student: str,
    request: str | None,
    outcome: str | None,
    reason: str | None,
    by: str | None,
    on: dt.date | None,
    dry_run: bool,
) -> None:
    """Write down what the Principal decided about the request ID of STUDENT.

    Nothing that stands in the file is changed: the decision is added. A request that was deferred can be decided
    later; what was granted or declined stays so. Somebody else than the Principal decides only where
    `decides_requests` in school.yaml says so.
    """
    store = context.read_store()
    file = context.student(store, student)
    found = _request(context, file, request)
    member, on = _decider(context, store, by), on or context.today
    _in_time(context, found, on)
    if not may_decide(store, member.id, on):
        raise Refused(
            f"{member.name} may not decide on {on}: requests go to the Principal, {_name(store)}",
            "where the Principal lets somebody else decide, `decides_requests` in school.yaml says whom",
        )
    outcome = needed(context, outcome, "Outcome (granted, declined, deferred)", "--outcome", _outcome)
    reason = needed(context, reason, "Reason", "--reason", words)
    text = _decided(found, outcome, member.id, on, reason)
    carry_out(context, [Change.of(context.tree, found.origin, text)], dry_run=dry_run)


def _request(context: Context, file: StudentFile, given: str | None) -> ResourceRequest:
    """Return the request to decide on; raises `WrongUse` where it is none, or has been decided for good."""
    every = [each for year in reversed(file.years) for each in year.requests]
    waiting = [each for each in every if each.is_open]
    if given is None:
        if not waiting:
            raise WrongUse(
                f"no request of {file.student.name} waits for a decision", "`sep request list --all` lists the others"
            )
        if not context.asks:
            raise WrongUse("which request is missing", "these wait: " + ", ".join(each.id for each in waiting))
        return waiting[context.choose("Which request", [f"{each.resource} ({each.id})" for each in waiting])]
    found = next((each for each in every if each.id == given), None)
    if found is None:
        known = ", ".join(each.id for each in waiting)
        raise WrongUse(
            f"there is no request `{given}` in the file of {file.student.name}",
            f"these wait: {known}" if known else "none waits; `sep request list --all` lists those that were decided",
        )
    answer = found.answer
    if answer is not None and not found.is_open:
        raise WrongUse(
            f"`{given}` was {answer.outcome} on {answer.on}: {answer.reason}",
            f"a decision is never written over; `sep request {file.id}` makes a new request",
        )
    return found


def _decider(context: Context, store: Store, by: str | None) -> StaffMember:
    return find_staff(store, by or store.school.principal, context.choose if context.asks else None)


def _name(store: Store) -> str:
    principal = store.staff_member(store.school.principal)
    return principal.name if principal else store.school.principal


def _in_time(context: Context, request: ResourceRequest, on: dt.date) -> None:
    before = request.answer.on if request.answer else request.referred_on
    if on > context.today:
        raise WrongUse(f"{on} has not come yet", "give the day on which it was decided")
    if on < before:
        since = "put off" if request.answer else "referred to the Principal"
        raise WrongUse(f"on {on} the request had not been {since} yet: that was on {before}", "correct the day")


def _decided(request: ResourceRequest, outcome: str, by: str, on: dt.date, reason: str) -> str:
    """Return the text of the request's file with the decision added: the first one, or one after a deferral."""
    later = request.decision is not None
    block = scaffold("decision.yaml", later=later, outcome=outcome, by=by, on=on, reason=reason)
    if request.later_decisions:
        return append_item(request.origin, ("later_decisions",), block)
    if later:
        return add_fields(request.origin, "later_decisions:\n" + textwrap.indent(block, "  "))
    return add_fields(request.origin, block)
