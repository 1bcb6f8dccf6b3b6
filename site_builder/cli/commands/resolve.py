"""`sep resolve`: two people changed one thing, and somebody chooses, one field at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from site_builder.base.disk import reason
from site_builder.base.errors import WrongUse
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.joining import Author, How, Joining, errors_in, joinings
from site_builder.cli.output import counted
from site_builder.cli.parting import give_back
from site_builder.cli.reporters.full import described
from site_builder.cli.reporters.sources import Sources
from site_builder.cli.unfinished import finish, finished_by_hand, keep_copy
from site_builder.cli.writing import Exact, Overlay, write
from site_builder.history.conflict import Choice, Conflict
from site_builder.source.git_save import Saving
from site_builder.source.git_state import RepositoryState, Underway

_KEYS = {"m": Choice.MINE, "t": Choice.THEIRS, "b": Choice.BOTH}
_LATER, _STOP = "l", "q"
_WIDEST = 88
_LINES = 12


@click.command("resolve")
@click.option(
    "--keep", type=click.Choice([each.value for each in Choice]),
    help="Choose this everywhere, and ask nothing: mine, theirs, or both where that can be.",
)  # fmt: skip
@click.option("--abort", is_flag=True, help="Give back the files as they were before two versions met.")
@click.option("--no-save", is_flag=True, help="Only choose; `sep save` or this command saves later.")
@click.option("--dry-run", is_flag=True, help="Show what is to be chosen, and write nothing.")
@pass_context
def command(context: Context, keep: str | None, abort: bool, no_save: bool, dry_run: bool) -> None:
    """Choose where two people changed the same thing.

    Everything that only one of the two has changed stands already. What is left is shown field by field, with the name
    and the day of each: one key keeps yours, theirs, or both. When nothing is left, the two versions are saved as one.
    Whoever has settled a file in the editor is asked whether it stays so.
    """
    state = RepositoryState(context.store)
    underway = state.underway()
    if abort:
        give_back(context, state, dry_run=dry_run)
        return
    found = joinings(state)
    if not found and underway is Underway.NOTHING:
        context.say("Nothing to choose: there are no two versions of anything here.")
        return
    saving = Saving(context.store)
    if not no_save and not dry_run:
        saving.identity()
    left = 0
    for each in found:
        done = _settle(context, state, saving, each, Choice(keep) if keep else None, dry_run=dry_run)
        left += not done
    if left or dry_run:
        rest = f"{counted(left, 'file')} left: `sep resolve` goes on there, `sep resolve --abort` gives all back."
        context.say(rest if left else "Nothing was written.")
        if left:
            click.get_current_context().exit(1)
        return
    finish(context, state, saving, underway, no_save=no_save)


def _settle(
    context: Context, state: RepositoryState, saving: Saving, each: Joining, keep: Choice | None, *, dry_run: bool
) -> bool:
    """Choose what becomes of one file, write it, and tell git; `False` where it is left for later."""
    context.say(click.style(each.path, bold=True))
    present = _present(context, each.path)
    if each.edited(present) and finished_by_hand(context, asks=context.asks and keep is None):
        content = present
    else:
        choices = _choices(context, each, keep)
        if choices is None:
            return False
        content = each.content(choices)
    _tell_errors(context, each.path, content)
    if dry_run:
        return True
    if present != content:
        if each.own_words(present):
            keep_copy(context, state, each.path, present or b"")
        write(context.store, [Exact(each.path, content, present)])
    saving.stage({each.path: content})
    context.put(f"chosen {each.path}")
    return True


def _present(context: Context, path: str) -> bytes | None:
    try:
        return context.tree.whole(path)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise WrongUse(f"`{path}` cannot be read: {reason(fault)}", "see to that, then start again") from fault


def _choices(context: Context, each: Joining, keep: Choice | None) -> Mapping[Conflict, Choice] | None:
    """Return what to keep of each conflict of a file, or `None` where somebody leaves it for later."""
    made: dict[Conflict, Choice] = {}
    for conflict in each.conflicts:
        possible = each.choices(conflict)
        _show(context, each, conflict, possible)
        choice = keep if keep in possible else None
        if choice is None and context.asks and keep is None:
            choice = _asked(context, possible)
        if choice is None:
            if not context.asks or keep is not None:
                both = ", or `--keep both`" if Choice.BOTH in possible else ""
                context.say(f"  Choose with `--keep mine`, or `--keep theirs`{both}.")
            return None
        made[conflict] = choice
    return made


def _show(context: Context, each: Joining, conflict: Conflict, possible: Sequence[Choice]) -> None:
    name = " - ".join(visible(step) for step in conflict.path)
    context.say(f"  {name or ('these words' if each.how is not How.WHOLE else 'the whole file')}")
    if conflict.base is not None and each.how is not How.WHOLE:
        _line(context, " ", "before", conflict.base, Author())
    _line(context, "m", "yours", conflict.ours, each.our_author)
    _line(context, "t", "theirs", conflict.theirs, each.their_author)
    if Choice.BOTH in possible:
        context.say("    b  both")


def _line(context: Context, key: str, label: str, text: str | None, author: Author) -> None:
    whose = ", ".join(filter(None, (visible(author.name), author.day)))
    rows = [visible(row) for row in (text or "").strip("\n").split("\n")]
    if text is None:
        rows = ["(it is not there)"]
    first = f"    {key}  {label:<6}  {_cut(rows[0])}"
    context.say(f"{first}   ({whose})" if whose else first)
    for row in rows[1:_LINES]:
        context.say(f"               {_cut(row)}")
    if len(rows) > _LINES:
        context.say(f"               ... and {counted(len(rows) - _LINES, 'more line')}")


def _cut(row: str) -> str:
    return row if len(row) <= _WIDEST else row[: _WIDEST - 3] + "..."


def _asked(context: Context, possible: Sequence[Choice]) -> Choice | None:
    """Wait for one key; `None` is for later. Raises `click.Abort` where somebody stops."""
    keys = [key for key, choice in _KEYS.items() if choice in possible]
    context.say(f"  Keep which? One key: {', '.join(keys)}; {_LATER} leaves it for later, {_STOP} stops.")
    while True:
        key = click.getchar().lower()
        if key in keys:
            context.say(f"  {_KEYS[key]}")
            return _KEYS[key]
        if key == _LATER:
            return None
        if key == _STOP or not key:
            raise click.Abort


def _tell_errors(context: Context, path: str, content: bytes | None) -> None:
    """Show the errors that the file would have; they hold nobody's words back."""
    if content is None:
        return
    sources = Sources(Overlay(context.tree, {path: content}))
    for each in errors_in(path, content):
        context.say("\n" + described(each, sources))
