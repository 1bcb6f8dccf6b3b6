"""The course-plan audit on the small school and on what is laid over it (policy: P3, P18)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from site_builder.model.credits import Audit, audit
from tests.stores import TODAY, overlaid_store

CARD = "students/lopez-sam/2025-26/report-card/fall.yaml"
SPRING_CARD = "students/lopez-sam/2025-26/report-card/spring.yaml"
PLAN = "students/lopez-sam/2026-27/plan.yaml"
REGISTRATION = "students/lopez-sam/2026-27/registration/fall.yaml"


def _audit(folder: Path, files: dict[str, str], on: dt.date = TODAY) -> Audit:
    store = overlaid_store(folder, files)
    file = store.student("lopez-sam")
    assert file is not None
    return audit(store, file, on)


def _table(found: Audit) -> dict[str, tuple[float, float, float, float]]:
    return {each.subject: (each.earned, each.in_progress, each.planned, each.missing) for each in found.lines}


def _card(*grades: tuple[str, str, float], term: str = "fall", extra: str = "") -> str:
    lines = "".join(f"  - {{course: {c}, title: T, grade: {g}, credits_earned: {n}}}\n" for c, g, n in grades)
    return f"term: {term}\nissued_on: 2025-12-19\n{extra}grades:\n{lines}"


def _plan(*entries: str) -> str:
    lines = "".join(f"  - {{{each}}}\n" for each in entries)
    return f"grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\ncourse_plan:\n{lines}"


def _entry(grade: int, course: str, credits: float, term: str = "", subject: str = "electives") -> str:
    text = f"grade: {grade}, course: {course}, title: {course}, subject: {subject}, credits: {credits}"
    return f"{text}, term: {term}" if term else text


def _course(code: str, subject: str, credits: float, grades: str, extra: str = "") -> str:
    return f"  - {{code: {code}, title: {code}, subject: {subject}, credits: {credits}, grades: {grades}{extra}}}\n"


CATALOGUE = (
    "courses:\n"
    + _course("ART-07", "electives", 0, "[7, 8]")
    + _course("ENG-09", "language-arts", 1, "[9]")
    + _course("ENG-10", "language-arts", 1, "[10]", ", prerequisites: [ENG-09]")
    + _course("MATH-1", "mathematics", 1, "[8, 9]", ", counts_from_grade: 8")
    + _course("MATH-2", "mathematics", 1, "[9, 10, 11]", ", prerequisites: [MATH-1]")
    + _course("STATS", "mathematics", 1, "[11, 12]", ", prerequisites: [MATH-2]")
    + _course("CTE-201", "cte", 1, "[9, 10, 11, 12]")
    + _course("CODE", "cte", 1, "[9, 10, 11, 12]")
    + _course("CHOIR", "electives", 1, "[9, 10, 11, 12]", ", repeatable: true")
    + _course("SPAN-1", "electives", 1, "[8, 9, 10]")
)


def _program(*requirements: str) -> str:
    return "version: '1'\ntitle: All\nrequirements:\n" + "".join(f"  - {{{each}}}\n" for each in requirements)


def test_earned_in_progress_planned_and_missing(tmp_path: Path) -> None:
    assert _table(_audit(tmp_path, {})) == {
        "language-arts": (1, 0.5, 0.5, 2),
        "mathematics": (0, 0, 0, 3),
        "cte": (0, 0, 1, 0),
        "electives": (0, 0, 0, 5.5),
    }


def test_a_failed_class_earns_nothing_and_a_repeated_one_counts_once(tmp_path: Path) -> None:
    failed = _audit(tmp_path / "a", {CARD: _card(("ENG-09", "F", 0))})
    assert _table(failed)["language-arts"][0] == 0.5
    assert [each.state for each in failed.courses if each.course == "ENG-09"] == ["not-earned", "earned"]
    repeated = _audit(tmp_path / "b", {CARD: _card(("MATH-1", "B", 1), ("MATH-1", "A", 1))})
    assert _table(repeated)["mathematics"][0] == 1
    assert [each.credits for each in repeated.courses if each.course == "MATH-1"] == [1, 0]


def test_a_course_that_may_be_repeated_counts_each_year(tmp_path: Path) -> None:
    found = _audit(
        tmp_path,
        {
            "courses.yaml": CATALOGUE,
            CARD: _card(("CHOIR", "A", 1), ("CHOIR", "A", 1)),
            PLAN: _plan(_entry(11, "CHOIR", 1), _entry(12, "CHOIR", 1)),
        },
    )
    assert _table(found)["electives"] == (1, 0, 2, 2.5)


def test_a_course_that_was_passed_is_not_planned_again(tmp_path: Path) -> None:
    found = _audit(tmp_path, {CARD: _card(("CTE-201", "A", 1))})
    assert [each.state for each in found.courses if each.course == "CTE-201"] == ["earned"]


def test_what_is_beyond_a_requirement_counts_as_an_elective(tmp_path: Path) -> None:
    found = _table(_audit(tmp_path, {CARD: _card(("CTE-201", "A", 1), ("ENG-09", "A", 1))}))
    assert found["cte"] == (1, 0, 0, 0)
    assert found["electives"] == (0, 0, 0, 5.5)
    catalogue = CATALOGUE.replace("code: CTE-201, title: CTE-201, subject: cte, credits: 1", CTE_OF_THREE)
    assert catalogue != CATALOGUE
    found = _table(_audit(tmp_path / "c", {"courses.yaml": catalogue, CARD: _card(("CTE-201", "A", 3))}))
    assert found["cte"] == (1, 0, 0, 0)
    assert found["electives"] == (2, 0, 0, 3.5)


CTE_OF_THREE = "code: CTE-201, title: CTE-201, subject: cte, credits: 3"


def test_earned_credits_are_electives_before_planned_ones(tmp_path: Path) -> None:
    files = {
        "courses.yaml": CATALOGUE,
        "template/program.yaml": _program("subject: electives, title: Electives, credits: 1"),
        CARD: _card(("CTE-201", "A", 1)),
        PLAN: _plan(_entry(11, "CHOIR", 1)),
    }
    assert _table(_audit(tmp_path, files))["electives"] == (1, 0, 0, 0)


def test_credits_before_grade_nine_count_only_where_the_course_says_so(tmp_path: Path) -> None:
    files = {
        "courses.yaml": CATALOGUE,
        "students/lopez-sam/student.yaml": (
            "name: Samuel Lopez\nparticipant: sam-lopez\nstudent_number: '007123'\nbirth_date: 2011-03-04\n"
            "enrolled_on: 2025-08-20\ngrades: {2025-26: 8, 2026-27: 10}\n"
        ),
        CARD: _card(("MATH-1", "A", 1), ("SPAN-1", "A", 1)),
        SPRING_CARD: _card(("ART-07", "P", 0), term="spring"),
    }
    found = _table(_audit(tmp_path, files))
    assert found["mathematics"][0] == 1
    assert found["electives"][0] == 0


def test_the_map_names_each_course_with_its_state_by_grade_and_term(tmp_path: Path) -> None:
    found = _audit(tmp_path, {})
    assert [(each.grade, each.term, each.course, each.credits, each.state) for each in found.courses] == [
        (9, "fall", "ENG-09", 0.5, "earned"),
        (9, "spring", "ENG-09", 0.5, "earned"),
        (10, "fall", "ENG-10", 0.5, "in-progress"),
        (10, "spring", "ENG-10", 0.5, "planned"),
        (11, "fall", "CTE-201", 1.0, "planned"),
    ]
    assert found.terms == ("fall", "spring")


def test_what_was_planned_for_a_term_that_is_over_or_registered_otherwise_is_not_planned(tmp_path: Path) -> None:
    files = {PLAN: _plan(_entry(9, "MATH-1", 1), _entry(10, "CTE-201", 0.5, "fall"), _entry(10, "CTE-201", 0.5))}
    found = _audit(tmp_path, files)
    assert [(each.course, each.term, each.credits) for each in found.courses if each.state == "planned"] == [
        ("CTE-201", "spring", 0.25)
    ]
    assert _table(_audit(tmp_path / "b", files, dt.date(2027, 6, 1)))["cte"] == (0, 0, 0, 1)


def test_credits_of_another_school_are_earned_and_told_apart(tmp_path: Path) -> None:
    """A transferred card does not stand for this school's own card of the same term."""
    card = _card(("MATH-1", "A", 1), extra="from_school: Far High School\n")
    found = _audit(tmp_path, {CARD: card})
    assert _table(found)["mathematics"][0] == 1
    assert found.transferred == 1
    assert [each.from_school for each in found.courses if each.course == "MATH-1"] == ["Far High School"]
    assert [each.state for each in found.courses if each.term == "fall" and each.course == "ENG-09"] == ["in-progress"]


def test_grades_at_another_school_are_named_until_something_of_them_is_entered(tmp_path: Path) -> None:
    """A transfer student is not told that courses are missing which were taken elsewhere (policy: P3)."""
    student = (
        "name: Samuel Lopez\nparticipant: sam-lopez\nstudent_number: '007123'\nbirth_date: 2011-03-04\n"
        "enrolled_on: {}\ngrades: {}\n"
    )
    place = "students/lopez-sam/student.yaml"
    came = {place: student.format("2026-11-09", "{2026-27: 10}")}
    assert _audit(tmp_path / "a", came).unrecorded == (9,)
    known = {place: student.format("2026-11-09", "{2025-26: 9, 2026-27: 10}")} | {
        CARD: _card(("MATH-1", "A", 1), extra="from_school: Far High School\n")
    }
    assert _audit(tmp_path / "b", known).unrecorded == ()
    assert _audit(tmp_path / "c", {place: student.format("2026-11-09", "{2026-27: 12}")}).unrecorded == (9, 10, 11)
    half = {place: student.format("2026-01-05", "{2025-26: 9, 2026-27: 10}")}
    overlaid = _audit(tmp_path / "d", half)
    assert overlaid.unrecorded == (), "the fall card stands there, whoever issued it"
    assert _audit(tmp_path / "e", {}).unrecorded == ()
    quarter = {
        place: student.format("2026-11-09", "{2025-26: 9, 2026-27: 10}"),
        CARD: _card(("MATH-1", "A", 1), term="q1"),
    }
    brought = _audit(tmp_path / "f", quarter)
    assert brought.unrecorded == (), "a file that came along holds cards of that school's own terms"


def test_a_choice_is_met_only_by_its_courses(tmp_path: Path) -> None:
    files = {
        "courses.yaml": CATALOGUE,
        "template/program.yaml": _program(
            "subject: mathematics, title: Mathematics, credits: 2, "
            "choices: [{title: Last year, one_of: [STATS], credits: 1}]",
        ),
        CARD: _card(("MATH-1", "A", 1), ("MATH-2", "A", 1)),
    }
    found = _audit(tmp_path, files)
    assert _table(found)["mathematics"] == (1, 0, 0, 1)
    assert [(each.title, each.earned, each.missing) for each in found.lines[0].choices] == [("Last year", 0, 1)]
    gap = found.gaps[0]
    assert (gap.choice, gap.credits, gap.grade, gap.term) == ("Last year", 1, 12, "fall")
    assert [(each.title, each.grades, each.after) for each in gap.courses] == [("STATS", (11, 12), ())]


def test_a_course_of_another_subject_fills_a_choice_when_it_is_not_needed_in_its_own(tmp_path: Path) -> None:
    program = _program(
        "subject: mathematics, title: Mathematics, credits: 1, choices: [{one_of: [STATS, CODE], credits: 1}]",
        "subject: cte, title: Career, credits: 1",
    )
    files = {"courses.yaml": CATALOGUE, "template/program.yaml": program}
    needed = {**files, CARD: _card(("CODE", "A", 1)), PLAN: _plan(_entry(11, "STATS", 1))}
    assert _table(_audit(tmp_path / "a", needed)) == {"mathematics": (0, 0, 1, 0), "cte": (1, 0, 0, 0)}
    free = {**files, CARD: _card(("CODE", "A", 1), ("CTE-201", "A", 1))}
    assert _table(_audit(tmp_path / "b", free)) == {"mathematics": (1, 0, 0, 0), "cte": (1, 0, 0, 0)}


def test_by_when_respects_grades_prerequisites_and_terms(tmp_path: Path) -> None:
    """Sam is in grade 10: MATH-1 is for grades 8 and 9, so nothing that builds on it can be reached any more."""
    program = _program("subject: mathematics, title: Mathematics, credits: 2")
    late = _audit(tmp_path / "a", {"courses.yaml": CATALOGUE, "template/program.yaml": program})
    assert [(each.subject, each.credits, each.grade, each.courses) for each in late.gaps] == [
        ("mathematics", 2, None, ())
    ]
    files = {"courses.yaml": CATALOGUE, "template/program.yaml": program, CARD: _card(("MATH-1", "A", 1))}
    found = _audit(tmp_path / "b", files)
    assert [(each.credits, each.grade, each.term) for each in found.gaps] == [(1, 11, "fall")]
    assert [(each.code, each.after) for each in found.gaps[0].courses] == [("MATH-2", ()), ("STATS", ("MATH-2",))]


def test_prerequisites_and_grades_of_courses_to_come(tmp_path: Path) -> None:
    files = {
        "courses.yaml": CATALOGUE,
        CARD: _card(("MATH-1", "F", 0), ("ENG-09", "A", 0.5)),
        PLAN: _plan(
            _entry(11, "MATH-2", 1), _entry(12, "STATS", 1), _entry(11, "STATS", 1), _entry(12, "MATH-1", 1, "fall")
        ),
    }
    found = _audit(tmp_path, files)
    assert [(each.kind, each.course, each.grade, each.term, each.needs, each.grades) for each in found.problems] == [
        ("prerequisite", "MATH-2", 11, "fall", ("MATH-1",), ()),
        ("prerequisite", "STATS", 11, "fall", ("MATH-2",), ()),
        ("grade", "MATH-1", 12, "fall", (), (8, 9)),
    ]


def test_a_circle_of_prerequisites_ends(tmp_path: Path) -> None:
    catalogue = CATALOGUE.replace("code: MATH-1, ", "code: MATH-1, prerequisites: [STATS], ")
    assert catalogue != CATALOGUE
    found = _audit(tmp_path, {"courses.yaml": catalogue})
    assert [each.grade for each in found.gaps if each.subject == "mathematics"] == [None]


def test_three_terms_share_a_credit(tmp_path: Path) -> None:
    school = (
        "format: 1\nname: S\ndistrict: D\naddress: A\nphone: 435-555-0100\ntime_zone: America/Denver\n"
        "principal: principal-stone\nschool_manager: {person: principal-stone}\ncurrent_year: 2026-27\nschool_years:\n"
        "  - id: 2026-27\n    starts: 2026-08-19\n    ends: 2027-05-28\n    terms:\n"
        "      - {id: first, title: First, starts: 2026-08-19, ends: 2026-11-13}\n"
        "      - {id: second, title: Second, starts: 2026-11-16, ends: 2027-02-19}\n"
        "      - {id: third, title: Third, starts: 2027-02-22, ends: 2027-05-28}\n"
    )
    found = _audit(tmp_path, {"school.yaml": school, PLAN: _plan(_entry(11, "CTE-201", 1))})
    assert _table(found)["cte"] == (0, 0, 1, 0)
    assert [each.term for each in found.courses if each.grade == 11] == ["first", "second", "third"]
