"""`sep find`: codes of careers and programs by the words that people use (policy: P4)."""

from __future__ import annotations

import click

from site_builder.cli.lazy import Lazy, LazyGroup

_COMMANDS = "site_builder.cli.commands"
TABLE = {
    "career": Lazy(f"{_COMMANDS}.find_career", "Find an occupation and its O*NET-SOC code."),
    "program": Lazy(f"{_COMMANDS}.find_program", "Find programs after high school, and who offers them."),
}


@click.group("find", cls=LazyGroup, table=TABLE)
def command() -> None:
    """Find the code of a career or program, and who offers it.

    Codes are never written from memory: they come from tables of the U.S. Departments of Labor and of Education that
    travel with the program. Nothing is asked of the network, and nothing is ranked by earnings.
    """
