"""Who signs: as the options say or as answered, each held against whether they may (policy: P36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.access.decision import Deny
from site_builder.access.signing import (
    CUSTODIAN,
    Wanted,
    affected_by,
    capacity,
    file_signatures,
    wanted,
    whole_file_capacity,
)
from site_builder.base.errors import Refused, WrongUse
from site_builder.base.plain import plain
from site_builder.cli.consents import Paper
from site_builder.cli.context import Context
from site_builder.cli.participants import find_participant
from site_builder.cli.people import find_staff
from site_builder.model.store import Store, StudentFile


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs, with the name people know and the capacity that the consent will state."""

    id: str
    name: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The signing of one document (`paper`, or `None` for the file as such) on a day.

    `objects` for an objection; `outside` where a third party is to be given something.
    """

    store: Store
    file: StudentFile
    paper: Paper | None
    on: dt.date
    objects: bool = False
    outside: bool = False

    def signers(self, context: Context, given: Sequence[str]) -> tuple[Signer, ...]:
        """Return who signs, asking for each signature that is wanted where nobody is given.

        Raises `Refused` with the reason for one whose signature would count for nothing, and `WrongUse` where nobody is
        named.
        """
        people = [self._person(context, each) for each in given] or self._asked(context)
        return tuple(self._held(each) for each in dict.fromkeys(people))

    def name(self, person: str) -> str:
        """Return the name of a participant, or of somebody of the staff."""
        participant, member = self.file.participant(person), self.store.staff_member(person)
        return participant.name if participant else member.name if member else person

    def wanted(self) -> tuple[Wanted, ...]:
        """Return the consents that are still to be given."""
        paper = self.paper
        if paper is None:
            return file_signatures(self.file, self.on, outside=self.outside)
        if paper.attachment is None:
            return ()
        return wanted(self.store, self.file, paper.document, paper.attachment, paper.key, self.on)

    def _person(self, context: Context, text: str) -> str:
        """Return the id that `text` means: of a participant, else of somebody in the staff directory."""
        choose = context.choose if context.asks else None
        if any(text == each.id or plain(text) == plain(each.name) for each in self.file.participants):
            return find_participant(self.file, text, choose).id
        return find_staff(self.store, text, choose).id

    def _asked(self, context: Context) -> list[str]:
        """Ask for each consent that is wanted who has given it; for an objection, who objects."""
        if self.objects:
            ids = [each.id for each in self.file.participants if not isinstance(self._capacity(each.id), Deny)]
            if context.asks and ids:
                return [ids[context.choose("Who objects", [self.name(each) for each in ids])]]
            raise WrongUse("who objects is missing", "`--signer` names the person")
        if not context.asks:
            lines = self._lines()
            way_out = (
                "\n".join(["`--signer` names each; still wanted is", *lines]) if lines else "`--signer` names each"
            )
            raise WrongUse("who signs is missing", way_out)
        found = []
        for each in self.wanted():
            people = [person for person in each.signers if not isinstance(self._capacity(person), Deny)]
            if people:
                answer = context.choose(self._question(each), [*(self.name(who) for who in people), "nobody yet"])
                found += people[answer : answer + 1]
            else:
                context.say(f"Nobody can sign {self._for(each)} today.")
        if not found:
            raise WrongUse(
                "nobody has signed, so there is nothing to write", "`sep consent STUDENT --missing` lists it"
            )
        return found

    def _capacity(self, person: str) -> str | Deny:
        if self.paper is None:
            return whole_file_capacity(self.file, person, self.on, outside=self.outside)
        return capacity(self.store, self.file, affected_by(self.paper.document), person, self.on, objects=self.objects)

    def _held(self, person: str) -> Signer:
        found = self._capacity(person)
        if isinstance(found, Deny):
            sentence = found.reasons[0].sentence
            wish = "object to" if self.objects else "sign for"
            what = "this document" if self.paper is not None else "the file as such"
            raise Refused(
                f"{self.name(person)} may not {wish} {what}: {sentence[:1].lower()}{sentence[1:]}",
                "\n".join(["still wanted is", *self._lines()]) if not self.objects and self._lines() else "",
            )
        return Signer(person, self.name(person), found)

    def _lines(self) -> list[str]:
        return [
            f"the consent {self._for(each)}: {' or '.join(map(self.name, each.signers)) or 'nobody can give it now'}"
            for each in self.wanted()
        ]

    def _question(self, each: Wanted) -> str:
        return "Which custodian has signed" if each.party == CUSTODIAN else f"Who has signed {self._for(each)}"

    def _for(self, each: Wanted) -> str:
        return "of a custodian on duty" if each.party == CUSTODIAN else f"for {self.name(each.party)}"
