"""`sep revoke`: what was made for somebody goes away at once, and stays away (policy: P13, P35)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from site_builder.access.tenure import PARENT_ROLES
from site_builder.base.errors import MissingTool, Refused, WrongUse
from site_builder.cli.answers import words
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.disclosing import log_path
from site_builder.cli.output import output_folder, shown
from site_builder.cli.revoking import Alone, Ending, Part, change, ending
from site_builder.cli.writing import carry_out
from site_builder.publish.disclosures import WITHDRAWN, Entry, Given, append, latest_given, read_log
from site_builder.publish.withdraw import is_output, people_published, published_for, withdraw

_WORDS = {
    "site": "pages, if they were copied elsewhere",
    "sealed": "a sealed file; who has it and the words can open it",
    "binder": "a binder, if it was printed or sent",
}


@click.command()
@click.argument("person")
@click.option("--student", metavar="STUDENT", help="Only what has this student in it.")
@click.option("--order", type=words, metavar="WORDS", help="The court order that takes a parent's rights.")
@click.option("--write", "writes", is_flag=True, help="Also write into the records that the part has ended.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="The output; otherwise `build`.")
@click.option("--dry-run", is_flag=True, help="Say what would go and what would be written; change nothing.")
@pass_context
def command(
    context: Context,
    person: str,
    student: str | None,
    order: str | None,
    writes: bool,
    out: Path | None,
    dry_run: bool,
) -> None:
    """Take away what was made for somebody, at once.

    Pages, sealed file and copies of binders of PERSON go. It is done at once, also while files have errors or the
    records cannot be read at all. Then it says what to write so that it stays so, and what cannot be taken back.
    With --write that is written: the last day of the part, or for a parent the court order that --order names. What
    was handed out stays out: ask for it. (policy: P13, P35)
    """
    if order and not writes:
        raise WrongUse("`--order` is for `--write`", "give both, or neither")
    store = _store(context)
    files = Alone(context.tree if store is not None else None)
    place = _place(context, store, out)
    name, called = files.person(person, people_published(place))
    only = files.student(student) if student is not None else None
    parts = files.parts(name, only)
    _may_write(parts, order, writes=writes)
    gone = published_for(place, name, only) if dry_run else _withdraw(context, place, name, only)
    log = _log(context, files)
    _say_what_goes(context, place, f"{visible(called)} ({name})" if called else name, gone, dry_run=dry_run)
    before = _given(log, name)
    if gone and not dry_run and log is not None:
        _note(context, log, name, before)
    _records(context, name, parts, order, writes=writes, dry_run=dry_run)
    before = [each for each in before if only in (None, each.given.student)]
    _say_what_stays_out(context, files, (name, called), parts, before)


def _store(context: Context) -> Path | None:
    try:
        return context.store
    except WrongUse:
        return None


def _place(context: Context, store: Path | None, out: Path | None) -> Path:
    """Return the output folder; raises `WrongUse` where there is none and the records cannot say who is who either."""
    here = context.surroundings.folder
    place = (output_folder(context, out) if store is not None else here / (out or "build")).resolve()
    if out is not None and not is_output(place):
        raise WrongUse(f"`{out}` is no folder that `sep` made", "name the folder that `sep build` wrote to")
    if store is None and not is_output(place):
        raise WrongUse(
            "there are neither records nor pages here", "`--out FOLDER` names the pages, `sep -C` the records"
        )
    return place


def _may_write(parts: Sequence[Part], order: str | None, *, writes: bool) -> None:
    parents = [each for each in parts if each.entry is not None and each.entry.role in PARENT_ROLES]
    if writes and parents and not order:
        raise Refused(
            "a parent or guardian has full rights unless a court order says otherwise (34 CFR 99.4)",
            "give the order with `--order`; without `--write` only what was made is taken away",
        )
    if order and not parents:
        raise WrongUse("a court order is recorded for parents and guardians alone", "leave out `--order`")


def _withdraw(context: Context, place: Path, person: str, student: str | None) -> tuple[str, ...]:
    return withdraw(place, person, student, context.surroundings.now(None)) if is_output(place) else ()


def _say_what_goes(context: Context, place: Path, person: str, gone: tuple[str, ...], *, dry_run: bool) -> None:
    if not gone:
        context.say(f"Nothing that was made for {person} stands in {shown(place, context)}.")
        return
    context.say(f"{'Would take' if dry_run else 'Took'} away what was made for {person}:")
    for each in gone:
        context.put(shown(place / each, context))
    if "letters" in gone:
        context.say("The printed letters named this person; `sep deliver --letters` makes those of the others again.")


def _log(context: Context, files: Alone) -> Path | None:
    """Return the log of disclosures, where the school's name can be read or there is but one."""
    settings = context.surroundings.settings
    school = files.school()
    if school is not None:
        return log_path(settings, school.name, school.district)
    found = sorted((settings / "disclosures").glob("*.jsonl")) if (settings / "disclosures").is_dir() else []
    return found[0] if len(found) == 1 else None


def _given(log: Path | None, person: str) -> list[Entry]:
    try:
        entries = read_log(log).entries if log is not None else ()
    except MissingTool:
        return []
    return [each for each in entries if each.given.viewer == person]


def _note(context: Context, log: Path, person: str, before: Sequence[Entry]) -> None:
    """Write into the log that it was taken away; what is gone stays gone also where that cannot be written."""
    students = sorted({each.student for each in latest_given(before).values()})
    try:
        append(
            log,
            [Given(part=WITHDRAWN, viewer=person, student=each) for each in students],
            context.today,
            context.surroundings.now(None),
        )
    except MissingTool as fault:
        context.say(f"Not written into the log: {fault.sentence}.")


def _records(
    context: Context,
    person: str,
    parts: Sequence[Part],
    order: str | None,
    *,
    writes: bool,
    dry_run: bool,
) -> None:
    """Say what ends the parts in the records, or write it."""
    if not parts:
        context.say(f"\nNo file of the records that was found has `{person}` among its participants.")
        return
    today = context.today
    endings = [ending(each, today, order) for each in parts]
    open_ends = [each for each in endings if each.lines]
    for each in endings:
        if each.note:
            context.say(f"{each.part.path}: {each.note}.")
    if not open_ends:
        return
    if not writes and context.asks and not dry_run and all(each.text for each in open_ends):
        writes = click.confirm(f"\nWrite into the records that the part of {person} has ended", default=True, err=True)
    if not writes:
        _say_what_to_write(context, open_ends, person)
        return
    changes = [made for each in open_ends if (made := change(each, context.tree)) is not None]
    carry_out(context, changes, dry_run=dry_run)
    if any(each.lines == f"until: {today.isoformat()}\n" for each in open_ends):
        context.say("The part began today, so it ends today at the earliest: build no pages before tomorrow.")
    if not dry_run:
        context.say("`sep build` makes the pages of the others anew.")


def _say_what_to_write(context: Context, endings: Sequence[Ending], person: str) -> None:
    context.say("\nSo that it stays so, write in the records (the next `sep build` makes the pages again otherwise):")
    for each in endings:
        context.say(f"  {each.part.path}")
        for line in each.lines.splitlines():
            context.say(f"    {line}")
    needs_order = any(each.part.entry is not None and each.part.entry.role in PARENT_ROLES for each in endings)
    given = ' --order "..."' if needs_order else ""
    context.say(f"`sep revoke {person} --write{given}` writes it.")


def _say_what_stays_out(
    context: Context, files: Alone, names: tuple[str, str], parts: Sequence[Part], before: Sequence[Entry]
) -> None:
    students = {each.student for each in parts} | {each.given.student for each in before}
    lines = [*_handed_out(before)]
    lines += [f"{each.on}  {visible(each.what)} ({student})" for student, each in files.disclosures(names, students)]
    context.say("\nWhat is out of the school's hands cannot be taken back. Ask for it:" if lines else "")
    for line in lines:
        context.say(f"  {line}")
    if not lines:
        context.say("The log and the records know of nothing that was handed out.")


def _handed_out(before: Sequence[Entry]) -> Iterator[str]:
    latest: dict[str, tuple[str, set[str]]] = {}
    for each in before:
        given = each.given
        if given.part in _WORDS:
            _, students = latest.get(given.part, ("", set()))
            latest[given.part] = (each.on, students | {given.student})
    for part, (on, students) in latest.items():
        yield f"{on}  {_WORDS[part]} ({', '.join(sorted(students))})"
