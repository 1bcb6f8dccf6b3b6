"""Nothing forbidden is in anybody's output, and everything allowed is: every viewer, several days, all bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

from site_builder.access.sites import common_copy, copy_for, site_for, viewers
from site_builder.model.store import Store
from site_builder.render.binder import render_binder
from site_builder.render.site import render_site
from tests.exchange.handed_in import KEY
from tests.leaks.canary_school import MANAGER, PEOPLE, PRINCIPAL, Canary, write_school
from tests.leaks.oracle import has_access, may_find, must_find
from tests.stores import checked

DAYS = tuple(
    dt.date.fromisoformat(each)
    for each in [
        "2026-08-18",
        "2026-10-01",
        "2026-11-19",
        "2026-11-20",
        "2026-11-23",
        "2026-11-24",
        "2026-11-25",
        "2026-11-30",
        "2026-12-01",
        "2027-05-28",
        "2027-05-29",
    ]
)
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, tuple[Canary, ...]]:
    root = tmp_path_factory.mktemp("canaries") / "records"
    canaries = write_school(root)
    result = checked(root, TODAY)
    assert not result.has_errors, [each.public_message() for each in result.findings]
    assert result.store is not None
    return result.store, canaries


def _output(store: Store, viewer: str, on: dt.date) -> bytes:
    """Return all that the viewer is given: every page, form, paper and file name, and the binders."""
    parts: list[bytes] = []
    site = site_for(store, viewer, on)
    for artifact in render_site(site, KEY):
        parts += [artifact.path.encode(), artifact.content]
    for file in site.files:
        parts.append(render_binder(copy_for(store, file.id, viewer, on)))
    return b"\n".join(parts)


def _found(content: bytes, canaries: Iterable[Canary]) -> set[str]:
    lowered = content.lower()
    return {each.word for each in canaries if each.word.lower().encode() in lowered}


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_sites_and_binders_hold_what_is_allowed_and_nothing_else(
    school: tuple[Store, tuple[Canary, ...]], on: dt.date
) -> None:
    store, canaries = school
    expected = {each.id for each in PEOPLE if has_access(each.id, each.student, on)} | {PRINCIPAL, MANAGER}
    assert set(viewers(store, on)) == expected
    for viewer in sorted(expected):
        found = _found(_output(store, viewer, on), canaries)
        leaked = [each for each in canaries if each.word in found and not may_find(viewer, each, on)]
        missing = [each for each in canaries if each.word not in found and must_find(viewer, each, on)]
        assert (viewer, leaked, missing) == (viewer, [], [])


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_common_copy_holds_what_every_reader_may_see(school: tuple[Store, tuple[Canary, ...]], on: dt.date) -> None:
    store, canaries = school
    for student in ("alpha", "omega", "delta"):
        readers = [each.id for each in PEOPLE if each.student == student and has_access(each.id, student, on)]
        if not readers:
            continue
        found = _found(render_binder(common_copy(store, student, on)), canaries)
        own = [each for each in canaries if each.student == student]
        for each in own:
            if each.word in found:
                assert all(may_find(viewer, each, on) for viewer in readers), each
            else:
                assert not all(must_find(viewer, each, on) for viewer in readers), each
        assert not _found(
            b"".join(each.encode() for each in found), (each for each in canaries if each.student not in ("", student))
        )


def test_a_second_store_that_differs_in_withheld_words_alone_gives_the_same_bytes(tmp_path: Path) -> None:
    outputs = []
    for number, spelling in enumerate(("one", "another, longer")):
        root = tmp_path / str(number) / "records"
        write_school(root)
        folder = root / "students/alpha"
        description = folder / "2026-27/documents/no-custodian.yaml"
        lines = description.read_text("utf-8").split("\n")
        description.write_text("\n".join(f"title: {spelling}" if x.startswith("title:") else x for x in lines), "utf-8")
        note = folder / "2026-27/progress/about-no-custodian.md"
        note.write_text(note.read_text("utf-8") + f"\n{spelling} words\n", "utf-8")
        store = checked(root).store
        assert store is not None
        on = TODAY
        outputs.append({viewer: _output(store, viewer, on) for viewer in viewers(store, on) if viewer != MANAGER})
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 5


def test_whose_planning_they_take_no_part_in_the_two_offices_read_process_alone(tmp_path: Path) -> None:
    """Other words in objectives, notes, report cards and plans change nothing for them, nor a request's for the manager
    (policy: P29, P35).
    """
    outputs = []
    for number, spelling in enumerate(("one", "another, longer")):
        root = tmp_path / str(number) / "records"
        write_school(root)
        for student in ("alpha", "omega", "delta"):
            folder = root / "students" / student / "2026-27"
            for path in (*folder.glob("progress/*.md"), folder / "strengths.md"):
                path.write_text(path.read_text("utf-8") + f"\n{spelling}\n", "utf-8")
            _reword(folder / "objectives/aim.yaml", "statement", spelling)
            _reword(folder / "plan.yaml", "aspiration", spelling)
            _reword(folder / "tests/reading.yaml", "note", spelling)
            _reword(folder / "requests/tool.yaml", "reason", spelling)
            if number and student == "omega":
                _reword(folder / "requests/wait.yaml", "resource", spelling)
        store = checked(root).store
        assert store is not None
        outputs.append({viewer: _output(store, viewer, TODAY) for viewer in (PRINCIPAL, MANAGER)})
    assert outputs[0][MANAGER] == outputs[1][MANAGER]
    assert b"another, longer" in outputs[1][PRINCIPAL]
    assert outputs[1][PRINCIPAL].count(b"another, longer") == 1


def _reword(path: Path, key: str, text: str) -> None:
    lines = path.read_text("utf-8").split("\n")
    assert any(line.startswith(f"{key}:") for line in lines)
    path.write_text("\n".join(f"{key}: {text}" if line.startswith(f"{key}:") else line for line in lines), "utf-8")
