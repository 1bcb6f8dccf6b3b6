"""The history of the records as commands use it: by student, and with the names that people know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from site_builder.access.sites import Past, nothing_known
from site_builder.base.changes import Revision
from site_builder.base.errors import SepError
from site_builder.cli.output import people
from site_builder.history.history import History
from site_builder.model.store import Store, StudentFile
from site_builder.render.change_words import ChangeWords
from site_builder.render.i18n import Messages
from site_builder.render.vocabulary import word


def past_of(folder: Path, revision: str = "HEAD") -> Past:
    """Return what gives the history of each student of the store in `folder`; of records without one, nothing.

    It is read when it is first asked for, and each student's once.
    """
    try:
        history = History(folder, revision)
    except SepError:
        return nothing_known
    found: dict[str, Sequence[Revision]] = {}

    def past(student: str) -> Sequence[Revision]:
        if student not in found:
            found[student] = history.of(student)
        return found[student]

    return past


def change_words(store: Store | None, file: StudentFile | None, language: str) -> ChangeWords:
    """Return what says changes in `language`, with the names of those who take part in the student's plan."""
    labels = store.school.labels if store is not None else {}
    year = store.school.current_year if store is not None else ""
    return ChangeWords(Messages(language, labels), naming(store, file), year)


def naming(store: Store | None, file: StudentFile | None) -> Callable[[str], str]:
    """Return what gives the name of an id; an id that nobody has stays as it is."""

    @cache
    def everyone() -> Mapping[str, str]:
        """Return all names of the school; few ids are not those of the student's own file."""
        if store is None:
            return {}
        staff = {each.id: each.name for each in store.staff.staff}
        return staff | {id: each.name for id, each in people(store).items()}

    def name(person: str) -> str:
        participant = file.participant(person) if file is not None else None
        return participant.name if participant is not None else everyone().get(person, person)

    return name


def author(store: Store | None, file: StudentFile | None, revision: Revision, messages: Messages) -> tuple[str, str]:
    """Return the name of whoever saved, with their part or position, and their id; what git says of an unknown one."""
    email = revision.email.strip().casefold()
    own = [each for each in file.participants if (each.email or "").casefold() == email] if file is not None else []
    staff = [each for each in store.staff.staff if each.email.casefold() == email] if store is not None else []
    ids = {*(each.id for each in own), *(member.id for member in staff)}
    if not email or len(ids) != 1:
        return revision.author, ""
    (person,) = ids
    participant = file.participant(person) if file is not None else None
    if participant is not None:
        return f"{participant.name} ({word(messages, 'role', participant.role).lower()})", person
    return f"{staff[0].name} ({staff[0].position})", person
