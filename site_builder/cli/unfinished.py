"""Two versions of a store on their way to one: kept copies, the save that joins them, and the end of the joining."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import click

from site_builder.base.changes import Change
from site_builder.base.disk import reason
from site_builder.base.errors import MissingTool, WrongUse
from site_builder.cli.context import Context
from site_builder.history.compare import compare_trees
from site_builder.history.sentences import message
from site_builder.source.commit_tree import CommitTree
from site_builder.source.git_save import Saving
from site_builder.source.git_state import RepositoryState, Underway

KEPT = "sep/kept"
"""Where copies go, inside git's own folder: it is as private as the store, and no save takes it along."""
_LEAVINGS = ("MERGE_HEAD", "MERGE_MODE", "MERGE_MSG", "MERGE_RR", "AUTO_MERGE", "SQUASH_MSG")
_GO_ON = {
    Underway.REBASE: "git rebase --continue",
    Underway.PICK: "git cherry-pick --continue",
    Underway.REVERT: "git revert --continue",
    Underway.PATCHES: "git am --continue",
}
_GIVE_UP = {
    Underway.REBASE: "git rebase --abort",
    Underway.PICK: "git cherry-pick --abort",
    Underway.REVERT: "git revert --abort",
    Underway.PATCHES: "git am --abort",
}


def way_back(underway: Underway) -> str:
    """Return the command by which git itself gives up what was begun."""
    return _GIVE_UP[underway]


def finished_by_hand(context: Context, *, asks: bool) -> bool:
    """Tell whether a file that was settled in an editor stays as it is there; so it does where nobody can be asked."""
    if not asks:
        context.say("  It was settled in an editor, and stays as it is there.")
        return True
    return click.confirm("  It was settled in an editor. Keep it as it is there", default=True, err=True)


def keep_copy(context: Context, state: RepositoryState, path: str, content: bytes) -> None:
    """Keep words that somebody has written into a file between the marks, and say where."""
    top = state.place(KEPT)
    folder = next(each for number in itertools.count(1) if not (each := top / str(number)).exists())
    target = folder.joinpath(*path.split("/"))
    try:
        top.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, mode=0o700)
        target.write_bytes(content)
        target.chmod(0o600)
    except OSError as fault:
        raise MissingTool(
            f"no copy of `{path}` can be kept: {reason(fault)}", "nothing was changed; see to that, then start again"
        ) from fault
    context.say(f"  Words stood in it that are in neither version; a copy is in {target}")


def forget_copies(folder: Path, goes: Callable[[str], bool]) -> None:
    """Delete the copies below git's own `folder` whose path in the store `goes`; raises `MissingTool` else."""
    top = folder / KEPT
    for path in sorted(top.glob("*/**/*")):
        where = path.relative_to(top).as_posix().partition("/")[2]
        if path.is_file() and goes(where):
            try:
                path.unlink()
                for each in path.parents:
                    if each == top or any(each.iterdir()):
                        break
                    each.rmdir()
            except OSError as fault:
                raise MissingTool(
                    f"the copy {path} cannot be deleted: {reason(fault)}", "see to that, then call it again"
                ) from fault


def finish(context: Context, state: RepositoryState, saving: Saving, underway: Underway, *, no_save: bool) -> None:
    """Save the two lines as one, or say how to go on where git has more to do than that.

    Raises `WrongUse` where two versions stand of something outside the store.
    """
    if state.outside():
        raise WrongUse(
            "two versions stand of a file outside the records too", "settle it in the editor, then call this again"
        )
    if underway in _GO_ON:
        context.say(f"Nothing is left to choose. git goes on with: {_GO_ON[underway]}")
        return
    if underway is Underway.NOTHING or no_save:
        context.say("Nothing is left to choose. `sep save` saves it.")
        return
    head = state.git.head()
    other = tuple(each for each in state.other_line() if not _holds(state, head, each))
    if other or head is None:
        changes = _brought(context, state, head)
        saving.save({}, f"joined: {message(changes)}", on=head, joined=other, by="sep resolve")
    clear(state)
    context.say("Both versions are saved as one.")


def _holds(state: RepositoryState, head: str | None, other: str) -> bool:
    return head is not None and not state.git.run("rev-list", "--max-count=1", other, f"^{head}").strip()


def _brought(context: Context, state: RepositoryState, head: str | None) -> tuple[Change, ...]:
    """Return what the joined version changes of ours."""
    if head is None:
        return ()
    tree = state.git.run("write-tree", "--missing-ok").decode("ascii").strip()
    made = state.git.feed(b"joined", "commit-tree", tree, "-p", head).decode("ascii").strip()
    try:
        return compare_trees(
            CommitTree(context.store, state.prefix, head), CommitTree(context.store, state.prefix, made)
        )
    except OSError as fault:
        raise lacking() from fault


def lacking() -> WrongUse:
    """Return what to say where this copy of the repository does not hold what was saved."""
    return WrongUse(
        "this copy of the store lacks a part of what was saved",
        "get a whole one from where your school keeps it (`git clone`); your files here stay as they are",
    )


def clear(state: RepositoryState) -> None:
    """Take away what git remembers of a joining that has ended."""
    for name in _LEAVINGS:
        place: Path = state.place(name)
        if place.is_file():
            place.unlink()
