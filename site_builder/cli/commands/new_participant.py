"""`sep new participant`: a parent, guardian or staff member who takes part in a student's plan (policy: P11, P13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.answers import identifier, needed, optional, words
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.new_files import NewPerson, person_file, staff_person
from site_builder.cli.people import Namesake, find_staff, free_id, id_of, namesakes, taken_ids
from site_builder.cli.writing import carry_out
from site_builder.model.identity import folded, is_family
from site_builder.model.records import Phone
from site_builder.model.store import Store, StudentFile

FAMILY = ("parent", "guardian")
STAFF = ("teacher", "counselor", "administrator", "occupational-specialist", "other-staff")


@click.command("participant")
@click.argument("student")
@click.option("--staff", metavar="STAFF", help="A staff member, by id or name in the staff directory.")
@click.option("--name", type=words, metavar="NAME", help="First and last name of a family member.")
@click.option(
    "--role",
    type=click.Choice([*FAMILY, *STAFF]),
    metavar="ROLE",
    help=f"The part this person has in the plan: {', '.join((*FAMILY, *STAFF))}.",
)
@click.option("--relation", type=words, metavar="WORD", help="How a family member is related: mother, grandfather.")
@click.option("--address", type=words, metavar="ADDRESS", help="The postal address.")
@click.option("--phone", type=words, metavar="NUMBER", help="The telephone number.")
@click.option("--phone-kind", type=click.Choice(["mobile", "home", "work"]), help="What telephone it is.")
@click.option("--email", type=words, metavar="ADDRESS", help="The e-mail address.")
@click.option("--language", metavar="CODE", help="The language of this person's pages; en if left out.")
@click.option("--protected-address", is_flag=True, help="Show this address to no other participant.")
@click.option("--since", type=day, metavar="DATE", help="First day of taking part; today if left out.")
@click.option("--until", type=day, metavar="DATE", help="Last day; for staff the end of the school year if left out.")
@click.option("--assigned-by", metavar="STAFF", help="For staff: who assigned them; the Principal if left out.")
@click.option(
    "--assigned-on", type=day, metavar="DATE", help="For staff: the day of the assignment; today if left out."
)
@click.option("--same-as", metavar="ID", help="The person is the one with this id in another student's file.")
@click.option("--another", is_flag=True, help="The person is not the one of the same name who is here already.")
@click.option("--id", type=identifier, metavar="ID", help="The id of a family member; made of the name.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@pass_context
def command(context: Context, /, student: str, dry_run: bool, **options: Any) -> None:
    """Let a parent, guardian or staff member take part in STUDENT's plan.

    Staff (--staff) are taken from the staff directory, until the end of the school year. For a family member (--name)
    namesakes are looked for in the whole store: two parents can share a name, and one must never be shown the other's
    child. Where there is one, say --same-as ID or --another.
    """
    given = Given(**options)
    if given.staff is None and given.role in STAFF:
        raise WrongUse(
            f"a {given.role} is staff, and staff come from the staff directory", "`--staff` names the person"
        )
    if given.staff is not None and given.role in FAMILY:
        raise WrongUse(f"`--role {given.role}` is for family members", "`--name` gives a family member's name")
    store = context.read_store()
    file = context.student(store, student)
    if given.staff is not None or _is_staff(context, given):
        person = _staff(context, store, given)
    else:
        person = _family(context, store, file, given)
    if file.participant(person.id) is not None:
        raise WrongUse(
            f"{person.name} takes part in this plan already",
            f"`students/{file.id}/participants/{person.id}.yaml` is the file to change",
        )
    carry_out(context, [person_file(file.id, person)], dry_run=dry_run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the options say; `None` where they say nothing."""

    staff: str | None
    name: str | None
    role: str | None
    relation: str | None
    address: str | None
    phone: str | None
    phone_kind: str | None
    email: str | None
    language: str | None
    protected_address: bool
    since: dt.date | None
    until: dt.date | None
    assigned_by: str | None
    assigned_on: dt.date | None
    same_as: str | None
    another: bool
    id: str | None


def _is_staff(context: Context, given: Given) -> bool:
    """Ask whether it is a staff member, where the options leave it open and somebody can answer."""
    if given.name or given.same_as or given.role or not context.asks:
        return False
    return context.choose("Who is to take part", ["a member of the family", "a member of the staff"]) == 1


def _staff(context: Context, store: Store, given: Given) -> NewPerson:
    chooser = context.choose if context.asks else None
    named = find_staff(store, given.staff, chooser) if given.staff is not None else None
    member = needed(
        context, named, "Name in the staff directory", "--staff", lambda text: find_staff(store, text, chooser)
    )
    return staff_person(
        store,
        member,
        context.today,
        role=given.role,
        since=given.since,
        until=given.until,
        assigned_by=find_staff(store, given.assigned_by, chooser).id if given.assigned_by else None,
        assigned_on=given.assigned_on,
    )


def _family(context: Context, store: Store, file: StudentFile, given: Given) -> NewPerson:
    if given.same_as is not None:
        return _known(context, file, _by_id(store, given.same_as, given.name), given)
    name = needed(context, given.name, "Name", "--name", words)
    same = None if given.another else _same_person(context, namesakes(store, name))
    if same is not None:
        return _known(context, file, same, given)
    role = needed(context, given.role, "Role (parent or guardian)", "--role", _family_role)
    phone = optional(context, given.phone, "Telephone")
    return NewPerson(
        id=free_id(given.id or id_of(name), taken_ids(context.tree, store)),
        name=name,
        role=role,
        since=given.since or context.today,
        until=given.until,
        language=given.language or optional(context, None, "Language of the pages, as es") or "en",
        relation=optional(context, given.relation, "Relation, as mother"),
        address=optional(context, given.address, "Address"),
        phones=(Phone(number=phone, kind=given.phone_kind or ""),) if phone else (),
        email=optional(context, given.email, "E-mail"),
        protected_address=given.protected_address,
    )


def _family_role(text: str) -> str:
    if text.strip().casefold() not in FAMILY:
        raise click.BadParameter("write parent or guardian")
    return text.strip().casefold()


def _by_id(store: Store, person: str, name: str | None) -> Namesake:
    """Return the family member with the id `person`; with a name given it must be theirs."""
    entries = [(each, entry) for each in store.students if (entry := each.participant(person)) and is_family(entry)]
    if not entries:
        raise WrongUse(
            f"no family member in the store has the id `{person}`", "`sep show STUDENT --format json` has ids"
        )
    entry = entries[-1][1]
    if name is not None and folded(name) != folded(entry.name):
        raise WrongUse(f"`{person}` is {entry.name}, not {name}", "leave out `--name`, or give the right id")
    return Namesake(person, entry, tuple(each for each, _ in entries))


def _same_person(context: Context, found: Sequence[Namesake]) -> Namesake | None:
    """Return the person in the store who is meant, or `None` for somebody new; it is never guessed."""
    if not found:
        return None
    listed = [each.described() for each in found]
    if not context.asks:
        ways = [f"`--same-as {each.person}`: {line}" for each, line in zip(found, listed, strict=True)]
        raise WrongUse(
            f"somebody called `{found[0].entry.name}` is in the store already; is this the same person?",
            "\n".join(["say which:", *ways, "`--another`: somebody else of the same name"]),
        )
    answer = context.choose(
        "Somebody of this name is in the store already. Who is this",
        [*(f"the same person: {line}" for line in listed), "somebody else of the same name"],
    )
    return found[answer] if answer < len(found) else None


def _known(context: Context, file: StudentFile, same: Namesake, given: Given) -> NewPerson:
    """Return the person as the other file has them, so that both agree; only what belongs to this student is new.

    A court order is about one child: it is never copied, and whoever writes the file is told of it.
    """
    entry = same.entry
    if entry.role not in FAMILY:
        raise WrongUse(f"{entry.name} (`{entry.id}`) is a student", "`--another` makes a second id for somebody else")
    if entry.rights.status != "full":
        others = ", ".join(each.student.name for each in same.files)
        context.say(
            f"note: a court order limits {entry.name}'s rights in the file of {others}. If it covers"
            f" {file.student.name} too, write it under `rights:` before any page is made."
        )
    return NewPerson(
        id=entry.id,
        name=entry.name,
        role=given.role or entry.role,
        since=given.since or context.today,
        until=given.until,
        language=given.language or entry.language,
        relation=given.relation or entry.relation,
        address=entry.address,
        phones=entry.phones,
        email=entry.email,
        protected_address=entry.protected_address or given.protected_address,
    )
