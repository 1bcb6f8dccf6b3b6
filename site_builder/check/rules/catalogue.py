"""The course catalogue and the program's requirements: each course once, in an order that can be taken (SEP304-306)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Related, Severity
from site_builder.check.entries import did_you_mean
from site_builder.check.rulebook import Rule
from site_builder.check.rules.references import COURSE
from site_builder.model.records import Course
from site_builder.model.store import Store
from site_builder.source.document import Document, Pointer

_PROGRAM = "template/program.yaml"


def _catalogue(*more: str) -> str:
    return (
        "courses:\n"
        "  - {code: ART-07, title: Art 7, subject: electives, credits: 0, grades: [7, 8]}\n"
        "  - {code: ENG-09, title: English 9, subject: language-arts, credits: 1, grades: [9]}\n"
        "  - {code: ENG-10, title: English 10, subject: language-arts, credits: 1, grades: [10]}\n"
        "  - {code: CTE-201, title: Welding 1, subject: cte, credits: 1, grades: [10, 11]}\n"
        + "".join(f"  - {{code: {each}\n" for each in more)
    )


def _program(credits: str) -> str:
    return (
        "version: '2026'\ntitle: What every student completes\nrequirements:\n"
        "  - {subject: electives, title: Electives, credits: 5.5}\n"
        "  - {subject: cte, title: Career and technical education, credits: 1}\n"
        "  - subject: language-arts\n    title: Language arts\n    credits: 4\n"
        f"    choices:\n      - {{one_of: [ENG-09], credits: 1}}\n      - {{one_of: [ENG-10], credits: {credits}\n"
    )


_WELDING = "CTE-202, title: Welding 2, subject: cte, credits: 1, grades: [11, 12], prerequisites: [CTE-203]}"
_METAL = "CTE-203, title: Metal Fabrication, subject: cte, credits: 1, grades: [11, 12], prerequisites: [{}]}}"

DUPLICATE = Code(
    code="SEP304",
    severity=Severity.ERROR,
    title="two courses of the catalogue have the same code",
    why=(
        "Registrations, report cards and plans name a course by its code alone. With two courses of one code nobody "
        "can tell which credits and which subject area were meant."
    ),
    policy="P3",
    fails=(
        Example(
            "courses.yaml",
            _catalogue(
                "ENG-10, title: English 10 Honors, subject: language-arts, credits: 1, grades: [10]}  # <-- here"
            ),
        ),
    ),
    passes=(Example("courses.yaml", _catalogue()),),
)
CIRCLE = Code(
    code="SEP305",
    severity=Severity.ERROR,
    title="courses are each other's prerequisites",
    why="Each of these courses would have to be passed before the other; nobody could ever take one of them.",
    policy="P3",
    fails=(Example("courses.yaml", _catalogue(_WELDING, _METAL.format("CTE-202") + "  # <-- here")),),
    passes=(Example("courses.yaml", _catalogue(_WELDING, _METAL.format("CTE-201"))),),
)
CHOICES = Code(
    code="SEP306",
    severity=Severity.ERROR,
    title="the choices of a requirement ask for more credits than the requirement",
    why=(
        "The credits of a choice are among those of its subject area. If the choices ask for more than the subject "
        "area does, a student who meets them all is told that too much or too little is required."
    ),
    policy="P18",
    fails=(Example(_PROGRAM, _program("3.5}  # <-- here")),),
    passes=(Example(_PROGRAM, _program("3}")),),
)


def _duplicates(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for index, course in enumerate(store.courses.courses):
        before = first.setdefault(course.code, index)
        if before != index:
            yield DUPLICATE.at(
                store.courses.origin.span(("courses", index, "code")),
                f"{course.code} is already the code of `{store.courses.courses[before].title}`",
                "give one of the two another code, or take one out",
                related=(Related(store.courses.origin.span(("courses", before, "code")), "the first one"),),
            )


def _unknown_courses(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    """Find codes in prerequisites and choices that the catalogue does not have."""
    known = {each.code for each in store.courses.courses}
    named: list[tuple[Document, Pointer, str]] = [
        (store.courses.origin, ("courses", index, "prerequisites", place), code)
        for index, course in enumerate(store.courses.courses)
        for place, code in enumerate(course.prerequisites)
    ]
    if store.program is not None:
        named += [
            (store.program.origin, ("requirements", index, "choices", which, "one_of", place), code)
            for index, requirement in enumerate(store.program.requirements)
            for which, choice in enumerate(requirement.choices)
            for place, code in enumerate(choice.one_of)
        ]
    for document, pointer, code in named:
        if code not in known:
            yield COURSE.at(
                document.span(pointer),
                f"`{code}` is not a course of this school",
                *did_you_mean(code, known),
                "the codes stand in `courses.yaml`",
            )


def _circles(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    """Find each circle once, at the course of it that stands last in the catalogue."""
    by_code = {each.code: each for each in store.courses.courses}
    places = {each.code: index for index, each in enumerate(store.courses.courses)}
    found: set[frozenset[str]] = set()
    for course in store.courses.courses:
        circle = _circle_through(course, by_code)
        if not circle or frozenset(circle) in found:
            continue
        found.add(frozenset(circle))
        last = max(circle, key=lambda code: places[code])
        yield CIRCLE.at(
            store.courses.origin.span(("courses", places[last], "prerequisites")),
            "these courses wait for each other: " + " needs ".join((*circle, circle[0])),
            "take one of the prerequisites out",
        )


def _circle_through(course: Course, by_code: Mapping[str, Course]) -> tuple[str, ...]:
    """Return the codes on a way of prerequisites that leads from a course back to it."""
    ways: list[tuple[str, ...]] = [(course.code,)]
    seen = {course.code}
    while ways:
        way = ways.pop(0)
        for code in by_code[way[-1]].prerequisites:
            if code == course.code:
                return way
            if code in by_code and code not in seen:
                seen.add(code)
                ways.append((*way, code))
    return ()


def _choices(store: Store, _today: dt.date) -> Iterator[Diagnostic]:
    for index, requirement in enumerate(store.program.requirements if store.program is not None else ()):
        asked = 0.0
        for which, choice in enumerate(requirement.choices):
            asked += choice.credits
            if asked > requirement.credits and store.program is not None:
                yield CHOICES.at(
                    store.program.origin.span(("requirements", index, "choices", which, "credits")),
                    f"up to here the choices ask for {asked:g} credits, the subject area for {requirement.credits:g}",
                    "lower the credits of a choice, or raise those of the subject area",
                )
                break


RULES: tuple[Rule, ...] = (
    Rule(DUPLICATE, _duplicates),
    Rule(COURSE, _unknown_courses),
    Rule(CIRCLE, _circles),
    Rule(CHOICES, _choices),
)
