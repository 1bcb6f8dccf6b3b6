"""What a reader is told of the history: of what they see today alone, and without a word that was taken out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.access.sites import common_copy, copy_for, site_for
from site_builder.access.view import Named
from site_builder.access.view_changes import ChangesView
from site_builder.base.changes import Change, How, Part
from site_builder.history.history import History
from site_builder.render.changes import changes_said
from site_builder.render.i18n import Messages
from tests.history.stores import REYES, School, school
from tests.stores import checked

ON = dt.date(2026, 11, 24)
SAM = "students/lopez-sam"
YEAR = f"{SAM}/2026-27"
READ = f"{YEAR}/objectives/read-more.yaml"
NOTE = f"{YEAR}/progress/2026-10-01-first-book.md"
ROSA = f"{SAM}/participants/rosa-lopez.yaml"
MOTHER, TEACHER = "rosa-lopez", "park"


@pytest.fixture
def made(tmp_path: Path) -> School:
    return school(tmp_path)


def views(made: School, viewer: str = MOTHER, on: dt.date = ON) -> tuple[ChangesView, ...]:
    store = checked(made.root, on).store
    assert store is not None
    past = History(made.root).of
    return (
        copy_for(store, "lopez-sam", viewer, on, past) if viewer else common_copy(store, "lopez-sam", on, past)
    ).file.changes


def told(made: School, viewer: str = MOTHER, on: dt.date = ON) -> list[str]:
    """Return what a reader is told, a line a day and person."""
    return [_line(each) for each in views(made, viewer, on)]


def _line(view: ChangesView) -> str:
    who = (view.who.name or view.who.role) if view.who else "-"
    return f"{view.day} {who}: " + "; ".join(_short(each) for each in view.changes)


def _short(change: Change) -> str:
    words = [change.kind, change.title, change.how.value, *(_part(each) for each in change.parts)]
    return " ".join(filter(None, words))


def _part(part: Part) -> str:
    values = "->".join(str(each) for each in (part.old, part.new) if each is not None)
    return "/".join(filter(None, (".".join(part.field), part.item, part.how.value, values)))


BEGUN = "2026-08-20 Sun Park: file added"


def test_a_choice_is_told_with_both_words_and_who_it_was(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.save(author=REYES)
    assert told(made) == [
        "2026-10-03 Ben Reyes: objective Read one book a month changed status/changed/on-track->needs-help",
        BEGUN,
    ]


def test_words_are_not_repeated_whether_they_stand_or_not(made: School) -> None:
    made.edit(READ, "Read one book a month", "Read a book that nobody may know of")
    made.edit(NOTE, "a week early.", "in secret.\n\nAnd more of it.")
    made.save()
    made.edit(READ, "Read a book that nobody may know of", "Read two books a month")
    made.edit(NOTE, "in secret.\n\nAnd more of it.", "in time.")
    made.save(day="2026-10-09T12:00:00-06:00")
    text = repr(views(made))
    assert "nobody may know" not in text
    assert "secret" not in text
    assert "Hatchet" not in text
    assert told(made)[0] == (
        "2026-10-09 Sun Park: objective Read two books a month changed statement/changed; "
        "progress The first book changed (words)/changed"
    )


def test_what_was_taken_out_leaves_no_trace(made: School) -> None:
    before = told(made)
    made.write(
        f"{YEAR}/progress/2026-10-02-other.md", "---\nby: park\ndate: 2026-10-02\ntitle: Oops\n---\nWrong child.\n"
    )
    made.edit(READ, "steps:\n", "steps:\n  - {what: A step that was wrong, due: 2026-12-01}\n")
    made.edit(READ, "suggested_by: park", "suggested_by: park\ncarried_from: 2025-26")
    made.save(day="2026-10-03T12:00:00-06:00")
    assert len(told(made)) == 2
    (made.root / f"{YEAR}/progress/2026-10-02-other.md").unlink()
    made.edit(READ, "  - {what: A step that was wrong, due: 2026-12-01}\n", "")
    made.edit(READ, "\ncarried_from: 2025-26", "")
    made.save(day="2026-10-04T12:00:00-06:00")
    assert told(made) == before


def test_an_entry_that_came_back_has_no_history_from_before(made: School) -> None:
    text = (made.root / NOTE).read_text("utf-8")
    made.edit(NOTE, "a week early", "late")
    made.save(day="2026-10-03T12:00:00-06:00")
    (made.root / NOTE).unlink()
    made.save(day="2026-10-04T12:00:00-06:00")
    made.write(NOTE, text)
    made.save(day="2026-10-05T12:00:00-06:00")
    assert told(made) == ["2026-10-05 Sun Park: progress The first book added", BEGUN]


def test_an_item_that_came_back_has_no_history_from_before(made: School) -> None:
    step = "  - {what: Choose the first book, who: sam-lopez, done_on: 2026-09-20}\n"
    made.edit(READ, step, step.replace("2026-09-20", "2026-09-21"))
    made.save(day="2026-10-03T12:00:00-06:00")
    made.edit(READ, "steps:\n" + step.replace("2026-09-20", "2026-09-21"), "")
    made.save(day="2026-10-04T12:00:00-06:00")
    made.write(READ, (made.root / READ).read_text("utf-8") + "steps:\n" + step)
    made.save(day="2026-10-05T12:00:00-06:00")
    assert told(made) == [
        "2026-10-05 Sun Park: objective Read one book a month changed steps/Choose the first book/added",
        BEGUN,
    ]


def test_another_id_is_followed_and_an_entry_taken_for_another_is_new(made: School) -> None:
    made.edit(NOTE, "objective: read-more\n", "")
    made.edit(READ, "on-track", "needs-help")
    made.save(day="2026-10-03T12:00:00-06:00")
    other = READ.replace("read-more", "read")
    (made.root / READ).rename(made.root / other)
    made.save(day="2026-10-04T12:00:00-06:00")
    assert [each[:10] for each in told(made)] == ["2026-10-03", "2026-08-20"]
    (made.root / other).rename(made.root / READ)
    made.edit(READ, "needs-help", "met")
    made.save(day="2026-10-05T12:00:00-06:00")
    assert told(made) == ["2026-10-05 Sun Park: objective Read one book a month added", BEGUN]


def test_what_came_with_a_school_year_has_no_history_from_before_and_the_rest_has(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.edit(NOTE, "title: The first book", "title: Another")
    made.save(day="2026-10-02T12:00:00-06:00")
    kept = {path: (made.root / path).read_text("utf-8") for path in (NOTE, f"{YEAR}/plan.yaml")}
    for path in kept:
        (made.root / path).unlink()
    made.save(day="2026-10-03T12:00:00-06:00")
    for path, text in kept.items():
        made.write(path, text)
    made.save(day="2026-10-04T12:00:00-06:00")
    assert told(made) == [
        "2026-10-04 Sun Park: school-year added",
        "2026-10-02 Sun Park: objective Read one book a month changed status/changed/on-track->needs-help",
        BEGUN,
    ]


def test_nothing_is_told_from_before_a_part_began(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.save()
    assert len(told(made)) == 2
    made.edit(ROSA, "since: 2025-08-20", "since: 2026-10-04")
    assert told(made) == []
    assert told(made, "") == []  # the copy for everybody: she is one of them
    made.edit(f"{SAM}/participants/park.yaml", "assigned_on: 2025-08-20", "assigned_on: 2026-09-01")
    assert [each[:10] for each in told(made, TEACHER)] == ["2026-10-03"]


def test_nothing_is_told_of_days_to_come_or_long_ago(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.save(day="2026-11-25T00:30:00-06:00")
    assert told(made) == [BEGUN]
    assert len(told(made, on=dt.date(2026, 11, 25))) == 2
    assert [each[:10] for each in told(made, on=dt.date(2027, 12, 1))] == []


def test_a_withheld_document_leaves_no_trace_and_an_open_one_does(made: School) -> None:
    before = told(made, "cruz")
    made.edit(f"{YEAR}/documents/hearing-letter.yaml", "title: ", "title: A ")
    made.save()
    assert told(made, "cruz") == before
    made.edit(f"{YEAR}/documents/book-shelf.yaml", "title: ", "title: A ")
    (made.root / f"{YEAR}/documents/book-shelf.png").write_bytes(
        (made.root / f"{YEAR}/documents/book-shelf.png").read_bytes() + b"\0"
    )
    made.save()
    assert "document A " in told(made, "cruz")[0]
    assert "attachment" not in told(made, "cruz")[0]


@pytest.mark.parametrize("name", ["hearing-letter.png", "hearing%2Dletter.png", "HEARING\\-letter.png", "gone.pdf"])
def test_a_version_that_spoke_of_a_withheld_or_unknown_paper_is_not_told(made: School, name: str) -> None:
    made.edit(NOTE, "title: The first book", "title: Book one")
    made.save(day="2026-10-02T12:00:00-06:00")
    made.edit(NOTE, "title: Book one", "title: The first book")
    made.save(day="2026-10-02T15:00:00-06:00")
    made.edit(NOTE, "by: park", "by: reyes")
    made.save(day="2026-10-02T16:00:00-06:00")
    before = told(made, "cruz")
    assert before[0].startswith("2026-10-02")
    made.edit(NOTE, "a week early.", f"a week early, see {name}.")
    made.save(day="2026-10-03T12:00:00-06:00")
    made.edit(NOTE, f", see {name}", "")
    made.save(day="2026-10-04T12:00:00-06:00")
    assert told(made, "cruz") == before
    made.edit(NOTE, "title: The first book", "title: The very first book")
    made.edit(NOTE, "a week early.", f"a week early.\n\n{name}, {name}")
    made.save(day="2026-10-04T12:00:00-06:00")
    made.edit(NOTE, "title: The very first book", "title: A book")
    made.edit(NOTE, f"{name}, {name}", f"{name}")
    made.save(day="2026-10-04T13:00:00-06:00")
    made.edit(NOTE, "title: A book", "title: The first book")
    made.save(day="2026-10-04T14:00:00-06:00")
    made.edit(NOTE, f"\n\n{name}", "")
    made.save(day="2026-10-04T15:00:00-06:00")
    assert told(made, "cruz") == before
    made.edit(NOTE, "a week early.", "two weeks early.")
    made.save(day="2026-10-05T12:00:00-06:00")
    assert len(told(made, "cruz")) == len(before) + 1


def test_how_to_reach_people_is_told_where_it_may_be_seen(made: School) -> None:
    made.edit(ROSA, "435-555-0111", "435-555-0199")
    made.edit(ROSA, "12 Elm Street", "14 Elm Street")
    made.save()
    (first, _) = told(made, TEACHER)
    assert "participant Rosa Lopez changed" in first
    assert "address/changed" in first
    assert "Elm" not in first
    made.write(ROSA, (made.root / ROSA).read_text("utf-8") + "protected_address: true\n")
    made.save(day="2026-10-04T12:00:00-06:00")
    assert "address" not in " ".join(told(made, TEACHER))
    made.write(ROSA, (made.root / ROSA).read_text("utf-8") + "until: 2026-11-23\n")
    assert "Rosa" not in " ".join(told(made, TEACHER))


def test_names_consents_and_what_was_given_are_not_told(made: School) -> None:
    before = told(made)
    made.edit(f"{SAM}/student.yaml", "preferred_name: Sam", "preferred_name: Sammy")
    consent = f"{SAM}/consents/2026-09-11-hearing-family.yaml"
    made.write(consent, (made.root / consent).read_text("utf-8").replace("method: ", "method: again, "))
    made.save()
    assert told(made) == before


def test_authors_are_named_as_far_as_they_take_part(made: School) -> None:
    for number, author in enumerate(
        (
            "Rosa <ROSA@example.org>",
            "Ada <bell@school.example>",
            "Nobody Known <x@elsewhere.example>",
            "Sun <park@school.example>",
        )
    ):
        made.write(NOTE, (made.root / NOTE).read_text("utf-8") + f"\nParagraph {number}.\n")
        made.save(author=author, day=f"2026-10-0{number + 3}T12:00:00-06:00")
    assert [each.who for each in views(made)[:4]] == [
        Named("Sun Park", "teacher", "park"),
        None,
        Named("", "School nurse"),
        Named("Rosa Lopez", "parent", "rosa-lopez"),
    ]
    assert "elsewhere" not in repr(views(made))
    made.write(ROSA, (made.root / ROSA).read_text("utf-8") + "until: 2026-11-01\n")
    assert views(made, TEACHER)[3].who is None


def test_one_day_of_one_person_is_told_as_one(made: School) -> None:
    for old, new in (("on-track", "needs-help"), ("needs-help", "met"), ("met", "set-aside")):
        made.edit(READ, f"status: {old}", f"status: {new}")
        made.save()
    assert told(made)[0].endswith("changed status/changed/on-track->set-aside")
    made.edit(READ, "status: set-aside", "status: on-track")
    made.save()
    assert told(made) == [BEGUN]


def test_the_one_copy_for_all_tells_what_each_may_know(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.edit(f"{YEAR}/documents/hearing-letter.yaml", "title: ", "title: A ")
    made.save()
    assert [len(each.changes) for each in views(made, "")] == [1, 1]


def test_without_a_history_nothing_is_told(made: School) -> None:
    store = checked(made.root, ON).store
    assert store is not None
    assert all(not each.changes for each in site_for(store, MOTHER, ON).files)


def test_what_could_not_be_read_for_a_while_is_not_told_nor_what_was_before(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.save(day="2026-10-02T12:00:00-06:00")
    text = (made.root / READ).read_text("utf-8")
    made.write(READ, "status: [")
    made.save(day="2026-10-03T12:00:00-06:00")
    made.write(READ, text)
    made.save(day="2026-10-04T12:00:00-06:00")
    assert told(made) == [BEGUN]


def test_the_sentences_of_a_page(made: School) -> None:
    made.edit(READ, "on-track", "needs-help")
    made.edit(READ, "steps:\n", "steps:\n  - {what: Ask <b>, due: 2026-12-01}\n")
    made.save(author=REYES)
    store = checked(made.root, ON).store
    assert store is not None
    file = copy_for(store, "lopez-sam", MOTHER, ON, History(made.root).of).file
    english, spanish = (changes_said(file, Messages(each), "2026-27")[0].by[0].sentences for each in ("en", "es"))
    assert english == (
        "objective <em>Read one book a month</em>: on track → needs help; step <em>Ask &lt;b&gt;</em> added",
    )
    assert spanish == (
        'el objetivo <em lang="en">Read one book a month</em>: va bien → necesita ayuda; '
        'se agregó el paso <em lang="en">Ask &lt;b&gt;</em>',
    )


def test_a_decision_is_told_with_its_word(made: School) -> None:
    path = f"{YEAR}/requests/2026-11-02-gloves.yaml"
    text = (made.root / path).read_text("utf-8")
    made.write(path, text.split("decision:")[0])
    made.save(day="2026-10-03T12:00:00-06:00")
    made.write(
        path,
        text.split("decision:")[0] + "decision: {outcome: granted, by: principal-stone, on: 2026-11-09, reason: Yes}\n",
    )
    made.save(day="2026-10-04T12:00:00-06:00")
    (first,) = views(made)[0].changes
    assert first.parts == (Part(field=("decision",), how=How.ADDED),)
