"""A school of full files in git: the sample's students over and over, each time other people with other names.

So a binder has as many pages as a real one, 23 on an average: the students with the four longest files stand in it once
and are not multiplied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.large_school import commit, file, write_school
from tests.sample import SAMPLE, sample

ONCE = {"benally-kai", "peterson-mia", "hansen-jack", "jensen-cole"}
_FIRST = ("Alder", "Birch", "Cedar", "Dale", "Elm", "Field", "Glen", "Heath", "Ivy", "Juniper", "Knoll", "Lark")
_SECOND = ("berg", "croft", "dahl", "ford", "gate", "holm", "land", "mann", "quist", "stead", "ton", "wood")
_WORDS = (".yaml", ".md")


def make_full_school(folder: Path, students: int) -> Path:
    """Write a repository with so many students' full files into `folder` and return the store."""
    return write_school(folder, _stream(students))


def _stream(students: int) -> Iterator[bytes]:
    yield commit("Rae <rae@school.example>", 0)
    for path, content in _files(SAMPLE):
        if not path.startswith("students/"):
            yield file(path, content)
    own = [each.id for each in sample().students]
    again = [each for each in own if each not in ONCE]
    for student in own[:students]:
        for path, content in _files(SAMPLE / "students" / student):
            yield file(f"students/{student}/{path}", content)
    for number in range(len(own), students):
        turn, at = divmod(number - len(own), len(again))
        if at == 0:
            for path, content in _files(SAMPLE / "groups"):
                yield file(f"groups/{path.removesuffix('.yaml')}-{turn}.yaml", content)
        yield from _again(again[at], number, turn)


def _again(student: str, number: int, turn: int) -> Iterator[bytes]:
    """Give the student's files as those of other people, whose conferences are in groups of their own turn."""
    known = sample().student(student)
    assert known is not None
    staff = {each.id for each in sample().staff.staff}
    own = (student, *(each.id for each in known.participants if each.id not in staff))
    ids = re.compile(rf"(?<![\w-])({'|'.join(own)})(?![\w-])")
    surname = re.compile(rf"\b{known.student.name.split()[-1]}\b")
    first, second = divmod(number, len(_SECOND))
    name = f"{_FIRST[first % len(_FIRST)]}{_SECOND[second]}"
    for path, content in _files(SAMPLE / "students" / student):
        place = ids.sub(rf"\1-{number:04}", f"students/{student}/{path}")
        if path.endswith(_WORDS):
            text = surname.sub(name, ids.sub(rf"\1-{number:04}", content.decode()))
            text = re.sub(r"^((?:student_number|group): .*)$", rf"\1-{turn}", text, flags=re.MULTILINE)
            text = re.sub(r"^(address: )(\d+)", rf"\g<1>{number}\2", text, flags=re.MULTILINE)
            content = re.sub(r"^(email: \S+)@", rf"\g<1>{number}@", text, flags=re.MULTILINE).encode()
        yield file(place, content)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.rglob("*")):
        if each.is_file():
            yield each.relative_to(folder).as_posix(), each.read_bytes()
