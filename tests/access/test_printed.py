"""Changes since the last print: told from the view alone, and without a word of what is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.access.printed import Printed, remembered, since
from site_builder.access.view import Copy, PrintChange, YearView
from site_builder.render.binder import render_binder
from tests.render.example_site import copy_for_parent
from tests.sample import words

SALT = "5a" * 16


def before() -> Printed:
    return remembered(copy_for_parent(), SALT)


def with_years(**changes: object) -> Copy:
    """Return the copy with these fields in every year."""
    copy = copy_for_parent()
    years: tuple[YearView, ...] = tuple(replace(each, **changes) for each in copy.file.years)  # type: ignore[arg-type]
    return replace(copy, file=replace(copy.file, years=years))


def with_year(**changes: object) -> Copy:
    """Return the copy with these fields in this year."""
    copy = copy_for_parent()
    newest = replace(copy.file.years[0], **changes)  # type: ignore[arg-type]
    return replace(copy, file=replace(copy.file, years=(newest, *copy.file.years[1:])))


def test_the_same_file_has_no_changes() -> None:
    assert since(copy_for_parent(), before()).changes == ()
    assert since(copy_for_parent(), before()).printed_on == copy_for_parent().on


def test_a_new_entry_and_a_changed_one_are_told_apart() -> None:
    objectives = copy_for_parent().file.years[0].objectives
    changed = replace(objectives[0], status="met" if objectives[0].status != "met" else "on-track")
    fresh = replace(objectives[0], id="another-one", statement="Another one")
    found = since(with_year(objectives=(changed, *objectives[1:], fresh)), before()).changes
    assert [(each.title, each.section, each.changed) for each in found] == [
        (changed.statement, "objectives", True),
        ("Another one", "objectives", False),
    ]


def test_what_is_gone_leaves_no_trace() -> None:
    emptied = with_years(objectives=(), progress=(), papers=(), conferences=(), requests=())
    assert since(emptied, before()).changes == ()
    assert "Nothing in it has changed" in words(render_binder(replace(emptied, since=since(emptied, before()))))


@pytest.mark.parametrize(
    "kind", ["objectives", "progress", "registrations", "report_cards", "tests", "conferences", "requests", "papers"]
)
def test_each_kind_of_entry_is_told_when_it_is_new(kind: str) -> None:
    found = since(copy_for_parent(), remembered(with_years(**{kind: ()}), SALT)).changes
    assert found
    assert not any(each.changed for each in found)
    assert len(found) == sum(len(getattr(year, kind)) for year in copy_for_parent().file.years)


@pytest.mark.parametrize("kind", ["plan", "strengths"])
def test_plan_and_strengths_likewise(kind: str) -> None:
    old = remembered(with_year(**{kind: None}), SALT)
    assert since(copy_for_parent(), old).changes


def test_a_document_with_other_bytes_has_changed() -> None:
    papers = copy_for_parent().file.years[0].papers
    other = replace(papers[0], load=lambda: b"other bytes")
    found = since(with_year(papers=(other, *papers[1:])), before()).changes
    assert [(each.title, each.changed) for each in found] == [(papers[0].title, True)]


def test_the_memory_holds_no_word_of_an_entry() -> None:
    kept = repr((before(), dict(before().entries)))
    for year in copy_for_parent().file.years:
        for each in year.objectives:
            assert each.statement not in kept
    assert dict(remembered(copy_for_parent(), "6b" * 16).entries) != dict(before().entries), "the salt keys the hashes"


def test_the_binder_ends_with_what_is_new() -> None:
    change = PrintChange(section="objectives", title="Learn to weld", language="en", year="2026-27", changed=True)
    found = since(copy_for_parent(), before())
    text = words(render_binder(replace(copy_for_parent(), since=replace(found, changes=(change,)))))
    assert "Learn to weld Objectives and means 2026-27 changed" in text
    assert text.rindex("Changes since the last print") > text.index("Please tick what is true")
    assert "Changes since the last print" not in words(render_binder(copy_for_parent()))
