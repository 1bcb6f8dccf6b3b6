"""What a third party is given of one student's file: the only thing of it that a release is made from (policy: P35)."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.access.naming import Named
from site_builder.access.view import Copy, Date

SECTIONS = (
    "strengths",
    "objectives",
    "plan",
    "progress",
    "registrations",
    "report-cards",
    "tests",
    "conferences",
    "requests",
)
"""The parts of a school year that can be released; addresses, telephones of families and consents never are."""

DOCUMENTS = "documents"
PARTS = (*SECTIONS, DOCUMENTS)
"""What a consent to share the file can allow a third party: sections, and open documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """A consent on which the release rests; `document` is empty for one to share the file as such."""

    signer: Named
    capacity: str
    signed_on: Date
    purpose: str
    document: str = ""
    expires: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """A release: to whom, for what, on whose consent; `copy` holds the chosen sections and documents alone."""

    to: str
    purpose: str
    by: Named
    sections: tuple[str, ...]
    consents: tuple[ConsentLine, ...]
    copy: Copy
