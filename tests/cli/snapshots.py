"""Snapshots as files beside the tests: compared byte for byte, rewritten with SEP_UPDATE_SNAPSHOTS=1."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def same_as(path: Path, text: str) -> None:
    if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path.name} is missing: SEP_UPDATE_SNAPSHOTS=1 writes it"
    assert text == path.read_text(encoding="utf-8")


def snapshot(name: str, text: str) -> None:
    same_as(FOLDER / name, text)
