"""`sep adopt-template`: a new edition of the template, with what it changes and for whom (policy: P18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.edits import add_fields
from site_builder.cli.output import counted
from site_builder.cli.outside import read_outside
from site_builder.cli.people import edition_id
from site_builder.cli.writing import Change, carry_out
from site_builder.model.credits import audit
from site_builder.model.editions import CreditChange, changes
from site_builder.model.records import Program
from site_builder.model.store import Store, StudentFile
from site_builder.source.layout import PROGRAM, kind_named


@click.command("adopt-template")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--on", type=day, metavar="DATE", help="The day of adoption, where FILE names none; today if left out.")
@click.option("--yes", is_flag=True, help="Adopt it without asking once more.")
@click.option("--dry-run", is_flag=True, help="Show what would change and for whom, and write nothing.")
@pass_context
def command(context: Context, file: Path, on: dt.date | None, yes: bool, dry_run: bool) -> None:
    """Adopt a new edition of the template SEP.

    FILE takes the place of template/program.yaml. Shows what it asks otherwise (credits, choices, steps by grade), and
    which students would lack credits that their course plan does not cover. On a yes the edition of today is kept in
    template/earlier, for the plans that were made under it. FILE needs a version of its own.
    """
    store = context.read_store()
    path = context.surroundings.folder / file
    if path.resolve() == (context.store / PROGRAM).resolve():
        raise WrongUse("that file is the template itself", "write the new edition into a file of its own")
    new = read_outside(context, path, str(file), kind_named("program"))
    if not isinstance(new, Program):
        raise AssertionError("the schema of a program makes a program")
    old = store.program
    if old is None and store.unread_ids("program"):
        raise WrongUse("today's template cannot be read, so nothing can be compared", f"`sep check` shows `{PROGRAM}`")
    if old is not None and new.version == old.version and new == replace(old, adopted_on=new.adopted_on, id=new.id):
        context.say(f"Nothing to do: this is the edition {old.version} that holds today.")
        return
    _own_version(store, new)
    context.put("\n".join([*_changes(old, new), *_for_whom(context, store, new)]))
    text = new.origin.text
    if new.adopted_on is None:
        text = add_fields(new.origin, f"adopted_on: {on or context.today}\n")
    if not dry_run and not yes:
        if not context.asks:
            raise WrongUse("nothing was adopted", "`--yes` adopts it")
        click.confirm("Adopt it", default=False, abort=True, err=True)
    carry_out(context, _files(context, old, text), dry_run=dry_run)
    if not dry_run and old is not None:
        context.say(f"\nPlans that follow {old.version} keep it; `sep check` names those of this year.")


def _own_version(store: Store, new: Program) -> None:
    taken = [each for each in (store.program, *store.earlier_programs) if each is not None]
    same = next((each for each in taken if each.version == new.version), None)
    if same is not None:
        raise WrongUse(
            f"`{new.version}` is already the version of `{same.origin.path}`",
            "plans name the edition that they follow: give the new one a version of its own",
        )


def _changes(old: Program | None, new: Program) -> Iterator[str]:
    """Give what the new edition asks otherwise, for a terminal."""
    if old is None:
        yield click.style(f"The first edition: {visible(new.title)}, {visible(new.version)}", bold=True)
        return
    yield click.style(f"{visible(new.version)} beside {visible(old.version)}", bold=True)
    found = changes(old, new)
    if not found:
        yield "  It asks the same."
    if found.credits:
        yield from ("", click.style("Credits", bold=True))
        widest = max(len(each.title) for each in found.credits)
        yield from (f"  {visible(each.title):<{widest}}  {_credits(each)}" for each in found.credits)
    for step in found.steps:
        yield from ("", click.style(f"Steps in grade {step.grade}", bold=True))
        yield from (f"  + {visible(each)}" for each in step.added)
        yield from (f"  - {visible(each)}" for each in step.gone)


def _credits(change: CreditChange) -> str:
    if change.before == change.after:
        return f"{change.after:g}, but other courses to choose from"
    return f"{change.before:g} -> {change.after:g}" if change.after else f"{change.before:g} -> not asked any more"


def _for_whom(context: Context, store: Store, new: Program) -> Iterator[str]:
    """Give the students of this school year who would lack something that they do not lack today."""
    files = [each for each in store.students if _here(store, each, context.today)]
    then = replace(store, program=new)
    rows = [(file, _lacks(store, then, file, context.today)) for file in files]
    affected = [(file, lacks) for file, lacks in rows if lacks]
    yield ""
    if store.program is None:
        return
    yield click.style("For whom", bold=True)
    yield (
        f"  {counted(len(affected), 'student')} of {len(files)} would lack credits that nothing in the course plan"
        f" covers{':' if affected else '.'}"
    )
    for file, lacks in affected:
        grade = file.student.grades[store.school.current_year]
        yield f"  {visible(file.student.name)}, grade {grade} ({file.id}): {visible(', '.join(lacks))}"
    broken = [each.id for each in store.students if each.id in store.broken]
    if broken:
        yield f"  Files with errors were left out: {', '.join(broken)}."


def _here(store: Store, file: StudentFile, today: dt.date) -> bool:
    left = file.student.left_on is not None and file.student.left_on <= today
    return store.school.current_year in file.student.grades and not left and file.id not in store.broken


def _lacks(store: Store, then: Store, file: StudentFile, today: dt.date) -> Sequence[str]:
    """Return by how much each subject area would lack more than today."""
    before = {each.subject: each.missing for each in audit(store, file, today).lines}
    after = audit(then, file, today).lines
    more = [(each.title, round(each.missing - before.get(each.subject, 0.0), 2)) for each in after]
    return [f"{title} {credits:g}" for title, credits in more if credits > 0]


def _files(context: Context, old: Program | None, text: str) -> list[Change]:
    """Return the changes in the order of writing: today's edition is kept before the new one takes its place."""
    if old is None:
        return [Change(PROGRAM, text)]
    before = context.tree.read(PROGRAM)
    kept = f"template/earlier/{edition_id(old.version)}.yaml"
    found = []
    if (context.store / kept).exists():
        if context.tree.read(kept) != before:
            raise WrongUse(f"`{kept}` stands already and holds something else", "give it another name")
    else:
        found.append(Change(kept, before.decode("utf-8")))
    return [*found, Change(PROGRAM, text, before)]
