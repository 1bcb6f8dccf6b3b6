"""What the template SEP asks of everyone, as the view of one student's file holds it (policy: P18)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_builder.model.editions import CreditChange


@dataclass(frozen=True, slots=True, kw_only=True)
class NewerTemplateView:
    """The edition that holds today where the plan was made under an earlier one, and what that changes.

    `credits` are the subject areas in which something changes; `added` and `gone` are steps of the student's grade.
    """

    title: str
    version: str
    adopted_on: dt.date | None = None
    credits: tuple[CreditChange, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """The edition under which the plan was made, with what it asks of everyone in the student's grade."""

    title: str
    version: str
    steps: tuple[str, ...] = ()
    newer: NewerTemplateView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseChoice:
    """A course that a student may wish for, as the catalogue lists it (policy: P3)."""

    code: str
    title: str
    grades: tuple[int, ...]
