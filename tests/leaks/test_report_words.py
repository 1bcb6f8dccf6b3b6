"""Of a student's file, the annual report holds no word; of the school's, what is for everybody (policy: P34, P35)."""

from __future__ import annotations

from pathlib import Path

from site_builder.access.report import Reported, district_report, report_for
from site_builder.render.report import render_district_report, render_report
from tests.leaks.canary_school import write_school
from tests.leaks.facts import WHO
from tests.leaks.suite import words_of
from tests.stores import TODAY, checked

TOLD = {
    ("training", "title"),
    ("partnership", "partner"),
    ("partnership", "program"),
    ("consultation", "topic"),
    *(("contribution", field) for field in ("title", "by", "body")),
}
"""What the report tells of the school's own work."""


def test_no_canary_of_any_student_is_in_a_report(tmp_path: Path) -> None:
    canaries = write_school(tmp_path / "records").canaries
    store = checked(tmp_path / "records", TODAY).store
    assert store is not None
    view = report_for(store, "2026-27", TODAY)
    pages = [
        render_report(view),
        render_report(report_for(store, "2026-27", TODAY, "es")),
        render_district_report(district_report("District", [Reported("School", view)], [])),
    ]
    for page in pages:
        found = {each for each in canaries if each.word.lower() in words_of(page)}
        nobody = [each for each in found if "nobody" in (WHO.get((each.kind, each.field)), WHO.get(("", each.field)))]
        assert [each for each in found if each.student] == nobody == []
        assert {(each.kind, each.field) for each in found if each.kind != "school"} <= TOLD
    assert any(each.kind == "school" and each.word.encode() in pages[0] for each in canaries)
