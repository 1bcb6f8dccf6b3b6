"""`sep save`: look through what was written, and save it; no finding holds anybody's words back."""

from __future__ import annotations

from collections.abc import Sequence

import click

from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.base.errors import WrongUse
from site_builder.check.checker import Checked
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.output import counted
from site_builder.cli.reporters.full import described
from site_builder.cli.reporters.sources import Sources
from site_builder.cli.saying import changes_from, say_changes
from site_builder.cli.unfinished import finish
from site_builder.history.sentences import message
from site_builder.source.git_save import Differing, Saving, Unsaved
from site_builder.source.git_state import RepositoryState, Underway

_SHOWN = 5


@click.command("save")
@click.option("--draft", is_flag=True, help="Save unfinished words too: records with errors in them.")
@click.option(
    "--all", "everything", is_flag=True, help="Take along new files that are no record, and settings that are gone."
)
@click.option("--yes", is_flag=True, help="Save without asking.")
@click.option("--dry-run", is_flag=True, help="Say what would be saved, and save nothing.")
@pass_context
def command(context: Context, draft: bool, everything: bool, yes: bool, dry_run: bool) -> None:
    """Look through what was written, and save it.

    Shows in sentences what is new since the last save, and what a check finds in it, and asks once. Errors hold nothing
    back: on a terminal you are asked whether to save all the same, else `--draft` says so; the pages of a student whose
    file has errors stay as they were. A save holds the whole store and the settings that `sep init` and `sep editor`
    wrote for it, never other files outside it. Its message names ids and fields, no word of a record.

    Exit codes: 0 saved or nothing to save, 1 there are errors and it was not saved.
    """
    saving = ready(context, dry_run=dry_run)
    found = saving.differing(context.tree, strange=everything)
    tell_left(context, found)
    settings = (*saving.settings(), *_gone(context, saving, let_go=everything))
    if not found.files and not settings:
        context.say("Nothing to save: everything stands in the last save.")
        return
    changes = changes_from(context.store, {each.path: (each.saved, each.content) for each in found.files})
    checked = context.check()
    say_changes(context, checked.store, changes)
    if found.files and not changes:
        context.say(f"{counted(len(found.files), 'file')} written in another way, with the same content.")
    for each in settings:
        gone = " (gone)" if each.content is None else ""
        context.say(f"Settings that every copy of the store has: {each.path[1:]}{gone}")
    errors = _errors(context, checked, {each.path for each in found.files})
    if dry_run:
        context.say("Nothing was saved.")
        return
    files = (*found.files, *settings)
    _agree(context, len(files), errors, draft=draft, yes=yes)
    text = message(changes) if found.files else "settings changed"
    made = saving.save(
        {each.path: each.content for each in files},
        f"draft: {text}" if errors else text,
        on=found.on,
        by="sep save",
    )
    context.put(f"saved {made[:7]}: {text.partition(chr(10))[0]}")


def ready(context: Context, *, dry_run: bool) -> Saving:
    """Return what saves; raises `WrongUse` where nothing can be saved now, and says the way out."""
    state = RepositoryState(context.store)
    underway = state.underway()
    saving = Saving(context.store)
    if state.two_versions() or underway not in (Underway.NOTHING, Underway.MERGE):
        raise WrongUse(
            "two people changed the same records, and somebody has to choose first"
            if state.two_versions()
            else f"something is not finished here: {underway}",
            "`sep resolve` shows each place and asks",
        )
    if not dry_run:
        saving.identity()
        if not saving.on_a_line():
            raise WrongUse(
                "this folder shows an earlier version, and what is saved on it is easily lost",
                "go back to the newest one first, such as with `git switch main`; your words come along",
            )
        if underway is Underway.MERGE:
            finish(context, state, saving, underway, no_save=False)
    return saving


def tell_left(context: Context, found: Differing) -> None:
    """Tell which files no save takes along."""
    for path in found.unread:
        context.say(f"not saved: {visible(path)} is a link, or cannot be read")
    for path in found.strange[:_SHOWN]:
        context.say(f"not saved: {visible(path)} (no record belongs there; `--all` takes it along)")
    if len(found.strange) > _SHOWN:
        context.say(f"not saved: {len(found.strange) - _SHOWN} more such files")


def _gone(context: Context, saving: Saving, *, let_go: bool) -> tuple[Unsaved, ...]:
    """Return the settings to let go of for everybody: none unless somebody says so, for every copy needs them."""
    gone = saving.settings_gone()
    if let_go:
        return gone
    for each in gone:
        path = visible(each.path[1:])
        context.say(f"not saved: {path} is gone here, and stays in every other copy.")
        context.say(f"  `git restore :/{path}` brings it back; `--all` lets go of it for everybody")
    return ()


def _errors(context: Context, checked: Checked, paths: set[str]) -> Sequence[Diagnostic]:
    """Show the errors in these files, and return them."""
    errors = [each for each in checked.findings if each.severity is Severity.ERROR and each.span.file in paths]
    sources = Sources(context.tree)
    for each in errors[:_SHOWN]:
        context.say("\n" + described(each, sources))
    if len(errors) > _SHOWN:
        context.say(f"\n... and {counted(len(errors) - _SHOWN, 'more error')}: `sep check` shows them")
    return errors


def _agree(context: Context, files: int, errors: Sequence[Diagnostic], *, draft: bool, yes: bool) -> None:
    """Make sure that this is to be saved; ends the program where it is not."""
    if errors and not draft:
        if not context.asks or yes:
            context.say(f"\nNot saved: {counted(len(errors), 'error')} in it. `sep save --draft` saves it as it is.")
            click.get_current_context().exit(1)
        context.say()
        click.confirm("Save it all the same, as a draft", default=True, abort=True, err=True)
        return
    if yes:
        return
    if not context.asks:
        raise WrongUse("nobody is here to answer whether to save this", "`--yes` saves without asking")
    context.say()
    click.confirm(f"Save {counted(files, 'changed file')}", default=True, abort=True, err=True)
