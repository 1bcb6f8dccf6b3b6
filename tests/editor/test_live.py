"""The schemas of `sep editor` in the language server: what is offered, and what gets a squiggle."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.base.resources import folder
from tests.cli.small_school import School
from tests.editor.language_server import SERVER, LanguageServer, running

SETTINGS = Path(__file__).parents[2] / ".vscode" / "settings.json"
PLAN = "records/students/lopez-sam/{}/plan.yaml"
OBJECTIVE = "records/students/lopez-sam/2026-27/objectives/{}.yaml"
HEAD = "grade: 9\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-01\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    node = shutil.which("node")
    if node is None or not SERVER.exists():
        pytest.skip("the YAML language server is not installed: `npm ci --prefix tests/editor` does it")
    school = School(tmp_path_factory.mktemp("live"))
    (school.folder / ".vscode").mkdir()
    standing = Path(shutil.copy(SETTINGS, school.folder / ".vscode"))
    shutil.copytree(folder("schemas"), school.folder / "schemas")
    assert school.sep("editor", "--settings").exit_code == 0
    settings: dict[str, Any] = json.loads(re.sub(r"(?m)^\s*//.*$", "", standing.read_text("utf-8")))
    with running(node, school.folder, settings) as started:
        assert started.squiggles(PLAN, HEAD) == []  # it has read the settings and the schemas before it is asked more
        yield started


def offered(server: LanguageServer, place: str, text: str, line: int, column: int) -> dict[str, Any]:
    uri = server.open(place, text)
    return {each["label"]: each for each in server.at("completion", uri, line, column)["items"]}


def test_a_career_is_offered_by_its_name_and_written_with_its_code(server: LanguageServer) -> None:
    items = offered(server, PLAN, HEAD + "careers:\n  - Weld\n", 5, 9)
    text = items["Welders, Cutters, Solderers, and Brazers"]["textEdit"]["newText"]
    assert text == "title: Welders, Cutters, Solderers, and Brazers\n  soc: 51-4121.00"
    items = offered(server, OBJECTIVE, "statement: Learn\ncareer:\n  weld\n", 3, 7)
    assert "soc: 51-4121.00" in items["Welders, Cutters, Solderers, and Brazers"]["textEdit"]["newText"]


def test_the_schools_courses_and_terms_are_offered_with_their_titles(server: LanguageServer) -> None:
    items = offered(server, PLAN, HEAD + "course_plan:\n  - grade: 9\n    course: \n", 6, 13)
    assert {"ART-07", "ENG-09", "ENG-10", "MATH-1", "CTE-201"} <= set(items)
    assert "Welding 1" in str(items["CTE-201"]["documentation"])
    assert set(offered(server, PLAN, HEAD + "course_plan:\n  - grade: 9\n    term: \n", 6, 11)) == {"fall", "spring"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("careers: [{title: Welder, soc: 51-4121, courses: [CTE-201]}]", ""),
        ("careers: [{title: Welder, courses: [CTE-999]}]", "This course is not in the course catalogue"),
        ("careers: [{title: Welder, soc: 51-x}]", "Write the occupation code such as"),
        (
            "course_plan: [{grade: 9, course: CTE-201, title: Welding 1, subject: cte, credits: 1, term: winter}]",
            "This term is not among the school's terms",
        ),
    ],
)
def test_a_slip_has_a_squiggle_and_what_is_right_has_none(server: LanguageServer, text: str, said: str) -> None:
    found = [each["message"] for each in server.squiggles(PLAN, HEAD + text + "\n")]
    assert len(found) == bool(said)
    assert all(said in each for each in found)


def test_a_new_course_has_no_squiggle_where_courses_are_declared(server: LanguageServer) -> None:
    text = "courses:\n  - {code: NEW-1, title: New, subject: cte, credits: 1, grades: [9]}\n"
    assert server.squiggles("records/courses.yaml", text) == []
