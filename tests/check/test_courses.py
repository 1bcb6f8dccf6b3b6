"""Courses, registrations and report cards: what the examples of the rules do not show (policy: P3, P9, P10, U4)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.stores import SMALL_SCHOOL, TODAY, checked, lay_over

PLAN = "students/lopez-sam/2026-27/plan.yaml"
STUDENT = "students/lopez-sam/student.yaml"
OLD_REGISTRATION = "students/lopez-sam/2025-26/registration/fall.yaml"
OLD_CARD = "students/lopez-sam/2025-26/report-card/fall.yaml"
REGISTRATION = "students/lopez-sam/2026-27/registration/fall.yaml"
CLASS = "teacher: Sun Park, phone: 435-555-0103, credits: 0.5"


def _found(folder: Path, files: dict[str, str], code: str, today: dt.date = TODAY) -> list[tuple[str, int, str]]:
    findings = checked(lay_over(folder, files), today).findings
    return [(each.span.file, each.span.start.line, each.message) for each in findings if each.code == code]


def _text(path: str, *changes: tuple[str, str]) -> dict[str, str]:
    text = (SMALL_SCHOOL / path).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


def _card(*lines: str, extra: str = "", term: str = "fall", issued_on: str = "2025-12-19") -> str:
    grades = "".join(f"  - {{title: A class, grade: B, credits_earned: 0.5, {each}}}\n" for each in lines)
    return f"term: {term}\nissued_on: {issued_on}\n{extra}grades:\n{grades}"


def _registration(*courses: str, term: str = "fall", registered_on: str = "2026-08-10") -> str:
    classes = "".join(f"  - {{course: {code}, title: {code}, {CLASS}}}\n" for code in courses)
    return f"term: {term}\nregistered_on: {registered_on}\nclasses:\n{classes}"


def _plan(*entries: str) -> str:
    lines = "".join(f"  - {{{each}}}\n" for each in entries)
    return (
        "grade: 10\nprepared_by: [sam-lopez]\nprepared_on: 2026-09-10\n"
        f"consulted: [{{person: reyes, on: 2026-09-10}}]\ncourse_plan:\n{lines}"
    )


UTAH_SCHOOL = _text("school.yaml", ("privacy:\n", "rules: [utah-r277-462]\nprivacy:\n"))
ENGLISH = "grade: 10, course: ENG-10, title: English 10, subject: language-arts, credits: 1"
WELDING = "grade: 10, course: CTE-201, title: Welding 1, subject: cte, credits: 0.5"


def test_a_class_of_another_school_needs_no_registration(tmp_path: Path) -> None:
    for name, card in {
        "card": _card("course: ENG-09", "course: MATH-1", extra="from_school: Far High School\n"),
        "line": _card("course: ENG-09", "course: MATH-1, from_school: Utah Online School"),
    }.items():
        assert _found(tmp_path / name, {OLD_CARD: card}, "SEP343") == []


def test_a_report_card_of_a_term_before_enrollment_asks_for_the_other_school(tmp_path: Path) -> None:
    root = lay_over(tmp_path, _text(STUDENT, ("enrolled_on: 2025-08-20", "enrolled_on: 2026-01-05")))
    (root / OLD_REGISTRATION).unlink()
    found = [each for each in checked(root).findings if each.code in ("SEP343", "SEP345", "SEP346")]
    assert [(each.code, each.span.file, each.span.start.line) for each in found] == [("SEP343", OLD_CARD, 1)]
    assert "from_school" in found[0].help[0]


def test_a_term_without_papers_is_named_once_for_each_kind(tmp_path: Path) -> None:
    root = lay_over(tmp_path, {})
    for path in (OLD_CARD, OLD_REGISTRATION):
        (root / path).unlink()
    papers = ("SEP343", "SEP344", "SEP345", "SEP346")
    found = [(each.code, each.span.file, each.message) for each in checked(root).findings if each.code in papers]
    assert found == [
        ("SEP345", STUDENT, "there is no report card for Fall 2025, which ended on 2025-12-19"),
        ("SEP346", STUDENT, "there is no registration for Fall 2025, which began on 2025-08-20"),
    ]


def test_a_paper_that_cannot_be_read_is_not_also_missing(tmp_path: Path) -> None:
    files = {OLD_CARD: "term: [\n", OLD_REGISTRATION: "term: [\n"}
    codes = {each.code for each in checked(lay_over(tmp_path, files)).findings}
    assert not codes & {"SEP343", "SEP344", "SEP345", "SEP346"}


def test_nothing_is_expected_of_a_student_who_came_later_or_left(tmp_path: Path) -> None:
    root = lay_over(tmp_path, _text(STUDENT, ("homeroom", "left_on: 2026-10-01\nhomeroom")))
    (root / REGISTRATION).unlink()
    assert not {each.code for each in checked(root).findings} & {"SEP345", "SEP346"}


def test_a_second_registration_of_a_term_is_found_where_it_repeats_a_course(tmp_path: Path) -> None:
    second = "students/lopez-sam/2026-27/registration/fall-again.yaml"
    assert _found(tmp_path, {second: _registration("MATH-1", "ENG-10")}, "SEP347") == [
        (REGISTRATION, 4, "ENG-10 stands twice in this term")
    ]


def test_more_credits_than_the_course_is_worth_stop_the_file(tmp_path: Path) -> None:
    card = _card("course: ENG-09").replace("credits_earned: 0.5", "credits_earned: 1.25")
    result = checked(lay_over(tmp_path, {OLD_CARD: card}))
    assert [each.message for each in result.findings if each.code == "SEP348"] == [
        "ENG-09 earns 1 in all, not 1.25 in one term"
    ]
    assert result.store is not None
    assert result.store.broken == {"lopez-sam"}


def test_a_report_card_is_not_issued_before_its_term(tmp_path: Path) -> None:
    card = _card("course: ENG-09", issued_on="2025-08-19")
    assert _found(tmp_path, {OLD_CARD: card}, "SEP349") == [(OLD_CARD, 2, "issued before Fall 2025 began (2025-08-20)")]


def test_a_fourth_quarter_in_a_year_of_two_terms_names_the_terms(tmp_path: Path) -> None:
    """The year has a fall and a spring (policy: P9)."""
    root = lay_over(tmp_path, {"students/lopez-sam/2026-27/registration/q4.yaml": _registration("ENG-10", term="q4")})
    found = [each for each in checked(root).findings if each.code == "SEP204"]
    assert [each.message for each in found] == ["`q4` is not a term of this school year"]
    assert found[0].help == ("the terms are: fall, spring; they stand in `school.yaml`",)


@pytest.mark.parametrize(
    ("entries", "registered", "told"),
    [
        ((ENGLISH,), ("ENG-10", "CTE-201"), "added: `CTE-201`"),
        ((ENGLISH, WELDING + ", term: fall"), ("ENG-10",), "dropped: `Welding 1`"),
        ((ENGLISH,), ("MATH-1",), "dropped: `English 10`; added: `MATH-1`"),
        ((ENGLISH, WELDING + ", term: spring"), ("ENG-10", "CTE-201"), "another term: `CTE-201`"),
        ((ENGLISH, WELDING), ("ENG-10",), ""),
        ((), ("MATH-1",), ""),
        (("grade: 11, course: CTE-201, title: Welding 1, subject: cte, credits: 1",), ("ENG-10",), ""),
    ],
)
def test_a_registration_beside_the_plan(
    tmp_path: Path, entries: tuple[str, ...], registered: tuple[str, ...], told: str
) -> None:
    """Dropped, added, moved; a class of half a credit may still come in another term (policy: U4)."""
    plan = _plan(*entries) if entries else _plan(ENGLISH).replace(f"course_plan:\n  - {{{ENGLISH}}}\n", "")
    found = _found(tmp_path, {**UTAH_SCHOOL, PLAN: plan, REGISTRATION: _registration(*registered)}, "SEP342")
    assert [message for _, _, message in found] == (
        [f"this registration differs from the year's course plan: {told}"] if told else []
    )


def test_a_school_that_has_not_taken_up_utahs_rule_compares_nothing(tmp_path: Path) -> None:
    """The comparison is the rule's, and the rule is a setting of the school (policy: U4)."""
    assert _found(tmp_path, {PLAN: _plan(ENGLISH), REGISTRATION: _registration("MATH-1")}, "SEP342") == []


def test_a_course_in_place_of_another_of_its_subject_is_a_swap(tmp_path: Path) -> None:
    more = "  - {code: ENG-10H, title: English 10 Honors, subject: language-arts, credits: 1, grades: [10]}\n"
    catalogue = (SMALL_SCHOOL / "courses.yaml").read_text("utf-8") + more
    files = {**UTAH_SCHOOL, "courses.yaml": catalogue, PLAN: _plan(ENGLISH), REGISTRATION: _registration("ENG-10H")}
    assert _found(tmp_path, files, "SEP342") == [
        (REGISTRATION, 3, "this registration differs from the year's course plan: `ENG-10H` in place of `English 10`")
    ]


def test_only_the_newest_course_plan_is_held_to_the_catalogue(tmp_path: Path) -> None:
    old = _text("students/lopez-sam/2025-26/plan.yaml")
    path = "students/lopez-sam/2025-26/plan.yaml"
    old[path] += "course_plan:\n  - {grade: 9, course: ENG-09, title: English IX, subject: cte, credits: 2}\n"
    assert _found(tmp_path / "a", old, "SEP308") == []
    new = _plan("grade: 10, course: ENG-10, title: English X, subject: cte, credits: 2")
    assert [message for _, _, message in _found(tmp_path / "b", {PLAN: new}, "SEP308")] == [
        "the title of ENG-10 is `English X` here and `English 10` in the catalogue",
        "the subject area of ENG-10 is `cte` here and `language-arts` in the catalogue",
        "the number of credits of ENG-10 is `2.0` here and `1.0` in the catalogue",
    ]


def test_prerequisites_and_choices_name_known_courses(tmp_path: Path) -> None:
    program = _text(
        "template/program.yaml",
        ("{subject: cte, title: Career and technical education, credits: 1}",
         "{subject: cte, title: Career, credits: 1, choices: [{one_of: [CTE-201, CTE-299], credits: 1}]}"),
    )  # fmt: skip
    files = {**_text("courses.yaml", ("prerequisites: [ENG-09]", "prerequisites: [ENG-08]")), **program}
    assert [(file, message) for file, _, message in _found(tmp_path, files, "SEP202")] == [
        ("courses.yaml", "`ENG-08` is not a course of this school"),
        ("template/program.yaml", "`CTE-299` is not a course of this school"),
    ]


def test_a_circle_of_three_is_found_once_and_told_whole(tmp_path: Path) -> None:
    def line(code: str, before: str) -> str:
        return (
            f"  - {{code: {code}, title: {code}, subject: cte, credits: 1, grades: [9], prerequisites: [{before}]}}\n"
        )

    catalogue = (SMALL_SCHOOL / "courses.yaml").read_text("utf-8")
    circle = line("A-1", "C-3") + line("B-2", "A-1") + line("C-3", "B-2") + line("D-4", "C-3") + line("E-5", "E-5")
    found = _found(tmp_path, {"courses.yaml": catalogue + circle}, "SEP305")
    assert [message for _, _, message in found] == [
        "these courses wait for each other: A-1 needs C-3 needs B-2 needs A-1",
        "these courses wait for each other: E-5 needs E-5",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("starts: 2026-08-19\n", "starts: 2026-05-01\n", "starts on 2026-05-01, before 2025-26 ends (2026-05-29)"),
        ("ends: 2027-05-28\n", "ends: 2026-05-28\n", "the school year 2026-27 ends before it starts"),
        ("id: 2026-27", "id: 2025-26", "the school year 2025-26 stands here twice"),
        ("starts: 2027-01-04", "starts: 2026-12-18", "Spring 2027 starts before the term above it ends (2026-12-18)"),
        ("id: spring, title: Spring 2027", "id: fall, title: Spring 2027", "`fall` is the id of two terms of 2026-27"),
        ("ends: 2027-05-28}", "ends: 2026-12-28}", "Spring 2027 ends before it starts"),
        (
            "ends: 2027-05-28}",
            "ends: 2027-06-04}",
            "Spring 2027 ends outside the school year 2026-27 (2026-08-19 to 2027-05-28)",
        ),
    ],
)  # fmt: skip
def test_the_calendar(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Each kind of contradiction is told in its own words (policy: P8)."""
    found = _found(tmp_path, _text("school.yaml", (old, new)), "SEP307")
    assert any(told in message for _, _, message in found)


def test_the_sample_school_differs_from_a_plan_once(tmp_path: Path) -> None:
    """The sample holds one honest change of schedule, and nothing else that these rules find."""
    sample = Path(__file__).parents[2] / "records"
    codes = {f"SEP{number}" for number in (304, 305, 306, 307, 308, *range(340, 350))}
    found = [each for each in checked(sample).findings if each.code in codes]
    assert [(each.code, each.span.file) for each in found] == [
        ("SEP342", "students/larsen-emma/2026-27/registration/spring.yaml")
    ]
