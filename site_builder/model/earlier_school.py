"""Credits that a student earned before coming to this school, as long as nobody has entered them (policy: P3, U3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.model.course_plan import FIRST_GRADE_THAT_COUNTS
from site_builder.model.records import ReportCard
from site_builder.model.standing import GRADES
from site_builder.model.store import Store, StudentFile


def unrecorded_grades(store: Store, file: StudentFile, on: dt.date) -> tuple[int, ...]:
    """Return the grades whose credits count, spent at another school, of which no report card is in the file yet.

    A grade counts where the student was elsewhere in all of it or in a term of it. Whatever another school's card
    says of a grade stands for the whole of it.
    """
    return tuple(dict.fromkeys(_unrecorded(store, file, on)))


def _unrecorded(store: Store, file: StudentFile, on: dt.date) -> Iterator[int]:
    grades = file.student.grades
    began = {year.id: year.starts for year in store.school.school_years if year.starts <= on}
    reached = [grade for year, grade in grades.items() if year in began]
    for grade in range(FIRST_GRADE_THAT_COUNTS, max(reached, default=GRADES[0]) + 1):
        years = [year for year in store.school.school_years if grades.get(year.id) == grade]
        cards = [card for year in years for card in _cards(file, year.id)]
        if any(_of_another_school(card, file.student.enrolled_on) for card in cards):
            continue
        known = {card.term for card in cards}
        elsewhere = [term for year in years for term in year.terms if term.ends < file.student.enrolled_on]
        if grade not in grades.values() or any(term.id not in known for term in elsewhere):
            yield grade


def _of_another_school(card: ReportCard, enrolled_on: dt.date) -> bool:
    """Tell whether another school issued the card: it says so, or it is older than the enrollment here."""
    return bool(card.from_school or any(line.from_school for line in card.grades)) or card.issued_on < enrolled_on


def _cards(file: StudentFile, year: str) -> tuple[ReportCard, ...]:
    section = file.year(year)
    return section.report_cards if section is not None else ()
