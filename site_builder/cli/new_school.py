"""The files that a school's own store begins with, of what somebody says about the school (policy: P6, P8)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.answers import mail_address, needed, words
from site_builder.cli.context import Context
from site_builder.cli.days import day
from site_builder.cli.people import free_id, id_of
from site_builder.cli.scaffold import Verbatim, scaffold
from site_builder.model.records import Term

_PLACE = re.compile(r"[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_]+){1,2}|UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the options say about a new school; `None` and empty where they say nothing."""

    school: str | None
    district: str | None
    address: str | None
    phone: str | None
    time_zone: str | None
    principal: str | None
    principal_email: str | None
    manager: str | None
    manager_email: str | None
    appointed_on: dt.date | None
    starts: dt.date | None
    ends: dt.date | None
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    id: str
    name: str
    position: str
    phone: str
    email: str
    duties: Verbatim


def school_files(context: Context, given: Given) -> dict[str, bytes]:
    """Return school.yaml, staff.yaml and courses.yaml by path, asking for what the options leave out.

    Raises `WrongUse` where something is missing and nobody can be asked, or the dates make no sense.
    """
    name = needed(context, given.school, "The school's name", "--school", words)
    district = needed(context, given.district, "The district", "--district", words)
    address = needed(context, given.address, "Address, with state and ZIP code", "--address", words)
    phone = needed(context, given.phone, "The office's telephone", "--phone", words)
    principal = needed(context, given.principal, "The Principal's name", "--principal", words)
    mail = needed(context, given.principal_email, "The Principal's e-mail address", "--principal-email", mail_address)
    staff = [_Member(id_of(principal), principal, "Principal", phone, mail, Verbatim("[administration]"))]
    manager = needed(context, given.manager, "The School Manager's name", "--manager", words)
    appointed = None
    if manager.casefold() != principal.casefold():
        mail = needed(
            context, given.manager_email, "The School Manager's e-mail address", "--manager-email", mail_address
        )
        staff.append(_manager(manager, phone, mail, staff[0].id))
        question = "Day on which the Principal appointed the School Manager"
        appointed = needed(context, given.appointed_on, question, "--appointed-on", day)
    zone = needed(context, given.time_zone, "Time zone, such as America/Denver", "--time-zone", time_zone)
    starts = needed(context, given.starts, "First day of this school year, as 2026-08-19", "--starts", day)
    ends = needed(context, given.ends, "Last day of this school year", "--ends", day)
    if ends <= starts or (ends - starts).days > 366:
        raise WrongUse(f"a school year from {starts} to {ends} cannot be", "correct `--starts` and `--ends`")
    school = scaffold(
        "school.yaml",
        name=name,
        district=district,
        address=address,
        phone=phone,
        time_zone=zone,
        principal=staff[0].id,
        manager=staff[-1].id,
        appointed_on=appointed,
        year=f"{starts.year}-{(starts.year + 1) % 100:02}",
        starts=starts,
        ends=ends,
        terms=_terms(context, given.terms, starts, ends),
    )
    return {
        "school.yaml": school.encode(),
        "staff.yaml": scaffold("staff.yaml", staff=staff).encode(),
        "courses.yaml": scaffold("courses.yaml").encode(),
    }


def time_zone(text: str) -> str:
    """Return the time zone as an option states it."""
    if not _PLACE.fullmatch(text.strip()):
        raise click.BadParameter(f"`{text}` is no time zone: write it as America/Denver")
    return text.strip()


def _manager(name: str, phone: str, mail: str, taken: str) -> _Member:
    id = free_id(id_of(name), {taken})
    return _Member(id, name, "School Manager", phone, mail, Verbatim("[counseling, custodian]"))


def _terms(context: Context, given: tuple[Term, ...], starts: dt.date, ends: dt.date) -> Sequence[Term]:
    if given:
        return given
    last = needed(context, None, "Last day of the fall term", "--term", day)
    first = needed(context, None, "First day of the spring term", "--term", day)
    if not starts < last < first < ends:
        raise WrongUse("the terms do not lie within the school year, one after the other", "correct the dates")
    return (
        Term(id="fall", title=f"Fall {starts.year}", starts=starts, ends=last),
        Term(id="spring", title=f"Spring {ends.year}", starts=first, ends=ends),
    )
