"""The files in the examples of the rules about terms."""

from __future__ import annotations

from site_builder.base.codes import HERE

REGISTRATION = "students/lopez-sam/2025-26/registration/fall.yaml"
CARD = "students/lopez-sam/2025-26/report-card/fall.yaml"
STUDENT = "students/lopez-sam/student.yaml"


def registration(*courses: str, registered_on: str = "2025-08-20") -> str:
    """Return a registration for these courses; the mark of an example may follow a course."""
    line = "title: Class, credits: 0.5, teacher: Sun Park, phone: 435-555-0103"
    return f"term: fall\nregistered_on: {registered_on}\nclasses:\n{_listed(courses, line)}"


def card(*courses: str, credits: float = 0.5) -> str:
    """Return a report card with these courses; the mark of an example may follow a course."""
    line = f"title: Class, grade: B, credits_earned: {credits}"
    return f"term: fall\nissued_on: 2025-12-19\ngrades:\n{_listed(courses, line)}"


def school(fall_ends: str, winter_starts: str = "2026-12-01", mark: str = "", rules: str = "") -> str:
    """Return a school with two terms this year; `mark` stands at the second, `rules` names what it has taken up."""
    return (
        "format: 1\nname: Small School\ndistrict: Small District\naddress: 1 Main Street, Smallville, UT 84001\n"
        "phone: 435-555-0100\ntime_zone: America/Denver\nprincipal: principal-stone\n"
        f"school_manager: {{person: principal-stone}}\nrules: [{rules}]\ncurrent_year: 2026-27\nschool_years:\n"
        "  - id: 2025-26\n    starts: 2025-08-20\n    ends: 2026-05-29\n    terms:\n"
        "      - {id: fall, title: Fall 2025, starts: 2025-08-20, ends: 2025-12-19}\n"
        "      - {id: spring, title: Spring 2026, starts: 2026-01-05, ends: 2026-05-29}\n"
        "  - id: 2026-27\n    starts: 2026-08-19\n    ends: 2027-05-28\n    terms:\n"
        f"      - {{id: fall, title: Fall 2026, starts: 2026-08-19, ends: {fall_ends}}}\n"
        f"      - {{id: winter, title: Winter 2026, starts: {winter_starts}, ends: 2027-05-28}}  {mark}".rstrip()
        + "\n"
    )


def student(mark: str = "") -> str:
    """Return a student file; `mark` stands at the grade of this year."""
    return (
        "name: Samuel Lopez\npreferred_name: Sam\nparticipant: sam-lopez\nstudent_number: '007123'\n"
        f"birth_date: 2011-03-04\nenrolled_on: 2025-08-20\ngrades:\n  2025-26: 9\n  2026-27: 10{mark}\n"
    )


def _listed(courses: tuple[str, ...], line: str) -> str:
    """Write an entry for each course; its mark goes to the end of its line."""
    split = [each.partition(HERE) for each in courses]
    return "".join(f"  - {{{line}, course: {code.strip()}}}{mark and f'  {mark}'}\n" for code, mark, _ in split)
