"""The charts of a report: bars with a sentence that says it all, drawn from the numbers of their tables alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from site_builder.access.suppression import Pair, Partition, Shown
from site_builder.access.view_report import SOURCES, STATUSES, Figures, ReportView, YearLine
from site_builder.render.drawing import WIDTH, svg
from site_builder.render.environment import grade_text, number_text
from site_builder.render.i18n import Messages
from site_builder.render.report_words import held_sentence, met_sentence, occupational_sentence, shown_text
from site_builder.render.vocabulary import word

_BAR = 14
_ROW = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on a scale of `whole`: `number` of it, which may be a range; without a number only what it says."""

    label: str
    said: str
    number: Shown | None
    whole: int


def shares_by_grade(kind: str, own: Figures, rows: Sequence[Pair], said: str, messages: Messages) -> Markup:
    """Return a bar a grade, each on the scale of its own students."""
    bars = [
        _share(grade_text(messages, grade), pair, size, messages)
        for grade, pair, size in zip(own.grades, rows, own.sizes.parts, strict=True)
    ]
    title = messages.gettext("Share of students by grade")
    return _figure(kind, title, said, bars)


def occupational_chart(own: Figures, messages: Messages) -> Markup:
    """Return the share of SEOPs by grade (policy: P31)."""
    return shares_by_grade("occupational", own, own.occupational.rows, occupational_sentence(own, messages), messages)


def held_chart(own: Figures, messages: Messages) -> Markup:
    """Return the share of yearly conferences held by grade (policy: P15)."""
    return shares_by_grade("held", own, own.held.rows, held_sentence(own, messages), messages)


def objectives_chart(own: Figures, messages: Messages) -> Markup:
    """Return the objectives by status (policy: P24)."""
    _ = messages.gettext
    names = [word(messages, "status", each) for each in STATUSES]
    said = met_sentence(own, messages) or _("How many objectives were met is not shown.")
    return _figure("objectives", _("Objectives by status"), said, _bars(names, own.objectives, messages))


def means_chart(own: Figures, messages: Messages) -> Markup:
    """Return the means by source (policy: P22, P32)."""
    _ = messages.gettext
    names = [word(messages, "source", each) for each in SOURCES]
    total, school = own.means.total.value, own.means.parts[0].value
    if total is None or school is None:
        said = _("How many means come from the school and how many from elsewhere is not shown.")
    else:
        said = _("%(number)s of %(total)s means come from families, students and the community.") % {
            "number": number_text(messages, total - school),
            "total": number_text(messages, total),
        }
    return _figure("means", _("Means by source"), said, _bars(names, own.means, messages))


def trend_chart(report: ReportView, messages: Messages) -> Markup:
    """Return the share of yearly conferences held in each school year."""
    bars = [_share(each.year, each.held, each.students, messages) for each in report.trend]
    return _figure("trend", messages.gettext("Yearly conferences held"), _trend_sentence(report.trend, messages), bars)


def _trend_sentence(years: Sequence[YearLine], messages: Messages) -> str:
    _ = messages.gettext
    known = [each for each in years if each.held.percent is not None]
    if len(known) < 2:
        return _("There are not yet two years whose numbers can be compared.")
    return _(
        "The share of students with a yearly conference was %(before)s %% in %(first)s and %(now)s %% in %(last)s."
    ) % {
        "before": known[0].held.percent,
        "first": known[0].year,
        "now": known[-1].held.percent,
        "last": known[-1].year,
    }


def _share(label: str, pair: Pair, size: Shown, messages: Messages) -> Bar:
    if size.value is None or pair.yes.form == "hidden":
        return Bar(label, messages.gettext("not shown"), None, 1)
    said = messages.gettext("%(done)s of %(total)s") % {
        "done": shown_text(messages, pair.yes),
        "total": shown_text(messages, size),
    }
    return Bar(label, said, pair.yes, size.value)


def _bars(names: Sequence[str], own: Partition, messages: Messages) -> list[Bar]:
    whole = max((each.value or 0 for each in own.parts), default=0) or 1
    return [
        Bar(name, shown_text(messages, each), each if each.value is not None else None, whole)
        for name, each in zip(names, own.parts, strict=True)
    ]


def _figure(kind: str, title: str, said: str, bars: Sequence[Bar]) -> Markup:
    if all(bar.number is None for bar in bars):
        return Markup("")  # the place of the table says that its numbers are not shown
    marks: list[Markup] = []
    for index, bar in enumerate(bars):
        marks += _drawn(bar, index * _ROW)
    image = svg(kind, title, said, marks, len(bars) * _ROW)
    return Markup(
        '<figure class="chart" data-chart="{}">\n<figcaption class="chart-sentence">{}</figcaption>\n{}\n</figure>'
    ).format(kind, said, image)


def _drawn(bar: Bar, y: int) -> list[Markup]:
    """Return a bar as far as it is known: full up to its least, hatched up to its most."""
    marks = [
        Markup('<text x="0" y="{}">{}</text>\n').format(y + 13, bar.label),
        Markup('<text x="{}" y="{}" text-anchor="end">{}</text>\n').format(WIDTH, y + 13, bar.said),
        Markup('<path class="chart-share" d="M1 {}h{}v{}h-{}z" fill="none" stroke-opacity="0.35"/>\n').format(
            y + 18, WIDTH - 2, _BAR, WIDTH - 2
        ),
    ]
    if bar.number is None:
        return marks
    scale = (WIDTH - 2) / bar.whole
    low, high = bar.number.low * scale, min(bar.number.high or bar.number.low, bar.whole) * scale
    if low:
        marks.append(
            Markup('<path class="chart-earned" d="M1 {}h{}v{}h-{}z"/>\n').format(y + 18, _n(low), _BAR, _n(low))
        )
    if high - low > 3:
        lines = "".join(f"M{_n(1 + low + at)} {y + 18 + _BAR}v-{_BAR}" for at in range(2, int(high - low), 4))
        marks.append(
            Markup('<path class="chart-share" d="{}" fill="none"/>\n').format(lines or f"M{_n(1 + low)} {y}h0")
        )
    return marks


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
