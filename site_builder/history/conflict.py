"""One thing that two people changed, each in another way, and what may be kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Choice(StrEnum):
    """What to keep where two people changed one thing."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that two people changed, each in another way; a version that lacks it has `None`.

    `path` names it: the steps to a field, or nothing for a passage of words. The texts are as they stand in the files.
    """

    path: tuple[str, ...]
    base: str | None
    ours: str | None
    theirs: str | None
    can_keep_both: bool = False


Chooser: TypeAlias = Callable[[Conflict], Choice | None]
