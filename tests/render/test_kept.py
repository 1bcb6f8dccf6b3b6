"""Students whose files have errors: their last pages are linked from the viewer's first page, and said to be old."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.access.view import Named, Site
from site_builder.render.site import render_site
from tests.render import example_site

KEPT = (Named("Kai <Benally>", "student", "benally-kai"),)


def first_page(site: Site) -> str:
    return {each.path: each.content for each in render_site(site)}["index.html"].decode()


@pytest.mark.parametrize("site", [example_site.parent_site(), example_site.manager_site()], ids=["family", "staff"])
def test_the_first_page_leads_to_the_last_pages(site: Site) -> None:
    page = first_page(replace(site, kept=KEPT))
    assert '<a href="benally-kai/index.html">Kai &lt;Benally&gt;</a>' in page
    for file in site.files:
        assert f'href="{file.id}/index.html"' in page
    assert "benally-kai" not in first_page(site)


def test_who_has_nothing_else_still_finds_them() -> None:
    page = first_page(replace(example_site.parent_site(), files=(), kept=KEPT))
    assert "benally-kai/index.html" in page
    assert 'class="empty"' not in page
