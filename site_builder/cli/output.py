"""What the commands that make pages share: where to write, what stops them, for whom, and how far they are."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.access.carry_over import may_keep, may_keep_common
from site_builder.base.diagnostics import Severity
from site_builder.cli.context import Context
from site_builder.cli.students import Chooser
from site_builder.cli.versions import AsItStood, say_errors_then
from site_builder.cli.whom import find_whom
from site_builder.model.records import Participant
from site_builder.model.store import Store
from site_builder.publish.binder_keys import read_made
from site_builder.publish.keeping import whose

if TYPE_CHECKING:
    from site_builder.check.checker import Checked

_SHOWN = 5
"""So many broken files are named; the rest is counted."""


def output_folder(context: Context, given: Path | None) -> Path:
    """Return the folder to write to: as given, else `build` here, or beside the store when we stand in the store."""
    here = context.surroundings.folder
    if given is not None:
        return here / given
    store = context.store.resolve()
    inside = here.resolve() == store or store in here.resolve().parents
    return (store.parent if inside else here) / "build"


def sound_store(context: Context, checked: Checked, then: AsItStood | None = None) -> Store | None:
    """Return the store, having told what its errors keep from being made; `None` where nothing can be.

    `then` is the earlier version that was checked; otherwise it was today's.
    """
    errors = [each for each in checked.findings if each.severity is Severity.ERROR]
    if errors and then is not None:
        say_errors_then(context, then, errors)
    elif errors:
        files = {each.span.file for each in errors}
        context.say(f"{counted(len(errors), 'error')} in {counted(len(files), 'file')}: `sep check` shows them.")
    if checked.store is None and then is not None:
        context.say("Nothing is made: the school's own files had errors. What was made last still stands.")
    elif checked.store is None:
        context.say("Nothing is made: the school's own files must be put right first. What was made last still stands.")
    elif checked.store.broken:
        names = [_name(checked.store, each) for each in sorted(checked.store.broken)]
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        whose = f"{', '.join(names[:_SHOWN])}{more}"
        context.say(f"No new pages of {whose}: the last ones stay." if then is None else f"No pages of {whose}.")
    return checked.store


def find_person(store: Store, text: str, choose: Chooser | None = None) -> str:
    """Return the id of the one person with a part in the plans whom `text` means: an id or a name. Raises `WrongUse`.

    The Principal and the School Manager count, also without a part in any plan.
    """
    known = {each.id: (each.name, each.position or each.relation or each.role) for each in people(store).values()}
    for office in (store.school.principal, store.school.school_manager.person):
        member = store.staff_member(office)
        if member is not None:
            known.setdefault(office, (member.name, member.position))
    return find_whom(known, text, f"no participant is called `{text}`", choose)


def people(store: Store) -> dict[str, Participant]:
    """Return everyone who stands in a student's file, by id; who stands in several, as in the newest part of theirs."""
    found: dict[str, Participant] = {}
    for file in store.students:
        for each in file.participants:
            if each.id not in found or found[each.id].since < each.since:
                found[each.id] = each
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a site is for: the name, what they are to the school, and the kinds of reader they are an example of."""

    name: str
    title: str
    kinds: tuple[str, ...]


def reader(store: Store, everyone: Mapping[str, Participant], person: str) -> Reader:
    """Return who `person` of `people(store)` is; Principal and School Manager need take part in no plan."""
    entry = everyone.get(person)
    member = store.staff_member(person)
    name = entry.name if entry else member.name if member else person
    title = (entry.position or entry.role.replace("-", " ")) if entry else member.position if member else ""
    kinds = (entry.role,) if entry else ()
    if person == store.school.principal:
        kinds = (*kinds, "Principal")
    if person == store.school.school_manager.person:
        return Reader(name, "School Manager", (*kinds, "School Manager"))
    return Reader(name, title, kinds)


def may_keep_copy(store: Store, binders: Path, on: dt.date) -> Callable[[str], bool]:
    """Return what tells by its name whether a published binder may stay; where nobody can say, it goes.

    When a document in it is no longer released to its reader, or an address in it is protected by now, the copy goes.
    A copy for everyone goes when somebody who takes part may not see all of it.
    """
    made = read_made(binders)

    def allowed(name: str) -> bool:
        student, person = whose(name)
        known = made.get(name)
        if known is None or (person and store.student(student) is None):
            return False
        if not person:
            return may_keep_common(store, student, known.rests, on)
        return may_keep(store, person, student, known.rests, on)

    return allowed


def shown(path: Path, context: Context) -> str:
    """Return `path` as a person would type it here."""
    here = context.surroundings.folder.resolve()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def counted(number: int, word: str, plural: str = "") -> str:
    """Return `1 error`, `2 errors`."""
    return f"{number} {word if number == 1 else plural or word + 's'}"


@contextmanager
def progress(context: Context, label: str, length: int) -> Iterator[Callable[[], None]]:
    """Show on a terminal how far we are; the function given is called once a step is done."""
    if context.verbosity < 0 or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _name(store: Store, student: str) -> str:
    file = store.student(student)
    return file.student.name if file else student
