"""The annual report as a page: whole by itself, in two languages, readable where little can be told (policy: P34)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from site_builder.access.report import Reported, district_report
from site_builder.access.view import Words
from site_builder.access.view_report import Contribution, ReportView
from site_builder.render.report import render_district_report, render_report
from tests.leaks.attack import Tables
from tests.leaks.test_report_attack import EVEN, view
from tests.render.html_rules import outline

SMALL = dataclasses.replace(
    EVEN, students=(2, 3, 2, 2, 3, 0), held=(2, 3, 2, 2, 3, 0), occupational=(0, 1, 2, 0, 2, 0), planned=12, family=12,
    small_group=4, declined=0, offered_open=0, groups=1,
)  # fmt: skip


def sound(html: str) -> bool:
    found = outline(html)
    assert found.faults == []
    assert len(found.ids) == len(set(found.ids))
    assert set(found.labels) <= set(found.ids)
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    return True


def report(**changes: object) -> ReportView:
    return dataclasses.replace(view(EVEN), **changes)  # type: ignore[arg-type]


def test_the_same_view_gives_the_same_bytes() -> None:
    assert render_report(report()) == render_report(report())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("counts", [EVEN, SMALL], ids=["large", "small"])
def test_a_report_is_sound_html(counts: object, language: str) -> None:
    made = dataclasses.replace(view(counts), language=language)  # type: ignore[arg-type]
    html = render_report(made).decode()
    assert sound(html)
    assert f'<html lang="{language}">' in html
    assert not re.search(r"<script|https?://", html)


def test_where_little_can_be_told_it_says_so_once_a_table() -> None:
    html = render_report(view(SMALL)).decode()
    tables = Tables(html)
    assert "by-grade-held" not in tables.tables
    assert "Students in all: 12." in tables.text
    assert "fewer than 10" in tables.text


def test_most_and_few_read_well() -> None:
    text = Tables(render_report(view(EVEN)).decode()).text
    assert "The yearly conference was held with 201 of 300 students." in text
    tables = Tables(render_report(view(EVEN)).decode()).tables
    assert tables["planned"][0] == ["Students with a plan for the year", "at least 291"]
    assert tables["planned"][1] == ["Students without", "fewer than 10"]
    spanish = Tables(render_report(report(language="es")).decode()).tables
    assert [row[1] for row in spanish["planned"][:2]] == ["al menos 291", "menos de 10"]


def test_a_draft_says_that_it_is_one() -> None:
    html = render_report(report(as_of=dt.date(2026, 3, 1))).decode()
    assert "these numbers are as of March 1, 2026" in html
    assert "Do not hand this draft out" not in render_report(report()).decode()


def test_peoples_words_are_made_safe() -> None:
    words = Contribution(
        title="<b>Loud</b>",
        by="A parent",
        words=Words("Hello <script>alert(1)</script> ![x](../a.png)", "es", "reports"),
    )
    html = render_report(report(contributions=(words,))).decode()
    assert "<script" not in html
    assert "<b>Loud" not in html
    assert 'lang="es"' in html


def test_charts_are_drawn_from_published_numbers_alone() -> None:
    html = render_report(view(EVEN)).decode()
    published = {cell for table in Tables(html).tables.values() for row in table for cell in row[1:]}
    for said in re.findall(r'text-anchor="end">([^<]+)</text>', html):
        for each in re.split(r" of ", said):
            assert each in published, said


def test_a_districts_report() -> None:
    schools = [Reported("North", view(EVEN)), Reported("South", view(SMALL))]
    html = render_district_report(district_report("Basin", schools, ["East"])).decode()
    tables = Tables(html).tables
    assert sound(html)
    assert tables["plans"][1][:4] == ["North", "300", "at least 291", "201"]
    assert tables["plans"][-1][:4] == ["All schools", "312", "291 to 312", "201 to 213"]
    assert "could not be used: East." in html


def test_no_paper_but_these() -> None:
    with pytest.raises(ValueError, match="no paper is called"):
        render_report(report(), "legal")
