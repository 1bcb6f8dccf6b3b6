"""`sep release`: something of a file for a third party, on the consents that it needs (policy: P35, P36)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from site_builder.access.release import Choice, Giving, Ground, ground, release_view
from site_builder.base.artifact import Artifact
from site_builder.base.errors import Refused, WrongUse
from site_builder.cli.answers import needed, words
from site_builder.cli.context import Context, pass_context
from site_builder.cli.disclosing import disclosing
from site_builder.cli.output import output_folder, shown
from site_builder.cli.packages import RELEASES, package_of, put_package
from site_builder.cli.people import dated_id, find_staff
from site_builder.cli.releasing import find_choice, find_party, package_name, titles
from site_builder.cli.scaffold import scaffold
from site_builder.cli.writing import Change, carry_out
from site_builder.exchange.release import basis, packed, recorded, told
from site_builder.model.build import build_record
from site_builder.model.identity import folded
from site_builder.model.records import Disclosure, ThirdParty
from site_builder.model.store import Store, StudentFile
from site_builder.publish.place import claim, look_at
from site_builder.render.release import Unreadable, render_release
from site_builder.source.layout import kind_named
from site_builder.source.yaml_reader import read_yaml


@click.command()
@click.argument("student")
@click.option("--to", metavar="WHO", help="The third party: the person or office, the organisation.")
@click.option("--purpose", type=words, metavar="WORDS", help="What it is for; otherwise as the consents say.")
@click.option("--sections", multiple=True, metavar="NAMES", help="Parts of the file, with commas; `all` for each.")
@click.option("--documents", multiple=True, metavar="NAMES", help="Documents by year and id, or title.")
@click.option("--year", "years", multiple=True, metavar="YEAR", help="A school year of the sections; else this one.")
@click.option("--by", metavar="STAFF", help="Who gives it; the School Manager if left out.")
@click.option("--zip", "zipped", is_flag=True, help="Make one archive instead of a folder.")
@click.option("--lang", "language", type=click.Choice(["en", "es"]), help="The language; otherwise the school's.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The paper to print on.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; otherwise `build`.")
@click.option("--yes", is_flag=True, help="The purpose is that of the consents, in other words.")
@click.option("--dry-run", is_flag=True, help="Say what would be given and written; write nothing.")
@pass_context
def command(
    context: Context,
    student: str,
    to: str | None,
    purpose: str | None,
    sections: tuple[str, ...],
    documents: tuple[str, ...],
    years: tuple[str, ...],
    by: str | None,
    zipped: bool,
    language: str | None,
    paper: str,
    out: Path | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Give parts of a file to somebody outside, with consents.

    Of STUDENT's file it gives what the consents allow to somebody who takes no part in the plan. It takes the
    consent of the student and, before the age of 18, of a parent with full rights; confidential documents need
    their custodian's and those of the people they affect, each naming the third party. What is missing is listed,
    and nothing is written then. The package holds a cover sheet that forbids to pass it on (34 CFR 99.33), the
    sections and documents, and goes into the file's `disclosures` and the log. (policy: P35, P36)
    """
    target = output_folder(context, out)
    place = look_at(target, context.store, Path.home())
    store = context.read_store()
    file = context.student(store, student)
    if file.id in store.broken:
        raise WrongUse(
            f"the file of {file.student.name} has errors, so nothing is given of it",
            f"`sep check students/{file.id}` shows them",
        )
    party = find_party(file, needed(context, to, "To whom: the person or office, the organisation", "--to", words))
    choice = find_choice(file, store.school.current_year, years, sections, documents)
    found = ground(store, file, party, choice, context.today)
    if found.missing:
        raise Refused(f"this may not be given to {party.name}", "\n".join(["what is missing:", *found.missing]))
    purpose = _purpose(context, found, purpose, yes=yes)
    member = find_staff(store, by or store.school.school_manager.person, context.choose if context.asks else None)
    giving = Giving(purpose=purpose, by=member.id, language=language or store.school.language)
    made = _made(store, file, party, choice, giving, context, paper)
    record = _record(context, store, file, party, choice, found, giving)
    name = package_name(file, record.id)
    if dry_run:
        _say(context, place, name, made, zipped=zipped, dry_run=True)
        _write(context, record, file, dry_run=True)
        return
    place = claim(target, context.store, Path.home())
    log = disclosing(context, store.school, students={file.id})

    def content() -> Iterator[Artifact]:
        yield from (
            [Artifact(f"{name}.zip", packed(made))]
            if zipped
            else (Artifact(f"{name}/{each.path}", each.content) for each in made)
        )
        # Written down before anybody can take it away: when that fails, nothing is given.
        log.write([log.given("release", party.id, file.id, choice.documents)] if record not in file.disclosures else [])
        _write(context, record, file, dry_run=False)

    package = package_of(file, record.id, party, choice)
    put_package(context, store, place, RELEASES, name, package, content())
    _say(context, place, name, made, zipped=zipped, dry_run=False)


def _purpose(context: Context, found: Ground, given: str | None, *, yes: bool) -> str:
    """Return the purpose, held against what the consents were given for."""
    said = list(dict.fromkeys(each.purpose for each in found.consents))
    if given is None and len({folded(each) for each in said}) == 1:
        return said[0]
    purpose = needed(context, given, "What it is for", "--purpose", words)
    if yes or all(folded(each) == folded(purpose) for each in said):
        return purpose
    context.say("The consents were given for:")
    for each in said:
        context.say(f"  {each}")
    if not context.asks:
        raise WrongUse(
            f"the purpose “{purpose}” is not in the words of the consents",
            "give it in their words, or `--yes` where it is the same in others",
        )
    click.confirm(f"Is “{purpose}” what they were given for", default=False, abort=True, err=True)
    return purpose


def _made(
    store: Store,
    file: StudentFile,
    party: ThirdParty,
    choice: Choice,
    giving: Giving,
    context: Context,
    paper: str,
) -> list[Artifact]:
    view = release_view(store, file, party, choice, giving, context.today)
    try:
        return list(render_release(view, paper))
    except Unreadable as fault:
        raise WrongUse(
            f"“{fault}” cannot be read just now", "start again; `sep check` names a damaged document"
        ) from fault


def _record(
    context: Context,
    store: Store,
    file: StudentFile,
    party: ThirdParty,
    choice: Choice,
    found: Ground,
    giving: Giving,
) -> Disclosure:
    """Return the entry of the disclosure, or the one that says the same already."""
    on = context.today
    id = dated_id(on, party.name, {each.id for each in file.disclosures})
    text = scaffold(
        "disclosure.yaml",
        what=told(choice.sections, choice.years, titles(file, choice)),
        to=party.name,
        on=on,
        by=giving.by,
        purpose=giving.purpose,
        basis=basis(store, file, found.consents),
        consents=tuple(each.id for each in found.consents),
    )
    document, _ = read_yaml(f"students/{file.id}/disclosures/{id}.yaml", text)
    record = build_record(document, kind_named("disclosure"), id) if document is not None else None
    if not isinstance(record, Disclosure):
        raise AssertionError("what was written here is read back")
    return recorded(file, record) or record


def _write(context: Context, record: Disclosure, file: StudentFile, *, dry_run: bool) -> None:
    if record in file.disclosures:
        context.say(f"It stands in the file already: {record.origin.path}")
        return
    carry_out(context, [Change(record.origin.path, record.origin.text)], dry_run=dry_run)


def _say(context: Context, place: Path, name: str, made: list[Artifact], *, zipped: bool, dry_run: bool) -> None:
    where = place / RELEASES / (f"{name}.zip" if zipped else name)
    context.say(f"{'Would make' if dry_run else 'Made'} the package; hand it over as it is, then remove it here:")
    context.put(shown(where, context))
    for each in made:
        context.detail(f"  {re.sub(r'^papers/', 'documents: ', each.path)}")
