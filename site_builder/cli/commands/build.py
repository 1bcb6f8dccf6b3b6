"""`sep build`: the private site of every participant (policy: P25, P35, P38)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from site_builder.access.as_it_stood import RightsOfToday
from site_builder.access.carry_over import Standing, may_keep, standing
from site_builder.access.offices import is_manager, is_principal, office_holders
from site_builder.access.sites import Past, always, nothing_known, site_for, viewers
from site_builder.access.view import Named
from site_builder.base.artifact import Artifact
from site_builder.base.errors import MissingTool, Refused, WrongUse
from site_builder.base.form_token import FormKey
from site_builder.check.checker import check_store
from site_builder.cli.context import Context, pass_context
from site_builder.cli.deliveries import prune_sealed
from site_builder.cli.disclosing import disclosing
from site_builder.cli.form_keys import sealing_key
from site_builder.cli.output import (
    counted,
    find_person,
    may_keep_copy,
    output_folder,
    people,
    progress,
    reader,
    shown,
    sound_store,
)
from site_builder.cli.packages import prune_packages, tell_gone
from site_builder.cli.past import past_of
from site_builder.cli.versions import AsItStood, as_it_stood
from site_builder.model.due import Due
from site_builder.model.due import due as work_out
from site_builder.model.store import Store
from site_builder.publish import ledger
from site_builder.publish.binder_keys import read_made, written
from site_builder.publish.generation import publish
from site_builder.publish.keeping import PRINT_JOBS, Staying, binders_that_stay, still_whole, what_stays
from site_builder.publish.place import claim, look_at
from site_builder.render.site import render_site
from site_builder.render.staff import OFFICE_PAGES

EXAMPLES = ("School Manager", "Principal", "teacher", "parent", "student")
"""Whose pages are named at the end, where there are too many to name all."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose sites are made anew, and what of the published ones stays."""

    renewed: tuple[str, ...]
    staying: Staying
    decided: ledger.Decided  # of the published ones


@dataclass(frozen=True, slots=True)
class Records:
    """The records that pages are made from, and the day on which they are looked at.

    `rights` are those of today where the records are an earlier version; `past` gives their history.
    """

    store: Store
    on: dt.date
    rights: RightsOfToday | None = None
    past: Past = nothing_known


@click.command()
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; otherwise `build`.")
@click.option("--for", "only", metavar="PARTICIPANT", help="Make the pages of this person alone.")
@click.option("--at", metavar="DATE|SAVE", help="From the records as they stood on that day, or at that save.")
@click.option("--force-older", is_flag=True, help="Let older records take the place of pages from newer ones.")
@click.option("--dry-run", is_flag=True, help="Say whose pages would be made and which would go; write nothing.")
@pass_context
def command(
    context: Context, out: Path | None, only: str | None, at: str | None, force_older: bool, dry_run: bool
) -> int:
    """Make the private site of every participant.

    Each person gets a folder in build/sites with exactly what they may see today. Who has lost access has none any
    more. A student whose file has errors gets no new pages; the last ones stay with those who still may see them. What
    is newly made available goes into the log of disclosures.

    With --at, the pages are those of an earlier version, for those who may still see them today. They do not take the
    place of newer ones: give them a folder of their own with --out.
    """
    if at is not None and only is not None:
        raise WrongUse("`--at` makes everybody's pages", "leave out `--for`")
    target = output_folder(context, out)
    place = look_at(target, context.store, Path.home())
    then = as_it_stood(context, at) if at is not None else None
    checked = context.check() if then is None else check_store(then.tree, then.on)
    store = sound_store(context, checked, then)
    if store is None:
        return 1
    records = Records(store, context.today) if then is None else _earlier(context, store, then)
    person = find_person(store, only, context.choose if context.asks else None) if only is not None else None
    plan = plan_sites(store, records.on, place / "sites", person)
    if records.rights is not None:
        plan = _for_those_of_today(context, plan, records.rights)
    code = int(checked.has_errors)
    if dry_run:
        _say_what_would_be(context, place, plan)
        return code
    place = claim(target, context.store, Path.home())
    now = context.surroundings.now(None)
    key = _key(context)
    decided = {each: rests for each, rests in plan.decided.items() if _stays(plan.staying, *each)}
    log, staying = disclosing(context, store.school, then), frozenset(decided)

    def settled() -> bytes:
        log.write_decided("site", {each: rests for each, rests in decided.items() if each not in staying})
        return ledger.written(decided)

    with progress(context, "Making pages", len(plan.renewed)) as step:
        due = work_out(store, records.on)
        records = replace(records, past=past_of(context.store, then.tree.version if then is not None else "HEAD"))
        made = {each: _pages(records, each, plan.staying, key, due, decided, step) for each in plan.renewed}
        paths = plan.staying.paths()
        done = publish(
            place, "sites", made, paths,
            now=now, ledger=settled, made_from=log.made_from, force_older=force_older,
        )  # fmt: skip
    current = records.rights.today if records.rights is not None else store
    copies = _prune_binders(current, place, context.today, now)
    stale = prune_sealed(current, place, context.today, now)
    packages = prune_packages(current, place, context.today, now)
    context.say(f"Made the pages of {counted(len(plan.renewed), 'person', 'people')} ({counted(done.files, 'file')}).")
    for each in done.removed:
        context.say(f"Took away the pages of {each}, who takes part no more.")
    if copies:
        context.say(f"Took away {counted(copies, 'binder')} with what its reader may not see: `sep binder`.")
    if stale:
        context.say(f"Took away {counted(len(stale), 'sealed file')} with what its reader may not see: `sep deliver`.")
    tell_gone(context, packages)
    _name_files(context, store, place / "sites", plan.renewed)
    return code


def plan_sites(store: Store, on: dt.date, sites: Path, only: str | None = None) -> Plan:
    """Say whose sites are made on the day `on` and what stays of the published ones in `sites`.

    With `only`, the others' folders stay as they are, but for those in which somebody has lost access to a student or
    the office that some of the pages are for.
    Raises `Refused` when `only` has nothing to see.
    """

    decided = ledger.read(sites)

    def allowed(viewer: str, student: str) -> bool:
        rests = decided.get((viewer, student), Standing())
        return may_keep(store, viewer, student, rests, on) and ledger.stands(decided, viewer, student, on)

    entitled = viewers(store, on)
    left_office = _left_office(store, sites, on)
    stays = what_stays(sites, {*entitled, *left_office}, store.broken, allowed)
    # Who keeps a part of their folder alone needs a first page that names no more than that part.
    everyone = tuple(sorted({*entitled, *stays.students}))
    if only is None:
        return Plan(everyone, stays, decided)
    if only not in everyone:
        raise Refused(f"`{only}` may see no student's file on {on}", "`sep show STUDENT` lists the participants")
    published = {each.name for each in sites.iterdir()} if sites.is_dir() else set()
    left_alone = still_whole(sites, allowed, office_holders(store, on)) - {only} - left_office
    renewed = tuple(each for each in everyone if each == only or each in published - left_alone)
    staying = Staying(
        whole=tuple(sorted({*stays.whole, *left_alone.intersection(everyone)})),
        students={viewer: kept for viewer, kept in stays.students.items() if viewer in renewed},
    )
    return Plan(renewed, staying, decided)


def _left_office(store: Store, sites: Path, on: dt.date) -> set[str]:
    """Return whose published folder has the pages of an office that they hold no more (policy: P6, P35)."""
    holders = {"manager": is_manager, "principal": is_principal}
    return {
        folder.name
        for folder in (sites.iterdir() if sites.is_dir() else ())
        for office, page in OFFICE_PAGES.items()
        if (folder / page).is_file() and not holders[office](store, folder.name, on)
    }


def _stays(staying: Staying, viewer: str, student: str) -> bool:
    return viewer in staying.whole or student in staying.students.get(viewer, ())


def _key(context: Context) -> FormKey | None:
    """Return the key that seals the offline forms; where none can be kept the pages are made without them."""
    try:
        return sealing_key(context.surroundings.settings)
    except (MissingTool, WrongUse) as fault:
        context.say(f"No forms are made: {fault.sentence}.")
        return None


def _earlier(context: Context, store: Store, then: AsItStood) -> Records:
    """Return the records of an earlier version, with the rights that people have today; raises `WrongUse`."""
    rights = RightsOfToday(context.read_store(), context.today, store, then.on)
    context.say(f"The records as saved on {then.at.date().isoformat()} ({then.tree.version[:10]}).")
    return Records(store, then.on, rights)


def _for_those_of_today(context: Context, plan: Plan, rights: RightsOfToday) -> Plan:
    """Leave out who has lost access since; of the pages that stand, none stays beside those of another version."""
    renewed = tuple(each for each in plan.renewed if rights.may_have_site(each))
    left_out = len(plan.renewed) - len(renewed)
    if left_out:
        context.say(f"Left out: {counted(left_out, 'person', 'people')} who may see no student's file any more.")
    return Plan(renewed, Staying(whole=(), students={}), {})


def _pages(
    records: Records,
    viewer: str,
    staying: Staying,
    key: FormKey | None,
    due: tuple[Due, ...],
    decided: dict[tuple[str, str], Standing],
    step: Callable[[], None],
) -> Iterator[Artifact]:
    store, on = records.store, records.on
    site = site_for(store, viewer, on, due, records.past, records.rights.still if records.rights else always)
    kept = tuple(Named(_name(store, each), "student", each) for each in staying.students.get(viewer, ()))
    yield from render_site(replace(site, kept=kept), key)
    decided.update({(viewer, each.id): standing(store, viewer, each.id, on) for each in site.files})
    step()


def _name(store: Store, student: str) -> str:
    file = store.student(student)
    return file.student.name if file else student


def _prune_binders(store: Store, place: Path, on: dt.date, now: dt.datetime) -> int:
    """Take away the binders that hold what their readers may not see any more, and return how many they were."""
    students = {each.id for each in store.students} | store.broken
    binders = place / "binders"
    stays = binders_that_stay(binders, students, may_keep_copy(store, binders, on))
    there = {each.name for each in binders.iterdir() if not each.name.startswith(".")} if binders.is_dir() else set()
    noted = read_made(binders)
    if there | set(noted) != set(stays):  # what somebody deleted is spoken of no longer either
        known = {name: each for name, each in noted.items() if name in stays}
        publish(place, "binders", {}, stays, now=now, ledger=lambda: written(known))
    if (place / PRINT_JOBS).is_dir():
        publish(place, PRINT_JOBS, {}, now=now)
    return len(there) - len(stays)


def _say_what_would_be(context: Context, place: Path, plan: Plan) -> None:
    context.say(f"Would make the pages of {counted(len(plan.renewed), 'person', 'people')} in {shown(place, context)}.")
    for each in plan.renewed:
        context.put(shown(place / "sites" / each / "index.html", context))
    for path in plan.staying.paths():
        context.say(f"Would leave as it is: {path}")
    sites = place / "sites"
    there = {each.name for each in sites.iterdir() if each.is_dir()} if sites.is_dir() else set()
    for each in sorted(there - set(plan.renewed) - {path.split("/")[0] for path in plan.staying.paths()}):
        context.say(f"Would take away: {each}")


def _name_files(context: Context, store: Store, sites: Path, made: tuple[str, ...]) -> None:
    """Name the pages to open first: one of each kind of reader, and how many more there are."""
    everyone = people(store)
    who = {each: reader(store, everyone, each) for each in made}
    chosen: dict[str, tuple[str, str]] = {}
    for wanted in EXAMPLES:
        first = next((each for each in made if each not in chosen and wanted in who[each].kinds), None)
        if first is not None:
            chosen[first] = (who[first].name, wanted)
    if context.verbosity > 0 or len(made) <= len(EXAMPLES):
        chosen = {each: (who[each].name, who[each].title) for each in made}
    width = max((len(f"{name}, {title}") for name, title in chosen.values()), default=0)
    context.say("Open in a browser:")
    for each, (name, title) in chosen.items():
        context.put(f"{f'{name}, {title}':<{width}}  {shown(sites / each / 'index.html', context)}")
    if len(made) > len(chosen):
        context.put(f"... {len(made) - len(chosen)} more in {shown(sites, context)}")
