"""The charts of pages and binder: each a figure with a sentence that says it all, a drawing, and its table.

`chart_data` counts, `drawing` draws; this module puts the two together as HTML. Without data the sentence stands alone
and says what will be there. Words come from the gettext functions of the `Messages` that are given in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from site_builder.access.view import StudentView, YearView
from site_builder.render.chart_data import (
    StepsData,
    credits_data,
    credits_sentence,
    grades_data,
    grades_sentence,
    number,
    steps_data,
    steps_sentence,
    subject_word,
)
from site_builder.render.drawing import draw_credits, draw_grades, draw_steps, svg
from site_builder.render.i18n import Messages

_MOST_IN_A_PICTURE = 12
"""Objectives in one drawing: a taller one would be cut where a printed page ends."""


def credits_chart(file: StudentView, messages: Messages) -> Markup:
    """Return credits earned, in progress, planned and missing against the requirement, by subject (policy: P3)."""
    data, _ = credits_data(file, messages), messages.gettext
    sentence = credits_sentence(data, messages)
    if not data.bars:
        return _alone("credits", sentence)
    title = _("Credits by subject")
    heads = (_("Subject"), _("Required"), _("Earned"), _("In progress"), _("Planned"), _("No course yet"))
    rows = [
        (
            bar.title,
            *(
                number(value, messages)
                for value in (bar.required, bar.earned, bar.in_progress, bar.planned, bar.missing)
            ),
        )
        for bar in data.bars
    ]
    marks, height = draw_credits(data, messages)
    return _figure(
        "credits", sentence, svg("credits", height, title, sentence, marks), _table(title, heads, rows), messages
    )


def grades_chart(file: StudentView, messages: Messages) -> Markup:
    """Return this student's grade averages by term; never beside anybody else's (policy: P24)."""
    data, _ = grades_data(file, messages), messages.gettext
    sentence = grades_sentence(data, messages)
    if not data.terms:
        return _alone("grades", sentence)
    title = _("Grade averages by term")
    heads = (_("School year"), _("Term"), _("Grade average"), _("Where it comes from"))
    rows = [
        (
            term.year,
            term.term,
            number(term.average, messages),
            _("worked out from the letter grades") if term.counted else _("report card"),
        )
        for term in data.terms
    ]
    marks, height = draw_grades(data, messages)
    return _figure(
        "grades", sentence, svg("grades", height, title, sentence, marks), _table(title, heads, rows), messages
    )


def steps_chart(year: YearView, messages: Messages) -> Markup:
    """Return the steps done toward each objective of a school year (policy: P24)."""
    data, _ = steps_data(year), messages.gettext
    sentence = steps_sentence(data, messages)
    if not data.objectives:
        return _alone("steps", sentence)
    title = _("Steps done by objective")
    heads = (_("Objective"), _("Steps done"), _("Steps in all"))
    rows = [
        (
            Markup('<span lang="{}">{}</span>').format(objective.language, objective.statement),
            number(objective.done, messages),
            number(objective.total, messages),
        )
        for objective in data.objectives
    ]
    images = []
    for start in range(0, len(data.objectives), _MOST_IN_A_PICTURE):
        marks, height = draw_steps(StepsData(data.objectives[start : start + _MOST_IN_A_PICTURE]), messages)
        images.append(svg("steps", height, title, sentence, marks))
    return _figure("steps", sentence, Markup("\n").join(images), _table(title, heads, rows), messages)


def _alone(kind: str, sentence: str) -> Markup:
    return Markup('<p class="chart-sentence chart-empty" data-chart="{}">{}</p>').format(kind, sentence)


def _figure(kind: str, sentence: str, image: Markup, table: Markup, messages: Messages) -> Markup:
    return Markup(
        '<figure class="chart" data-chart="{}">\n<figcaption class="chart-sentence">{}</figcaption>\n{}\n'
        '<details class="chart-numbers"><summary>{}</summary>\n{}</details>\n</figure>'
    ).format(kind, sentence, image, messages.gettext("The numbers as a table"), table)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in heads)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(
            row[0],
            Markup("").join(
                Markup('<td data-label="{}">{}</td>').format(name, cell)
                for name, cell in zip(heads[1:], row[1:], strict=True)
            ),
        )
        for row in rows
    )
    return Markup("<table><caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table>\n").format(
        caption, head, body
    )


# --- the course map -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MapEntry:
    """A course in one cell of the map; the credits of its terms are added up where its state is the same."""

    title: str
    credits: float
    state: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """One subject area: the courses by grade, in the order of `CourseMap.grades`."""

    title: str
    cells: tuple[tuple[MapEntry, ...], ...]


@dataclass(frozen=True, slots=True)
class CourseMap:
    """The courses of grades 7 to 12 by subject, in the school's order (policy: P3)."""

    grades: tuple[int, ...]
    rows: tuple[MapRow, ...]


def course_map_data(file: StudentView, messages: Messages) -> CourseMap:
    """Return the student's courses, taken and planned, by subject and grade."""
    titles = {line.subject: messages.translated(line.title) for line in file.credits.lines}
    for course in file.credits.courses:
        titles.setdefault(course.subject, subject_word(course.subject, messages))
    grades = tuple(sorted({*range(7, 13), *(course.grade for course in file.credits.courses)}))
    cells: dict[tuple[str, int], dict[tuple[str, str], MapEntry]] = {}
    for course in file.credits.courses:
        cell = cells.setdefault((course.subject, course.grade), {})
        before = cell.get((course.course, course.state))
        credits = course.credits + (before.credits if before else 0)
        cell[course.course, course.state] = MapEntry(course.title, credits, course.state)
    return CourseMap(
        grades,
        tuple(
            MapRow(title, tuple(tuple(cells.get((subject, grade), {}).values()) for grade in grades))
            for subject, title in titles.items()
            if any((subject, grade) in cells for grade in grades)
        ),
    )


def course_map(file: StudentView, messages: Messages) -> Markup:
    """Return the course map as a table, each course with a mark and a word for how far it is (policy: P3)."""
    data, _ = course_map_data(file, messages), messages.gettext
    if not data.rows:
        return _alone(
            "course-map", _("The courses of grades 7 to 12 stand here once the course plan has been written.")
        )
    names = {
        "earned": ("●", _("earned")),
        "in-progress": ("◐", _("in progress")),
        "planned": ("○", _("planned")),
        "not-earned": ("✕", _("no credit earned")),
    }
    heads = [_("Grade %(grade)s") % {"grade": grade} for grade in data.grades]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in (_("Subject"), *heads))
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(
            row.title,
            Markup("").join(
                _map_cell(entries, name, names, messages) for name, entries in zip(heads, row.cells, strict=True)
            ),
        )
        for row in data.rows
    )
    states = {entry.state for row in data.rows for cell in row.cells for entry in cell}
    key = Markup("").join(
        Markup('<li><span aria-hidden="true">{}</span> {}</li>').format(*names[state])
        for state in names
        if state in states
    )
    if any(entry.credits for row in data.rows for cell in row.cells for entry in cell):
        key += Markup("<li>{}</li>").format(_("in parentheses: credits"))
    return Markup(
        '<div class="course-map" data-chart="course-map">\n<table><caption>{}</caption>\n'
        '<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table>\n<ul class="course-map-key">{}</ul>\n</div>'
    ).format(_("Courses of grades 7 to 12"), head, rows, key)


def _map_cell(entries: Iterable[MapEntry], label: str, names: dict[str, tuple[str, str]], messages: Messages) -> Markup:
    items = Markup("").join(
        Markup('<li class="course-{}"><span role="img" aria-label="{}">{}</span> {}{}</li>').format(
            entry.state,
            names[entry.state][1],
            names[entry.state][0],
            entry.title,
            Markup(' <span class="course-credits">({})</span>').format(number(entry.credits, messages))
            if entry.credits
            else Markup(""),
        )
        for entry in entries
    )
    return Markup('<td data-label="{}">{}</td>').format(label, Markup("<ul>{}</ul>").format(items) if items else "")
