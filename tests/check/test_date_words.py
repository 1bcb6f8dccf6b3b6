"""Which day a text means."""

from __future__ import annotations

import pytest

from site_builder.check.date_words import is_date, meant


@pytest.mark.parametrize("text", ["2026-11-24", "2028-02-29", "1900-01-01", "2199-12-31"])
def test_dates(text: str) -> None:
    assert is_date(text)
    assert str(meant(text)) == text


@pytest.mark.parametrize(
    "text",
    ["2026-13-01", "2026-02-29", "0206-11-24", "2026-1-4", "20261124", "2026-W01-1", "2026-11-24\n", "٢٠٢٦-11-24", ""],
)
def test_no_dates(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/24/2026", "2026-11-24"),
        ("24.11.2026", "2026-11-24"),
        ("5/5/2026", "2026-05-05"),
        ("2026-9-3", "2026-09-03"),
        ("2026/09/03", "2026-09-03"),
        ("2026-24-11", "2026-11-24"),
        ("2026-11-24T10:30:00", "2026-11-24"),
        ("Nov 24, 2026", "2026-11-24"),
        ("November 3rd 2026", "2026-11-03"),
        ("24 November 2026", "2026-11-24"),
        ("3-Nov-2026", "2026-11-03"),
    ],
)
def test_a_day_that_is_certain(text: str, day: str) -> None:
    assert str(meant(text)) == day


@pytest.mark.parametrize("text", ["3/4/2026", "11/24/26", "2026-02-30", "2026-13-32", "Smarch 4, 2026", "soon", "2026"])
def test_a_day_that_is_not(text: str) -> None:
    assert meant(text) is None
