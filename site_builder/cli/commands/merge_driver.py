"""What git calls when two people changed one record; people never do (`sep init` tells git about it)."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.context import Context, pass_context
from site_builder.history.merge import Unsure, merge

_LEFT_OPEN = 1
_UNSURE = 2
"""Then git's own merge of lines takes over: see the settings that `cli.setting_up` writes."""


@click.command("merge-driver", hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("path")
@pass_context
def command(context: Context, base: Path, ours: Path, theirs: Path, path: str) -> None:
    """What git calls to join two versions of a record.

    It is the record at PATH; what comes of BASE, OURS and THEIRS is written to OURS.

    Exit codes: 0 joined, 1 something is left to choose and stands between marks, 2 left to a merge of lines.
    """
    here = context.surroundings.folder
    began, mine = (here / base).read_bytes(), (here / ours).read_bytes()
    try:
        made = merge(path, began or None, mine, (here / theirs).read_bytes())
    except Unsure:
        click.get_current_context().exit(_UNSURE)
    (here / ours).write_bytes(made.content)
    if made.conflicts:
        click.get_current_context().exit(_LEFT_OPEN)
