"""Who is due for what, on a day (policy: P1 P3 P9 P10 P12 P13 P15 P17 P19 P26 P27 P29 P31 P35, U1 U2 U3 U5 U6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.model.due import KINDS, Due, due
from site_builder.model.due_case import school_days_after
from site_builder.model.due_people import untrained
from tests.stores import SMALL_SCHOOL, checked, clear, lay_over

SAM = "students/lopez-sam/2026-27"
IVY = "students/ward-ivy/2026-27"
SCHOOL = (SMALL_SCHOOL / "school.yaml").read_text("utf-8")
UTAH = f"{SCHOOL}rules: [utah-r277-462]\n"
ROUND = "parent_teacher_conferences: [2026-10-14]\n    conference_round: {offer_by: 2026-10-02, hold_by: 2026-12-18}\n"
NOT_THERE = (
    "training",
    f"{IVY}/registration",
    f"{IVY}/conferences",
    f"{SAM}/registration/spring.yaml",
    "students/lopez-sam/2025-26/report-card/spring.yaml",
)
"""What these tests need the small school not to have."""
SAM_ANNUAL = f"{SAM}/conferences/2026-10-14-annual.md"


def _annual(*lines: str, kind: str = "annual") -> str:
    return "\n".join(["---", f"kind: {kind}", "invited: [sam-lopez, rosa-lopez, reyes]", *lines, "---", "Notes.", ""])


def _round(school: str = UTAH) -> str:
    """Return the school with days of parent-teacher conferences and a round in 2026-27."""
    head, mark, rest = school.partition("    ends: 2027-05-28\n")
    return f"{head}{mark}    {ROUND}{rest}"


def _due(folder: Path, files: Mapping[str, str], today: str = "2026-11-24", without: str = "") -> tuple[Due, ...]:
    day = dt.date.fromisoformat(today)
    root = lay_over(folder, files)
    clear(root, *(each for each in (*NOT_THERE, without) if each and not _given(files, each)))
    store = checked(root, day).store
    assert store is not None
    return due(store, day)


def _given(files: Mapping[str, str], path: str) -> bool:
    return any(each == path or each.startswith(f"{path}/") for each in files)


def _of(found: tuple[Due, ...], kind: str, student: str = "lopez-sam") -> list[Due]:
    assert kind in KINDS
    return [each for each in found if each.kind == kind and each.student == student]


def _one(found: tuple[Due, ...], kind: str, student: str = "lopez-sam") -> Due:
    (item,) = _of(found, kind, student)
    return item


def test_a_yearly_conference_is_offered_by_the_day_of_the_round(tmp_path: Path) -> None:
    item = _one(_due(tmp_path, {"school.yaml": _round()}), "annual-conference-offer")
    assert (item.person, item.by, item.policy) == ("reyes", dt.date(2026, 10, 2), "P15")


def test_without_a_round_it_is_offered_by_the_last_conference_day_or_the_year_s_end(tmp_path: Path) -> None:
    with_day = SCHOOL + ""
    head, mark, rest = with_day.partition("    ends: 2027-05-28\n")
    files = {"school.yaml": f"{head}{mark}    parent_teacher_conferences: [2026-10-14, 2027-02-24]\n{rest}"}
    assert _one(_due(tmp_path / "a", files), "annual-conference-offer").by == dt.date(2027, 2, 24)
    assert _one(_due(tmp_path / "b", {}), "annual-conference-offer").by == dt.date(2027, 5, 28)


@pytest.mark.parametrize(
    ("lines", "offer", "hold"),
    [
        (["offered_on: 2026-09-20"], 0, 1),
        (["offered_on: 2026-12-01"], 1, 0),
        (["scheduled_on: 2026-12-01"], 1, 0),
        (["offered_on: 2026-09-20", "scheduled_on: 2026-12-01"], 0, 1),
        (["offered_on: 2026-09-20", "declined_on: 2026-09-25"], 0, 0),
        (["offered_on: 2026-09-20", "held_on: 2026-10-14"], 0, 0),
        (["held_on: 2026-10-14"], 0, 0),
        (["offered_on: 2026-09-20", "held_on: 2026-12-14"], 0, 1),
    ],
)
def test_offered_held_and_declined_are_kept_apart(tmp_path: Path, lines: list[str], offer: int, hold: int) -> None:
    found = _due(tmp_path, {SAM_ANNUAL: _annual(*lines)})
    assert len(_of(found, "annual-conference-offer")) == offer
    assert len(_of(found, "annual-conference-hold")) == hold


def test_a_conference_whose_day_has_passed_waits_for_its_note(tmp_path: Path) -> None:
    files = {
        "school.yaml": _round(),
        SAM_ANNUAL: _annual("offered_on: 2026-09-20", "scheduled_on: 2026-10-14"),
    }
    item = _one(_due(tmp_path, files), "annual-conference-hold")
    assert item.by == dt.date(2026, 12, 18)
    assert item.detail == "was set for 14 October 2026: held or not is not on record"


def test_a_pair_of_grades_needs_an_individual_and_a_group_conference(tmp_path: Path) -> None:
    found = _due(tmp_path, {"school.yaml": UTAH})
    group = _one(found, "group-conference")
    assert (group.by, group.policy) == (dt.date(2027, 5, 28), "U5")
    assert group.detail == "small-group conference with parent and counselor in grades 9-10"
    assert _of(found, "individual-conference") == [], "grade 9 had one, with parent, counselor and student"
    assert _one(found, "group-conference", "ward-ivy").by == dt.date(2028, 5, 26), "grade 8 ends with the next year"
    assert _one(found, "individual-conference", "ward-ivy").person == "reyes"


def test_the_pair_s_group_conference_counts_with_student_parent_and_counselor(tmp_path: Path) -> None:
    place = f"{SAM}/conferences/2026-10-07-group.md"
    text = (SMALL_SCHOOL / place).read_text("utf-8")
    whole = text.replace("attended: [sam-lopez, reyes]", "attended: [sam-lopez, rosa-lopez, reyes]")
    assert whole != text
    assert _of(_due(tmp_path / "a", {"school.yaml": UTAH, place: whole}), "group-conference") == []
    for number, missing in enumerate(("sam-lopez, ", ", rosa-lopez", ", reyes")):
        files = {"school.yaml": UTAH, place: whole.replace("attended: [", "attended: [").replace(missing, "", 2)}
        assert _one(_due(tmp_path / str(number), files), "group-conference")


def test_a_student_of_age_needs_no_parent_there(tmp_path: Path) -> None:
    student = (SMALL_SCHOOL / "students/lopez-sam/student.yaml").read_text("utf-8")
    files = {
        "school.yaml": _round(),
        "students/lopez-sam/student.yaml": student.replace("2011-03-04", "2008-03-04"),
    }
    found = _due(tmp_path, files)
    assert _of(found, "group-conference") == []
    assert _of(found, "family-not-reached") == []


def test_without_utah_s_rule_nothing_is_counted_by_pairs(tmp_path: Path) -> None:
    found = _due(tmp_path, {"school.yaml": _round(SCHOOL)})
    utah = {"group-conference", "individual-conference", "family-not-reached"}
    assert not {each.kind for each in found} & utah


def test_a_family_is_not_reached_until_a_parent_comes(tmp_path: Path) -> None:
    school = {"school.yaml": _round()}
    item = _one(_due(tmp_path / "a", school), "family-not-reached")
    assert (item.by, item.policy) == (dt.date(2026, 12, 18), "U2")
    assert _of(_due(tmp_path / "b", school, "2026-10-14"), "family-not-reached") == []
    there = _annual("held_on: 2026-10-14", "attended: [sam-lopez, rosa-lopez]")
    assert _of(_due(tmp_path / "c", {**school, SAM_ANNUAL: there}), "family-not-reached") == []


def test_a_parent_s_request_is_answered_within_school_days(tmp_path: Path) -> None:
    asked = _annual("requested_by: rosa-lopez", "requested_on: 2026-12-10", kind="parent-requested")
    place = f"{SAM}/conferences/2026-12-10-asked.md"
    item = _one(_due(tmp_path / "a", {place: asked}, "2026-12-12"), "parent-request-answer")
    assert (item.person, item.policy, item.detail) == ("reyes", "P17", "asked on 10 December 2026")
    assert item.by == dt.date(2027, 1, 7), "the holidays between the terms are no school days"
    files = {place: asked, "school.yaml": f"{SCHOOL}reminders: {{answer_within: 3}}\n"}
    assert _one(_due(tmp_path / "b", files, "2026-12-12"), "parent-request-answer").by == dt.date(2026, 12, 15)
    answered = asked.replace("\n---\nNotes", "\nanswer: Gladly\nanswered_on: 2026-12-11\n---\nNotes")
    assert _of(_due(tmp_path / "c", {place: answered}, "2026-12-12"), "parent-request-answer") == []


def test_school_days_are_weekdays_in_a_term() -> None:
    store = checked(SMALL_SCHOOL).store
    assert store is not None
    friday = dt.date(2026, 12, 18)
    assert school_days_after(store, friday, 1) == dt.date(2027, 1, 4)
    assert school_days_after(store, dt.date(2026, 12, 11), 5) == friday
    assert school_days_after(store, dt.date(2027, 5, 28), 1) == dt.date(2027, 5, 31), "beyond the terms, weekdays"


def test_a_counselor_keeps_in_touch(tmp_path: Path) -> None:
    none_yet = _one(_due(tmp_path / "a", {}), "last-contact", "ward-ivy")
    assert (none_yet.by, none_yet.person) == (dt.date(2026, 10, 18), "reyes")
    assert none_yet.detail == "no note or conference yet"
    note = "---\nby: reyes\ndate: 2026-11-03\n---\nWe talked in the hall.\n"
    assert _of(_due(tmp_path / "b", {f"{IVY}/progress/2026-11-03-hall.md": note}), "last-contact", "ward-ivy") == []
    alone = "---\nkind: annual\ninvited: [reyes]\nheld_on: 2026-11-03\nattended: [reyes]\n---\nNobody came.\n"
    files = {f"{IVY}/conferences/2026-11-03-annual.md": alone}
    assert _one(_due(tmp_path / "c", files), "last-contact", "ward-ivy").detail == "no note or conference yet"


def test_a_seventh_grader_s_plan_is_begun_with_the_year(tmp_path: Path) -> None:
    item = _one(_due(tmp_path, {}, without=f"{IVY}/plan.yaml"), "plan", "ward-ivy")
    assert (item.by, item.policy, item.person) == (dt.date(2026, 9, 18), "P1", "reyes")


def test_who_enrols_later_has_a_year_under_utah_s_rule(tmp_path: Path) -> None:
    place = "students/ward-ivy/student.yaml"
    later = (SMALL_SCHOOL / place).read_text("utf-8").replace("2026-08-19", "2026-11-02").replace(": 7}", ": 8}")
    without = f"{IVY}/plan.yaml"
    utah = _one(_due(tmp_path / "a", {place: later, "school.yaml": UTAH}, without=without), "plan", "ward-ivy")
    assert (utah.by, utah.policy) == (dt.date(2027, 11, 2), "U1")
    policy = _one(_due(tmp_path / "b", {place: later}, without=without), "plan", "ward-ivy")
    assert (policy.by, policy.policy) == (dt.date(2026, 12, 2), "P1")


def test_from_grade_nine_the_student_writes_their_part(tmp_path: Path) -> None:
    place = f"{SAM}/plan.yaml"
    text = (SMALL_SCHOOL / place).read_text("utf-8")
    silent = text.replace("aspiration: A trade that lets me work outdoors.\n", "")
    item = _one(_due(tmp_path / "a", {place: silent}), "own-part")
    assert (item.person, item.policy) == ("sam-lopez", "P19")
    by_others = text.replace("prepared_by: [sam-lopez]", "prepared_by: [reyes]")
    assert _one(_due(tmp_path / "b", {place: by_others}), "own-part")
    assert _of(_due(tmp_path / "c", {}), "own-part", "ward-ivy") == [], "in grade 7 nobody waits for it"


def test_an_occupational_objective_asks_for_a_review(tmp_path: Path) -> None:
    place = f"{SAM}/plan.yaml"
    text = (SMALL_SCHOOL / place).read_text("utf-8").replace("occupational_review: {by: cruz, on: 2026-09-20}\n", "")
    item = _one(_due(tmp_path, {place: text}), "plan-review-occupational")
    assert (item.person, item.policy) == ("cruz", "P31")


def test_terms_ask_for_registrations_and_report_cards(tmp_path: Path) -> None:
    found = _due(tmp_path / "a", {})
    card = _one(found, "report-card")
    assert (card.detail, card.by, card.policy) == ("Spring 2026", dt.date(2026, 6, 12), "P10")
    assert [each.detail for each in _of(found, "registration", "ward-ivy")] == ["Fall 2026"]
    soon = _due(tmp_path / "b", {}, "2026-12-05")
    assert [each.detail for each in _of(soon, "registration", "ward-ivy")] == ["Fall 2026", "Spring 2027"]


def test_a_request_waits_for_the_principal(tmp_path: Path) -> None:
    place = f"{SAM}/requests/2026-11-16-gloves.yaml"
    text = "resource: Welding gloves\nrequested_by: sam-lopez\nreferred_on: 2026-11-16\n"
    item = _one(_due(tmp_path / "a", {place: text}), "request-decision")
    assert (item.person, item.by, item.policy) == ("principal-stone", dt.date(2026, 11, 30), "P29")
    assert "gloves" not in item.detail.lower()
    decided = text + "decision: {outcome: declined, by: principal-stone, on: 2026-11-20, reason: No means}\n"
    assert _of(_due(tmp_path / "b", {place: decided}), "request-decision") == []


def test_assigned_staff_without_training_are_named(tmp_path: Path) -> None:
    training = "title: The plan\ndate: {}\nhours: 2\nattended: [reyes, park]\n"
    found = _due(tmp_path / "a", {"training/2026-08-12-plan.yaml": training.format("2026-08-12")})
    assert [each.person for each in found if each.kind == "training"] == ["cruz"]
    assert all(each.student == "" for each in found if each.kind == "training")
    unread = checked(lay_over(tmp_path / "b", {"training/2026-08-12-plan.yaml": "title: [\n"})).store
    assert unread is not None
    assert untrained(unread, dt.date(2026, 11, 24)) == (), "nobody is blamed for a file that cannot be read"


def test_coming_of_age_court_orders_and_parts_that_end_are_the_manager_s(tmp_path: Path) -> None:
    student = (SMALL_SCHOOL / "students/lopez-sam/student.yaml").read_text("utf-8")
    mother = (SMALL_SCHOOL / "students/lopez-sam/participants/rosa-lopez.yaml").read_text("utf-8")
    order = "rights: {status: revoked, order: Case 12, from: 2025-09-01, until: 2026-11-01}\n"
    teacher = (SMALL_SCHOOL / "students/lopez-sam/participants/park.yaml").read_text("utf-8")
    found = _due(
        tmp_path,
        {
            "students/lopez-sam/student.yaml": student.replace("2011-03-04", "2009-01-04"),
            "students/lopez-sam/participants/rosa-lopez.yaml": mother + order,
            "students/lopez-sam/participants/park.yaml": teacher.replace("2027-05-28", "2026-12-18"),
        },
    )
    assert _one(found, "adult-soon").by == dt.date(2027, 1, 4)
    assert _one(found, "revocation-over").by == dt.date(2026, 11, 1)
    ends = _one(found, "participant-ends")
    assert (ends.by, ends.detail) == (dt.date(2026, 12, 18), "Sun Park takes part until 18 December 2026")
    assert {each.person for each in found if each.kind in ("adult-soon", "revocation-over")} == {"reyes"}


def test_assignments_that_end_with_the_year_are_one_line(tmp_path: Path) -> None:
    found = [each for each in _due(tmp_path, {}, "2027-05-03") if each.kind == "participant-ends"]
    assert [(each.student, each.person) for each in found] == [("", "reyes")]
    assert found[0].detail == "the assignments of 3 staff members end with the school year"


def test_nobody_who_left_or_has_not_come_is_due(tmp_path: Path) -> None:
    place = "students/ward-ivy/student.yaml"
    text = (SMALL_SCHOOL / place).read_text("utf-8")
    for number, change in enumerate(("left_on: 2026-11-20\n", "")):
        changed = text + change if change else text.replace("2026-08-19", "2026-12-01")
        assert not [each for each in _due(tmp_path / str(number), {place: changed}) if each.student == "ward-ivy"]


def test_files_with_errors_are_left_out(tmp_path: Path) -> None:
    found = _due(tmp_path, {f"{IVY}/plan.yaml": "grade: seven\n"})
    assert {each.student for each in found if each.student} == {"lopez-sam"}


def test_the_list_is_in_order_of_date(tmp_path: Path) -> None:
    found = _due(tmp_path, {"school.yaml": _round()})
    days = [each.by or dt.date.max for each in found]
    assert days == sorted(days)
    assert len(set(found)) == len(found)


def _enrolled(on: str, grades: str = "{2026-27: 7}") -> dict[str, str]:
    place = "students/ward-ivy/student.yaml"
    text = (SMALL_SCHOOL / place).read_text("utf-8")
    return {
        place: text.replace("2026-08-19", on).replace("{2026-27: 7}", grades).replace("2014-", "2010-"),
        "school.yaml": _round(),
    }


def test_who_comes_during_the_year_has_as_long_as_everybody_had(tmp_path: Path) -> None:
    """The days of the round count from the enrollment (policy: P15, U2); the year's end stays the end."""
    found = _due(tmp_path / "a", _enrolled("2026-11-09"))
    assert _one(found, "annual-conference-offer", "ward-ivy").by == dt.date(2026, 12, 23)
    assert _one(found, "family-not-reached", "lopez-sam").by == dt.date(2026, 12, 18), "only the newcomer's days move"
    assert _of(found, "family-not-reached", "ward-ivy") == [], "there was no conference day since the enrollment"
    late = _due(tmp_path / "b", _enrolled("2027-05-03"), "2027-05-04")
    assert _one(late, "annual-conference-offer", "ward-ivy").by == dt.date(2027, 5, 28)


def test_a_newcomer_s_classes_and_first_talk_count_from_the_enrollment(tmp_path: Path) -> None:
    found = _due(tmp_path, _enrolled("2026-11-20"), "2026-12-10")
    days = {each.detail: each.by for each in _of(found, "registration", "ward-ivy")}
    assert days == {"Fall 2026": dt.date(2026, 11, 27), "Spring 2027": dt.date(2027, 1, 4)}
    assert _of(found, "last-contact", "ward-ivy") == [], "60 days have not passed since then"


def test_the_credits_of_an_earlier_school_are_to_be_entered(tmp_path: Path) -> None:
    """Grades from 9 on that were spent elsewhere wait for a transcript (policy: P3, U3)."""
    found = _due(tmp_path / "a", _enrolled("2026-11-09", "{2026-27: 11}"), without=f"{IVY}/plan.yaml")
    item = _one(found, "earlier-credits", "ward-ivy")
    assert (item.by, item.person, item.detail) == (dt.date(2026, 12, 9), "reyes", "grades 9 and 10")
    found = _due(tmp_path / "b", _enrolled("2026-11-09", "{2026-27: 8}"), without=f"{IVY}/plan.yaml")
    assert _of(found, "earlier-credits", "ward-ivy") == [], "nothing that counts was earned before grade 9"
    assert _of(found, "earlier-credits") == [], "who was here in grade 9 has no earlier school to wait for"
