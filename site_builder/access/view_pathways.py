"""What comes after graduation, as a viewer sees it: programs and careers with what leads there (policy: P4, P32).

Nothing here ranks a student's choices, and no figure of earnings is anywhere in it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CourseTie:
    """A course that leads there; `title` is empty where the school's catalogue no longer has it."""

    code: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class OfferView:
    """A college in the school's state that offers a program, and the credentials that one can earn in it there."""

    name: str
    credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramView:
    """A program after graduation; `field` is its field of study in the words of its code.

    `objectives` are ids of objectives of the same year that this viewer sees. `offers` are in alphabetical order, and
    stand in the newest year alone: they are as of today and not as of then.
    """

    institution: str
    program: str
    cip: str = ""
    field: str = ""
    credential: str = ""
    objectives: tuple[str, ...] = ()
    courses: tuple[CourseTie, ...] = ()
    note: str = ""
    offers: tuple[OfferView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerView:
    """A career; `occupation` is the title that belongs to its code, where it says something else than `title`.

    `field` and `offers` are those of the program that leads to it, likewise.
    """

    title: str
    soc: str = ""
    occupation: str = ""
    cip: str = ""
    field: str = ""
    objectives: tuple[str, ...] = ()
    courses: tuple[CourseTie, ...] = ()
    note: str = ""
    offers: tuple[OfferView, ...] = ()
