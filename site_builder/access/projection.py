"""One student's file as somebody may see it: records go in, a view comes out, and what is not allowed stays behind.

Every entry and every field with a narrower audience is asked for, one by one, through `Sees`; nothing else decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias, TypeVar

from site_builder.access.consents import covers, in_force
from site_builder.access.decision import Item
from site_builder.access.pathways import Pathways, sources
from site_builder.access.tenure import is_listed
from site_builder.access.view import (
    AddedView,
    ConferenceView,
    ConsentView,
    Dated,
    Named,
    ObjectiveView,
    PaperView,
    PersonView,
    PlanView,
    ProgressView,
    RegistrationView,
    ReportCardView,
    RequestView,
    StepView,
    StrengthsView,
    TermView,
    TestView,
    Words,
    YearView,
)
from site_builder.model import records
from site_builder.model.build import RECORD_CLASSES
from site_builder.model.course_plan import plan_changes
from site_builder.model.records import Record
from site_builder.model.store import Store, StudentFile, YearSection

_T = TypeVar("_T", records.Registration, records.ReportCard)
Sees: TypeAlias = Callable[[Item], bool]
_KINDS = {cls: kind for kind, cls in RECORD_CLASSES.items()}


class Projection:
    """Makes the view of one file for all of `readers`; `sees` tells which items they may see on the day `on`."""

    def __init__(
        self, store: Store, file: StudentFile, sees: Sees, readers: tuple[records.Participant, ...], on: dt.date
    ) -> None:
        self._store = store
        self._file = file
        self._sees = sees
        self._readers = readers
        self._on = on

    def years(self) -> tuple[YearView, ...]:
        """Return the year sections, the newest first."""
        return tuple(self._year(each) for each in reversed(self._file.years))

    def people(self) -> tuple[PersonView, ...]:
        """Return the current participants: the student, the family, then staff (policy: P11)."""
        order = {"student": 0, "parent": 1, "guardian": 1}
        listed = [each for each in self._file.participants if is_listed(each, self._on)]
        listed.sort(key=lambda each: (order.get(each.role, 2), each.id))
        return tuple(self._person(each) for each in listed)

    def named(self, person: str) -> Named:
        """Return how entries of this file name the person with this id."""
        participant = self._file.participant(person)
        if participant is not None:
            return Named(participant.name, participant.role, person)
        member = self._store.staff_member(person)
        return Named(member.name, member.position, person) if member is not None else Named(person, "", person)

    def _may(self, record: Record, year: str = "", field: str = "") -> bool:
        return self._sees(Item(self._file.id, _KINDS[type(record)], year, record.id, field))

    def _year(self, year: YearSection) -> YearView:
        return YearView(
            id=year.id,
            grade=self._file.student.grades.get(year.id),
            occupational=any(each.kind == "occupational" and each.status != "set-aside" for each in year.objectives),
            plan=self._plan(year, year.plan) if year.plan is not None and self._may(year.plan, year.id) else None,
            strengths=self._strengths(year),
            objectives=tuple(self._objective(each) for each in year.objectives if self._may(each, year.id)),
            progress=tuple(
                self._progress(each, year)
                for each in sorted(year.progress, key=lambda each: (each.date, each.id), reverse=True)
                if self._may(each, year.id)
            ),
            registrations=self._registrations(year),
            report_cards=self._report_cards(year),
            tests=tuple(
                TestView(name=each.name, date=each.date, scores=each.scores, note=each.note or "")
                for each in sorted(year.tests, key=lambda each: (each.date, each.id))
                if self._may(each, year.id)
            ),
            conferences=tuple(
                self._conference(each, year.id)
                for each in sorted(year.conferences, key=_conference_day, reverse=True)
                if self._may(each, year.id)
            ),
            requests=tuple(
                self._request(each, year)
                for each in sorted(year.requests, key=lambda each: (each.referred_on, each.id), reverse=True)
                if self._may(each, year.id)
            ),
            papers=tuple(self._papers(year)),
        )

    def _plan(self, year: YearSection, plan: records.Plan) -> PlanView:
        review = plan.occupational_review
        seen = frozenset(each.id for each in year.objectives if self._may(each, year.id))
        pathways = Pathways(self._store, seen, offers=year is self._file.years[-1])
        programs = tuple(pathways.program(each) for each in plan.post_secondary)
        careers = tuple(pathways.career(each) for each in plan.careers)
        return PlanView(
            prepared_by=self._all_named(plan.prepared_by),
            prepared_on=plan.prepared_on,
            consulted=tuple(Dated(self.named(each.person), each.on) for each in plan.consulted),
            template_version=plan.template_version or "",
            aspiration=plan.aspiration or "",
            language=plan.language,
            course_plan=plan.course_plan,
            post_secondary=programs,
            careers=careers,
            sources=sources(programs, careers),
            occupational_review=Dated(self.named(review.by), review.on, note=review.note or "") if review else None,
            signatures=tuple(Dated(self.named(each.person), each.on, each.meaning) for each in plan.signatures),
            proposals=tuple(Dated(self.named(each.by), each.proposed_on) for each in plan.proposals),
        )

    def _strengths(self, year: YearSection) -> StrengthsView | None:
        strengths = year.strengths
        if strengths is None or not self._may(strengths, year.id):
            return None
        return StrengthsView(
            by=self.named(strengths.by),
            date=strengths.date,
            words=_words(strengths, strengths.language, year.id),
            achievements=strengths.achievements,
            added=tuple(
                AddedView(by=self.named(each.by), on=each.proposed_on, words=each.words, language=each.language)
                for each in strengths.added
            ),
        )

    def _objective(self, objective: records.Objective) -> ObjectiveView:
        return ObjectiveView(
            id=objective.id,
            statement=objective.statement,
            language=objective.language,
            kind=objective.kind,
            status=objective.status,
            suggested_by=self.named(objective.suggested_by),
            suggested_on=objective.suggested_on,
            beyond_school_means=objective.beyond_school_means,
            means=tuple(self._means(each) for each in objective.means),
            steps=tuple(
                StepView(
                    what=each.what, who=self.named(each.who) if each.who else None, due=each.due, done_on=each.done_on
                )
                for each in objective.steps
            ),
            career=objective.career,
            carried_from=objective.carried_from or "",
        )

    def _seen_objective(self, id: str | None, year: YearSection) -> str:
        """Return the id of an objective of the year that the reader sees, or nothing: an id says something too."""
        return next((each.id for each in year.objectives if each.id == id and self._may(each, year.id)), "")

    def _means(self, means: records.Means) -> records.Means:
        """Name a partnership by its partner, as people know it."""
        partner = next((each.partner for each in self._store.partnerships if each.id == means.partnership), None)
        return replace(means, partnership=partner)

    def _progress(self, note: records.Progress, year: YearSection) -> ProgressView:
        return ProgressView(
            id=note.id,
            title=note.title or "",
            by=self.named(note.by),
            date=note.date,
            words=_words(note, note.language, f"{year.id}/progress"),
            objective=self._seen_objective(note.objective, year),
        )

    def _registrations(self, year: YearSection) -> tuple[RegistrationView, ...]:
        planned = year if year.plan is not None and self._may(year.plan, year.id) else replace(year, plan=None)
        grade = self._file.student.grades.get(year.id)
        return tuple(
            RegistrationView(
                term=self._term(year.id, each.term),
                registered_on=each.registered_on,
                classes=each.classes,
                changes=plan_changes(self._store, planned, grade, each),
            )
            for each in self._by_term(year.id, year.registrations)
            if self._may(each, year.id)
        )

    def _report_cards(self, year: YearSection) -> tuple[ReportCardView, ...]:
        return tuple(
            ReportCardView(
                term=self._term(year.id, each.term),
                issued_on=each.issued_on,
                grades=each.grades,
                gpa=each.gpa,
                from_school=each.from_school or "",
            )
            for each in self._by_term(year.id, year.report_cards)
            if self._may(each, year.id)
        )

    def _conference(self, conference: records.Conference, year: str) -> ConferenceView:
        group = next((each for each in self._store.groups if each.id == conference.group), None)
        body = conference.origin.body.strip()
        return ConferenceView(
            id=conference.id,
            kind=conference.kind,
            invited=self._all_named(conference.invited),
            attended=self._all_named(conference.attended),
            offered_on=conference.offered_on,
            scheduled_on=conference.scheduled_on,
            time=conference.time or "",
            place=conference.place or "",
            held_on=conference.held_on,
            declined_on=conference.declined_on,
            at_parent_teacher_conference=conference.at_parent_teacher_conference,
            category=group.category if group is not None else "",
            requested_by=self.named(conference.requested_by) if conference.requested_by else None,
            requested_on=conference.requested_on,
            answer=conference.answer or "",
            answered_on=conference.answered_on,
            words=_words(conference, conference.language, f"{year}/conferences") if body else None,
        )

    def _request(self, request: records.ResourceRequest, year: YearSection) -> RequestView:
        decision = request.answer
        every = () if request.decision is None else (request.decision, *request.later_decisions)
        return RequestView(
            id=request.id,
            resource=request.resource,
            requested_by=self.named(request.requested_by),
            referred_on=request.referred_on,
            objective=self._seen_objective(request.objective, year),
            reason=request.reason or "",
            outcome=decision.outcome if decision is not None else "",
            decided=Dated(self.named(decision.by), decision.on, note=decision.reason) if decision else None,
            earlier=tuple(Dated(self.named(each.by), each.on, each.outcome, each.reason) for each in every[:-1]),
        )

    def _papers(self, year: YearSection) -> Iterable[PaperView]:
        for each in sorted(year.documents, key=lambda each: (each.date, each.id)):
            attachment = year.attachment(each.file)
            if attachment is None or not self._may(each, year.id):
                continue
            key = f"{year.id}/{each.id}"
            yield PaperView(
                path=f"{year.id}/documents/{each.file}",
                title=each.title,
                date=each.date,
                kind=each.kind or "other",
                language=each.language,
                media_type=attachment.media_type,
                size=attachment.size,
                load=attachment.load,
                confidential=each.level != "open",
                description=each.description or "",
                alt=each.alt or "",
                consents=tuple(self._consents(key, attachment.sha256)) if each.level != "open" else (),
            )

    def _consents(self, key: str, sha256: str) -> Iterable[ConsentView]:
        """Give the consents on which these readers see it; what was allowed to somebody else is not theirs to know."""
        for each in self._file.consents:
            given = each.document == key and each.answer == "consent" and each.sha256 == sha256
            if given and in_force(each, self._on) and all(covers(each, reader) for reader in self._readers):
                yield ConsentView(
                    signer=self.named(each.signer),
                    capacity=each.capacity,
                    signed_on=each.signed_on,
                    purpose=each.purpose,
                    expires=each.expires,
                )

    def _person(self, participant: records.Participant) -> PersonView:
        return PersonView(
            id=participant.id,
            name=participant.name,
            role=participant.role,
            relation=participant.relation or "",
            position=participant.position or "",
            phones=participant.phones,
            address=(participant.address or "") if self._may(participant, field="address") else "",
            email=participant.email or "",
            since=participant.since,
        )

    def _all_named(self, people: Iterable[str]) -> tuple[Named, ...]:
        return tuple(self.named(each) for each in people)

    def _term(self, year: str, term: str) -> TermView:
        school_year = self._store.school_year(year)
        for each in school_year.terms if school_year is not None else ():
            if each.id == term:
                return TermView(id=term, title=each.title, starts=each.starts, ends=each.ends)
        return TermView(id=term, title=term)

    def _by_term(self, year: str, entries: Iterable[_T]) -> list[_T]:
        school_year = self._store.school_year(year)
        order = {each.id: place for place, each in enumerate(school_year.terms if school_year is not None else ())}
        return sorted(entries, key=lambda each: (order.get(each.term, len(order)), each.term))


def _words(record: Record, language: str, folder: str) -> Words:
    return Words(record.origin.body.strip(), language, folder)


def _conference_day(conference: records.Conference) -> tuple[dt.date, str]:
    days = (conference.held_on, conference.scheduled_on, conference.declined_on, conference.offered_on)
    return next((each for each in days if each is not None), dt.date.min), conference.id
