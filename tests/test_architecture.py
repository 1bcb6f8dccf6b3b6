"""The floors of the house, read from the source: who may import whom, and who may speak, ask and exit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "site_builder"
FLOORS = {
    "base": set[str](),
    "source": {"base"},
    "check": {"base", "source", "model"},
    "model": {"base", "source"},
    "access": {"base", "model"},
    "render": {"base", "access"},
    "publish": {"base", "render", "access"},
    "history": {"base", "source"},
    "exchange": {"base", "source", "model"},
    "cli": {"base", "source", "check", "model", "access", "render", "publish", "history", "exchange"},
}
SPEAKING = {"print", "input", "breakpoint", "exit", "quit"}
EXITING = {("sys", "exit"), ("os", "_exit"), ("sys", "stdout"), ("sys", "stderr"), ("sys", "stdin")}
CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
LONGEST_MODULE = 400
VAGUE = {"util", "utils", "helper", "helpers", "manager", "handler", "misc", "common"}
AT_HOME = {
    "click": {"cli"},
    "cryptography": {"publish"},
    "fontTools": {"render"},
    "git": {"source"},
    "jinja2": {"render", "cli"},
    "jsonschema": {"check"},
    "lxml": {"render"},
    "typst": {"publish"},
    "PIL": {"render"},
}
"""Where a library may be used: a second place would be a second way of doing the same thing."""

MODULES = sorted(HOUSE.rglob("*.py"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def floor(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def imports(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Give every module that is named in an import anywhere in the file, with its line."""
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: -node.level]) if node.level else ""
            whole = ".".join(filter(None, (start, node.module)))
            yield node.lineno, whole
            yield from ((node.lineno, f"{whole}.{each.name}") for each in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("site_builder."):
            yield node.lineno, node.value  # a module that is imported by its name


def forbidden_imports(source: str, path: Path) -> list[str]:
    allowed = FLOORS[floor(path)] | {floor(path)}
    found = []
    for line, module in imports(ast.parse(source), path):
        parts = module.split(".")
        if parts[0] == "site_builder" and len(parts) > 1 and parts[1] not in allowed:
            found.append(f"line {line}: {floor(path)} may not import {module}")
    return found


def calls(source: str) -> Iterator[tuple[int, str | tuple[str, str]]]:
    """Give every bare name that is called and every `name.attribute`, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id
        elif isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            yield node.lineno, (name, node.attr)


@pytest.mark.parametrize("path", [each for each in MODULES if each.parent != HOUSE], ids=shown)
def test_a_floor_imports_only_what_it_may(path: Path) -> None:
    assert forbidden_imports(path.read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    "line",
    [
        "import site_builder.model.store",
        "from site_builder.model import store",
        "from site_builder import model",
        "from ..model.store import Store",
        "def late():\n    from site_builder.source.tree import Entry",
        "if TYPE_CHECKING:\n    from site_builder.model.store import Store",
        'importlib.import_module("site_builder.model.store")',
    ],
)
def test_no_way_of_importing_escapes(line: str) -> None:
    assert forbidden_imports(line, HOUSE / "render" / "page.py")
    assert not forbidden_imports(line, HOUSE / "cli" / "main.py") or "..model" in line


def test_every_floor_is_known() -> None:
    there = {each.name for each in HOUSE.iterdir() if each.is_dir() and any(each.glob("*.py"))}
    assert there == set(FLOORS)
    assert [each.name for each in HOUSE.glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("path", [each for each in MODULES if each.name == "__init__.py"], ids=shown)
def test_package_files_are_empty(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("path", [each for each in MODULES if floor(each) != "cli"], ids=shown)
def test_only_the_command_line_speaks_asks_exits_and_knows_the_time(path: Path) -> None:
    found = [
        (line, what)
        for line, what in calls(path.read_text(encoding="utf-8"))
        if what in SPEAKING or what in EXITING or what in CLOCK
    ]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_has_one_subject_and_a_name_that_says_it(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE
    assert path.stem not in VAGUE


@pytest.mark.parametrize("path", [each for each in MODULES if each.name != "__init__.py"], ids=shown)
def test_a_module_opens_with_a_sentence_about_itself(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_library_is_used_on_its_own_floor(path: Path) -> None:
    used = {module.split(".")[0] for _, module in imports(ast.parse(path.read_text(encoding="utf-8")), path)}
    assert [each for each in used & set(AT_HOME) if floor(path) not in AT_HOME[each]] == []


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 20
