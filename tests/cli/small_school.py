"""A copy of the small sound school to run commands on, and the commands run on it as on 24 November 2026."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep

SCHOOL = Path(__file__).parents[1] / "data/stores/good/small-school"
NOON = dt.datetime(2026, 11, 24, 12, 0, 0, tzinfo=dt.UTC)


class School:
    """A school in a folder of its own: `records` in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = folder / "records"
        shutil.copytree(SCHOOL, self.records)

    def sep(self, *arguments: str, today: str = "2026-11-24", folder: Path | None = None) -> Result:
        around = Surroundings(
            now=lambda _: NOON,
            folder=folder or self.folder,
            environ={},
            terminal=False,
            settings=self.folder / "settings",
        )
        return CliRunner().invoke(sep, ["--today", today, *arguments], obj=around)

    def change(self, file: str, old: str, new: str) -> None:
        path = self.records / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def pages(self, part: str = "sites") -> dict[str, bytes]:
        """Return everything published in `part`, by path."""
        top = self.folder / "build" / part
        found = (each for each in sorted(top.rglob("*")) if each.is_file() and not each.name.startswith("."))
        return {each.relative_to(top).as_posix(): each.read_bytes() for each in found}

    def people(self) -> set[str]:
        return {path.split("/")[0] for path in self.pages()}
