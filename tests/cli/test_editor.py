"""Schemas for the editor of one school: where they are written, what uses them, and what stays as it was."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from site_builder.check.live_schemas import LIVE_KINDS
from tests.cli.small_school import School

SETTINGS = Path(__file__).parents[2] / ".vscode" / "settings.json"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def read(settings: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(re.sub(r"(?m)^\s*//.*$", "", settings.read_text("utf-8")))
    return found


def schema(folder: Path, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f".vscode/sep/{kind}.schema.json").read_text("utf-8"))
    return found


def test_the_schemas_know_the_schools_courses_terms_and_careers(school: School) -> None:
    done = school.sep("editor")
    assert done.exit_code == 0, done.stderr
    parts = schema(school.records, "common")["$defs"]
    assert "CTE-201" in parts["course-code"]["enum"]
    assert parts["course-code"]["enumDescriptions"][parts["course-code"]["enum"].index("CTE-201")] == "Welding 1"
    assert parts["term"]["enum"] == ["fall", "spring"]
    offered = schema(school.records, "plan")["properties"]["careers"]["items"]["defaultSnippets"]
    bodies = [each["body"] for each in offered]
    assert {"title": "Welders, Cutters, Solderers, and Brazers", "soc": "51-4121.00"} in bodies
    assert "--settings" in done.stderr


def test_nothing_about_a_student_is_in_them(school: School) -> None:
    school.sep("editor")
    text = "".join(path.read_text("utf-8") for path in (school.records / ".vscode/sep").iterdir())
    for word in ("Samuel", "Lopez", "lopez-sam", "ward-ivy", "007123"):
        assert word not in text


def test_git_leaves_them_alone_and_so_does_the_check(school: School) -> None:
    subprocess.run(["git", "init", "-q", str(school.folder)], check=True)
    school.sep("editor")
    told = subprocess.run(
        ["git", "status", "--short", "--untracked-files=all"],
        cwd=school.folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert ".vscode" not in told
    assert school.sep("check").exit_code == 0


def test_the_second_time_there_is_nothing_to_do_and_a_new_course_is_taken_in(school: School) -> None:
    school.sep("editor")
    assert school.sep("editor").stdout == ""
    school.change("courses.yaml", "code: ART-07", "code: ART-77")
    done = school.sep("editor")
    assert done.stdout == "wrote .vscode/sep/common.schema.json\n"
    assert "ART-77" in schema(school.records, "common")["$defs"]["course-code"]["enum"]


def test_a_dry_run_writes_nothing(school: School) -> None:
    done = school.sep("editor", "--dry-run", "--settings")
    assert "would write .vscode/sep/plan.schema.json" in done.stdout
    assert not (school.records / ".vscode").exists()


def test_settings_are_made_where_there_are_none(school: School) -> None:
    assert school.sep("editor", "--settings").exit_code == 0
    schemas = read(school.records / ".vscode/settings.json")["yaml.schemas"]
    assert schemas["./.vscode/sep/plan.schema.json"] == ["students/*/*/plan.yaml"]
    assert len(schemas) == len(LIVE_KINDS)
    assert "--settings" not in school.sep("editor").stderr


def test_settings_that_stand_change_in_the_schemas_names_alone(school: School) -> None:
    (school.folder / ".vscode").mkdir()
    standing = Path(shutil.copy(SETTINGS, school.folder / ".vscode"))
    before = standing.read_text("utf-8")
    shown = school.sep("editor", "--settings", "--dry-run").stdout
    assert standing.read_text("utf-8") == before
    assert '+    "./.vscode/sep/plan.schema.json"' in shown
    assert school.sep("editor", "--settings").exit_code == 0
    after = standing.read_text("utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(changed) == len(LIVE_KINDS)
    assert all("./.vscode/sep/" in line for line in changed)
    schemas = read(standing)["yaml.schemas"]
    assert schemas["./schemas/working-plan.schema.json"] == ["records/inventory/*.md"]
    assert schemas["./.vscode/sep/plan.schema.json"] == ["records/students/*/*/plan.yaml"]
    assert (school.folder / ".vscode/sep/plan.schema.json").is_file()
    assert not (school.records / ".vscode").exists()
    assert "already" in school.sep("editor", "--settings").stderr


def test_what_the_settings_lack_is_told_to_be_added(school: School) -> None:
    folder = school.records / ".vscode"
    folder.mkdir()
    (folder / "settings.json").write_text('{"editor.tabSize": 2}\n', "utf-8")
    done = school.sep("editor", "--settings")
    assert (folder / "settings.json").read_text("utf-8") == '{"editor.tabSize": 2}\n'
    assert '"./.vscode/sep/plan.schema.json": ["students/*/*/plan.yaml"]' in done.stderr


def test_a_link_is_not_followed(school: School, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    try:
        (school.records / ".vscode").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this computer makes no links")
    done = school.sep("editor")
    assert done.exit_code == 2
    assert "is a link" in done.stderr
    assert list(elsewhere.iterdir()) == []
