"""The schemas in the editor: VS Code's settings and the language server behind its YAML extension."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.base.resources import folder
from site_builder.check.schema_files import schema_file
from site_builder.source.layout import KINDS, Kind
from tests.editor.language_server import SERVER, LanguageServer, running

ROOT = Path(__file__).parents[2]
OBJECTIVE = "records/students/rivera-ana/2026-27/objectives/{}.yaml"
SOUND = """\
statement: Read one book a month
kind: academic
status: on-track
suggested_by: lee
suggested_on: 2026-09-15
beyond_school_means: false
means:
  - {what: Library pass, source: school}
"""


def vscode_settings() -> dict[str, Any]:
    text = (ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8")
    settings: dict[str, Any] = json.loads(re.sub(r"(?m)^\s*//.*$", "", text))
    return settings


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    node = shutil.which("node")
    if node is None or not SERVER.exists():
        pytest.skip("the YAML language server is not installed: `npm ci --prefix tests/editor` does it")
    with running(node, ROOT, vscode_settings()) as started:
        yield started


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_record_has_its_schema_in_the_editor(kind: Kind) -> None:
    file = f"./schemas/{kind.name}.schema.json"
    assert (ROOT / file).samefile(folder("schemas") / f"{kind.name}.schema.json")
    patterns = [re.sub(r"\{[a-z]+\}", "*", each) for each in kind.patterns]
    store = "" if kind.name == "district" else "records/"  # a district's file stands above its schools
    assert vscode_settings()["yaml.schemas"][file] == [f"{store}{each}" for each in patterns]


def test_no_schema_is_named_that_is_none() -> None:
    assert len(vscode_settings()["yaml.schemas"]) == len(KINDS)


def test_nothing_leaves_the_folder() -> None:
    settings = vscode_settings()
    assert settings["chat.disableAIFeatures"] is True
    assert settings["github.copilot.enable"] == {"*": False}
    for off in ("redhat.telemetry.enabled", "yaml.schemaStore.enable", "json.schemaDownload.enable"):
        assert settings[off] is False
    assert "http" not in json.dumps(settings)


def test_the_package_of_the_server_is_pinned() -> None:
    package = json.loads((SERVER.parents[3] / "package.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", package["dependencies"]["yaml-language-server"])


def test_a_sound_record_has_no_squiggle(server: LanguageServer) -> None:
    assert server.squiggles(OBJECTIVE, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("on-track", "ontrack", 3, 'Value is not accepted. Valid values: "not-started", "on-track"'),
        ("suggested_by", "sugested_by", 4, "Property sugested_by is not allowed."),
        ("2026-09-15", "9/15/2026", 5, "Write the date as year-month-day, such as `2026-11-24`."),
        ("suggested_by: lee", "suggested_by: Mr. Lee", 4, "Write a short name in small letters, digits and hyphens"),
        ("false", "no", 6, "Incorrect type. Expected"),
        ("source: school", "source: gift", 8, 'Valid values: "school", "family", "student", "community"'),
        ("statement: Read one book a month\n", "", 1, "Missing property"),
    ],
)
def test_a_slip_has_a_squiggle_that_helps(server: LanguageServer, old: str, new: str, line: int, said: str) -> None:
    found = server.squiggles(OBJECTIVE, SOUND.replace(old, new))
    assert [each["message"] for each in found if said in each["message"]], found
    assert [each for each in found if each["range"]["start"]["line"] == line - 1], found


def test_a_teacher_without_an_assignment_has_a_squiggle(server: LanguageServer) -> None:
    file = "records/students/rivera-ana/participants/{}.yaml"
    found = server.squiggles(file, "name: Marcus Lee\nrole: teacher\nsince: 2026-08-19\n")
    assert {word for word in ("until", "assigned_by", "assigned_on") if word in str(found)} == {
        "until",
        "assigned_by",
        "assigned_on",
    }
    assert server.squiggles(file, "name: Maria Rivera\nrole: parent\nsince: 2024-08-19\n") == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.markdown], ids=lambda kind: kind.name)
def test_the_server_agrees_on_good_files(server: LanguageServer, kind: Kind) -> None:
    place = "records/" + kind.pattern.format(student="rivera-ana", year="2026-27", id="{}")
    for path in sorted((ROOT / "tests" / "data" / "schemas" / kind.name).glob("good-*.yaml")):
        assert server.squiggles(place, path.read_text(encoding="utf-8")) == [], path.name


def test_a_status_is_offered_in_five_words_with_their_meaning(server: LanguageServer) -> None:
    uri = server.open(OBJECTIVE, SOUND.replace("status: on-track", "status: "))
    items = server.at("completion", uri, 3, 9)["items"]
    status = schema_file("objective")["properties"]["status"]
    offered = {item["label"]: _words(item.get("documentation", "")) for item in items}
    assert offered == dict(zip(status["enum"], status["enumDescriptions"], strict=True))


def test_a_missing_field_is_offered_with_its_description(server: LanguageServer) -> None:
    uri = server.open(OBJECTIVE, SOUND + "\n")
    items = {item["label"]: item for item in server.at("completion", uri, 9, 1)["items"]}
    assert {"steps", "career", "language"} <= set(items)
    assert "statement" not in items
    assert schema_file("objective")["properties"]["steps"]["description"] in _words(items["steps"]["documentation"])


def test_a_means_is_offered_as_a_whole(server: LanguageServer) -> None:
    uri = server.open(OBJECTIVE, SOUND.replace("  - {what: Library pass, source: school}", "  - "))
    items = server.at("completion", uri, 8, 5)["items"]
    whole = [item for item in items if item["label"] == "means"]
    assert whole, items
    assert "what: $1" in whole[0]["textEdit"]["newText"]


@pytest.mark.parametrize(("line", "name"), [(1, "statement"), (2, "kind"), (4, "suggested_by"), (5, "suggested_on")])
def test_hovering_over_a_field_explains_it(server: LanguageServer, line: int, name: str) -> None:
    uri = server.open(OBJECTIVE, SOUND)
    told = server.at("hover", uri, line, 2)["contents"]["value"]
    wanted = schema_file("objective")["properties"][name]
    assert wanted["title"] in told
    assert _plain(wanted["description"]) in _plain(told)


def test_hovering_over_a_choice_explains_the_choices(server: LanguageServer) -> None:
    uri = server.open(OBJECTIVE, SOUND)
    told = server.at("hover", uri, 2, 8)["contents"]["value"]
    for word in schema_file("objective")["properties"]["kind"]["enumDescriptions"]:
        assert _plain(word) in _plain(told)


def _words(documentation: str | dict[str, str]) -> str:
    return documentation if isinstance(documentation, str) else documentation["value"]


def _plain(markdown: str) -> str:
    """Give the letters of a text: the server escapes signs and doubles line ends for its reader."""
    return " ".join(re.findall(r"[a-z]+", markdown.lower()))
