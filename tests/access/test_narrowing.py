from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.access.narrowing import SECTIONS, narrowed
from site_builder.render.binder import render_binder, sections_of
from site_builder.render.i18n import Messages
from tests.render.example_site import copy_for_parent
from tests.sample import words


def keys(sections: tuple[str, ...] = (), years: tuple[str, ...] = ()) -> list[str]:
    return [each.key for each in sections_of(narrowed(copy_for_parent(), sections, years), Messages("en"))]


def test_nothing_chosen_leaves_the_copy_as_it_is() -> None:
    assert narrowed(copy_for_parent(), (), ()) == copy_for_parent()


def test_all_sections_are_the_parts_of_the_binder() -> None:
    assert tuple(each for each in keys() if each != "earlier") == SECTIONS


def test_sections_come_in_the_order_of_the_binder_with_their_earlier_years() -> None:
    assert keys(("report-cards", "strengths")) == ["strengths", "report-cards", "earlier"]
    assert keys(("report-cards",), ("2026-27",)) == ["report-cards"]


def test_an_earlier_year_holds_the_chosen_parts_alone_and_misses_no_other() -> None:
    text = words(render_binder(narrowed(copy_for_parent(), ("report-cards",), ("2025-26",))))
    assert "Nothing was written" not in text
    full = words(render_binder(copy_for_parent()))
    note = copy_for_parent().file.years[1].objectives[0].statement
    assert note in full
    assert note not in text


def test_a_part_says_on_its_cover_that_it_is_one() -> None:
    part = words(render_binder(narrowed(copy_for_parent(), ("report-cards",), ("2026-27",))))
    assert "a part of the file: Report cards and tests (2026-27)" in part
    assert "a part of the file" not in words(render_binder(copy_for_parent()))


def test_documents_come_only_with_their_section() -> None:
    copy = narrowed(copy_for_parent(), ("progress",), ())
    assert all(not year.papers for year in copy.file.years)
    assert b"data:image" not in render_binder(copy)
    assert any(year.papers for year in narrowed(copy_for_parent(), ("papers",), ()).file.years)


def test_years_that_the_file_does_not_have() -> None:
    with pytest.raises(LookupError):
        narrowed(copy_for_parent(), (), ("1999-00",))
    assert not narrowed(replace(copy_for_parent(), whole=False), (), ()).whole
