"""`sep request`: ask the Principal for a resource, write down the decision, list what waits (policy: P29)."""

from __future__ import annotations

import difflib

import click

from site_builder.cli.lazy import Lazy, LazyGroup

_COMMANDS = "site_builder.cli.commands"
_ADD = "add"
TABLE = {
    _ADD: Lazy(f"{_COMMANDS}.request_add", "Ask for a resource; the word `add` can be left out."),
    "decide": Lazy(f"{_COMMANDS}.request_decide", "Write down what the Principal decided."),
    "list": Lazy(f"{_COMMANDS}.request_list", "List the requests that wait for a decision."),
}


class _Requests(LazyGroup):
    """The group in which `sep request ana` is short for `sep request add ana`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = self._behind_own_options(args)
        if args[first:] and args[first] not in self.table and args[first] not in ctx.help_option_names:
            word = args[first]
            near = difflib.get_close_matches(word, self.table, n=1, cutoff=0.8)
            if near:
                raise click.UsageError(
                    f"there is no command `{word}`: did you mean `{near[0]}`? (`add` goes before a student's name)", ctx
                )
            args = [*args[:first], _ADD, *args[first:]]
        return super().parse_args(ctx, args)

    def _behind_own_options(self, args: list[str]) -> int:
        """Return where the words behind the group's own options begin."""
        takes = {
            name: 1 if each.is_flag else 2
            for each in self.params
            if isinstance(each, click.Option)
            for name in each.opts
        }
        at = 0
        while at < len(args) and args[at] in takes:
            at += takes[args[at]]
        return at


@click.group("request", cls=_Requests, table=TABLE)
def command() -> None:
    """Ask the Principal for a resource, and write down the decision.

    `sep request ana` asks for something for the student Ana that is not readily found. Objectives may lie beyond
    the school's means: a request says what it takes, and the Principal decides.
    """
