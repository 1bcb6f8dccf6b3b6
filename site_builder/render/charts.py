"""The charts of pages and binder: each a figure with a sentence that says it all, a drawing, and its table.

`chart_data` counts, `drawing` draws; this module puts the two together as HTML. Without data the sentence stands alone
and says what will be there; where somebody else draws (`drawn=False`), the drawing is left out. Words come from the
gettext functions of the `Messages` that are given in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from site_builder.access.view import StudentView, YearView
from site_builder.render.chart_data import (
    CreditBar,
    StepsData,
    credits_data,
    credits_sentence,
    grades_data,
    grades_sentence,
    number,
    steps_data,
    steps_sentence,
)
from site_builder.render.drawing import draw_credits, draw_grades, draw_steps, svg
from site_builder.render.i18n import Messages

_MOST_IN_A_PICTURE = 12
"""Objectives in one drawing: a taller one would be cut where a printed page ends."""

_HEAD = Markup('<th scope="col">%s</th>')
_ROW = Markup('<tr><th scope="row">%s</th>%s</tr>\n')
_CELL = Markup('<td data-label="%s">%s</td>')
_TABLE = Markup("<table><caption>%s</caption>\n<thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody></table>\n")


def credits_chart(file: StudentView, messages: Messages, *, drawn: bool = True) -> Markup:
    """Return credits earned, in progress, planned and missing against the requirement, by subject (policy: P3)."""
    data, _ = credits_data(file, messages), messages.gettext
    sentence = credits_sentence(data, messages)
    if not data.bars:
        return _alone("credits", sentence)
    title = _("Credits by subject")
    heads = (_("Subject"), _("Required"), _("Earned"), _("In progress"), _("Planned"), _("No course yet"))
    rows = [
        (title, *(number(value, messages) for value in amounts))
        for bar in data.bars
        for title, amounts in (
            (bar.title, _amounts(bar)),
            *((f"– {each.title}", _amounts(each)) for each in bar.choices),
        )
    ]
    image = svg("credits", title, sentence, *draw_credits(data, messages)) if drawn else Markup()
    return _figure("credits", sentence, image, _table(title, heads, rows), messages)


def _amounts(bar: CreditBar) -> tuple[float, ...]:
    return bar.required, bar.earned, bar.in_progress, bar.planned, bar.missing


def grades_chart(file: StudentView, messages: Messages, *, drawn: bool = True) -> Markup:
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
    image = svg("grades", title, sentence, *draw_grades(data, messages)) if drawn else Markup()
    return _figure("grades", sentence, image, _table(title, heads, rows), messages)


def steps_chart(year: YearView, messages: Messages, *, drawn: bool = True) -> Markup:
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
    starts = range(0, len(data.objectives), _MOST_IN_A_PICTURE) if drawn else ()
    parts = (StepsData(data.objectives[start : start + _MOST_IN_A_PICTURE]) for start in starts)
    images = [svg("steps", title, sentence, *draw_steps(part, messages)) for part in parts]
    return _figure("steps", sentence, Markup("\n").join(images), _table(title, heads, rows), messages)


def _alone(kind: str, sentence: str) -> Markup:
    return Markup('<p class="chart-sentence chart-empty" data-chart="{}">{}</p>').format(kind, sentence)


def _figure(kind: str, sentence: str, image: Markup, table: Markup, messages: Messages) -> Markup:
    return Markup(
        '<figure class="chart" data-chart="{}">\n<figcaption class="chart-sentence">{}</figcaption>\n{}\n'
        '<details class="chart-numbers"><summary>{}</summary>\n{}</details>\n</figure>'
    ).format(kind, sentence, image, messages.gettext("The numbers as a table"), table)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    head = Markup("").join(_HEAD % name for name in heads)
    body = Markup("").join(
        _ROW % (row[0], Markup("").join(map(_CELL.__mod__, zip(heads[1:], row[1:], strict=True)))) for row in rows
    )
    return _TABLE % (caption, head, body)
