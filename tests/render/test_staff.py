"""The pages that staff start from: their students, the offices, and the school's own records (policy: P26, P29, U6)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from site_builder.access.view import Named, Site
from site_builder.model.due import KINDS
from site_builder.render.site import render_site
from site_builder.render.staff import SECTIONS
from site_builder.render.vocabulary import WORDS
from tests.render import example_site as example
from tests.render.html_rules import outline


def pages(site: Site) -> dict[str, str]:
    return {made.path: made.content.decode() for made in render_site(site) if made.path.endswith(".html")}


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture(scope="module")
def manager() -> dict[str, str]:
    return pages(example.manager_site())


@pytest.fixture(scope="module")
def principal() -> dict[str, str]:
    return pages(example.principal_site())


def test_a_counselor_starts_at_the_caseload(manager: dict[str, str]) -> None:
    """Dates, what is due and the objectives by status, one line a student (policy: P26, U6)."""
    start = text(manager["index.html"])
    assert start.index("Benjamin Kimball") < start.index("Ana Rivera")
    assert "Caseload" in start
    assert "Offer the yearly conference was due Oct 14, 2026" in start
    assert "Be in touch again by Nov 25, 2026" in start
    assert "Small-group conference with parent and counselor, grades 9-10 by May 26, 2028" in start
    assert "Report card, Fall by Jan 1, 2027" in start
    assert "Needs help: 1" in start
    assert "Oct 14 Oct 15, 2025 Thursday, Dec 3" in start
    assert "Requests that wait for the Principal" in start


def test_a_teacher_starts_at_my_students() -> None:
    site = example.manager_site()
    assert site.desk is not None
    cases = tuple(replace(each, role="teacher") for each in site.desk.cases)
    made = pages(replace(site, withheld=(), desk=replace(site.desk, cases=cases, manager=None)))
    assert "My students" in text(made["index.html"])
    assert "Caseload" not in text(made["index.html"])
    assert {"whole-school.html", "withheld.html"}.isdisjoint(made)
    assert not [path for path, html in made.items() if "withheld" in html or "whole-school" in html]


def test_two_kinds_of_part_are_two_tables() -> None:
    site = example.manager_site()
    assert site.desk is not None
    mixed = (site.desk.cases[0], replace(site.desk.cases[1], role="teacher"))
    start = pages(replace(site, desk=replace(site.desk, cases=mixed)))["index.html"]
    assert start.count("<table") == 2
    assert text(start).index("Caseload · 1 student") < text(start).index("My students · 1 student")


def test_only_names_of_files_that_are_open_lead_anywhere(manager: dict[str, str]) -> None:
    links = outline(manager["whole-school.html"]).links
    assert "kimball-benjamin/index.html" in links
    assert not [link for link in links if "stone" in link]
    assert "Rosa Stone" in text(manager["whole-school.html"])


def test_the_school_manager_reads_process_and_no_words_of_a_request(manager: dict[str, str]) -> None:
    """Conferences, plans, requests, people, training and waivers, each with its day (policy: P6, P15, P27, P29)."""
    whole = text(manager["whole-school.html"])
    for part in (
        "Hold the yearly conference by Dec 18, 2026",
        "Begin the plan by Nov 20, 2027",
        "Decide on a request by Dec 1, 2026",
        "Comes of age Jan 9, 2027",
        "Jordan Lee with Ana Rivera until Dec 11, 2026",
        "Amelia Frost",
        "Moved here last week",
        "Kai Benally students/benally-kai",
    ):
        assert part in whole
    assert "magnifier" not in "".join(manager.values())
    assert "Notes of the school psychologist" in text(manager["withheld.html"])


def test_the_principal_starts_at_the_requests(principal: dict[str, str]) -> None:
    """Resource, reason, who asked and since when; those put off stand apart (policy: P29)."""
    start = text(principal["index.html"])
    assert "Rosa Stone Grade 11 asked by Ines Stone (Parent) waiting since Nov 16, 2026" in start
    assert "Small print in the drafting room" in start
    assert start.index("magnifier") < start.index("Put off until later") < start.index("van on Saturdays")
    assert "Needed from you Training in making plans by May 27" not in start
    assert "Needed from you Training in making plans by May 28, 2027" in start
    assert "Offer the yearly conference" in start
    assert "Files without a plan No plan has been prepared this school year" in start
    assert "Be in touch again" not in start, "that is the counselors' own, and the School Manager's to see to"
    assert "withheld.html" not in principal
    assert "students.html" not in principal


def test_a_principal_with_students_of_their_own_finds_them_on_a_second_page() -> None:
    site = example.principal_site()
    assert site.desk is not None
    mine = replace(example.manager_site().desk or site.desk, manager=None, principal=site.desk.principal)
    cases = tuple(replace(each, role="administrator") for each in mine.cases)
    made = pages(replace(site, files=example.manager_site().files, desk=replace(mine, cases=cases)))
    assert "My students" in text(made["students.html"])
    assert 'href="../students.html"' in made["rivera-ana/index.html"]
    assert 'href="../../students.html"' in made["rivera-ana/2025-26/plan.html"]


def test_old_pages_are_named_on_the_first_page_and_have_a_way_back() -> None:
    kept = (Named("Kai Benally", "student", "benally-kai"),)
    made = pages(replace(example.principal_site(), kept=kept))
    assert "benally-kai/index.html" in made["index.html"]
    assert "students.html" in made


def test_staff_read_the_schools_own_records(manager: dict[str, str]) -> None:
    """Groups, training, authorised time, partnerships, working plans, consultations, the template (policy: P14, P16,
    P18, P27, P28, P30, P33).
    """
    school = text(manager["our-school.html"])
    for part in (
        "Students who look at trades Shop 1 Dana Ortiz and Jordan Lee",
        "Beginning with strengths",
        "Attended by Dana Ortiz and Jordan Lee",
        "Last period",
        "Juniper Metalworks",
        "Call Hal Overson",
        "What families want to know",
        "31 people present",
        "Try one career day",
        "All together 9.5",
    ):
        assert part in school
    plan = manager["working-plan-two-roads.html"]
    assert "<strong>open</strong>" in plan
    assert "A file" in plan
    assert "x.pdf" not in plan


def test_families_have_no_desk() -> None:
    made = pages(example.family_site())
    assert {path for path in made if "/" not in path} == {"index.html"}


def test_a_staff_member_without_students_or_office_is_told_so() -> None:
    site = replace(example.principal_site(), desk=None)
    made = pages(site)
    assert set(made) == {"index.html"}
    assert "No student’s plan is open to you" in text(made["index.html"])


def test_everything_that_can_be_due_has_a_word_and_a_place() -> None:
    assert set(WORDS["due"]) == set(KINDS)
    placed = {kind for kinds in SECTIONS.values() for kind in kinds}
    assert set(KINDS) - placed == {"training", "participant-ends"}  # these stand by person, in lists of their own


def test_what_is_written_at_a_desk_cannot_become_markup() -> None:
    site = example.principal_site()
    assert site.desk is not None
    assert site.desk.principal is not None
    evil = '"><script>alert(1)</script>{{ 7*7 }}%(x)s'
    request = replace(site.desk.principal.requests[0], resource=evil, reason=evil, name=evil)
    desk = replace(site.desk, principal=replace(site.desk.principal, requests=(request,)))
    start = pages(replace(site, desk=desk))["index.html"]
    assert "<script" not in start
    assert start.count("{{ 7*7 }}%(x)s") == 3
