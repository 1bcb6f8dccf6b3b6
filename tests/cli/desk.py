"""A terminal with somebody at it who answers questions."""

from __future__ import annotations

from click.testing import CliRunner, Result

from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from tests.cli.small_school import NOON, School


def answering(school: School, *arguments: str, answers: str, today: str = "2026-11-24") -> Result:
    """Run a command and type `answers`, a line each."""
    around = Surroundings(
        now=lambda _: NOON, folder=school.folder, environ={}, terminal=True, settings=school.folder / "settings"
    )
    return CliRunner().invoke(sep, ["--today", today, *arguments], obj=around, input=answers)


def files(school: School) -> dict[str, bytes]:
    """Return every file of the store, hidden ones too."""
    found = (each for each in sorted(school.records.rglob("*")) if each.is_file())
    return {each.relative_to(school.records).as_posix(): each.read_bytes() for each in found}
