"""Merges as folders of files: what both began with, what each made of it, and what must come of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(each for each in FOLDER.iterdir() if each.is_dir())


@dataclass(frozen=True)
class Case:
    folder: Path
    path: str
    base: bytes | None
    ours: bytes
    theirs: bytes

    def same(self, text: str) -> None:
        """Hold the merge against the file `merged`; SEP_UPDATE_SNAPSHOTS=1 writes it."""
        expected = self.folder / "merged"
        if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
            expected.write_text(text, encoding="utf-8", newline="\n")
        assert text == expected.read_text(encoding="utf-8")


def read_case(folder: Path) -> Case:
    ending = next(folder.glob("ours.*")).suffix
    base = folder / f"base{ending}"
    return Case(
        folder=folder,
        path=f"record{ending}",
        base=base.read_bytes() if base.exists() else None,
        ours=(folder / f"ours{ending}").read_bytes(),
        theirs=(folder / f"theirs{ending}").read_bytes(),
    )
