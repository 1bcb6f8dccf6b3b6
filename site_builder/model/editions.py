"""Editions of the template SEP: under which one a plan was made, and what a newer one changes (policy: P18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.records import Plan, Program
from site_builder.model.store import Store


@dataclass(frozen=True, slots=True)
class CreditChange:
    """A subject area in which credits change; 0 where an edition does not have it.

    With equal credits, only the lists of courses to choose from are others.
    """

    subject: str
    title: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class StepsChange:
    """What is asked of everyone in a grade from now on, and what no longer is."""

    grade: int
    added: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionChange:
    """All that one edition asks otherwise than another: credits in the new one's order, steps by grade."""

    credits: tuple[CreditChange, ...]
    steps: tuple[StepsChange, ...]

    def __bool__(self) -> bool:
        """Tell whether anything is asked otherwise."""
        return bool(self.credits or self.steps)


def edition(store: Store, version: str) -> Program | None:
    """Return the edition called `version`, the one that holds today or an earlier one."""
    every = (store.program, *store.earlier_programs)
    return next((each for each in every if each is not None and each.version == version), None)


def edition_of(store: Store, plan: Plan | None) -> Program | None:
    """Return the edition under which a plan was made; where it names none that is known, the one that holds today."""
    named = edition(store, plan.template_version) if plan is not None and plan.template_version else None
    return named or store.program


def changes(old: Program, new: Program) -> EditionChange:
    """Return what `new` asks otherwise than `old`."""
    return EditionChange(credits=tuple(_credits(old, new)), steps=tuple(_steps(old, new)))


def _credits(old: Program, new: Program) -> Iterator[CreditChange]:
    before = {each.subject: each for each in old.requirements}
    after = {each.subject: each for each in new.requirements}
    for subject, each in after.items():
        was = before.get(subject)
        if was is None or was.credits != each.credits or was.choices != each.choices:
            yield CreditChange(subject, each.title, was.credits if was else 0.0, each.credits)
    for subject, each in before.items():
        if subject not in after:
            yield CreditChange(subject, each.title, each.credits, 0.0)


def _steps(old: Program, new: Program) -> Iterator[StepsChange]:
    for grade in sorted({each.grade for each in (*old.steps, *new.steps)}):
        before, after = steps_of(old, grade), steps_of(new, grade)
        added = tuple(each for each in after if each not in before)
        gone = tuple(each for each in before if each not in after)
        if added or gone:
            yield StepsChange(grade, added, gone)


def steps_of(program: Program, grade: int | None) -> tuple[str, ...]:
    """Return what an edition asks of everyone in a grade."""
    return tuple(step for each in program.steps if each.grade == grade for step in each.steps)
