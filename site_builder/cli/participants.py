"""Finding a participant of one student's plan by whatever a person types, and naming what is found."""

from __future__ import annotations

import datetime as dt

from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.cli.students import Chooser
from site_builder.model.due_case import takes_part
from site_builder.model.records import Participant
from site_builder.model.store import StudentFile


def find_participant(file: StudentFile, text: str, choose: Chooser | None = None) -> Participant:
    """Return the participant of this plan whose id or name is `text`; raises `WrongUse` where there is none."""
    wanted = plain(text)
    everyone = file.participants
    found = [each for each in everyone if each.id == text.strip().casefold()]
    found = found or [each for each in everyone if plain(each.name) == wanted]
    found = found or [each for each in everyone if wanted and set(wanted.split()) <= set(plain(each.name).split())]
    if len(found) == 1:
        return found[0]
    if found and choose is not None:
        return found[choose("Who is it", [described_person(each) for each in found])]
    listed = "\n".join(described_person(each) for each in found or everyone)
    if found:
        raise WrongUse(f"{len(found)} people in this plan fit `{text}`", f"name one by the id:\n{listed}")
    raise WrongUse(f"`{text}` takes no part in {file.student.name}'s plan", f"these do:\n{listed}")


def current(file: StudentFile, on: dt.date) -> tuple[Participant, ...]:
    """Return the participants whose part runs on the day `on`."""
    return tuple(each for each in file.participants if takes_part(each, on))


def described_person(person: Participant) -> str:
    """Return one line that tells a participant from another of the same name."""
    return f"{person.name} - {person.relation or person.position or person.role} - {person.id}"
