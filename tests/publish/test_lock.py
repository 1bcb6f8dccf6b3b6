from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.publish.lock import Busy, locked
from tests.publish.building import NOW, build, words


def test_a_second_builder_is_told_since_when(tmp_path: Path) -> None:
    out = tmp_path / "build"
    build(out, "first")
    with locked(out, NOW), pytest.raises(Busy) as caught:
        build(out, "second")
    assert "busy since 2026-11-24 10:30:05" in caught.value.sentence
    assert caught.value.way_out
    assert words(out / "sites") == {"first"}


def test_the_lock_is_free_again_afterwards_also_after_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path, NOW):
        raise RuntimeError
    with locked(tmp_path, NOW):
        assert (tmp_path / ".sep-lock").read_text() == "2026-11-24 10:30:05\n"


def test_a_link_in_the_place_of_the_lock_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("mine")
    (tmp_path / ".sep-lock").symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match=r"\.sep-lock"), locked(tmp_path, NOW):
        pass
    assert (tmp_path / "other").read_text() == "mine"
