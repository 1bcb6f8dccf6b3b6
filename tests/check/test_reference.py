"""The staff's reference of files and fields is the one that the schemas give."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.check.reference import reference
from site_builder.check.schema_files import schema_file
from site_builder.check.schemas import validate
from site_builder.source.layout import KINDS, Kind
from tests.check.schema_cases import read

PAGE = Path(__file__).parents[2] / "docs" / "records.md"


def test_the_page_is_up_to_date() -> None:
    if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
        PAGE.write_text(reference(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_in_its_chapter(kind: Kind) -> None:
    chapter = reference().partition(f"\n## {kind.title}\n")[2].partition("\n## ")[0]
    schema = schema_file(kind.name)
    assert schema["description"] in chapter
    for name, field in schema["properties"].items():
        row = next(line for line in chapter.split("\n") if line.startswith(f"| `{name}`"))
        assert field["description"] in row
        assert ("**needed**" in row) == (name in schema["required"])
        assert row.count("|") - row.count("\\|") == 5


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_example_of_a_kind_is_sound(kind: Kind) -> None:
    chapter = reference().partition(f"\n## {kind.title}\n")[2]
    language = "markdown" if kind.markdown else "yaml"
    example = chapter.partition(f"```{language}\n")[2].partition("```")[0] + ("Words.\n" if kind.markdown else "")
    assert validate(read(kind.pattern, example), kind) == ()


def test_links_lead_to_chapters() -> None:
    page = reference()
    anchors = [line.partition("(#")[2].partition(")")[0] for line in page.split("\n") if "](#" in line]
    heads = ["".join(each for each in line[3:].lower() if each.isalnum() or each in " -").replace(" ", "-")
             for line in page.split("\n") if line.startswith("## ")]  # fmt: skip
    assert anchors == heads
    assert len(set(anchors)) == len(KINDS)


def test_conditions_are_told() -> None:
    page = reference()
    assert "With `role` `teacher` or `counselor`" in page
    assert "`until`, `assigned_by`, `assigned_on` are needed" in page
    assert "With `answer`, `answered_on` is needed." in page
