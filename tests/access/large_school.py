"""A school of about three hundred students, written by chance but always the same: what a full report is tried on."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

from tests.stores import SMALL_SCHOOL

YEARS = ("2025-26", "2026-27")
_STARTS = {"2025-26": dt.date(2025, 8, 20), "2026-27": dt.date(2026, 8, 19)}
_PER_GRADE = {7: 58, 8: 52, 9: 61, 10: 49, 11: 47, 12: 33}


def write_large_school(
    root: Path, seed: int = 7, name: str = "Large School", scale: float = 1.0, years: tuple[str, ...] = YEARS
) -> Path:
    """Write the store at `root`: the small school's own files, and `scale` times 300 students; return `root`."""
    chance = random.Random(seed)
    root.mkdir(parents=True)
    for file in ("school.yaml", "staff.yaml", "courses.yaml"):
        shutil.copy(SMALL_SCHOOL / file, root / file)
    school = root / "school.yaml"
    lines = school.read_text("utf-8").split("\n")
    school.write_text("\n".join(f"name: {name}" if each.startswith("name:") else each for each in lines), "utf-8")
    number = 0
    for grade, count in _PER_GRADE.items():
        for _ in range(max(1, round(count * scale))):
            number += 1
            _student(root / "students" / f"student-{number}", number, grade, chance, years)
    return root


def _student(folder: Path, number: int, grade: int, chance: random.Random, years: tuple[str, ...]) -> None:
    own, parent = f"learner-{number}", f"parent-{number}"
    grades = {year: grade - (len(years) - 1 - place) for place, year in enumerate(years)}
    grades = {year: each for year, each in grades.items() if each >= 7}
    enrolled = _STARTS[min(grades)]
    _write(
        folder / "student.yaml",
        f"name: Learner Number {number}\nparticipant: {own}\nstudent_number: '{10000 + number}'\n"
        f"birth_date: {2026 - 6 - grade}-03-01\nenrolled_on: {enrolled}\n"
        f"grades: {{{', '.join(f'{year}: {each}' for year, each in grades.items())}}}\n",
    )
    for person, role in ((own, "student"), (parent, "parent")):
        _write(
            folder / f"participants/{person}.yaml",
            f"name: {'Learner' if role == 'student' else 'Parent'} Number {number}\nrole: {role}\nsince: {enrolled}\n"
            f"address: {number} Main Street, Smallville, UT 84001\n"
            f"phones: [{{kind: home, number: 435-555-{number % 10000:04d}}}]\nemail: {person}@example.org\n",
        )
    for year, each in grades.items():
        _year(folder / year, own, parent, each, _STARTS[year], chance)


def _year(folder: Path, own: str, parent: str, grade: int, starts: dt.date, chance: random.Random) -> None:
    day = starts + dt.timedelta(days=30)
    if chance.random() < 0.97:
        _write(
            folder / "plan.yaml",
            f"grade: {grade}\nprepared_by: [{own}, {parent}]\nprepared_on: {day}\naspiration: To build something\n",
        )
    for place in range(chance.randint(1, 2)):
        kind = "occupational" if chance.random() < 0.08 * (grade - 5) else chance.choice(["academic", "personal"])
        status = chance.choices(["not-started", "on-track", "needs-help", "met", "set-aside"], [3, 10, 4, 9, 0.4])[0]
        source = chance.choice(["school", "family", "student", "community"])
        _write(
            folder / f"objectives/aim-{place}.yaml",
            f"statement: To learn one more thing\nkind: {kind}\nstatus: {status}\nsuggested_by: {own}\n"
            f"means: [{{what: Practice, source: school}}, {{what: Help, source: {source}}}]\n",
        )
    _conference(folder, own, parent, day, chance)
    if chance.random() < 0.12:
        outcome = chance.choice(["granted", "granted", "declined", "deferred"])
        _write(
            folder / "requests/tool.yaml",
            f"resource: A tool\nrequested_by: {own}\nreferred_on: {day}\n"
            f"decision: {{outcome: {outcome}, by: principal-stone, on: {day}, reason: Looked at}}\n",
        )


def _conference(folder: Path, own: str, parent: str, day: dt.date, chance: random.Random) -> None:
    drawn = chance.random()
    if drawn > 0.97:
        return
    lines = [f"kind: annual\ninvited: [{own}, {parent}]\noffered_on: {day}"]
    if drawn < 0.8:
        came = f"{own}, {parent}" if chance.random() < 0.85 else own
        lines.append(f"held_on: {day + dt.timedelta(days=20)}\nattended: [{came}]")
    elif drawn < 0.88:
        lines.append(f"declined_on: {day + dt.timedelta(days=9)}")
    _write(folder / "conferences/annual.md", "---\n" + "\n".join(lines) + "\n---\nWhat was said.\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
