"""`sep new student`: a student's folder with all that a sound file needs (policy: P1, P7, U1)."""

from __future__ import annotations

import datetime as dt

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.answers import found, identifier, needed, optional, words
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.new_files import NewPerson, NewStudent, person_file, staff_person, student_files
from site_builder.cli.people import find_staff, free_id, id_of, taken_ids
from site_builder.cli.students import described, names
from site_builder.cli.writing import carry_out
from site_builder.model.identity import folded
from site_builder.model.records import Phone
from site_builder.model.store import Store
from site_builder.source.layout import student_of
from site_builder.source.tree import SourceTree

_FIRST, _LAST = 7, 12


def _grade(text: str) -> int:
    if not text.strip().isdecimal() or not _FIRST <= int(text) <= _LAST:
        raise click.BadParameter(f"the grade is a number from {_FIRST} to {_LAST}")
    return int(text)


@click.command("student")
@click.option("--name", type=words, metavar="NAME", help="First and last name, as the school registered it.")
@click.option("--number", type=words, metavar="NUMBER", help="The student number.")
@click.option("--birth-date", type=day, metavar="DATE", help="The day of birth.")
@click.option("--grade", type=_grade, metavar="NUMBER", help="The grade in the current school year, 7 to 12.")
@click.option("--preferred-name", type=words, metavar="NAME", help="What the student wants to be called.")
@click.option("--enrolled-on", type=day, metavar="DATE", help="First day at this school; today if left out.")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="The language of the pages.")
@click.option("--homeroom", type=words, metavar="ROOM", help="The homeroom.")
@click.option("--address", type=words, metavar="ADDRESS", help="The student's address.")
@click.option("--phone", type=words, metavar="NUMBER", help="The student's telephone.")
@click.option("--counselor", metavar="STAFF", help="The counselor, by id or name in the staff directory.")
@click.option("--id", "folder", type=identifier, metavar="ID", help="The folder's name; made of the name if left out.")
@click.option("--another", is_flag=True, help="The student is not the one of the same name who is here already.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@pass_context
def command(
    context: Context,
    name: str | None,
    number: str | None,
    birth_date: dt.date | None,
    grade: int | None,
    preferred_name: str | None,
    enrolled_on: dt.date | None,
    language: str,
    homeroom: str | None,
    address: str | None,
    phone: str | None,
    counselor: str | None,
    folder: str | None,
    another: bool,
    dry_run: bool,
) -> None:
    """Start the file of a new student.

    Makes the student's folder with student.yaml, the student (and the counselor) as participants, and the section of
    the current school year with a plan and strengths to fill in.
    """
    store, tree = context.read_store(), context.tree
    name = needed(context, name, "Name", "--name", words)
    if not another:
        _not_here_already(context, store, name)
    number = _number(store, needed(context, number, "Student number", "--number", lambda text: _number(store, text)))
    new = NewStudent(
        folder=_free_folder(tree, folder, name),
        participant=_free_person(tree, store, folder, name),
        name=name,
        number=number,
        birth_date=_born(context, birth_date),
        grade=needed(context, grade, "Grade (7-12)", "--grade", _grade),
        enrolled_on=enrolled_on or context.today,
        language=language,
        preferred_name=optional(context, preferred_name, "Preferred name"),
        homeroom=homeroom,
    )
    address = optional(context, address, "Address")
    phone = optional(context, phone, "Telephone")
    member = found(
        context,
        counselor,
        "Counselor, by name",
        lambda text: find_staff(store, text, context.choose if context.asks else None),
    )
    student = NewPerson(
        id=new.participant,
        name=name,
        role="student",
        since=new.enrolled_on,
        language=language,
        address=address,
        phones=(Phone(number=phone),) if phone else (),
    )
    changes = [*student_files(store, new, context.today), person_file(new.folder, student)]
    if member is not None:
        changes.append(person_file(new.folder, staff_person(store, member, context.today, role="counselor")))
    carry_out(context, changes, dry_run=dry_run)
    if not dry_run:
        context.say(f"\nNext: `sep new participant {new.folder}` for each parent or guardian.")
        if new.grade > _FIRST:
            context.say(
                "Credits from another school: its report cards, with `from_school`, in the folders of those years;"
                "\neach of the years also goes under `grades` in student.yaml."
            )


def _born(context: Context, given: dt.date | None) -> dt.date:
    """Return the day of birth: a day before today."""
    today = context.today

    def read(text: str | dt.date) -> dt.date:
        on = day(text)
        if on >= today:
            raise click.BadParameter(f"{on} has not come yet")
        return on

    if given is not None and given >= today:
        raise WrongUse(f"the date of birth {given} has not come yet", "correct `--birth-date`")
    return needed(context, given, "Date of birth, as 2014-01-20", "--birth-date", read)


def _not_here_already(context: Context, store: Store, name: str) -> None:
    """Make sure that a student of the same name is another one: the same must not get two files."""
    same = [each for each in store.students if folded(name) in {folded(known) for known in names(each)}]
    if not same:
        return
    listed = [described(store, each) for each in same]
    if not context.asks:
        raise WrongUse(
            f"a student called `{name}` is here already",
            "\n".join(["if this is another one, add `--another`", *listed]),
        )
    for line in listed:
        context.say(f"  {line}")
    click.confirm("A student of this name is here already. Is this another one", abort=True, err=True)


def _number(store: Store, text: str) -> str:
    """Return a student number that nobody has; raises `WrongUse` else."""
    number = words(text)
    owner = next((each for each in store.students if each.student.student_number == number), None)
    if owner is not None:
        raise WrongUse(
            f"the student number `{number}` is that of {owner.student.name} (`{owner.id}`)",
            f"`sep show {owner.id}` shows that student's file",
        )
    return number


def _free_person(tree: SourceTree, store: Store, given: str | None, name: str) -> str:
    """Return the id of the student as a participant: made of the name, or of the folder for a name in other letters."""
    try:
        made = id_of(name)
    except WrongUse:
        if given is None:
            raise
        made = given
    return free_id(made, taken_ids(tree, store))


def _free_folder(tree: SourceTree, given: str | None, name: str) -> str:
    """Return the folder for a new student: as given if it is free, or made of the name."""
    taken = {student_of(each.path) for each in tree.entries()}
    if given is None:
        return free_id(id_of(name, family_name_first=True), taken)
    if given in taken:
        raise WrongUse(f"`students/{given}` stands already", "`--id` takes another id")
    return given
