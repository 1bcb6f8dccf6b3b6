"""The options of `sep` itself, taken behind a command too: `sep check --today 2026-11-24`."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import click

from site_builder.cli.context import Context

COLOURS = {"auto": None, "always": True, "never": False}


def _verbosity(step: int) -> Callable[[Context, Any], Context]:
    return lambda context, _: dataclasses.replace(context, verbosity=context.verbosity + step)


_MEANS: Mapping[str, Callable[[Context, Any], Context]] = {
    "store": lambda context, value: dataclasses.replace(context, given_store=value),
    "quiet": _verbosity(-1),
    "verbose": _verbosity(1),
    "color": lambda context, _: context,
    "lang": lambda context, value: dataclasses.replace(context, language=value),
    "no_input": lambda context, _: dataclasses.replace(context, asks=False),
    "today": lambda context, value: dataclasses.replace(context, given_day=value),
    "debug": lambda context, _: context,
}
"""What each option changes, by its name; `--debug` is looked for before anything is parsed."""


def colours(context: Context, choice: str) -> bool | None:
    """Return whether to use colours: always, never, or (`None`) as the console can; `NO_COLOR` is honoured."""
    if choice == "auto" and context.surroundings.environ.get("NO_COLOR"):
        return False
    return COLOURS[choice]


def taking_them(command: click.Command, program: click.Command) -> click.Command:
    """Return `command` taking the options of `program` as well, but for those whose name it uses itself.

    They are not in its help: they stand in that of the program.
    """
    own = {name for each in command.params for name in each.opts}
    given = [each for each in program.params if isinstance(each, click.Option) and each.name in _MEANS]
    made = copy.copy(command)
    made.params = [*command.params, *(_again(each) for each in given if own.isdisjoint(each.opts))]
    return made


def _again(option: click.Option) -> click.Option:
    return click.Option(
        [*option.opts, str(option.name)],
        type=option.type,
        is_flag=option.is_flag,
        default=False if option.is_flag else None,
        expose_value=False,
        hidden=True,
        callback=_change,
    )


def _change(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    if value is None or value is False or not isinstance(ctx.obj, Context):
        return
    ctx.obj = _MEANS[str(option.name)](ctx.obj, value)
    if option.name == "color":
        ctx.color = ctx.find_root().color = colours(ctx.obj, value)
