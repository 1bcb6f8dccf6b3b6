"""What every record of a school has, whatever kind of file it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.source.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: its id (the file's name without suffix) and the document it came from."""

    id: str
    origin: Document = field(repr=False, compare=False)
