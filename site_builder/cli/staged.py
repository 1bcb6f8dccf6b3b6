"""A quick look at the records that git is about to save, for its hook: each by itself, in plain letters."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from site_builder.base.diagnostics import Diagnostic
from site_builder.cli.console import ascii_text, visible
from site_builder.cli.context import Context
from site_builder.cli.joining import errors_in
from site_builder.cli.output import counted
from site_builder.cli.unfinished import lacking
from site_builder.source.git_state import RepositoryState
from site_builder.source.layout import locate

_MOST = 300
"""So many records are looked at; who saves more at once has called `sep check` or will."""
_SHOWN = 20


def check_staged(context: Context) -> int:
    """Say what is wrong in the form of the records of git's next save; return 1 where anything is, else 0."""
    state = RepositoryState(context.store)
    records = list(_records(context, state))
    found = [each for path, content in records[:_MOST] for each in errors_in(path, _content(state, content))]
    for each in found[:_SHOWN]:
        _tell(context, each)
    if len(found) > _SHOWN:
        context.say(f"... and {len(found) - _SHOWN} more")
    if len(records) > _MOST:
        context.say(f"{len(records) - _MOST} of {len(records)} records were not looked at: `sep check` looks at all.")
    if not found:
        return 0
    context.say(
        f"{counted(len(found), 'error')} in what is to be saved. Put it right, or save it as it is:"
        "\n  sep save --draft            (or: git commit --no-verify)"
    )
    return 1


def _content(state: RepositoryState, content: str) -> bytes:
    try:
        return state.git.blob(content)
    except OSError as fault:
        raise lacking() from fault


def _tell(context: Context, finding: Diagnostic) -> None:
    start = finding.span.start
    place = f"{visible(finding.span.file)}:{start.line}:{start.column}"
    context.say(ascii_text(f"{place}: {finding.severity}[{finding.code}] {visible(finding.message)}"))


def _records(context: Context, state: RepositoryState) -> Iterator[tuple[str, str]]:
    """Give path and content's id of the records in which git's next save differs from the last one."""
    index = _index(context, state)
    head = state.git.head()
    if head is None:
        lines = state.git.run("ls-files", "--stage", "--full-name", "-z", ".", **index).split(b"\0")
        listed = [(b"A", each.split()[1], each.partition(b"\t")[2]) for each in lines if each]
    else:
        fields = state.git.run("diff-index", "--cached", "--raw", "-z", "--no-renames", head, "--", ".", **index)
        rows = fields.split(b"\0")
        listed = [
            (about.split()[4], about.split()[3], name) for about, name in zip(rows[::2], rows[1::2], strict=False)
        ]
    for status, content, name in listed:
        path = name.decode("utf-8", "surrogateescape").removeprefix(state.prefix)
        if status in (b"A", b"M") and locate(path) is not None:
            yield path, content.decode("ascii")


def _index(context: Context, state: RepositoryState) -> dict[str, str]:
    """Return which list of files git is about to save, where it has made one for this save (`git commit -a`)."""
    given = context.surroundings.environ.get("GIT_INDEX_FILE", "")
    if not given:
        return {}
    place, own = Path(context.surroundings.folder, given).resolve(), state.place("index").parent.resolve()
    return {"GIT_INDEX_FILE": os.fspath(place)} if place.is_relative_to(own) else {}
