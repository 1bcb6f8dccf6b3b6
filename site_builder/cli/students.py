"""Finding a student by whatever a person types: folder, name, preferred name or student number."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.model.store import Store, StudentFile

Chooser = Callable[[str, Sequence[str]], int]
"""Asks a question with numbered choices and returns the index of the chosen one."""

_ENOUGH = 20
"""More files than this are not worth a list."""


def find_student(store: Store, text: str, choose: Chooser | None = None) -> StudentFile:
    """Return the one student whom `text` means.

    Where several fit, `choose` asks; without it the answer is `WrongUse` with the list. Also raised where nobody fits,
    with the nearest names, and where the student's file is there but cannot be read.
    """
    found = find_all(store, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _nobody(store, text)
    lines = [described(store, each) for each in found]
    if choose is not None and len(found) <= _ENOUGH:
        return found[choose("Which student", lines)]
    shown = [f"{number}  {line}" for number, line in enumerate(lines[:_ENOUGH], start=1)]
    more = [f"... {len(lines) - _ENOUGH} more"] if len(lines) > _ENOUGH else []
    raise WrongUse(
        f"{len(found)} students fit `{text}`", "\n".join(["name one by the folder or student number:", *shown, *more])
    )


def described(store: Store, file: StudentFile) -> str:
    """Return one line that tells a student from another of the same name."""
    student = file.student
    grade = student.grades.get(store.school.current_year)
    parts = [student.name, f"grade {grade}" if grade is not None else "", f"number {student.student_number}", file.id]
    return " - ".join(each for each in parts if each)


def find_all(store: Store, text: str) -> tuple[StudentFile, ...]:
    """Return every student who fits: by folder or number, else by a whole name, else by some words of a name."""
    wanted = text.strip()
    folded = plain(wanted)
    if not folded:
        return ()
    by_id = [each for each in store.students if wanted.casefold() in (each.id, each.student.participant)]
    by_number = [each for each in store.students if wanted == each.student.student_number]
    by_name = [each for each in store.students if folded in {plain(name) for name in names(each)}]
    by_words = [each for each in store.students if set(folded.split()) <= _words(each)]
    return tuple(by_id or by_number or by_name or by_words)


def names(file: StudentFile) -> tuple[str, ...]:
    """Return the names a student goes by: `Ana Rivera`, the preferred first name alone and with the family name."""
    student = file.student
    preferred = student.preferred_name
    if not preferred:
        return (student.name,)
    return (student.name, preferred, f"{preferred} {student.name.split()[-1]}")


def _words(file: StudentFile) -> set[str]:
    """Return the words of the names, `O'Neil` also as one word."""
    joined = [re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]", "", each) for each in names(file)]
    return {word for name in (*names(file), *joined) for word in plain(name).split()}


def _nobody(store: Store, text: str) -> WrongUse:
    folder = text.strip().casefold()
    if folder in store.broken:
        return WrongUse(
            f"the file of `{folder}` cannot be read as it stands", f"`sep check students/{folder}` shows what is wrong"
        )
    by_form = {form: each for each in store.students for form in (each.id, *(plain(name) for name in names(each)))}
    near = difflib.get_close_matches(plain(text), by_form, n=3, cutoff=0.6)
    near += difflib.get_close_matches(folder, by_form, n=3, cutoff=0.6)
    suggested = list(dict.fromkeys(by_form[form].id for form in near))
    if suggested:
        shown = " or ".join(f"{_name(store, each)} (`{each}`)" for each in suggested)
        return WrongUse(f"there is no student `{text}`", f"did you mean {shown}?")
    return WrongUse(f"there is no student `{text}`", "give the name, the student number, or the folder below students/")


def _name(store: Store, student: str) -> str:
    """Return the name of the student whose folder is `student`."""
    file = store.student(student)
    return file.student.name if file else student
