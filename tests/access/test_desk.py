"""The desk of a staff member: own students by what is visible, the school by process alone (policy: P26, P29, P35)."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from pathlib import Path

import pytest

from site_builder.access.sites import site_for, viewers
from site_builder.access.view_desk import Case, Desk, DueView, ManagerDesk, StudentDue
from site_builder.model.due import due
from site_builder.model.store import Store
from tests.stores import SMALL_SCHOOL, TODAY, checked, overlaid_store

LOPEZ = "students/lopez-sam/2026-27"
SCHOOL = (SMALL_SCHOOL / "school.yaml").read_text("utf-8")


def small(tmp_path: Path, files: dict[str, str] | None = None) -> Store:
    return overlaid_store(tmp_path, files or {})


def desk_of(store: Store, viewer: str, on: dt.date = TODAY) -> Desk:
    desk = site_for(store, viewer, on).desk
    assert desk is not None
    return desk


def kinds(entries: tuple[DueView, ...]) -> set[str]:
    return {each.kind for each in entries}


def case_of(desk: Desk, student: str) -> Case:
    return next(each for each in desk.cases if each.student == student)


def test_families_have_no_desk(tmp_path: Path) -> None:
    assert site_for(small(tmp_path), "rosa-lopez", TODAY).desk is None


def test_each_staff_member_has_the_cases_they_take_part_in(tmp_path: Path) -> None:
    store = small(tmp_path)
    for viewer in ("reyes", "park", "cruz"):
        site = site_for(store, viewer, TODAY)
        assert [each.student for each in desk_of(store, viewer).cases] == [each.id for each in site.files]
    assert [each.student for each in desk_of(store, "cruz").cases] == ["lopez-sam"]


def test_a_teacher_has_nothing_of_the_rest_of_the_school(tmp_path: Path) -> None:
    """Neither names nor counts of students whose plans they have no part in."""
    desk = desk_of(small(tmp_path), "cruz")
    assert desk.manager is None
    assert desk.principal is None
    assert "ward" not in repr(desk).lower()


def test_the_principal_and_the_school_manager_have_a_site_without_a_part_in_any_plan(tmp_path: Path) -> None:
    store = small(tmp_path)
    assert all(file.participant("principal-stone") is None for file in store.students)
    assert "principal-stone" in viewers(store, TODAY)
    desk = desk_of(store, "principal-stone")
    assert desk.cases == ()
    assert desk.principal is not None
    assert desk.manager is None


def test_an_office_ends_with_the_day_on_which_its_holder_leaves(tmp_path: Path) -> None:
    staff = (SMALL_SCHOOL / "staff.yaml").read_text("utf-8")
    left = staff.replace("{id: principal-stone,", "{id: principal-stone, until: 2026-11-23,")
    assert left != staff
    store = small(tmp_path, {"staff.yaml": left})
    assert "principal-stone" in viewers(store, dt.date(2026, 11, 23))
    assert "principal-stone" not in viewers(store, TODAY)
    assert desk_of(store, "principal-stone").principal is None


def test_the_manager_has_the_process_of_every_student(tmp_path: Path) -> None:
    """Every student for whom anything is due stands there, with each thing that is due (policy: P6, U6)."""
    store = small(tmp_path)
    desk = desk_of(store, "reyes")
    assert desk.manager is not None
    expected = {(each.student, each.kind) for each in due(store, TODAY) if each.student}
    found = {(each.student, one.kind) for each in desk.manager.students for one in each.due}
    assert found == expected
    assert expected


def test_process_has_no_field_for_content() -> None:
    assert {each.name for each in fields(StudentDue)} == {"student", "name", "grade", "due", "open"}
    assert {each.name for each in fields(DueView)} == {"kind", "by", "who", "grades", "term"}
    assert {each.name for each in fields(ManagerDesk)} == {"students", "training", "ending", "waivers", "unsound"}


def test_the_principal_reads_a_request_and_the_manager_its_waiting(tmp_path: Path) -> None:
    """The Principal is whom it is addressed to (policy: P29)."""
    request = (
        "resource: A left-handed cello\nreason: The family has none\nrequested_by: joan-ward\nreferred_on: 2026-11-03\n"
    )
    store = small(tmp_path, {"students/ward-ivy/2026-27/requests/cello.yaml": request})
    principal = desk_of(store, "principal-stone").principal
    assert principal is not None
    [waiting] = [each for each in principal.requests if each.student == "ward-ivy"]
    assert (waiting.resource, waiting.reason) == ("A left-handed cello", "The family has none")
    assert waiting.requested_by.id == "joan-ward"
    assert not waiting.open
    manager = desk_of(store, "reyes").manager
    assert "left-handed" not in repr(manager)
    before = desk_of(store, "principal-stone", dt.date(2026, 11, 2)).principal
    assert before is not None
    assert "ward-ivy" not in {each.student for each in before.requests}


def test_the_principal_reads_no_words_that_name_a_withheld_paper(tmp_path: Path) -> None:
    """Who takes part in no plan learns of no paper in it (policy: P36)."""
    request = (
        "resource: A seat in front\nreason: As hearing%2Dletter.png says\n"
        "requested_by: rosa-lopez\nreferred_on: 2026-11-03\n"
    )
    store = small(tmp_path, {"students/lopez-sam/2026-27/requests/seat.yaml": request})
    principal = desk_of(store, "principal-stone").principal
    assert principal is not None
    [waiting] = [each for each in principal.requests if each.student == "lopez-sam"]
    assert (waiting.resource, waiting.reason) == ("A seat in front", "…")


DEFERRED = "decision: {outcome: deferred, by: principal-stone, on: 2026-11-10, reason: Later}\n"
GRANTED = "decision: {outcome: granted, by: principal-stone, on: 2026-11-10, reason: Yes}\n"
DECLINED_LATER = "later_decisions: [{outcome: declined, by: principal-stone, on: 2026-11-20, reason: No}]\n"


@pytest.mark.parametrize(
    ("decisions", "on", "outcome"),
    [
        ("", "2026-11-24", ""),
        (DEFERRED, "2026-11-24", "deferred"),
        (DEFERRED, "2026-11-09", ""),
        (GRANTED, "2026-11-24", None),
        (GRANTED, "2026-11-09", ""),
        (DEFERRED + DECLINED_LATER, "2026-11-19", "deferred"),
        (DEFERRED + DECLINED_LATER, "2026-11-24", None),
    ],
)
def test_what_waits_for_the_principal(tmp_path: Path, decisions: str, on: str, outcome: str | None) -> None:
    request = f"resource: A cello\nrequested_by: joan-ward\nreferred_on: 2026-11-03\n{decisions}"
    store = small(tmp_path, {"students/ward-ivy/2026-27/requests/cello.yaml": request})
    principal = desk_of(store, "principal-stone", dt.date.fromisoformat(on)).principal
    assert principal is not None
    found = [each.outcome for each in principal.requests if each.student == "ward-ivy"]
    assert found == ([] if outcome is None else [outcome])


def test_a_contact_that_the_viewer_may_not_read_leaves_no_trace_in_what_is_due(tmp_path: Path) -> None:
    """The conference's notes speak of a paper that the teacher may not see: for the teacher there was none."""
    conference = (
        "---\nkind: annual\ninvited: [sam-lopez, rosa-lopez, reyes]\noffered_on: 2026-10-01\nheld_on: 2026-11-03\n"
        "attended: [sam-lopez, rosa-lopez, reyes]\n---\nWe read hearing-letter.png together.\n"
    )
    held = small(tmp_path / "held", {f"{LOPEZ}/conferences/2026-11-03-annual.md": conference})
    without = small(tmp_path / "without")
    for viewer in ("park", "cruz"):
        assert desk_of(held, viewer) == desk_of(without, viewer)
    known = case_of(desk_of(held, "reyes"), "lopez-sam")
    assert known.last_contact == dt.date(2026, 11, 3)
    assert known != case_of(desk_of(without, "reyes"), "lopez-sam")


def test_a_file_with_errors_is_named_to_the_manager_alone(tmp_path: Path) -> None:
    store = small(tmp_path, {"students/ward-ivy/2026-27/plan.yaml": "grade: nine\n"})
    assert store.broken == {"ward-ivy"}
    manager = desk_of(store, "reyes").manager
    assert manager is not None
    assert [each.id for each in manager.unsound] == ["ward-ivy"]
    assert "ward-ivy" not in {each.student for each in manager.students}
    principal = desk_of(store, "principal-stone")
    assert "ward" not in repr(principal).lower()


def test_court_orders_and_leaving_staff_are_for_the_manager_alone(tmp_path: Path) -> None:
    park = (SMALL_SCHOOL / "students/lopez-sam/participants/park.yaml").read_text("utf-8")
    lines = ["until: 2026-12-04" if line.startswith("until:") else line for line in park.split("\n")]
    store = small(tmp_path, {"students/lopez-sam/participants/park.yaml": "\n".join(lines)})
    manager = desk_of(store, "reyes").manager
    assert manager is not None
    assert [(each.person.id, each.on.isoformat()) for each in manager.ending] == [("park", "2026-12-04")]
    for viewer in ("reyes", "park", "cruz"):
        for case in desk_of(store, viewer).cases:
            assert not kinds(case.due) & {"participant-ends", "revocation-over"}
    assert "participant-ends" not in repr(desk_of(store, "principal-stone"))


def test_waivers_stand_with_their_day(tmp_path: Path) -> None:
    waiver = (
        "waivers:\n  - {code: SEP313, file: students/ward-ivy/student.yaml, "
        "reason: New here, who: reyes, until: 2026-12-01}\n"
    )
    store = small(tmp_path, {"school.yaml": SCHOOL + waiver})
    manager = desk_of(store, "reyes").manager
    assert manager is not None
    assert [(each.code, each.reason, each.who.id) for each in manager.waivers] == [("SEP313", "New here", "reyes")]
    assert "New here" not in repr(desk_of(store, "principal-stone"))


def test_staff_have_the_schools_own_records_with_words_to_read() -> None:
    store = checked(Path(__file__).parents[2] / "records").store
    assert store is not None
    school = desk_of(store, "lee").school
    assert school is not None
    counted = [
        (school.trainings, store.training),
        (school.authorizations, store.authorizations),
        (school.partnerships, store.partnerships),
        (school.inventory, store.inventory),
        (school.consultations, store.consultations),
    ]
    for shown, kept in counted:
        assert len(shown) == len(kept) > 0
    assert all(each.words.markdown for each in school.inventory)
    assert all(each.words.markdown for each in school.consultations)
    assert list(school.trainings) == sorted(school.trainings, key=lambda each: each.date, reverse=True)
    program = store.program
    assert program is not None
    assert school.requirements == program.requirements
