from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.access.printed import Printed
from site_builder.base.errors import MissingTool
from site_builder.publish.printed import forget_printed, read_printed, write_printed

ONE = Printed(dt.date(2026, 11, 24), "5a" * 16, {"2026-27/objectives/learn-to-weld": "0f" * 32})
COPIES = {"rivera-ana": ONE, "rivera-ana--for-maria-rivera": ONE, "rivera-anabel": ONE}


def test_what_was_written_is_read_and_nobody_else_can(tmp_path: Path) -> None:
    path = tmp_path / "printed/school.json"
    write_printed(path, COPIES)
    assert read_printed(path) == COPIES
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_one_students_prints_can_be_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    assert forget_printed(path, "rivera-ana") == 0
    write_printed(path, COPIES)
    assert forget_printed(path, "rivera-ana") == 2
    assert set(read_printed(path)) == {"rivera-anabel"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"a": 1}',
        b'{"a": {"on": "2026-11-24", "salt": "xx", "entries": {}}}',
        b"[" * 99_999,
    ],
)
def test_a_damaged_memory_is_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    path.write_bytes(content)
    assert read_printed(path) == {}


def test_a_place_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MissingTool, match="list of printed binders"):
        write_printed(tmp_path / "file/printed/school.json", COPIES)
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(MissingTool, match="list of printed binders"):
        read_printed(tmp_path / "folder.json")
