"""What the policy asks of a student's file and plan, looked for on the sample's pages where families meet it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from site_builder.access.sites import common_copy
from site_builder.check.checker import check_store
from site_builder.model.due import due
from site_builder.render.binder import render_binder
from site_builder.source.working_tree import WorkingTree
from tests.sample import (
    ANA,
    MANAGER,
    MOTHER,
    NEWCOMER,
    PRINCIPAL,
    SAMPLE,
    binder,
    found,
    has_errors,
    run,
    sample,
    sections,
    site,
    this_year,
)
from tests.stores import TODAY

PLAN, CLASSES = f"{ANA}/plan.html", f"{ANA}/classes.html"


def test_every_grade_has_plans_and_only_a_newcomer_waits_for_one(tmp_path: Path) -> None:
    """Plans begin in grade 7, or in the first year at the school (policy: P1, U1)."""
    planned = [file for file, year in sections() if year.plan is not None and year.plan.prepared_on is not None]
    assert {file.student.grades["2026-27"] for file in planned} == set(range(7, 13))
    assert {file.id for file, _ in sections()} - {file.id for file in planned} == {NEWCOMER}
    waiting = [each for each in due(sample(), TODAY) if each.kind == "plan"]
    assert [(each.student, each.by, each.policy) for each in waiting] == [(NEWCOMER, dt.date(2027, 11, 9), "U1")]
    assert "no plan for 2026-27; it is to be begun by 9 November 2027" in run(tmp_path, "check", "--format", "concise")
    for viewer, page in ((MANAGER, "whole-school.html"), (PRINCIPAL, "index.html")):
        assert "Tomas Aguilar 10 Begin the plan by Nov 9, 2027" in site(viewer)[page]


def test_credits_of_an_earlier_school_wait_for_its_transcript(tmp_path: Path) -> None:
    """Nobody is told that courses are missing which may be passed already (policy: P3, U3)."""
    said = "The credits of grade 9, at another school, have not been entered yet."
    assert said in site("tomas-aguilar")[f"{NEWCOMER}/index.html"]
    assert said in binder(NEWCOMER)
    assert "too few courses are left" not in site("tomas-aguilar")[f"{NEWCOMER}/plan.html"]
    assert not [each for each in found("SEP340") if NEWCOMER in each.span.file], "what they build on was taken there"
    assert "Tomas Aguilar enter the credits of the earlier school: grade 9" in run(tmp_path, "todo")
    assert "Enter the credits of the earlier school by Dec 9, 2026" in site(MANAGER)["whole-school.html"]


def test_strengths_and_objectives_stand_before_any_grade() -> None:
    """The plan names skills and objectives; what goes well is seen first (policy: P2, P23)."""
    _, year = this_year(ANA)
    assert year.strengths is not None
    strength = year.strengths.achievements[0].what
    overview, classes = site(MOTHER)[f"{ANA}/index.html"], site(MOTHER)[CLASSES]
    assert all(each.statement in overview for each in year.objectives)
    assert overview.index(strength) < min(overview.index(each.statement) for each in year.objectives)
    assert classes.index(strength) < classes.index("3.51"), "the grade average comes after"
    assert binder(ANA).index(strength) < binder(ANA).index("3.51")


def test_the_course_plan_says_what_is_earned_under_way_planned_and_missing() -> None:
    """Courses of grades 7 to 12 are held against the school's requirements (policy: P3)."""
    page = site("ana-rivera")[PLAN]
    assert re.search(r"[\d.]+ of 24 credits earned, [\d.]+ in progress, [\d.]+ planned", page)
    assert all(f"Grade {grade}" in page for grade in range(7, 13))
    short = [each for viewer in ("grace-okafor", "lucia-morales") for each in site(viewer).values()]
    assert any("Silver Range High School" in each for each in short), "credit from another school is told"


def test_careers_and_programs_stand_with_their_objectives_and_courses(tmp_path: Path) -> None:
    """The plan points to what comes after graduation (policy: P4)."""
    page = site("ana-rivera")[PLAN]
    assert "Uintah Basin Technical College" in page
    assert "51-4121" in page
    assert "Courses that lead there: Welding 1" in page
    assert "51-4121.00" in run(tmp_path, "find", "career", "weld")


def test_who_made_the_plan_and_who_was_consulted_is_shown() -> None:
    """In grades 9 to 12 the student prepares it, and consults staff and parents (policy: P5, P19)."""
    file, year = this_year(ANA)
    assert year.plan is not None
    assert year.plan.prepared_by == ("ana-rivera",)
    names = [file.participant(each.person) for each in year.plan.consulted]
    assert names
    assert all(each is not None and each.name in site("ana-rivera")[PLAN] for each in names)
    assert {f"{ANA}/worksheet.html"} <= set(site("ana-rivera")) & set(site(MOTHER))


def test_a_file_is_one_folder_that_holds_all_it_needs(tmp_path: Path) -> None:
    """The file stands apart and is complete: beside the school's own files nothing else is read (policy: P7, P37)."""
    folder = f"students/{ANA}"
    for top in ("*.yaml", "groups/*", "partnerships/*", "template/**/*", f"{folder}/**/*"):
        for path in (each for each in SAMPLE.glob(top) if each.is_file()):
            target = tmp_path / path.relative_to(SAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    result = check_store(WorkingTree(tmp_path), TODAY)
    assert not [each for each in result.findings if each.span.file.startswith(folder)]
    assert result.store is not None
    assert [each.id for each in result.store.students] == [ANA]
    assert render_binder(common_copy(result.store, ANA, TODAY)) == render_binder(common_copy(sample(), ANA, TODAY))


def test_earlier_years_stay_on_the_pages_and_in_the_binder() -> None:
    """Years are kept apart, stay available, and follow the student, also from another school (policy: P8, U3)."""
    file, _ = this_year(ANA)
    assert [each.id for each in file.years] == ["2024-25", "2025-26", "2026-27"]
    for year in ("2024-25", "2025-26"):
        assert f"{ANA}/{year}/plan.html" in site(MOTHER)
        assert f"{year} · Grade" in binder(ANA)
    assert "Silver Range High School" in binder("okafor-grace")


def test_each_term_s_classes_and_teachers_and_each_report_card_are_there() -> None:
    """The file holds registrations with telephone numbers, and report cards (policy: P9, P10)."""
    _, year = this_year(ANA)
    for registration in year.registrations:
        for each in registration.classes:
            assert f"{each.teacher} {each.phone}" in site(MOTHER)[CLASSES]
            assert f"{each.teacher} {each.phone}" in binder(ANA)
    for card in (card for file, _ in sections() if file.id == ANA for each in file.years for card in each.report_cards):
        assert card.gpa is None or str(card.gpa) in binder(ANA)


def test_a_registration_that_differs_from_the_plan_is_told_to_all() -> None:
    """Registration and schedule agree with the plan, or the page says how they differ (policy: U4)."""
    assert "students/larsen-emma/2026-27/registration/spring.yaml" in [each.span.file for each in found("SEP342")]
    assert "Journalism and Yearbook in place of Spanish 2" in site("emma-larsen")["larsen-emma/classes.html"]


def test_everybody_who_takes_part_can_be_reached() -> None:
    """Names, addresses and telephone numbers of all who take part are there, assigned staff too (policy: P11, P13)."""
    file, _ = this_year(ANA)
    page = site(MOTHER)[f"{ANA}/people.html"]
    current = [each for each in file.participants if each.until is None or each.until >= TODAY]
    assert len(current) > 5
    for each in current:
        assert each.address is not None
        assert all(word in page for word in (each.name, each.address, each.phones[0].number))
        assert each.role in ("student", "parent") or each.assigned_by == "principal-hale"


def test_what_is_asked_of_everyone_stands_beside_what_is_the_student_s_own() -> None:
    """The school's template is supplemented by teacher, parent and student (policy: P18)."""
    page = site("ana-rivera")[PLAN]
    everyone, yours = page.index("Asked of everyone"), page.index(" Yours ")
    program = sample().program
    assert program is not None
    steps = next(each.steps for each in program.steps if each.grade == 9)
    assert all(everyone < page.index(each) < yours for each in steps)
    assert yours < page.index("Earn the entry-level welding certificate", yours)


def test_the_plan_says_that_it_binds_nobody_and_what_a_signature_means() -> None:
    """The plan is no binding agreement (policy: P20)."""
    assert all("not a binding agreement" in text for path, text in site("ana-rivera").items() if ANA in path)
    assert binder(ANA).count("not a binding agreement") >= 2
    assert "Maria Rivera (Parent) Took part · Oct 14, 2026" in binder(ANA)
    assert "Jorge Rivera (Parent) Received a copy" in binder(ANA)


def test_an_objective_may_ask_for_more_than_the_school_has() -> None:
    """Such an objective is no error, and leads to a request (policy: P21)."""
    beyond = [
        (file.id, year.id, each.id) for file, year in sections() for each in year.objectives if each.beyond_school_means
    ]
    assert ("okafor-grace", "2026-27", "college-government") in beyond
    assert "This reaches beyond what the school can provide today" in site("grace-okafor")["okafor-grace/plan.html"]
    assert not has_errors()


def test_means_stand_in_two_groups_with_those_of_the_community() -> None:
    """What the school gives, and what family, student and community give (policy: P22, P32)."""
    for page in (site("ana-rivera")[PLAN], binder(ANA)):
        school, others = page.index("From the school"), page.index("From the family, the student and others")
        assert school < page.index("Welding 1 this year") < others < page.index("Saturday shop hours with uncle Ramiro")
    assert "Community, Juniper Metalworks" in site("ana-rivera")[PLAN]


def test_progress_is_kept_as_notes_steps_grades_and_scores() -> None:
    """A record of progress toward the objectives, in any useful form (policy: P24)."""
    page = site(MOTHER)[f"{ANA}/strengths.html"]
    assert "Sábado en el taller" in page, "in the parent's own language"
    assert re.search(r"\d+ de \d+ pasos hechos", page)
    assert "3.51" in site(MOTHER)[CLASSES]
    assert "ACT practice test" in site("emma-larsen")["larsen-emma/classes.html"]


def test_an_occupational_objective_makes_an_seop_with_a_reviewer_who_takes_part() -> None:
    """A parent suggested it, occupational staff reviewed it and joined (policy: P31)."""
    file, year = this_year(ANA)
    assert year.plan is not None
    assert year.plan.occupational_review is not None
    reviewer = file.participant(year.plan.occupational_review.by)
    assert reviewer is not None
    assert reviewer.role == "occupational-specialist"
    page = site("ana-rivera")[PLAN]
    assert "Occupational suggested by Maria Rivera" in page
    assert "Reviewed by occupational staff Grace Cho" in page
    assert "Grade 9 SEOP" in page
    assert "Grade 11 SEP " in site("emma-larsen")["larsen-emma/plan.html"]
