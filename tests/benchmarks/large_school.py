"""A large school in git for benchmarks: as many students and saves as asked for, the same for the same numbers."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.stores import SMALL_SCHOOL

TEMPLATE = "lopez-sam"
STAFF = ("Sun Park <park@school.example>", "Ben Reyes <reyes@school.example>", "Joy Cruz <cruz@school.example>")
_BEGUN = 1_755_000_000
_STATUS = ("not-started", "on-track", "needs-help", "met")
_WORDS = ("reads aloud", "asked for help", "came early", "finished the shelf", "wrote two pages", "helped others")


@dataclass(frozen=True)
class Size:
    """How many students, and how many saves after the first one."""

    students: int = 2000
    saves: int = 5000
    seed: int = 7


def make_school(folder: Path, size: Size) -> Path:
    """Write a repository with the school into `folder` and return the store."""
    return write_school(folder, _stream(size))


def write_school(folder: Path, stream: Iterable[bytes]) -> Path:
    """Write a repository into `folder` as git is told to by `stream` (`commit` and `file`), and return the store."""
    root = folder / "school"
    root.mkdir(parents=True)
    _git(root, "init", "-q", "-b", "main")
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE) as importer:
        assert importer.stdin is not None
        for each in stream:
            importer.stdin.write(each)
        importer.stdin.close()
        assert importer.wait() == 0
    _git(root, "reset", "-q", "--hard", "main")
    return root


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def _stream(size: Size) -> Iterator[bytes]:
    chance = random.Random(size.seed)
    files = _files()
    students = [f"student-{number:04}" for number in range(size.students)]
    yield commit("Rae <rae@school.example>", 0)
    for path, content in files.items():
        if not path.startswith("students/"):
            yield file(path, content)
    own = {path: content for path, content in files.items() if path.startswith(f"students/{TEMPLATE}/")}
    now: dict[str, bytes] = {}
    for number, student in enumerate(students):
        for path, content in own.items():
            if path.endswith("/student.yaml"):
                content = content.replace(b"student_number: ", f"student_number: 5{number:04}".encode())
            yield file(path.replace(TEMPLATE, student), content)
    for number in range(1, size.saves + 1):
        student = chance.choice(students)
        yield commit(chance.choice(STAFF), number)
        for path in chance.sample(sorted(_EDITED), chance.choice((1, 1, 2))):
            place = f"students/{student}/2026-27/{path}"
            before = now.get(place, own[f"students/{TEMPLATE}/2026-27/{path}"])
            now[place] = _EDITED[path](before, chance)
            yield file(place, now[place])


def _status(text: bytes, chance: random.Random) -> bytes:
    lines = [
        f"status: {chance.choice(_STATUS)}".encode() if each.startswith(b"status:") else each
        for each in text.split(b"\n")
    ]
    return b"\n".join(lines)


def _step(text: bytes, chance: random.Random) -> bytes:
    step = f"  - {{what: Step {chance.randrange(10**6)}, due: 2027-01-{chance.randrange(10, 28)}}}\n".encode()
    return _status(text, chance).rstrip(b"\n") + b"\n" + step


def _paragraph(text: bytes, chance: random.Random) -> bytes:
    return text.rstrip(b"\n") + f"\n\nToday: {chance.choice(_WORDS)}, {chance.randrange(1000)}.\n".encode()


_EDITED = {
    "objectives/learn-to-weld.yaml": _status,
    "objectives/read-more.yaml": _step,
    "progress/2026-10-01-first-book.md": _paragraph,
    "strengths.md": _paragraph,
}


def _files() -> dict[str, bytes]:
    paths = (each for each in sorted(SMALL_SCHOOL.rglob("*")) if each.is_file())
    return {each.relative_to(SMALL_SCHOOL).as_posix(): each.read_bytes() for each in paths}


def commit(author: str, number: int) -> bytes:
    """Return what begins the save with this number."""
    when = f"{_BEGUN + number * 3600} -0600"
    return f"commit refs/heads/main\nauthor {author} {when}\ncommitter {author} {when}\ndata 5\nsave\n\n".encode()


def file(path: str, content: bytes) -> bytes:
    """Return what puts a file into the save that was begun."""
    return f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"
