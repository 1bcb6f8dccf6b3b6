"""`sep explain`: what a finding means, why it exists, and how it looks wrong and right."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Sequence

import click

from site_builder.base.codes import Code, Example
from site_builder.base.errors import WrongUse
from site_builder.base.policy import REQUIREMENTS, cited
from site_builder.check.catalog import all_codes
from site_builder.cli.context import Context, pass_context
from site_builder.cli.reporters.full import COLOURS

_WIDTH = 88
_MISREAD = str.maketrans("OIL", "011")
_FAMILIES = {
    "SEP1": "Files and fields",
    "SEP2": "References",
    "SEP3": "Policy",
    "SEP4": "Privacy",
    "SEP5": "Language",
}


@click.command("explain")
@click.argument("code", required=False)
@pass_context
def command(context: Context, code: str | None) -> None:
    """Say what a finding means and why it exists.

    Without CODE (such as SEP103), list all codes.
    """
    codes = all_codes()
    context.put(_listed(codes) if code is None else _explained(_find(codes, code)))


def _find(codes: Sequence[Code], text: str) -> Code:
    number = text.strip().upper().removeprefix("SEP").translate(_MISREAD)
    wanted = f"SEP{number}"
    for code in codes:
        if code.code == wanted:
            return code
    near = difflib.get_close_matches(wanted, [each.code for each in codes], n=3, cutoff=0.7)
    hint = f"did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else "`sep explain` lists the codes"
    raise WrongUse(f"there is no code `{text}`", hint)


def _listed(codes: Sequence[Code]) -> str:
    lines = []
    family = ""
    for code in sorted(codes, key=lambda each: each.code):
        if code.code[:4] != family:
            family = code.code[:4]
            lines += ["", click.style(f"{_FAMILIES.get(family, 'Others')} ({family}xx)", bold=True)]
        severity = click.style(f"{code.severity:<7}", fg=COLOURS[code.severity])
        lines.append(f"  {code.code}  {severity}  {code.title}")
    return "\n".join([*lines[1:], "", "`sep explain CODE` says more about one."])


def _explained(code: Code) -> str:
    severity = click.style(f"{code.severity}[{code.code}]", fg=COLOURS[code.severity], bold=True)
    parts = [f"{severity}{click.style(': ' + code.title, bold=True)}"]
    parts += [
        textwrap.fill(" ".join(each.split()), _WIDTH, break_on_hyphens=False)
        for each in code.why.split("\n\n")
        if each.strip()
    ]
    for each in cited(code.policy):
        indent = " " * (len(each) + 10)
        parts.append(
            textwrap.fill(
                f"Policy {each}:  {REQUIREMENTS[each]}", _WIDTH, subsequent_indent=indent, break_on_hyphens=False
            )
        )
    parts += _examples("This is found:", code.fails)
    parts += _examples("This is fine:", code.passes)
    return "\n\n".join(parts)


def _examples(title: str, examples: Sequence[Example]) -> list[str]:
    """Return the files of an example as paragraphs, each under its path."""
    if not examples:
        return []
    shown = [click.style(title, bold=True)]
    for example in examples:
        text = textwrap.indent(example.text.rstrip(), "    ")
        shown.append(f"  {example.file}\n\n{text}")
    return shown
