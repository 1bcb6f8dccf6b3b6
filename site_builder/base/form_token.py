"""The seal of a form that is handed out: for whom it was made, for which file, and what stood in the plan then.

A form lies on a family's own computer, so nothing in it can be a secret. The seal is made with a key that stays with
the school: whoever changes the name, the student, the year or what the form was based on cannot make the seal anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

LENGTH = 32
"""Bytes of a key."""

_PURPOSE = b"sep form 1\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """What a form was made for; `base` has the SHA-256 of each part of the plan as it stood on the day `on`."""

    school: str
    participant: str
    student: str
    year: str
    on: dt.date
    base: Mapping[str, str]

    def content(self) -> bytes:
        """Return the bytes that are sealed; equal facts give equal bytes."""
        facts = {
            "school": self.school,
            "participant": self.participant,
            "student": self.student,
            "year": self.year,
            "on": self.on.isoformat(),
            "base": dict(self.base),
        }
        return _PURPOSE + json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class FormKey:
    """The school's key for its forms; `id` names it without giving it away."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != LENGTH:
            raise ValueError(f"a key has {LENGTH} bytes")

    @property
    def id(self) -> str:
        """Return eight hexadecimal digits by which a form says with which key it was sealed."""
        return hashlib.sha256(_PURPOSE + self.secret).hexdigest()[:8]

    def seal(self, handed_out: HandedOut) -> str:
        """Return the seal of a form, as hexadecimal: the same for the same key and facts."""
        return hmac.new(self.secret, handed_out.content(), hashlib.sha256).hexdigest()

    def fits(self, handed_out: HandedOut, seal: str) -> bool:
        """Tell whether `seal` is the seal of these facts."""
        return hmac.compare_digest(self.seal(handed_out), seal)
