"""The courses of grades 7 to 12, term by term: a table of a row a grade and a column a term (policy: P3, P9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from site_builder.access.view import StudentView
from site_builder.render.chart_data import number
from site_builder.render.i18n import Messages
from site_builder.render.vocabulary import word

_GRADES = range(7, 13)
_ITEM = Markup('<li class="course-%s"><span role="img" aria-label="%s">%s</span> %s%s</li>')
_CREDITS = Markup('<span class="course-credits">%s</span>')
_SUM = Markup('<p class="course-sum">%s</p>')
_LIST, _DIV = Markup("<ul>%s</ul>"), Markup("<div>%s</div>")
_CELL = Markup('<td data-label="%s">%s</td>')


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A course in a term; `credits` are those that count, `transferred` those of another school."""

    title: str
    credits: float
    state: str
    transferred: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One grade: its courses by term, in the order of `CourseTable.terms`; `over` for a grade before this year's."""

    grade: int
    cells: tuple[tuple[TableEntry, ...], ...]
    over: bool


@dataclass(frozen=True, slots=True)
class CourseTable:
    """The student's courses by grade and term; an earlier grade that nothing is known of has no row."""

    terms: tuple[str, ...]
    rows: tuple[TableRow, ...]


def course_table_data(file: StudentView) -> CourseTable:
    """Return the courses, taken and planned, in the order of the school's subject areas within a term."""
    order = {line.subject: place for place, line in enumerate(file.credits.lines)}
    cells: dict[tuple[int, str], list[TableEntry]] = {}
    for course in sorted(file.credits.courses, key=lambda each: order.get(each.subject, len(order))):
        entry = TableEntry(course.title, course.credits, course.state, bool(course.from_school))
        cells.setdefault((course.grade, course.term), []).append(entry)
    terms = tuple(dict.fromkeys((*file.credits.terms, *(term for _, term in cells))))
    rows = []
    for grade in sorted({*_GRADES, *(grade for grade, _ in cells)}):
        over = file.grade is not None and grade < file.grade
        row = tuple(tuple(cells.get((grade, term), ())) for term in terms)
        if any(row) or not over:
            rows.append(TableRow(grade, row, over))
    return CourseTable(terms, tuple(rows) if cells else ())


def course_table(file: StudentView, messages: Messages) -> Markup:
    """Return the table, each course with a mark and a word for how far it is, each term with its credits."""
    data, _ = course_table_data(file), messages.gettext
    if not data.rows:
        return Markup('<p class="chart-sentence chart-empty" data-chart="course-map">{}</p>').format(
            _("The courses of grades 7 to 12 stand here once the course plan has been written.")
        )
    names = _names(messages)
    heads = [word(messages, "term", term) if term else _("Whole year") for term in data.terms]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in (_("School grade"), *heads))
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(
            _("Grade %(grade)s") % {"grade": row.grade},
            Markup("").join(
                _cell(entries, name, names, messages, open_=not row.over)
                for name, entries in zip(heads, row.cells, strict=True)
            ),
        )
        for row in data.rows
    )
    entries = [entry for row in data.rows for cell in row.cells for entry in cell]
    return Markup(
        '<div class="course-map" data-chart="course-map">\n<table><caption>{}</caption>\n'
        '<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table>\n<ul class="course-map-key">{}</ul>\n</div>'
    ).format(_("Courses of grades 7 to 12, term by term"), head, rows, _key(entries, names, messages))


def _names(messages: Messages) -> dict[str, tuple[str, str]]:
    _ = messages.gettext
    return {
        "earned": ("●", _("earned")),
        "in-progress": ("◐", _("in progress")),
        "planned": ("○", _("planned")),
        "not-earned": ("✕", _("no credit earned")),
    }


def _key(entries: Iterable[TableEntry], names: dict[str, tuple[str, str]], messages: Messages) -> Markup:
    listed = list(entries)
    states = {entry.state for entry in listed}
    key = Markup("").join(
        Markup('<li><span aria-hidden="true">{}</span> {}</li>').format(*names[state])
        for state in names
        if state in states
    )
    if any(entry.credits for entry in listed):
        key += Markup("<li>{}</li>").format(messages.gettext("in parentheses: credits toward graduation"))
    return key


def _cell(
    entries: tuple[TableEntry, ...], label: str, names: dict[str, tuple[str, str]], messages: Messages, *, open_: bool
) -> Markup:
    """Return one term's courses; a term to come without any says so, an earlier one stays empty."""
    _ = messages.gettext
    content = Markup("")
    if entries:
        content = _LIST % Markup("").join(_item(entry, names, messages) for entry in entries)
        total = round(sum(entry.credits for entry in entries), 2)
        if total:
            said = messages.ngettext("%(count)s credit", "%(count)s credits", 1 if total == 1 else 2)
            content += _SUM % (said % {"count": number(total, messages)})
        content = _DIV % content
    elif open_:
        content = _CREDITS % _("nothing chosen yet")
    return _CELL % (label, content)


def _item(entry: TableEntry, names: dict[str, tuple[str, str]], messages: Messages) -> Markup:
    mark, state = names[entry.state]
    notes = [f"({number(entry.credits, messages)})"] if entry.credits else []
    if entry.transferred:
        notes.append(messages.gettext("from another school"))
    said = " " + _CREDITS % " ".join(notes) if notes else Markup("")
    return _ITEM % (entry.state, state, mark, entry.title, said)
