"""What a student's file is packed into for the next school: the history, the files as they stand, and what it says."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from site_builder.base.errors import WrongUse
from site_builder.exchange.bag import Bag

FORMAT = 1
HISTORY, FILES, ABOUT = "history.bundle", "file/", "about.json"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}", re.ASCII)
_VERSION = re.compile(r"[0-9a-f]{40}")
_ASK = "ask the school that made it for a new one"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a package says of itself: whose file it is, from which school and day, and the last of its versions.

    `student` is the folder's name there, `store` the edition of the records' form.
    """

    student: str
    name: str
    school: str
    on: dt.date
    version: str
    store: int
    format: int = FORMAT


def put_in(about: About, bundle: bytes, files: Mapping[str, bytes]) -> Bag:
    """Return the bag of a file."""
    says = json.dumps({**asdict(about), "on": about.on.isoformat()}, ensure_ascii=False, indent=1, sort_keys=True)
    return Bag(
        {
            "Source-Organization": about.school,
            "Bagging-Date": about.on.isoformat(),
            "External-Description": "Student Education Plan with its saved versions, taken in with `sep receive`",
        },
        {
            ABOUT: says.encode() + b"\n",
            HISTORY: bundle,
            **{FILES + path: content for path, content in files.items()},
        },
    )


def taken_out(bag: Bag) -> tuple[About, bytes, Mapping[str, bytes]]:
    """Return what a bag says of itself, the bundle and the files; raises `WrongUse` where it is no student's file."""
    files = {path.removeprefix(FILES): each for path, each in bag.files.items() if path.startswith(FILES)}
    if set(bag.files) - {FILES + path for path in files} != {ABOUT, HISTORY}:
        raise WrongUse("this is no package of a student's file", _ASK)
    try:
        data = json.loads(bag.files[ABOUT])
        edition = data["format"]
        if type(edition) is int and edition > FORMAT:
            raise WrongUse(
                f"the package was made by a newer edition of `sep` (its form is {edition}, here {FORMAT} is known)",
                "bring `sep` up to date here, or ask for a package made by the older one",
            )
        about = About(
            student=_text(data["student"], _ID),
            name=_line(data["name"]),
            school=_line(data["school"]),
            on=dt.date.fromisoformat(data["on"]),
            version=_text(data["version"], _VERSION),
            store=data["store"],
            format=edition,
        )
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise WrongUse("the package does not say whose file it is", _ASK) from fault
    if edition != FORMAT or type(about.store) is not int:
        raise WrongUse("the package does not say whose file it is", _ASK)
    return about, bag.files[HISTORY], files


def _text(value: object, form: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError
    return value


def _line(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > 200:
        raise ValueError
    return value
