"""Missing values: asked for where somebody can answer, and named with their flag where nobody can."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import click

from site_builder.base.errors import WrongUse
from site_builder.cli.context import Context

T = TypeVar("T")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,62}", re.ASCII)


def needed(context: Context, given: T | None, question: str, flag: str, read: Callable[[str], T]) -> T:
    """Return what was given, or the answer to `question`; raises `WrongUse` naming `flag` where nobody is asked.

    `read` turns the answer into a value, or raises `click.BadParameter` or `WrongUse`: then it is asked again.
    """
    if given is not None:
        return given
    if not context.asks:
        raise WrongUse(f"{question[:1].lower()}{question[1:]} is missing", f"`{flag}` gives it")
    answer: T = click.prompt(question, value_proc=asking_again(read), err=True)
    return answer


def optional(context: Context, given: str | None, question: str) -> str | None:
    """Return what was given, or the answer; nothing where nobody is asked or the answer is an empty line."""
    if given is not None or not context.asks:
        return given or None
    answer: str = click.prompt(f"{question} (Enter to leave it out)", default="", show_default=False, err=True)
    return answer.strip() or None


def found(context: Context, given: str | None, question: str, find: Callable[[str], T]) -> T | None:
    """Return what `find` finds by the option or the answer, which may be left out; an answer is asked for again.

    `find` raises `WrongUse` where there is no such thing; so does this, where it was an option.
    """
    if given is not None or not context.asks:
        return find(given) if given else None

    def read(text: str) -> T | None:
        return find(text) if text.strip() else None

    answer: T | None = click.prompt(
        f"{question} (Enter to leave it out)",
        default="",
        show_default=False,
        value_proc=asking_again(read),
        err=True,
    )
    return answer


def asking_again(read: Callable[[str], T]) -> Callable[[str], T]:
    """Return `read`, with what it finds wrong told in the way in which a question is asked again."""

    def reader(text: str) -> T:
        try:
            return read(text)
        except WrongUse as fault:
            raise click.BadParameter("\n".join([fault.sentence, *fault.way_out.splitlines()])) from fault

    return reader


def words(text: str) -> str:
    """Return an answer in words: not empty, on one line, without characters that cannot be seen."""
    cleaned = " ".join(text.split())
    if not cleaned:
        raise click.BadParameter("something must stand here")
    if not cleaned.isprintable():
        raise click.BadParameter("there is a character in it that cannot be seen: type it anew")
    return cleaned


def mail_address(text: str) -> str:
    """Return an e-mail address: one word with an `@` in its middle."""
    cleaned = words(text)
    name, at, place = cleaned.partition("@")
    if not (name and at and place) or "@" in place or any(each in cleaned for each in " <>"):
        raise click.BadParameter(f"`{cleaned}` is no e-mail address: write it as you@school.example")
    return cleaned


def identifier(text: str) -> str:
    """Return an id given as an option: small letters, digits and hyphens."""
    if not _ID.fullmatch(text):
        raise click.BadParameter(f"`{text}` is no id: small letters, digits and hyphens, at least two")
    return text
