"""A school in which every text is a word that occurs nowhere else, so that a leak names itself.

`write_school` writes the store and returns its canaries: each word with the file and field where it stands. Facts that
access depends on (who takes part when, which document has which consents) stand in tables that the oracle reads too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

DAY = dt.date


@dataclass(frozen=True)
class Person:
    """A participant of one student; `rights_from` is the first day without rights."""

    student: str
    id: str
    role: str
    since: DAY
    until: DAY | None = None
    rights_from: DAY | None = None
    protected: bool = False


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
    """A document; `level` is empty where the description has none."""

    student: str
    id: str
    level: str
    affects: tuple[str, ...] | None
    consents: tuple[Consent, ...] = ()


@dataclass(frozen=True)
class Canary:
    """A word, the student in whose file it stands (empty: the school), and its kind of file, entry and field."""

    word: str
    student: str
    kind: str
    entry: str
    field: str


START, END = DAY(2026, 8, 19), DAY(2027, 5, 28)
BIRTHDAYS = {"alpha": DAY(2011, 3, 4), "omega": DAY(2008, 12, 1), "delta": DAY(2013, 1, 9)}
STUDENTS = {"alpha": "ann-alpha", "omega": "oz-omega", "delta": "di-delta"}
GRADES = {"alpha": 9, "omega": 12, "delta": 8}
PEOPLE = (
    Person("alpha", "ann-alpha", "student", START),
    Person("alpha", "ma-alpha", "parent", START, protected=True),
    Person("alpha", "pa-alpha", "parent", START, rights_from=DAY(2026, 11, 20)),
    Person("alpha", "aunt-alpha", "guardian", DAY(2026, 10, 1), until=DAY(2026, 11, 23)),
    Person("alpha", "cora", "counselor", START, END),
    Person("alpha", "tess", "teacher", START, DAY(2026, 11, 24)),
    Person("omega", "oz-omega", "student", START),
    Person("omega", "mo-omega", "parent", START),
    Person("omega", "cora", "counselor", START, END),
    Person("omega", "spence", "occupational-specialist", DAY(2026, 11, 25), END),
    Person("delta", "di-delta", "student", START),
    Person("delta", "du-delta", "parent", START),
    Person("delta", "da-delta", "parent", START),
    Person("delta", "cora", "counselor", START, END),
)
STAFF = {
    "cora": ("counseling",),
    "tess": ("teaching",),
    "spence": ("occupational",),
    "prin": ("administration",),
    "mana": ("office",),
}
PRINCIPAL, MANAGER = "prin", "mana"  # neither takes part in any plan
REFERRED = DAY(2026, 10, 11)
CUSTODIAN = "nurse"
_SIGNED = DAY(2026, 9, 10)
_FAMILY = ("student", "parent", "guardian")
PAPERS = (
    Paper("alpha", "open-paper", "open", None),
    Paper("alpha", "no-level", "", ("ann-alpha",)),
    Paper(
        "alpha",
        "full-paper",
        "confidential",
        ("ann-alpha",),
        (
            Consent("custodian", CUSTODIAN, ("parent", "counselor"), _SIGNED),
            Consent("parent", "ma-alpha", ("parent", "counselor"), _SIGNED),
        ),
    ),
    Paper("alpha", "no-custodian", "confidential", ("ann-alpha",), (Consent("parent", "ma-alpha", _FAMILY, _SIGNED),)),
    Paper(
        "alpha",
        "changed-paper",
        "confidential",
        ("ann-alpha",),
        (
            Consent("custodian", CUSTODIAN, _FAMILY, _SIGNED, changed=True),
            Consent("parent", "ma-alpha", _FAMILY, _SIGNED),
        ),
    ),
    Paper(
        "omega",
        "own-paper",
        "confidential",
        ("oz-omega",),
        (
            Consent("custodian", CUSTODIAN, ("student", "counselor"), _SIGNED, expires=DAY(2026, 11, 24)),
            Consent("adult-student", "oz-omega", ("student", "counselor"), _SIGNED),
            Consent("parent", "mo-omega", ("student", "counselor"), _SIGNED),
        ),
    ),
    Paper(
        "delta",
        "objected",
        "confidential",
        ("di-delta",),
        (
            Consent("custodian", CUSTODIAN, _FAMILY, _SIGNED),
            Consent("parent", "du-delta", _FAMILY, _SIGNED),
            Consent("parent", "da-delta", _FAMILY, DAY(2026, 11, 25), objects=True),
        ),
    ),
    Paper(
        "delta",
        "revoked-paper",
        "confidential",
        ("di-delta",),
        (
            Consent("custodian", CUSTODIAN, _FAMILY, _SIGNED),
            Consent("parent", "du-delta", _FAMILY, _SIGNED, revoked=DAY(2026, 11, 24)),
        ),
    ),
)


@dataclass
class _Writer:
    root: Path
    canaries: list[Canary] = field(default_factory=list)

    def word(self, student: str, kind: str, entry: str, name: str) -> str:
        """Make a word of letters alone, so that no format can spell it in another way."""
        number, letters = len(self.canaries), ""
        for _ in range(4):
            number, digit = divmod(number, 20)
            letters += "bcdfghjklmnpqrstvwxz"[digit]
        word = f"Qy{letters}ury"
        self.canaries.append(Canary(word, student, kind, entry, name))
        return word

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")


def write_school(root: Path) -> tuple[Canary, ...]:
    """Write the store at `root`; return every canary in it."""
    writer = _Writer(root)
    _school(writer)
    _school_life(writer)
    for student in STUDENTS:
        _student(writer, student)
        _participants(writer, student)
        _year(writer, student)
    for paper in PAPERS:
        _paper(writer, paper)
    return tuple(writer.canaries)


def _school(w: _Writer) -> None:
    year = (
        "- {id: 2026-27, starts: 2026-08-19, ends: 2027-05-28, terms: [{id: fall, title: Fall 2026, "
        "starts: 2026-08-19, ends: 2026-12-18}]}"
    )
    w.write(
        "school.yaml",
        f"format: 1\nname: {w.word('', 'school', '', 'name')}\ndistrict: {w.word('', 'school', '', 'district')}\n"
        f"address: {w.word('', 'school', '', 'address')}\nphone: 435-555-0100\ntime_zone: America/Denver\n"
        f"principal: {PRINCIPAL}\n"
        f"school_manager: {{person: {MANAGER}, appointed_by: {PRINCIPAL}, appointed_on: 2026-07-01}}\n"
        "current_year: 2026-27\nrules: [utah-r277-462]\n"
        f"school_years:\n  {year}\nprivacy: {{archives: [{w.word('', 'school', '', 'privacy').lower()}]}}\n"
        "waivers:\n  - {code: SEP313, file: students/omega/student.yaml, "
        f"reason: {w.word('', 'school', '', 'waivers')}, who: cora, until: 2027-05-28}}\n",
    )
    members = [*STAFF.items(), (CUSTODIAN, ("custodian",))]
    w.write(
        "staff.yaml",
        "staff:\n"
        + "".join(
            f"  - {{id: {id}, name: {id.title()} Staff, position: {w.word('', 'staff', id, 'position')}, "
            f"phone: 435-555-0101, email: {id}@school.example, duties: [{', '.join(duties)}]}}\n"
            for id, duties in members
        ),
    )
    w.write(
        "courses.yaml",
        "courses:\n  - {code: ENG-1, title: English, subject: electives, credits: 1, grades: [8, 9, 12]}\n"
        "  - {code: ART-1, title: Art, subject: electives, credits: 1, grades: [8, 9, 12]}\n",
    )
    w.write(
        "groups/the-group.yaml", f"category: {w.word('', 'group', '', 'category')}\ndate: 2026-10-01\nplace: Hall\n"
    )


def _school_life(w: _Writer) -> None:
    """Write the school's own records, which name no student."""

    def word(kind: str, name: str) -> str:
        return w.word("", kind, "", name)

    w.write(
        "training/first.yaml",
        f"title: {word('training', 'title')}\ndate: 2026-08-12\nhours: 2\nattended: [cora]\n"
        f"topics: [{word('training', 'topics')}]\n",
    )
    w.write(
        "partnerships/shop.yaml",
        f"partner: {word('partnership', 'partner')}\nprogram: {word('partnership', 'program')}\n"
        f"offers: [{word('partnership', 'offers')}]\nsince: 2026-01-01\ncontact: {word('partnership', 'contact')}\n",
    )
    w.write(
        "inventory/sample.md",
        f"---\ntitle: {word('working-plan', 'title')}\nsource: {word('working-plan', 'source')}\n"
        f"grades: [9]\nkind: SEP\n---\n{word('working-plan', 'body')}\n",
    )
    w.write(
        "consultations/talk.md",
        f"---\ndate: 2026-04-01\nwith: {word('consultation', 'with')}\ntopic: {word('consultation', 'topic')}\n"
        f"---\n{word('consultation', 'body')}\n",
    )
    w.write(
        "authorizations/time.yaml",
        f"activity: {word('authorization', 'activity')}\npurpose: {word('authorization', 'purpose')}\n"
        "date: 2026-10-01\nauthorized_by: prin\nauthorized_on: 2026-09-01\n",
    )


def _student(w: _Writer, student: str) -> None:
    own = STUDENTS[student]
    w.write(
        f"students/{student}/student.yaml",
        f"name: {w.word(student, 'student', '', 'name')}\nparticipant: {own}\n"
        f"student_number: {w.word(student, 'student', '', 'student_number')}\nbirth_date: {BIRTHDAYS[student]}\n"
        f"enrolled_on: 2026-08-19\ngrades: {{2026-27: {GRADES[student]}}}\n"
        f"homeroom: {w.word(student, 'student', '', 'homeroom')}\n",
    )


def _participants(w: _Writer, student: str) -> None:
    for person in (each for each in PEOPLE if each.student == student):
        family = person.role in _FAMILY
        at = (student, "participant", person.id)
        name = w.word(*at, "name") if family else f"{person.id.title()} Staff"
        lines = [f"name: {name}", f"role: {person.role}", f"since: {person.since}"]
        lines += [f"until: {person.until}"] if person.until else []
        lines += [f"address: {w.word(*at, 'address')} Street", "phones: [{kind: work, number: 435-555-0109}]"]
        lines += [f"email: {w.word(*at, 'email')}@example.org"]
        if family:
            lines += [f"relation: {w.word(*at, 'relation')}"]
        else:
            lines += [f"position: {w.word(*at, 'position')}", "assigned_by: prin", f"assigned_on: {START}"]
        if person.rights_from:
            lines += [f"rights: {{status: revoked, order: {w.word(*at, 'rights')}, from: {person.rights_from}}}"]
        lines += ["protected_address: true"] if person.protected else []
        w.write(f"students/{student}/participants/{person.id}.yaml", "\n".join(lines) + "\n")


def _year(w: _Writer, student: str) -> None:
    folder, own = f"students/{student}/2026-27", STUDENTS[student]
    parent = next(each.id for each in PEOPLE if each.student == student and each.role == "parent")

    def word(kind: str, name: str, entry: str = "") -> str:
        return w.word(student, kind, entry, name)

    w.write(
        f"{folder}/plan.yaml",
        f"grade: {GRADES[student]}\nprepared_by: [{own}]\nprepared_on: 2026-09-01\n"
        f"aspiration: {word('plan', 'aspiration')}\n"
        f"course_plan: [{{grade: {GRADES[student]}, course: ART-1, title: {word('plan', 'course_plan')}, "
        "subject: electives, "
        f"credits: 1}}]\npost_secondary: [{{institution: {word('plan', 'post_secondary')}, program: Welding, "
        f"cip: '48.05', objectives: [aim]}}]\ncareers: [{{title: {word('plan', 'careers')}, objectives: [aim]}}]\n"
        f"occupational_review: {{by: cora, on: 2026-09-20, note: {word('plan', 'occupational_review')}}}\n"
        f"signatures: [{{person: {own}, on: 2026-09-02, meaning: took-part}}]\n",
    )
    w.write(
        f"{folder}/strengths.md",
        f"---\nby: cora\ndate: 2026-09-03\nachievements: "
        f"[{{what: {word('strengths', 'achievements')}, date: 2026-08-30}}]\n"
        f"added: [{{by: {own}, proposed_on: 2026-09-04, words: {word('strengths', 'added')}}}]\n"
        f"---\n{word('strengths', 'body')}\n",
    )
    w.write(
        f"{folder}/objectives/aim.yaml",
        f"statement: {word('objective', 'statement')}\nkind: occupational\nstatus: on-track\nsuggested_by: {own}\n"
        f"means: [{{what: {word('objective', 'means')}, source: community}}]\n"
        f"steps: [{{what: {word('objective', 'steps')}, who: {parent}, due: 2026-12-12}}]\n"
        f"career: {{title: {word('objective', 'career')}}}\n",
    )
    w.write(
        f"{folder}/progress/note.md",
        f"---\ntitle: {word('progress', 'title', 'note')}\nby: cora\ndate: 2026-10-01\nobjective: aim\n---\n"
        f"{word('progress', 'body', 'note')}\n",
    )
    w.write(
        f"{folder}/registration/fall.yaml",
        "term: fall\nregistered_on: 2026-08-10\nclasses:\n  - {course: ENG-1, credits: 0.5, phone: 435-555-0101, "
        f"title: {word('registration', 'title')}, teacher: {word('registration', 'teacher')}, "
        f"room: {word('registration', 'room')}}}\n",
    )
    w.write(
        f"{folder}/report-card/fall.yaml",
        f"term: fall\nissued_on: 2026-11-10\ngrades: [{{course: ENG-1, title: {word('report-card', 'title')}, "
        "grade: B, "
        f"credits_earned: 0.5, comment: {word('report-card', 'comment')}, "
        f"from_school: {word('report-card', 'from_school')}}}]\n",
    )
    w.write(
        f"{folder}/tests/reading.yaml",
        f"name: {word('test-result', 'name')}\ndate: 2026-09-09\n"
        f"scores: [{{part: {word('test-result', 'part')}, score: 3}}]\n"
        f"note: {word('test-result', 'note')}\n",
    )
    w.write(
        f"{folder}/conferences/meeting.md",
        f"---\nkind: parent-requested\ninvited: [{own}, cora]\nheld_on: 2026-10-10\n"
        f"place: {word('conference', 'place')}\n"
        f"requested_by: {parent}\nrequested_on: 2026-10-02\nanswer: {word('conference', 'answer')}\n"
        f"answered_on: 2026-10-03\n---\n{word('conference', 'body')}\n",
    )
    w.write(
        f"{folder}/requests/tool.yaml",
        f"resource: {word('request', 'resource')}\nreason: {word('request', 'reason')}\nrequested_by: {parent}\n"
        f"referred_on: 2026-10-11\ndecision: {{outcome: deferred, by: prin, on: 2026-10-12, "
        f"reason: {word('request', 'decision')}}}\nlater_decisions: [{{outcome: granted, by: prin, on: 2026-10-19, "
        f"reason: {word('request', 'later_decisions')}}}]\n",
    )
    w.write(
        f"{folder}/requests/wait.yaml",
        f"resource: {word('request', 'resource', 'wait')}\nreason: {word('request', 'reason', 'wait')}\n"
        f"requested_by: {parent}\nreferred_on: {REFERRED}\n",
    )


def _paper(w: _Writer, paper: Paper) -> None:
    folder = f"students/{paper.student}/2026-27/documents"
    name = f"{w.word(paper.student, 'document', paper.id, 'file').lower()}.png"

    def word(field_name: str) -> str:
        return w.word(paper.student, "document", paper.id, field_name)

    content = _picture(word("exif"))
    target = w.root / folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    lines = [f"file: {name}", f"title: {word('title')}", "date: 2026-09-05"]
    lines += [f"level: {paper.level}"] if paper.level else []
    lines += [f"description: {word('description')}", f"alt: {word('alt')}"]
    lines += [f"affects: [{', '.join(paper.affects)}]"] if paper.affects else []
    w.write(f"{folder}/{paper.id}.yaml", "\n".join(lines) + "\n")
    w.write(
        f"students/{paper.student}/2026-27/progress/about-{paper.id}.md",
        f"---\nby: cora\ndate: 2026-10-02\n---\n{word('excerpt')} [see](../documents/{name})\n",
    )
    for number, consent in enumerate(paper.consents):
        digest = hashlib.sha256(content + (b"other" if consent.changed else b"")).hexdigest()
        lines = [
            f"document: 2026-27/{paper.id}",
            f"sha256: {digest}",
            f"signer: {consent.signer}",
            f"capacity: {consent.capacity}",
            f"purpose: {word('purpose')}",
            f"recipients: [{', '.join(consent.recipients)}]",
            f"signed_on: {consent.signed}",
            f"method: {word('method')}",
        ]
        lines += ["answer: objection"] if consent.objects else []
        lines += [f"expires: {consent.expires}"] if consent.expires else []
        lines += [f"revoked_on: {consent.revoked}"] if consent.revoked else []
        w.write(f"students/{paper.student}/consents/{paper.id}-{number}.yaml", "\n".join(lines) + "\n")


def _picture(word: str) -> bytes:
    """Return a small PNG that carries `word` where cameras and scanners write: in a text chunk."""
    plain = io.BytesIO()
    shade = zlib.crc32(word.encode()) % 200
    Image.new("RGB", (8, 8), (shade, 120, 90)).save(plain, "PNG")
    body = b"Comment\0" + word.encode()
    chunk = struct.pack(">I", len(body)) + b"tEXt" + body + struct.pack(">I", zlib.crc32(b"tEXt" + body))
    content = plain.getvalue()
    return content[:33] + chunk + content[33:]
