"""A proposal on the terminal: what is proposed beside what stands, in words."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator

import click

from site_builder.cli.console import visible
from site_builder.exchange.comparison import Part, State
from site_builder.exchange.proposal import Proposal
from site_builder.model.store import Store, StudentFile

_WIDTH = 88
_LABEL = 10
_SAID = {
    State.NEW: ("new", "green"),
    State.STANDS: ("stands already", None),
    State.TAKEN: ("", None),
    State.CHANGED: ("not taken: ", "yellow"),
    State.IMPOSSIBLE: ("not taken: ", "yellow"),
}
_AT_MOST = 12


def head(store: Store, file: StudentFile, proposal: Proposal, today: dt.date) -> Iterator[str]:
    """Give whose words these are, about whom, and when they were written."""
    made = proposal.handed_out
    participant = file.participant(made.participant)
    who = participant.name if participant is not None else made.participant
    yield click.style(visible(f"Proposal by {who} for the plan of {file.student.name}, {made.year}"), bold=True)
    yield f"form of {made.on}, written {proposal.made_on} by that device's clock, in `{proposal.language}`"
    if not made.on <= proposal.made_on <= today:
        yield f"that clock is off: {today} will be written down"
    if store.school.current_year != made.year:
        yield f"note: the school's current year is {store.school.current_year}"


def part_lines(part: Part) -> Iterator[str]:
    """Give a part: its name, what becomes of it, what stands and what is proposed."""
    word, colour = _SAID[part.state]
    yield ""
    state = click.style(visible(word + part.why), fg=colour)
    yield f"{click.style(visible(part.title), bold=True)}  [{part.key}]  {state}"
    if part.state is State.TAKEN:
        return
    yield from _side("stands", part.now or ("nothing",))
    yield from _side("proposed", part.proposed)


def _side(label: str, lines: tuple[str, ...]) -> Iterator[str]:
    shown = lines if label == "proposed" else lines[:_AT_MOST]
    for place, line in enumerate(shown):
        first = f"  {label:<{_LABEL}}" if place == 0 else " " * (_LABEL + 2)
        yield from textwrap.wrap(
            visible(line), _WIDTH, initial_indent=first, subsequent_indent=" " * (_LABEL + 4), break_on_hyphens=False
        )
    if len(lines) > len(shown):
        yield f"{' ' * (_LABEL + 2)}... {len(lines) - len(shown)} more lines"
