"""`sep binder`: a student's whole file as one page to print (policy: P7, P8, P25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from site_builder.access.carry_over import standing
from site_builder.access.sites import common_copy, copy_for
from site_builder.access.view import Copy
from site_builder.base.artifact import Artifact
from site_builder.base.errors import Refused, WrongUse
from site_builder.cli.context import Context, pass_context
from site_builder.cli.disclosing import Disclosing, disclosing
from site_builder.cli.output import (
    counted,
    find_person,
    may_keep_copy,
    output_folder,
    progress,
    shown,
    sound_store,
)
from site_builder.model.store import Store
from site_builder.publish.generation import publish
from site_builder.publish.keeping import FOR, binders_that_stay
from site_builder.publish.place import claim, look_at
from site_builder.render.binder import render_binder

_SHOWN = 3
"""So many binders are named at the end of `--all`."""


@click.command()
@click.argument("student", required=False)
@click.option("--all", "everyone", is_flag=True, help="Make the binders of all students.")
@click.option("--for", "reader", metavar="PARTICIPANT", help="Make the copy of this person, with what they may see.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; otherwise `build`.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The paper to print on.")
@click.option("--large-print", is_flag=True, help="Set the text large.")
@click.option("--force-older", is_flag=True, help="Let older records take the place of binders from newer ones.")
@click.option("--dry-run", is_flag=True, help="Name the binders that would be made; write nothing.")
@pass_context
def command(
    context: Context,
    student: str | None,
    everyone: bool,
    reader: str | None,
    out: Path | None,
    paper: str,
    large_print: bool,
    force_older: bool,
    dry_run: bool,
) -> int:
    """Make the binder of one student, or of all, for printing.

    A copy is for somebody: --for makes that person's. Without it, the copy holds only what every current participant
    may see. A copy for somebody goes into the log of disclosures.
    """
    if everyone == bool(student):
        raise WrongUse("name one student, or give `--all`", "for instance: sep binder rivera-ana")
    target = output_folder(context, out)
    place = look_at(target, context.store, Path.home())
    checked = context.check()
    store = sound_store(context, checked)
    if store is None:
        return 1
    wanted = _students(context, store, student)
    person = find_person(store, reader, context.choose if context.asks else None) if reader is not None else None
    made = _readable(store, wanted, person, context.today) if person and everyone else wanted
    names = [_file_name(each, person) for each in made]
    code = int(checked.has_errors) if everyone else int(not wanted)
    if not names:
        if wanted:
            raise Refused(f"`{person}` may see no student's file on {context.today}", "leave out `--for`")
        return code
    if not dry_run:
        place = claim(target, context.store, Path.home())
        with progress(context, "Making binders", len(made)) as step:
            log = disclosing(context, store.school)
            new = _binders(store, made, person, context.today, paper, large_print, log, step)
            stays = binders_that_stay(
                place / "binders",
                {each.id for each in store.students} | store.broken,
                may_keep_copy(store, place / "sites", context.today),
            )
            publish(
                place, "binders", {"": new}, stays,
                now=context.surroundings.now(None), made_from=log.made_from, force_older=force_older,
            )  # fmt: skip
    context.say(f"{'Would make' if dry_run else 'Made'} {counted(len(names), 'binder')}.")
    for name in names if context.verbosity > 0 or dry_run else names[:_SHOWN]:
        context.put(shown(place / "binders" / name, context))
    if len(names) > _SHOWN and context.verbosity <= 0 and not dry_run:
        context.put(f"... {len(names) - _SHOWN} more in {shown(place / 'binders', context)}")
    return code


def _students(context: Context, store: Store, student: str | None) -> list[str]:
    """Return the students whose files are sound among those asked for."""
    if student is None:
        return [each.id for each in store.students if each.id not in store.broken]
    found = context.student(store, student)
    return [] if found.id in store.broken else [found.id]


def _readable(store: Store, students: list[str], person: str, on: dt.date) -> list[str]:
    def reads(student: str) -> bool:
        try:
            copy_for(store, student, person, on)
        except Refused:
            return False
        return True

    return [each for each in students if reads(each)]


def _binders(
    store: Store,
    students: list[str],
    person: str | None,
    on: dt.date,
    paper: str,
    large_print: bool,
    log: Disclosing,
    step: Callable[[], None],
) -> Iterator[Artifact]:
    for student in students:
        copy: Copy = copy_for(store, student, person, on) if person else common_copy(store, student, on)
        yield Artifact(_file_name(student, person), render_binder(copy, paper=paper, large_print=large_print))
        step()
    if person is not None:
        log.write_decided("binder", {(person, each): standing(store, person, each, on) for each in students})


def _file_name(student: str, person: str | None) -> str:
    return f"{student}{FOR}{person}.html" if person else f"{student}.html"
