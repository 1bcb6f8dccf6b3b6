"""`sep init`: a school's own store, kept in git, with all that the people at it need (policy: P8, P35)."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from site_builder.base.disk import reason
from site_builder.base.errors import MissingTool, SepError, WrongUse
from site_builder.check.checker import check_store
from site_builder.cli.answers import mail_address, needed, words
from site_builder.cli.commands.editor import put_schemas, settings_of_a_store
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.new_school import Given, school_files, time_zone
from site_builder.cli.output import counted, shown
from site_builder.cli.sample_school import sample_files, sample_past
from site_builder.cli.school_years import term
from site_builder.cli.setting_up import ATTRIBUTES, IGNORED, SETTINGS, copied_by_others, install
from site_builder.source.git import Plumbing
from site_builder.source.git_begin import PastSave, begin, knows_identity, set_up, setting, write_past
from site_builder.source.working_tree import WorkingTree

_STORE = "records"
_FIRST = "store begun"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Begin with the sample school and its history; nobody in it is real.")
@click.option("--name", type=words, metavar="NAME", help="Your name, for saves; asked for when git knows none.")
@click.option("--email", type=mail_address, metavar="ADDRESS", help="Your e-mail address, for saves.")
@click.option("--school", type=words, metavar="NAME", help="The school's name.")
@click.option("--district", type=words, metavar="NAME", help="Its district.")
@click.option("--address", type=words, metavar="ADDRESS", help="Its address, with state and ZIP code.")
@click.option("--phone", type=words, metavar="NUMBER", help="The office's telephone.")
@click.option("--time-zone", type=time_zone, metavar="ZONE", help="Such as America/Denver.")
@click.option("--principal", type=words, metavar="NAME", help="The Principal's name.")
@click.option("--principal-email", type=mail_address, metavar="ADDRESS", help="The Principal's e-mail address.")
@click.option("--manager", type=words, metavar="NAME", help="The School Manager's name.")
@click.option("--manager-email", type=mail_address, metavar="ADDRESS", help="The School Manager's e-mail address.")
@click.option("--appointed-on", type=day, metavar="DATE", help="When the Principal appointed the School Manager.")
@click.option("--starts", type=day, metavar="DATE", help="First day of this school year.")
@click.option("--ends", type=day, metavar="DATE", help="Last day of this school year.")
@click.option("--term", "terms", type=term, multiple=True, metavar="ID:TITLE:DATE:DATE", help="A term; once for each.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@pass_context
def command(
    context: Context,
    /,
    folder: Path,
    sample: bool,
    name: str | None,
    email: str | None,
    dry_run: bool,
    **about: Any,
) -> None:
    """Make a school's own store, with git.

    FOLDER is a new or empty one. The records go into `records/` there, and git keeps every save of them. Settings for
    VS Code, a look at the records before each save, and the joining of two people's work are set up too. On another
    computer, get a copy of the folder from where your school keeps it (`git clone`), and call `sep doctor --fix` in it.
    """
    target = context.surroundings.folder / folder
    _free(target)
    nearest = next(each for each in (target, *target.parents) if each.is_dir())
    git = Plumbing(nearest)
    _in_no_repository(git, target)
    program = copied_by_others(target.resolve())
    if program:
        context.say(
            f"note: {program} copies this folder to other computers by itself, and can damage what git keeps in it."
            "\n      A folder outside it is safer; other computers get the store by git."
        )
    who = _who(context, git, name, email)
    today = context.given_day or context.surroundings.now(None).date()
    files = sample_files() if sample else school_files(context, Given(**about))
    top = {
        ".gitattributes": ATTRIBUTES.encode(),
        ".gitignore": IGNORED.encode(),
        ".vscode/settings.json": settings_of_a_store(f"{_STORE}/").encode(),
    }
    if dry_run:
        for path in (*top, *(f"{_STORE}/{each}" for each in files)):
            context.put(f"would write {shown(target, context)}/{path}")
        return
    saves = list(sample_past(files, top, f"{_STORE}/")) if sample else [_first(context, who, top, files)]
    _make(target, files, top, saves, who)
    _close(context, target, files, saves, sample=sample, today=today)


def _free(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise WrongUse(f"`{target.name}` is a file", "name a folder that is new or empty")
    there = sorted(each.name for each in target.iterdir())
    if ".git" in there or "school.yaml" in there or _STORE in there:
        raise WrongUse(
            f"`{target.name}` is a store already, and stays as it is",
            f"`sep -C {target.name} doctor` says what this computer lacks for it",
        )
    if there:
        raise WrongUse(
            f"`{target.name}` is not empty: `{there[0]}` stands in it, and nothing is ever overwritten",
            "name a folder that is new or empty",
        )


def _in_no_repository(git: Plumbing, target: Path) -> None:
    try:
        git.prefix()
    except MissingTool:
        raise
    except SepError as fault:
        if "belongs to another account" in fault.sentence:
            raise
        return
    raise WrongUse(
        f"git keeps the folder around `{target.name}` already, and a store is kept by itself",
        "name a folder outside it, such as one in your own documents",
    )


def _who(context: Context, git: Plumbing, name: str | None, email: str | None) -> tuple[str, str, bool]:
    """Return name and address for saves, and whether git has to be told them for this store."""
    if name is None and email is None and knows_identity(git):
        return setting(git, "user.name"), setting(git, "user.email"), False
    given = name or (setting(git, "user.name").strip() or None)
    address = email or (setting(git, "user.email").strip() or None)
    return (
        needed(context, given, "Your name, for what you save", "--name", words),
        needed(context, address, "Your e-mail address at school", "--email", mail_address),
        True,
    )


def _first(
    context: Context, who: tuple[str, str, bool], top: Mapping[str, bytes], files: Mapping[str, bytes]
) -> PastSave:
    return PastSave(
        name=who[0],
        email=who[1],
        at=context.surroundings.now(dt.UTC),
        message=_FIRST,
        files={**top, **{f"{_STORE}/{path}": content for path, content in files.items()}},
    )


def _make(
    target: Path,
    files: Mapping[str, bytes],
    top: Mapping[str, bytes],
    saves: Sequence[PastSave],
    who: tuple[str, str, bool],
) -> None:
    """Make the folder beside its place, and move it there whole; raises `MissingTool` where the disk refuses."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as fault:
        raise MissingTool(f"`{target}` cannot be made: {reason(fault)}", "see to that, then start again") from fault
    try:
        _fill(beside, files, top, saves, who)
        beside.chmod(0o755)
        if target.exists():
            target.rmdir()
        beside.rename(target)
    except OSError as fault:
        raise MissingTool(f"`{target}` cannot be made: {reason(fault)}", "see to that, then start again") from fault
    finally:
        if beside.exists():
            shutil.rmtree(beside, ignore_errors=True)


def _fill(
    folder: Path,
    files: Mapping[str, bytes],
    top: Mapping[str, bytes],
    saves: Sequence[PastSave],
    who: tuple[str, str, bool],
) -> None:
    for path, content in (*top.items(), *((f"{_STORE}/{path}", content) for path, content in files.items())):
        place = folder.joinpath(*path.split("/"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    git = begin(folder, SETTINGS)
    if who[2]:
        set_up(git, (("user.name", who[0]), ("user.email", who[1])))
    write_past(git, saves)


def _close(
    context: Context,
    target: Path,
    files: Mapping[str, bytes],
    saves: Sequence[PastSave],
    *,
    sample: bool,
    today: dt.date,
) -> None:
    """Set up hook and editor, and say what there is and what comes next."""
    install(Plumbing(target), _STORE)
    store = check_store(WorkingTree(target / _STORE), today).store
    if store is not None:
        put_schemas(target, store)
    name = shown(target, context)
    context.put(f"made {name}: {counted(len(files), 'file')} of records, {counted(len(saves), 'save')}")
    context.say(f"\nNext:\n  cd {name}\n  sep check")
    if sample:
        context.say("  sep history rivera-ana\n  sep --today 2026-11-24 build")
    else:
        context.say(
            "  put your staff and courses into records/staff.yaml and records/courses.yaml"
            "\n  sep new student\n  sep save"
            "\nOpen the folder in VS Code to write. Who works on another computer gets a copy of it by git:"
            '\nsee "Two people at work" in the handbook for staff.'
        )
