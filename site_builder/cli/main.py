"""The command `sep`: its options, its commands, and what becomes of whatever goes wrong in them."""

from __future__ import annotations

import datetime as dt
import errno
import importlib.metadata
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from site_builder.base.disk import OF_THE_COMPUTER, reason
from site_builder.base.errors import MissingTool, SepError, WrongUse
from site_builder.cli.console import prepare_streams, visible
from site_builder.cli.context import Context, Surroundings
from site_builder.cli.days import day
from site_builder.cli.global_options import COLOURS, colours
from site_builder.cli.lazy import Lazy, LazyGroup
from site_builder.cli.usage import explained

OUR_FAULT = 70
INTERRUPTED = 130
_SHOWN = 60
PIPE_CLOSED = 141

_COMMANDS = "site_builder.cli.commands"
TABLE = {
    "init": Lazy(f"{_COMMANDS}.init", "Make a school's own store, with git.", "Start"),
    "new": Lazy(f"{_COMMANDS}.new", "Start a new student, participant or school year.", "Start"),
    "editor": Lazy(f"{_COMMANDS}.editor", "Let the editor offer this school's courses, terms and careers.", "Start"),
    "doctor": Lazy(f"{_COMMANDS}.doctor", "Say what is missing on this computer.", "Start"),
    "add": Lazy(f"{_COMMANDS}.add", "Add an entry, asked for field by field.", "Every day"),
    "todo": Lazy(f"{_COMMANDS}.todo", "Say who has to do what, and by when.", "Every day"),
    "check": Lazy(f"{_COMMANDS}.check", "Find everything that is wrong or missing in the records.", "Every day"),
    "explain": Lazy(f"{_COMMANDS}.explain", "Say what a finding means and why it exists.", "Every day"),
    "show": Lazy(f"{_COMMANDS}.show", "Show one student's file in short.", "Every day"),
    "history": Lazy(
        f"{_COMMANDS}.history", "Tell what was changed in a student's file, by whom and when.", "Every day"
    ),
    "diff": Lazy(f"{_COMMANDS}.diff", "Tell what is not saved yet, or what changed between two versions.", "Every day"),
    "find": Lazy(f"{_COMMANDS}.find", "Find the code of a career or program, and who offers it.", "Every day"),
    "propose": Lazy(f"{_COMMANDS}.propose", "Take what a student or parent wrote at home into the plan.", "Every day"),
    "save": Lazy(f"{_COMMANDS}.save", "Look through what was written, and save it.", "Every day"),
    "undo": Lazy(f"{_COMMANDS}.undo", "Take back a save, with a new one.", "Every day"),
    "resolve": Lazy(f"{_COMMANDS}.resolve", "Choose where two people changed the same thing.", "Every day"),
    "build": Lazy(f"{_COMMANDS}.build", "Make the private site of every participant.", "Pages"),
    "binder": Lazy(
        f"{_COMMANDS}.binder",
        "Make the binder of one student, or of all, for printing: the whole file with its documents, as a PDF.",
        "Pages",
    ),
    "deliver": Lazy(f"{_COMMANDS}.deliver", "Make each person's pages into one sealed file.", "Pages"),
    "access": Lazy(f"{_COMMANDS}.access", "Say who sees a student's file, and what was given to whom.", "Manager"),
    "explain-access": Lazy(f"{_COMMANDS}.explain_access", "Say why somebody may or may not see something.", "Manager"),
    "consent": Lazy(f"{_COMMANDS}.consent", "Record who consents to showing a document, and to whom.", "Manager"),
    "release": Lazy(f"{_COMMANDS}.release", "Give parts of a file to somebody outside, with consents.", "Manager"),
    "revoke": Lazy(f"{_COMMANDS}.revoke", "Take away what was made for somebody, at once.", "Manager"),
    "request": Lazy(
        f"{_COMMANDS}.request", "Ask the Principal for a resource, and write down the decision.", "Manager"
    ),
    "transfer": Lazy(f"{_COMMANDS}.transfer", "Hand a student's file on to the next school.", "Manager"),
    "receive": Lazy(f"{_COMMANDS}.receive", "Take in a student's file from another school.", "Manager"),
    "expunge": Lazy(f"{_COMMANDS}.expunge", "Take a document or a student out for good.", "Manager"),
    "rollover": Lazy(f"{_COMMANDS}.rollover", "Take everybody into a new school year.", "Manager"),
    "adopt-template": Lazy(f"{_COMMANDS}.adopt_template", "Adopt a new edition of the template SEP.", "Manager"),
    "merge-driver": Lazy(f"{_COMMANDS}.merge_driver", "What git calls to join two versions of a record.", ""),
    "report": Lazy(f"{_COMMANDS}.report", "Make the annual report of a school or a district.", "Manager"),
}


class Program(LazyGroup):
    """The group at the top: whatever a command raises becomes a sentence and an exit code here."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "sep",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program on `args`; with `standalone_mode` (the default) exit with its exit code, else return it."""
        debug = "--debug" in (sys.argv[1:] if args is None else args)
        code: object
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except Exception as fault:
            code = _answer(fault, debug=debug)
        except KeyboardInterrupt:
            code = INTERRUPTED
        number = code if isinstance(code, int) else 0
        if standalone_mode:
            sys.exit(number)
        return number

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; when the reader of its output has gone (`| head`), stop without a word."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # The interpreter flushes once more at its end; that must find a place to write to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        return result


def _answer(fault: Exception, *, debug: bool) -> int:
    """Say what went wrong on the error stream, and return the exit code."""
    if isinstance(fault, click.Abort):
        click.echo("stopped: nothing more was done", file=sys.stderr)
        return INTERRUPTED
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        click.echo(fault.format_message(), file=sys.stderr)
        return fault.exit_code
    if isinstance(fault, click.UsageError):
        _tell(*explained(fault))
        return fault.exit_code
    if isinstance(fault, click.ClickException):
        _tell(fault.format_message())
        return 2
    if isinstance(fault, OSError) and fault.errno in OF_THE_COMPUTER:
        what = f"`{fault.filename}`" if fault.filename else "what was asked for"
        _tell(f"{what} could not be read or written: {reason(fault)}", "see to that, then start again")
        return MissingTool.exit_code
    if isinstance(fault, OSError) and fault.errno == errno.ENAMETOOLONG:
        _tell(f"`{str(fault.filename or '')[:_SHOWN]}...` is longer than a name may be", "give the name of a file")
        return WrongUse.exit_code
    if isinstance(fault, SepError):
        _tell(fault.sentence, fault.way_out)
        return fault.exit_code
    _tell(
        f"a fault of the program itself stopped it ({type(fault).__name__} in {_place(fault)})",
        "your records were not the cause, and nothing about a student was kept: pass the line above on as it stands",
        ""
        if debug
        else "`sep --debug ...` shows more; that may hold a student's data, so read it before passing it on",
    )
    if debug:
        click.echo("the lines below may hold a student's data: read them before passing them on", file=sys.stderr)
        click.echo("".join(traceback.format_exception(fault)), file=sys.stderr)
    return OUR_FAULT


def _place(fault: Exception) -> str:
    """Return the module and line where `fault` arose; neither says anything about a student."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [each for each in frames if "site_builder" in each.filename] or list(frames)
    last = own[-1]
    return f"{Path(last.filename).stem}, line {last.lineno}"


def _tell(sentence: str, *ways_out: str) -> None:
    click.echo(f"{click.style('error', fg='red', bold=True)}: {visible(sentence)}", file=sys.stderr)
    for way_out in ways_out:
        first, *rest = way_out.splitlines() or [""]
        if first:
            click.echo(f"  = help: {visible(first)}", file=sys.stderr)
        for line in rest:
            click.echo(f"          {visible(line)}", file=sys.stderr)


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        try:
            version = importlib.metadata.version("sepfile")
        except importlib.metadata.PackageNotFoundError:
            version = "(run from its source, not installed)"
        click.echo(f"sep {version}")
        ctx.exit()


@click.group(
    cls=Program,
    table=TABLE,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-C",
    "store",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The store: the folder that holds school.yaml. Otherwise the nearest one, upward from here.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only what was asked for.")
@click.option("-v", "--verbose", is_flag=True, help="Print more about what is being done.")
@click.option("--color", type=click.Choice(list(COLOURS)), default="auto", help="Whether to use colours.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", help="The language of `sep show`.")
@click.option("--no-input", is_flag=True, help="Ask no questions: stop where an answer is missing.")
@click.option("--today", type=day, metavar="DATE", help="Work as on this day (2026-11-24).")
@click.option("--debug", is_flag=True, help="Show the inside of a fault; it may hold a student's data.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def sep(
    ctx: click.Context,
    store: Path | None,
    quiet: bool,
    verbose: bool,
    color: str,
    lang: str,
    no_input: bool,
    today: dt.date | None,
    debug: bool,
) -> None:
    """Student Education Plans as plain files: check them, show them, and build the private pages.

    Without a command, sep says how the records stand today. The options below may also stand behind a command.
    """
    around = ctx.obj if isinstance(ctx.obj, Surroundings) else _around()
    ctx.obj = Context(
        surroundings=around,
        given_store=store,
        given_day=today,
        verbosity=int(verbose) - int(quiet),
        language=lang,
        asks=around.terminal and not no_input,
    )
    ctx.color = colours(ctx.obj, color)
    ctx.meta["sep.debug"] = debug
    if ctx.invoked_subcommand is None:
        from site_builder.cli.today import show_today

        show_today(ctx.obj)


def _around() -> Surroundings:
    """Return what is around this process; raises `WrongUse` where its folder is gone."""
    try:
        return Surroundings()
    except FileNotFoundError as fault:
        raise WrongUse("the folder in which this is called is not there any more", "go to another one") from fault


def run() -> None:
    """Run the program on the arguments of the process."""
    prepare_streams()
    sep()
