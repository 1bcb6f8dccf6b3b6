"""`sep binder`: a student's whole file to print, with its documents (policy: P7, P8, P25)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from site_builder.access.carry_over import standing
from site_builder.access.narrowing import SECTIONS
from site_builder.base.artifact import Streamed
from site_builder.base.errors import Refused, WrongUse
from site_builder.cli.binders import HTML, PDF, About, Round, Shop, Wish, has_years, make, may_be_made
from site_builder.cli.context import Context, pass_context
from site_builder.cli.disclosing import disclosing
from site_builder.cli.output import counted, find_person, may_keep_copy, output_folder, progress, shown, sound_store
from site_builder.cli.past import past_of
from site_builder.cli.phrase_book import usual_path
from site_builder.model.records import School
from site_builder.model.store import Store
from site_builder.publish.binder_keys import read_made, written
from site_builder.publish.generation import publish
from site_builder.publish.keeping import FOR, PRINT_JOBS, binders_that_stay
from site_builder.publish.place import claim, look_at
from site_builder.publish.print_job import Piece, print_job, sheets_of
from site_builder.publish.printed import PRINTED, read_printed, write_printed
from site_builder.publish.typeset import Paper

_SHOWN = 3
"""So many binders are named at the end of `--all`."""

_WORTH_A_PROCESS = 6
"""Fewer binders than this are done before another process has begun."""

_MOST_PROCESSES = 8
_KINDS = {"pdf": (PDF,), "html": (HTML,), "both": (PDF, HTML)}
_SORTS: Mapping[str, Callable[[About], tuple[bool, str, str]]] = {
    "homeroom": lambda each: (not each.homeroom, each.homeroom, each.student),
    "counselor": lambda each: (not each.counselor, each.counselor, each.student),
    "name": lambda each: (False, "", each.student),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options that say what becomes of the binders."""

    force_older: bool
    combined: bool
    sort: str
    estimate: bool
    printed: bool
    dry_run: bool


@click.command()
@click.argument("student", required=False)
@click.option("--all", "everyone", is_flag=True, help="Make the binders of all students.")
@click.option("--for", "reader", metavar="PARTICIPANT", help="Make the copy of this person, with what they may see.")
@click.option("--years", metavar="YEARS", help="Only these school years: 2025-26,2026-27.")
@click.option("--sections", metavar="PARTS", help="Only these parts: strengths,report-cards.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The paper to print on.")
@click.option("--duplex", is_flag=True, help="For both sides of a sheet: mirrored margins, parts begin on the right.")
@click.option("--large-print", is_flag=True, help="Set the text large.")
@click.option(
    "--format", "format_", type=click.Choice(list(_KINDS)), default="pdf", help="PDF, a page for a browser, or both."
)
@click.option("--archive", is_flag=True, help="Make a copy to be kept for years (PDF/A-2a).")
@click.option("--combined", is_flag=True, help="With --all: a single print job of all binders, beside them.")
@click.option("--sort", type=click.Choice(list(_SORTS)), default="homeroom", help="The order of the print job.")
@click.option(
    "--printed", is_flag=True, help="Note that these copies are being printed: the next ones say what is new."
)
@click.option("--estimate", is_flag=True, help="Say how many pages and sheets there are; write nothing.")
@click.option("--processes", type=click.IntRange(1, 64), metavar="N", help="Work with so many processes at once.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; otherwise `build`.")
@click.option("--force-older", is_flag=True, help="Let older records take the place of binders from newer ones.")
@click.option("--dry-run", is_flag=True, help="Name the binders that would be made; write nothing.")
@pass_context
def command(
    context: Context,
    student: str | None,
    everyone: bool,
    reader: str | None,
    years: str | None,
    sections: str | None,
    paper: str,
    duplex: bool,
    large_print: bool,
    format_: str,
    archive: bool,
    combined: bool,
    sort: str,
    printed: bool,
    estimate: bool,
    processes: int | None,
    out: Path | None,
    force_older: bool,
    dry_run: bool,
) -> int:
    """Make the binder of one student, or of all, for printing: the whole file with its documents, as a PDF.

    A copy is for somebody: --for makes that person's. Without it, the copy holds only what every current participant
    may see. A copy for somebody goes into the log of disclosures. What has not changed is not made again.
    """
    asked = Asked(
        force_older=force_older, combined=combined, sort=sort, estimate=estimate, printed=printed, dry_run=dry_run
    )
    _check_together(asked, student, everyone, format_, archive, bool(years or sections))
    target = output_folder(context, out)
    place = look_at(target, context.store, Path.home())
    checked = context.check()
    store = sound_store(context, checked)
    if store is None:
        return 1
    wanted = _students(context, store, student)
    wish = Wish(
        person=find_person(store, reader, context.choose if context.asks else None) if reader is not None else None,
        kinds=_KINDS[format_],
        paper=Paper(size=paper, large_print=large_print, duplex=duplex, archive=archive),
        sections=_listed(sections, SECTIONS, "part of a binder"),
        years=_listed(years, _years(store, wanted), "school year in these files") if wanted else (),
    )
    code = int(checked.has_errors) if everyone else int(not wanted)
    if not wanted:
        return code
    memory = _memory(context, store.school)
    shop = Shop(
        store=store,
        on=context.today,
        binders=place / "binders",
        before=read_made(place / "binders"),
        memory=read_printed(memory),
        salt=lambda: secrets.token_hex(16),
        processes=_processes(processes, len(wanted)),
        remembers=printed,
        past=past_of(context.store),
    )
    students = _whose_copy(shop, wish, wanted, everyone=everyone)
    if dry_run:
        return _say_what_would_be(context, place, wish, students) or code
    if estimate:
        return _estimate(context, shop, wish, students) or code
    place = claim(target, context.store, Path.home())
    done = _make(context, place, shop, wish, students, asked)
    if combined:
        _combine(context, place, wish, done, asked)
    if printed:
        write_printed(memory, {**shop.memory, **done.printed})
    _say_what_was_made(context, place, wish, students, done)
    return max(code, 70 if done.failed else int(done.lacks_something))


def _check_together(
    asked: Asked, student: str | None, everyone: bool, format_: str, archive: bool, partial: bool
) -> None:
    """Raise `WrongUse` for options that do not go together."""
    if everyone == bool(student):
        raise WrongUse("name one student, or give `--all`", "for instance: sep binder rivera-ana")
    if asked.combined and not everyone:
        raise WrongUse("a print job is made of all binders", "give `--all` with `--combined`")
    needs_pdf = [name for name, wanted in (
        ("--combined", asked.combined), ("--archive", archive), ("--estimate", asked.estimate),
    ) if wanted]  # fmt: skip
    if format_ == HTML and needs_pdf:
        raise WrongUse(f"`{needs_pdf[0]}` is for binders as PDF", "leave out `--format html`")
    if asked.printed and (partial or asked.estimate or asked.dry_run):
        raise WrongUse(
            "only a whole copy that is made is noted as printed",
            "give `--printed` without `--years`, `--sections`, `--estimate` and `--dry-run`",
        )


def _listed(given: str | None, known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """Return the words of a list with commas; raises `WrongUse` for one that is not known, or for none."""
    if given is None:
        return ()
    words = tuple(dict.fromkeys(each.strip() for each in given.split(",") if each.strip()))
    unknown = [each for each in words if each not in known]
    if unknown or not words:
        raise WrongUse(f"there is no {what} called `{', '.join(unknown) or given}`", f"there are: {', '.join(known)}")
    return words


def _years(store: Store, students: list[str]) -> tuple[str, ...]:
    files = (store.student(each) for each in students)
    return tuple(sorted({year.id for file in files if file is not None for year in file.years}))


def _students(context: Context, store: Store, student: str | None) -> list[str]:
    """Return the students whose files are sound among those asked for."""
    if student is None:
        return [each.id for each in store.students if each.id not in store.broken and each.years]
    found = context.student(store, student)
    return [] if found.id in store.broken else [found.id]


def _whose_copy(shop: Shop, wish: Wish, students: list[str], *, everyone: bool) -> list[str]:
    """Return the students whose copy can be made; raises `Refused` and `WrongUse` where there is none."""
    seen = [each for each in students if may_be_made(shop, wish, each)] if everyone else students
    if not seen:
        raise Refused(f"`{wish.person}` may see no student's file on {shop.on}", "leave out `--for`")
    found = [each for each in seen if has_years(shop, wish, each)]
    if not found:
        raise WrongUse("none of these files has such a school year", "`sep show STUDENT` lists the years of a file")
    return found


def _memory(context: Context, school: School) -> Path:
    settings = context.surroundings.settings
    return settings / PRINTED / f"{usual_path(settings, school.name, school.district).stem}.json"


def _processes(given: int | None, binders: int) -> int:
    if given is not None:
        return min(given, binders)
    return min(os.cpu_count() or 1, _MOST_PROCESSES) if binders >= _WORTH_A_PROCESS else 1


def _make(context: Context, place: Path, shop: Shop, wish: Wish, students: list[str], asked: Asked) -> Round:
    """Make the binders and put them in place of those that stand; the others stay where they may."""
    done = Round()
    # A copy for everyone is given to nobody by name: of it nothing is written down.
    log = disclosing(context, shop.store.school, students=frozenset(students if wish.person is not None else ()))
    may_keep = may_keep_copy(shop.store, shop.binders, context.today)
    # A copy as a page and as PDF tell the same: one that is older than the other is not left beside it.
    renewed = {
        f"{Path(name).stem}.{kind}" for each in students for name in wish.names(each).values() for kind in (PDF, HTML)
    }
    stays = binders_that_stay(
        shop.binders,
        {each.id for each in shop.store.students} | shop.store.broken,
        lambda name: name not in renewed and may_keep(name),
    )
    done.kept.extend(stays)

    def settled() -> bytes:
        if wish.person is not None:
            decided = {(wish.person, each): standing(shop.store, wish.person, each, context.today) for each in students}
            log.write_decided("binder", decided)
        known = {name: each for name, each in shop.before.items() if name in done.kept}
        return written(known | done.made)

    with progress(context, "Making binders", len(students)) as step:
        publish(
            place, "binders", {"": make(shop, wish, students, done, step)}, done.kept,
            now=context.surroundings.now(None), ledger=settled, made_from=log.made_from, force_older=asked.force_older,
        )  # fmt: skip
    return done


def _combine(context: Context, place: Path, wish: Wish, done: Round, asked: Asked) -> None:
    """Make the print job of what stands now; the one before goes."""
    sorted_by = sorted((each for each in done.about if each.name.endswith(PDF)), key=_SORTS[asked.sort])
    pieces = [Piece(place / "binders" / each.name, each.student_name) for each in sorted_by if each.name in done.made]
    name = f"by-{asked.sort}{FOR}{wish.person}.pdf" if wish.person else f"by-{asked.sort}.pdf"
    job = Streamed(name, lambda out: print_job(pieces, out, duplex=wish.paper.duplex))
    publish(place, PRINT_JOBS, {"": [job]}, now=context.surroundings.now(None))


def _estimate(context: Context, shop: Shop, wish: Wish, students: list[str]) -> int:
    """Say how many pages and sheets the binders have."""
    done = Round()
    with progress(context, "Counting pages", len(students)) as step:
        for _ in make(shop, wish, students, done, step):
            pass
    counts = [(each, done.made[each.name].pages) for each in done.about if each.name in done.made]
    width = max((len(each.student_name) for each, _ in counts), default=0)
    for each, pages in counts:
        sheets = sheets_of(pages, duplex=wish.paper.duplex)
        context.put(
            f"{each.student_name:<{width}}  {pages:>5} {_word(pages, 'page')}  {sheets:>5} {_word(sheets, 'sheet')}"
        )
    pages = sum(pages for _, pages in counts)
    sheets = sum(sheets_of(pages, duplex=wish.paper.duplex) for _, pages in counts)
    sides = "on both sides" if wish.paper.duplex else "on one side"
    context.say(
        f"{counted(len(counts), 'binder')}: {counted(pages, 'page')} on {counted(sheets, 'sheet')}, printed {sides}."
    )
    _say_notes(context, done)
    return 70 if done.failed else 0


def _say_what_would_be(context: Context, place: Path, wish: Wish, students: list[str]) -> int:
    names = [name for each in students for name in wish.names(each).values()]
    context.say(f"Would make {counted(len(names), 'binder')}.")
    for name in names:
        context.put(shown(place / "binders" / name, context))
    return 0


def _say_what_was_made(context: Context, place: Path, wish: Wish, students: list[str], done: Round) -> None:
    names = [name for each in students for name in wish.names(each).values() if name in done.made]
    old = sum(1 for each in names if each in done.kept)
    same = f" {counted(old, 'is', 'are')} as before." if old else ""
    context.say(f"Made {counted(len(names) - old, 'binder')}.{same}")
    for name in names if context.verbosity > 0 else names[:_SHOWN]:
        context.put(shown(place / "binders" / name, context))
    if len(names) > _SHOWN and context.verbosity <= 0:
        context.put(f"... {len(names) - _SHOWN} more in {shown(place / 'binders', context)}")
    _say_notes(context, done)


def _say_notes(context: Context, done: Round) -> None:
    for path, sentence in done.notes():
        context.say(f"{path} {sentence}.")
    for name, fault in done.failed.items():
        context.say(f"No new `{name}`, and the last one stays: {fault}.")


def _word(number: int, word: str) -> str:
    return f"{word} " if number == 1 else f"{word}s"
