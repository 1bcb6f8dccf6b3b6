"""Colleges and their programs, as the College Scorecard has them (policy: P4)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.base.resources import folder
from site_builder.model.programs import (
    CREDENTIALS,
    fields_of_study,
    find_programs,
    home_state,
    institutions,
    institutions_named,
    knows_field,
    offered_at,
    offers_in,
    states,
    who_offers,
)
from tests.stores import overlaid_store


def test_who_offers_a_program_is_in_alphabetical_order() -> None:
    names = [each.institution.name for each in who_offers("48.0508", "UT")]
    assert "Uintah Basin Technical College" in names
    assert names == sorted(names)
    assert names == [each.institution.name for each in who_offers("48.05", "UT")]


def test_a_credential_narrows_the_offers_and_an_unknown_one_does_not() -> None:
    nursing = who_offers("51.38", "UT")
    bachelors = who_offers("51.38", "UT", "bachelor")
    assert {each.institution for each in bachelors} < {each.institution for each in nursing}
    assert all("bachelor" in each.credentials for each in bachelors)
    assert who_offers("51.38", "UT", "apprenticeship") == nursing


@pytest.mark.parametrize(("cip", "state"), [("48", "UT"), ("99.99", "UT"), ("48.05", "XX"), ("48.05", "")])
def test_nobody_offers_what_is_no_program_or_nowhere(cip: str, state: str) -> None:
    assert who_offers(cip, state) == ()


def test_programs_are_found_by_words_credential_and_college() -> None:
    found = find_programs("nursing", "UT")
    assert found
    assert all("Nursing" in each.title and each.institution.state == "UT" for each in found)
    at_snow = find_programs("nurse", "UT", institution="snow college")
    assert {each.institution.name for each in at_snow} == {"Snow College"}
    assert all("associate" in each.credentials for each in find_programs("nursing", "UT", "associate"))
    assert len(find_programs("nursing", "")) > 20 * len(found)
    assert {each.cip for each in find_programs("48", "UT")} > {each.cip for each in find_programs("48.0508", "UT")}
    assert find_programs("xyzzy", "UT") == []


def test_a_college_is_known_by_its_name_however_it_is_spelled() -> None:
    (dine,) = institutions_named("Diné College")
    assert dine.state == "AZ"
    assert institutions_named("dine   COLLEGE") == (dine,)
    assert institutions_named("Alabama A and M University") == institutions_named("Alabama A & M University") != ()
    assert institutions_named("No Such College") == ()
    (snow,) = institutions_named("Snow College")
    assert {each.institution for each in offered_at(snow)} == {snow}


@pytest.mark.parametrize(
    ("cip", "known"), [("48.05", True), ("48.0508", True), ("48", True), ("48.98", False), ("98", False)]
)
def test_a_code_is_known_by_its_first_four_digits(cip: str, known: bool) -> None:
    assert knows_field(cip) is known


def test_the_tables_fit_together() -> None:
    assert len(fields_of_study()) == 421
    assert len(institutions()) == 5428
    assert len(states()) == 59
    assert {path.stem for path in (folder("data") / "programs").glob("*.csv")} == set(states())
    assert all(re.fullmatch(r"\d{2}\.\d{2}", code) for code in fields_of_study())
    seen = {each.institution.id for state in states() for each in offers_in(state)}
    assert seen == set(institutions())
    assert {each for state in states() for offer in offers_in(state) for each in offer.credentials} == set(CREDENTIALS)


def test_the_readme_of_the_tables_counts_right() -> None:
    readme = (folder("data") / "README.md").read_text("utf-8")
    for count in (f"{1016:,} occupations", "421 fields", f"{len(institutions()):,} institutions", "59 states"):
        assert count in readme


def test_the_home_state_is_the_schools_or_read_from_its_address(tmp_path: Path) -> None:
    school = overlaid_store(tmp_path, {}).school
    assert home_state(school) == "UT"
    for address in ("12 UT 5 Road, Elko, NV 89801", "PO Box 7, Reno NV, 89501-0007"):
        assert home_state(replace(school, address=address)) == "NV"
    assert home_state(replace(school, state="NM")) == "NM"
    assert home_state(replace(school, address="245 School Road")) == ""
    assert home_state(replace(school, address="245 School Road, Cedar Flat, QQ 84000")) == ""
