"""The facts on which access to a generated school depends, as plain tables: its writer and the oracle both read them.

Some students are made for one access rule each; more are drawn from a seed. Nothing here knows of the product.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

DAY = dt.date


@dataclass(frozen=True)
class Size:
    """How large the school is: students drawn at random, school years, drawn documents a student, and the seed."""

    students: int = 0
    years: int = 1
    documents: int = 0
    seed: int = 4


SMALL, DEFAULT = Size(), Size(students=2, years=2, documents=3)


@dataclass(frozen=True)
class Pupil:
    """A student's folder; `sound` is false where one file in it is broken."""

    id: str
    own: str
    birthday: DAY
    grade: int
    emancipated: bool = False
    dependent: bool = False
    sound: bool = True


@dataclass(frozen=True)
class Person:
    """A participant of one student; `rights_from` is the first day without rights, `lives_with` shares an address."""

    student: str
    id: str
    role: str
    since: DAY
    until: DAY | None = None
    rights_from: DAY | None = None
    assigned: DAY | None = None
    protected: bool = False
    lives_with: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody in the staff directory."""

    duties: tuple[str, ...] = ()
    since: DAY | None = None
    until: DAY | None = None


@dataclass(frozen=True)
class Consent:
    """A consent to a document; `changed` signs other bytes than the file has."""

    capacity: str
    signer: str
    recipients: tuple[str, ...]
    signed: DAY
    expires: DAY | None = None
    revoked: DAY | None = None
    objects: bool = False
    changed: bool = False


@dataclass(frozen=True)
class Paper:
    """A document; `level` is empty where the description has none, `affects` is None where it says nothing."""

    student: str
    id: str
    level: str
    affects: tuple[str, ...] | None
    consents: tuple[Consent, ...] = ()
    form: str = "png"
    nobody: bool = False  # affects: none, with the custodian's reason


@dataclass(frozen=True)
class Canary:
    """A word, the student in whose file it stands (empty: the school), and its kind of file, entry and field."""

    word: str
    student: str
    kind: str
    entry: str
    field: str


@dataclass(frozen=True, eq=False)
class Facts:
    """All that decides who sees what."""

    pupils: dict[str, Pupil]
    people: tuple[Person, ...]
    staff: dict[str, Member]
    papers: tuple[Paper, ...]
    shared: tuple[Consent, ...]  # an adult student's consent to share the file; `capacity` is the student's folder
    size: Size = field(default=SMALL)

    def person(self, id: str, student: str) -> Person | None:
        return next((each for each in self.people if (each.student, each.id) == (student, id)), None)

    def paper(self, canary: Canary) -> Paper | None:
        if canary.kind != "document":
            return None
        return next(each for each in self.papers if each.id == canary.entry)

    def asker(self, student: str) -> str:
        """Return who asks for resources: the first parent, or the student."""
        own = [each.id for each in self.people if each.student == student and each.role == "parent"]
        return own[0] if own else self.pupils[student].own


FAMILY = ("student", "parent", "guardian")
SCHOOL_YEARS = ("2026-27", "2025-26", "2024-25")
START, END, OLD = DAY(2026, 8, 19), DAY(2027, 5, 28), DAY(2025, 8, 20)
SIGNED, REFERRED, ANSWERED = DAY(2026, 9, 10), DAY(2026, 10, 11), DAY(2026, 10, 19)
PRINCIPAL, MANAGER = "prin", "mana"  # neither takes part in any plan
STAFF = {
    "cora": Member(("counseling",)),
    "tess": Member(("teaching",)),
    "timo": Member(("teaching",)),
    "olde": Member(("teaching",), until=DAY(2026, 10, 30)),
    "spence": Member(("occupational",)),
    "prin": Member(("administration",)),
    "mana": Member(("office",)),
    "nurse": Member(("custodian",)),
    "kimm": Member(("custodian",), until=DAY(2026, 9, 1)),
    "nann": Member(("custodian",)),
}
PUPILS = (
    Pupil("alpha", "ann-alpha", DAY(2011, 3, 4), 9),
    Pupil("omega", "oz-omega", DAY(2008, 12, 1), 12),
    Pupil("delta", "di-delta", DAY(2013, 1, 9), 8),
    Pupil("leapt", "li-leapt", DAY(2008, 2, 29), 12),
    Pupil("taxed", "ta-taxed", DAY(2008, 6, 1), 12, dependent=True),
    Pupil("emanc", "em-emanc", DAY(2010, 5, 5), 10, emancipated=True),
    Pupil("sigma", "si-sigma", DAY(2011, 7, 7), 9, sound=False),
    Pupil("zetta", "ze-zetta", DAY(2011, 8, 8), 9, sound=False),
)
PEOPLE = (
    Person("alpha", "ann-alpha", "student", START, lives_with="ma-alpha"),
    Person("alpha", "ma-alpha", "parent", START, protected=True),
    Person("alpha", "pa-alpha", "parent", START, rights_from=DAY(2026, 11, 20)),
    Person("alpha", "aunt-alpha", "guardian", DAY(2026, 10, 1), until=DAY(2026, 11, 23)),
    Person("alpha", "cora", "counselor", START, END),
    Person("alpha", "tess", "teacher", START, DAY(2026, 11, 24)),
    Person("alpha", "timo", "teacher", START, END, assigned=DAY(2026, 11, 25)),
    Person("alpha", "di-delta", "guardian", DAY(2024, 9, 2), DAY(2024, 9, 3)),  # so that a paper can be about both
    Person("omega", "oz-omega", "student", START),
    Person("omega", "mo-omega", "parent", START),
    Person("omega", "cora", "counselor", START, END),
    Person("omega", "spence", "occupational-specialist", DAY(2026, 11, 25), END),
    Person("delta", "di-delta", "student", START),
    Person("delta", "du-delta", "parent", START),
    Person("delta", "da-delta", "parent", START),
    Person("delta", "cora", "counselor", START, END),
    Person("delta", "olde", "teacher", START, END),
    Person("leapt", "li-leapt", "student", OLD),
    Person("leapt", "la-leapt", "parent", OLD),
    Person("leapt", "lu-leapt", "parent", OLD),
    Person("taxed", "ta-taxed", "student", START),
    Person("taxed", "ti-taxed", "parent", START),
    Person("emanc", "em-emanc", "student", START),
    Person("emanc", "mi-emanc", "parent", START),
    Person("sigma", "si-sigma", "student", START),
    Person("sigma", "jo-both", "guardian", START),  # another person than in the next file: one id, two people
    Person("sigma", "cora", "counselor", START, END),
    Person("zetta", "ze-zetta", "student", START),
    Person("zetta", "jo-both", "guardian", START),
)
SHARED = (Consent("leapt", "li-leapt", ("lu-leapt",), DAY(2026, 3, 2), expires=DAY(2026, 11, 24)),)

_TO = ("parent", "counselor")
_NURSE, _MA = Consent("custodian", "nurse", FAMILY, SIGNED), Consent("parent", "ma-alpha", FAMILY, SIGNED)
_ANN = ("ann-alpha",)
PAPERS = (
    Paper("alpha", "open-paper", "open", None),
    Paper("alpha", "open-photo", "open", None, form="jpg"),
    Paper("alpha", "open-print", "open", None, form="pdf"),
    Paper("alpha", "open-office", "open", None, form="docx"),
    Paper("alpha", "no-level", "", _ANN),
    Paper(
        "alpha",
        "full-paper",
        "confidential",
        _ANN,
        (Consent("custodian", "nurse", _TO, SIGNED), Consent("parent", "ma-alpha", _TO, SIGNED)),
    ),
    Paper("alpha", "one-reader", "confidential", _ANN, (_NURSE, Consent("parent", "ma-alpha", ("ma-alpha",), SIGNED))),
    Paper("alpha", "no-custodian", "confidential", _ANN, (_MA,)),
    Paper("alpha", "no-duty", "confidential", _ANN, (Consent("custodian", "cora", FAMILY, SIGNED), _MA)),
    Paper("alpha", "left-duty", "confidential", _ANN, (Consent("custodian", "kimm", FAMILY, SIGNED), _MA)),
    Paper(
        "alpha",
        "own-matter",
        "confidential",
        ("ann-alpha", "nann"),
        (
            Consent("custodian", "nann", FAMILY, SIGNED),
            Consent("affected-party", "nann", FAMILY, SIGNED),
            _MA,
        ),
    ),
    Paper("alpha", "no-affects", "confidential", None, (_NURSE, _MA)),
    Paper("alpha", "no-party", "confidential", _ANN, (_NURSE,), form="pdf"),
    Paper("alpha", "second-party", "confidential", ("ann-alpha", "cora"), (_NURSE, _MA), form="docx"),
    Paper("alpha", "nobody-else", "confidential", None, (_NURSE,), nobody=True),
    Paper("alpha", "lost-rights", "confidential", _ANN, (_NURSE, Consent("parent", "pa-alpha", FAMILY, SIGNED))),
    Paper(
        "alpha",
        "changed-paper",
        "confidential",
        _ANN,
        (Consent("custodian", "nurse", FAMILY, SIGNED, changed=True), _MA),
        form="jpg",
    ),
    Paper(
        "alpha", "later-paper", "confidential", _ANN, (Consent("custodian", "nurse", FAMILY, DAY(2026, 11, 25)), _MA)
    ),
    Paper("alpha", "two-students", "open", ("ann-alpha", "di-delta")),
    Paper(
        "omega",
        "own-paper",
        "confidential",
        ("oz-omega",),
        (
            Consent("custodian", "nurse", ("student", "counselor"), SIGNED, expires=DAY(2026, 11, 24)),
            Consent("adult-student", "oz-omega", ("student", "counselor"), SIGNED),
            Consent("parent", "mo-omega", ("student", "counselor"), SIGNED),
        ),
    ),
    Paper(
        "delta",
        "objected",
        "confidential",
        ("di-delta",),
        (
            Consent("custodian", "nurse", FAMILY, SIGNED),
            Consent("parent", "du-delta", FAMILY, SIGNED),
            Consent("parent", "da-delta", FAMILY, DAY(2026, 11, 25), objects=True),
        ),
    ),
    Paper(
        "delta",
        "revoked-paper",
        "confidential",
        ("di-delta",),
        (
            Consent("custodian", "nurse", FAMILY, SIGNED),
            Consent("parent", "du-delta", FAMILY, SIGNED, revoked=DAY(2026, 11, 24)),
        ),
    ),
)


def school_of(size: Size) -> Facts:
    """Return the made students and `size.students` drawn ones; the same size gives the same school."""
    draw = random.Random(size.seed)
    pupils, people, papers = list(PUPILS), list(PEOPLE), list(PAPERS)
    for number in range(size.students):
        pupil, own = _drawn_people(draw, f"drawn{'abcdefghijklmnopqrstuvwxyz'[number % 26] * (1 + number // 26)}")
        pupils.append(pupil)
        people.extend(own)
        papers.extend(_drawn_paper(draw, pupil, own, each) for each in range(size.documents))
    return Facts({each.id: each for each in pupils}, tuple(people), STAFF, tuple(papers), SHARED, size)


def _drawn_people(draw: random.Random, student: str) -> tuple[Pupil, list[Person]]:
    grade = draw.randint(7, 12)
    year = 2026 - grade - 5
    pupil = Pupil(student, f"own-{student}", DAY(year, draw.randint(1, 12), draw.randint(1, 28)), grade)
    people = [Person(student, pupil.own, "student", START)]
    for name in ("mum", "dad")[: draw.randint(1, 2)]:
        until = _day(draw) if draw.random() < 0.25 else None
        rights = _day(draw) if draw.random() < 0.25 else None
        people.append(
            Person(student, f"{name}-{student}", "parent", START, until, rights, protected=draw.random() < 0.3)
        )
    people.append(Person(student, "cora", "counselor", START, END))
    if draw.random() < 0.5:
        people.append(Person(student, "tess", "teacher", _day(draw), END))
    return pupil, people


def _drawn_paper(draw: random.Random, pupil: Pupil, people: list[Person], number: int) -> Paper:
    parties = [pupil.own] if draw.random() < 0.8 else [pupil.own, "cora"]
    signers = [each for each in people if each.role == "parent"]
    consents = [Consent("custodian", draw.choice(("nurse", "nurse", "kimm", "nann")), *_terms(draw))]
    consents += [Consent("parent", each.id, *_terms(draw), objects=draw.random() < 0.1) for each in signers]
    consents += [Consent("adult-student", pupil.own, *_terms(draw))]
    consents += [Consent("affected-party", "cora", *_terms(draw))] if "cora" in parties else []
    kept = tuple(each for each in consents if draw.random() < 0.9)
    level = draw.choice(("open", "", "confidential", "confidential", "confidential"))
    form = draw.choice(("png", "jpg", "pdf", "docx"))
    return Paper(pupil.id, f"{pupil.id}-{number}", level, tuple(parties), kept, form)


def _terms(draw: random.Random) -> tuple[tuple[str, ...], DAY, DAY | None, DAY | None]:
    to = tuple(draw.sample((*FAMILY, "counselor", "teacher"), draw.randint(2, 5)))
    expires = _day(draw) if draw.random() < 0.3 else None
    return to, SIGNED, expires, _day(draw) if draw.random() < 0.2 else None


def _day(draw: random.Random) -> DAY:
    return DAY(2026, 11, 18) + dt.timedelta(days=draw.randint(0, 9))


def days_of(facts: Facts) -> tuple[DAY, ...]:
    """Return the day before, the day itself and the day after of everything that changes who sees what."""
    marks = {START, END, REFERRED, ANSWERED}
    for person in facts.people:
        marks |= {each for each in (person.since, person.until, person.rights_from, person.assigned) if each}
    marks |= {each.until for each in facts.staff.values() if each.until}
    for pupil in facts.pupils.values():
        marks |= {eighteenth(pupil)} if eighteenth(pupil) >= OLD else set()
    for consent in (*facts.shared, *(each for paper in facts.papers for each in paper.consents)):
        marks |= {each for each in (consent.signed, consent.expires, consent.revoked) if each}
    near = {mark + dt.timedelta(days=each) for mark in marks for each in (-1, 0, 1)}
    return tuple(sorted(each for each in near if OLD - dt.timedelta(days=1) <= each <= END + dt.timedelta(days=1)))


def eighteenth(pupil: Pupil) -> DAY:
    """Return the day from which the student is an adult; 29 February counts as the 28th where there is none."""
    leap = (pupil.birthday.month, pupil.birthday.day) == (2, 29)
    return DAY(pupil.birthday.year + 18, pupil.birthday.month, 28 if leap else pupil.birthday.day)


# Who meets what, by kind and field, or by kind alone; what is not named here is for all who have access to the file.
Place = str | tuple[str, str]
_NOBODY: tuple[Place, ...] = (
    ("document", "exif"),
    ("document", "method"),
    ("document", "custodian_reason"),
    ("school", "privacy"),
    ("participant", "rights"),
    ("consent", "method"),
    ("consent", "third_parties"),
    ("", "comment"),
    ("", "saved"),
    "disclosure",
)
_SCHOOL: tuple[Place, ...] = (
    *("school", "staff", "courses", "program", "guidelines", "contribution", "group"),
    ("partnership", "partner"),
)
_STAFF: tuple[Place, ...] = (
    *("training", "working-plan", "consultation", "authorization"),
    *(("partnership", each) for each in ("contact", "program", "offers")),
)
WHO: dict[Place, str] = {
    **dict.fromkeys(_NOBODY, "nobody"),
    **dict.fromkeys(_SCHOOL, "school"),
    **dict.fromkeys(_STAFF, "staff"),
    ("school", "waivers"): "manager",
    "document": "paper",
    ("participant", "relation"): "contact",
    ("participant", "position"): "contact",
    ("participant", "email"): "contact",
    ("participant", "address"): "address",
}
# Not on every page where it may be: shown with a paper, in another spelling, in a table of its own, or nowhere.
MAY: frozenset[Place] = frozenset(
    {
        *(("document", each) for each in ("purpose", "file", "id", "title of the note")),
        *(("plan", each) for each in ("course_plan", "template_version")),
        *((kind, "id") for kind in ("objective", "progress", "test-result", "conference", "request", "student")),
        *(("school", each) for each in ("district", "address", "email", "school_years", "labels")),
        ("student", "preferred_name"),
        "consent",
        "contribution",
        "courses",
        "group",
        "guidelines",
        "program",
        "staff",
        ("partnership", "partner"),
    }
)
