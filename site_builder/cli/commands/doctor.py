"""`sep doctor`: what this computer lacks for the work at a store, and what can be set up at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import click

from site_builder.base.errors import MissingTool, SepError
from site_builder.cli.context import Context, pass_context
from site_builder.cli.output import counted, shown
from site_builder.cli.setting_up import Hook, copied_by_others, hook_by_hand, install, look
from site_builder.render.more_letters import INSTALL, SCRIPTS, complete
from site_builder.source.git import Plumbing
from site_builder.source.git_begin import knows_identity
from site_builder.source.git_locks import locks
from site_builder.source.git_state import RepositoryState, Underway


@dataclass(frozen=True, slots=True)
class _Answer:
    """One thing that was looked at: whether it is well, what it is, and the way out."""

    well: bool
    what: str
    way_out: str = ""
    needed: bool = True


@click.command("doctor")
@click.option("--fix", is_flag=True, help="Set up what can be: the look before a save, and the joining of records.")
@click.option("--dry-run", is_flag=True, help="With --fix: only say what would be set up.")
@pass_context
def command(context: Context, fix: bool, dry_run: bool) -> None:
    """Say what is missing on this computer.

    Looks for git, for the name it saves under, for the hook that looks at records before a save, for the joining of
    two people's records, for the editor, and for locks that a killed program left. Call it with --fix in a fresh copy
    of the store.

    Exit codes: 0 all is there, 4 something is missing.
    """
    context.store  # noqa: B018 - says where there is none
    if fix and not dry_run:
        _set_up(context)
    answers = list(_look(context))
    for each in answers:
        missing = click.style("missing", fg="yellow", bold=True) if each.needed else "note   "
        mark = click.style("ok     ", fg="green") if each.well else missing
        context.put(f"{mark}  {each.what}")
        for line in each.way_out.splitlines() if not each.well else ():
            context.put(f"           {line}")
    if not all(each.well or not each.needed for each in answers):
        click.get_current_context().exit(MissingTool.exit_code)


def _set_up(context: Context) -> None:
    state = RepositoryState(context.store)
    found = install(state.git, state.prefix.rstrip("/"))
    if found.hook is Hook.OTHER:
        context.say("A hook of your own stands there already, and stays as it is.")


def _look(context: Context) -> Iterator[_Answer]:
    try:
        state = RepositoryState(context.store)
    except MissingTool as fault:
        yield _Answer(False, fault.sentence, fault.way_out)
        return
    except SepError as fault:
        yield _Answer(False, f"git: {fault.sentence}", fault.way_out)
        return
    yield _Answer(True, "git, and this folder is kept in it")
    yield _Answer(
        knows_identity(state.git),
        "the name that your saves carry",
        "git config --global user.name 'Your Name'\ngit config --global user.email you@school.example",
    )
    yield from _parts(state.git, state.prefix.rstrip("/"))
    yield _Answer(
        shutil.which("sep", path=context.surroundings.environ.get("PATH")) is not None,
        "the command sep, where git looks for commands",
        "Add the folder in which sep was installed to PATH: git joins records and looks at them by that name",
    )
    yield _Answer(
        shutil.which("code", path=context.surroundings.environ.get("PATH")) is not None,
        "VS Code, or any other editor that you like",
        "VS Code explains each field: https://code.visualstudio.com, with the YAML extension by Red Hat",
        needed=False,
    )
    yield _Answer(
        complete(),
        f"fonts for binders in other scripts: {SCRIPTS}",
        f"Where somebody's words or name need one: {INSTALL}",
        needed=False,
    )
    program = copied_by_others(context.store.resolve())
    yield _Answer(
        not program,
        "a folder that no other program copies about" if not program else f"the folder is copied about by {program}",
        "That can damage what git keeps: move the store to another folder",
        needed=False,
    )
    held = locks(state.git)
    if held:
        names = "\n".join(f"  {shown(each, context)}" for each in held)
        yield _Answer(
            False,
            f"nothing locked ({counted(len(held), 'lock')} of git)",
            "Another program is saving here: wait until it has ended, and call `sep doctor` again.\n"
            "Where none is at work (VS Code, a terminal with git), one was killed. Delete what it left:\n" + names,
        )
    underway = state.underway()
    if underway is not Underway.NOTHING or state.two_versions():
        yield _Answer(False, f"nothing half done ({underway or 'two versions stand of a file'})", "`sep resolve`")


def _parts(git: Plumbing, store: str) -> Iterator[_Answer]:
    found = look(git)
    ours = "the look at records before a save"
    if found.hook is Hook.OTHER:
        yield _Answer(False, f"{ours}: a hook of your own stands there", f"add to it:\n{hook_by_hand(store)}")
    else:
        yield _Answer(found.hook is Hook.OURS, ours, "sep doctor --fix")
    yield _Answer(not found.settings, "the joining of two people's records, field by field", "sep doctor --fix")
