"""The numbers of the binder's charts, with the words that stand beside them, for a typesetter that draws."""

from __future__ import annotations

from typing import Any

from site_builder.access.view import StudentView
from site_builder.render.chart_data import credits_data, grades_data, number, steps_data
from site_builder.render.i18n import Messages
from site_builder.render.letters import respell


def chart_shapes(file: StudentView, messages: Messages) -> dict[str, Any]:
    """Return `credits`, `grades` and `steps`, each absent when it has nothing to draw (policy: P3, P24).

    credits: `states` (words for the four parts of a bar), `most` (credits of the longest) and `bars` (`title`, `said`,
    `parts` in credits: earned, in progress, planned, missing). grades: `top` of the scale and `terms` (`label` of the
    school grade, `average`, `said`, `counted`). steps: `bars` (`title`, `lang`, `done`, `total`, `said`).
    """
    made = {"credits": _credits(file, messages), "grades": _grades(file, messages), "steps": _steps(file, messages)}
    return {name: shape for name, shape in made.items() if shape}


def _of(done: float, total: float, messages: Messages) -> str:
    return messages.gettext("%(done)s of %(total)s") % {
        "done": number(done, messages),
        "total": number(total, messages),
    }


def _credits(file: StudentView, messages: Messages) -> dict[str, Any]:
    data, _ = credits_data(file, messages), messages.gettext
    if not data.bars:
        return {}
    return {
        "states": [_("earned"), _("in progress"), _("planned"), _("no course yet")],
        "most": max(bar.required for bar in data.bars),
        "bars": [
            {
                "title": respell(bar.title),
                "said": _of(bar.earned, bar.required, messages),
                "parts": list(bar.parts),
            }
            for bar in data.bars
        ],
    }


def _grades(file: StudentView, messages: Messages) -> dict[str, Any]:
    terms = grades_data(file, messages).terms
    if not terms:
        return {}
    return {
        "top": max(4, int(max(term.average for term in terms) + 0.999)),
        "grade": messages.gettext("Grade"),
        "terms": [
            {
                "year": term.year,
                "label": term.year[2:] if term.grade is None else str(term.grade),
                "average": term.average,
                "said": number(term.average, messages),
                "counted": term.counted,
            }
            for term in terms
        ],
    }


def _steps(file: StudentView, messages: Messages) -> dict[str, Any]:
    objectives = steps_data(file.years[0]).objectives
    if not objectives:
        return {}
    return {
        "bars": [
            {
                "title": respell(each.statement),
                "lang": each.language,
                "done": each.done,
                "total": each.total,
                "said": _of(each.done, each.total, messages),
            }
            for each in objectives
        ]
    }
