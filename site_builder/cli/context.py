"""What every command is given: the store, the day, the language, and how to speak and ask."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.console import visible

if TYPE_CHECKING:
    from site_builder.check.checker import Checked
    from site_builder.model.store import Store, StudentFile
    from site_builder.source.working_tree import WorkingTree

_TIME_ZONE = re.compile(r"^time_zone:[ \t]*[\"']?([A-Za-z0-9_+/-]+)", re.MULTILINE)
_NO_STORE = "`sep -C FOLDER ...` names the folder that holds school.yaml"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program finds around it; tests bring their own.

    `now` is the clock: it is asked for the time in a time zone, or with `None` for this computer's. `terminal` tells
    whether somebody is there to answer a question. `settings` is where this program keeps what belongs to the person
    at this computer and to no store.
    """

    now: Callable[[dt.tzinfo | None], dt.datetime] = dt.datetime.now
    folder: Path = field(default_factory=Path.cwd)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    terminal: bool = field(default_factory=lambda: sys.stdin.isatty() and sys.stderr.isatty())
    settings: Path = field(default_factory=lambda: settings_folder(os.environ, os.name, Path.home()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One run of the program; `given_store` and `given_day` are what the options `-C` and `--today` say.

    `verbosity` is -1 (only what was asked for), 0 or 1 (more). `asks` tells whether questions may be asked.
    """

    surroundings: Surroundings
    given_store: Path | None = None
    given_day: dt.date | None = None
    verbosity: int = 0
    language: str = "en"
    asks: bool = False

    @property
    def store(self) -> Path:
        """Return the folder of the store; raises `WrongUse` where there is none."""
        return locate_store(self.given_store, self.surroundings.folder)

    @property
    def today(self) -> dt.date:
        """Return the day the command works on: as given, or the current one in the school's time zone."""
        if self.given_day is not None:
            return self.given_day
        return self.surroundings.now(self.time_zone).date()

    @property
    def time_zone(self) -> dt.tzinfo | None:
        """Return the school's time zone; `None` is that of this computer."""
        return _time_zone(self.store / "school.yaml")

    @property
    def tree(self) -> WorkingTree:
        """Return the files of the store."""
        from site_builder.source.working_tree import WorkingTree

        return WorkingTree(self.store)

    def check(self) -> Checked:
        """Read and check the whole store as it stands."""
        from site_builder.check.checker import check_store

        return check_store(self.tree, self.today)

    def read_store(self) -> Store:
        """Return the school's records; raises `WrongUse` where the school's own files have errors."""
        store = self.check().store
        if store is None:
            raise WrongUse(
                "the school's own files have errors, so nothing can be made of the rest", "`sep check` shows them"
            )
        return store

    def student(self, store: Store, text: str) -> StudentFile:
        """Return the student whom `text` means, asking when several fit and somebody is there to answer."""
        from site_builder.cli.students import find_student

        return find_student(store, text, self.choose if self.asks else None)

    def say(self, text: str = "") -> None:
        """Tell the person something, on the error stream so that it never mixes with what was asked for."""
        if self.verbosity >= 0:
            click.echo(text, file=sys.stderr)

    def detail(self, text: str) -> None:
        """Tell what only `-v` wants to know."""
        if self.verbosity > 0:
            click.echo(text, file=sys.stderr)

    def put(self, text: str = "") -> None:
        """Write what was asked for, on standard output."""
        click.echo(text, file=sys.stdout)

    def choose(self, question: str, choices: Sequence[str], *, or_last: bool = False) -> int:
        """Ask for one of numbered `choices` and return its index; only where `asks` is true.

        With `or_last` Enter alone stands for the last of them.
        """
        for number, choice in enumerate(choices, start=1):
            click.echo(f"  {number}  {visible(choice)}", file=sys.stderr)

        def read(text: str) -> int:
            if not text.strip().isdecimal() or not 1 <= int(text) <= len(choices):
                raise click.BadParameter(f"give a number from 1 to {len(choices)}")
            return int(text)

        if or_last:
            question = f"{question} (Enter for {len(choices)})"
        default = str(len(choices)) if or_last else None
        answer: int = click.prompt(question, default=default, show_default=False, value_proc=read, err=True)
        return answer - 1


pass_context = click.make_pass_decorator(Context)


def settings_folder(environ: Mapping[str, str], system: str, home: Path) -> Path:
    """Return the folder of this program's settings where the computer keeps those of a person."""
    if system == "nt":
        return Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "sep"
    return Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "sep"


def locate_store(given: Path | None, start: Path) -> Path:
    """Return the store's folder: `given`, else the nearest upward from `start`; `records/` below either will do.

    Raises `WrongUse` where no folder holds a `school.yaml`. A given folder with students in it is taken even without
    one, so that a check can say what is missing. One that lies in a store means that store, and so does `school.yaml`.
    """
    if given is not None:
        folder = start / given
        if folder.name == "school.yaml" and folder.is_file():
            folder = folder.parent
        if not folder.is_dir():
            raise WrongUse(f"there is no folder `{given}`", _NO_STORE)
        found = _store_at(folder)
        if found is None and (folder / "students").is_dir():
            found = folder
        if found is None:
            found = next((each for each in folder.resolve().parents if (each / "school.yaml").is_file()), None)
        return found or _no_store(f"`{given}` is no store: no school.yaml stands in it")
    for folder in (start, *start.parents):
        found = _store_at(folder)
        if found is not None:
            return found
    return _no_store("there is no school.yaml here, in `records/` below, or in any folder above")


def _store_at(folder: Path) -> Path | None:
    return next((each for each in (folder, folder / "records") if (each / "school.yaml").is_file()), None)


def _no_store(sentence: str) -> NoReturn:
    raise WrongUse(sentence, _NO_STORE)


def _time_zone(school: Path) -> dt.tzinfo | None:
    """Return the school's time zone, read so that a faulty file still has a day; `None` is this computer's."""
    try:
        match = _TIME_ZONE.search(school.read_text(encoding="utf-8", errors="replace"))
        return zoneinfo.ZoneInfo(match[1]) if match else None
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return None
