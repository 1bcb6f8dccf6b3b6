"""Each access rule with what takes its place when it is broken on purpose.

A rule is one small function of the product. While it is broken, every module that has taken it in by name gets the
other one; nothing else changes.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from site_builder.access import changes, consents, decide, offices, participation, sites, tenure
from site_builder.access.changes import Telling
from site_builder.access.decision import ALLOW, Item
from site_builder.access.projection import Projection
from site_builder.render import markdown, papers
from site_builder.render.markdown import Markdown


@dataclass(frozen=True)
class Break:
    """A rule, where it stands (a module or a class, and a name), and what stands there instead.

    `drawn` is true for a rule that pages are drawn by: views are the same without it, so every page is drawn anew.
    """

    rule: str
    owner: Any
    name: str
    instead: Callable[..., Any]
    drawn: bool = False


def _allow(*_: Any, **__: Any) -> Any:
    return ALLOW


def _yes(*_: Any, **__: Any) -> bool:
    return True


def _no(*_: Any, **__: Any) -> bool:
    return False


def _no_reasons(*_: Any, **__: Any) -> list[Any]:
    return []


_papers = Projection._papers


def _with_titles(self: Projection, year: Any) -> Iterator[Any]:
    """List what is withheld too, without its bytes: the trace that rule 9 forbids."""
    shown = {each.path: each for each in _papers(self, year)}
    yield from shown.values()
    whole = self._store.student(self._file.id)
    every = whole.year(year.id) if whole is not None else None
    for each in every.documents if every is not None else ():
        if f"{year.id}/documents/{each.file}" not in shown and shown:
            yield replace(next(iter(shown.values())), path=f"{year.id}/documents/{each.file}", title=each.title)


def _a_parent(participant: Any, _on: Any) -> bool:
    return bool(participant.role == "parent")


def _all_offices(_store: Any, viewer: str, _on: Any) -> bool:
    return viewer in ("mana", "prin")


def _any_link(_: Markdown, url: str, start: str) -> str:
    return url


def _any_image(_: Markdown, token: Any, start: str) -> Any:
    return token


def _as_it_came(content: bytes, media_type: str) -> papers.Picture:
    return papers.Picture(content=content, media_type=media_type, width=8, height=8)


def _unclean(html: str) -> str:
    return html


BREAKS = (
    Break("0   one id is one person", participation, "one_person", _allow),
    Break("1   nothing new of a file with errors", decide, "sound", _allow),
    Break("2   since", tenure, "begun", _allow),
    Break("2   until", tenure, "not_over", _allow),
    Break("2   the role, and a last day for staff", tenure, "known_role", _allow),
    Break("2   who is named among the participants", tenure, "is_listed", _yes),
    Break("3   staff are assigned", participation, "assigned", _allow),
    Break("3   staff are on the staff that day", tenure, "employed", _yes),
    Break("4   a parent's rights", tenure, "rights_hold", _allow),
    Break("4   protected addresses", decide, "address_shown", _allow),
    Break("5   parents of an adult", participation, "parent_of_adult", _allow),
    Break("6   no level is confidential", decide, "is_open", _yes),
    Break("6a  a custodian consents", consents, "custodian_consent", _no_reasons),
    Break("6a  the custodian is on duty", consents, "on_duty", _yes),
    Break("6a  the custodian is not affected", consents, "not_affected", _yes),
    Break("6b  who is affected is stated", consents, "affected_stated", _no_reasons),
    Break("6b  each party consents", consents, "party_consent", _no_reasons),
    Break("6b  a minor's parent holds rights", tenure, "holds_parental_rights", _a_parent),
    Break("6c  for these very bytes", consents, "same_bytes", _yes),
    Break("6c  for this reader", consents, "covers", _yes),
    Break("6c  signed by that day", consents, "signed", _yes),
    Break("6c  not expired", consents, "unexpired", _yes),
    Break("6c  not revoked", consents, "unrevoked", _yes),
    Break("6d  no objection", consents, "objections", _no_reasons),
    Break("7   about one student alone", decide, "about_several_students", _no),
    Break("8   an excerpt goes no further", decide, "excerpt_shown", _allow),
    Break("9   no trace of what is withheld", Projection, "_papers", _with_titles),
    Break(
        "9   the list of what is withheld",
        sites,
        "lists_withheld",
        _all_offices,
    ),
    Break("10  links stay in the folder", Markdown, "_target", _any_link, drawn=True),
    Break("10  no pictures from elsewhere", Markdown, "_image", _any_image, drawn=True),
    Break("10  no markup but our own", markdown, "clean", _unclean, drawn=True),
    Break("--  what a camera writes", papers, "picture", _as_it_came, drawn=True),
    Break("--  each field for its readers", decide, "in_audience", _allow),
    Break("--  the School Manager's office", offices, "is_manager", offices.on_staff),
    Break("--  the Principal's office", offices, "is_principal", offices.on_staff),
)


def _whatever_it_is(self: Telling, key: tuple[str, str, str]) -> Any:
    return decide.find_record(self.file, Item(self.file.id, *key))


def _with_all_values(_kind: str, part: Any, _now: Any) -> Any:
    return replace(part, old=str(part.old), new=str(part.new))


def _from_the_start(*_: Any) -> dt.date:
    return dt.date.min


PAST_BREAKS = (
    Break("2   nothing from before one's part", sites, "_part_of_all", _from_the_start),
    Break("8   an earlier version is an excerpt too", Telling, "_speaks_freely", _yes),
    Break("9   no change of what is withheld", Telling, "_record", _whatever_it_is),
    Break("9   no word that was taken out", changes, "_valued", _with_all_values),
)
"""What is told of the history; the suites with a past have to notice."""


@contextmanager
def broken(rule: Break) -> Iterator[None]:
    """Put the other function in the rule's place, wherever the rule has been taken in."""
    original = getattr(rule.owner, rule.name)
    places = [rule.owner]
    if isinstance(rule.owner, ModuleType):
        product = (each for name, each in list(sys.modules.items()) if name.startswith("site_builder"))
        places = [each for each in product if getattr(each, rule.name, None) is original]
    for place in places:
        setattr(place, rule.name, rule.instead)
    try:
        yield
    finally:
        for place in places:
            setattr(place, rule.name, original)
