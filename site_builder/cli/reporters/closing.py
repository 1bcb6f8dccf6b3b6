"""The last line of a report for people: how much was found, and how many students' files are fine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from site_builder.base.diagnostics import Diagnostic, Severity
from site_builder.source.layout import student_of

_WORDS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}


def counted(number: int, one: str, many: str) -> str:
    """Return `number` with its noun."""
    return f"{number} {one if number == 1 else many}"


def by_severity(findings: Sequence[Diagnostic]) -> str:
    """Return the numbers of findings, such as "3 errors, 1 warning"; empty where there are none."""
    numbers = Counter(each.severity for each in findings)
    return ", ".join(counted(numbers[each], *_WORDS[each]) for each in Severity if numbers[each])


def closing(findings: Sequence[Diagnostic], students: Collection[str]) -> str:
    """Return the closing line for `findings` among the files of `students` (folders' names).

    A file with nothing but advice is fine. Without students (only some kinds of findings were asked for), nothing is
    claimed about what was not looked at.
    """
    if not findings:
        return _all_sound(len(students)) if students else "Nothing found."
    files = len({each.span.file for each in findings})
    found = f"Found {by_severity(findings)} in {counted(files, 'file', 'files')}"
    troubled = {student_of(each.span.file) for each in findings if each.severity is not Severity.ADVICE}
    fine = len(set(students) - troubled)
    return f"{found}; {counted(fine, 'student is', 'students are')} fine." if fine else f"{found}."


def _all_sound(number: int) -> str:
    return "The file of the student is sound." if number == 1 else f"All {number} files of students are sound."
