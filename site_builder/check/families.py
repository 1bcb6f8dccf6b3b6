"""The rules in order: a family a file. A new family is named here, a new rule in its family's `RULES`."""

from __future__ import annotations

from site_builder.check.rulebook import Rule
from site_builder.check.rules import (
    calendar,
    careers,
    catalogue,
    conferences,
    courses,
    dates,
    deadlines,
    disclosures,
    documents,
    identity,
    participants,
    plan,
    planning,
    references,
    report_words,
    requests,
    school,
    school_life,
    school_references,
    template,
    terms,
    words,
)

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    references.RULES,
    school_references.RULES,
    school.RULES,
    calendar.RULES,
    catalogue.RULES,
    participants.RULES,
    plan.RULES,
    planning.RULES,
    template.RULES,
    careers.RULES,
    courses.RULES,
    terms.RULES,
    conferences.RULES,
    deadlines.RULES,
    requests.RULES,
    school_life.RULES,
    dates.RULES,
    identity.RULES,
    disclosures.RULES,
    documents.RULES,
    words.RULES,
    report_words.RULES,
)
