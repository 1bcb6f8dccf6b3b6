"""What the policy asks of the school itself, looked for on the sample's pages, lists and reports."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pypdf import PdfReader

from site_builder.access.decide import decide
from site_builder.access.decision import ALLOW, Item
from site_builder.access.sites import viewers
from site_builder.model.due import due
from site_builder.model.due_people import untrained
from tests.sample import ANA, MANAGER, MOTHER, NEWCOMER, PRINCIPAL, binder, found, run, sample, sections, site
from tests.stores import TODAY


def _kinds() -> set[str]:
    return {each.kind for each in due(sample(), TODAY)}


def test_the_school_manager_is_appointed_by_the_principal_and_named() -> None:
    """A member of the faculty is School Manager by appointment (policy: P6)."""
    manager = sample().school.school_manager
    assert (manager.person, manager.appointed_by) == (MANAGER, sample().school.principal)
    assert "Harriet Begay is the School Manager" in site("ana-rivera")[f"{ANA}/people.html"]
    assert "Harriet Begay" in binder(ANA)[:600]


def test_small_groups_have_at_most_five_students_and_name_no_other_student() -> None:
    """Groups are for categories of students, five at most, and no file names another student (policy: P12, P16)."""
    members: dict[str, list[str]] = defaultdict(list)
    for file in sample().students:
        for year in file.years:
            for each in year.conferences:
                members[each.group or ""].append(file.student.name)
    del members[""]
    assert {each.id for each in sample().groups} == set(members)
    assert 2 <= max(map(len, members.values())) <= 5
    together = next(names for names in members.values() if len(names) > 1 and "Ana Lucía Rivera" in names)
    page = site("ana-rivera")[f"{ANA}/conferences.html"]
    assert not [each for each in together if each != "Ana Lucía Rivera" and each in page]
    assert "Group: First plan of one's own, grade 9" in page
    listed = site("lee")["our-school.html"]
    assert all(each.category in listed for each in sample().groups if each.date.year == 2026 and each.date.month > 8)
    assert "Ana Lucía Rivera" not in listed


def test_consultations_are_kept_and_cited(tmp_path: Path) -> None:
    """Personnel, parents and the council were consulted on the policy (policy: P14)."""
    consulted = {each.with_ for each in sample().consultations}
    assert consulted == {"School personnel", "Parents and guardians", "School community council"}
    assert all(each in site(MANAGER)["our-school.html"] for each in consulted)
    assert "School community council" in _report(tmp_path)


def test_each_student_is_offered_a_conference_and_who_is_still_due_is_listed(tmp_path: Path) -> None:
    """Offered and held are kept apart; the list says who is due, with a date (policy: P15)."""
    offered = {file.id for file, year in sections() for each in year.conferences if each.kind == "annual"}
    assert {file.id for file, _ in sections()} - offered == {NEWCOMER}
    assert "23 Dec Tomas Aguilar offer the yearly conference" in run(tmp_path, "todo"), "counted from the enrollment"
    assert found("SEP328") == []
    waiting = [each.student for each in due(sample(), TODAY) if each.kind == "annual-conference-hold"]
    assert sorted(waiting) == ["morales-lucia", "smith-tyler"]
    listed = run(tmp_path, "todo")
    assert "Tyler Smith hold the yearly conference" in listed
    assert "Hold the yearly conference" in site(PRINCIPAL)["index.html"]


def test_every_family_reads_how_to_ask_for_a_conference(tmp_path: Path) -> None:
    """A parent may ask at any time, and is answered (policy: P17)."""
    for path in (f"{ANA}/index.html", f"{ANA}/conferences.html"):
        assert "435-555-0152" in site(MOTHER)[path]
    assert "Emma Larsen answer a parent who asked" in run(tmp_path, "todo")


def test_every_participant_has_a_site_and_can_have_a_copy_on_paper(tmp_path: Path) -> None:
    """The file is open to all who take part (policy: P25)."""
    for file in sample().students:
        current = [each.id for each in file.participants if decide(sample(), each.id, Item(file.id), TODAY) is ALLOW]
        assert set(current) <= set(viewers(sample(), TODAY))
    run(tmp_path, "binder", ANA, "--for", MOTHER, "--out", str(tmp_path / "out"))
    pages = PdfReader(tmp_path / "out/binders" / f"{ANA}--for-{MOTHER}.pdf").pages
    assert "Maria Rivera" in pages[0].extract_text()


def test_staff_see_their_students_and_their_last_contact() -> None:
    """Assigned staff know the student; the counseling department keeps the plans (policy: P26, U6)."""
    caseload = site(MANAGER)["index.html"]
    assert "Caseload 12 students in 2026-27" in caseload
    assert "Your last contact" in caseload
    assert "last-contact" in _kinds()
    assert "My students" in site("lee")["index.html"]


def test_trainings_are_logged_and_who_is_assigned_without_one_is_named(tmp_path: Path) -> None:
    """Staff are trained within in-service training (policy: P27)."""
    assert untrained(sample(), TODAY) == ("fielding",)
    for viewer, page in ((MANAGER, "whole-school.html"), (PRINCIPAL, "index.html")):
        assert "Staff who still need training Naomi Fielding" in site(viewer)[page]
    assert "Needed from you Training in making plans" in site("fielding")["index.html"]
    assert "take part in a training on plans" in run(tmp_path, "todo", "--all")
    assert len(found("SEP370")) == 1
    for each in sample().training:
        assert each.title in site("lee")["our-school.html"]


def test_working_plans_can_be_read_by_staff_and_not_by_families() -> None:
    """The State Board's inventory is open to staff (policy: P28)."""
    for each in sample().inventory:
        assert each.source in site("lee")[f"working-plan-{each.id}.html"]
    assert not [path for path in site(MOTHER) if path.startswith("working-plan")]


def test_requests_go_to_the_principal_and_get_an_answer_with_a_reason(tmp_path: Path) -> None:
    """Request, referral, decision (policy: P29)."""
    queue = site(PRINCIPAL)["index.html"]
    assert "Van and meals for three debaters" in queue
    assert "Van and meals for three debaters" in run(tmp_path, "request", "list")
    assert "Answer The CTE equipment fund covers it." in site("ana-rivera")[f"{ANA}/plan.html"]


def test_the_principal_lets_somebody_decide_and_only_they_do() -> None:
    """A delegation stands in the school's settings, and a decision under it is sound (policy: P29)."""
    school = sample().school
    decided = [
        each.answer.by
        for file in sample().students
        for year in file.years
        for each in year.requests
        if each.answer is not None
    ]
    assert set(decided) == {school.principal, *(each.person for each in school.decides_requests)}
    assert found("SEP361") == []


def test_what_the_school_manager_lets_stand_is_hers_to_see(tmp_path: Path) -> None:
    """A waiver takes a finding off the list until its day, with its reason; nobody else reads of it."""
    (waiver,) = sample().school.waivers
    assert not [each for each in found(waiver.code) if each.span.file == waiver.file]
    assert found(waiver.code), "elsewhere the same finding is told"
    assert waiver.reason in site(MANAGER)["whole-school.html"]
    assert not [
        page for viewer in (PRINCIPAL, "jack-hansen") for page in site(viewer).values() if waiver.reason in page
    ]


def test_authorized_time_and_partnerships_are_shown_to_staff() -> None:
    """The Principal authorizes time; the school has partners in business (policy: P30, P33)."""
    page = site("lee")["our-school.html"]
    for activity in (each.activity for each in sample().authorizations):
        assert activity in page
    for partner in (each.partner for each in sample().partnerships):
        assert partner in page


def test_the_annual_report_speaks_with_the_words_of_families_and_staff(tmp_path: Path) -> None:
    """Teachers, parents and the community take part, and nobody can be recognised (policy: P34)."""
    report = _report(tmp_path)
    for each in sample().contributions:
        assert each.title in report
    assert not [file.id for file in sample().students if file.student.name in report]


def _report(folder: Path) -> str:
    run(folder, "report", "2025-26", "--out", str(folder / "reports"))
    return "".join(each.read_text("utf-8") for each in (folder / "reports").rglob("*.html"))


def test_the_file_is_private_and_what_was_given_away_rests_on_consents() -> None:
    """Only those who take part see it; others only with consents (policy: P35)."""
    for path, text in site("lee").items():
        assert ("Copy for Marcus Lee" if path.endswith("binder.html") else "Private, for Marcus Lee") in text
    given = [each for file in sample().students for each in file.disclosures]
    assert any(each.consents for each in given)
    assert found("SEP376") == []


def test_confidential_papers_are_shown_with_the_consents_they_rest_on() -> None:
    """The custodian and the persons concerned agreed (policy: P36)."""
    assert "Kirsten Olsen Keeper of the record" in site("ana-rivera")[f"{ANA}/people.html"]
    withheld = site(MANAGER)["withheld.html"]
    assert "revoked on" in withheld
    assert "objects" in withheld
    assert "withheld.html" not in site("lee")


def test_the_school_s_privacy_settings_hold() -> None:
    """No setting widens access; other rules stay in force (policy: P38)."""
    privacy = sample().school.privacy
    assert privacy.adult_parent_access == "dependent-or-consent"
    assert "teresa-benally" not in viewers(sample(), TODAY), "an adult who is no dependent, and has not consented"
    assert privacy.archives
    assert found("SEP420") == found("SEP423") == []


def test_families_who_were_not_reached_and_pairs_of_grades_are_listed(tmp_path: Path) -> None:
    """Parents take part and that is written down; one conference alone and one in a group (policy: U2, U5)."""
    assert {"family-not-reached", "group-conference", "individual-conference"} <= _kinds()
    listed = run(tmp_path, "todo", "--all")
    assert "Tyler Smith reach the parents" in listed
    assert "grades 9-10" in site(MANAGER)["whole-school.html"]
