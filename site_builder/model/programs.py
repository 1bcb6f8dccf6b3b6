"""Colleges and their programs of study, from the College Scorecard of the U.S. Department of Education (policy: P4).

Programs have four-digit CIP codes, credentials are `certificate`, `associate` and `bachelor`. The source knows the
state of an institution and no city. `site_builder/data/README.md` names its release and licence, and its limits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from site_builder.base.plain import plain
from site_builder.model.likeness import best_first, mentions
from site_builder.model.records import School
from site_builder.model.tables import table

ATTRIBUTION = (
    "College Scorecard, U.S. Department of Education, release of June 10, 2026, compiled by Truewise, CC BY 4.0"
)
CREDENTIALS = ("certificate", "associate", "bachelor")
_CODE = re.compile(r"\d{2}(\.\d{2,4})?")
_STATE_IN_ADDRESS = re.compile(r"\b([A-Z]{2})[ ,]+\d{5}(?:-\d{4})?\b")


@dataclass(frozen=True, slots=True, order=True)
class Institution:
    """A college or another institution; `state` in two letters, `id` its UNITID."""

    name: str
    state: str
    id: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A program at an institution, with the credentials that can be earned in it."""

    institution: Institution
    cip: str
    title: str
    credentials: tuple[str, ...]


@cache
def fields_of_study() -> dict[str, str]:
    """Return the title of every field of study by its four-digit CIP code."""
    return {row[0]: row[1] for row in table("cip")}


def four_digits(cip: str) -> str:
    """Return the part of a CIP code by which programs are compared: `48.05` of `48.0508`, `48` of `48`."""
    return cip[:5]


def knows_field(cip: str) -> bool:
    """Tell whether any institution reports programs with this code: by four digits, or by two where it has no more."""
    code = four_digits(cip)
    return code in fields_of_study() or (len(code) == 2 and any(each.startswith(code) for each in fields_of_study()))


@cache
def institutions() -> dict[str, Institution]:
    """Return every institution by its id."""
    return {id: Institution(name, state, id) for id, name, state in table("institutions")}


@cache
def states() -> tuple[str, ...]:
    """Return the two letters of every state and territory with an institution, in order."""
    return tuple(sorted({each.state for each in institutions().values()}))


@cache
def institutions_named(name: str) -> tuple[Institution, ...]:
    """Return the institutions with this name, whatever its accents, signs and capitals; seldom more than one."""
    return _by_name().get(_name(name), ())


@cache
def _by_name() -> dict[str, tuple[Institution, ...]]:
    found: dict[str, list[Institution]] = defaultdict(list)
    for each in institutions().values():
        found[_name(each.name)].append(each)
    return {name: tuple(sorted(each)) for name, each in found.items()}


def _name(text: str) -> str:
    return plain(text.replace("&", " and "))


@cache
def offers_in(state: str) -> tuple[Offer, ...]:
    """Return every program in a state, in order of institution and code; none for a state that is not one."""
    credentials: dict[tuple[str, str], set[str]] = defaultdict(set)
    for institution, credential, codes in table(f"programs/{state}") if state in states() else ():
        for code in codes.split():
            credentials[institution, code].add(credential)
    titles, colleges = fields_of_study(), institutions()
    offers = [
        Offer(colleges[id], code, titles[code], tuple(each for each in CREDENTIALS if each in earned))
        for (id, code), earned in credentials.items()
    ]
    return tuple(sorted(offers, key=lambda each: (each.institution, each.cip)))


def offered_at(institution: Institution) -> tuple[Offer, ...]:
    """Return the programs of one institution, in order of code."""
    return tuple(each for each in offers_in(institution.state) if each.institution == institution)


def who_offers(cip: str, state: str, credential: str = "") -> tuple[Offer, ...]:
    """Return the programs in `state` with the same four digits as `cip`, in alphabetical order of institution.

    With a `credential` of `CREDENTIALS`, only those in which it can be earned. A code of two digits names no program.
    """
    code = four_digits(cip)
    return tuple(
        each
        for each in offers_in(state)
        if each.cip == code and (credential not in CREDENTIALS or credential in each.credentials)
    )


def find_programs(words: str, state: str, credential: str = "", institution: str = "") -> list[Offer]:
    """Return the programs in `state` (all states where it is empty) that `words` mean.

    The nearest title comes first; within a title the institutions stand in alphabetical order. A CIP code, whole or its
    beginning, will do for words; no words mean every program, in order of code.
    """
    wanted = words.strip()
    fields = fields_of_study().items()
    if not wanted or _CODE.fullmatch(wanted):
        order = [code for code, _ in fields if code.startswith(four_digits(wanted))]
    else:
        order = [code for code, _ in best_first(wanted, fields, lambda each: each[1], lambda each: each[0])]
    rank = {code: place for place, code in enumerate(order)}
    found = [
        each
        for each in (offer for part in ([state] if state else states()) for offer in offers_in(part))
        if each.cip in rank
        and (not credential or credential in each.credentials)
        and (not institution or mentions(institution, each.institution.name))
    ]
    return sorted(found, key=lambda each: (rank[each.cip], each.institution))


def home_state(school: School) -> str:
    """Return the school's state in two letters, empty where neither `state` nor the address says it."""
    return state_of(school.state, school.address)


def state_of(state: str | None, address: str) -> str:
    """Return `state`, else the one before the ZIP code of the address (`UT` of `UT 84000`), else an empty text."""
    if state is not None:
        return state
    found = _STATE_IN_ADDRESS.findall(address)
    return found[-1] if found and found[-1] in states() else ""
