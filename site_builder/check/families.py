"""The rules in order: a family a file. A new family is named here, a new rule in its family's `RULES`."""

from __future__ import annotations

from site_builder.check.rulebook import Rule
from site_builder.check.rules import (
    conferences,
    documents,
    identity,
    participants,
    plan,
    references,
    requests,
    school,
    words,
)

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    references.RULES,
    school.RULES,
    participants.RULES,
    plan.RULES,
    conferences.RULES,
    requests.RULES,
    identity.RULES,
    documents.RULES,
    words.RULES,
)
