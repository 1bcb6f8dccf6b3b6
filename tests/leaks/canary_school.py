"""A school in which every text is a word that occurs nowhere else, so that a leak names itself.

`write_school` writes the store and returns its canaries: each word with the file and field where it stands. What access
depends on (who takes part when, which document has which consents) stands in the tables of `facts`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.leaks.canary_files import SUFFIXES, document
from tests.leaks.facts import (
    END,
    FAMILY,
    MANAGER,
    OLD,
    PRINCIPAL,
    REFERRED,
    SCHOOL_YEARS,
    SMALL,
    START,
    Canary,
    Facts,
    Paper,
    Person,
    Pupil,
    Size,
    school_of,
)

_LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True, eq=False)
class Written:
    """A written school: its words, and what decides who sees them."""

    root: Path
    canaries: tuple[Canary, ...]
    facts: Facts


@dataclass
class _Writer:
    root: Path
    facts: Facts
    canaries: list[Canary] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def word(self, student: str, kind: str, entry: str, name: str) -> str:
        """Make a word of letters alone, so that no format can spell it in another way."""
        number, letters = self.made, ""
        self.made += 1
        for _ in range(4):
            number, digit = divmod(number, len(_LETTERS))
            letters += _LETTERS[digit]
        word = f"Qy{letters}ury"
        self.canaries.append(Canary(word, student, kind, entry, name))
        return word

    def write(self, path: str, student: str, content: dict[str, Any], body: str | None = None) -> None:
        """Write a YAML file, or Markdown where it has a `body`, with a comment that is for nobody."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        comment = f"# {self.word(student, '', path, 'comment')}\n"
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000)
        text = comment + text if body is None else f"---\n{comment}{text}---\n{body}\n"
        target.write_text(text, "utf-8", newline="\n")


def write_school(root: Path, size: Size = SMALL) -> Written:
    """Write the store at `root`; the same size gives the same bytes."""
    writer = _Writer(root, school_of(size))
    _staff(writer)
    _school(writer)
    _template(writer)
    _school_life(writer)
    for pupil in writer.facts.pupils.values():
        _student(writer, pupil)
        _participants(writer, pupil.id)
        for back, year in enumerate(SCHOOL_YEARS[: size.years]):
            if pupil.grade - back >= 7:
                _year(writer, pupil, year, pupil.grade - back, newest=back == 0)
    for paper in writer.facts.papers:
        _paper(writer, paper)
    return Written(root, tuple(writer.canaries), writer.facts)


def _school(w: _Writer) -> None:
    def word(name: str) -> str:
        return w.word("", "school", "", name)

    years = [
        {
            "id": year,
            "starts": f"{year[:4]}-08-{19 if year == '2026-27' else 20}",
            "ends": f"20{year[5:]}-05-28",
            "terms": [
                {
                    "id": "fall",
                    "title": word("school_years"),
                    "starts": f"{year[:4]}-08-20",
                    "ends": f"{year[:4]}-12-18",
                }
            ],
        }
        for year in reversed(SCHOOL_YEARS)
    ]
    waiver: dict[str, Any] = {
        "code": "SEP313",
        "file": "students/omega/student.yaml",
        "reason": word("waivers"),
        "who": "cora",
        "until": END.isoformat(),
    }
    content: dict[str, Any] = {
        "format": 1,
        **{name: word(name) for name in ("name", "district", "address")},
        "phone": "435-555-0100",
        "email": f"{word('email')}@example.org",
        "time_zone": "America/Denver",
        "principal": PRINCIPAL,
        "school_manager": {"person": MANAGER, "appointed_by": PRINCIPAL, "appointed_on": "2026-07-01"},
        "current_year": "2026-27",
        "school_years": years,
        "privacy": {"archives": [word("privacy").lower()]},
        "labels": {"SEOP": word("labels")},
        "waivers": [waiver],
    }
    w.write("school.yaml", "", content)


def _staff(w: _Writer) -> None:
    members = []
    for id, member in w.facts.staff.items():
        w.names[id] = w.word("", "staff", id, "name")
        each: dict[str, Any] = {"id": id, "name": w.names[id], "position": w.word("", "staff", id, "position")}
        each |= {"phone": "435-555-0101", "email": f"{w.word('', 'staff', id, 'email')}@school.example"}
        each |= {"duties": list(member.duties)} | ({"until": member.until.isoformat()} if member.until else {})
        members.append(each)
    w.write("staff.yaml", "", {"staff": members})
    courses = [
        {"code": code, "title": w.word("", "courses", code, "courses"), "subject": "electives", "credits": 1}
        | {"grades": [7, 8, 9, 10, 11, 12]}
        for code in ("ENG-1", "ART-1")
    ]
    w.write("courses.yaml", "", {"courses": courses})


def _template(w: _Writer) -> None:
    def word(name: str) -> str:
        return w.word("", "program", "", name)

    choice = {"title": word("requirements"), "one_of": ["ENG-1"], "credits": 1}
    requirement: dict[str, Any] = {
        "subject": "electives",
        "title": word("requirements"),
        "credits": 2,
        "choices": [choice],
    }
    version = word("version")
    content: dict[str, Any] = {
        "version": version,
        "title": word("title"),
        "adopted_on": "2026-08-01",
        "requirements": [requirement],
    }
    content |= {"steps": [{"grade": grade, "steps": [word("steps")]} for grade in range(7, 13)]}
    w.write("template/program.yaml", "", content)
    w.write("template/guidelines.md", "", {"version": version}, w.word("", "guidelines", "", "body"))
    w.names["version"] = version


def _school_life(w: _Writer) -> None:
    """Write the school's own records, which name no student."""

    def word(kind: str, name: str) -> str:
        return w.word("", kind, "", name)

    group: dict[str, Any] = {
        "category": word("group", "category"),
        "date": "2026-10-01",
        "place": word("group", "place"),
    }
    w.write("groups/the-group.yaml", "", group | {"staff": ["cora"]})
    training: dict[str, Any] = {
        "title": word("training", "title"),
        "date": "2026-08-12",
        "hours": 2,
        "attended": ["cora"],
    }
    w.write("training/first.yaml", "", training | {"topics": [word("training", "topics")]})
    shop: dict[str, Any] = {"partner": word("partnership", "partner"), "program": word("partnership", "program")}
    shop |= {"offers": [word("partnership", "offers")], "since": "2026-01-01"}
    w.write("partnerships/shop.yaml", "", shop | {"contact": word("partnership", "contact")})
    plan: dict[str, Any] = {
        "title": word("working-plan", "title"),
        "source": word("working-plan", "source"),
        "grades": [9],
    }
    w.write("inventory/sample.md", "", plan | {"kind": "SEP"}, word("working-plan", "body"))
    talk: dict[str, Any] = {
        "date": "2026-04-01",
        "with": word("consultation", "with"),
        "topic": word("consultation", "topic"),
    }
    w.write("consultations/talk.md", "", talk, word("consultation", "body"))
    time: dict[str, Any] = {"activity": word("authorization", "activity"), "purpose": word("authorization", "purpose")}
    time |= {"date": "2026-10-01", "authorized_by": "prin", "authorized_on": "2026-09-01"}
    w.write("authorizations/time.yaml", "", time)
    letter: dict[str, Any] = {
        "school_year": "2026-27",
        "by": word("contribution", "by"),
        "title": word("contribution", "title"),
    }
    w.write("reports/letter.md", "", letter, word("contribution", "body"))


def _student(w: _Writer, pupil: Pupil) -> None:
    w.canaries.append(Canary(pupil.id, pupil.id, "student", "", "id"))

    def word(name: str, kind: str = "student") -> str:
        return w.word(pupil.id, kind, "", name)

    grades = {year: pupil.grade - back for back, year in enumerate(SCHOOL_YEARS) if pupil.grade - back >= 7}
    content: dict[str, Any] = {
        "name": word("name"),
        "preferred_name": word("preferred_name"),
        "participant": pupil.own,
        "student_number": word("student_number"),
        "birth_date": pupil.birthday.isoformat(),
        "enrolled_on": OLD.isoformat(),
        "grades": grades,
        "homeroom": word("homeroom"),
    }
    content |= {"independence": "emancipated"} if pupil.emancipated else {}
    content |= {"dependent_for_tax": True} if pupil.dependent else {}
    w.write(f"students/{pupil.id}/student.yaml", pupil.id, content)
    given: dict[str, Any] = {name: word(name, "disclosure") for name in ("what", "to", "purpose", "basis", "law")}
    given |= {"on": "2026-10-01", "by": "mana"}
    w.write(f"students/{pupil.id}/disclosures/2026-10-01-office.yaml", pupil.id, given)
    for consent in (each for each in w.facts.shared if each.capacity == pupil.id):
        terms: dict[str, Any] = {"document": "file", "signer": consent.signer, "capacity": "adult-student"}
        terms |= {"purpose": w.word(pupil.id, "consent", "", "purpose"), "recipients": [*consent.recipients, "a-shop"]}
        terms |= {"third_parties": [{"id": "a-shop", "name": w.word(pupil.id, "consent", "", "third_parties")}]}
        terms |= {"parts": ["strengths"]}
        terms |= {"signed_on": consent.signed.isoformat(), "method": w.word(pupil.id, "consent", "", "method")}
        terms |= {"expires": consent.expires.isoformat()} if consent.expires else {}
        w.write(f"students/{pupil.id}/consents/whole-file.yaml", pupil.id, terms)


def _participants(w: _Writer, student: str) -> None:
    own = [each for each in w.facts.people if each.student == student]
    homes = {
        each.id: f"{w.word(student, 'participant', each.id, 'address')} Street"
        for each in own
        if not each.lives_with and not _elsewhere(w, each)
    }
    for person in own:
        _participant(w, person, homes.get(person.lives_with or person.id, ""))


def _elsewhere(w: _Writer, person: Person) -> str:
    """Return the folder of a student who takes part in another student's plan: one id is one person."""
    return next((x.id for x in w.facts.pupils.values() if x.own == person.id and x.id != person.student), "")


def _participant(w: _Writer, person: Person, address: str) -> None:
    at = (person.student, "participant", person.id)
    family = person.role in FAMILY
    other = _elsewhere(w, person)
    for part in ("name", "email"):
        key = f"{other or person.student} {person.id} {part}"
        if key not in w.names and (family or part == "email"):
            w.names[key] = w.word(other or person.student, "participant", person.id, part)
    key = f"{other or person.student} {person.id}"
    content: dict[str, Any] = {"name": w.names[f"{key} name" if family else person.id]}
    content |= {"role": person.role}
    content |= {"since": person.since.isoformat()} | ({"until": person.until.isoformat()} if person.until else {})
    content |= {"address": address} if address else {}
    content |= {"phones": [{"kind": "work", "number": "435-555-0109"}]}
    content |= {"email": f"{w.names[f'{key} email']}@example.org"}
    if family:
        content |= {"relation": w.word(*at, "relation")} if not other else {}
    else:
        assigned = (person.assigned or person.since).isoformat()
        content |= {"position": w.word(*at, "position"), "assigned_by": "prin", "assigned_on": assigned}
    if person.rights_from:
        order = w.word(*at, "rights")
        content |= {"rights": {"status": "revoked", "order": order, "from": person.rights_from.isoformat()}}
    content |= {"protected_address": True} if person.protected else {}
    w.write(f"students/{person.student}/participants/{person.id}.yaml", person.student, content)


def _year(w: _Writer, pupil: Pupil, year: str, grade: int, *, newest: bool) -> None:
    folder, own = f"students/{pupil.id}/{year}", pupil.own
    parent = w.facts.asker(pupil.id)
    staff = next((p.id for p in w.facts.people if (p.student, p.id) == (pupil.id, "cora")), own)
    fall = f"{year[:4]}-"

    def word(kind: str, name: str, entry: str = "") -> str:
        return w.word(pupil.id, kind, entry, name)

    def write(path: str, content: dict[str, Any], body: str | None = None) -> None:
        w.write(f"{folder}/{path}", pupil.id, content, body)

    def name(kind: str, entry: str = "") -> str:
        return word(kind, "id", entry).lower()

    aim = name("objective")
    course: dict[str, Any] = {
        "grade": grade,
        "course": "ART-1",
        "title": word("plan", "course_plan"),
        "subject": "electives",
    }
    program: dict[str, Any] = {part: word("plan", "post_secondary") for part in ("institution", "program", "note")}
    plan: dict[str, Any] = {"grade": grade, "prepared_by": [own], "prepared_on": f"{fall}09-01"}
    plan |= {"template_version": w.names["version"]} if newest else {}
    plan |= {"aspiration": word("plan", "aspiration"), "course_plan": [course | {"credits": 1}]}
    plan |= {"post_secondary": [program | {"cip": "48.05", "objectives": [aim]}]}
    plan |= {"careers": [{part: word("plan", "careers") for part in ("title", "note")} | {"objectives": [aim]}]}
    plan |= {"occupational_review": {"by": staff, "on": f"{fall}09-20", "note": word("plan", "occupational_review")}}
    plan |= {"signatures": [{"person": own, "on": f"{fall}09-02", "meaning": "took-part"}]}
    write("plan.yaml", plan)
    added = {"by": own, "proposed_on": f"{fall}09-04", "words": word("strengths", "added")}
    achievement = {"what": word("strengths", "achievements"), "date": f"{fall}08-30"}
    strengths: dict[str, Any] = {"by": staff, "date": f"{fall}09-03", "achievements": [achievement], "added": [added]}
    write("strengths.md", strengths, word("strengths", "body"))
    means = [{"what": word("objective", "means"), "source": "community", "partnership": "shop"}]
    objective: dict[str, Any] = {
        "statement": word("objective", "statement"),
        "kind": "occupational",
        "status": "on-track",
    }
    objective |= {"suggested_by": own, "means": means, "career": {"title": word("objective", "career")}}
    step: dict[str, Any] = {"what": word("objective", "steps"), "who": parent, "due": f"{fall}12-12"}
    write(f"objectives/{aim}.yaml", objective | {"steps": [step]})
    if not pupil.sound:
        write("objectives/broken.yaml", {"statement": word("objective", "statement"), "kind": "no such kind"})
    note: dict[str, Any] = {"title": word("progress", "title"), "by": staff, "date": f"{fall}10-01", "objective": aim}
    write(f"progress/{name('progress')}.md", note, word("progress", "body"))
    _terms(write, word, fall)
    meeting: dict[str, Any] = {"kind": "parent-requested", "invited": sorted({own, staff}), "held_on": f"{fall}10-10"}
    meeting |= {"place": word("conference", "place"), "requested_by": parent, "requested_on": f"{fall}10-02"}
    meeting |= {"answer": word("conference", "answer"), "answered_on": f"{fall}10-03"}
    write(f"conferences/{name('conference')}.md", meeting, word("conference", "body"))
    _requests(write, word, parent, fall, newest=newest)


def _terms(write: Any, word: Any, fall: str) -> None:
    """Write what each term brings: classes, grades and tests."""
    each: dict[str, Any] = {"course": "ENG-1", "credits": 0.5, "phone": "435-555-0101"}
    each |= {part: word("registration", "classes") for part in ("title", "teacher", "room")}
    write("registration/fall.yaml", {"term": "fall", "registered_on": f"{fall}08-10", "classes": [each]})
    grade: dict[str, Any] = {
        part: word("report-card", "grades") for part in ("title", "grade", "comment", "from_school")
    }
    grade |= {"course": "ENG-1", "credits_earned": 0.5}
    card: dict[str, Any] = {"term": "fall", "issued_on": f"{fall}11-10", "grades": [grade]}
    write("report-card/fall.yaml", card | {"from_school": word("report-card", "from_school")})
    score = {"part": word("test-result", "scores"), "score": 3, "scale": word("test-result", "scores")}
    test: dict[str, Any] = {"name": word("test-result", "name"), "date": f"{fall}09-09", "scores": [score]}
    write(f"tests/{word('test-result', 'id').lower()}.yaml", test | {"note": word("test-result", "note")})


def _requests(write: Any, word: Any, parent: str, fall: str, *, newest: bool) -> None:
    tool = "tool" if newest else ""

    def answer(outcome: str, day: str, name: str) -> dict[str, Any]:
        return {"outcome": outcome, "by": "prin", "on": f"{fall}{day}", "reason": word("request", name, tool)}

    asked: dict[str, Any] = {part: word("request", part, tool) for part in ("resource", "reason")} | {
        "requested_by": parent
    }
    asked |= {"referred_on": f"{fall}10-11", "decision": answer("deferred", "10-12", "decision")}
    asked |= {"later_decisions": [answer("granted", "10-19", "later_decisions")]}
    write(f"requests/{word('request', 'id', tool).lower()}.yaml", asked)
    if newest:
        wait = {part: word("request", part, "wait") for part in ("resource", "reason")}
        wait |= {"requested_by": parent, "referred_on": REFERRED.isoformat()}
        write(f"requests/{word('request', 'id', 'wait').lower()}.yaml", wait)


def _paper(w: _Writer, paper: Paper) -> None:
    folder = f"students/{paper.student}/2026-27"

    def word(field_name: str) -> str:
        return w.word(paper.student, "document", paper.id, field_name)

    id, name = word("id").lower(), f"{word('file').lower()}{SUFFIXES[paper.form]}"
    content = document(paper.form, word)
    target = w.root / folder / "documents" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    description: dict[str, Any] = {"file": name, "title": word("title"), "date": "2026-09-05"}
    description |= {"level": paper.level} if paper.level else {}
    description |= {"description": word("description")}
    description |= {"alt": word("alt")} if paper.form in ("png", "jpg") else {}
    description |= {"affects": list(paper.affects)} if paper.affects else {}
    description |= {"affects": "none", "custodian_reason": word("custodian_reason")} if paper.nobody else {}
    w.write(f"{folder}/documents/{id}.yaml", paper.student, description)
    note: dict[str, Any] = {"title": word("excerpt"), "by": w.facts.pupils[paper.student].own, "date": "2026-10-02"}
    words = f"{word('excerpt')} [see](../documents/{name})"
    w.write(f"{folder}/progress/{word('id').lower()}.md", paper.student, note, words)
    for number, consent in enumerate(paper.consents):
        terms: dict[str, Any] = {
            "document": f"2026-27/{id}",
            "sha256": hashlib.sha256(content + (b"other" if consent.changed else b"")).hexdigest(),
            "signer": consent.signer,
            "capacity": consent.capacity,
            "purpose": word("purpose"),
            "recipients": list(consent.recipients),
            "signed_on": consent.signed.isoformat(),
            "method": word("method"),
        }
        terms |= {"answer": "objection"} if consent.objects else {}
        terms |= {"expires": consent.expires.isoformat()} if consent.expires else {}
        terms |= {"revoked_on": consent.revoked.isoformat()} if consent.revoked else {}
        w.write(f"students/{paper.student}/consents/{id}-{number}.yaml", paper.student, terms)


__all__ = ["MANAGER", "PRINCIPAL", "START", "Canary", "Written", "write_school"]
