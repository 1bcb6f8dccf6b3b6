"""What the charts show, as numbers and as one sentence each, apart from how a page or a PDF draws them.

Everything is counted from the one student's view; nothing compares a student with others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.lists import format_list

from site_builder.access.view import ReportCardView, StudentView, YearView
from site_builder.render.i18n import Messages, decimal_text
from site_builder.render.vocabulary import word

_MOST_NAMED = 4
"""Subjects that a sentence names; of more it says how many, and the drawing shows which."""

GRADE_POINTS = {
    **{"A+": 4.0, "A": 4.0, "A-": 3.7, "B+": 3.3, "B": 3.0, "B-": 2.7, "C+": 2.3, "C": 2.0, "C-": 1.7},
    **{"D+": 1.3, "D": 1.0, "D-": 0.7, "F": 0.0},
}
"""Points on the usual four-point scale, for report cards that carry letters and no average."""


def number(value: float, messages: Messages) -> str:
    """Return `value` with at most two decimals, as the language writes it."""
    return decimal_text(value, "0.##", messages.locale)


def listed(items: Sequence[str], messages: Messages) -> str:
    """Return `items` as running text, with the language's "and"."""
    return str(format_list(items, locale=messages.locale))


def subject_word(subject: str, messages: Messages) -> str:
    """Return the word for a subject area without a requirement; a school's own id is shown as words."""
    known = word(messages, "subject", subject)
    return subject.replace("-", " ").capitalize() if known == subject else known


# --- credits ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CreditBar:
    """One subject area or a choice in it, in credits, as the course plan has it; `choices` are part of the subject."""

    title: str
    required: float
    earned: float
    in_progress: float
    planned: float
    choices: tuple[CreditBar, ...] = ()

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """Return earned, in progress, planned and missing as far as they count: together the requirement."""
        room, parts = self.required, []
        for credits in (self.earned, self.in_progress, self.planned):
            parts.append(min(credits, room))
            room = round(room - parts[-1], 2)
        return parts[0], parts[1], parts[2], room

    @property
    def missing(self) -> float:
        """Return the credits for which no course stands in the plan."""
        return self.parts[3]


@dataclass(frozen=True, slots=True)
class CreditsData:
    """Credits against the requirement, a bar a subject in the school's order (policy: P3).

    `unrecorded` are the grades at another school whose credits have not been entered yet.
    """

    bars: tuple[CreditBar, ...]
    unrecorded: tuple[int, ...] = ()

    @property
    def required(self) -> float:
        """Return the credits that the program asks for in all."""
        return sum(bar.required for bar in self.bars)

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """Return earned, in progress, planned and missing over all subjects, as far as they count."""
        sums = [round(sum(values), 2) for values in zip(*(bar.parts for bar in self.bars), strict=True)] or [0.0] * 4
        return sums[0], sums[1], sums[2], sums[3]


def credits_data(file: StudentView, messages: Messages) -> CreditsData:
    """Return the subjects of the student's course-plan audit that ask for credits."""
    return CreditsData(
        tuple(
            CreditBar(
                messages.translated(line.title),
                line.required,
                line.earned,
                line.in_progress,
                line.planned,
                tuple(
                    CreditBar(
                        messages.translated(each.title), each.required, each.earned, each.in_progress, each.planned
                    )
                    for each in line.choices
                ),
            )
            for line in file.credits.lines
            if line.required > 0
        ),
        file.credits.unrecorded,
    )


def credits_sentence(data: CreditsData, messages: Messages) -> str:
    """Return what the bars say: credits earned, under way and planned, and the subjects still open."""
    _ = messages.gettext
    if not data.bars:
        return _("The credits that the school asks for stand here once the School Manager has listed them.")
    earned, in_progress, planned, missing = data.parts
    required = number(data.required, messages)
    if earned >= data.required:
        return _("All %(required)s credits are earned.") % {"required": required}
    said = [_("%(earned)s of %(required)s credits earned") % {"earned": number(earned, messages), "required": required}]
    if in_progress:
        said.append(_("%(credits)s in progress") % {"credits": number(in_progress, messages)})
    if planned:
        said.append(_("%(credits)s planned") % {"credits": number(planned, messages)})
    sentence = ", ".join(said)
    if not missing:
        return _("%(credits)s. Every requirement has its courses.") % {"credits": sentence}
    if data.unrecorded:
        return f"{sentence}. {_not_entered(data.unrecorded, messages)}"
    return "; ".join([sentence, *_gaps(data, messages)]) + "."


def _not_entered(grades: tuple[int, ...], messages: Messages) -> str:
    """Say which grades wait for the transcript of another school: more seems to be missing than is."""
    said = messages.ngettext(
        "The credits of grade %(grades)s, at another school, have not been entered yet.",
        "The credits of grades %(grades)s, at another school, have not been entered yet.",
        len(grades),
    )
    return said % {"grades": ", ".join(map(str, grades))}


def _gaps(data: CreditsData, messages: Messages) -> list[str]:
    _ = messages.gettext
    bare = [bar.title for bar in data.bars if bar.missing and bar.missing == bar.required]
    partly = [bar.title for bar in data.bars if bar.missing and bar.missing < bar.required]
    said = []
    if len(bare) == len(data.bars) > 1:
        return [_("no course yet in any subject")]
    if len(bare) > _MOST_NAMED:
        said.append(_("no course yet in %(count)s subjects") % {"count": len(bare)})
    elif bare:
        said.append(_("no course yet for %(subjects)s") % {"subjects": listed(bare, messages)})
    if len(partly) > _MOST_NAMED:
        said.append(_("more courses to choose in %(count)s subjects") % {"count": len(partly)})
    elif partly:
        said.append(_("more courses to choose in %(subjects)s") % {"subjects": listed(partly, messages)})
    return said


# --- grades -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermGrades:
    """The average of one term; `counted` when it was worked out from the letter grades of the report card."""

    year: str
    grade: int | None
    term: str
    average: float
    counted: bool = False


@dataclass(frozen=True, slots=True)
class GradesData:
    """Grade-point averages by term, oldest first (policy: P24)."""

    terms: tuple[TermGrades, ...]


def grades_data(file: StudentView, messages: Messages) -> GradesData:
    """Return the average of every term that has a report card with an average or with letter grades."""
    terms = []
    for year in reversed(file.years):
        for card in sorted(year.report_cards, key=lambda card: card.issued_on):
            average = _average(card) if card.gpa is None else card.gpa
            if average is not None:
                terms.append(
                    TermGrades(year.id, year.grade, messages.translated(card.term.title), average, card.gpa is None)
                )
    return GradesData(tuple(terms))


def _average(card: ReportCardView) -> float | None:
    points = [GRADE_POINTS[line.grade.strip()] for line in card.grades if line.grade.strip() in GRADE_POINTS]
    return round(sum(points) / len(points), 2) if points else None


def grades_sentence(data: GradesData, messages: Messages) -> str:
    """Return the newest average, and how it moved since the term before."""
    _ = messages.gettext
    if not data.terms:
        return _("Grade averages stand here after the school has issued the first report card.")
    last = data.terms[-1]
    values = {"average": number(last.average, messages), "term": last.term, "year": last.year}
    if len(data.terms) == 1:
        return _("The first grade average is %(average)s (%(term)s, %(year)s).") % values
    before = data.terms[-2].average
    values["before"] = number(before, messages)
    if last.average > before:
        return _("The newest grade average is %(average)s (%(term)s, %(year)s), up from %(before)s.") % values
    if last.average < before:
        return _("The newest grade average is %(average)s (%(term)s, %(year)s), after %(before)s.") % values
    return _("The newest grade average is %(average)s (%(term)s, %(year)s), the same as the term before.") % values


# --- steps --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ObjectiveSteps:
    """How many of an objective's steps are done; `language` is that of the statement."""

    statement: str
    language: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StepsData:
    """Steps done by objective (policy: P24); an objective that was set aside is not counted."""

    objectives: tuple[ObjectiveSteps, ...]


def steps_data(year: YearView) -> StepsData:
    """Return the objectives of `year` that have steps."""
    return StepsData(
        tuple(
            ObjectiveSteps(
                objective.statement,
                objective.language,
                sum(step.done_on is not None for step in objective.steps),
                len(objective.steps),
            )
            for objective in year.objectives
            if objective.steps and objective.status != "set-aside"
        )
    )


def steps_sentence(data: StepsData, messages: Messages) -> str:
    """Return how many steps are done in all."""
    total = sum(objective.total for objective in data.objectives)
    done = sum(objective.done for objective in data.objectives)
    if not total:
        return messages.gettext(
            "Steps stand here once the student, a parent or a teacher writes them with an objective."
        )
    if done == total:
        said = messages.ngettext("The one step is done.", "All %(total)s steps are done.", total)
    else:
        said = messages.ngettext("The one step is still open.", "%(done)s of %(total)s steps done.", total)
    return said % {"done": number(done, messages), "total": number(total, messages)}
