"""`sep deliver`: each person's pages as one sealed file that opens with six words (policy: P25, P35, P38)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from site_builder.access.carry_over import Standing, standing
from site_builder.access.sites import Past, site_for
from site_builder.access.view import Site
from site_builder.base.artifact import Artifact
from site_builder.base.errors import MissingTool, WrongUse
from site_builder.base.form_token import FormKey
from site_builder.cli.context import Context, pass_context
from site_builder.cli.deliveries import Plan, plan_deliveries
from site_builder.cli.disclosing import disclosing
from site_builder.cli.form_keys import sealing_key
from site_builder.cli.output import counted, find_person, output_folder, progress, shown, sound_store
from site_builder.cli.past import past_of
from site_builder.cli.phrase_book import PhraseBook, add_phrases, check_place, note_printed, read_book, usual_path
from site_builder.model.store import Store
from site_builder.publish import ledger
from site_builder.publish.generation import publish
from site_builder.publish.passphrase import draw_phrase
from site_builder.publish.place import claim, look_at
from site_builder.publish.sealed import PART, SUFFIX, delivered, sealed_file
from site_builder.render.cover_letter import Handed, render_hand_over, render_letters, render_words
from site_builder.render.site import render_site

LETTERS = "letters"
"""The folder of what is printed, beside that of the sealed files: the words must not travel with them."""

_SHOWN = 3


@click.command()
@click.option("--for", "only", metavar="PARTICIPANT", help="Make the sealed file of this person alone.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; otherwise `build`.")
@click.option("--new-phrase", is_flag=True, help="Draw new words, also for those who have some.")
@click.option("--letters", is_flag=True, help="Make letters and words to print also for those who have them.")
@click.option(
    "--phrases",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file with the words of each person; otherwise one in your settings.",
)
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The paper to print on.")
@click.option("--force-older", is_flag=True, help="Let older records take the place of files from newer ones.")
@click.option("--dry-run", is_flag=True, help="Say whose files would be made; write nothing.")
@pass_context
def command(
    context: Context,
    only: str | None,
    out: Path | None,
    new_phrase: bool,
    letters: bool,
    phrases: Path | None,
    paper: str,
    force_older: bool,
    dry_run: bool,
) -> int:
    """Make each person's pages into one sealed file.

    The file opens in a browser with six words, from disk, a stick, a mail or a web server, and holds what the person
    may see today. Those who have no words yet get a letter and a sheet with their words to print; the words are never
    shown here. Sealed files are in build/sealed, what is printed in build/letters.
    """
    target = output_folder(context, out)
    place = look_at(target, context.store, Path.home())
    if phrases is not None:
        phrases = context.surroundings.folder / phrases
        check_place(phrases, context.store, place)
        read_book(phrases, given=True)
    checked = context.check()
    store = sound_store(context, checked)
    if store is None:
        return 1
    usual = usual_path(context.surroundings.settings, store.school.name, store.school.district)
    book = read_book(phrases or usual, given=phrases is not None)
    person = find_person(store, only, context.choose if context.asks else None) if only is not None else None
    plan = plan_deliveries(store, context.today, place / PART, book, person, new_phrase, letters)
    code = int(checked.has_errors)
    if dry_run:
        _say_what_would_be(context, place, plan)
        return code
    place = claim(target, context.store, Path.home())
    add_phrases(book, {each: draw_phrase() for each in plan.fresh})
    book = read_book(book.path, given=True)
    _make(context, store, place, plan, book, paper, force_older)
    _say_what_was_made(context, place, plan, book)
    return code


def _make(
    context: Context, store: Store, place: Path, plan: Plan, book: PhraseBook, paper: str, force_older: bool
) -> None:
    on, now = context.today, context.surroundings.now(None)
    decided = {pair: rests for pair, rests in plan.decided.items() if pair[0] in plan.files.staying}
    sites: dict[str, Handed] = {}
    key = _form_key(context)
    log, staying = disclosing(context, store.school), frozenset(decided)

    def settled() -> bytes:
        log.write_decided("sealed", {each: rests for each, rests in decided.items() if each not in staying})
        return ledger.written(decided)

    with progress(context, "Sealing pages", len(plan.files.renewed)) as step:
        new = _sealed(store, plan.files.renewed, book, on, key, decided, sites, past_of(context.store), step)
        publish(
            place, PART, {"": new}, plan.files.paths(),
            now=now, ledger=settled, made_from=log.made_from, force_older=force_older,
        )  # fmt: skip
    publish(place, LETTERS, {"": _paper(store, plan, sites, on, paper)}, now=now)
    note_printed(book, plan.lettered)


def _sealed(
    store: Store,
    people: tuple[str, ...],
    book: PhraseBook,
    on: dt.date,
    key: FormKey | None,
    decided: dict[tuple[str, str], Standing],
    handed: dict[str, Handed],
    past: Past,
    step: Callable[[], None],
) -> Iterator[Artifact]:
    for person in people:
        site: Site = site_for(store, person, on, past=past)
        phrase = book.phrases[person]
        yield Artifact(person + SUFFIX, sealed_file(site, render_site(site, key), phrase))
        decided.update({(person, each.id): standing(store, person, each.id, on) for each in site.files})
        handed[person] = Handed(site.viewer.name, site.viewer.language, person + SUFFIX, phrase)
        step()


def _paper(store: Store, plan: Plan, handed: Mapping[str, Handed], on: dt.date, paper: str) -> Iterator[Artifact]:
    school = site_for(store, plan.files.renewed[0], on).school if plan.files.renewed else None
    if school is None:
        return
    sheets = [handed[each] for each in plan.lettered]
    if sheets:
        yield Artifact("letters.html", render_letters(school, sheets, on, paper))
        yield Artifact("words.html", render_words(school, sheets, on, paper))
    yield Artifact("hand-over.html", render_hand_over(school, list(handed.values()), on, store.school.language, paper))


def _form_key(context: Context) -> FormKey | None:
    try:
        return sealing_key(context.surroundings.settings)
    except (MissingTool, WrongUse) as fault:
        context.say(f"No forms are made: {fault.sentence}.")
        return None


def _say_what_would_be(context: Context, place: Path, plan: Plan) -> None:
    context.say(f"Would seal the pages of {counted(len(plan.files.renewed), 'person', 'people')}.")
    for each in plan.files.renewed:
        note = "  (new words)" if each in plan.fresh else ""
        context.put(f"{shown(place / PART / (each + SUFFIX), context)}{note}")
    gone = delivered(place / PART) - {*plan.files.renewed, *plan.files.staying}
    for each in sorted(gone):
        context.say(f"Would take away: {each}{SUFFIX}")


def _say_what_was_made(context: Context, place: Path, plan: Plan, book: PhraseBook) -> None:
    people = plan.files.renewed
    context.say(f"Sealed the pages of {counted(len(people), 'person', 'people')}.")
    for each in people if context.verbosity > 0 else people[:_SHOWN]:
        context.put(shown(place / PART / (each + SUFFIX), context))
    if len(people) > _SHOWN and context.verbosity <= 0:
        context.put(f"... {len(people) - _SHOWN} more in {shown(place / PART, context)}")
    if plan.lettered:
        context.say(f"Print for {counted(len(plan.lettered), 'person', 'people')}, and hand out apart from each other:")
        context.put(shown(place / LETTERS / "letters.html", context))
        context.put(shown(place / LETTERS / "words.html", context))
    context.say("The list to sign:")
    context.put(shown(place / LETTERS / "hand-over.html", context))
    if plan.fresh:
        context.say(f"The words are kept in `{book.path}`: keep a copy of that file, and keep it to yourself.")
    if plan.lettered:
        context.say(
            f"Remove {shown(place / LETTERS, context)} when it is printed: whoever has the words can open the files."
        )
