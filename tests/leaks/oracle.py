"""What each viewer must find and must not find, worked out from the school's tables alone: no code of the product."""

import datetime as dt

from tests.leaks.facts import ANSWERED, MANAGER, MAY, PRINCIPAL, REFERRED, WHO, Canary, Consent, Facts, Paper, Person
from tests.leaks.facts import eighteenth as birthday

PARENTS = ("parent", "guardian")
OFFICES = (MANAGER, PRINCIPAL)


def within(on: dt.date, first: dt.date | None, last: dt.date | None, off: dt.date | None = None) -> bool:
    return (first is None or first <= on) and (last is None or on <= last) and (off is None or on < off)


def listed(person: Person, on: dt.date) -> bool:
    return within(on, person.since, person.until, person.rights_from)


def holds(consent: Consent, on: dt.date) -> bool:
    return within(on, consent.signed, consent.expires, consent.revoked)


def has_access(facts: Facts, viewer: str, student: str, on: dt.date) -> bool:
    person, pupil = facts.person(viewer, student), facts.pupils[student]
    last = facts.staff[viewer].until if viewer in facts.staff else None
    if person is None or not pupil.sound or not listed(person, on) or not within(on, person.assigned, last):
        return False
    shared = any(each.capacity == student and viewer in each.recipients and holds(each, on) for each in facts.shared)
    minor = not pupil.emancipated and on < birthday(pupil)
    return person.role not in PARENTS or pupil.dependent or shared or minor


def sees_paper(facts: Facts, viewer: str, paper: Paper, on: dt.date) -> bool:
    person, pupil, affects = facts.person(viewer, paper.student), facts.pupils[paper.student], {*(paper.affects or ())}
    several = {each.own for each in facts.pupils.values()} & affects - {pupil.own}
    if person is None or not has_access(facts, viewer, paper.student, on) or several or paper.level == "open":
        return person is not None and has_access(facts, viewer, paper.student, on) and not several
    adult = pupil.emancipated or on >= birthday(pupil)
    own = [each for each in facts.people if each.student == pupil.id and each.role in PARENTS and listed(each, on)]
    speakers = {pupil.own} if adult else {each.id for each in own}
    now = [each for each in paper.consents if holds(each, on)]
    given = [each for each in now if not each.changed and not each.objects]
    mine = [each for each in given if {person.role, person.id} & {*each.recipients}]
    keepers = {x: y.until for x, y in facts.staff.items() if "custodian" in y.duties and x not in affects}
    by_keeper = [each for each in mine if each.capacity == "custodian" and each.signer in keepers]
    signed = {each.signer for each in mine if each.capacity != "custodian"}
    parties = all(signed & (speakers if each == pupil.own else {each}) for each in affects)
    custodian = any(within(each.signed, None, keepers[each.signer]) for each in by_keeper)
    objected = any(each.objects and each.signer in speakers for each in now)
    return custodian and parties and bool(affects or paper.nobody) and not objected


def find(facts: Facts, viewer: str, canary: Canary, on: dt.date) -> str:
    """Return `must`, `may` or nothing: whether the word stands in the viewer's output."""
    kind, field, staff = canary.kind, canary.field, facts.staff.get(viewer)
    owner, paper = facts.person(canary.entry, canary.student), facts.paper(canary)
    shown = "may" if (kind, field) in MAY or kind in MAY else "must"
    who = WHO.get((kind, field)) or WHO.get(("", field)) or WHO.get(kind, "plan")
    school = {"nobody": False, "school": True, "manager": viewer == MANAGER}
    if who in school or who == "staff":
        return shown if school.get(who, staff is not None and within(on, None, staff.until)) else ""
    if viewer in OFFICES:  # they take part in no plan: names, and what each is there to know
        readers = [x.id for x in facts.people if x.student == canary.student and has_access(facts, x.id, x.student, on)]
        withheld = paper is not None and any(not sees_paper(facts, each, paper, on) for each in readers)
        known = (kind, field) in (("student", "name"), ("student", "id"))
        if known or not facts.pupils[canary.student].sound:
            return "may" if known else ""
        if viewer == MANAGER:
            return "may" if (kind, field) == ("participant", "name") else "must" * (field == "title" and withheld)
        waits = kind == "request" and on >= REFERRED and (canary.entry == "wait" or on < ANSWERED)
        asker = on >= REFERRED and (kind, field, canary.entry) == ("participant", "name", facts.asker(canary.student))
        return "must" * (waits and field in ("resource", "reason") and canary.entry != "") or "may" * asker
    if not has_access(facts, viewer, canary.student, on) or (paper and not sees_paper(facts, viewer, paper, on)):
        return ""
    home = {each.id for each in facts.people if canary.entry in (each.id, each.lives_with)}
    if owner is None or field == "name" or who == "contact":
        return shown if owner is None or listed(owner, on) else "may" * (field == "name")
    return shown if listed(owner, on) and (not owner.protected or viewer in home) else ""
