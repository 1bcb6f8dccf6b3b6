"""`sep new`: the files of a new student, participant or school year, with comments that help to fill them in."""

from __future__ import annotations

import click

from site_builder.cli.lazy import Lazy, LazyGroup

_COMMANDS = "site_builder.cli.commands"
TABLE = {
    "student": Lazy(f"{_COMMANDS}.new_student", "Start the file of a new student."),
    "participant": Lazy(f"{_COMMANDS}.new_participant", "Let a parent, guardian or staff member take part."),
    "school-year": Lazy(f"{_COMMANDS}.new_school_year", "Add the dates of a new school year."),
}


@click.group("new", cls=LazyGroup, table=TABLE)
def command() -> None:
    """Start a new student, participant or school year.

    What is missing is asked for on a terminal; every question has a flag. No file is ever overwritten, and with
    --dry-run nothing is written at all.
    """
