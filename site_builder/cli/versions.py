"""Earlier versions by the name that somebody gives them: a day, or the id of a save."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.base.diagnostics import Diagnostic
from site_builder.base.errors import WrongUse
from site_builder.cli.console import visible
from site_builder.cli.context import Context
from site_builder.cli.days import day
from site_builder.source.commit_tree import CommitTree, open_commit
from site_builder.source.git import Plumbing
from site_builder.source.git_log import cut

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHICH_DAYS = "`sep history STUDENT` tells on which days something was saved"
_SHOWN = 5
_EARLIEST = 100_000_000
"""Git takes a smaller number of seconds for something else."""


@dataclass(frozen=True, slots=True)
class AsItStood:
    """The store at a save: its files, when that was, and the day on which it is looked at."""

    tree: CommitTree
    at: dt.datetime
    on: dt.date


def as_it_stood(context: Context, text: str) -> AsItStood:
    """Return the store as it stood at the end of a day (`2026-10-03`), or at the save with the id `text`.

    It is looked at as on that day, or on the day of the save; `--today` is another one. Raises a `SepError` where there
    is no such version.
    """
    git = Plumbing(context.store)
    head = git.head()
    if head is None:
        raise WrongUse("nothing has been saved here yet, so there are no earlier versions", "save the records first")
    named = day(text) if _DAY.fullmatch(text) else None
    commit = git.commit(text) if named is None else _last_on(context, git, head, named)
    seconds = int(git.run("rev-list", "--max-count=1", "--timestamp", commit).split()[0])
    at = dt.datetime.fromtimestamp(seconds, context.time_zone)
    return AsItStood(open_commit(context.store, commit), at, context.given_day or named or at.date())


def is_before(context: Context, one: AsItStood, other: AsItStood) -> bool:
    """Tell whether `one` is an earlier save than `other`: one that `other` was built on, whatever clocks said."""
    git = Plumbing(context.store)
    more = git.run("rev-list", "--max-count=1", one.tree.version, f"^{other.tree.version}").strip()
    return not more and one.tree.version != other.tree.version


def say_errors_then(context: Context, then: AsItStood, errors: Sequence[Diagnostic]) -> None:
    """Tell which errors an earlier version has, and what helps: nobody can mend it, and `sep check` reads today's."""
    context.say(f"As saved on {then.at.date().isoformat()}, the records had errors:")
    for each in errors[:_SHOWN]:
        context.say(f"  {visible(each.span.file)}:{each.span.start.line}: [{each.code}] {visible(each.message)}")
    if len(errors) > _SHOWN:
        context.say(f"  ... and {len(errors) - _SHOWN} more")
    context.say(f"What was saved stays as it was: name a day on which this was right. {_WHICH_DAYS}.")


def _last_on(context: Context, git: Plumbing, head: str, on: dt.date) -> str:
    """Return the last save of a day or before it, in the school's time zone."""
    end = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), context.time_zone)
    seconds = int(end.timestamp()) - 1
    found = b""
    if seconds > _EARLIEST:
        found = git.run("rev-list", "--max-count=1", "--first-parent", f"--until={seconds}", head).strip()
    if not found and cut(git, context.store):
        raise WrongUse(
            f"this copy of the records lacks the saves up to {on.isoformat()}",
            "ask for it where the whole history is kept, or take a later day",
        )
    if not found:
        raise WrongUse(f"nothing had been saved by {on.isoformat()}", _WHICH_DAYS)
    return found.decode("ascii")
