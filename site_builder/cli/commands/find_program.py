"""`sep find program`: programs after high school and the colleges that offer them, with CIP codes (policy: P4)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.console import visible, width
from site_builder.cli.context import Context, pass_context
from site_builder.model.programs import ATTRIBUTION, CREDENTIALS, Offer, find_programs, state_of, states
from site_builder.source.yaml_reader import read_yaml

_EVERYWHERE = "ALL"
_SHOWN = 60


@click.command("program")
@click.argument("words", nargs=-1)
@click.option("--state", metavar="STATE", help="Two letters, or `all`; otherwise the state of the school.")
@click.option("--credential", type=click.Choice(CREDENTIALS), help="Only programs in which one earns it.")
@click.option(
    "--at", "institution", metavar="COLLEGE", default="", help="Only at colleges with these words in the name."
)
@click.option("--all", "everything", is_flag=True, help="Show all that fit, however many.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print them.")
@pass_context
def command(
    context: Context,
    words: tuple[str, ...],
    state: str | None,
    credential: str | None,
    institution: str,
    everything: bool,
    form: str,
) -> None:
    """Find programs after high school, who offers them, and their CIP codes.

    WORDS are of the field of study, in English, or its code: `sep find program nursing --state UT`, `sep find program
    48.05`. With --at alone, all programs of a college are listed. Colleges stand in alphabetical order.
    """
    wanted = " ".join(words)
    if not wanted and not institution:
        raise WrongUse("say what to look for", '`sep find program nursing`, or `sep find program --at "Snow College"`')
    where = _state(context, state)
    found = find_programs(wanted, where, credential or "", institution)
    if form == "json":
        context.put(json.dumps({"format_version": 1, "source": ATTRIBUTION, "programs": _plain(found)}, indent=2))
    elif found:
        _print(context, found if everything else found[:_SHOWN], len(found), where)
    else:
        _say_what_to_try(context, wanted, where, credential or "", institution)


def _state(context: Context, given: str | None) -> str:
    """Return the state to look in, empty for all of them; raises `WrongUse` where there is none of that name."""
    if given is not None:
        wanted = given.strip().upper()
        if wanted == _EVERYWHERE:
            return ""
        if wanted not in states():
            raise WrongUse(f"`{given}` is no state", f"give one of {', '.join(states())}, or `all`")
        return wanted
    try:
        path = context.store / "school.yaml"
    except WrongUse as fault:
        raise WrongUse("say in which state to look", "`--state UT`, or `--state all`") from fault
    school, _ = read_yaml(path.name, path.read_text(encoding="utf-8-sig", errors="replace"))
    data = school.data if school is not None and isinstance(school.data, dict) else {}
    state, address = data.get("state"), data.get("address")
    found = state_of(state if isinstance(state, str) else None, address if isinstance(address, str) else "")
    if found not in states():
        raise WrongUse("`school.yaml` does not say the school's state", "add `state: UT` to it, or give `--state UT`")
    return found


def _plain(found: Sequence[Offer]) -> list[dict[str, object]]:
    return [
        {
            "institution": each.institution.name,
            "state": each.institution.state,
            "cip": each.cip,
            "program": each.title,
            "credentials": list(each.credentials),
        }
        for each in found
    ]


def _print(context: Context, shown: Sequence[Offer], count: int, where: str) -> None:
    names = {each: each.institution.name + ("" if where else f" ({each.institution.state})") for each in shown}
    column = max(width(each) for each in names.values())
    for number, ((cip, title), offers) in enumerate(groupby(shown, key=lambda each: (each.cip, each.title))):
        context.put(f"{chr(10) if number else ''}{click.style(cip, bold=True)}  {title}")
        for each in offers:
            name = names[each]
            context.put(f"  {name}{' ' * (column - width(name))}  {', '.join(each.credentials)}")
    if count > len(shown):
        context.say(f"... {count - len(shown)} more: narrow it with --credential or --at, or give --all")
    context.say(f'\nIn a plan, write the code in quotes, such as  cip: "{shown[0].cip}"')
    context.say("As reported by the colleges; ask them whether a program is offered this year, and at which campus.")
    context.say(f"Source: {ATTRIBUTION}")


def _say_what_to_try(context: Context, wanted: str, where: str, credential: str, institution: str) -> None:
    what = f"no program `{visible(wanted)}`" if wanted else "no program"
    place = f" in {where}" if where else ""
    context.say(
        what + (f" for a {credential}" if credential else "") + place + (" at that college" if institution else "")
    )
    if wanted and not find_programs(wanted, ""):
        context.say("  = help: titles are broad fields: welding stands under `metal`, diesel mechanics under `vehicle`")
    if institution and wanted:
        context.say("  = help: --at without words lists all that a college of that name offers")
    if where:
        context.say("  = help: `--state all` looks in every state")
    context.say("  = help: a program can stand in a plan without a code, as the college calls it")
