"""Where a student stands in grades 7 to 12 on a day, and which terms are still to come (policy: P3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from site_builder.model.records import SchoolYear
from site_builder.model.store import Store, StudentFile

GRADES = range(7, 13)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A term of a grade; `term` counts the terms of the grade from 0."""

    grade: int
    term: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The terms that matter to one student on one day.

    `grade` is the student's; `year` the school year in which it is. `terms` are the ids of the terms by grade, in
    order. `over` holds the slots of this grade that have ended, `begun` those that have started.
    """

    grade: int
    year: str
    terms: dict[int, tuple[str, ...]]
    over: frozenset[Slot] = field(default=frozenset())
    begun: frozenset[Slot] = field(default=frozenset())

    def slot(self, grade: int, term: str) -> Slot:
        """Return the slot of a term by its id; a term that the grade does not have comes last in it."""
        terms = self.terms.get(grade, ())
        return Slot(grade, terms.index(term) if term in terms else len(terms))

    def is_past(self, slot: Slot) -> bool:
        """Tell whether nothing can be taken in this slot any more."""
        return slot.grade < self.grade or slot in self.over

    def to_begin(self) -> tuple[Slot, ...]:
        """Return the slots whose term has not started, in order: where another course can still be chosen."""
        slots = (Slot(grade, place) for grade in GRADES for place in range(len(self.terms.get(grade, ()))))
        return tuple(each for each in slots if each.grade >= self.grade and each not in self.begun)

    def term_id(self, slot: Slot) -> str:
        """Return the id of the slot's term."""
        return self.terms[slot.grade][slot.term]


def standing(store: Store, file: StudentFile, on: dt.date) -> Standing:
    """Return where the student stands on the day `on`: in the newest school year begun, or before the first one."""
    grades = file.student.grades
    known = sorted((each for each in store.school.school_years if each.id in grades), key=lambda each: each.starts)
    coming = tuple(each.id for each in _current(store).terms)
    terms = dict.fromkeys(GRADES, coming)
    if not known:
        return Standing(grade=GRADES[0], year="", terms=terms)
    begun = [each for each in known if each.starts <= on] or known[:1]
    now = begun[-1]
    terms.update({grades[each.id]: tuple(term.id for term in each.terms) for each in begun})
    slots = [(Slot(grades[now.id], place), term) for place, term in enumerate(now.terms)]
    return Standing(
        grade=grades[now.id],
        year=now.id,
        terms=terms,
        over=frozenset(slot for slot, term in slots if term.ends < on),
        begun=frozenset(slot for slot, term in slots if term.starts <= on),
    )


def _current(store: Store) -> SchoolYear:
    return store.school_year(store.school.current_year) or store.school.school_years[-1]
