"""Groups of commands that load a command's module when it is called, so that `sep --help` answers at once."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from site_builder.cli.global_options import taking_them


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command: the module that holds it as `command`, one line of help, and the heading it is listed under.

    Without a heading it is not listed: other programs call it.
    """

    module: str
    help: str
    heading: str = "Commands"


class LazyGroup(click.Group):
    """A group that knows its commands by a table only."""

    def __init__(self, *args: Any, table: Mapping[str, Lazy], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called `cmd_name`, loading its module; it takes the options of the program too."""
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        command = importlib.import_module(entry.module).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.module}.command is no command")
        return taking_them(command, ctx.find_root().command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` begin with; an unknown one is answered with the nearest."""
        name = args[0]
        if name in self.table or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = difflib.get_close_matches(name, self.table, n=1, cutoff=0.5)
        hint = f"did you mean `{near[0]}`?" if near else f"`{ctx.command_path} --help` lists the commands"
        raise click.UsageError(f"there is no command `{name}`: {hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands under their headings, from the table alone."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for name, entry in self.table.items():
            if not entry.heading:
                continue
            headings.setdefault(entry.heading, []).append((name, entry.help))
        for heading, rows in headings.items():
            with formatter.section(heading):
                formatter.write_dl(rows)
