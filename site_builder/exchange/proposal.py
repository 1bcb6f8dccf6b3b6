"""A proposal: what somebody wrote in the offline form, as the values that a checked file holds (policy: P5, P19)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from site_builder.base.form_token import HandedOut
from site_builder.source.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step to add; `due` is the day by which it is to be done."""

    what: str
    due: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """A step that stands and is done: its number in the objective, from 1, and its words."""

    number: int
    what: str
    done_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What is added to the objective `id` that stands in the plan."""

    id: str
    done: tuple[StepDone, ...] = ()
    steps: tuple[NewStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObjective:
    """An objective that is suggested; `means` are pairs of what helps and where it comes from."""

    statement: str
    kind: str
    means: tuple[tuple[str, str], ...] = ()
    steps: tuple[NewStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCareer:
    """A career to look at."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProgram:
    """A program after graduation to look at."""

    institution: str
    program: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWish:
    """A course of the catalogue, and the grade in which the student would take it."""

    course: str
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on progress; `objective` is the id of the one it is about, or empty."""

    words: str
    title: str = ""
    objective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal. `made_on` is what the other device's clock said; `sha256` is that of what it proposes."""

    handed_out: HandedOut
    key: str
    seal: str
    made_on: dt.date
    language: str
    draft: bool
    sha256: str
    aspiration: str = ""
    strengths: str = ""
    additions: tuple[Additions, ...] = ()
    objectives: tuple[NewObjective, ...] = ()
    careers: tuple[NewCareer, ...] = ()
    programs: tuple[NewProgram, ...] = ()
    courses: tuple[CourseWish, ...] = ()
    note: Note | None = None


def proposal_of(document: Document) -> Proposal:
    """Return the proposal that `document` holds; it must have passed the schema `proposal`."""
    data = cast("dict[str, Any]", document.data)
    form, parts = data["form"], data["parts"]
    note = parts.get("progress")
    return Proposal(
        handed_out=HandedOut(
            school=form["school"],
            participant=form["participant"],
            student=form["student"],
            year=form["year"],
            on=dt.date.fromisoformat(form["on"]),
            base=form["base"],
        ),
        key=form["key"],
        seal=form["seal"],
        made_on=dt.date.fromisoformat(data["made_on"]),
        language=data["language"],
        draft=data.get("draft", False),
        sha256=hashlib.sha256(document.text.strip().encode()).hexdigest(),
        aspiration=parts.get("aspiration", "").strip(),
        strengths=parts.get("strengths", "").strip(),
        additions=tuple(
            Additions(
                id=each["id"],
                done=tuple(
                    StepDone(number=one["step"], what=one["what"], done_on=dt.date.fromisoformat(one["done_on"]))
                    for one in each.get("done", ())
                ),
                steps=_steps(each.get("add", ())),
            )
            for each in parts.get("objectives", ())
        ),
        objectives=tuple(
            NewObjective(
                statement=_line(each["statement"]),
                kind=each["kind"],
                means=tuple((_line(one["what"]), one["source"]) for one in each.get("means", ())),
                steps=_steps(each.get("steps", ())),
            )
            for each in parts.get("new_objectives", ())
        ),
        careers=tuple(
            NewCareer(title=_line(each["title"]), note=_line(each.get("note", ""))) for each in parts.get("careers", ())
        ),
        programs=tuple(
            NewProgram(
                institution=_line(each["institution"]), program=_line(each["program"]), note=_line(each.get("note", ""))
            )
            for each in parts.get("programs", ())
        ),
        courses=tuple(CourseWish(course=each["course"], grade=each["grade"]) for each in parts.get("courses", ())),
        note=Note(words=note["words"].strip(), title=_line(note.get("title", "")), objective=note.get("objective", ""))
        if note
        else None,
    )


def _steps(entries: Iterable[Mapping[str, Any]]) -> tuple[NewStep, ...]:
    return tuple(
        NewStep(what=_line(each["what"]), due=dt.date.fromisoformat(each["due"]) if "due" in each else None)
        for each in entries
    )


def _line(text: str) -> str:
    """Return words that stand on one line, without spaces at either end."""
    return " ".join(text.split())
