"""The annual report as its readers may have it: numbers that passed `suppression`, school facts, and people's words.

No true count stands here and no student's name: what is not published does not exist for `render` (policy: P34).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.access.suppression import Pair, PairTable, Partition, Shown
from site_builder.access.view import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers of one school and one school year.

    `sizes` are the students by grade, in the order of `grades`. `not_held` falls into declined, offered and open, and
    not offered; it is there where their sum is published. `objectives`, `means` and `requests` are in the order of
    `STATUSES`, `SOURCES` and `OUTCOMES`.
    """

    grades: tuple[int, ...]
    sizes: Partition
    held: PairTable
    occupational: PairTable
    planned: Pair
    family: Pair
    small_group: Pair
    not_held: Partition | None
    objectives: Partition
    means: Partition
    requests: Partition
    staff: Shown
    trained: Pair
    groups: int | None  # how many small-group conferences; it would limit a number of students that is withheld

    @property
    def students(self) -> Shown:
        """Return the number of students."""
        return self.sizes.total


STATUSES = ("not-started", "on-track", "needs-help", "met", "set-aside")
SOURCES = ("school", "family", "student", "community")
OUTCOMES = ("granted", "declined", "deferred", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLine:
    """A training in the SEP process, without who was there (policy: P27)."""

    title: str
    date: dt.date
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipLine:
    """A partnership with a business and the program that it serves (policy: P33)."""

    partner: str
    program: str
    since: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationLine:
    """A consultation on the policy; how many were there is a number like any other (policy: P14)."""

    date: dt.date
    with_: str
    topic: str
    present: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a teacher, a parent or the community says about the year, in their own words (policy: P34)."""

    title: str
    by: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """One school year of the trend: of its own report's numbers those that are compared."""

    year: str
    students: Shown
    held: Pair
    occupational: Pair
    objectives_met: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A school's annual report (policy: P34); `as_of` is the day of a draft, where the school year is not over."""

    school: str
    district: str
    address: str
    phone: str
    email: str
    language: str
    labels: dict[str, str]
    year: str
    as_of: dt.date | None
    smallest: int
    figures: Figures
    trend: tuple[YearLine, ...]
    trainings: tuple[TrainingLine, ...]
    partnerships: tuple[PartnershipLine, ...]
    consultations: tuple[ConsultationLine, ...]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """One school in the district's report, or the sum of what all of them publish."""

    school: str
    students: Shown
    planned: Shown
    held: Shown
    family: Shown
    occupational: Shown
    objectives: Shown
    objectives_met: Shown
    requests: Shown
    granted: Shown
    trainings: int
    partnerships: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolWords:
    """The contributions that a school has put into its own report."""

    school: str
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictView:
    """A district's annual report (policy: P34); `left_out` are schools whose records could not be used."""

    district: str
    language: str
    year: str
    as_of: dt.date | None
    smallest: int
    schools: tuple[SchoolLine, ...]
    total: SchoolLine
    trend: tuple[YearLine, ...]
    left_out: tuple[str, ...]
    words: tuple[SchoolWords, ...]
