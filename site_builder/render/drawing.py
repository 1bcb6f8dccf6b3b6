"""Charts drawn as SVG: shapes that tell themselves apart in black and white, without scripts and without ids.

Every mark stands in `currentColor`, so that a page's own text colour, dark mode and print carry over; the classes
(`chart-earned` ...) let a stylesheet add colour. A chart is 320 units wide and is meant to be shown from 288 px up:
its smallest letters (12.5 units) are then 11 px high.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from site_builder.render.chart_data import CreditsData, GradesData, StepsData, TermGrades, number
from site_builder.render.i18n import Messages

WIDTH = 320
_BAR = 14
_STATES = ("earned", "in-progress", "planned", "missing")


def svg(kind: str, title: str, desc: str, marks: Iterable[Markup], height: float) -> Markup:
    """Return the marks as one accessible image with its name and its conclusion."""
    return Markup(
        '<svg class="chart-image chart-{}" role="img" viewBox="0 0 {} {}" font-size="12.5" fill="currentColor">'
        "<title>{}</title><desc>{}</desc>\n{}</svg>"
    ).format(kind, WIDTH, _n(height), title, desc, Markup("").join(marks))


def draw_credits(data: CreditsData, messages: Messages) -> tuple[list[Markup], float]:
    """Return the marks and the height of the stacked bars, one a subject, all to one scale of credits."""
    scale = (WIDTH - 2) / max(bar.required for bar in data.bars)
    marks: list[Markup] = []
    y = 0.0
    for bar in data.bars:
        amount = messages.gettext("%(done)s of %(total)s") % {
            "done": number(bar.earned, messages),
            "total": number(bar.required, messages),
        }
        marks += [_text(0, y + 13, _short(bar.title, 36)), _text(WIDTH, y + 13, amount, "end")]
        x = 1.0
        for state, credits in zip(_STATES, bar.parts, strict=True):
            if credits > 0:
                marks.append(_block(state, x, y + 19, credits * scale))
                x += credits * scale
        y += 42
    names = (
        messages.gettext("earned"),
        messages.gettext("in progress"),
        messages.gettext("planned"),
        messages.gettext("no course yet"),
    )
    for index, (state, name) in enumerate(zip(_STATES, names, strict=True)):
        x, top = index % 2 * 160 + 1.0, y + index // 2 * 21
        marks += [_block(state, x, top + 4, 26), _text(x + 33, top + 15, name)]
    return marks, y + 44


def draw_grades(data: GradesData, messages: Messages) -> tuple[list[Markup], float]:
    """Return the marks and the height of the averages as dots on a line, grouped by grade; hollow: worked out."""
    top, left, foot = max(4, int(max(term.average for term in data.terms) + 0.999)), 44.0, 150.0
    step = (WIDTH - left - 6) / len(data.terms)
    marks: list[Markup] = []
    for value in range(top + 1):
        y = foot - 130 * value / top
        marks += [_line(left, y, WIDTH, y), _text(left - 8, y + 4, number(value, messages), "end")]
    points = [
        (left + 3 + step * (index + 0.5), foot - 130 * term.average / top, term)
        for index, term in enumerate(data.terms)
    ]
    path = "L".join(f"{_n(x)} {_n(y)}" for x, y, _term in points)
    marks.append(
        Markup('<path class="chart-line" d="M{}" fill="none" stroke="currentColor" stroke-width="2"/>\n').format(path)
    )
    few = len(points) <= 8
    for index, (x, y, term) in enumerate(points):
        marks.append(_dot(x, y, term.counted))
        if few or index in (0, len(points) - 1):
            marks.append(_text(x, y - 9 if y > 32 else y + 19, number(term.average, messages), "middle"))
    marks.append(_text(0, foot + 20, messages.gettext("Grade")))
    for _year, group in groupby(points, key=lambda point: point[2].year):
        inside = list(group)
        marks.append(_text((inside[0][0] + inside[-1][0]) / 2, foot + 20, _year_label(inside[0][2]), "middle"))
        if inside[-1] is not points[-1]:
            x = inside[-1][0] + step / 2
            marks.append(_line(x, 14, x, foot + 24))
    return marks, foot + 28


def draw_steps(data: StepsData, messages: Messages) -> tuple[list[Markup], float]:
    """Return the marks and the height of the steps: a full square is a step done, an empty one is open."""
    marks: list[Markup] = []
    y = 0.0
    for objective in data.objectives:
        lines = textwrap.wrap(objective.statement, 42, max_lines=2, placeholder=" …")
        for line in lines:
            marks.append(_text(0, y + 13, line, language=objective.language))
            y += 16
        amount = messages.gettext("%(done)s of %(total)s") % {
            "done": number(objective.done, messages),
            "total": number(objective.total, messages),
        }
        marks.append(_text(WIDTH, y + 16, amount, "end"))
        pitch = min(20.0, 250 / objective.total)
        for index in range(objective.total):
            state = "earned" if index < objective.done else "planned-open"
            marks.append(_block(state, 1 + index * pitch, y + 5, pitch * 0.72))
        y += 32
    return marks, y


def _year_label(term: TermGrades) -> str:
    return term.year[2:] if term.grade is None else str(term.grade)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _text(x: float, y: float, text: str, anchor: str = "start", language: str = "") -> Markup:
    lang = Markup(' lang="{}"').format(language) if language else Markup("")
    end = Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else Markup("")
    return Markup('<text x="{}" y="{}"{}{}>{}</text>\n').format(_n(x), _n(y), end, lang, text)


def _line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup(
        '<path class="chart-grid" d="M{} {}L{} {}" fill="none" stroke="currentColor" stroke-opacity="0.2"/>\n'
    ).format(_n(x1), _n(y1), _n(x2), _n(y2))


def _dot(x: float, y: float, hollow: bool) -> Markup:
    kind = "chart-dot-hollow" if hollow else "chart-dot"
    return Markup('<circle class="{}" cx="{}" cy="{}" r="4" stroke="currentColor" stroke-width="1.5"{}/>\n').format(
        kind, _n(x), _n(y), Markup(' fill="Canvas"') if hollow else Markup("")
    )


def _block(state: str, x: float, y: float, width: float) -> Markup:
    """Return a bar's part: full, hatched, dotted, or an outline of dashes."""
    width = max(width - 2, 1.5)
    box = f"M{_n(x)} {_n(y)}h{_n(width)}v{_BAR}h-{_n(width)}z"
    if state == "earned":
        return Markup('<path class="chart-earned" d="{}" stroke="currentColor"/>\n').format(box)
    dashes = Markup(' stroke-dasharray="3 2.5"') if state == "missing" else Markup("")
    marks = Markup('<path class="chart-{}" d="{}" fill="none" stroke="currentColor"{}/>\n').format(state, box, dashes)
    if state == "in-progress":
        marks += Markup(
            '<path class="chart-hatch" d="{}" fill="none" stroke="currentColor" stroke-width="1.6"/>\n'
        ).format(_hatch(x, y, width))
    if state == "planned":
        marks += Markup(
            '<path class="chart-dots" d="{}" fill="none" stroke="currentColor" stroke-width="2" '
            'stroke-linecap="round"/>\n'
        ).format(_dots(x, y, width))
    return marks


def _hatch(x: float, y: float, width: float) -> str:
    """Return slanting lines clipped to the box by arithmetic: a clip path would need an id on the page."""
    lines = []
    at = 4.0
    while at < width + _BAR:
        x1, y1 = (at, 0.0) if at <= width else (width, at - width)
        x2, y2 = (at - _BAR, float(_BAR)) if at >= _BAR else (0.0, at)
        lines.append(f"M{_n(x + x1)} {_n(y + y1)}L{_n(x + x2)} {_n(y + y2)}")
        at += 4.5
    return "".join(lines)


def _dots(x: float, y: float, width: float) -> str:
    dots = [
        f"M{_n(x + 4 + 6 * column)} {_n(y + height)}h0"
        for column in range(max(1, int((width - 2) // 6)))
        for height in (4.5, 9.5)
    ]
    return "".join(dots)
