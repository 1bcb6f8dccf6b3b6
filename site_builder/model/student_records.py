"""The records of one student's file that belong to no single year: the student, participants, consents, disclosures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.model.record import Record

Date = dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Student(Record):
    """`students/<id>/student.yaml`; `participant` is the student's own id among the participants."""

    name: str
    participant: str
    student_number: str
    birth_date: Date
    enrolled_on: Date
    grades: dict[str, int]
    preferred_name: str | None = None
    language: str = "en"
    homeroom: str | None = None
    independence: str = "none"
    dependent_for_tax: bool = False
    left_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A telephone number and what it is (mobile, home, work)."""

    number: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """A parent's rights where a court has changed them (34 CFR 99.4)."""

    status: str = "full"
    order: str | None = None
    from_: Date | None = None
    until: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Record):
    """`participants/*.yaml`: a person who takes part in this student's plan (policy: P11, P13)."""

    name: str
    role: str
    since: Date
    until: Date | None = None
    relation: str | None = None
    position: str | None = None
    address: str | None = None
    phones: tuple[Phone, ...] = ()
    email: str | None = None
    language: str = "en"
    assigned_by: str | None = None
    assigned_on: Date | None = None
    rights: Rights = Rights()
    protected_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """Somebody who takes no part in the plan and may be given something of it: the person, the organisation."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Record):
    """`consents/*.yaml`: who allowed (or objected to) what, for which bytes, to whom (policy: P35, P36).

    `third_parties` says who those of the `recipients` are that are neither roles nor people of the plan, and `parts`
    what of the file they may be given.
    """

    document: str
    signer: str
    capacity: str
    purpose: str
    recipients: tuple[str, ...]
    signed_on: Date
    method: str
    answer: str = "consent"
    sha256: str | None = None
    expires: Date | None = None
    revoked_on: Date | None = None
    third_parties: tuple[ThirdParty, ...] = ()
    parts: tuple[str, ...] = ()

    def in_force(self, on: Date) -> bool:
        """Tell whether it has been signed, has not expired and has not been revoked on the day `on`."""
        return (
            self.signed_on <= on
            and (self.expires is None or on <= self.expires)
            and (self.revoked_on is None or on < self.revoked_on)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure(Record):
    """`disclosures/*.yaml`: what was given to whom, by which consents or which `law` (34 CFR 99.32; policy: P35)."""

    what: str
    to: str
    on: Date
    by: str
    purpose: str
    basis: str
    consents: tuple[str, ...] = ()
    law: str | None = None
