"""What a builder hands to the publisher: a path in the output and its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file; `path` is relative to the output folder, with `/`."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Streamed:
    """An output file that may be too large for the memory: `write` writes its bytes."""

    path: str
    write: Callable[[BinaryIO], None]
