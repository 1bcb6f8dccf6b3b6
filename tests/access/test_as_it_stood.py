"""Pages of an earlier version: for those who may see them today, and without what is withheld or taken out since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from site_builder.access.as_it_stood import RightsOfToday
from site_builder.access.sites import site_for
from site_builder.access.view import StudentView
from site_builder.model.store import Store
from tests.stores import checked, clear, lay_over

THEN, TODAY = dt.date(2026, 10, 20), dt.date(2026, 11, 24)
SAM = "students/lopez-sam"
YEAR = f"{SAM}/2026-27"
NOTE = f"{YEAR}/progress/2026-10-01-first-book.md"
ABOUT_PAPER = "---\nby: park\ndate: 2026-10-02\ntitle: A paper\n---\nSee hearing-letter.png.\n"


def store(folder: Path, files: Mapping[str, str], *gone: str, on: dt.date = THEN) -> Store:
    folder.mkdir(parents=True)
    found = checked(clear(lay_over(folder, files), *gone), on).store
    assert found is not None
    return found


def seen(
    folder: Path, viewer: str, before: Mapping[str, str], since: Mapping[str, str], *gone: str
) -> StudentView | None:
    """Return what a viewer gets today of the earlier records `before`, where the records have become `since`."""
    then = store(folder / "then", before)
    rights = RightsOfToday(store(folder / "today", since, *gone, on=TODAY), TODAY, then, THEN)
    files = site_for(then, viewer, THEN, still=rights.still).files
    assert bool(files) <= rights.may_have_site(viewer)
    return next((each for each in files if each.id == "lopez-sam"), None)


def read(path: str) -> str:
    return (Path(__file__).parents[1] / "data/stores/good/small-school" / path).read_text("utf-8")


def papers(view: StudentView | None) -> set[str]:
    assert view is not None
    return {each.path.rpartition("/")[2] for year in view.years for each in year.papers}


def test_where_nothing_has_changed_nothing_is_missing(tmp_path: Path) -> None:
    view = seen(tmp_path, "rosa-lopez", {}, {})
    then = store(tmp_path / "again", {})
    assert view == next(each for each in site_for(then, "rosa-lopez", THEN).files if each.id == "lopez-sam")


def test_who_has_lost_access_gets_nothing(tmp_path: Path) -> None:
    rosa = f"{SAM}/participants/rosa-lopez.yaml"
    assert seen(tmp_path, "rosa-lopez", {}, {rosa: read(rosa) + "until: 2026-11-01\n"}) is None


def test_a_document_goes_with_its_consent_and_with_itself(tmp_path: Path) -> None:
    consent = f"{SAM}/consents/2026-09-11-hearing-family.yaml"
    assert "hearing-letter.png" in papers(seen(tmp_path / "as-it-was", "rosa-lopez", {}, {}))
    revoked = read(consent) + "revoked_on: 2026-11-01\n"
    assert papers(seen(tmp_path / "revoked", "rosa-lopez", {}, {consent: revoked})) == {"book-shelf.png"}
    away = [f"{YEAR}/documents/book-shelf{each}" for each in (".png", ".yaml")]
    assert papers(seen(tmp_path / "gone", "rosa-lopez", {}, {}, *away)) == {"hearing-letter.png"}


def test_a_note_goes_with_the_document_it_speaks_of_also_when_it_was_taken_out_since(tmp_path: Path) -> None:
    note = f"{YEAR}/progress/2026-10-02-paper.md"
    consent = f"{SAM}/consents/2026-09-11-hearing-family.yaml"
    revoked = read(consent) + "revoked_on: 2026-11-01\n"

    def titles(name: str, since: Mapping[str, str]) -> set[str]:
        view = seen(tmp_path / name, "rosa-lopez", {note: ABOUT_PAPER}, since)
        assert view is not None
        return {each.title for year in view.years for each in year.progress}

    assert titles("kept", {note: ABOUT_PAPER}) == {"A paper", "The first book"}
    assert titles("taken-out", {}) == {"A paper", "The first book"}
    assert titles("revoked", {note: ABOUT_PAPER, consent: revoked}) == {"The first book"}
    assert titles("both", {consent: revoked}) == {"The first book"}


def test_an_entry_that_was_taken_out_since_stands_as_it_stood(tmp_path: Path) -> None:
    view = seen(tmp_path, "rosa-lopez", {}, {}, NOTE)
    assert view is not None
    assert [each.title for each in view.years[0].progress] == ["The first book"]


def test_a_file_that_is_gone_or_broken_today_is_not_made_available(tmp_path: Path) -> None:
    assert seen(tmp_path / "gone", "rosa-lopez", {}, {}, SAM) is None
    assert seen(tmp_path / "broken", "rosa-lopez", {}, {f"{YEAR}/plan.yaml": "grade: x\n"}) is None


def test_an_office_of_then_is_no_office_of_today(tmp_path: Path) -> None:
    then = store(tmp_path / "then", {})
    other = read("school.yaml").replace("principal: principal-stone", "principal: park")
    assert other != read("school.yaml")
    today = store(tmp_path / "today", {"school.yaml": other}, on=TODAY)
    rights = RightsOfToday(today, TODAY, then, THEN)
    assert not rights.may_have_site("principal-stone")
    assert rights.may_have_site("park")
