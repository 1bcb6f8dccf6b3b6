"""`sep explain-access`: why somebody may or may not see something, rule by rule (policy: P35, P36)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import click

from site_builder.access.decision import Item
from site_builder.access.trail import FAILED, PASSED, Trail, trail
from site_builder.access.trail_facts import Fact
from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.cli.days import day
from site_builder.cli.items import find_item, find_viewer

_COLOURS = {PASSED: "green", FAILED: "red"}
_WIDTH = len("not reached")


@click.command("explain-access")
@click.argument("viewer")
@click.argument("item")
@click.option("--on", type=day, metavar="DATE", help="The day; today if left out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@pass_context
def command(context: Context, viewer: str, item: str, on: dt.date | None, form: str) -> None:
    """Say why somebody may or may not see something.

    VIEWER is a person's id or name. ITEM is a student (`rivera-ana`), an entry
    (`rivera-ana/2026-27/document/psych-letter`), a field of one (`rivera-ana/participant/maria-rivera#address`), or
    the path of a file. Each rule of access is named in the order in which it is asked, with the facts it looks at
    and where they stand. (policy: P35, P36)
    """
    store = context.read_store()
    person, name = find_viewer(store, viewer, context.choose if context.asks else None)
    found = trail(store, person, find_item(context, store, item), on or context.today)
    if form == "json":
        context.put(json.dumps(_as_data(found), ensure_ascii=False, indent=2))
        return
    answer = click.style("yes", fg="green", bold=True) if found.allowed else click.style("no", fg="red", bold=True)
    context.put(f"May {visible(name)} ({person}) see {named(found.item)} on {found.on}?  {answer}\n")
    for line in _lines(found):
        context.put(line)


def named(item: Item) -> str:
    """Return the item as a person would type it."""
    path = "/".join(each for each in (item.student, item.year, item.kind, item.id) if each)
    return f"{path}#{item.field}" if item.field else path


def _lines(found: Trail) -> Iterator[str]:
    for step in found.steps:
        outcome = click.style(
            f"{step.outcome:<{_WIDTH}}", fg=_COLOURS.get(step.outcome), dim=step.outcome not in _COLOURS
        )
        yield f"  {outcome}  rule {step.rule}  {step.title}"
        indent = " " * (_WIDTH + 12)
        for reason in step.reasons:
            yield indent + click.style(visible(reason), bold=True)
        for fact in step.facts:
            yield indent + f"{visible(fact.sentence)}{f'  ({_place(fact)})' if fact.span else ''}"


def _place(fact: Fact) -> str:
    return f"{visible(fact.span.file)}:{fact.span.start.line}" if fact.span else ""


def _as_data(found: Trail) -> dict[str, Any]:
    return {
        "format_version": 1,
        "viewer": found.viewer,
        "item": named(found.item),
        "on": found.on.isoformat(),
        "allowed": found.allowed,
        "rules": [
            {
                "rule": step.rule,
                "title": step.title,
                "outcome": step.outcome,
                "reasons": list(step.reasons),
                "facts": [
                    {
                        "sentence": fact.sentence,
                        "file": fact.span.file if fact.span else None,
                        "line": fact.span.start.line if fact.span else None,
                    }
                    for fact in step.facts
                ],
            }
            for step in found.steps
        ],
    }
