"""What a builder hands to the publisher: a path in the output and its bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file; `path` is relative to the output folder, with `/`."""

    path: str
    content: bytes
