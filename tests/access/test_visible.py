"""What is worked out from a file is worked out from what its reader sees of it: credits, kinds, counts, dates."""

from __future__ import annotations

from pathlib import Path

from site_builder.access.sites import common_copy, site_for
from site_builder.render.binder import render_binder
from site_builder.render.site import render_site
from tests.exchange.handed_in import KEY
from tests.stores import TODAY, overlaid_store

YEAR = "students/lopez-sam/2026-27"
PLAN = """\
grade: 10
prepared_by: [sam-lopez]
prepared_on: 2026-09-0{day}
aspiration: As hearing-letter.png says
course_plan: [{{grade: 10, course: {course}, title: A course, subject: cte, credits: 1, term: fall}}]
"""
OBJECTIVE = """\
statement: As hearing-letter.png says
kind: {kind}
status: {status}
suggested_by: rosa-lopez
suggested_on: 2026-11-{day}
"""


def school(folder: Path, *, other: bool) -> dict[str, bytes]:
    """Write a school whose plan and an objective refer to a letter that the teacher may not see; return her pages."""
    store = overlaid_store(
        folder,
        {
            f"{YEAR}/plan.yaml": PLAN.format(course="CTE-201" if other else "ENG-10", day=2 if other else 1),
            f"{YEAR}/objectives/learn-to-weld.yaml": OBJECTIVE.format(
                kind="occupational" if other else "academic", status="met" if other else "on-track", day=20 + other
            ),
        },
    )
    assert "lopez-sam" not in store.broken
    site = site_for(store, "park", TODAY)
    pages = {each.path: each.content for each in render_site(site, KEY)}
    pages["view"] = repr(site).encode()
    pages["everyone"] = render_binder(common_copy(store, "lopez-sam", TODAY))
    mother = {each.path: each.content for each in render_site(site_for(store, "rosa-lopez", TODAY), KEY)}
    assert b"hearing-letter.png says" in mother["lopez-sam/plan.html"]
    return pages


def test_what_refers_to_a_withheld_document_counts_nowhere(tmp_path: Path) -> None:
    """Policy: P35, P36."""
    one, other = school(tmp_path / "one", other=False), school(tmp_path / "other", other=True)
    assert [path for path in one if one[path] != other.get(path)] == []
    assert one.keys() == other.keys()
    assert not [path for path, content in one.items() if b"hearing-letter" in content or b"learn-to-weld" in content]
