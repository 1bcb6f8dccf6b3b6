"""The course-plan audit: what a school requires by subject, and what the student has earned, is taking and plans.

Policy: P3, P18.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """One subject area, in credits; `missing` is what no entry of the course plan covers yet."""

    subject: str
    title: str
    required: float
    earned: float
    in_progress: float
    planned: float

    @property
    def missing(self) -> float:
        """Return the credits still without a course, never below zero."""
        return max(0.0, self.required - self.earned - self.in_progress - self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCourse:
    """A course in the map of grades 7-12; `state` is `earned`, `not-earned`, `in-progress` or `planned`."""

    grade: int
    term: str
    course: str
    title: str
    subject: str
    credits: float
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The lines by subject in the school's order, and the courses by grade and term."""

    lines: tuple[CreditLine, ...] = ()
    courses: tuple[MappedCourse, ...] = ()
