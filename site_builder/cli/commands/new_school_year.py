"""`sep new school-year`: the dates and terms of a new year, in school.yaml (policy: P8)."""

from __future__ import annotations

import datetime as dt

import click

from site_builder.cli.context import Context, pass_context
from site_builder.cli.school_years import Dates, dates_options, new_year
from site_builder.cli.writing import carry_out
from site_builder.model.records import Term


@click.command("school-year")
@click.argument("year", metavar="YEAR")
@dates_options
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@pass_context
def command(
    context: Context,
    year: str,
    starts: dt.date | None,
    ends: dt.date | None,
    terms: tuple[Term, ...],
    like_last_year: bool,
    make_current: bool | None,
    dry_run: bool,
) -> None:
    """Add the school year YEAR (such as 2027-28) to school.yaml: its dates and terms.

    Comments and order of what is there stay as they are. `sep rollover` does this too, and then takes everybody into
    the new year.
    """
    store = context.read_store()
    dates = Dates(starts=starts, ends=ends, terms=terms, like_last_year=like_last_year, make_current=make_current)
    new = new_year(context, store, year, dates)
    if not new.changes:
        context.say(f"Nothing to do: {year} stands in school.yaml.")
        return
    carry_out(context, new.changes, dry_run=dry_run)
    if not new.becomes_current:
        context.say(f"\nThe current year stays {store.school.current_year}.")
    if not dry_run:
        context.say(f"Next: `sep rollover {year}` takes everybody into it.")
