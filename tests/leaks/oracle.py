"""What each viewer must find and must not find, worked out from the school's tables alone: no code of the product."""

from __future__ import annotations

import datetime as dt

from tests.leaks.canary_school import BIRTHDAYS, CUSTODIAN, PAPERS, PEOPLE, STUDENTS, Canary, Paper, Person

NEVER = {("document", "exif"), ("document", "method"), ("school", "privacy"), ("participant", "rights")}
SCHOOL_WIDE = {("school", "name")}
HIDDEN_NAMES = {"purpose", "file"}  # shown with the paper, once or in another spelling


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
        return True
    if canary.kind == "document" and viewer == "prin":
        return canary.field == "title"  # the School Manager's list of what is withheld
    if canary.kind in ("student", "participant") and canary.field == "name" and viewer == "prin":
        return True  # whose file it is, from whom it is withheld and who could sign
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


def must_find(viewer: str, canary: Canary, on: dt.date) -> bool:
    """Tell whether the word must stand there: what is allowed is shown, but for what pages spell in another way."""
    if not canary.student:
        return (canary.kind, canary.field) in SCHOOL_WIDE
    if viewer == "prin" or canary.field in HIDDEN_NAMES:
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
