"""The numbers of a report in words: as themselves, as a range, or not shown; and the sentences that hold them."""

from __future__ import annotations

from site_builder.access.suppression import Pair, Shown
from site_builder.access.view_report import DistrictView, Figures, ReportView
from site_builder.render.environment import number_text
from site_builder.render.i18n import Messages


def shown_text(messages: Messages, number: Shown) -> str:
    """Return a number as the report tells it; it names no more than its bounds."""
    _ = messages.gettext
    low, high = number_text(messages, number.low), number_text(messages, number.high or 0)
    if number.form == "number":
        return low
    if number.form == "few":
        return _("fewer than %(number)s") % {"number": number_text(messages, (number.high or 0) + 1)}
    if number.form == "most" or (number.form == "range" and number.high is None):
        return _("at least %(number)s") % {"number": low}
    if number.form == "range":
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("not shown")


def short(report: ReportView, messages: Messages) -> list[str]:
    """Return the year in a few sentences; what may not be told is said once, at the end."""
    own, _ = report.figures, messages.gettext
    said = [_("The school had %(number)s students in these grades.") % {"number": shown_text(messages, own.students)}]
    said += [
        each
        for each in (
            held_sentence(own, messages),
            family_sentence(own, messages),
            occupational_sentence(own, messages),
            met_sentence(own, messages),
        )
        if each
    ]
    complete = len(said) == 5
    if report.trainings:
        hours = number_text(messages, sum(each.hours for each in report.trainings))
        said.append(_("Training of staff in the planning process: %(hours)s hours.") % {"hours": hours})
    if not complete:
        said.append(not_told(report.smallest, messages))
    return said


def held_sentence(own: Figures, messages: Messages) -> str:
    """Return how many students had their yearly conference, or nothing where it is not told (policy: P15)."""
    sentence = messages.gettext("The yearly conference was held with %(number)s of %(total)s students.")
    return _of(own.held.whole, own.students, sentence, messages)


def family_sentence(own: Figures, messages: Messages) -> str:
    """Return how many families were reached, or nothing where it is not told (policy: U2)."""
    sentence = messages.gettext("A parent or guardian took part for %(number)s of %(total)s students.")
    return _of(own.family, own.students, sentence, messages)


def occupational_sentence(own: Figures, messages: Messages) -> str:
    """Return how many plans are SEOPs, or nothing where it is not told (policy: P31)."""
    sentence = messages.gettext("The plans of %(number)s of %(total)s students have an occupational objective.")
    return _of(own.occupational.whole, own.students, sentence, messages)


def met_sentence(own: Figures, messages: Messages) -> str:
    """Return how many objectives were met, or nothing where it is not told."""
    met = own.objectives.parts[3]
    if met.form == "hidden":
        return ""
    sentence = messages.gettext("Students met %(number)s of %(total)s objectives.")
    return sentence % {"number": shown_text(messages, met), "total": shown_text(messages, own.objectives.total)}


def offered_sentence(own: Figures, messages: Messages) -> str:
    """Return to how many students a yearly conference was offered, or nothing where it is not told (policy: P15)."""
    _ = messages.gettext
    sentence = _("A yearly conference was offered to %(number)s of %(total)s students.")
    total = shown_text(messages, own.students)
    not_offered = own.not_held.parts[2] if own.not_held is not None else None
    held = own.held.whole.yes
    if not_offered is not None and not_offered.value is not None:
        return sentence % {"number": number_text(messages, own.students.low - not_offered.value), "total": total}
    if held.form in ("number", "most"):
        least = Shown(held.low, None, "range")
        return sentence % {"number": shown_text(messages, least), "total": total}
    return ""


def not_told(smallest: int, messages: Messages) -> str:
    """Return why numbers are missing."""
    sentence = messages.gettext(
        "Other numbers are not shown: they are about fewer than %(number)s people, or would give such a number away."
    )
    return sentence % {"number": number_text(messages, smallest)}


def district_short(report: DistrictView, messages: Messages) -> list[str]:
    """Return the district's year in a few sentences."""
    total, _ = report.total, messages.gettext
    students = shown_text(messages, total.students)
    said = [
        messages.ngettext(
            "This report adds up %(count)s school.", "This report adds up %(count)s schools.", len(report.schools)
        )
        % {"count": number_text(messages, len(report.schools))},
        _("The schools had %(number)s students in these grades.") % {"number": students},
    ]
    for number, sentence in (
        (total.held, _("The yearly conference was held with %(number)s of %(total)s students.")),
        (total.family, _("A parent or guardian took part for %(number)s of %(total)s students.")),
        (total.occupational, _("The plans of %(number)s of %(total)s students have an occupational objective.")),
    ):
        if number.form != "hidden":
            said.append(sentence % {"number": shown_text(messages, number), "total": students})
    return said


def _of(pair: Pair, total: Shown, sentence: str, messages: Messages) -> str:
    if pair.yes.form == "hidden":
        return ""
    return sentence % {"number": shown_text(messages, pair.yes), "total": shown_text(messages, total)}
