"""`sep receive`: a student's file from another school, verified and taken in with its history (policy: U3, P8)."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.base.diagnostics import Severity
from site_builder.base.disk import reason
from site_builder.base.errors import WrongUse
from site_builder.cli.answers import identifier
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.output import counted
from site_builder.cli.receiving import Incoming, incoming, same_people
from site_builder.exchange.bag import LARGEST
from site_builder.exchange.receive import Arrival, arriving
from site_builder.publish.lock import locked
from site_builder.source.git_apart import apart, git_folder
from site_builder.source.git_locks import noted
from site_builder.source.git_take_in import TakingIn, same_files
from site_builder.source.git_versions import Version
from site_builder.source.layout import student_of


@click.command()
@click.argument("package", type=click.Path(path_type=Path))
@click.option("--id", "given", type=identifier, metavar="ID", help="The folder's name here, where theirs is taken.")
@click.option("--yes", is_flag=True, help="Take it in without asking.")
@click.option("--dry-run", is_flag=True, help="Say what came and what would change; write nothing.")
@pass_context
def command(context: Context, package: Path, given: str | None, yes: bool, dry_run: bool) -> None:
    """Take in a student's file from another school.

    PACKAGE is the file that `sep transfer` made there. Every checksum, every saved version and every file in it is
    verified first, and it says what comes. The folder is taken in with its history and saved. The parts of the other
    school's staff end the day before, `enrolled_on` becomes today, and an id that means somebody else here is
    changed. What stands in the file from before names that school's courses, terms and groups, and may. The same
    package a second time changes nothing. (policy: U3, P8)
    """
    content = _read(context, package)
    taking = TakingIn(context.store)
    with locked(git_folder(taking.git), context.surroundings.now(None)):
        with apart(taking.git) as empty:
            arrival = arriving(empty, content)
        student = given or arrival.about.student
        if _is_here(context, taking, arrival):
            return
        taking.make_sure_settled()
        name, email, at = taking.identity()
        _make_sure_free(context, taking, student)
        last = Version((), {}, author=name, email=email, at=at, message=f"receive: {student}")
        found = incoming(context.tree, arrival, student, context.today, last)
        if _stands(context, student) and not same_files(context.store / "students" / student, found.files):
            raise WrongUse(f"the id `{student}` is taken here", "`--id` gives the folder another name")
        _tell(context, arrival, found)
        if dry_run:
            context.say("Nothing was written.")
            return
        _ask(context, yes=yes)
        with noted(taking.git):
            taking.take_in(student, found.versions, arrival.about.version)
    context.put(f"students/{student}")
    _say_what_is_next(context, found)


def _read(context: Context, package: Path) -> bytes:
    path = context.surroundings.folder / package
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as fault:
        raise WrongUse(f"`{package}` cannot be read: {reason(fault)}", "give the path of the package") from fault


def _is_here(context: Context, taking: TakingIn, arrival: Arrival) -> bool:
    """Tell, and say, whether this package was taken in before."""
    before = taking.received(arrival.about.version)
    if before is None:
        return False
    save, student = before
    if not taking.holds(f"students/{student}"):
        raise WrongUse(
            f"this package was taken in before as students/{student}, and that has been taken out since",
            f"take back the save in which it went (`sep undo --choose`); save {save[:8]} has it as it came",
        )
    taking.note(f"students/{student}")
    context.say(f"The file of {visible(arrival.about.name)} was taken in from this package before. Nothing is new.")
    return True


def _make_sure_free(context: Context, taking: TakingIn, student: str) -> None:
    if taking.holds(f"students/{student}"):
        raise WrongUse(f"the id `{student}` is taken here", "`--id` gives the folder another name")
    near = {student_of(entry.path) for entry in context.tree.entries()} - {"", student}
    if any(each.casefold() == student for each in near):
        raise WrongUse(f"the id `{student}` is taken here", "`--id` gives the folder another name")


def _stands(context: Context, student: str) -> bool:
    folder = context.store / "students" / student
    return folder.is_symlink() or folder.exists()


def _tell(context: Context, arrival: Arrival, found: Incoming) -> None:
    about = arrival.about
    versions = counted(len(arrival.versions), "saved version")
    context.say(f"{visible(about.name)}, from {visible(about.school)}, packed on {about.on.isoformat()}:")
    context.say(f"  {counted(len(arrival.files), 'file')} and {versions}, whole and unchanged since then")
    years = ", ".join(each.id for each in found.file.years)
    context.say(f"  school years: {years or 'none'}; folder here: students/{found.student}")
    if found.new_ids:
        context.say("  These ids mean somebody else here, so these people get others:")
        for old, new in sorted(found.new_ids.items()):
            context.say(f"    {old} -> {new}")
    known = same_people(context.read_store(), found)
    if known:
        context.say(f"  Taken for the same people as in other files here: {', '.join(visible(each) for each in known)}")


def _ask(context: Context, *, yes: bool) -> None:
    if yes:
        return
    if not context.asks:
        raise WrongUse("nobody is here to answer whether to take this file in", "`--yes` takes it in without asking")
    click.confirm("Take the file in", default=True, abort=True, err=True)


def _say_what_is_next(context: Context, found: Incoming) -> None:
    errors = [each for each in found.findings if each.severity is Severity.ERROR]
    context.say("It is taken in and saved. Of the staff nobody sees it yet; the Principal assigns who does:")
    context.say(f"  sep new participant {found.student} ...")
    if errors:
        context.say(f"There are no pages until {counted(len(errors), 'error')} in it are mended:")
    elif found.findings:
        context.say(f"There is something to look at in {counted(len(found.findings), 'place')}:")
    if found.findings:
        context.say(f"  sep check {found.student}")
