"""What each viewer must find and must not find, worked out from the school's tables alone: no code of the product."""

from __future__ import annotations

import datetime as dt

from tests.leaks.canary_school import (
    BIRTHDAYS,
    CUSTODIAN,
    MANAGER,
    PAPERS,
    PEOPLE,
    PRINCIPAL,
    REFERRED,
    STAFF,
    STUDENTS,
    Canary,
    Paper,
    Person,
)

NEVER = {("document", "exif"), ("document", "method"), ("school", "privacy"), ("participant", "rights")}
SCHOOL_WIDE = {("school", "name")}
FOR_STAFF = {"training", "working-plan", "consultation", "authorization", "partnership"}
# Shown with the paper, once or in another spelling; a planned course is shown by its title in the catalogue.
HIDDEN_NAMES = {"purpose", "file", "course_plan"}


def has_access(viewer: str, student: str, on: dt.date) -> bool:
    person = _person(viewer, student)
    if person is None or not listed(person, on):
        return False
    return not (person.role in ("parent", "guardian") and _adult(student, on))


def listed(person: Person, on: dt.date) -> bool:
    """In time, and with rights."""
    in_time = person.since <= on and (person.until is None or on <= person.until)
    return in_time and (person.rights_from is None or on < person.rights_from)


def sees_paper(viewer: str, paper: Paper, on: dt.date) -> bool:
    if not has_access(viewer, paper.student, on):
        return False
    if paper.level == "open":
        return True
    person = _person(viewer, paper.student)
    valid = [
        each
        for each in paper.consents
        if not each.changed
        and each.signed <= on
        and (each.expires is None or on <= each.expires)
        and (each.revoked is None or on < each.revoked)
    ]
    if any(each.objects for each in valid) or person is None:
        return False
    mine = [each for each in valid if person.role in each.recipients]
    signers = {STUDENTS[paper.student]} if _adult(paper.student, on) else _parents(paper.student, on)
    custodian = any(each.capacity == "custodian" and each.signer == CUSTODIAN for each in mine)
    party = any(each.capacity in ("parent", "adult-student") and each.signer in signers for each in mine)
    return custodian and party


def may_find(viewer: str, canary: Canary, on: dt.date) -> bool:
    """Tell whether the word may stand in the viewer's output."""
    if (canary.kind, canary.field) in NEVER:
        return False
    if not canary.student:
        return _may_find_of_school(viewer, canary)
    if viewer in (MANAGER, PRINCIPAL):
        return _may_find_by_office(viewer, canary, on)
    if not has_access(viewer, canary.student, on):
        return False
    if canary.kind == "document":
        return sees_paper(viewer, next(each for each in PAPERS if each.id == canary.entry), on)
    if canary.kind == "participant" and canary.field != "name":
        person = _person(canary.entry, canary.student)
        shown = person is not None and listed(person, on)
        return shown and not (
            canary.field == "address" and person is not None and person.protected and viewer != person.id
        )
    return True


def _may_find_of_school(viewer: str, canary: Canary) -> bool:
    if (canary.kind, canary.field) == ("school", "waivers"):
        return viewer == MANAGER
    narrower = canary.kind in FOR_STAFF and (canary.kind != "partnership" or canary.field == "contact")
    return viewer in STAFF or not narrower


def _may_find_by_office(viewer: str, canary: Canary, on: dt.date) -> bool:
    """Of students in whose planning the two take no part: names, and what each is there to know."""
    if (canary.kind, canary.field) == ("student", "name"):
        return True
    if viewer == MANAGER:
        withheld = canary.kind == "document" and canary.field == "title"
        # From whom a paper is withheld, and who could sign.
        return withheld or (canary.kind, canary.field) == ("participant", "name")
    if on < REFERRED:
        return False
    asks = canary.kind == "participant" and canary.field == "name" and canary.entry == _asker(canary.student)
    return asks or _waits(canary)


def _waits(canary: Canary) -> bool:
    return canary.kind == "request" and canary.entry == "wait"


def _asker(student: str) -> str:
    return next(each.id for each in PEOPLE if each.student == student and each.role == "parent")


def must_find(viewer: str, canary: Canary, on: dt.date) -> bool:
    """Tell whether the word must stand there: what is allowed is shown, but for what pages spell in another way."""
    if not canary.student:
        if canary.kind in FOR_STAFF:
            return viewer in STAFF
        own = (canary.kind, canary.field) == ("school", "waivers") and viewer == MANAGER
        return own or (canary.kind, canary.field) in SCHOOL_WIDE
    if viewer == PRINCIPAL:
        return _waits(canary) and on >= REFERRED
    if viewer == MANAGER or canary.field in HIDDEN_NAMES:
        return False
    if canary.kind == "participant" and canary.field == "name":
        person = _person(canary.entry, canary.student)
        return person is not None and listed(person, on) and has_access(viewer, canary.student, on)
    return may_find(viewer, canary, on)


def _person(viewer: str, student: str) -> Person | None:
    return next((each for each in PEOPLE if each.student == student and each.id == viewer), None)


def _parents(student: str, on: dt.date) -> set[str]:
    return {p.id for p in PEOPLE if p.student == student and p.role in ("parent", "guardian") and listed(p, on)}


def _adult(student: str, on: dt.date) -> bool:
    birth = BIRTHDAYS[student]
    return on >= birth.replace(year=birth.year + 18)
