"""The school's own records for its staff: small groups, trainings, authorised times, partnerships, working plans.

None of them names a student. Each is asked for by the audience that its schema gives its kind, and staff who are at
the school read them all (policy: P14, P16, P18, P27, P28, P30, P33).
"""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.access.naming import Named, Words
from site_builder.access.view_desk import (
    AuthorizationView,
    ConsultationView,
    GroupView,
    PartnershipView,
    PersonDue,
    SchoolDesk,
    TrainingView,
    WorkingPlanView,
)
from site_builder.model.due import Due
from site_builder.model.records import Record
from site_builder.model.store import Store


def school_desk(store: Store, due: Iterable[Due]) -> SchoolDesk:
    """Return the school's own records as its staff read them; `due` is the school's, for who needs a training."""
    program = store.program
    return SchoolDesk(
        groups=_groups(store),
        trainings=_trainings(store),
        authorizations=_authorizations(store),
        partnerships=tuple(
            PartnershipView(
                partner=each.partner,
                program=each.program,
                offers=each.offers,
                since=each.since,
                until=each.until,
                contact=each.contact or "",
            )
            for each in sorted(store.partnerships, key=lambda each: (each.partner, each.id))
        ),
        inventory=tuple(
            WorkingPlanView(
                id=each.id,
                title=each.title,
                source=each.source,
                grades=each.grades,
                kind=each.kind,
                words=_words(store, each, "inventory"),
            )
            for each in sorted(store.inventory, key=lambda each: (min(each.grades), each.title, each.id))
        ),
        consultations=_consultations(store),
        requirements=program.requirements if program is not None else (),
        steps=tuple(sorted(program.steps, key=lambda each: each.grade)) if program is not None else (),
        untrained=people_due(store, due, "training"),
    )


def people_due(store: Store, due: Iterable[Due], kind: str) -> tuple[PersonDue, ...]:
    """Return the staff of whom `kind` is due, by name."""
    found = [PersonDue(person=staff_named(store, each.person), by=each.by) for each in due if each.kind == kind]
    return tuple(sorted(found, key=lambda each: (each.person.name, each.person.id)))


def staff_named(store: Store, person: str) -> Named:
    """Return how the staff directory names the person with this id."""
    member = store.staff_member(person)
    return Named(member.name, member.position, member.id) if member is not None else Named(person, "", person)


def _groups(store: Store) -> tuple[GroupView, ...]:
    year = store.school_year(store.school.current_year)
    return tuple(
        GroupView(
            category=each.category,
            date=each.date,
            place=each.place,
            staff=tuple(staff_named(store, one) for one in each.staff),
            time=each.time,
        )
        for each in sorted(store.groups, key=lambda each: (each.date, each.id), reverse=True)
        if year is not None and year.starts <= each.date <= year.ends
    )


def _trainings(store: Store) -> tuple[TrainingView, ...]:
    return tuple(
        TrainingView(
            title=each.title,
            date=each.date,
            hours=each.hours,
            attended=tuple(sorted((staff_named(store, one) for one in each.attended), key=lambda one: one.name)),
            topics=each.topics,
            in_service=each.in_service,
        )
        for each in sorted(store.training, key=lambda each: (each.date, each.id), reverse=True)
    )


def _authorizations(store: Store) -> tuple[AuthorizationView, ...]:
    return tuple(
        AuthorizationView(
            activity=each.activity,
            purpose=each.purpose,
            date=each.date,
            authorized_by=staff_named(store, each.authorized_by),
            authorized_on=each.authorized_on,
            hours=each.hours,
        )
        for each in sorted(store.authorizations, key=lambda each: (each.date, each.id), reverse=True)
    )


def _consultations(store: Store) -> tuple[ConsultationView, ...]:
    return tuple(
        ConsultationView(
            id=each.id,
            date=each.date,
            with_=each.with_,
            topic=each.topic,
            words=_words(store, each, "consultations"),
            present=each.present,
        )
        for each in sorted(store.consultations, key=lambda each: (each.date, each.id), reverse=True)
    )


def _words(store: Store, record: Record, folder: str) -> Words:
    return Words(record.origin.body.strip(), store.school.language, folder)
