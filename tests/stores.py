"""Stores for tests: the small sound school, alone or with files laid over it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path

from site_builder.check.checker import Checked, check_store
from site_builder.model.store import Store
from site_builder.source.working_tree import WorkingTree

TODAY = dt.date(2026, 11, 24)
SMALL_SCHOOL = Path(__file__).parent / "data" / "stores" / "good" / "small-school"


def lay_over(folder: Path, files: Mapping[str, str]) -> Path:
    """Copy the small school into `folder` and lay `files` (path relative to the store -> text) over it."""
    root = folder / "records"
    shutil.copytree(SMALL_SCHOOL, root)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")
    return root


def clear(root: Path, *paths: str) -> Path:
    """Take files or folders out of the store at `root`, where they are there, and return it."""
    for path in paths:
        target = root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
    return root


def checked(root: Path, today: dt.date = TODAY) -> Checked:
    """Check the store at `root` as of `today`."""
    return check_store(WorkingTree(root), today)


def overlaid_store(folder: Path, files: Mapping[str, str]) -> Store:
    """Return the small school with `files` laid over it; its school-wide files must be sound."""
    store = checked(lay_over(folder, files)).store
    assert store is not None
    return store
