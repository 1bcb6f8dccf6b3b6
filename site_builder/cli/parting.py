"""Giving up a joining: every file as it was before two versions met, and no word lost that was written since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.base.errors import WrongUse
from site_builder.cli.context import Context
from site_builder.cli.joining import joinings
from site_builder.cli.output import counted
from site_builder.cli.unfinished import clear, keep_copy, lacking, way_back
from site_builder.cli.writing import Exact, write
from site_builder.source.git import blob_id
from site_builder.source.git_state import RepositoryState, Underway
from site_builder.source.working_tree import WorkingTree


def give_back(context: Context, state: RepositoryState, *, dry_run: bool) -> None:
    """Write the files of our last version back and forget the joining.

    What somebody has written into one of them since goes into a copy, and is told. Raises `WrongUse` where nothing is
    being joined.
    """
    underway = state.underway()
    head = state.git.head()
    if underway is not Underway.MERGE or head is None:
        way = f"git gives that up itself: {way_back(underway)}" if underway else "there is nothing to give back"
        raise WrongUse(str(underway) or "no two versions are being joined", way)
    top = _top(state)
    tree = WorkingTree(top)
    own = {state.prefix + each.path: each for each in joinings(state)}
    back = list(_changes(state, tree, head))
    for path, content, present, left_by_git in back:
        context.put(f"{'would give back' if dry_run else 'gave back'} {path.removeprefix(state.prefix)}")
        if dry_run:
            continue
        words = own[path].own_words(present) if path in own else present is not None and present not in left_by_git
        if words:
            keep_copy(context, state, path.removeprefix(state.prefix), present or b"")
        write(top, [Exact(path, content, present)])
    if dry_run:
        return
    state.git.run("read-tree", "--reset", head)
    clear(state)
    context.say(f"{counted(len(back), 'file')} as before; the other version is left as it was saved.")


def _top(state: RepositoryState) -> Path:
    return Path(state.git.run("rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").removesuffix("\n"))


def _changes(
    state: RepositoryState, tree: WorkingTree, head: str
) -> Iterator[tuple[str, bytes | None, bytes | None, tuple[bytes | None, ...]]]:
    """Give the files to write back: path from the top, bytes before, present bytes, and those that git put there."""
    before, other = _files(state, head), _files(state, next(iter(state.other_line()), head))
    staged = {path: each.content for path, each in state.staged().items()}
    for path in sorted({*before, *staged, *other}):
        if before.get(path) == staged.get(path):
            continue
        present = _present(tree, path)
        if present is not None and blob_id(present, len(head)) == before.get(path):
            continue
        if path not in before:
            brought = other.get(path)
            if present is None or brought is None or blob_id(present, len(head)) != brought:
                continue  # it came from nobody's save: it stays
        ids = {before.get(path), staged.get(path), other.get(path)} - {None}
        try:
            known = tuple(state.git.blob(str(each)) for each in ids)
            content = state.git.blob(before[path]) if path in before else None
        except OSError as fault:
            raise lacking() from fault
        yield path, content, present, known


def _files(state: RepositoryState, commit: str) -> dict[str, str]:
    found = {}
    for line in state.git.tree(commit, "").split(b"\0"):
        about, _, name = line.partition(b"\t")
        if about.startswith(b"100"):
            found[name.decode("utf-8", "surrogateescape")] = about.split()[2].decode("ascii")
    return found


def _present(tree: WorkingTree, path: str) -> bytes | None:
    try:
        return tree.whole(path)
    except OSError:
        return None
