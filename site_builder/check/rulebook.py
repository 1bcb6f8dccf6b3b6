"""The form of a rule: a code, and a pure function that finds where a store breaks it on a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from site_builder.base.codes import Code
from site_builder.base.diagnostics import Diagnostic
from site_builder.model.store import Store, StudentFile

Find: TypeAlias = Callable[[Store, dt.date], Iterator[Diagnostic]]
FindInFile: TypeAlias = Callable[[Store, StudentFile, dt.date], Iterator[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over the whole store; it reads no clock: the day is given."""

    code: Code
    find: Find


def per_student(code: Code, find: FindInFile) -> Rule:
    """Return a rule that looks at one student's file at a time."""

    def find_in_all(store: Store, today: dt.date) -> Iterator[Diagnostic]:
        for file in store.students:
            yield from find(store, file, today)

    return Rule(code, find_in_all)
