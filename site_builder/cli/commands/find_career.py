"""`sep find career`: occupations by the words that people use, with their O*NET-SOC codes (policy: P4)."""

from __future__ import annotations

import json
import textwrap

import click

from site_builder.cli.console import visible
from site_builder.cli.context import Context, pass_context
from site_builder.model.occupations import ATTRIBUTION, Occupation, find_occupations

_SHOWN = 20
_FEW = 3
"""So few are shown with their descriptions."""
_WIDTH = 96


@click.command("career")
@click.argument("words", nargs=-1, required=True)
@click.option("--all", "everything", is_flag=True, help="Show all that fit, however many.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print them.")
@pass_context
def command(context: Context, words: tuple[str, ...], everything: bool, form: str) -> None:
    """Find an occupation and its O*NET-SOC code, the nearest first.

    WORDS are what people call it, in English: `sep find career weld`, `sep find career registered nurse`. Singular and
    plural, capitals and accents do not matter. A code will do as well.
    """
    wanted = " ".join(words)
    found = find_occupations(wanted)
    if form == "json":
        entries = [{"code": each.code, "title": each.title, "description": each.description} for each in found]
        context.put(json.dumps({"format_version": 1, "source": ATTRIBUTION, "occupations": entries}, indent=2))
        return
    if not found:
        context.say(f"no occupation has `{visible(wanted)}` in its title or description")
        context.say("  = help: try one word, a broader one, or the beginning of it: `sep find career nurs`")
        context.say("  = help: a career can stand in a plan without a code, in the student's own words")
        return
    shown = found if everything else found[:_SHOWN]
    for each in shown:
        context.put(f"{click.style(each.code, bold=True)}  {each.title}")
        if len(found) <= _FEW or context.verbosity > 0:
            context.put(_description(each))
    if len(found) > len(shown):
        context.say(f"... {len(found) - len(shown)} more: give another word, or --all")
    context.say(f"\nIn a plan or an objective, write the code beside the title, such as  soc: {found[0].code}")
    context.say(f"Source: {ATTRIBUTION}")


def _description(each: Occupation) -> str:
    return textwrap.fill(each.description, _WIDTH, initial_indent=" " * 12, subsequent_indent=" " * 12)
