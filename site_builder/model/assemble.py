"""From records to a school: what belongs together is put together, in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from site_builder.model import records
from site_builder.model.identity import conflicts
from site_builder.model.records import Record
from site_builder.model.store import Attachment, Store, StudentFile, YearSection
from site_builder.source.layout import PROGRAM, Location

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Placed:
    """A record and where its file stands."""

    location: Location
    record: Record


def assemble(
    placed: Iterable[Placed],
    attachments: Mapping[tuple[str, str], tuple[Attachment, ...]],
    unread: tuple[Location, ...] = (),
) -> Store | None:
    """Return the store of these records, or `None` where the school, its staff or its courses cannot be read.

    `attachments` are those of a student and year, `unread` the places of faulty files. A student
    without a readable `student.yaml` leaves the participants in `strays`.
    """
    by_place: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for each in sorted(placed, key=lambda each: each.record.origin.path):
        by_place[each.location.student, each.location.year].append(each.record)
    school_wide = by_place.get(("", ""), [])
    school, staff = _one(school_wide, records.School), _one(school_wide, records.StaffDirectory)
    courses = _one(school_wide, records.CourseCatalog)
    if school is None or staff is None or courses is None:
        return None
    years: dict[str, set[str]] = defaultdict(set)
    for student, year in (*by_place, *attachments):
        years[student].update((year,) if year else ())
    names = sorted({student for student, _ in by_place if student})
    files = [_student_file(name, sorted(years[name]), by_place, attachments) for name in names]
    programs = _all(school_wide, records.Program)
    store = Store(
        school=school,
        staff=staff,
        courses=courses,
        program=next((each for each in programs if each.origin.path == PROGRAM), None),
        earlier_programs=tuple(each for each in programs if each.origin.path != PROGRAM),
        guidelines=_one(school_wide, records.Guidelines),
        groups=_all(school_wide, records.Group),
        training=_all(school_wide, records.Training),
        partnerships=_all(school_wide, records.Partnership),
        inventory=_all(school_wide, records.WorkingPlan),
        consultations=_all(school_wide, records.Consultation),
        authorizations=_all(school_wide, records.Authorization),
        contributions=_all(school_wide, records.Contribution),
        students=tuple(each for each in files if each is not None),
        unread=unread,
        strays={
            name: _all(by_place[name, ""], records.Participant)
            for name, each in zip(names, files, strict=True)
            if each is None
        },
    )
    return replace(store, conflicted=frozenset(each.person for each in conflicts(store)))


def _student_file(
    name: str,
    years: Iterable[str],
    by_place: Mapping[tuple[str, str], list[Record]],
    attachments: Mapping[tuple[str, str], tuple[Attachment, ...]],
) -> StudentFile | None:
    own = by_place.get((name, ""), [])
    student = _one(own, records.Student)
    if student is None:
        return None
    return StudentFile(
        id=name,
        student=student,
        participants=_all(own, records.Participant),
        consents=_all(own, records.Consent),
        disclosures=_all(own, records.Disclosure),
        years=tuple(
            _year_section(year, by_place.get((name, year), []), attachments.get((name, year), ())) for year in years
        ),
    )


def _year_section(year: str, own: list[Record], attachments: tuple[Attachment, ...]) -> YearSection:
    return YearSection(
        id=year,
        plan=_one(own, records.Plan),
        strengths=_one(own, records.Strengths),
        objectives=_all(own, records.Objective),
        progress=_all(own, records.Progress),
        registrations=_all(own, records.Registration),
        report_cards=_all(own, records.ReportCard),
        tests=_all(own, records.TestResult),
        conferences=_all(own, records.Conference),
        requests=_all(own, records.ResourceRequest),
        documents=_all(own, records.SupportingDocument),
        attachments=attachments,
    )


def _all(own: list[Record], cls: type[R]) -> tuple[R, ...]:
    return tuple(each for each in own if isinstance(each, cls))


def _one(own: list[Record], cls: type[R]) -> R | None:
    return next((each for each in own if isinstance(each, cls)), None)
