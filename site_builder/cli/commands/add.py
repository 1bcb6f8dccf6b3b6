"""`sep add`: a new entry, asked for field by field (policy: P2, P12, P14-P17, P24, P27, P28, P30, P33, P34)."""

from __future__ import annotations

import click

from site_builder.cli.adding import adding
from site_builder.cli.entry_kinds import ENTRY_KINDS, OF_SCHOOL, OF_STUDENT
from site_builder.cli.global_options import taking_them
from site_builder.cli.lazy import Lazy, LazyGroup

TABLE = {name: Lazy("", each.says, OF_STUDENT if each.of_student else OF_SCHOOL) for name, each in ENTRY_KINDS.items()}


class _Kinds(LazyGroup):
    """The group whose commands are made of the schemas."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.table:
            return None
        return taking_them(adding(cmd_name), ctx.find_root().command)


@click.group("add", cls=_Kinds, table=TABLE)
def command() -> None:
    """Add an entry, asked for field by field.

    An objective, a note, a conference, a training: `sep add objective ana` asks for each line of a new objective of the
    student Ana, in the words of the schema, and writes the file. Every question has an option. Nothing that stands is
    changed: to correct an entry, edit its file. Requests for resources have a command of their own, `sep request`.
    """
