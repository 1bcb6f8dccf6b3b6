"""A proposal held against the plan as it stands: part by part, what it would add or change (policy: P5, P18, P19).

Nothing is taken over words that have changed since the form was made: such a part is `changed`. What stands already,
or was taken from this very file before, is no news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from site_builder.exchange.proposal import Additions, NewObjective, NewStep, Proposal
from site_builder.model.records import CourseCatalog, Objective
from site_builder.model.store import StudentFile, YearSection


class State(StrEnum):
    """What can become of a part."""

    NEW = "new"
    STANDS = "stands"
    TAKEN = "taken"
    CHANGED = "changed"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a proposal: `now` and `proposed` are lines of words, `why` says what keeps it from being taken."""

    key: str
    title: str
    state: State
    now: tuple[str, ...]
    proposed: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What a proposal is held against: the student's file and year, how its parts stand now, and the day."""

    file: StudentFile
    year: YearSection
    base: Mapping[str, str]
    courses: CourseCatalog
    today: dt.date

    @property
    def own_words(self) -> str:
        """Return the student's own id: only the student says where the student wants to go."""
        return self.file.student.participant


def compare(proposal: Proposal, against: Against) -> tuple[Part, ...]:
    """Return the parts of `proposal` in the order of the form."""
    return tuple(_settled(each, proposal, against) for each in _parts(proposal, against))


def _parts(proposal: Proposal, against: Against) -> Iterator[Part]:
    if proposal.aspiration:
        yield _aspiration(proposal, against)
    if proposal.strengths:
        yield _strengths(proposal, against)
    for each in proposal.additions:
        yield _additions(each, against)
    for number, new in enumerate(proposal.objectives, start=1):
        yield _objective(number, new, proposal, against)
    if proposal.careers:
        yield _careers(proposal, against)
    if proposal.programs:
        yield _programs(proposal, against)
    if proposal.courses:
        yield _courses(proposal, against)
    if proposal.note is not None:
        yield _note(proposal, against)


def _settled(part: Part, proposal: Proposal, against: Against) -> Part:
    """Return the part with its state, as far as the year's list of taken proposals and the base decide it."""
    taken = against.year.plan.proposals if against.year.plan is not None else ()
    before = next((each for each in taken if each.sha256 == proposal.sha256 and part.key in each.parts), None)
    if before is not None:
        return _with(part, State.TAKEN, f"taken from this file on {before.taken_on}")
    if part.state is not State.NEW or part.key not in {*against.base, *proposal.handed_out.base}:
        return part
    if against.base.get(part.key) != proposal.handed_out.base.get(part.key):
        return _with(part, State.CHANGED, f"this part has changed since the form was made on {proposal.handed_out.on}")
    return part


def _with(part: Part, state: State, why: str) -> Part:
    return Part(key=part.key, title=part.title, state=state, now=part.now, proposed=part.proposed, why=why)


def _aspiration(proposal: Proposal, against: Against) -> Part:
    stands = (against.year.plan.aspiration or "") if against.year.plan else ""
    state, why = (State.STANDS if _like(stands) == _like(proposal.aspiration) else State.NEW), ""
    if proposal.handed_out.participant != against.own_words:
        state, why = State.IMPOSSIBLE, "only the student's own form asks for it"
    return Part(
        key="aspiration",
        title="Where the student wants to go",
        state=state,
        now=_lines(stands),
        proposed=_lines(proposal.aspiration),
        why=why,
    )


def _strengths(proposal: Proposal, against: Against) -> Part:
    strengths = against.year.strengths
    said = [each.words for each in strengths.added] if strengths else []
    body = strengths.origin.body.strip() if strengths else ""
    stands = any(_like(each) == _like(proposal.strengths) for each in (body, *said))
    return Part(
        key="strengths",
        title="Strengths, added to what stands" if body or said else "Strengths",
        state=State.STANDS if stands else State.NEW,
        now=(*_paragraphs(body), *(line for each in said for line in _lines(each))),
        proposed=_lines(proposal.strengths),
    )


def _additions(added: Additions, against: Against) -> Part:
    objective = next((each for each in against.year.objectives if each.id == added.id), None)
    proposed = (*(f"done on {each.done_on}: {each.what}" for each in added.done), *map(_step_line, added.steps))
    title = f"Steps of “{objective.statement}”" if objective else f"Steps of the objective `{added.id}`"
    state, why = _state_of_additions(added, objective, against)
    now = tuple(_standing_step(each.what, each.done_on) for each in objective.steps) if objective else ()
    return Part(key=f"objective-{added.id}", title=title, state=state, now=now, proposed=proposed, why=why)


def _state_of_additions(added: Additions, objective: Objective | None, against: Against) -> tuple[State, str]:
    if objective is None:
        return State.IMPOSSIBLE, "there is no such objective in this year any more"
    for each in added.done:
        if each.done_on > against.today:
            return State.IMPOSSIBLE, f"{each.done_on} is still to come, so the step cannot be done"
    numbers = {each.number: each for each in added.done}
    ticked = all(
        number <= len(objective.steps)
        and _like(objective.steps[number - 1].what) == _like(each.what)
        and objective.steps[number - 1].done_on is not None
        for number, each in numbers.items()
    )
    there = {_like(each.what) for each in objective.steps}
    if ticked and all(_like(each.what) in there for each in added.steps):
        return State.STANDS, ""
    for number, each in numbers.items():
        if number > len(objective.steps) or _like(objective.steps[number - 1].what) != _like(each.what):
            return State.CHANGED, "its steps are not those that the form showed"
    return State.NEW, ""


def _objective(number: int, new: NewObjective, proposal: Proposal, against: Against) -> Part:
    same = next((each for each in against.year.objectives if _like(each.statement) == _like(new.statement)), None)
    earlier = any(_like(each.statement) == _like(new.statement) for each in proposal.objectives[: number - 1])
    return Part(
        key=f"new-objective-{number}",
        title="A new objective",
        state=State.STANDS if same is not None or earlier else State.NEW,
        now=_lines(same.statement) if same is not None else (),
        proposed=(
            f"{new.statement} ({new.kind})",
            *(f"helps: {what} (from: {source})" for what, source in new.means),
            *map(_step_line, new.steps),
        ),
    )


def _careers(proposal: Proposal, against: Against) -> Part:
    stand = against.year.plan.careers if against.year.plan else ()
    there = {_like(each.title) for each in stand}
    fresh = [each for each in proposal.careers if _like(each.title) not in there]
    return Part(
        key="careers",
        title="Careers to look at",
        state=State.NEW if fresh else State.STANDS,
        now=tuple(each.title for each in stand),
        proposed=tuple(_and_note(each.title, each.note) for each in fresh or proposal.careers),
    )


def _programs(proposal: Proposal, against: Against) -> Part:
    stand = against.year.plan.post_secondary if against.year.plan else ()
    there = {(_like(each.institution), _like(each.program)) for each in stand}
    fresh = [each for each in proposal.programs if (_like(each.institution), _like(each.program)) not in there]
    return Part(
        key="programs",
        title="Colleges and programs to look at",
        state=State.NEW if fresh else State.STANDS,
        now=tuple(f"{each.program}, {each.institution}" for each in stand),
        proposed=tuple(
            _and_note(f"{each.program}, {each.institution}", each.note) for each in fresh or proposal.programs
        ),
    )


def _courses(proposal: Proposal, against: Against) -> Part:
    stand = against.year.plan.course_plan if against.year.plan else ()
    there = {(each.course, each.grade) for each in stand}
    known = {each.code: each for each in against.courses.courses}
    fresh = [each for each in proposal.courses if (each.course, each.grade) not in there]
    state, why = (State.NEW if fresh else State.STANDS), ""
    for each in fresh:
        if each.course not in known:
            state, why = State.IMPOSSIBLE, f"the catalogue has no course `{each.course}`"
        elif each.grade not in known[each.course].grades:
            grades = ", ".join(map(str, known[each.course].grades))
            state, why = State.IMPOSSIBLE, f"{known[each.course].title} is for grades {grades}, not for {each.grade}"
    grades_asked, codes_asked = {each.grade for each in proposal.courses}, {each.course for each in proposal.courses}
    return Part(
        key="courses",
        title="Classes to wish for",
        state=state,
        now=tuple(
            f"grade {each.grade}: {each.title}"
            for each in stand
            if each.grade in grades_asked or each.course in codes_asked
        ),
        proposed=tuple(
            f"grade {each.grade}: {known[each.course].title if each.course in known else each.course}"
            for each in fresh or proposal.courses
        ),
        why=why,
    )


def _note(proposal: Proposal, against: Against) -> Part:
    note = proposal.note
    if note is None:
        raise ValueError("the proposal has no note")
    person = proposal.handed_out.participant
    same = any(each.by == person and _like(each.origin.body) == _like(note.words) for each in against.year.progress)
    state, why = (State.STANDS if same else State.NEW), ""
    if note.objective and not any(each.id == note.objective for each in against.year.objectives):
        state, why = State.IMPOSSIBLE, f"there is no objective `{note.objective}` in this year any more"
    return Part(
        key="progress",
        title="A note on progress",
        state=state,
        now=(),
        proposed=(*((note.title,) if note.title else ()), *_lines(note.words)),
        why=why,
    )


def _like(text: str) -> str:
    """Return words as they are compared: capitals and spaces make no difference."""
    return " ".join(text.split()).casefold()


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in text.split("\n\n") if each.strip())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _step_line(step: NewStep) -> str:
    return f"step: {step.what}" + (f" (by {step.due})" if step.due else "")


def _standing_step(what: str, done_on: dt.date | None) -> str:
    return f"done on {done_on}: {what}" if done_on else f"to do: {what}"


def _and_note(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text
