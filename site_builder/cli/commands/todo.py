"""`sep todo`: who has to do what, and by when.

(policy: P1, P9, P10, P15, P17, P19, P26, P27, P29, P31, U1, U2, U5)
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import click

from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.output import people
from site_builder.cli.todo_list import ALL_KINDS, FAR, Todo, by_person, counted, rows, sentence, todo
from site_builder.cli.whom import find_whom
from site_builder.model.due import Due
from site_builder.model.store import Store

FORMAT_VERSION = 1
_COLUMNS = ("by", "late", "kind", "person", "person_name", "student", "student_name", "what", "detail", "policy")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


@click.command("todo")
@click.option("--for", "for_", metavar="PERSON", help="Only what this person has to do: an id or a name.")
@click.option("--student", metavar="STUDENT", help="Only what is due for this student.")
@click.option("--kind", multiple=True, type=click.Choice(ALL_KINDS), metavar="KIND", help="Only this kind of thing.")
@click.option("--all", "all_", is_flag=True, help="Also list one by one what is due in more than three months.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print it."
)
@pass_context
def command(
    context: Context, for_: str | None, student: str | None, kind: tuple[str, ...], all_: bool, format_: str
) -> None:
    """Say who has to do what, and by when.

    Conferences to offer and to hold, parents to answer, plans to begin, papers to copy, requests to decide, training,
    consents: grouped by who has to act, what is late first. With `--for` the list is one person's and can be handed
    to them. Without it, it names the confidential documents that wait for consents: it is for you who hold the records.

    KIND is one of the words that `--format json` gives as `kind`.

    \f
    Lists what the policy asks of whom (policy: P15, P17, P26, P27, P29, P36, U2, U5, U6).
    """
    store = context.read_store()
    wanted = context.student(store, student).id if student is not None else None
    person = _person(context, store, for_) if for_ is not None else None
    list_ = todo(store, context.today)
    items = [
        each
        for each in list_.items
        if (person is None or each.person == person)
        and (wanted is None or each.student == wanted)
        and (not kind or each.kind in kind)
    ]
    narrowed = all_ or wanted is not None or bool(kind)
    if format_ == "text":
        context.put("\n".join(_text(list_, items, whole=narrowed)))
    else:
        context.put(_FORMATS[format_](list_, items))
    if list_.left_out:
        context.say(_left_out(list_))


def _person(context: Context, store: Store, text: str) -> str:
    """Return the id of the participant or staff member whom `text` means; raises `WrongUse`."""
    known = {each.id: (each.name, each.position or each.relation or each.role) for each in people(store).values()}
    known.update((each.id, (each.name, each.position)) for each in store.staff.staff)
    return find_whom(known, text, f"nobody is called `{text}`", context.choose if context.asks else None)


def _text(list_: Todo, items: Sequence[Due], *, whole: bool) -> Iterator[str]:
    today = list_.today
    title = f"{list_.store.school.name}: what is due on {today.day} {today:%B} {today.year}"
    yield click.style(visible(title), bold=True)
    near = [each for each in items if whole or each.by is None or each.by <= today + FAR]
    far = [] if whole else [each for each in items if each.by is not None and each.by > today + FAR]
    for heading, found in by_person(list_, near):
        yield ""
        yield click.style(visible(heading), bold=True)
        yield from rows(list_, found)
    if far:
        yield ""
        yield click.style("Later (`sep todo --all` lists it)", bold=True)
        yield from counted(far)
    if not items:
        yield ""
        nobody = not list_.store.students
        yield (
            "Nothing is due: there is no student yet (`sep new student`)."
            if nobody
            else "Nothing is due: all of it is done."
        )


def _left_out(list_: Todo) -> str:
    names = ", ".join(visible(each) for each in list_.left_out)
    return f"\nLeft out, because the files have errors (`sep check` shows them): {names}"


def _data(list_: Todo, item: Due) -> Mapping[str, Any]:
    return {
        "by": item.by.isoformat() if item.by else None,
        "late": list_.late(item),
        "kind": item.kind,
        "person": item.person,
        "person_name": list_.person(item)[0],
        "student": item.student,
        "student_name": list_.student_name(item),
        "what": sentence(item),
        "detail": item.detail,
        "policy": item.policy,
    }


def _json(list_: Todo, items: Sequence[Due]) -> str:
    data = {
        "format_version": FORMAT_VERSION,
        "today": list_.today.isoformat(),
        "due": [_data(list_, each) for each in items],
        "left_out": list(list_.left_out),
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _csv(list_: Todo, items: Sequence[Due]) -> str:
    """Return the items for a spreadsheet: a heading, and a line an item."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for item in items:
        data = _data(list_, item)
        writer.writerow([_cell(data[column]) for column in _COLUMNS])
    return text.getvalue().rstrip("\n")


def _cell(value: Any) -> str:
    text = {None: "", True: "yes", False: ""}.get(value, value)
    return f"'{text}" if str(text).startswith(_FORMULA) else str(text)


Format: TypeAlias = Callable[[Todo, Sequence[Due]], str]
_FORMATS: Mapping[str, Format] = {"json": _json, "csv": _csv}
