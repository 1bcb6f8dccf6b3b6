"""The documents hold: every link leads somewhere, every command that is named exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest

from site_builder.check.catalog import all_codes
from site_builder.cli.main import sep

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(text: str) -> set[str]:
    """Return the fragments that a page's headings can be reached by."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub(lambda code: code[0].strip("`"), text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in headings}


def links(path: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [first or second for first, second in LINK.findall(text)]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands(group: click.Command = sep, name: str = "sep") -> dict[str, click.Command]:
    """Return every command by the words that call it."""
    found = {name: group}
    if isinstance(group, click.Group):
        context = click.Context(group)
        for each in group.list_commands(context):
            command = group.get_command(context, each)
            assert command is not None
            found |= commands(command, f"{name} {each}")
    return found


def options(command: click.Command) -> set[str]:
    names = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    return names | {"--help", "-h"}


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_links_lead_somewhere(path: Path) -> None:
    for link in links(path):
        if link.startswith(("https://", "mailto:")):
            continue
        file, _, fragment = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        if fragment:
            assert fragment in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_make_targets_that_are_named_exist(path: Path) -> None:
    named = {
        each
        for code in CODE.findall(path.read_text(encoding="utf-8"))
        for each in re.findall(r"\bmake ([a-z-]+)", code)
    }
    assert named <= targets()


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_commands_and_options_that_are_named_exist(path: Path) -> None:
    known = commands()
    for code in CODE.findall(path.read_text(encoding="utf-8")):
        for line in code.strip("`").splitlines():
            match = re.match(r"(?:\$ )?(?:\.venv/bin/)?(sep(?: .*)?)$", line.strip())
            if match is None:
                continue
            words = match[1].split("#")[0].split()
            used = {word.split("=")[0] for word in words if word.startswith("-") and word != "--"}
            called, allowed = _called(words, known)
            assert used <= allowed, f"{line}: {called} has no {used - allowed}"


def _called(words: list[str], known: dict[str, click.Command]) -> tuple[str, set[str]]:
    """Return the command that a line calls, and the options that may stand in the line."""
    called, allowed = "sep", options(known["sep"])
    for word in words[1:]:
        if f"{called} {word}" in known:
            called = f"{called} {word}"
            allowed |= options(known[called])
    takes = [word for word in words[1:] if re.fullmatch(r"[a-z-]+", word) and not word.startswith("-")]
    given = {
        words[at + 1] for at, word in enumerate(words[:-1]) if word in ("-C", "--out", "--for", "--today", "--lang")
    }
    wanted = [word for word in takes if word not in given]
    assert called != "sep" or not wanted, f"no command {wanted[0]}: {' '.join(words)}"
    return called, allowed


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_codes_that_are_named_exist(path: Path) -> None:
    known = {each.code for each in all_codes()}
    assert set(re.findall(r"\bSEP\d{3}\b", path.read_text(encoding="utf-8"))) <= known


def test_make_lists_what_it_can_do() -> None:
    listed = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for each in ("site", "test", "setup", "lint", "clean"):
        assert f"make {each} " in listed


def test_each_document_is_reached_from_the_readme() -> None:
    reached, open_ends = {ROOT / "README.md"}, [ROOT / "README.md"]
    while open_ends:
        path = open_ends.pop()
        for link in links(path):
            target = (path.parent / link.partition("#")[0]).resolve()
            if target in DOCS and target not in reached:
                reached.add(target)
                open_ends.append(target)
    assert {shown(each) for each in DOCS} == {shown(each) for each in reached}
