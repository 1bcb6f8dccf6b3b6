"""What the option parser finds wrong, in our words: a sentence, and the ways out."""

from __future__ import annotations

import difflib
import re

import click

_NOT_ONE_OF = re.compile(r"'(.*)' is not one of ", re.DOTALL)
_EXTRA = re.compile(r"[^(]*\((.*)\)", re.DOTALL)
_MANY = 12
"""More choices than this are not listed where one of them is near."""


def explained(fault: click.UsageError) -> tuple[str, ...]:
    """Return the sentence that says what is wrong with the words behind `sep`, and then the ways out."""
    path = fault.ctx.command_path if fault.ctx else "sep"
    shown = f"`{path} --help` shows how it is used"
    match fault:
        case click.NoSuchOption():
            near = list(fault.possibilities or ())
            hint = (f"did you mean {' or '.join(f'`{each}`' for each in near)}?",) if near else ()
            return (f"`{path}` has no option `{fault.option_name}`", *hint, f"`{path} --help` lists its options")
        case click.MissingParameter():
            return (f"{_name(fault.param)} is missing", *_usage(fault.ctx), shown)
        case click.BadParameter(param=click.Parameter(type=click.Choice() as choice)):
            return (*_no_choice(fault, choice), shown)
        case click.BadParameter(param=click.Parameter()):
            return (f"{_name(fault.param)}: {_sentence(fault.message)}", shown)
        case click.BadOptionUsage():
            # The parser does not say in which command this was.
            return (f"something must stand behind `{fault.option_name}`", "`--help` in its place shows what")
    extra = _EXTRA.fullmatch(fault.message) if fault.message.startswith("Got unexpected extra") else None
    if extra is not None:
        return (
            f"`{extra[1]}` is too much here",
            'what consists of several words is put in quotes: "Ana Rivera"',
            shown,
        )
    return (_sentence(fault.format_message()), shown)


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "something"
    if isinstance(parameter, click.Option):
        return f"`{max(parameter.opts, key=len)}`"
    return parameter.make_metavar(click.Context(click.Command(""))).strip("[]").removesuffix("...")


def _usage(ctx: click.Context | None) -> tuple[str, ...]:
    if ctx is None:
        return ()
    pieces = [each for each in ctx.command.collect_usage_pieces(ctx) if each != ctx.command.options_metavar]
    return (f"it is called like this: {' '.join([ctx.command_path, *pieces])}",)


def _no_choice(fault: click.BadParameter, choice: click.Choice[str]) -> tuple[str, ...]:
    given = _NOT_ONE_OF.match(fault.message)
    if given is None:
        return (f"{_name(fault.param)}: {_sentence(fault.message)}",)
    choices = list(choice.choices)
    near = difflib.get_close_matches(given[1], choices, n=2)
    hint = (f"did you mean {' or '.join(f'`{each}`' for each in near)}?",) if near else ()
    listed = (f"choices: {', '.join(choices)}",) if not near or len(choices) <= _MANY else ()
    return (f"`{given[1]}` is not a choice for {_name(fault.param)}", *hint, *listed)


def _sentence(message: str) -> str:
    """Return a message of the option parser in the form of ours: no capital at the start, no full stop."""
    return message[:1].lower() + message[1:].rstrip(".")
