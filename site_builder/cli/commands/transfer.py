"""`sep transfer`: a student's file with its history for the next school, and nobody else's (policy: U3, P35)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from site_builder.access.release import Choice, Ground
from site_builder.access.view_release import SECTIONS
from site_builder.base.artifact import Artifact
from site_builder.base.errors import WrongUse
from site_builder.cli.answers import needed, words
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.disclosing import disclosing
from site_builder.cli.output import counted, output_folder, shown
from site_builder.cli.packages import TRANSFERS, package_of, put_package
from site_builder.cli.people import dated_id, find_staff
from site_builder.cli.scaffold import scaffold
from site_builder.cli.transferring import LAW, Basis, documents, find_basis, find_leaving
from site_builder.cli.writing import Change, carry_out
from site_builder.exchange.bag import packed
from site_builder.exchange.package import About, put_in
from site_builder.exchange.release import basis as named_basis
from site_builder.exchange.release import recorded
from site_builder.exchange.transfer import Leaving
from site_builder.model.build import build_record
from site_builder.model.records import Disclosure
from site_builder.model.store import Store, StudentFile
from site_builder.publish.lock import locked
from site_builder.publish.place import claim, look_at
from site_builder.source.git import Plumbing
from site_builder.source.git_apart import BRANCH, apart, bundled, git_folder
from site_builder.source.git_log import cut
from site_builder.source.git_versions import write_versions
from site_builder.source.layout import kind_named
from site_builder.source.yaml_reader import read_yaml


@click.command()
@click.argument("student")
@click.option("--to", metavar="SCHOOL", help="The school that gets the file.")
@click.option(
    "--enrolling", is_flag=True, help="The student enrolls there, so the file may follow (34 CFR 99.31(a)(2))."
)
@click.option("--told", type=day, metavar="DATE", help="When the family was told that the file follows (34 CFR 99.34).")
@click.option("--by", metavar="STAFF", help="Who gives it; the School Manager if left out.")
@click.option("--names-seen", is_flag=True, help="Somebody has looked at the places where another student is named.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; otherwise `build`.")
@click.option("--dry-run", is_flag=True, help="Say what would go and what would stay; write nothing.")
@pass_context
def command(
    context: Context,
    student: str,
    to: str | None,
    enrolling: bool,
    told: dt.date | None,
    by: str | None,
    names_seen: bool,
    out: Path | None,
    dry_run: bool,
) -> None:
    """Hand a student's file on to the next school.

    It makes one file that holds STUDENT's folder with its own saved versions: each version with its day and, where
    the folder names that person, who saved it. It takes the consents of the student and, before the age of 18, of a
    parent with full rights; where the student enrolls at the other school a law lets the file follow without
    (`--enrolling`), when the family was told (`--told`). Documents that are confidential go only with their own
    consents, and what refers to one that stays, or names another student, stays as well. `sep receive` takes the
    file in. What is given goes into the file's `disclosures` and the log. (policy: U3, P35-P38)
    """
    target = output_folder(context, out)
    place = look_at(target, context.store, Path.home())
    store = context.read_store()
    file = context.student(store, student)
    if file.id in store.broken:
        raise WrongUse(
            f"the file of {file.student.name} has errors, so it is not handed on",
            f"`sep check students/{file.id}` shows them",
        )
    school = needed(context, to, "Which school gets it", "--to", words)
    basis = find_basis(store, file, school, enrolling, told, context.today)
    member = find_staff(store, by or store.school.school_manager.person, context.choose if context.asks else None)
    papers = documents(store, file, basis, context.today)
    going = frozenset(key for key, found in papers.items() if not found.missing)
    git = Plumbing(context.store)
    found = find_leaving(context, git, store, file, going, seen=names_seen)
    _tell(context, file, found, papers, dry_run=dry_run)
    if cut(git, context.store):
        context.say(
            "This copy of the records lacks the older saves, so those do not go. For a file with all of its history,"
        )
        context.say("call this where the whole history is kept.")
    record = _record(context, store, file, basis, member.id, {key: papers[key] for key in sorted(going)})
    if dry_run:
        carry_out(context, [] if record in file.disclosures else [_change(record)], dry_run=True)
        return
    name = f"{file.id}-{context.today.isoformat()}"
    place = claim(target, context.store, Path.home())
    log = disclosing(context, store.school, students={file.id})
    with locked(git_folder(git), context.surroundings.now(None)):
        content = _packed(git, store, file, found, context.today, name)

    def artifacts() -> Iterator[Artifact]:
        yield Artifact(f"{name}.zip", content)
        # Written down before anybody can take it away: when that fails, nothing is given.
        if record not in file.disclosures:
            log.write([log.given("transfer", basis.party.id, file.id, sorted(going))])
            carry_out(context, [_change(record)], dry_run=False)

    choice = Choice(tuple(each.id for each in file.years), SECTIONS, tuple(sorted(going)))
    package = package_of(file, record.id, basis.party, choice)
    put_package(context, store, place, TRANSFERS, name, package, artifacts())
    context.say("Made the package. It opens without a password: hand it over in person, or through a place that only")
    context.say(f"the other school can open, then remove it here. There, `sep receive {name}.zip` takes it in.")
    if file.student.left_on is None:
        context.say(
            f"When {file.student.name} has left, write `left_on` into students/{file.id}/student.yaml and save."
        )
    context.put(shown(place / TRANSFERS / f"{name}.zip", context))


def _packed(git: Plumbing, store: Store, file: StudentFile, found: Leaving, on: dt.date, name: str) -> bytes:
    with apart(git) as empty:
        tip = write_versions(empty, found.versions, BRANCH)
        about = About(
            student=file.id,
            name=file.student.name,
            school=store.school.name,
            on=on,
            version=tip,
            store=store.school.format,
        )
        return packed(name, put_in(about, bundled(empty), found.files))


def _tell(context: Context, file: StudentFile, found: Leaving, papers: Mapping[str, Ground], *, dry_run: bool) -> None:
    versions = counted(len(found.versions), "saved version")
    would = "Would hand on" if dry_run else "Handing on"
    context.say(f"{would} the file of {file.student.name}: {counted(len(found.files), 'file')}, {versions}.")
    if found.stays:
        context.say("These stay here, in every version of them:")
    for each in found.stays:
        year, _, rest = each.path.partition("/documents/")
        key = f"{year}/{rest.removesuffix('.yaml')}"
        context.say(f"  {each.path}: {each.why}")
        for reason in papers[key].missing if key in papers else ():
            context.say(f"      {reason.removeprefix(f'for `{key}`: ')}")


def _record(
    context: Context, store: Store, file: StudentFile, basis: Basis, by: str, going: Mapping[str, Ground]
) -> Disclosure:
    """Return the entry of the disclosure, or the one that says the same already.

    It names all consents on which something goes: where a law lets the file go, those to confidential documents.
    """
    on = context.today
    consents = {each.id: each for found in going.values() for each in found.consents}
    consents.update((each.id, each) for each in basis.consents)
    used = [consents[each] for each in sorted(consents)]
    why = [f"The student enrolls there; the family was told on {basis.told_on.isoformat()}"] if basis.told_on else []
    why += [named_basis(store, file, used)] if used else []
    titles = {f"{year.id}/{each.id}": each.title for year in file.years for each in year.documents}
    listed = f", with the documents: {'; '.join(f'{titles[key]} ({key})' for key in going)}" if going else ""
    text = scaffold(
        "disclosure.yaml",
        what=f"The file with its history{listed}",
        to=basis.party.name,
        on=on,
        by=by,
        purpose="The student goes to that school",
        basis=". ".join(why),
        consents=tuple(each.id for each in used),
    ) + (f'law: "{LAW}"\n' if basis.told_on is not None else "")
    id = dated_id(on, basis.party.name, {each.id for each in file.disclosures})
    document, _ = read_yaml(f"students/{file.id}/disclosures/{id}.yaml", text)
    record = build_record(document, kind_named("disclosure"), id) if document is not None else None
    if not isinstance(record, Disclosure):
        raise AssertionError("what was written here is read back")
    return recorded(file, record) or record


def _change(record: Disclosure) -> Change:
    return Change(record.origin.path, record.origin.text)
