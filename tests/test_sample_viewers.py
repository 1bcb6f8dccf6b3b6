"""The sample school as eight of its people meet it on 24 November 2026: what they must find, and what they must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.access.sites import site_for, viewers
from site_builder.model.store import Store
from site_builder.render.site import render_site
from tests.stores import TODAY, checked

SAMPLE = Path(__file__).parent.parent / "records"


@pytest.fixture(scope="module")
def store() -> Store:
    result = checked(SAMPLE)
    assert not result.has_errors
    assert result.store is not None
    return result.store


def _pages(store: Store, viewer: str) -> dict[str, str]:
    artifacts = render_site(site_for(store, viewer, TODAY))
    return {each.path: each.content.decode("utf-8", "replace") for each in artifacts}


def _students(pages: dict[str, str]) -> set[str]:
    return {path.split("/")[0] for path in pages if path.endswith("people.html")}


def test_the_sample_has_every_case_that_it_is_there_to_show(store: Store) -> None:
    assert len(store.students) >= 14
    assert {file.student.grades["2026-27"] for file in store.students} == {7, 8, 9, 10, 11, 12}
    assert {1, 6} <= {len(file.years) for file in store.students}
    everyone = [each for file in store.students for each in file.participants]
    assert any(each.protected_address for each in everyone)
    assert any(each.rights.status == "revoked" for each in everyone)
    conferences = [each for file in store.students for year in file.years for each in year.conferences]
    assert {each.kind for each in conferences} == {"annual", "small-group", "parent-requested"}
    requests = [each for file in store.students for year in file.years for each in year.requests]
    assert {"granted", "declined", "deferred", ""} == {
        each.decision.outcome if each.decision else "" for each in requests
    }


def test_a_mother_of_two_reads_spanish_and_sees_the_letter_that_was_released_to_her(store: Store) -> None:
    pages = _pages(store, "maria-rivera")
    assert _students(pages) == {"rivera-ana", "rivera-mateo"}
    assert '<html lang="es"' in pages["rivera-ana/index.html"]
    assert "rivera-ana/papers/2026-27/psych-letter.pdf" in pages
    assert "Letter on test accommodations" in pages["rivera-ana/people.html"]


def test_a_teacher_of_the_same_student_has_no_trace_of_the_letter(store: Store) -> None:
    pages = _pages(store, "lee")
    assert "rivera-ana" in _students(pages)
    assert not [path for path, text in pages.items() if "psych-letter" in path or "test accommodations" in text]


def test_an_adult_student_has_the_file_and_her_mother_has_not(store: Store) -> None:
    assert _students(_pages(store, "kai-benally")) == {"benally-kai"}
    assert "teresa-benally" not in viewers(store, TODAY)


def test_an_adult_student_who_is_a_dependent_keeps_her_parents_in_the_plan(store: Store) -> None:
    assert {"anne-peterson", "carl-peterson", "mia-peterson"} <= set(viewers(store, TODAY))


def test_a_protected_address_is_on_its_owners_page_alone(store: Store) -> None:
    file = store.student("larsen-emma")
    assert file is not None
    mother = file.participant("ingrid-larsen")
    assert mother is not None
    assert mother.address
    street = mother.address.split(",")[0]
    holders = {each for each in viewers(store, TODAY) if any(street in text for text in _pages(store, each).values())}
    assert holders <= {"ingrid-larsen", "emma-larsen"}
    assert "ingrid-larsen" in holders


def test_a_father_without_rights_gets_nothing_and_is_not_listed(store: Store) -> None:
    assert "erik-larsen" not in viewers(store, TODAY)
    assert "Erik Larsen" not in _pages(store, "begay")["larsen-emma/people.html"]


def test_an_objection_withholds_from_the_mother_who_consented(store: Store) -> None:
    titles = {each.title for each in site_for(store, "begay", TODAY).withheld if each.student == "yellowhorse-nathan"}
    assert titles
    pages = _pages(store, "dora-yellowhorse")
    assert not [path for path, text in pages.items() for title in titles if title in text]


def test_the_school_manager_learns_what_is_withheld_and_which_signature_would_release_it(store: Store) -> None:
    withheld = site_for(store, "begay", TODAY).withheld
    reasons = " ".join(str(reason) for each in withheld for reason in each.reasons)
    assert {each.student for each in withheld} >= {"benally-kai", "chen-oliver", "morales-lucia", "tuifua-losa"}
    for part in ("missing", "expired on", "revoked on", "objects"):
        assert part in reasons
