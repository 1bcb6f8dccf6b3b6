"""The page on commands ends with the help of each, as the program prints it; SEP_UPDATE_SNAPSHOTS=1 rewrites it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from site_builder.cli.main import sep
from tests.cli.snapshots import same_as

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
MARK = "## Every command\n"


def commands(
    command: click.Command, name: str, parent: click.Context | None = None, width: int = 88
) -> Iterator[tuple[str, str]]:
    """Give the words that call each command, and its help."""
    settings = {**command.context_settings, "terminal_width": width}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from commands(found, each, context, width)


def test_the_page_holds_the_help_of_every_command() -> None:
    written = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    sections = [f"### {path}\n\n```text\n{help}\n```\n" for path, help in commands(sep, "sep")]
    same_as(PAGE, written + MARK + "\n" + "\n".join(sections))


def test_the_help_of_every_command_fits_a_narrow_terminal() -> None:
    wide = [(path, line) for path, help in commands(sep, "sep", width=78) for line in help.splitlines()]
    assert [(path, line) for path, line in wide if len(line) > 80] == []


def test_every_exit_code_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"\n| {code} |" in text for code in (0, 1, 2, 3, 4, 70, 130, 141))
