"""What staff of the example school find at their desks, made by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from site_builder.access.naming import Named, Words
from site_builder.access.view_desk import (
    AuthorizationView,
    Case,
    ConsultationView,
    Desk,
    DueView,
    Ending,
    GroupView,
    ManagerDesk,
    PartnershipView,
    PersonDue,
    PrincipalDesk,
    SchoolDesk,
    StudentDue,
    TrainingView,
    WaitingRequest,
    WaiverView,
    WorkingPlanView,
)
from site_builder.model.records import GradeSteps, Requirement

HALE = Named("Ruth Hale", "Principal", "hale")
ORTIZ = Named("Dana Ortiz", "School counselor", "ortiz")
LEE = Named("Jordan Lee", "CTE teacher", "lee")
FROST = Named("Amelia Frost", "Art", "frost")


def day(text: str) -> dt.date:
    """Return a date written as `2026-11-24`."""
    return dt.date.fromisoformat(text)


CASES = (
    Case(
        student="kimball-benjamin",
        role="counselor",
        due=(
            DueView(kind="annual-conference-offer", by=day("2026-10-14"), who="Dana Ortiz"),
            DueView(kind="plan", by=day("2027-11-20"), who="Dana Ortiz"),
        ),
    ),
    Case(
        student="rivera-ana",
        role="counselor",
        due=(
            DueView(kind="last-contact", by=day("2026-11-25"), who="Dana Ortiz"),
            DueView(kind="report-card", by=day("2027-01-01"), term="Fall"),
            DueView(kind="group-conference", by=day("2028-05-26"), who="Dana Ortiz", grades="9-10"),
        ),
        last_contact=day("2026-10-14"),
        last_conference=day("2025-10-15"),
    ),
)

STUDENTS = (
    StudentDue(
        student="kimball-benjamin",
        name="Benjamin Kimball",
        grade=7,
        due=CASES[0].due,
        open=True,
    ),
    StudentDue(
        student="stone-rosa",
        name="Rosa Stone",
        grade=11,
        due=(
            DueView(kind="annual-conference-hold", by=day("2026-12-18"), who="Sam Reyes"),
            DueView(kind="request-decision", by=day("2026-12-01"), who="Ruth Hale"),
            DueView(kind="adult-soon", by=day("2027-01-09"), who="Dana Ortiz"),
            DueView(kind="individual-conference", by=day("2028-05-26"), who="Sam Reyes", grades="11-12"),
        ),
    ),
)

SCHOOL = SchoolDesk(
    trainings=(
        TrainingView(
            title="Beginning with strengths",
            date=day("2026-08-12"),
            hours=2.5,
            attended=(ORTIZ, LEE),
            topics=("Asking families first",),
        ),
        TrainingView(
            title="A visit to another school", date=day("2025-11-03"), hours=1, attended=(HALE,), in_service=False
        ),
    ),
    groups=(
        GroupView(
            category="Students who look at trades",
            date=day("2026-10-21"),
            place="Shop 1",
            staff=(ORTIZ, LEE),
            time="15:30",
        ),
    ),
    authorizations=(
        AuthorizationView(
            activity="Last period",
            purpose="Joint conferences",
            date=day("2026-10-14"),
            authorized_by=HALE,
            authorized_on=day("2026-09-04"),
            hours=0.8,
        ),
    ),
    partnerships=(
        PartnershipView(
            partner="Juniper Metalworks",
            program="Welding",
            offers=("Scrap plate for practice",),
            since=day("2024-01-15"),
            until=day("2028-06-30"),
            contact="Hal Overson, 435-555-0147",
        ),
    ),
    inventory=(
        WorkingPlanView(
            id="two-roads",
            title="Two roads to nursing",
            source="State Board of Education, sample 22",
            grades=(10, 11, 12),
            kind="SEOP",
            words=Words("Two roads stay **open**. [A file](../archive/x.pdf)", "en", "inventory"),
        ),
    ),
    consultations=(
        ConsultationView(
            id="parents",
            date=day("2026-04-23"),
            with_="Parents and guardians",
            topic="What families want to know",
            words=Words("Parents want a week’s notice.", "en", "consultations"),
            present=31,
        ),
    ),
    requirements=(
        Requirement(subject="language-arts", title="Language arts", credits=4.0),
        Requirement(subject="electives", title="Electives", credits=5.5),
    ),
    steps=(GradeSteps(grade=9, steps=("Try one career day",)),),
    untrained=(PersonDue(person=FROST, by=day("2027-05-28")),),
)

MANAGER = ManagerDesk(
    students=STUDENTS,
    training=SCHOOL.untrained,
    ending=(Ending(person=LEE, student="Ana Rivera", on=day("2026-12-11")),),
    waivers=(
        WaiverView(
            code="SEP320",
            file="students/stone-rosa/2026-27/plan.yaml",
            reason="Moved here last week",
            who=ORTIZ,
            until=day("2026-12-18"),
        ),
    ),
    unsound=(Named("Kai Benally", "student", "benally-kai"),),
)

PRINCIPAL = PrincipalDesk(
    requests=(
        WaitingRequest(
            student="stone-rosa",
            name="Rosa Stone",
            grade=11,
            resource="A desk lamp with a magnifier",
            reason="Small print in the drafting room",
            requested_by=Named("Ines Stone", "parent", "ines-stone"),
            referred_on=day("2026-11-16"),
        ),
        WaitingRequest(
            student="rivera-ana",
            name="Ana Rivera",
            grade=9,
            resource="A van on Saturdays",
            reason="",
            requested_by=LEE,
            referred_on=day("2026-10-02"),
            outcome="deferred",
            decided_on=day("2026-10-30"),
        ),
    ),
    students=(replace(STUDENTS[0], open=False),),
    training=SCHOOL.untrained,
)


def counselors_desk() -> Desk:
    """Return the desk of a counselor who is the School Manager as well."""
    return Desk(cases=CASES, school=SCHOOL, manager=MANAGER)


def principals_desk() -> Desk:
    """Return the desk of a Principal who takes part in no plan and has not been trained."""
    return Desk(cases=(), school=SCHOOL, own=(DueView(kind="training", by=day("2027-05-28")),), principal=PRINCIPAL)
