"""`sep undo`: take back a save, with a new one; what was saved stays in the history."""

from __future__ import annotations

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.commands.save import ready
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.saying import changes_from, say_changes
from site_builder.cli.undoing import Past, Save, Undoing
from site_builder.cli.writing import Exact, write
from site_builder.history.sentences import message

_LISTED = 10


@click.command("undo")
@click.argument("save", required=False, metavar="[SAVE]")
@click.option("--choose", is_flag=True, help=f"Choose among the last {_LISTED} saves.")
@click.option("--yes", is_flag=True, help="Take it back without asking.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@pass_context
def command(context: Context, save: str | None, choose: bool, yes: bool, dry_run: bool) -> None:
    """Take back a save, with a new one.

    SAVE is the id of a save, as `sep save` and --choose show it; without it, the last one is meant. Nothing is erased:
    both stay in the history, and taking back the taking back brings the words again. What was written since stays
    too: where it stands in the same words, nothing is done, and you are told where. The record of what was given to
    whom is never taken back, nor are settings.
    """
    past = Past(context.store)
    chosen = _choice(context, past) if choose else past.save(save)
    saving = ready(context, dry_run=dry_run)
    undoing = past.undoing(chosen)
    if not undoing.changed_records:
        context.say(f"The save {chosen.short}, {chosen.at:%Y-%m-%d}, {visible(chosen.author)}, changed no record.")
        context.say("Settings stay as they are: every copy of the store needs them. `--choose` lists the saves.")
        return
    context.say(f"The save {chosen.short}, {chosen.at:%Y-%m-%d}, {visible(chosen.author)}. Without it:")
    _refuse_later(undoing)
    for path in undoing.kept:
        context.say(f"kept: {path} (what was given to whom stays written down)")
    if not undoing.files:
        context.say("Nothing to take back: all of it has been changed back since.")
        return
    unsaved = {each.path for each in saving.differing(context.tree).files} & set(undoing.files)
    if unsaved:
        raise WrongUse(
            f"`{min(unsaved)}` has changes that are not saved yet", "save them first (`sep save`), then take this back"
        )
    changes = changes_from(context.store, undoing.files)
    say_changes(context, context.check().store, changes)
    if dry_run:
        context.say("Nothing was changed.")
        return
    if not yes:
        if not context.asks:
            raise WrongUse("nobody is here to answer whether to take this back", "`--yes` does so without asking")
        context.say()
        click.confirm("Take it back", default=True, abort=True, err=True)
    # A record may stand here with the line ends of this computer; a file is compared with itself as it is.
    present = {path: _present(context, path) for path in undoing.files}
    write(context.store, [Exact(path, content, present[path]) for path, (_, content) in undoing.files.items()])
    text = f"undo {chosen.short}: {message(changes)}"
    made = saving.save(
        {path: content for path, (_, content) in undoing.files.items()}, text, on=undoing.on, by="sep undo"
    )
    context.put(f"saved {made[:7]}: {text.partition(chr(10))[0]}")


def _present(context: Context, path: str) -> bytes | None:
    try:
        return context.tree.whole(path)
    except FileNotFoundError:
        return None


def _choice(context: Context, past: Past) -> Save:
    saves = past.saves(_LISTED)
    lines = [f"{each.short}  {each.at:%Y-%m-%d}  {each.author}: {each.title}" for each in saves]
    if not saves:
        raise WrongUse("nothing has been saved here yet", "`sep save` saves what was written")
    if not context.asks:
        raise WrongUse("nobody is here to choose", "\n".join(["name one of these:", *lines]))
    return saves[context.choose("Take back which", lines)]


def _refuse_later(undoing: Undoing) -> None:
    """Make sure that nobody's later words would go."""
    if not undoing.later:
        return
    path, later = next(iter(undoing.later.items()))
    by = f", by {visible(later.author)} on {later.at:%Y-%m-%d} ({later.short})" if later is not None else ""
    more = f", and in {len(undoing.later) - 1} more" if len(undoing.later) > 1 else ""
    raise WrongUse(
        f"since then the same words were changed again in `{path}`{by}{more}",
        (f"take back that save first: sep undo {later.short}\n" if later is not None else "")
        + "or change the words in the editor, and save",
    )
