from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.base.codes import Code
from site_builder.base.policy import REQUIREMENTS, cited
from site_builder.check.catalog import all_codes
from tests.cli.small_school import School


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


@pytest.mark.parametrize("code", all_codes(), ids=lambda code: code.code)
def test_every_code_is_explained(code: Code, school: School) -> None:
    shown = school.sep("explain", code.code).stdout
    assert shown.startswith(f"{code.severity}[{code.code}]: {code.title}\n")
    assert " ".join(code.why.split()) in " ".join(shown.split())
    assert all(f"Policy {each}:" in shown for each in cited(code.policy))
    for example in (*code.fails, *code.passes):
        assert example.file in shown


def test_every_policy_that_a_code_cites_is_told() -> None:
    assert {each for code in all_codes() for each in cited(code.policy)} <= set(REQUIREMENTS)


@pytest.mark.parametrize("text", ["SEP123", "sep123", "123", "SEPI23"])
def test_a_code_may_be_typed_in_haste(text: str, school: School) -> None:
    assert "[SEP123]" in school.sep("explain", text).stdout


def test_an_unknown_code_is_answered_with_the_nearest(school: School) -> None:
    done = school.sep("explain", "SEP1230")
    assert done.exit_code == 2
    assert "did you mean" in done.stderr
    assert "`SEP123`" in done.stderr


def test_without_a_code_all_are_listed(school: School) -> None:
    listed = school.sep("explain").stdout
    assert all(f"  {each.code}  " in listed for each in all_codes())


def test_no_store_is_needed(school: School, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert school.sep("explain", folder=empty).exit_code == 0
