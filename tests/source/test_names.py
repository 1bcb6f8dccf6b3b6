from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.source.ids import ID, good_name
from site_builder.source.names import check_names
from site_builder.source.tree import Entry, EntryKind
from tests.source import cases

_YEAR = "students/lopez-sam/2026-27"
_CASES = (
    "school.yaml",
    "README.md",
    "students/README",
    f"{_YEAR}/objectives/read-more.yaml",
    f"{_YEAR}/objectives/María López.yaml",
    f"{_YEAR}/objectives/read_more.YAML",
    f"{_YEAR}/objectives/a.yaml",
    f"{_YEAR}/objectives/-read.yaml",
    f"{_YEAR}/objectives/{'r' * 64}.yaml",
    f"{_YEAR}/objectives/李.yaml",
    f"{_YEAR}/objectives/con.yaml",
    f"{_YEAR}/objectives/COM1.yaml",
    f"{_YEAR}/objectives/console.yaml",
    f"{_YEAR}/objectivs/read-more.yaml",
    f"{_YEAR}/report-cards/fall.yaml",
    f"{_YEAR}/progress/2026-10-03-first-bead.yaml",
    "students/lopez-sam/2026-2027/plan.yaml",
    "students/lopez-sam/progress/2026-10-03-first-bead.md",
    "students/lopez-sam/student.yml",
    "students/Ward Ivy/student.yaml",
    "students/Ward Ivy/participants/park.yaml",
    "group/2026-10-07-tenth-grade.yaml",
    "letters/to-parents.docx",
    f"{_YEAR}/documents/hearing-letter.yaml",
    f"{_YEAR}/documents/Hearing letter_2.png",
    f"{_YEAR}/documents/Muñoz.png",
    f"{_YEAR}/documents/photo (1).jpg",
    f"{_YEAR}/documents/photo\u202egpj.exe",
    f"{_YEAR}/documents/zero\u200bwidth.png",
    f"{_YEAR}/documents/end.",
    f"{_YEAR}/documents/aux.png",
    f"{_YEAR}/documents/Shelf.png",
    f"{_YEAR}/documents/shelf.png",
    f"{_YEAR}/documents/caf\u00e9.png",
    f"{_YEAR}/documents/cafe\u0301.png",
    f"{_YEAR}/documents/Stra\u00dfe.png",
    f"{_YEAR}/documents/STRASSE.png",
)
_KINDS = (
    Entry("groups/linked.yaml", EntryKind.LINK, 0),
    Entry("groups/shared.yaml", EntryKind.HARD_LINK, 10),
    Entry("groups/pipe", EntryKind.SPECIAL, 0),
)


def test_names_and_kinds_are_told_as_beside() -> None:
    entries = [*(Entry(path, EntryKind.FILE, 1) for path in _CASES), *_KINDS]
    told = cases.told(check_names(entries))
    cases.same_as_file(told, Path(__file__).parent / "names.findings")


def test_a_folder_is_told_once() -> None:
    paths = [f"students/Ward Ivy/participants/{name}.yaml" for name in ("park", "cruz", "reyes")]
    findings = check_names(Entry(path, EntryKind.FILE, 1) for path in paths)
    assert [(finding.code, finding.span.file) for finding in findings] == [("SEP160", "students/Ward Ivy")]


def test_a_folder_and_a_file_may_not_differ_in_case_alone() -> None:
    paths = ["students/Ward-ivy/student.yaml", "students/ward-ivy/participants/park.yaml"]
    findings = check_names(Entry(path, EntryKind.FILE, 1) for path in paths)
    assert [(finding.code, finding.span.file) for finding in findings] == [
        ("SEP160", "students/Ward-ivy"),
        ("SEP162", "students/ward-ivy"),
    ]


def test_the_small_school_has_good_names() -> None:
    root = Path(__file__).parent.parent / "data/stores/good/small-school"
    paths = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    assert len(paths) > 30
    assert check_names(Entry(path, EntryKind.FILE, 1) for path in paths) == ()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("María López", "maria-lopez"),
        ("Nguyễn Văn Ánh", "nguyen-van-anh"),
        ("O'Brien-Smith", "obrien-smith"),
        ("Đỗ Hải", "do-hai"),
        ("Łukasz Straße", "lukasz-strasse"),
        ("ʻAna Tuʻifua", "ana-tuifua"),
        ("_x_", ""),
        ("李", ""),
        ("CON", ""),
    ],
)
def test_a_good_name_is_offered(name: str, made: str) -> None:
    assert good_name(name) == made


@given(st.text())
def test_an_offered_name_is_an_id(name: str) -> None:
    made = good_name(name)
    assert made == "" or ID.fullmatch(made)


@given(st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=12), min_size=1, max_size=6))
def test_any_name_is_told_or_fine(parts: list[str]) -> None:
    for prefix in ("", f"{_YEAR}/documents/", f"{_YEAR}/objectives/"):
        for finding in check_names([Entry(prefix + "/".join(parts), EntryKind.FILE, 1)]):
            assert finding.message
            assert finding.help
            assert not re.search(r"[\x00-\x1f\u202a-\u202e]", finding.message)
