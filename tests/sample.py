"""The sample school's pages as words, for tests that look for what people must find on them."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from site_builder.access.sites import common_copy, site_for
from site_builder.base.diagnostics import Diagnostic
from site_builder.check.checker import Checked
from site_builder.cli.context import Surroundings
from site_builder.cli.main import sep
from site_builder.model.store import Store, StudentFile, YearSection
from site_builder.render.binder import render_binder
from site_builder.render.site import render_site
from tests.stores import TODAY, checked

NEWCOMER = "aguilar-tomas"
"""A student of grade 10 who came in November: no plan yet, and no credits of the earlier school."""

SAMPLE = Path(__file__).parent.parent / "records"
ANA, MOTHER, MANAGER, PRINCIPAL = "rivera-ana", "maria-rivera", "begay", "principal-hale"
"""A student of grade 9, her mother who reads Spanish, the counselor who is School Manager, and the Principal."""


@cache
def sample() -> Store:
    """Return the sample school's records."""
    store = _checked().store
    assert store is not None
    return store


def found(code: str) -> list[Diagnostic]:
    """Return the sample's findings with this code."""
    return [each for each in _checked().findings if each.code == code]


def has_errors() -> bool:
    """Tell whether anything in the sample is an error."""
    return _checked().has_errors


@cache
def _checked() -> Checked:
    return checked(SAMPLE)


@cache
def site(viewer: str) -> dict[str, str]:
    """Return the pages of `viewer`'s site as words."""
    artifacts = render_site(site_for(sample(), viewer, TODAY))
    return {each.path: words(each.content) for each in artifacts if each.path.endswith(".html")}


@cache
def binder(student: str) -> str:
    """Return the binder that every participant may hold, as words."""
    return words(render_binder(common_copy(sample(), student, TODAY)))


def words(content: bytes) -> str:
    """Return what somebody reads on a page, on one line."""
    text = re.sub(r"<(style|script)\b.*?</\1>", "", content.decode("utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def this_year(student: str) -> tuple[StudentFile, YearSection]:
    """Return a student's file and its section of this school year."""
    file = sample().student(student)
    assert file is not None
    year = file.year(sample().school.current_year)
    assert year is not None
    return file, year


def sections() -> Iterator[tuple[StudentFile, YearSection]]:
    """Give every student's file with its section of this school year."""
    return (this_year(file.id) for file in sample().students if file.year(sample().school.current_year))


def run(folder: Path, *arguments: str, records: Path = SAMPLE) -> str:
    """Run a command on the sample as on its day, and return what it prints, on one line."""
    noon = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    around = Surroundings(now=lambda _: noon, folder=folder, environ={}, terminal=False, settings=folder / "settings")
    command = ["-C", str(records), "--today", "2026-11-24", *arguments]
    result = CliRunner().invoke(sep, command, obj=around, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())
