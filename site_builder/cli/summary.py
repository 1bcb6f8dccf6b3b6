"""One student's file in short, for the staff member who holds the records: as lines, and as data for scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click

from site_builder.cli.console import visible, width
from site_builder.cli.phrases import Phrases
from site_builder.model.credits import Audit, CreditLine, audit
from site_builder.model.gaps import Gap
from site_builder.model.identity import is_family
from site_builder.model.records import Conference, Objective, Participant, ResourceRequest, Student, SupportingDocument
from site_builder.model.store import Store, StudentFile, YearSection

FORMAT_VERSION = 1
_STATUS_COLOURS = {"met": "green", "on-track": "green", "needs-help": "yellow"}


@dataclass(frozen=True, slots=True)
class Summary:
    """A student's file on a day; `year` is its section of the school's current year, or the newest there is."""

    store: Store
    file: StudentFile
    today: dt.date
    year: YearSection | None
    credits: Audit

    @classmethod
    def of(cls, store: Store, file: StudentFile, today: dt.date) -> Summary:
        """Return the summary of `file`."""
        newest = file.years[-1] if file.years else None
        return cls(store, file, today, file.year(store.school.current_year) or newest, audit(store, file, today))

    @property
    def kind(self) -> str:
        """Return `SEOP` with any occupational objective this year, else `SEP` (policy: P31)."""
        objectives = self.year.objectives if self.year else ()
        return "SEOP" if any(each.kind == "occupational" for each in objectives) else "SEP"

    @property
    def grade(self) -> int | None:
        """Return the grade in the school's current year, `None` where the student is not enrolled in it."""
        return self.file.student.grades.get(self.store.school.current_year)

    @property
    def waiting(self) -> tuple[ResourceRequest, ...]:
        """Return the requests of any year that are still to be decided (policy: P29)."""
        return tuple(each for year in self.file.years for each in year.requests if each.is_open)


def lines(summary: Summary, words: Phrases) -> list[str]:
    """Return the summary for a terminal."""
    year = summary.year or YearSection(id="")
    return [
        *_head(summary, words),
        *_section(words.phrase("People"), _people(summary, words), words),
        *_section(words.phrase("Objectives"), [_objective(each, words) for each in year.objectives], words),
        *_section(words.phrase("Credits"), _credits(summary.credits, words), words),
        *_section(words.phrase("Conferences"), _conferences(year, words), words),
        *_section(words.phrase("Open requests"), [_request(each, words) for each in summary.waiting], words),
        *_section(words.phrase("Papers"), _papers(summary.file, words), words),
    ]


def _head(summary: Summary, words: Phrases) -> list[str]:
    student, year = summary.file.student, summary.store.school.current_year
    name = student.name if not student.preferred_name else f"{student.name} ({student.preferred_name})"
    grade = words.phrase("grade {}", summary.grade) if summary.grade else words.phrase("not enrolled in {}", year)
    facts = [grade, words.term(summary.kind), year, words.phrase("number {}", student.student_number)]
    facts.append(words.phrase("born {}", words.day(student.birth_date)))
    if student.left_on is not None:
        facts.append(words.phrase("left {}", words.day(student.left_on)))
    return [click.style(visible(name), bold=True), visible(", ".join(facts)), f"students/{summary.file.id}"]


def _section(title: str, rows: list[tuple[str, ...]], words: Phrases) -> list[str]:
    """Return a heading and rows in aligned columns; the last column is free."""
    if not rows:
        return ["", click.style(title, bold=True), f"  {words.phrase('nothing')}"]
    return ["", click.style(title, bold=True), *_aligned(rows)]


def _aligned(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [visible(cell) + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=False)]
        yield ("  " + "  ".join([*cells, visible(row[-1])])).rstrip()


def _people(summary: Summary, words: Phrases) -> list[tuple[str, ...]]:
    today = summary.today
    order = sorted(
        summary.file.participants,
        key=lambda each: (
            bool(each.until and each.until < today),
            each.role != "student",
            not is_family(each),
            each.name,
        ),
    )
    return [_person(each, today, words) for each in order]


def _person(person: Participant, today: dt.date, words: Phrases) -> tuple[str, ...]:
    notes = []
    if person.since > today:
        notes.append(f"{words.phrase('not yet')}: {words.phrase('since {}', words.day(person.since))}")
    elif person.until is not None and person.until < today:
        notes.append(f"{words.phrase('not any more')}: {words.phrase('until {}', words.day(person.until))}")
    if person.rights.status != "full":
        notes.append(words.phrase("rights changed by a court order"))
    if person.protected_address:
        notes.append(words.phrase("protected address: pass nothing on"))
    phone = person.phones[0].number if person.phones and not person.protected_address else "-"
    return person.name, person.relation or words.word("role", person.role), phone, "; ".join(notes)


def _objective(objective: Objective, words: Phrases) -> tuple[str, ...]:
    done = sum(each.done_on is not None for each in objective.steps)
    parts = [words.phrase("steps done: {} of {}", done, len(objective.steps))]
    if not objective.steps:
        parts = [words.phrase("no steps yet")]
    if objective.beyond_school_means:
        parts.append(words.phrase("beyond the school's means"))
    return words.word("status", objective.status), f"{objective.statement} ({', '.join(parts)})"


def _credits(credits: Audit, words: Phrases) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for line in credits.lines:
        amounts = [words.number(each) for each in (line.earned, line.required, line.in_progress, line.planned)]
        stated = words.phrase("{} of {} earned, {} in progress, {} planned", *amounts)
        rows.append((words.messages.translated(line.title), stated, _missing(line, credits, words)))
    return rows


def _missing(line: CreditLine, credits: Audit, words: Phrases) -> str:
    """Say what a subject lacks, and by when the first of it must begin (policy: P3)."""
    first = next((each for each in credits.gaps if each.subject == line.subject), None)
    if first is None:
        return ""
    said = words.phrase("{} without a course", words.number(line.missing))
    if first.grade is None and credits.unrecorded:
        grades = ", ".join(map(str, credits.unrecorded))
        return f"{said}: {words.phrase('the credits of grade {} at another school are not entered yet', grades)}"
    if first.grade is None:
        return f"{said}: {words.phrase('too few courses are left for it')}"
    return f"{said}, {words.phrase('begin by grade {}, {}', first.grade, words.word('term', first.term))}"


def _conferences(year: YearSection, words: Phrases) -> list[tuple[str, ...]]:
    newest_first = sorted(year.conferences, key=_conference_day, reverse=True)
    return [(words.word("conference", each.kind), _stage(each, words)) for each in newest_first]


def _conference_day(conference: Conference) -> dt.date:
    days = (conference.held_on, conference.scheduled_on, conference.offered_on, conference.requested_on)
    return next((each for each in days if each is not None), dt.date.min)


def _stage(conference: Conference, words: Phrases) -> str:
    """Say how far a conference has come: held, declined, to be held on a day, or offered only."""
    if conference.held_on:
        return words.phrase("held {}", words.day(conference.held_on))
    if conference.declined_on:
        return words.phrase("declined {}", words.day(conference.declined_on))
    if conference.scheduled_on:
        parts = [words.phrase("on {}", words.day(conference.scheduled_on)), conference.time, conference.place]
        return ", ".join(each for each in parts if each)
    if conference.offered_on:
        return words.phrase("offered {}, no date yet", words.day(conference.offered_on))
    if conference.requested_on:
        return words.phrase("asked for {}, no date yet", words.day(conference.requested_on))
    return words.phrase("no date yet")


def _request(request: ResourceRequest, words: Phrases) -> tuple[str, ...]:
    return request.resource, words.phrase("referred {}", words.day(request.referred_on))


def _papers(file: StudentFile, words: Phrases) -> list[tuple[str, ...]]:
    papers = [(year.id, each) for year in reversed(file.years) for each in year.documents]
    return [(words.phrase(_level(paper)), year, paper.title) for year, paper in papers]


def _level(paper: SupportingDocument) -> str:
    """Return the level; whatever is not open is confidential (policy: P36)."""
    return "open" if paper.level == "open" else "confidential"


def as_data(summary: Summary) -> dict[str, Any]:
    """Return the summary as plain data; dates as `2026-11-24`, credits as numbers, the choice words of the files."""
    year = summary.year or YearSection(id="")
    return {
        "format_version": FORMAT_VERSION,
        "student": _student_data(summary, summary.file.student),
        "people": [_person_data(each) for each in summary.file.participants],
        "objectives": [_objective_data(each) for each in year.objectives],
        "credits": [
            {
                "subject": each.subject,
                "required": each.required,
                "earned": each.earned,
                "in_progress": each.in_progress,
                "planned": each.planned,
                "missing": each.missing,
            }
            for each in summary.credits.lines
        ],
        "missing_credits": [_gap_data(each) for each in summary.credits.gaps],
        "transferred_credits": summary.credits.transferred,
        "grades_to_enter": list(summary.credits.unrecorded),
        "course_problems": [
            {"kind": each.kind, "course": each.course, "grade": each.grade, "term": each.term, "needs": each.needs}
            for each in summary.credits.problems
        ],
        "conferences": [_conference_data(each) for each in year.conferences],
        "open_requests": [
            {"id": each.id, "resource": each.resource, "referred_on": each.referred_on.isoformat()}
            for each in summary.waiting
        ],
        "papers": [
            {"id": f"{section.id}/{each.id}", "title": each.title, "level": _level(each)}
            for section in summary.file.years
            for each in section.documents
        ],
    }


def _gap_data(gap: Gap) -> dict[str, Any]:
    return {
        "subject": gap.subject,
        "choice": gap.choice,
        "credits": gap.credits,
        "begin_by": None if gap.grade is None else {"grade": gap.grade, "term": gap.term},
        "courses": [each.code for each in gap.courses],
    }


def _student_data(summary: Summary, student: Student) -> dict[str, Any]:
    return {
        "id": summary.file.id,
        "name": student.name,
        "preferred_name": student.preferred_name,
        "student_number": student.student_number,
        "birth_date": student.birth_date.isoformat(),
        "grade": summary.grade,
        "year": summary.year.id if summary.year else None,
        "kind": summary.kind,
    }


def _person_data(person: Participant) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "since": person.since.isoformat(),
        "until": _iso(person.until),
        "phones": [] if person.protected_address else [each.number for each in person.phones],
        "rights": person.rights.status,
        "protected_address": person.protected_address,
    }


def _objective_data(objective: Objective) -> dict[str, Any]:
    return {
        "id": objective.id,
        "statement": objective.statement,
        "kind": objective.kind,
        "status": objective.status,
        "steps": len(objective.steps),
        "steps_done": sum(each.done_on is not None for each in objective.steps),
    }


def _conference_data(conference: Conference) -> dict[str, Any]:
    return {
        "id": conference.id,
        "kind": conference.kind,
        "offered_on": _iso(conference.offered_on),
        "scheduled_on": _iso(conference.scheduled_on),
        "held_on": _iso(conference.held_on),
        "declined_on": _iso(conference.declined_on),
    }


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
