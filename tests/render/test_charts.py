from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from site_builder.access.view import StudentView, YearView
from site_builder.render.chart_data import (
    CreditBar,
    credits_data,
    credits_sentence,
    grades_data,
    grades_sentence,
    steps_data,
    steps_sentence,
)
from site_builder.render.charts import credits_chart, grades_chart, steps_chart
from site_builder.render.course_table import course_table, course_table_data
from site_builder.render.i18n import Messages
from tests.render.example_charts import COURSES, EMPTY, FULL, LONG, MIDWAY, card, line, objective, student

ENGLISH = Messages("en")
SNAPSHOTS = Path(__file__).parent / "charts"
SVG = "{http://www.w3.org/2000/svg}"


def steps_of(file: StudentView, messages: Messages) -> Markup:
    return steps_chart(file.years[0], messages)


Chart = Callable[[StudentView, Messages], Markup]
DRAWN: dict[str, tuple[Chart, StudentView]] = {
    "credits": (credits_chart, FULL),
    "grades": (grades_chart, FULL),
    "grades-of-six-years": (grades_chart, LONG),
    "steps": (steps_of, FULL),
}
ALL = {**DRAWN, "course-map": (course_table, FULL)}


def drawing(html: str) -> str:
    found = re.search(r"<svg.*</svg>", html, re.S)
    assert found, "the chart has no drawing"
    return found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) + "\n"


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_is_as_reviewed(name: str) -> None:
    chart, file = DRAWN[name]
    drawn, kept = drawing(chart(file, ENGLISH)), SNAPSHOTS / f"{name}.svg"
    if os.environ.get("SEP_UPDATE_SNAPSHOTS"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_has_a_name_a_conclusion_and_no_ids(name: str) -> None:
    chart, file = DRAWN[name]
    html = chart(file, ENGLISH)
    root = ET.fromstring(drawing(html))
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert root[1].tag == f"{SVG}desc"
    assert f'<figcaption class="chart-sentence">{root[1].text}</figcaption>' in html
    assert not [element for element in root.iter() if element.get("id") or element.get("href")]
    assert "<script" not in html
    assert "style=" not in html


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_is_drawn_outside_the_picture(name: str) -> None:
    chart, file = DRAWN[name]
    root = ET.fromstring(drawing(chart(file, ENGLISH)))
    width, height = (float(value) for value in str(root.get("viewBox")).split()[2:])
    for text in root.iter(f"{SVG}text"):
        x, y = float(str(text.get("x"))), float(str(text.get("y")))
        length = 8 * len(text.text or "")
        left = {"end": x - length, "middle": x - length / 2}.get(str(text.get("text-anchor")), x)
        assert left >= 0, text.text
        assert left + length <= width + 24, text.text
        assert 10 <= y <= height, text.text
    for path in root.iter(f"{SVG}path"):
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", str(path.get("d"))):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height


def test_each_credit_state_has_its_own_shape() -> None:
    html = credits_chart(FULL, ENGLISH)
    assert 'class="chart-hatch"' in html
    assert 'class="chart-dots"' in html
    assert re.search(r'class="chart-missing"[^>]*stroke-dasharray', html)
    assert re.search(r'class="chart-earned" d="[^"]*" stroke="currentColor"/>', html)


CREDITS = [
    (
        MIDWAY,
        "11.5 of 24 credits earned, 5 in progress, 5 planned; no course yet for Financial literacy; "
        "more courses to choose in Science, Physical education and health, and Electives.",
    ),
    (
        (line("Arts", 1.5, 0.5, 0.5, 0.5),),
        "0.5 of 1.5 credits earned, 0.5 in progress, 0.5 planned. Every requirement has its courses.",
    ),
    ((line("Arts", 1.5),), "0 of 1.5 credits earned; no course yet for Arts."),
    ((line("Arts", 1.5), line("Science", 3)), "0 of 4.5 credits earned; no course yet in any subject."),
    (
        (*(line(f"Subject {n}", 1) for n in range(5)), line("Arts", 1, 1)),
        "1 of 6 credits earned; no course yet in 5 subjects.",
    ),
    (
        tuple(line(f"Subject {n}", 1, 0.5) for n in range(5)),
        "2.5 of 5 credits earned; more courses to choose in 5 subjects.",
    ),
    ((line("Arts", 1.5, 2),), "All 1.5 credits are earned."),
    (
        (line("Arts", 1, 0.33, 0.33, 0.34),),
        "0.33 of 1 credits earned, 0.33 in progress, 0.34 planned. Every requirement has its courses.",
    ),
    ((), "The credits that the school asks for stand here once the School Manager has listed them."),
]


@pytest.mark.parametrize(("lines", "sentence"), CREDITS)
def test_credits_sentence(lines: tuple[object, ...], sentence: str) -> None:
    assert credits_sentence(credits_data(student(lines=lines), ENGLISH), ENGLISH) == sentence  # type: ignore[arg-type]


def year(*cards: object) -> StudentView:
    return student(YearView(id="2025-26", grade=9, occupational=False, report_cards=cards))  # type: ignore[arg-type]


GRADES = [
    (
        year(card(2025, "Fall", 3.4), card(2025, "Spring", 3.62)),
        "The newest grade average is 3.62 (Spring, 2025-26), up from 3.4.",
    ),
    (
        year(card(2025, "Fall", 3.4), card(2025, "Spring", 3.0)),
        "The newest grade average is 3 (Spring, 2025-26), after 3.4.",
    ),
    (
        year(card(2025, "Fall", 3.4), card(2025, "Spring", 3.4)),
        "The newest grade average is 3.4 (Spring, 2025-26), the same as the term before.",
    ),
    (year(card(2025, "Fall", None, "A", "B-", "P")), "The first grade average is 3.35 (Fall, 2025-26)."),
    (
        year(card(2025, "Fall", None, "P", "CR")),
        "Grade averages stand here after the school has issued the first report card.",
    ),
    (EMPTY, "Grade averages stand here after the school has issued the first report card."),
]


@pytest.mark.parametrize(("file", "sentence"), GRADES)
def test_grades_sentence(file: StudentView, sentence: str) -> None:
    assert grades_sentence(grades_data(file, ENGLISH), ENGLISH) == sentence


STEPS = [
    (((3, 5, "on-track"), (1, 1, "met")), "4 of 6 steps done."),
    (((2, 2, "met"),), "All 2 steps are done."),
    (((1, 1, "met"),), "The one step is done."),
    (((0, 1, "not-started"),), "The one step is still open."),
    (((0, 4, "set-aside"), (1, 2, "on-track")), "1 of 2 steps done."),
    (
        ((0, 0, "not-started"),),
        "Steps stand here once the student, a parent or a teacher writes them with an objective.",
    ),
]


@pytest.mark.parametrize(("objectives", "sentence"), STEPS)
def test_steps_sentence(objectives: tuple[tuple[int, int, str], ...], sentence: str) -> None:
    written = tuple(objective("Read more", done, total, status) for done, total, status in objectives)
    data = steps_data(YearView(id="2026-27", grade=9, occupational=False, objectives=written))
    assert steps_sentence(data, ENGLISH) == sentence


def test_many_objectives_are_drawn_in_pictures_that_fit_a_page() -> None:
    many = tuple(objective(f"Objective {n}", 1, 2) for n in range(25))
    html = steps_chart(YearView(id="2026-27", grade=9, occupational=False, objectives=many), ENGLISH)
    pictures = re.findall(r"<svg.*?</svg>", html, re.S)
    assert [picture.count(" of 2</text>") for picture in pictures] == [12, 12, 1]


@pytest.mark.parametrize("name", ALL)
def test_without_data_a_sentence_stands_alone(name: str) -> None:
    html = ALL[name][0](EMPTY, ENGLISH)
    assert html.startswith('<p class="chart-sentence chart-empty"')
    assert "<svg" not in html
    assert "<table" not in html


@pytest.mark.parametrize("name", ALL)
def test_written_names_are_escaped(name: str) -> None:
    sly = '<script>alert(1)</script> & "friends"'
    file = replace(
        student(
            replace(FULL.years[0], objectives=(replace(objective(sly, 1, 2), language='en" onload="x'),)),
            replace(
                FULL.years[1],
                report_cards=(replace(card(2025, "Fall", 3.0), term=replace(card(2025, "Fall", 3).term, title=sly)),),
            ),
            lines=(replace(MIDWAY[0], title=sly),),
            courses=(replace(COURSES[1], title=sly),),
        )
    )
    html = ALL[name][0](file, ENGLISH)
    assert "<script" not in html
    assert 'onload="' not in html
    assert "&lt;script&gt;alert(1)" in html


def test_credits_beyond_the_requirement_do_not_lengthen_the_bar() -> None:
    assert CreditBar("Arts", 1.5, 1, 1, 1).parts == (1, 0.5, 0, 0)
    assert CreditBar("Arts", 1.5, 2, 0, 0).parts == (1.5, 0, 0, 0)


def test_table_has_the_numbers_of_the_bars() -> None:
    table = re.search(r"<details.*</details>", credits_chart(FULL, ENGLISH), re.S)
    assert table
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table[0])
    assert [title for title, _ in rows] == [each.title for each in MIDWAY]
    assert re.findall(r">([\d.]+)</td>", rows[9][1]) == ["5.5", "1.5", "1", "2", "1"]
    assert '<details class="chart-numbers"><summary>' in table[0], "closed on the screen"


def test_the_course_table_has_a_row_a_grade_and_a_column_a_term() -> None:
    data = course_table_data(FULL)
    assert data.terms == ("fall", "spring", "")
    assert [row.grade for row in data.rows] == [7, 9, 10, 11, 12]
    cells = {row.grade: [[(each.title, each.state) for each in cell] for cell in row.cells] for row in data.rows}
    assert cells[9] == [[("English 9", "earned")], [("English 9", "earned"), ("Secondary Math 1", "not-earned")], []]
    assert cells[11] == [[], [], [("Welding 1", "planned")]]


def test_the_course_table_says_each_state_in_words_and_adds_up_a_term() -> None:
    html = course_table(FULL, ENGLISH)
    for word in ("earned", "in progress", "planned", "no credit earned"):
        assert f'role="img" aria-label="{word}"' in html
    assert html.count('<th scope="col">') == 4
    assert html.count('<th scope="row">') == 5
    assert '<p class="course-sum">1 credit</p>' in html
    assert '<p class="course-sum">0.5 credits</p>' in html
    assert "nothing chosen yet" in html


def test_the_course_table_tells_transferred_courses() -> None:
    other = replace(COURSES[1], from_school="Far High School")
    assert "(0.5) from another school" in course_table(student(courses=(other,)), ENGLISH)


def test_the_choices_of_a_subject_stand_below_it_in_the_numbers() -> None:
    subject = replace(line("Science", 3, 2, 1), choices=(line("Third science", 1, 0, 1),))
    html = credits_chart(student(lines=(subject,)), ENGLISH)
    assert html.index('<th scope="row">Science</th>') < html.index('<th scope="row">– Third science</th>')


def test_charts_of_one_student_are_the_same_twice() -> None:
    assert [chart(file, ENGLISH) for chart, file in ALL.values()] == [
        chart(file, ENGLISH) for chart, file in ALL.values()
    ]


def test_numbers_and_lists_follow_the_language() -> None:
    html = credits_chart(FULL, Messages("es"))
    assert "11.5" in html, "a decimal point, as in the schools of the United States"
    assert Messages("es").gettext("Mathematics") in html
    assert Messages("vi").language == "en"
