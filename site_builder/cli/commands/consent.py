"""`sep consent`: who allowed a confidential document to be shown, to whom, and what that changes (policy: P35, P36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from site_builder.access.consents import WHOLE_FILE
from site_builder.base.errors import WrongUse
from site_builder.cli.answers import words
from site_builder.cli.consent_terms import Given, consents, read_consent, terms
from site_builder.cli.consents import Paper, before_and_after, find_paper, papers, still_missing, with_changes
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.edits import add_fields
from site_builder.cli.parties import stated
from site_builder.cli.signers import Signing
from site_builder.cli.writing import Change, carry_out
from site_builder.model.store import Store, StudentFile


@click.command("consent")
@click.argument("student")
@click.argument("document", required=False)
@click.option("--missing", is_flag=True, help="List what each confidential document still needs.")
@click.option("--signer", "signers", multiple=True, metavar="PERSON", help="Who signed; once for each.")
@click.option("--objection", is_flag=True, help="The signer does not want it shown.")
@click.option("--revoke", metavar="CONSENT", help="Take back the consent with this id; its file stays.")
@click.option("--affects", multiple=True, metavar="PERSON", help="Whom the document affects, or `none`; once for each.")
@click.option("--nobody-because", type=words, metavar="WORDS", help="With `--affects none`: the custodian's reason.")
@click.option("--purpose", type=words, metavar="WORDS", help="What it may be used for.")
@click.option("--recipient", "recipients", multiple=True, metavar="WHO", help="A role or a person; once for each.")
@click.option(
    "--third-party", "third_parties", type=words, multiple=True, metavar="WHO", help="Somebody outside the plan."
)
@click.option("--part", "parts", multiple=True, metavar="NAME", help="What of the file a third party may be given.")
@click.option("--signed-on", type=day, metavar="DATE", help="The day of the signature; today if left out.")
@click.option("--method", type=words, metavar="WORDS", help="How it was given, and where the paper is.")
@click.option("--expires", type=day, metavar="DATE", help="Last day on which it holds; left out when it names none.")
@click.option("--revoked-on", type=day, metavar="DATE", help="With `--revoke`: the day; today if left out.")
@click.option("--yes", is_flag=True, help="Write without asking once more.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@pass_context
def command(
    context: Context, /, student: str, document: str | None, missing: bool, revoke: str | None, **rest: Any
) -> None:
    """Record who consents to showing a document, and to whom.

    DOCUMENT is a confidential one in STUDENT's file. Takes its hash as it is now, asks for what is missing, and
    shows who can see it before and after. One file is written for each signer. Nobody is recorded who may not sign.
    Name DOCUMENT by school year and id, by its title, or as `file`: then an adult student shares the whole file,
    with a parent; or student and parent allow somebody outside the plan (--third-party) what the purpose says.
    """
    given = Given(**rest)
    store = context.read_store()
    file = context.student(store, student)
    if file.id in store.broken:
        raise WrongUse(
            f"the file of {file.student.name} has errors, so nobody is shown anything new",
            f"`sep check students/{file.id}` shows them",
        )
    if missing:
        _missing(context, store, file)
    elif revoke is not None:
        _revoke(context, store, file, revoke, given)
    else:
        _give(context, store, file, document, given)


def _missing(context: Context, store: Store, file: StudentFile) -> None:
    found = papers(file)
    if not found:
        context.say(f"The file of {file.student.name} holds no confidential document.")
        return
    blocks = ["\n".join(still_missing(store, file, each, context.today)) for each in found]
    context.put("\n\n".join(blocks))


def _give(context: Context, store: Store, file: StudentFile, document: str | None, given: Given) -> None:
    paper = _paper(context, file, document)
    on = given.signed_on or context.today
    if on > context.today:
        raise WrongUse(f"{on} has not come yet", "give the day of the signature")
    description = stated(context, file, paper, given.affects, given.nobody_because) if paper is not None else None
    then = store
    if description is not None and paper is not None:
        paper = replace(paper, document=description.document)
        then = with_changes(store, file, (), (paper.year, paper.document))
    own = then.student(file.id) or file
    people = Signing(then, own, paper, on, given.objection, outside=bool(given.third_parties)).signers(
        context, given.signers
    )
    agreed = terms(context, file, paper, given, on)
    new = consents(file, paper, people, agreed, objects=given.objection)
    if not new and description is None:
        context.say("Nothing to do: this stands in the file already.")
        return
    changes = [Change.of(context.tree, description.origin, description.text)] if description is not None else []
    changes += [Change(each.origin.path, each.origin.text) for each in new]
    _carry_out(context, store, with_changes(then, own, new, None), paper, file, changes, given)


def _revoke(context: Context, store: Store, file: StudentFile, name: str, given: Given) -> None:
    """Write into a consent (or objection) that it was taken back; the file itself stays for good."""
    consent = next((each for each in file.consents if each.id == name), None)
    if consent is None:
        known = "\n".join(f"{each.id} - {each.document}, {each.signer}" for each in file.consents)
        raise WrongUse(f"there is no consent `{name}` in the file of {file.student.name}", known or "it holds none")
    on = given.revoked_on or context.today
    if consent.revoked_on is not None:
        context.say(f"Nothing to do: it was taken back on {consent.revoked_on}.")
        return
    if not consent.signed_on <= on <= context.today:
        raise WrongUse(f"{on} is not between the signature on {consent.signed_on} and today", "correct the day")
    text = add_fields(consent.origin, f"revoked_on: {on.isoformat()}\n")
    then = with_changes(store, file, [read_consent(consent.origin.path, consent.id, text)], None)
    paper = next((each for each in papers(file) if each.key == consent.document), None)
    _carry_out(context, store, then, paper, file, [Change.of(context.tree, consent.origin, text)], given)
    if not given.dry_run:
        context.say("\nOn paper, and on pages that were saved or copied, it still stands: ask for them back.")


def _carry_out(
    context: Context,
    before: Store,
    after: Store,
    paper: Paper | None,
    file: StudentFile,
    changes: Sequence[Change],
    given: Given,
) -> None:
    """Show who can see it before and after, make sure that this is meant, and write."""
    title = f"“{paper.document.title}” ({paper.key})" if paper is not None else "the file as such"
    context.say(f"Who can see {title} on {context.today}, before and after:")
    for line in before_and_after(before, after, file.id, paper.key if paper is not None else WHOLE_FILE, context.today):
        context.say(line)
    context.say()
    if context.asks and not given.yes and not given.dry_run:
        click.confirm("Write this", default=True, abort=True, err=True)
    carry_out(context, changes, dry_run=given.dry_run)


def _paper(context: Context, file: StudentFile, document: str | None) -> Paper | None:
    """Return the document, or `None` for the file as such."""
    if document == WHOLE_FILE:
        return None
    every = papers(file)
    listed = [each.described for each in every]
    if document is None and not (context.asks and every):
        raise WrongUse("which document is missing", "\n".join(listed) or "the file holds no confidential document")
    try:
        paper = find_paper(file, document, context.choose if context.asks else None) if document is not None else None
    except WrongUse as fault:
        if not (context.asks and every):
            raise
        context.say(f"{fault.sentence[:1].upper()}{fault.sentence[1:]}.")
        paper = None
    if paper is None:
        paper = every[context.choose("Which document", listed)]
    if paper.attachment is None:
        raise WrongUse(f"`{paper.document.file}` is not beside its description", "put the document there first")
    return paper
