"""What adding an entry does beside writing its own file: for most kinds nothing.

A kind that does more has a class of its own, as documents have in `adding_document`, and is named with it in `adding`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from site_builder.cli.context import Context
from site_builder.cli.entry_fields import Field, Place
from site_builder.cli.writing import Change, Exact
from site_builder.source.document import Value


class Besides:
    """The steps of adding one entry at `place` at which a kind may do more, in their order; `given` are the options."""

    def __init__(self, context: Context, place: Place, given: Mapping[str, Any]) -> None:
        self.context = context
        self.place = place
        self.given = given

    @staticmethod
    def parameters() -> tuple[click.Parameter, ...]:
        """Return what the command takes besides the fields."""
        return ()

    def asked_for(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """Return the fields to ask for."""
        return tuple(fields)

    def taken_names(self) -> frozenset[str]:
        """Return names that the entry may not have, besides those of entries of its kind."""
        return frozenset()

    def completed(self, entry: str, fields: Mapping[str, Value]) -> dict[str, Value]:  # noqa: ARG002 - a kind may need it
        """Return the fields of the entry called `entry` as they are written."""
        return dict(fields)

    def changes(self, entry: Change, fields: Mapping[str, Value]) -> Sequence[Change | Exact]:  # noqa: ARG002
        """Return what is written, the entry itself among it; raises `WrongUse` where that cannot be."""
        return [entry]

    def say_what_is_next(self, entry: str, fields: Mapping[str, Value]) -> None:
        """Say what there is to know when it is written."""
